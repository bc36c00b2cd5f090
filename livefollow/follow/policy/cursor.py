"""A cursor that the policy moves, in place of the localizer's leaps from onset to onset.

As in the paper's decision process (section 2.2): the policy chooses a change of speed, v += action, x += v, in music px
(`ScoreTime`). A cursor that has lost the player ends the paper's episode; here the localizer corrects it, if
told to, once it has believed for some frames that the player is elsewhere. Every correction is logged.
"""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_PITCHES
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.policy.motion import SURE, Motion
from livefollow.follow.policy.observation import (
    ACTIONS,
    BEHIND,
    EVENTS,
    N_FRAMES,
    NOWHERE,
    Sight,
    facts,
    observe,
    strongest,
)
from livefollow.follow.policy.score_time import ScoreTime
from livefollow.follow.position import Estimate
from livefollow.networks.listener import FloatArray
from livefollow.networks.runtime import Network

logger = logging.getLogger(__name__)

# Who is heard on a new system is shown there, once the cursor is as near to it as this: a px before its first note is
# otherwise at the end of the system above. Music px.
NEARLY_PX = 24.0


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
        self._motion = Motion(corrected=corrected)
        self._model: ScoreModel | None = None
        self._moving = np.zeros((3, 1), np.float32)  # place, speed and pace
        self._onsets = np.zeros((1, N_FRAMES, N_PITCHES), np.float32)

    @property
    def corrections(self) -> int:
        """How often the localizer has put it elsewhere since the player was found first."""
        return self._motion.corrections

    def forget(self) -> None:
        """The player has been placed by hand: begin wherever the localizer finds them."""
        self._motion.begun = False

    def follow(self, localizer: Localizer, estimate: Estimate, onsets: FloatArray, sounding: FloatArray) -> Estimate:
        """Move by one frame.

        Args:
            localizer: after this frame.
            estimate: its estimate.
            onsets, sounding: (88,) of this frame.

        Returns:
            The estimate with the cursor's place and speed, and where the player was heard.
        """
        if localizer.model is not self._model:
            self._read(localizer.model)
        self._onsets[:, :-1] = self._onsets[:, 1:]
        self._onsets[:, -1] = onsets
        motion, known = self._motion, facts(localizer, estimate, self._time)
        place, tempo, *_ = known.item()
        moves = bool(known["moves"])
        before = motion.x
        change = self._decide(known, sounding) if moves and motion.begun else 0.0
        if motion.step(place, tempo, estimate.confidence, change, self._end, moves=moves):
            logger.info("correction %d: by %.0f px", self.corrections, motion.x - before)
        sure = moves and estimate.confidence >= SURE
        line = self._time.line[self._time.played(estimate.x)[0]] if sure else 0.0
        x, scale = self._time.printed(line if motion.x < line <= motion.x + NEARLY_PX else motion.x)
        return Estimate(x, motion.v * scale, estimate.confidence, estimate.state, heard=estimate.x)

    def _read(self, model: ScoreModel) -> None:
        """Lay out the score, or a longer part of it."""
        self._model, self._time = model, ScoreTime(model.reading)
        self._end = float(self._time.x[-1] + self._time.gap[-1])
        # With what is seen before the first event and after the last one, so that it is cut out as it is.
        around = (BEHIND, EVENTS)
        self._events = np.pad(self._time.x.astype(np.float32), around, constant_values=(-NOWHERE, NOWHERE))
        self._notes = np.pad(model.reading.pitches.sum(1), around)

    def _decide(self, known: npt.NDArray[np.void], sounding: FloatArray) -> float:
        """The policy's likeliest action."""
        motion = self._motion
        first = self._time.reached(motion.x)
        at = slice(first, first + EVENTS)
        heard = strongest(self._onsets, sounding)
        sight = Sight(heard, self._events[None, at], self._pitches(first), self._notes[None, at], known)
        self._moving[:, 0] = motion.x, motion.v, motion.pace
        seen = observe(sight, *self._moving)
        return ACTIONS[int(self.network.run({"observation": seen})["logits"].argmax())]

    def _pitches(self, reached: int) -> FloatArray:
        """(1, EVENTS, N_PITCHES) of the events that are seen, once so many are reached; zeros where there is none."""
        assert self._model
        every, first = self._model.reading.pitches, reached - BEHIND
        inside = every[max(0, first) : first + EVENTS]
        if len(inside) == EVENTS:
            return inside[None]
        seen = np.zeros((1, EVENTS, N_PITCHES), np.float32)
        seen[0, max(0, -first) : max(0, -first) + len(inside)] = inside
        return seen
