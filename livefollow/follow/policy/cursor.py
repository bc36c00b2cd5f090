"""A cursor that the policy moves, in place of the localizer's leaps from onset to onset.

As in the paper's decision process (section 2.2): the policy chooses -1, 0 or +1, v += action, x += v, in music px
(`ScoreTime`). A cursor that has lost the player ends the paper's episode; here the localizer corrects it, if
told to, once it has believed for some frames that the player is elsewhere. Every correction is logged.
"""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_PITCHES
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.policy.observation import (
    ACTIONS,
    EVENTS,
    FASTEST,
    MARKS,
    N_FRAMES,
    NOWHERE,
    Sight,
    facts,
    observe,
)
from livefollow.follow.policy.score_time import ScoreTime
from livefollow.follow.position import Estimate
from livefollow.networks.listener import FloatArray
from livefollow.networks.runtime import Network

# Corrected: further away than this for so many frames while the localizer is this sure. The further, the sooner:
# before it leaps, it has collected evidence for frames already. Several places that sound the same share confidence.
FAR = ((48.0, 8), (120.0, 1))  # music px, frames
SURE = 0.15
RESUMED = 12.0  # music px: after a silence, a cursor that is further off than this is corrected

logger = logging.getLogger(__name__)


class PolicyCursor:
    """One cursor on one score; of one thread.

    Attributes:
        network: of kind `policy`.
        corrections: how often the localizer has put it elsewhere since the player was found first.
    """

    def __init__(self, network: Network, *, corrected: bool) -> None:
        """Begin without a place.

        Args:
            network: of kind `policy`.
            corrected: whether the localizer may put it elsewhere.
        """
        self.network, self.corrections = network, 0
        self._corrected = corrected
        self._model: ScoreModel | None = None
        self._onsets = np.zeros((N_FRAMES, N_PITCHES), np.float32)
        self._begun = False
        self._x, self._v, self._waits = 0.0, 0, True
        self._trail = np.zeros(N_FRAMES, np.float32)
        self._away = [0] * len(FAR)

    def forget(self) -> None:
        """The player has been placed by hand: begin wherever the localizer finds them."""
        self._begun = False

    def follow(self, localizer: Localizer, estimate: Estimate, onsets: FloatArray, sounding: FloatArray) -> Estimate:
        """Move by one frame.

        Args:
            localizer: after this frame.
            estimate: its estimate.
            onsets, sounding: (88,) of this frame.

        Returns:
            The estimate with the cursor's place and speed.
        """
        if localizer.model is not self._model:
            self._read(localizer.model)
        self._onsets = np.concatenate([self._onsets[1:], onsets[None]])
        known = facts(localizer.belief(), estimate, self._time)
        if not self._begun or self._is_elsewhere(known):
            self._put(known)
        elif not known["moves"]:
            self._v, self._waits = 0, True
        else:
            if self._waits:
                self._v, self._waits = start_speed(known), False
            else:
                self._v = int(np.clip(self._v + self._decide(known, sounding), -FASTEST, FASTEST))
            self._x = min(self._x + self._v, self._end)
        self._trail = np.append(self._trail[1:], np.float32(self._x))
        speed = self._time.to_strip_speed(self._x, self._v)
        return replace(estimate, x=float(self._time.to_strip(self._x)), speed=speed)

    def _read(self, model: ScoreModel) -> None:
        """Lay out the score, or a longer part of it."""
        self._model, self._reading = model, model.reading
        self._time = ScoreTime(model.reading)
        self._end = float(self._time.x[-1] + self._time.gap[-1])
        self._marks = np.unique(self._time.from_strip(model.reading.marks["x"]))

    def _put(self, known: npt.NDArray[np.void]) -> None:
        """Move the cursor to the localizer's place, with its speed."""
        if self._begun:
            self.corrections += 1
            logger.info("correction %d: by %.0f px", self.corrections, float(known["place"]) - self._x)
        self._x, self._v, self._waits = float(known["place"]), start_speed(known), not known["moves"]
        self._begun = bool(known["moves"])
        self._trail[:] = self._x
        self._away = [0] * len(FAR)

    def _is_elsewhere(self, known: npt.NDArray[np.void]) -> bool:
        """Whether the localizer has been sure for long enough that the player is elsewhere."""
        holds = self._corrected and bool(known["moves"]) and float(known["confidence"]) >= SURE
        off = abs(float(known["place"]) - self._x) if holds else 0.0
        self._away = [count + 1 if off > px else 0 for count, (px, _) in zip(self._away, FAR, strict=True)]
        # A player who was lost or silent and is heard again is where the localizer says: while the cursor waited it was
        # ahead of the note they held, on the way to the next one, and they may have begun again with that note.
        return (self._waits and off > RESUMED) or any(
            count >= frames for count, (_, frames) in zip(self._away, FAR, strict=True)
        )

    def _decide(self, known: npt.NDArray[np.void], sounding: FloatArray) -> int:
        """The policy's likeliest action."""
        events, at = _about(self._time.x, self._x, EVENTS)
        pitches = np.zeros((EVENTS, N_PITCHES), np.float32)
        pitches[: at.stop - at.start] = self._reading.pitches[at]
        marks, _ = _about(self._marks, self._x, MARKS)
        sight = Sight(self._onsets[None], sounding[None], events[None], pitches[None], marks[None], known[None])
        x, v = np.array([self._x], np.float32), np.array([self._v], np.float32)
        seen = observe(sight, x, v, self._trail[None])
        return ACTIONS[int(self.network.run({"observation": seen})["logits"][0].argmax())]


def _about(places: npt.NDArray[np.float64], x: float, count: int) -> tuple[FloatArray, slice]:
    """The `count` of the rising places nearest to x, padded with NOWHERE; and their slice."""
    first = int(np.searchsorted(places, x)) - count // 2
    at = slice(max(0, first), max(0, min(first + count, len(places))))
    found = np.full(count, NOWHERE, np.float32)
    found[: at.stop - at.start] = places[at]
    return found, at


def start_speed(known: npt.NDArray[np.void]) -> int:
    """Music px per frame with which a cursor begins."""
    return int(np.clip(np.rint(known["tempo"]), 0, FASTEST))
