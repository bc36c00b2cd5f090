"""A cursor that the policy moves, in place of the localizer's leaps from onset to onset.

As in the paper's decision process (section 2.2): the policy chooses a change of speed, v += action, x += v, in music px
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
from livefollow.follow.policy.motion import Motion
from livefollow.follow.policy.observation import ACTIONS, EVENTS, MARKS, N_FRAMES, NOWHERE, Sight, facts, observe
from livefollow.follow.policy.score_time import ScoreTime
from livefollow.follow.position import Estimate
from livefollow.networks.listener import FloatArray
from livefollow.networks.runtime import Network

logger = logging.getLogger(__name__)


class PolicyCursor:
    """One cursor on one score; of one thread.

    Attributes:
        network: of kind `policy`.
    """

    def __init__(self, network: Network, *, corrected: bool) -> None:
        """Begin without a place.

        Args:
            network: of kind `policy`.
            corrected: whether the localizer may put it elsewhere.
        """
        self.network = network
        self._motion = Motion(1, corrected=corrected)
        self._model: ScoreModel | None = None
        self._onsets = np.zeros((N_FRAMES, N_PITCHES), np.float32)

    @property
    def corrections(self) -> int:
        """How often the localizer has put it elsewhere since the player was found first."""
        return int(self._motion.corrections[0])

    def forget(self) -> None:
        """The player has been placed by hand: begin wherever the localizer finds them."""
        self._motion.begun[:] = False

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
        known = facts(localizer.belief(), estimate, self._time)[None]
        decides = bool(known["moves"][0]) and bool(self._motion.begun[0])
        before = float(self._motion.x[0])
        if self._motion.step(known, self._decide(known, sounding) if decides else 0.0, self._end)[0]:
            logger.info("correction %d: by %.0f px", self.corrections, float(self._motion.x[0]) - before)
        x, scale = self._time.printed(float(self._motion.x[0]))
        return replace(estimate, x=x, speed=float(self._motion.v[0]) * scale)

    def _read(self, model: ScoreModel) -> None:
        """Lay out the score, or a longer part of it."""
        self._model, self._pitches = model, model.reading.pitches.astype(np.float32)
        self._time = ScoreTime(model.reading)
        self._end = float(self._time.x[-1] + self._time.gap[-1])
        self._marks = np.unique(self._time.from_strip(model.reading.marks["x"]))

    def _decide(self, known: npt.NDArray[np.void], sounding: FloatArray) -> float:
        """The policy's likeliest action."""
        x = float(self._motion.x[0])
        events, at = _about(self._time.x, x, EVENTS)
        pitches = np.zeros((EVENTS, N_PITCHES), np.float32)
        pitches[: at.stop - at.start] = self._pitches[at]
        marks, _ = _about(self._marks, x, MARKS)
        sight = Sight(self._onsets[None], sounding[None], events[None], pitches[None], marks[None], known)
        seen = observe(sight, self._motion.x, self._motion.v, self._motion.pace)
        return ACTIONS[int(self.network.run({"observation": seen})["logits"][0].argmax())]


def _about(places: npt.NDArray[np.float64], x: float, count: int) -> tuple[FloatArray, slice]:
    """The `count` of the rising places nearest to x, padded with NOWHERE; and their slice."""
    first = int(np.searchsorted(places, x)) - count // 2
    at = slice(max(0, first), max(0, min(first + count, len(places))))
    found = np.full(count, NOWHERE, np.float32)
    found[: at.stop - at.start] = places[at]
    return found, at
