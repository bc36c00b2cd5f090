"""Where staves and systems stand to each other: which lies below which, and in what order they are read.

Most pages are one column. Two pages on one sheet are two, read one after the other; short scores side by side, or a
coda set apart on its line, are read line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np

from livefollow.score.staves.pieces import StaffTrace

BELOW = 0.5  # of the shorter one's width that two staves must share to lie one below the other
SAME_LINE = 2.0  # staff spaces between the tops of what stands on one line
MIDDLE = 0.12  # of a sheet's width by which the gutter between its two pages may lie off its middle


class SystemEdges(Protocol):
    """What a system shows of itself here: edges in points, staff space."""

    @property
    def left(self) -> float:
        """x of the left edge, points."""

    @property
    def right(self) -> float:
        """x of the right edge, points."""

    @property
    def top(self) -> float:
        """y of the uppermost staff line, points."""

    @property
    def bottom(self) -> float:
        """y of the lowest staff line, points."""

    @property
    def staff_space(self) -> float:
        """Distance of two staff lines, points."""


Placed = TypeVar("Placed", bound=SystemEdges)


def shared(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Share of the shorter of two stretches that lies within the other."""
    shorter = max(min(a[1] - a[0], b[1] - b[0]), 1e-6)
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0])) / shorter


def nearest(staff: StaffTrace, others: Sequence[StaffTrace]) -> StaffTrace | None:
    """The first of `others` that lies above or below a staff, and not beside it."""
    extent = float(staff.x[0]), float(staff.x[-1])
    return next((o for o in others if shared(extent, (float(o.x[0]), float(o.x[-1]))) >= BELOW), None)


def chains(staves: Sequence[StaffTrace]) -> list[list[StaffTrace]]:
    """The staves in lists whose members lie one below the other, with nothing between.

    Args:
        staves: from top to bottom.
    """
    below = [nearest(staff, staves[i + 1 :]) for i, staff in enumerate(staves)]
    out: list[list[StaffTrace]] = []
    for i, staff in enumerate(staves):
        upper = nearest(staff, staves[:i][::-1])
        joined = next((chain for chain in out if chain[-1] is upper and below[_index(staves, upper)] is staff), None)
        if joined is None:
            out.append([staff])
        else:
            joined.append(staff)
    return out


def reading_order(systems: Sequence[Placed], sheet: tuple[float, float]) -> list[Placed]:
    """Systems in the order in which they are played.

    Args:
        systems: any order.
        sheet: width and height of the page, points.
    """
    by_top = sorted(systems, key=lambda s: s.top)
    pages = _pages(by_top, sheet)
    return [s for page in pages for s in _by_line(page)]


def put_in_place(systems: Sequence[Placed], added: Placed) -> list[Placed]:
    """Systems in reading order with one more: behind the one above it, else before the one below it."""
    beside = [s for s in systems if shared((s.left, s.right), (added.left, added.right)) >= BELOW]
    above = max((s for s in beside if s.top <= added.top), key=lambda s: s.top, default=None)
    below = min((s for s in beside if s.top > added.top), key=lambda s: s.top, default=None)
    if above is not None:
        at = _index(systems, above) + 1
    elif below is not None:
        at = _index(systems, below)
    else:
        at = sum(s.top <= added.top for s in systems)
    return [*systems[:at], added, *systems[at:]]


def _index(items: Sequence[object], item: object) -> int:
    return next(i for i, other in enumerate(items) if other is item)


def _by_line(by_top: Sequence[Placed]) -> list[Placed]:
    """From top to bottom, and from left to right what stands on one line."""
    lines: list[list[Placed]] = []
    for system in by_top:
        if lines and all(_on_one_line(system, other) for other in lines[-1]):
            lines[-1].append(system)
        else:
            lines.append([system])
    return [s for line in lines for s in sorted(line, key=lambda s: s.left)]


def _on_one_line(a: SystemEdges, b: SystemEdges) -> bool:
    beside = shared((a.left, a.right), (b.left, b.right)) < BELOW
    return beside and abs(a.top - b.top) < SAME_LINE * max(a.staff_space, b.staff_space)


def _pages(by_top: Sequence[Placed], sheet: tuple[float, float]) -> list[list[Placed]]:
    """The systems of the left and of the right page, or all where the sheet is one page."""
    gutter = _gutter(by_top)
    if gutter is None:
        return [list(by_top)]
    left = [s for s in by_top if s.right <= gutter]
    right = [s for s in by_top if s.left >= gutter]
    lines = sum(any(_on_one_line(a, b) for b in right) for a in left)
    aligned = lines > 0.5 * min(len(left), len(right))
    spread = sheet[0] > sheet[1] and abs(gutter / sheet[0] - 0.5) < MIDDLE
    return [left, right] if spread or not aligned else [list(by_top)]


def _gutter(systems: Sequence[SystemEdges]) -> float | None:
    """x of the middle of the widest stretch that no system crosses, with systems on both sides; points."""
    best, at, reach = 0.0, None, np.inf
    for system in sorted(systems, key=lambda s: s.left):
        if system.left - reach > best:
            best, at = system.left - reach, (system.left + reach) / 2
        reach = system.right if reach == np.inf else max(reach, system.right)
    return None if at is None else float(at)
