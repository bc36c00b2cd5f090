"""`FoundPage`: what was found on a page, before it is put on the strip."""

from __future__ import annotations

from dataclasses import dataclass

from livefollow.score.document import MetronomeMark, PrintedDirection, PrintedNumber
from livefollow.score.staves.lines import ByteArray
from livefollow.score.strip import Cut
from livefollow.score.systems import System


@dataclass(frozen=True, eq=False)
class FoundPage:
    """What was found on a page that is not on the strip yet.

    Attributes:
        number: of the page, from 1.
        systems: from top to bottom, as found or as the player left them, those marked skip included.
        cuts: those that are played, cut out.
        missed: whether something looks like a staff where no system was found.
        starts: how its systems begin: see `hands.starts_of`.
        printed: numbers that stand on it as text.
        directions: where words and signs on it say where to go on.
        upright: quarters clockwise by which it was turned upright; 0 for none.
        readable: whether it is no grey page in place of one that could not be read.
        tempi: metronome marks that stand on it as text.
    """

    number: int
    systems: tuple[System, ...]
    cuts: tuple[Cut, ...]
    missed: bool
    starts: list[list[ByteArray]]
    printed: list[PrintedNumber]
    directions: list[PrintedDirection]
    upright: int
    readable: bool
    tempi: tuple[MetronomeMark, ...] = ()
