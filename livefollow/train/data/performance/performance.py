"""Types of a performance: keys pressed at seconds, and the truth about when each score onset sounded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.train.data.sound.sampler import SamplerNote

KEY = np.dtype(
    [
        ("onset_s", "f8"),
        ("offset_s", "f8"),  # when the string is damped: pedal included
        ("pitch", "u1"),
        ("velocity", "u1"),
        ("quarter", "f8"),  # printed onset of the note it plays; NaN for slips and an ornament's further strikes
        ("hand", "u1"),
    ]
)
ONSET = np.dtype([("quarter", "f8"), ("onset_s", "f8"), ("passage", "i4")])


@dataclass(frozen=True)
class PerformedJump:
    """The player goes on elsewhere than where they were, or after a stop."""

    t: float  # s, when playing resumes
    kind: str  # back, skip, stop
    repeat: bool = False  # as the score's repeat marks ask


@dataclass(frozen=True)
class Played:
    """A performance: keys, onsets, jumps and pauses.

    Attributes:
        keys: (n,) of `KEY`, by onset.
        onsets: (m,) of `ONSET`: score onsets in the order played, asynchronous keys merged, ornaments left out; an
            onset of which every note was missed has no row. Quarters rise inside a passage.
        jumps: where passages begin that do not just go on.
        pauses: (s at which playing stops, s it lasts), 1 s or longer.
        pedal_s: when the pedal goes down.
        tuning_hz: of the piano's a'.
        end_s: when the last written value is over.
    """

    keys: npt.NDArray[np.void]
    onsets: npt.NDArray[np.void]
    jumps: list[PerformedJump]
    pauses: list[tuple[float, float]]
    pedal_s: list[float]
    tuning_hz: float
    end_s: float

    def notes(self) -> list[SamplerNote]:
        """The keys as an instrument plays them."""
        return [
            SamplerNote(float(k["onset_s"]), float(k["offset_s"] - k["onset_s"]), int(k["pitch"]), int(k["velocity"]))
            for k in self.keys
        ]
