"""Shared by engravers with SVG output: noteheads, bar lines and prefixes from the SVG's elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from livefollow.train.data.engraving.alignment import Engraving, Head, Sign
from livefollow.train.data.notation.notation import Notation
from livefollow.train.data.score_look import BAR_LINE, FINAL, REPEAT_END, REPEAT_START

PX_TO_PT = 0.75  # CSS pixels are 1/96 inch
THICK = 2.2  # times the thinner line: a final bar line's second


@dataclass(frozen=True)
class StaffLines:
    """A staff on a page, in the picture's units: its ends and its middle line."""

    page: int
    left: float
    right: float
    middle: float
    space: float


@dataclass(frozen=True)
class BarGroup:
    """Lines and dots of one bar line; (x, width) of lines, x of dots, y somewhere on a staff."""

    page: int
    y: float
    lines: list[tuple[float, float]]
    dots: list[float]

    @property
    def x(self) -> float:
        """The x of its middle."""
        return sum(x for x, _ in self.lines) / len(self.lines)

    def kinds(self) -> list[int]:
        """The kinds of mark that it stands for."""
        kinds = [REPEAT_END] * any(d < self.x for d in self.dots) + [REPEAT_START] * any(d > self.x for d in self.dots)
        widths = [w for _, w in self.lines]
        return kinds or [FINAL if max(widths) > THICK * min(widths) else BAR_LINE]


def head_of(notation: Notation, i: int, page: int, x: float, y: float, staff_y: float) -> Head:
    """Make the printed head of note `i`, at points of a page."""
    n = notation.notes[i]
    return Head(
        float(n.onset),
        float(n.grace),
        float(n.duration),
        n.pitch,
        n.step,
        n.tied,
        n.small and not n.grace,
        page,
        x,
        y,
        staff_y,
    )


def signs_of(groups: Sequence[BarGroup], staves: Sequence[StaffLines], scale: Sequence[float]) -> list[Sign]:
    """Convert bar lines to signs in points; `scale`: points per unit, by page."""
    return [
        Sign(g.page, g.x * scale[g.page], staff.middle * scale[g.page], kind)
        for g in groups
        if g.lines and (staff := nearest_staff(staves, g.page, g.y))
        for kind in g.kinds()
    ]


def nearest_staff(staves: Sequence[StaffLines], page: int, y: float) -> StaffLines | None:
    """Find the staff of a page whose middle line is nearest to y."""
    return min((s for s in staves if s.page == page), key=lambda s: abs(s.middle - y), default=None)


def write_pdf(svgs: Sequence[str], pdf: Path) -> None:
    """Write a PDF of one page a picture, whose units are points."""
    with pymupdf.open() as document:
        for svg in svgs:
            with pymupdf.open(stream=svg.encode(), filetype="svg") as picture:
                page = picture.convert_to_pdf()
            with pymupdf.open(stream=page, filetype="pdf") as drawn:
                document.insert_pdf(drawn)
        document.set_metadata({})
        document.save(pdf, garbage=4, deflate=True, deflate_fonts=True, use_objstms=1, no_new_id=True)


def finished(pdf: Path, heads: list[Head], bars: list[Sign], prefixes: list[Sign]) -> Engraving:
    """Make an engraving with its heads in the order of time."""
    return Engraving(pdf, sorted(heads, key=lambda h: (h.onset, h.grace, h.page, h.y)), bars, prefixes)
