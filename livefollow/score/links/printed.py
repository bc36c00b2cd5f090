"""Links that words and signs in a score ask for: D.C., D.S., al Fine, al Coda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from livefollow.score.document import PrintedDirection
from livefollow.score.links.ways import END, LAST_PASS, NEAR_PX, Link
from livefollow.score.links.words import DirectionKind
from livefollow.score.reading import FINAL, REPEAT_END, Reading
from livefollow.score.strip import Placement

PRESENT = 0.5  # probability from which a bar line counts
FARTHEST = 14.0  # staff spaces between a system's outer lines and a direction of it
BESIDE = 4.0  # staff spaces beyond a system's ends
FIRST_PX = 30.0  # strip px behind its first notes that still count as the beginning of a system
ENDING_PX = 60.0  # strip px by which a final bar line, or a repeat's end, is nearer to where one leaves


class SystemDirection(NamedTuple):
    """A direction at a system: its ends on the strip, px."""

    kind: DirectionKind
    left: float
    right: float
    start: float  # of its system, strip px
    end: float


def at_systems(placements: Sequence[Placement], found: Sequence[PrintedDirection]) -> list[SystemDirection]:
    """Find which system each direction of a page belongs to.

    Args:
        placements: of one page.
        found: that stand on the page.
    """
    out = []
    for said in found:
        y = (said.top + said.bottom) / 2
        away = []
        for place in placements:
            system = place.system
            beside = BESIDE * system.staff_space
            if system.left - beside <= (said.left + said.right) / 2 <= system.right + beside:
                away.append((max(system.top - y, y - system.bottom, 0.0) / system.staff_space, place))
        if not away:
            continue
        distance, place = min(away, key=lambda each: each[0])
        if distance <= FARTHEST:
            left, right = (float(place.column_at(x, y)) for x in (said.left, said.right))
            out.append(SystemDirection(said.kind, left, right, float(place.x0), float(place.x1)))
    return out


def read_links(reading: Reading, directions: Sequence[SystemDirection]) -> tuple[Link, ...]:
    """Return the links that directions ask for, as far as a score is read, by where they leave.

    A D.S. without a segno before it, and a coda that has no beginning or no "To Coda", lead nowhere.
    """
    if not len(reading):
        return ()
    lines = _Lines(reading)
    of: dict[DirectionKind, list[SystemDirection]] = {kind: [] for kind in DirectionKind}
    for said in sorted(directions, key=lambda d: d.left):
        of[said.kind].append(said)
    fines = sorted({lines.leave(d) for d in of[DirectionKind.FINE]})
    codas = [(d, lines.enter(d)) for d in of[DirectionKind.CODA]]
    out: list[Link] = []
    ends: set[float] = set()
    begin = float(reading.x[0])
    jumps = [*of[DirectionKind.DA_CAPO], *of[DirectionKind.DAL_SEGNO]]
    for jump in sorted(jumps, key=lines.leave):
        leave = lines.leave(jump)
        enter = begin
        if jump.kind is DirectionKind.DAL_SEGNO:
            before = [x for d in of[DirectionKind.SEGNO] if (x := lines.enter(d)) < leave - NEAR_PX]
            if not before:
                continue
            enter = before[-1]
        if leave in ends or leave - enter <= NEAR_PX:
            continue
        ends.add(leave)
        out.append(Link(leave, enter, sure=True))
        out += [Link(x, END, LAST_PASS, sure=True) for x in fines if enter < x < leave - NEAR_PX and x not in ends]
        ends.update(fines)
        coda = next((x for _, x in codas if x > leave - NEAR_PX), None)
        to_coda = [lines.leave(d) for d in of[DirectionKind.TO_CODA]] or [lines.leave(d) for d, _ in codas]
        to_coda = [x for x in to_coda if enter < x < leave - NEAR_PX]
        if coda is not None and to_coda:
            out.append(Link(to_coda[-1], coda, LAST_PASS, sure=True))
    return tuple(sorted(out, key=lambda link: link.leave))


class _Lines:
    """The bar lines that directions stand at."""

    def __init__(self, reading: Reading) -> None:
        marks = reading.marks[reading.marks["p"] >= PRESENT]
        self._x, self._kind, self._events = marks["x"].astype(np.float64), marks["kind"], reading.x

    def leave(self, said: SystemDirection) -> float:
        """Where one goes on elsewhere: at the bar line where the words end, or that they are centred at.

        Words at the beginning of a system belong to the end of the one before.
        """
        if self._at_start(said):
            return said.start
        ending = np.where(np.isin(self._kind, (FINAL, REPEAT_END)), ENDING_PX, 0.0)
        found = self._nearest(said, said.right, ending)
        return said.end if found is None else found

    def enter(self, said: SystemDirection) -> float:
        """Where one goes on: at the bar line where the words begin, or at the beginning of the system."""
        if self._at_start(said):
            return said.start
        found = self._nearest(said, said.left, np.zeros(len(self._x)))
        return said.start if found is None else found

    def _at_start(self, said: SystemDirection) -> bool:
        index = int(np.searchsorted(self._events, said.start))
        first = float(self._events[index]) if index < len(self._events) else said.start
        return said.left <= first or (said.left + said.right) / 2 <= first + FIRST_PX

    def _nearest(self, said: SystemDirection, side: float, nearer: npt.NDArray[np.float64]) -> float | None:
        inside = (self._x > said.start) & (self._x <= said.end)
        if not inside.any():
            return None
        centre = (said.left + said.right) / 2
        away = np.minimum(np.abs(self._x - side), np.abs(self._x - centre)) - nearer
        return float(self._x[inside][np.argmin(away[inside])])
