"""Pieces of staves: which of them are one staff that was seen in parts, and which are staves of their own side by side.

Two pages on one sheet, short scores side by side, and a coda set apart on its line have the same look: the staff on
the left ends with a bar line, and then nothing is drawn for a while. A staff that fades is not blank where it is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.fitting import extend
from livefollow.score.staves.lines import ByteArray, FloatArray

SAME_STAFF = 2.5  # staff spaces between the middles of two pieces of one staff at most
CLOSEST = 6.5  # staff spaces between the middles of two staves at least
MERGE_GAP = 30.0  # staff spaces between two pieces of one staff
BLANK = 4.0  # staff spaces of blank paper behind a bar line that end a staff
BLANK_INK = 0.06  # share of a column's height that specks may ink on blank paper
SPECK = 0.15  # staff spaces: what is narrower is a speck
BAR_REACH = 1.5  # staff spaces before the blank in which the bar line stands
BAR_LINE = 0.9  # share of a staff's height that a bar line inks

Gap = tuple[float, float]  # px from left to right that are blank behind a staff's last bar line


@dataclass(frozen=True, eq=False)
class StaffTrace:
    """A staff in raster pixels, sampled at knots along x.

    Attributes:
        x: (n,) knots, rising; the first and last are the ends of the staff lines.
        centre: (n,) y of the middle line at the knots.
        space: (n,) distance of two neighbouring lines at the knots.
        score: mean strength of the traces, 0 to 1.
    """

    x: FloatArray
    centre: FloatArray
    space: FloatArray
    score: float

    def line(self, k: float, x: npt.ArrayLike) -> FloatArray:
        """y of line `k` (-2 top, 0 middle, 2 bottom) at `x`."""
        at = np.asarray(x, np.float32)
        return np.asarray(np.interp(at, self.x, self.centre) + k * np.interp(at, self.x, self.space), np.float32)

    @cached_property
    def slope(self) -> float:
        """dy/dx of the straight line nearest to the middle line."""
        return float(np.polyfit(self.x, self.centre, 1)[0])

    @cached_property
    def typical_space(self) -> float:
        """Median distance of two neighbouring lines, px."""
        return float(np.median(self.space))

    @cached_property
    def reach(self) -> tuple[float, float]:
        """Least and greatest y of the middle line, px."""
        return float(self.centre.min()), float(self.centre.max())

    def scaled(self, zoom: float) -> StaffTrace:
        """The same staff on a raster `zoom` times as large."""
        return replace(self, x=self.x * zoom, centre=self.centre * zoom, space=self.space * zoom)


@dataclass(frozen=True, eq=False)
class Paper:
    """What is drawn on a page.

    Attributes:
        lines: (h, w) 1 where something thin is dark.
        ink: (h, w) 1 where something is dark.
    """

    lines: ByteArray
    ink: ByteArray

    def blank_behind_bar(self, x: FloatArray, centre: FloatArray, space: FloatArray, within: Gap) -> Gap | None:
        """The first blank stretch behind a bar line on a staff's course; None where there is none.

        Args:
            x: (n,) knots of the course.
            centre: (n,) y of its middle line.
            space: (n,) its staff space.
            within: px from left to right that are looked at; the blank may end where they end.
        """
        typical = float(np.median(space))
        first, last = max(0, int(within[0])), min(self.ink.shape[1], int(within[1]) + 1)
        if last - first < BLANK * typical:
            return None
        xs = np.arange(first, last)
        middle, gaps = extend(xs, x, centre), extend(xs, x, space)

        def at(steps: FloatArray, picture: ByteArray) -> ByteArray:
            rows = np.round(middle + steps[:, None] * gaps - 0.5).astype(int)
            return picture[np.clip(rows, 0, len(picture) - 1), xs]

        seen = np.stack([at(np.arange(-2, 3) + d / typical, self.lines) for d in (-1, 0, 1)]).max(0).sum(0) >= 2
        drawn = seen | (at(np.arange(-2.25, 2.26, 0.125), self.ink).mean(0) > BLANK_INK)
        speck = np.ones((1, max(2, round(SPECK * typical))), np.uint8)
        changes = np.diff(
            np.r_[1, cv2.morphologyEx(drawn.astype(np.uint8)[None], cv2.MORPH_OPEN, speck)[0], 1].astype(np.int8)
        )
        bar = at(np.arange(-1.75, 1.76, 0.125), self.ink).mean(0) >= BAR_LINE
        for start, end in zip(np.flatnonzero(changes == -1), np.flatnonzero(changes == 1), strict=True):
            before = slice(max(0, start - round(BAR_REACH * typical)), start + 2)
            if end - start >= BLANK * typical and bar[before].any():
                return float(xs[start]), float(xs[end - 1] + 1)
        return None


def merged(staves: list[StaffTrace], paper: Paper, gaps: Sequence[Gap]) -> list[StaffTrace]:
    """Pieces of one staff put together, and of two that lie too close to be staves the lesser left out.

    Of pieces that lie on different lines the one that is seen better says which line is the middle one.

    Args:
        staves: as found.
        paper: the page.
        gaps: px from left to right that no staff crosses.
    """
    out: list[StaffTrace] = []
    for piece in sorted(staves, key=lambda s: -s.score * float(s.x[-1] - s.x[0])):
        for i, whole in enumerate(out):
            off, apart = _distance(whole, piece)
            if abs(off) < SAME_STAFF and apart < MERGE_GAP:
                if gap_between(whole, piece, paper, gaps) is not None:
                    continue
                out[i] = _joined_pieces(whole, piece, round(off))
                break
            if abs(off) < CLOSEST and apart < 0:
                break
        else:
            out.append(piece)
    return out


def gap_between(a: StaffTrace, b: StaffTrace, paper: Paper, gaps: Sequence[Gap]) -> Gap | None:
    """The gap that makes two pieces on one line two staves; None where they may be one.

    A gap that some other staff of the page shows will do, for a staff may end with a clef or key that is to come.
    """
    left, right = (a, b) if a.x[0] < b.x[0] else (b, a)
    space = left.typical_space
    start, end = float(left.x[-1]), float(right.x[0])
    for gap in gaps:
        if min(end, gap[1]) - max(start, gap[0]) >= BLANK / 2 * space:
            return gap
    off, apart = _distance(a, b)
    if abs(off) >= SAME_STAFF or not BLANK <= apart < MERGE_GAP:
        return None
    return paper.blank_behind_bar(left.x, left.centre, left.space, (start - 2 * BAR_REACH * space, end))


def _distance(whole: StaffTrace, piece: StaffTrace) -> tuple[float, float]:
    """Staff spaces by which a piece lies lower, and by which it is apart from the other's end (negative: beside)."""
    space = whole.typical_space
    clear = max(piece.reach[0] - whole.reach[1], whole.reach[0] - piece.reach[1]) / space
    if clear > CLOSEST:  # how far exactly does not matter
        off = clear if piece.reach[0] > whole.reach[0] else -clear
    else:
        at = np.clip(piece.x, whole.x[0], whole.x[-1])
        off = float(np.median(piece.centre - whole.line(0, at))) / space
    return off, max(float(whole.x[0] - piece.x[-1]), float(piece.x[0] - whole.x[-1])) / space


def _joined_pieces(whole: StaffTrace, piece: StaffTrace, lines: int) -> StaffTrace:
    """A staff with a piece that lies `lines` lines lower put on at its ends."""
    before, after = piece.x < whole.x[0], piece.x > whole.x[-1]
    moved = (0, lines) if piece.score < whole.score else (lines, 0)
    centre, added = whole.centre + moved[0] * whole.space, piece.centre - moved[1] * piece.space
    return replace(
        whole,
        x=np.concatenate([piece.x[before], whole.x, piece.x[after]]),
        centre=np.concatenate([added[before], centre, added[after]]),
        space=np.concatenate([piece.space[before], whole.space, piece.space[after]]),
    )
