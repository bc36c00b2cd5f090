"""How a cursor moves: the paper's v += action, x += v (section 2.2), in music px, and when it waits or is corrected.

The same in the app and in training. Plain numbers: with one cursor a frame, NumPy would cost ten times as much.
"""

from __future__ import annotations

from collections import deque

from livefollow.follow.policy.observation import FASTEST, PACE_FRAMES

# Corrected: further away than this for so many frames while the localizer is this sure. The further, the sooner:
# before it leaps, it has collected evidence for frames already. Several places that sound the same share confidence.
FAR = ((48.0, 8), (120.0, 1))  # music px, frames
SURE = 0.15
# Frames for which the localizer's place has stood, and the cursor with it: who goes on then, slowly reading, is where
# they are heard at once, as after a silence. A cursor that has stopped would need some frames to get there.
STOOD = 8
STILL_PX = 0.5  # music px a frame: a place that moves less stands
RESUMED = 12.0  # music px: a correction after a silence that is less is none to speak of


class Motion:
    """One cursor on one score.

    Attributes:
        x: music px.
        v: px per frame.
        begun: whether the player has been found.
        corrections: how often the localizer has put it elsewhere since then.
    """

    def __init__(self, *, corrected: bool) -> None:
        """Begin without a place.

        Args:
            corrected: whether the localizer may put it elsewhere.
        """
        self.x = self.v = 0.0
        self.begun, self.corrections = False, 0
        self._corrected, self._waits = corrected, True
        self._away = [0] * len(FAR)
        self._heard, self._stood = 0.0, 0
        self._trail = deque([0.0] * (PACE_FRAMES + 1), maxlen=PACE_FRAMES + 1)  # places after the newest frames

    @property
    def pace(self) -> float:
        """Mean px per frame of the newest PACE_FRAMES."""
        return (self._trail[-1] - self._trail[0]) / PACE_FRAMES

    def place(self, x: float, v: float) -> None:
        """Put it to x, with speed v, as moving."""
        self.begun, self._waits = True, False
        self._put(x, v)

    def step(self, place: float, tempo: float, confidence: float, change: float, end: float, *, moves: bool) -> bool:
        """Move by one frame.

        Args:
            place, tempo, confidence, moves: what the localizer knows after this frame, as in FACT.
            change: px per frame, chosen by the policy; of no effect on one that waits, begins or is corrected.
            end: px, where the score ends.

        Returns:
            Whether it was corrected.
        """
        off = abs(place - self.x)
        sure = moves and confidence >= SURE
        self._away = [count + 1 if sure and off > px else 0 for count, (px, _) in zip(self._away, FAR, strict=True)]
        elsewhere = any(count >= frames for count, (_, frames) in zip(self._away, FAR, strict=True))
        stays = abs(place - self._heard) < STILL_PX
        resumes = moves and (self._waits or (self._stood >= STOOD and not stays))
        self._heard, self._stood = place, self._stood + 1 if stays else 0
        # A player who was lost or silent and is heard again is where the localizer says: while the cursor waited it was
        # ahead of the note they held, on the way to the next one, and they may have begun again with that note.
        put = not self.begun or (self._corrected and (elsewhere or (resumes and sure)))
        corrected = put and self.begun and (elsewhere or (self._waits and off > RESUMED))
        v = tempo if put or resumes else self.v + change
        v = min(max(v, -FASTEST), FASTEST) if moves else 0.0
        if put:
            self._put(place, v)
        else:
            self.x, self.v = max(0.0, min(self.x + v, end)), v
            self._trail.append(self.x)
        self._waits = not moves
        self.begun |= moves
        self.corrections += corrected
        return corrected

    def _put(self, x: float, v: float) -> None:
        self.x, self.v = x, v
        self._trail.extend([x] * len(self._trail))
        self._away = [0] * len(FAR)
