"""Find printed numbers where the number of a system's first bar stands: at its upper left corner.

What else may stand there (a page number, a fingering) is left to those who know the bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from livefollow.score.document import PrintedNumber
from livefollow.score.strip import Placement

BEFORE, BEYOND = 4.0, 6.0  # staff spaces before the system's left end, and beyond it
ABOVE, BELOW = 8.0, 1.0  # staff spaces above the top line, and below it


class SystemNumber(NamedTuple):
    """A number at a system's upper left corner, by the system's index on the strip."""

    system: int
    number: int


def at_systems(placements: Sequence[Placement], first: int, numbers: Sequence[PrintedNumber]) -> list[SystemNumber]:
    """Find what may be the numbers of the systems' first bars.

    Args:
        placements: of one page.
        first: index on the strip of the first of them.
        numbers: that stand on the page.
    """
    out = []
    for index, place in enumerate(placements, first):
        space, left = place.system.staff_space, place.system.left
        top = place.system.staves[0].top
        for n in numbers:
            beside = left - BEFORE * space <= n.left and n.right <= left + BEYOND * space
            if not n.dotted and beside and top - ABOVE * space <= n.bottom <= top + BELOW * space:
                out.append(SystemNumber(index, n.value))
    return out
