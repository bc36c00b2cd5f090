"""What the localizer knows of a score before a note is played.

A score model never changes: the reading thread makes one, and a longer one when another page is read, at leisure; the
stepping thread takes it as it is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.follow.hmm.emission import Emission
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.hmm.transitions import Transitions
from livefollow.score.reading import Reading

OWN = 0.5  # probability of notes of a hand from which an event is its own


class ScoreModel:
    """E events: those of a reading, and before them the silence before the piece.

    Attributes:
        reading: the events without that silence.
        settings: the priors it was made with.
        places: (E,) strip px, rising.
        system: (E,) index of the placement that each is on.
        beats: (E,) quarter notes until the next event.
        real: (E,) probability that an event is there and played.
        alone: (E,) whether it is others' alone; None where there is the piano alone.
        behind: (2, E) the next event that the upper hand, and the lower, has after each; E where it has none.
        emission: what each expects to be heard.
        transitions: where players begin and go on.
    """

    def __init__(self, reading: Reading, settings: Settings) -> None:
        """Take the events of a score, or of its first pages."""
        self._take(reading, settings, Emission(reading, settings))

    def extended(self, reading: Reading) -> ScoreModel:
        """The score model of a longer reading that begins with the same events."""
        longer = ScoreModel.__new__(ScoreModel)
        longer._take(reading, self.settings, self.emission.extended(reading))
        return longer

    def __len__(self) -> int:
        return len(self.places)

    def _take(self, reading: Reading, settings: Settings, emission: Emission) -> None:
        first = reading.x[:1] if len(reading) else np.zeros(1)
        self.reading = reading
        self.settings, self.emission, self.transitions = settings, emission, Transitions(reading, settings)
        self.places = np.concatenate([first, reading.x])
        self.system = np.concatenate([reading.system[:1], reading.system])
        self.beats = np.concatenate([[np.inf], _beats(reading, settings.ambiguity.unread_gap)])
        self.real = np.concatenate([[0.0], reading.presence * (1 - settings.duration.unplayed)]).astype(np.float64)
        own = [np.flatnonzero(has > OWN) for has in emission.has]
        at = np.arange(len(self.places))
        self.behind = np.stack([np.append(o, len(at))[np.searchsorted(o, at, side="right")] for o in own])
        self.alone: npt.NDArray[np.bool_] | None = None
        if reading.others:
            self.alone = np.concatenate([[False], reading.others.alone])
            self.real[self.alone] *= settings.duration.joined


def _beats(reading: Reading, gap: float) -> npt.NDArray[np.float64]:
    """(E,) quarter notes from each event of a reading to the next, with what is between them that could not be read.

    That takes as much time as other music in so much room, and no less than was read.
    """
    beats = reading.beats.astype(np.float64)
    room = np.diff(reading.x)
    wide = np.flatnonzero(room >= gap)
    if len(wide) and len(wide) < len(room):
        usual = np.median(beats[:-1] / np.maximum(room, 1))
        beats[wide] = np.maximum(beats[wide], usual * room[wide])
    return beats
