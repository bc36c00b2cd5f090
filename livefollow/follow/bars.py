"""Bars as the reader sees them: where each begins, counted from the first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.follow.reading import Reading

PRESENT = 0.5  # probability from which a bar line counts
UPBEAT = 0.8  # of the usual length: a first bar that is shorter is an upbeat, and not counted


class Bars:
    """The bars of (the part that has been read of) a score. A repeat's second ending is counted on, as printed."""

    def __init__(self, reading: Reading) -> None:
        """Find the bars: stretches between two bar lines in which something is played.

        Args:
            reading: whose marks of any kind are bar lines; double bars and repeats end bars too.
        """
        lines = np.unique(reading.marks["x"][reading.marks["p"] >= PRESENT])
        of_event = np.searchsorted(lines, reading.x)
        new = np.flatnonzero(np.diff(of_event, prepend=-1) > 0)
        self._starts = np.asarray(reading.x[new], np.float64)
        beats = np.add.reduceat(reading.beats, new) if len(new) else np.empty(0)
        # Without bar lines there is one long bar: nothing to count.
        self.known = len(lines) > 0
        upbeat = len(beats) > 2 and beats[0] < UPBEAT * float(np.median(beats[1:]))
        self._first = 0 if upbeat else 1

    @property
    def numbers(self) -> range:
        """The numbers of the bars; 0 is an upbeat."""
        return range(self._first, self._first + len(self._starts))

    @property
    def starts(self) -> npt.NDArray[np.float64]:
        """(N,) strip px of the first event of each bar."""
        return self._starts

    def at(self, x: float) -> int:
        """Number of the bar at strip x."""
        return self._first + max(0, int(np.searchsorted(self._starts, x, side="right")) - 1)

    def start(self, number: int) -> float:
        """Strip x of the first event of a bar.

        Raises:
            LookupError: there is no such bar, or it has not been read yet.
        """
        if number not in self.numbers:
            raise LookupError(f"there is no bar {number}")
        return float(self._starts[number - self._first])
