"""Find pages that look misread, and why, so that the player is told before they play from them.

A page is judged by what was found on it, by what was found on the others, and by what looks like staff lines where no
system was found. Title pages and pages of text are not doubtful, nor is a page that the player has corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.errors import Message
from livefollow.score.document import Page
from livefollow.score.staves.darkness import darkness
from livefollow.score.staves.lines import comb_trace, line_mask, slices
from livefollow.score.systems import System

REDUCED = 0.5  # the raster is searched for forgotten staves at this scale
LINE_PX = 5  # px of the reduced raster that a staff line is thinner than
UNBROKEN_PX = 15  # px of the reduced raster that a line goes on for at least: letters do not
N_SLICES = 40  # across a page
DRAWN = 0.55  # share of a slice's columns that a line must show in
STAFF_HEIGHT = 0.035  # of a page's longer side: five lines lie no further apart
FEWEST_LINES, MOST_LINES = 4, 12  # within that height
WIDE = 0.3  # share of the slices that must show such lines
SPACES_PX = np.geomspace(3.5, 16.0, 32).astype(np.float32)  # staff spaces that are tried, px of the reduced raster
CLEAR = 0.6  # score of five lines at an equal distance with nothing between them
AROUND = 4.0  # staff spaces around a system that belong to it
FUSED = 2  # times as many staves as other systems have: systems that were taken for one
FEWEST_FUSED = 4
MOST_STAVES = 8  # of a system that a pianist plays in
LONE_MOST = 0.15  # share of single staves from which they may be meant so
FINE_PRINT_PX = 13.0  # px between staff lines of small print
FEWEST_MIXED = 2  # single staves of a page that has systems of several, too
SMALLER, LARGER = 0.62, 1.6  # times the usual staff space
NARROWER, WIDER = 0.4, 1.3  # times the usual width
FEWEST_WIDE = 4  # systems of a page from which there is a usual width


class Doubt(Enum):
    """Why a page looks misread."""

    NOTHING = Message("no staff systems were found")
    FUSED = Message("systems seem to be taken for one")
    LONE = Message("a single staff stands alone")
    OVERLAP = Message("systems overlap")
    SIZE = Message("a system is much larger or smaller than the others")
    WIDTH = Message("a system is much wider or narrower than the others")
    MISSED = Message("there seem to be more staves")


@dataclass(frozen=True)
class PageFindings:
    """What was found on a page.

    Attributes:
        systems: found on it, in points.
        missed: whether something looks like a staff where no system was found.
    """

    systems: tuple[System, ...]
    missed: bool


def doubt_sentence(page: int, doubt: Doubt) -> Message:
    """The message about a page that looks misread."""
    return Message(
        "Page {number} looks misread ({doubt}). Fix staff detection shows and corrects what was seen.",
        number=page,
        doubt=doubt.value,
    )


def inspect_page(page: Page, systems: list[System]) -> PageFindings:
    """Check a page's raster for staves where no system was found."""
    return PageFindings(tuple(systems), not page.placeholder and _missed(page, systems))


def seems_misread(page: Page, systems: list[System]) -> bool:
    """Whether a page shows by itself that it may be misread: nothing found, staves on their own, or more of them.

    Pages of single staves, such as melodies, are suspicious only in small print.
    """
    alone = _alone(systems)
    if not systems or 0 < alone < len(systems):
        return True
    small = min(system.staff_space * page.scale for system in systems) < FINE_PRINT_PX
    return (alone > 0 and small) or _missed(page, systems)


def is_better(systems: list[System], others: list[System]) -> bool:
    """Whether a page's systems are more likely right than others: more staves, or as many and fewer on their own.

    Nothing is gained where systems are taken for one.
    """
    if max((len(s.staves) for s in systems), default=0) > max(MOST_STAVES, *(len(s.staves) for s in others), 0):
        return False
    staves, alone = (sum(len(s.staves) for s in systems) - sum(len(s.staves) for s in others)), _alone(systems)
    return staves >= 0 and (alone < _alone(others) or (alone == _alone(others) and staves > 0))


def _alone(systems: Iterable[System]) -> int:
    return sum(len(system.staves) == 1 for system in systems)


