"""Whether those who are printed beside the piano are heard: soloists in a rehearsal, nobody where one practises alone.

Judged by notes near the place shown that only the other parts have; and so is the octave in which they sound, which
need not be the printed one: men sing what is written for women, flutes and violins play what is written for a voice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.pitches import moved
from livefollow.score.reading import Others, Reading

FloatArray = npt.NDArray[np.float32]

ABOUT = 2  # events to either side whose notes are the pianist's
PARTIALS = (12, 19, 24)  # semitones at which a piano's notes are heard, too
OCTAVES = (0, -12, 12)  # semitones from what is printed at which others sound


@dataclass(frozen=True)
class Beside:
    """What is known of others.

    Attributes:
        present: probability that they play or sing, as heard lately.
        octaves: of each of `OCTAVES` how likely they sound there, the likeliest being 1.
    """

    present: float
    octaves: tuple[float, ...]


NOBODY = Beside(0.0, (1.0, 0.0, 0.0))


class Company:
    """Listens for others."""

    def __init__(self, reading: Reading, settings: Settings) -> None:
        """Expect nobody beside the pianist.

        Args:
            reading: of a score.
            settings: how long they are remembered.
        """
        s = self._settings = settings.company
        self._heard = settings.observation.heard
        self._keeps = math.exp(-1 / (s.memory_s * FPS))
        self._notes = 0.0  # of theirs, heard lately
        self._in_octave = s.octave_notes * np.array([1.0, s.lower, s.higher])  # notes of theirs; some are assumed
        self.extend(reading)

    @property
    def beside(self) -> Beside:
        """What is known of them now."""
        octaves = self._in_octave / self._in_octave.max()
        return Beside(min(1.0, self._notes / self._settings.notes), tuple(octaves.tolist()))

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
            theirs = self._theirs(self._others, event - 1)
            octaves = np.array(self.beside.octaves)
            self._notes += float(onsets @ (octaves @ theirs).clip(max=1))
            self._in_octave += (theirs / np.maximum(theirs.sum(0), 1)) @ onsets
            self._in_octave *= min(1.0, self._settings.octave_memory / self._in_octave.sum())

    def _theirs(self, others: Others, event: int) -> npt.NDArray[np.float64]:
        """(OCTAVES, N_PITCHES) probability that a note about an event is theirs, in each octave."""
        own = self._pitches[max(0, event - ABOUT) : event + ABOUT + 1].max(0)
        own = np.maximum.reduce([own, *(moved(own, shift) for shift in PARTIALS)])
        return np.stack([moved(others.around[event], shift) for shift in OCTAVES]) * (1.0 - own)
