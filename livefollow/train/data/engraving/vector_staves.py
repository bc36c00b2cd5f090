"""Read staves and systems from the vector drawings of an engraved PDF page: the truth for the raster detector.

Pixels are not used: a staff is five horizontal lines of the same left and right end and of equal spacing,
a system is what one vertical line at the left end joins. Engravers differ in how they draw the lines (one
stroke, one a bar, thin filled boxes), so collinear pieces that touch are joined before lines are compared. Comparing
both ends keeps out what else is long and level: ledger lines, volta brackets, octave lines, beams, lyric extenders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import pymupdf

LEVEL_TOLERANCE = 0.12  # pt, pieces this close in y (or x, for upright ones) lie on one line
TOUCH_TOLERANCE = 0.6  # pt, gap across which two pieces of a line are one
THICKEST_LINE = 1.6  # pt, a filled box thicker than this is no staff line and no system bar
END_TOLERANCE = 1.0  # pt, between the ends of a staff's five lines
SPACE_TOLERANCE = 0.03  # of the staff space, between the gaps of a staff
MIN_SPACE = 1.2  # pt
MAX_SPACE = 1 / 54  # of the page's width (11 pt on A4); ruled tables are wider
MIN_LENGTH = 8.0  # staff spaces, shortest staff
JOIN_REACH = 1.2  # staff spaces, furthest a system's bar stands from the left end of its staves


@dataclass(frozen=True)
class VectorStaff:
    """Five staff lines, in points of the page, origin top left."""

    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[float, float, float, float, float]  # y of the lines' middles, top to bottom

    @property
    def space(self) -> float:
        """Distance of two neighbouring lines, points."""
        return (self.bottom - self.top) / 4


@dataclass(frozen=True)
class VectorSystem:
    """Staves that sound together, top to bottom; top and bottom are the outer staff lines, points."""

    staves: tuple[VectorStaff, ...]
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class _Run:
    """A straight level line: `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float


def vector_systems(page: pymupdf.Page) -> list[VectorSystem]:
    """Find the staff systems of one page of an engraved (not scanned) PDF, top to bottom.

    Args:
        page: a page of an open PyMuPDF document.

    Returns:
        One `VectorSystem` a system, in points with the origin at the top left; empty for pages without staves.
        Left out are staves of one or six lines (percussion, tablature), and pieces of a staff that begin in the
        middle of a system (an ossia).
    """
    level, upright = [], []
    for x0, y0, x1, y1 in _strokes(page):
        if y1 - y0 <= THICKEST_LINE and x1 - x0 > y1 - y0:
            level.append(_Run((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= THICKEST_LINE:
            upright.append(_Run((x0 + x1) / 2, y0, y1))
    return _systems(_staves(_joined(level), MAX_SPACE * page.rect.width), _joined(upright))


def _strokes(page: pymupdf.Page) -> Iterator[tuple[float, float, float, float]]:
    """Yield boxes (x0, y0, x1, y1) of all straight level or upright strokes and thin boxes."""
    for drawing in page.get_cdrawings():
        box = drawing["rect"]
        if "f" in drawing["type"] and min(box[2] - box[0], box[3] - box[1]) <= THICKEST_LINE:
            # A line drawn as a filled outline: its middle counts, not its two edges.
            yield box
            continue
        outline = _is_outline(drawing)
        for item in drawing["items"]:
            if item[0] == "l" and not outline:
                (xa, ya), (xb, yb) = item[1], item[2]
                if min(abs(xa - xb), abs(ya - yb)) < LEVEL_TOLERANCE:
                    yield min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
            elif item[0] == "re":
                yield item[1]


def _is_outline(drawing: dict[str, Any]) -> bool:
    """Whether the path surrounds something: the edges of a level beam are no staff lines."""
    items = drawing["items"]
    lines = [item for item in items if item[0] == "l"]
    return "f" in drawing["type"] or (len(lines) > 2 and bool(lines[0][1] == lines[-1][2]))


def _joined(pieces: list[_Run]) -> list[_Run]:
    """Join collinear pieces that touch; sorted across the line."""
    joined: list[_Run] = []
    rows: list[list[_Run]] = []
    for piece in sorted(pieces, key=lambda p: p.at):
        if rows and piece.at - rows[-1][-1].at <= LEVEL_TOLERANCE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        chain: list[_Run] = []
        for piece in sorted(row, key=lambda p: p.start):
            if chain and piece.start > max(p.end for p in chain) + TOUCH_TOLERANCE:
                joined.append(_chain(chain))
                chain = []
            chain.append(piece)
        joined.append(_chain(chain))
    return sorted(joined, key=lambda p: (p.at, p.start))


def _chain(pieces: list[_Run]) -> _Run:
    longest = max(pieces, key=lambda p: p.end - p.start)
    return _Run(longest.at, min(p.start for p in pieces), max(p.end for p in pieces))


def _staves(runs: list[_Run], max_space: float) -> list[VectorStaff]:
    runs = [r for r in runs if r.end - r.start >= MIN_LENGTH * MIN_SPACE]
    staves: list[VectorStaff] = []
    taken: set[int] = set()
    for i, first in enumerate(runs):
        if i in taken:
            continue
        below = [
            j
            for j in range(i + 1, len(runs))
            if j not in taken
            and MIN_SPACE <= runs[j].at - first.at <= 6 * max_space
            and abs(runs[j].start - first.start) <= END_TOLERANCE
            and abs(runs[j].end - first.end) <= END_TOLERANCE
        ]
        stack = _stack(runs, i, below, max_space)
        if len(stack) == 5:
            staves.append(_staff([runs[j] for j in stack]))
            taken.update(stack)
        elif len(stack) > 5:
            taken.update(stack)  # tablature
    return staves


def _stack(runs: list[_Run], top: int, below: list[int], max_space: float) -> list[int]:
    """Collect the line `top` and those under it at equal distances."""
    if not below:
        return [top]
    space = runs[below[0]].at - runs[top].at
    if space > max_space or runs[top].end - runs[top].start < MIN_LENGTH * space:
        return [top]
    stack = [top]
    for j in below:
        if abs(runs[j].at - runs[stack[-1]].at - space) <= SPACE_TOLERANCE * space + 0.02:
            stack.append(j)
    return stack


def _staff(lines: list[_Run]) -> VectorStaff:
    y = [line.at for line in lines]
    left, right = fmean(line.start for line in lines), fmean(line.end for line in lines)
    return VectorStaff(left, y[0], right, y[4], (y[0], y[1], y[2], y[3], y[4]))


def _systems(staves: list[VectorStaff], upright: list[_Run]) -> list[VectorSystem]:
    staves = sorted(staves, key=lambda s: (s.top, s.left))
    group = list(range(len(staves)))  # index of the first staff of each staff's system
    fragments: set[int] = set()
    for bar in upright:
        # A bar at the left end, from staff to staff; one that only touches a staff does not hold it.
        beside = [i for i, s in enumerate(staves) if min(bar.end, s.bottom) - max(bar.start, s.top) > 0.5 * s.space]
        held = [i for i in beside if abs(bar.at - staves[i].left) <= JOIN_REACH * staves[i].space]
        if len(held) > 1:
            roots = {group[i] for i in held}
            group = [min(roots) if g in roots else g for g in group]
            fragments.update(i for i in beside if i not in held and staves[i].left > bar.at)
    systems = []
    for root in sorted({g for i, g in enumerate(group) if i not in fragments or group.count(g) > 1}):
        members = [s for i, s in enumerate(staves) if group[i] == root]
        systems.append(
            VectorSystem(
                tuple(members),
                min(s.left for s in members),
                members[0].top,
                max(s.right for s in members),
                max(s.bottom for s in members),
            )
        )
    return sorted(systems, key=lambda s: (s.top, s.left))
