"""Detect scores for four hands: the secondo's pages on the left, the primo's facing them on the right.

There both staves of a player mostly have the same clef, another one on every second page. A pianist who
plays alone reads two different clefs on most pages, so pages that alternate like that are for two pianists.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

import numpy as np

from livefollow.score.document import Page
from livefollow.score.staves.lines import ByteArray
from livefollow.score.staves.orientation import likeness, system_end
from livefollow.score.systems import System

FEWEST_PAGES = 4  # with music, before four hands are thought of
SAME_CLEF = 0.8  # correlation of the starts of two staves from which they begin alike
OTHER_CLEF = 0.65  # and up to which they begin otherwise
MOST = 0.75  # share of the pages that must agree


class DuetPart(StrEnum):
    """Which pages a player plays: every second one, counted from the first with music."""

    ALL = "all"
    LEFT = "left"
    RIGHT = "right"

    def has(self, page: int, first: int) -> bool:
        """Whether page `page` belongs to the part in a score whose first page with music is `first`."""
        return self is DuetPart.ALL or (page - first) % 2 == (self is DuetPart.RIGHT)


def starts_of(page: Page, systems: Sequence[System]) -> list[list[ByteArray]]:
    """How the systems of a page begin: per system of two staves, per staff, darkness as whole numbers."""
    both = [system_end(page, system, -1) for system in systems if len(system.piano) == 2]
    return [[np.rint(start).astype(np.uint8) for start in starts] for starts in both]


class FourHands:
    """Collects how the pages of a score begin, in order."""

    def __init__(self) -> None:
        self._starts: list[list[list[ByteArray]]] = []  # per page, per system, per staff

    def add(self, starts: list[list[ByteArray]]) -> None:
        """Add how a page's systems begin (`starts_of`); pages without music are ignored."""
        if starts:
            self._starts.append(starts)

    @property
    def likely(self) -> bool:
        """Whether the pages look like those of two pianists."""
        pages = self._starts
        if len(pages) < FEWEST_PAGES:
            return False
        within = [np.median([likeness(upper, lower) for upper, lower in page]) >= SAME_CLEF for page in pages]
        facing = [_between(a, b) <= OTHER_CLEF for a, b in pairwise(pages)]
        own = [_between(a, b) >= SAME_CLEF for a, b in zip(pages, pages[2:], strict=False)]
        return all(np.mean(agree) >= MOST for agree in (within, facing, own))


def _between(a: list[list[ByteArray]], b: list[list[ByteArray]]) -> float:
    """Similarity of the beginnings of the first staves of two pages."""
    return float(np.median([likeness(x[0], y[0]) for x, y in zip(a, b, strict=False)]))