def doubts(pages: Mapping[int, PageFindings]) -> dict[int, Doubt]:
    """Find the pages that look misread.

    Args:
        pages: what is known of each page read so far, by its number.
    """
    score = _usual([system for seen in pages.values() for system in seen.systems])
    found = {number: _doubt(seen, score) for number, seen in pages.items()}
    return {number: doubt for number, doubt in found.items() if doubt}


class _Usual(NamedTuple):
    """What a score's systems are like: how many, staves of most, their staff space, how many are single staves."""

    systems: int
    staves: int
    space: float
    alone: int


def _usual(systems: list[System]) -> _Usual:
    if not systems:
        return _Usual(0, 0, 0.0, 0)
    staves = Counter(len(system.staves) for system in systems).most_common(1)[0][0]
    return _Usual(len(systems), staves, float(np.median([s.staff_space for s in systems])), _alone(systems))


def _doubt(seen: PageFindings, usual: _Usual) -> Doubt | None:
    systems = seen.systems
    if not systems:
        return Doubt.NOTHING if seen.missed else None
    space = usual.space
    alone = _alone(systems)
    rare = usual.staves > 1 and usual.alone < LONE_MOST * usual.systems
    mixed = FEWEST_MIXED <= alone < len(systems)
    signs = {
        Doubt.FUSED: any(_is_fused(len(system.staves), usual) for system in systems),
        Doubt.OVERLAP: any(_overlap(a, b) for a, b in pairwise(systems)),
        Doubt.LONE: (rare and alone > 0) or mixed,
        Doubt.SIZE: any(not SMALLER * space <= system.staff_space <= LARGER * space for system in systems),
        Doubt.WIDTH: _uneven(systems),
        Doubt.MISSED: seen.missed,
    }
    return next((doubt for doubt, shown in signs.items() if shown), None)


def _is_fused(count: int, usual: _Usual) -> bool:
    if count >= MOST_STAVES:
        return True
    return usual.systems > 1 and count >= max(FEWEST_FUSED, FUSED * usual.staves)


def _overlap(upper: System, lower: System) -> bool:
    beside = upper.right <= lower.left or lower.right <= upper.left
    return not beside and lower.top < upper.bottom


def _uneven(systems: tuple[System, ...]) -> bool:
    """Whether a system is as wide as none should be; the last of a page may be short."""
    if len(systems) < FEWEST_WIDE:
        return False
    widths = [system.right - system.left for system in systems]
    usual = float(np.median(widths))
    return max(widths) > WIDER * usual or min(widths[:-1]) < NARROWER * usual


def _missed(page: Page, systems: list[System]) -> bool:
    """Whether there are lines like a staff's where no system was found."""
    small = cv2.resize(page.image, None, fx=REDUCED, fy=REDUCED, interpolation=cv2.INTER_AREA)
    scale = page.scale * REDUCED
    dark = darkness(np.ascontiguousarray(small))
    for system in systems:
        around = AROUND * system.staff_space
        top, bottom = (round((y + d) * scale) for y, d in ((system.top, -around), (system.bottom, around)))
        left, right = (round((x + d) * scale) for x, d in ((system.left, -around), (system.right, around)))
        dark[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = 0
    height = round(STAFF_HEIGHT * max(dark.shape))
    ways = [dark] if systems else [dark, np.ascontiguousarray(dark.T)]  # a page may lie on its side
    return any(_staff_like(line_mask(way, LINE_PX), height) for way in ways)


def _staff_like(mask: npt.NDArray[np.uint8], height: int) -> bool:
    """Whether somewhere enough thin level lines run close below each other across enough of a page."""
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, UNBROKEN_PX), np.uint8)).astype(np.uint8)
    rows, _ = slices(mask, mask.shape[1] / N_SLICES)
    line = (np.maximum(rows[:, 1:], rows[:, :-1]) > DRAWN).astype(np.int8)
    starts = np.diff(line, axis=1, prepend=0) > 0
    total = np.cumsum(starts, axis=1, dtype=np.int32)
    within = np.asarray(total[:, height:] - total[:, :-height], np.int32)
    staff = np.logical_and(within >= FEWEST_LINES, within <= MOST_LINES)
    if staff.mean(0).max(initial=0) < WIDE:
        return False
    trace, _ = comb_trace(rows, SPACES_PX)  # rules around and below words stand at no equal distance
    near = cv2.dilate((trace >= CLEAR).astype(np.uint8), np.ones((1, height), np.uint8))
    return bool(near.mean(0).max() >= WIDE)
