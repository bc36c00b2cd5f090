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
from livefollow.follow.policy.motion import SURE, Motion
from livefollow.follow.policy.observation import ACTIONS, BEHIND, EVENTS, N_FRAMES, NOWHERE, Sight, facts, observe
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
        self._onsets = np.zeros((N_FRAMES, N_PITCHES), np.float32)

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
        self._onsets = np.concatenate([self._onsets[1:], onsets[None]])
        motion, known = self._motion, facts(localizer, estimate, self._time)
        moves, before = bool(known["moves"]), motion.x
        change = self._decide(known[None], sounding) if moves and motion.begun else 0.0
        place, tempo = float(known["place"]), float(known["tempo"])
        if motion.step(place, tempo, estimate.confidence, change, self._end, moves=moves):
            logger.info("correction %d: by %.0f px", self.corrections, motion.x - before)
        sure = moves and estimate.confidence >= SURE
        line = float(self._time.line[self._time.played(estimate.x)[0]]) if sure else 0.0
        x, scale = self._time.printed(line if motion.x < line <= motion.x + NEARLY_PX else motion.x)
        return replace(estimate, x=x, speed=motion.v * scale, heard=estimate.x)

    def _read(self, model: ScoreModel) -> None:
        """Lay out the score, or a longer part of it."""
        self._model, self._pitches = model, model.reading.pitches.astype(np.float32)
        self._time = ScoreTime(model.reading)
        self._end = float(self._time.x[-1] + self._time.gap[-1])

    def _decide(self, known: npt.NDArray[np.void], sounding: FloatArray) -> float:
        """The policy's likeliest action."""
        motion, places = self._motion, self._time.x
        first = int(places.searchsorted(motion.x, "right")) - BEHIND
        at = slice(max(0, first), min(first + EVENTS, len(places)))
        inside = slice(at.start - first, at.stop - first)
        events, pitches = np.full((1, EVENTS), NOWHERE, np.float32), np.zeros((1, EVENTS, N_PITCHES), np.float32)
        events[0, : inside.start] = -NOWHERE
        events[0, inside], pitches[0, inside] = places[at], self._pitches[at]
        x, v, pace = np.array([[motion.x], [motion.v], [motion.pace]], np.float32)
        seen = observe(Sight(self._onsets[None], sounding[None], events, pitches, known), x, v, pace)
        return ACTIONS[int(self.network.run({"observation": seen})["logits"][0].argmax())]
