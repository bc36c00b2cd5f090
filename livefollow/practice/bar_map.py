"""Bars on the strip, and how many quarter notes lie before each place of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.score.bars import PRESENT, Bars
from livefollow.score.reading import Reading

EVEN = 0.12  # of the usual length: a bar that differs by less has that length
USUAL = 0.6  # share of all bars that must be of one length, for it to be the usual one
EVENT_PRESENT = 0.5  # probability from which a note event counts
SAME_PX = 2.0  # strip px: an event this near before a bar's first one is that one

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BarMap:
    """The bars of a score, N of them, in the order of the strip.

    Attributes:
        starts: (N,) strip px of the first event of each.
        left, right: (N,) strip px of the bar lines around each, for drawing.
        numbers: (N,) as they are printed; a bar that a line's end or a repeat cuts has its number twice.
        beats: (N,) length of each, quarter notes.
        event_x: (M,) strip px of the score's events, rising.
        event_beat: (M,) quarter notes before each.
        returns: strip px of places from which the score or the player's loop leads elsewhere: (to, from).
    """

    starts: FloatArray
    left: FloatArray
    right: FloatArray
    numbers: IntArray
    beats: FloatArray
    event_x: FloatArray
    event_beat: FloatArray
    returns: tuple[tuple[float, float], ...] = ()

    def __len__(self) -> int:
        return len(self.starts)

    def beat(self, x: npt.ArrayLike) -> FloatArray:
        """Quarter notes before places on the strip, px."""
        return np.interp(np.asarray(x, np.float64), self.event_x, self.event_beat)

    def at(self, x: npt.ArrayLike) -> IntArray:
        """Index of the bar at places on the strip, px."""
        return np.maximum(0, np.searchsorted(self.starts - SAME_PX, x, side="right") - 1)

    def next_bar(self, x: float) -> tuple[int, bool]:
        """Return the index of the bar of the event after strip x, and whether that is its first event."""
        after = int(np.searchsorted(self.event_x, x + SAME_PX, side="right"))
        following = float(self.event_x[min(after, len(self.event_x) - 1)])
        bar = int(self.at(following))
        return bar, abs(following - float(self.starts[bar])) <= SAME_PX


def map_bars(
    reading: Reading,
    bars: Bars,
    systems: Sequence[tuple[float, float]],
    returns: Sequence[tuple[float, float]] = (),
) -> BarMap | None:
    """Make the map of a score that has been read; None where no bar lines are known.

    Args:
        reading: of the score.
        bars: its bars.
        systems: strip px of both ends of each system, in order.
        returns: see `BarMap`.
    """
    present = reading.presence >= EVENT_PRESENT
    x, beats = reading.x[present].astype(np.float64), reading.beats[present].astype(np.float64)
    if not bars.known or len(bars.starts) < 2 or len(x) < 2:
        return None
    starts = bars.starts
    before = np.concatenate([[0.0], np.cumsum(beats)[:-1]])
    edges = np.append(np.interp(starts, x, before), before[-1] + beats[-1])
    lengths = _even(np.maximum(np.diff(edges), 1e-3))
    lines = np.sort(reading.marks["x"][reading.marks["p"] >= PRESENT].astype(np.float64))
    ends = np.array([right for _, right in systems])
    begins = np.array([left for left, _ in systems])
    left, right = np.empty(len(starts)), np.empty(len(starts))
    for k, start in enumerate(starts):
        system = max(0, int(np.searchsorted(begins, start + SAME_PX, side="right")) - 1)
        line = lines[(lines <= start) & (lines >= begins[system])]
        left[k] = line[-1] if len(line) else begins[system]
        following = starts[k + 1] if k + 1 < len(starts) else np.inf
        line = lines[(lines > start) & (lines <= min(following, ends[system]))]
        right[k] = line[-1] if len(line) else ends[system]
    return BarMap(starts, left, right, bars.numbers, lengths, x, before, tuple(returns))


def _even(lengths: FloatArray) -> FloatArray:
    """Give bars that are nearly of the usual length that length: note values are read with small errors."""
    usual = float(np.median(lengths))
    near = np.abs(lengths - usual) <= EVEN * usual
    if near.mean() < USUAL:
        return lengths
    return np.where(near, float(np.median(lengths[near])), lengths)
