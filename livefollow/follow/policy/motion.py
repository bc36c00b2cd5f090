"""How cursors move: the paper's v += action, x += v (section 2.2), in music px, and when they wait or are corrected.

The same for one cursor in the app and for hundreds in training.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.follow.policy.observation import FASTEST, PACE_FRAMES

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

# Corrected: further away than this for so many frames while the localizer is this sure. The further, the sooner:
# before it leaps, it has collected evidence for frames already. Several places that sound the same share confidence.
FAR = ((48.0, 8), (120.0, 1))  # music px, frames
FAR_PX, FAR_FRAMES = np.array([px for px, _ in FAR], np.float32), np.array([frames for _, frames in FAR])
SURE = 0.15
RESUMED = 12.0  # music px: a correction after a silence that is less is none to speak of


class Motion:
    """N cursors.

    Attributes:
        x: (N,) music px.
        v: (N,) px per frame.
        begun: (N,) whether the player has been found.
        corrections: (N,) how often the localizer has put each elsewhere since then.
    """

    def __init__(self, n: int, *, corrected: bool) -> None:
        """Begin without a place.

        Args:
            n: cursors.
            corrected: whether the localizer may put them elsewhere.
        """
        self.x, self.v = np.zeros((2, n), np.float32)
        self.begun = np.zeros(n, np.bool_)
        self.corrections = np.zeros(n, np.int64)
        self._corrected = corrected
        self._waits = np.ones(n, np.bool_)
        self._away = np.zeros((n, len(FAR)), np.int64)
        self._trail = np.zeros((n, PACE_FRAMES + 1), np.float32)  # places after the newest frames, the newest last

    @property
    def pace(self) -> FloatArray:
        """(N,) mean px per frame of the newest PACE_FRAMES."""
        return (self._trail[:, -1] - self._trail[:, 0]) / PACE_FRAMES

    def place(self, which: npt.ArrayLike, x: npt.ArrayLike, v: npt.ArrayLike) -> None:
        """Put some cursors to places x, with speeds v, as moving."""
        self.x[which], self.v[which] = x, v
        self._trail[which] = self.x[which, None]
        self.begun[which], self._waits[which], self._away[which] = True, False, 0

    def step(self, known: npt.NDArray[np.void], change: npt.ArrayLike, end: npt.ArrayLike) -> BoolArray:
        """Move by one frame.

        Args:
            known: (N,) of FACT, after this frame.
            change: (N,) px per frame, chosen by the policy; of no effect on those that wait, begin or are corrected.
            end: (N,) px, where each one's score ends.

        Returns:
            (N,) which were corrected.
        """
        place, moves = known["place"], known["moves"]
        off = np.abs(place - self.x)
        holds = moves & (known["confidence"] >= SURE)
        self._away = (self._away + 1) * (holds[:, None] & (off[:, None] > FAR_PX))
        # A player who was lost or silent and is heard again is where the localizer says: while the cursor waited it was
        # ahead of the note they held, on the way to the next one, and they may have begun again with that note.
        resumes = self._waits & moves
        elsewhere = (self._away >= FAR_FRAMES).any(1)
        put = ~self.begun | (elsewhere | (resumes & holds) if self._corrected else False)
        corrected = put & self.begun & (elsewhere | (off > RESUMED))
        v = np.where(put | resumes, known["tempo"], self.v + np.asarray(change, np.float32))
        self.v = np.minimum(np.maximum(v, -FASTEST), FASTEST).astype(np.float32) * moves
        self.x = np.where(put, place, np.minimum(self.x + self.v, end)).astype(np.float32)
        self._trail[:, :-1] = self._trail[:, 1:]
        self._trail[:, -1] = self.x
        if put.any():
            self._trail[put] = self.x[put, None]
            self._away[put] = 0
        self._waits = ~moves
        self.begun |= moves
        self.corrections += corrected
        return corrected
