"""`Truth`: where the player was, as the onsets of a performance on the pages, and the score unrolled from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from livefollow.tables import BoolArray, CaseError, FloatArray, IntArray, counts, numbers, read_columns

COLUMNS = ("onset_s", "page", "system", "x_pt", "y_pt", "system_top_pt", "system_bottom_pt")
BACKWARD_PT = 1.0  # further back than this inside a system is a new visit, not two hands of one chord
VISIT_SLACK_PT = 10.0  # a visit that left out part of its system is not extended further than this
FALL_S = 0.05  # the merged onsets of hands that are not together may fall by less than a frame
OFF_PAGE = -1  # index of no system


@dataclass(frozen=True, eq=False)
class Visit:
    """One pass of the player through a system, without a jump.

    Attributes:
        first: index of its first onset.
        onset: (n,) seconds.
        x: (n,) points, each the largest so far.
        low: points; the player did not pass what lies left of it (-inf: passed from the system's start).
        high: likewise to the right.
    """

    first: int
    onset: FloatArray
    x: FloatArray
    low: float
    high: float

    @property
    def last(self) -> int:
        """Index of its last onset."""
        return self.first + len(self.onset) - 1

    def when(self, x: float) -> float:
        """The second at which this pass is at `x` points, linear between onsets; infinite where it did not pass."""
        if x < self.low or x > self.high:
            return float("inf")
        return float(np.interp(x, self.x, self.onset))


@dataclass(frozen=True, eq=False)
class TrueSystem:
    """A staff system that was played.

    Attributes:
        page, number: of the page and of the system on it, from 1.
        top, bottom: y of the outer staff lines, points.
        left, right: x of the leftmost and rightmost onset, points.
        offset: of `left` along the unrolled score, points.
        gap: from `right` to the next system's `left` along the unrolled score: the mean distance of its onsets.
        visits: the player's passes, in the order played.
    """

    page: int
    number: int
    top: float
    bottom: float
    left: float
    right: float
    offset: float
    gap: float
    visits: tuple[Visit, ...]

    def unrolled(self, x: float, reach: float = 0.0) -> float:
        """Convert page x to points along the unrolled score; x counts at most `reach` points beyond the ends."""
        return self.offset + float(np.clip(x, self.left - reach, self.right + reach)) - self.left


@dataclass(frozen=True, eq=False)
class Truth:
    """The onsets of a performance, in the order played.

    Attributes:
        onset: (n,) seconds, not falling by more than FALL_S; n >= 2.
        page: (n,) from 1.
        system: (n,) on its page, from 1.
        x, y: (n,) points, origin top left.
        top, bottom: (n,) outer staff lines of the onset's system, points.
    """

    onset: FloatArray
    page: IntArray
    system: IntArray
    x: FloatArray
    y: FloatArray
    top: FloatArray
    bottom: FloatArray

    def __len__(self) -> int:
        return len(self.onset)

    @cached_property
    def systems(self) -> tuple[TrueSystem, ...]:
        """The systems that were played, in reading order, laid side by side: offsets rise from 0."""
        keys = np.stack([self.page, self.system], 1)
        out = []
        offset = 0.0
        for key in np.unique(keys, axis=0):
            index = np.flatnonzero((keys == key).all(1))
            x = self.x[index]
            left, right = float(x.min()), float(x.max())
            gap = (right - left) / max(1, len(np.unique(np.round(x)))) or 10.0
            breaks = [
                k + 1 for k, (a, b) in enumerate(pairwise(index)) if b > a + 1 or self.x[b] < self.x[a] - BACKWARD_PT
            ]
            visits = tuple(self._visit(part, left, right) for part in np.split(index, breaks))
            top, bottom = float(self.top[index[0]]), float(self.bottom[index[0]])
            out.append(TrueSystem(int(key[0]), int(key[1]), top, bottom, left, right, offset, gap, visits))
            offset += right - left + gap
        return tuple(out)

    def _visit(self, index: IntArray, left: float, right: float) -> Visit:
        first, last = float(self.x[index[0]]), float(self.x[index[-1]])
        low = first - VISIT_SLACK_PT if first > left + 1 else -np.inf
        high = last + VISIT_SLACK_PT if last < right - 1 else np.inf
        return Visit(int(index[0]), self.onset[index], np.maximum.accumulate(self.x[index]), low, high)

    @cached_property
    def at(self) -> IntArray:
        """(n,) index into `systems` of every onset."""
        number = {(s.page, s.number): i for i, s in enumerate(self.systems)}
        return np.array([number[int(p), int(s)] for p, s in zip(self.page, self.system, strict=True)])

    @cached_property
    def unrolled(self) -> FloatArray:
        """(n,) points along the unrolled score of every onset."""
        shift = np.array([s.offset - s.left for s in self.systems])
        return self.x + shift[self.at]

    @cached_property
    def length(self) -> float:
        """Points of unrolled score, first to last onset in reading order."""
        last = self.systems[-1]
        return last.offset + last.right - last.left

    def far_steps(self, backward: float, forward: float) -> BoolArray:
        """(n - 1,): whether the player jumped between an onset and the next.

        Args:
            backward: points back along the unrolled score beyond which a step is a jump.
            forward: points forward, or eight median steps if that is more: a rest is no jump.
        """
        steps = np.diff(self.unrolled)
        return (steps < -backward) | (steps > max(forward, 8 * float(np.median(np.abs(steps)))))

    def place(self, time_s: FloatArray, waits: BoolArray) -> tuple[IntArray, FloatArray]:
        """Interpolate where the player is at any time: linear along the unrolled score between onsets.

        Before the first onset the player stands on it, after the last one likewise; before a jump or after stopping, on
        the last onset.

        Args:
            time_s: (m,) seconds.
            waits: (n - 1,) steps between onsets during which the player does not move.

        Returns:
            (m,) index into `systems`, (m,) points along the unrolled score.
        """
        rising = np.maximum.accumulate(self.onset)
        i = np.clip(np.searchsorted(rising, time_s, side="right") - 1, 0, len(self) - 1)
        after = np.minimum(i + 1, len(self) - 1)
        moving = (after > i) & ~np.append(waits, True)[i]
        lasting = np.maximum(self.onset[after] - self.onset[i], 1e-9)
        share = np.where(moving, np.clip((time_s - self.onset[i]) / lasting, 0, 1), 0.0)
        return self.at[i], self.unrolled[i] + share * (self.unrolled[after] - self.unrolled[i])

    def locate(self, page: int, top: float, bottom: float) -> int:
        """Find the played system that top...bottom (points) on a page overlaps most; OFF_PAGE for none."""
        best, most = OFF_PAGE, 0.0
        for i, system in enumerate(self.systems):
            overlap = min(bottom, system.bottom) - max(top, system.top)
            if system.page == page and overlap > most:
                best, most = i, overlap
        return best


def load_truth(path: Path) -> Truth | None:
    """Read the truth of a case; None where the sound is not the piece: then it has fewer than two rows.

    Raises:
        CaseError: the file cannot be read, lacks a column of COLUMNS, or a row of it makes no sense.
    """
    cells = read_columns(path, COLUMNS)
    onset = numbers(path, "onset_s", cells["onset_s"])
    falling = np.flatnonzero(np.diff(onset) < -FALL_S)
    if len(falling):
        raise CaseError(f"{path}: onset_s falls after row {falling[0] + 1}; rows must be in the order played.")
    page, system = (counts(path, name, cells[name]) for name in COLUMNS[1:3])
    x, y, top, bottom = (numbers(path, name, cells[name]) for name in COLUMNS[3:])
    flat = np.flatnonzero(top >= bottom)
    if len(flat):
        raise CaseError(f"{path}: the system of row {flat[0] + 1} has its bottom above its top.")
    return Truth(onset, page, system, x, y, top, bottom) if len(onset) > 1 else None
