"""Whether those who are printed beside the piano are heard: soloists in a rehearsal, nobody where one practises alone.

Judged by notes near the place shown that only the other parts have.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.pitches import moved
from livefollow.score.reading import Others, Reading

FloatArray = npt.NDArray[np.float32]

ABOUT = 2  # events to either side whose notes are the pianist's
PARTIALS = (12, 19, 24)  # semitones at which a piano's notes are heard, too
OCTAVE_LOWER = -12  # semitones: men sing an octave lower than is printed


class Company:
    """Listens for others.

    Attributes:
        present: probability that they play or sing, as heard lately.
    """

    def __init__(self, reading: Reading, settings: Settings) -> None:
        """Expect nobody beside the pianist.

        Args:
            reading: of a score.
            settings: how long they are remembered.
        """
        self._settings, self._heard = settings.company, settings.observation.heard
        self._keeps = math.exp(-1 / (self._settings.memory_s * FPS))
        self._notes = 0.0  # of theirs, heard lately
        self.present = 0.0
        self.extend(reading)

    def extend(self, reading: Reading) -> None:
        """Take a longer reading that begins with the same events."""
        self._pitches, self._others = reading.pitches, reading.others

    def hear(self, onsets: FloatArray, event: int) -> None:
        """Hear one frame.

        Args:
            onsets: (N_PITCHES,) probabilities.
            event: of the score model, where the player is.
        """
        self._notes *= self._keeps
        if self._others and event and float(onsets.max()) >= self._heard:
            self._notes += float(onsets @ self._theirs(self._others, event - 1))
        self.present = min(1.0, self._notes / self._settings.notes)

    def _theirs(self, others: Others, event: int) -> FloatArray:
        """(N_PITCHES,) probability that a note about an event is theirs."""
        around = others.around[event]
        own = self._pitches[max(0, event - ABOUT) : event + ABOUT + 1].max(0)
        own = np.maximum.reduce([own, *(moved(own, shift) for shift in PARTIALS)])
        return np.asarray(np.maximum(around, moved(around, OCTAVE_LOWER)) * (1 - own))
