"""Make a line of music unreadable: a stain over the notes of one system, which leaves the staff lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymupdf

from livefollow.train.data.engraving.vector_staves import VectorSystem, vector_systems

REACH = 4.0  # staff spaces above and below a staff that are covered
PREFIX = 8.0  # staff spaces from the left end that stay: clefs and signatures
LINE = 0.1  # of a staff space: a staff line


def spoil_line(pdf: Path, first_page: int, rng: np.random.Generator) -> tuple[int, int]:
    """Make a system of an engraved PDF unreadable, in place.

    Args:
        pdf: of the score.
        first_page: pages before the first one of which a system may be taken.
        rng: decides which.

    Returns:
        Page and system, from 1.

    Raises:
        LookupError: there are no systems on those pages.
    """
    with pymupdf.open(pdf) as document:  # type: ignore[no-untyped-call, unused-ignore]
        pages = [(page, vector_systems(document[page])) for page in range(first_page, len(document))]
        places = [(page, i) for page, systems in pages for i in range(len(systems))]
        if not places:
            raise LookupError(f"{pdf} has no systems after page {first_page}")
        page, number = places[int(rng.integers(len(places)))]
        _cover(document[page], dict(pages)[page][number])
        document.saveIncr()
    return page + 1, number + 1


def _cover(page: pymupdf.Page, system: VectorSystem) -> None:
    """Paint paper over a system's music, and its staff lines again over that."""
    space = system.staves[0].space
    left = system.left + PREFIX * space
    top, bottom = system.top - REACH * space, system.bottom + REACH * space
    page.draw_rect(pymupdf.Rect(left, top, system.right, bottom), color=None, fill=(1, 1, 1))
    for staff in system.staves:
        for y in staff.lines:
            page.draw_line((left, y), (staff.right, y), width=LINE * space)
