"""What can be done to the systems of a score by hand, and undone. Pure but for the file that `Corrections` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livefollow.score.corrections import Corrections, straight_system
from livefollow.score.systems import Staff, System

MOST_STAVES = 4
STAFF, GAP = 4.0, 6.0  # staff spaces: height of a staff, and between the two of a piano, where no other system tells
GRAND = 9.0  # staff spaces: what is as tall is no single staff
NARROWEST_PT, LOWEST_PT = 20.0, 8.0  # a smaller box was no box

Box = tuple[float, float, float, float]  # left, top, right, bottom: points; outer staff lines


class SystemsEdit:
    """One sitting of corrections.

    Pages count from 1, systems from 0. Every change is on the disk when the call returns.

    Attributes:
        changed: whether the systems are others than when the sitting began.
    """

    def __init__(self, corrections: Corrections) -> None:
        """Change nothing yet.

        Args:
            corrections: of the score.
        """
        self._corrections = corrections
        self._detected: dict[int, list[System]] = {}
        self._history: list[tuple[int, list[System] | None]] = []  # None: as detected

    @property
    def changed(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self._history)

    def know(self, page: int, detected: list[System]) -> None:
        """Tell what was detected on a page, before anything is done to it."""
        self._detected[page] = detected

    def systems(self, page: int) -> list[System]:
        """The systems of a page as they are now, from top to bottom."""
        return self._corrections.systems(page, self._detected.get(page, []))

    def corrected(self, page: int) -> bool:
        """Whether a page is no longer as it was detected."""
        return page in self._corrections.pages

    def move(self, page: int, index: int, box: Box) -> int:
        """Move and stretch a system.

        Returns:
            Its index now.

        Raises:
            ScoreError: the box is empty.
            OSError: the file cannot be written.
        """
        before = self._before(page)
        self._corrections.move(page, self._detected[page], index, box)
        return self._done(page, before)

    def add(self, page: int, box: Box, staves: Sequence[Staff] = ()) -> int:
        """Add a system.

        Args:
            page: from 1.
            box: of its outer staff lines, or around the staves.
            staves: that were seen in the box. Without any it gets staves like the system above it, or the first; two
                where there is none.

        Returns, raises:
            See `move`.
        """
        left, top, right, bottom = box
        before = self._before(page)
        if staves:
            piano = (len(staves) - 2, len(staves) - 1) if len(staves) > 1 else (0,)
            self._corrections.add(page, self._detected[page], System(page, tuple(staves), piano))
            return self._done(page, before)
        here = self.systems(page)
        above = [system for system in here if system.top <= top]
        model = above[-1] if above else here[0] if here else None
        shares = staff_shares(_count_in(bottom - top, model), model)
        lines = [(top + a * (bottom - top), top + b * (bottom - top)) for a, b in shares]
        self._corrections.add(page, self._detected[page], straight_system(page, left, right, lines))
        return self._done(page, before)

    def remove(self, page: int, index: int) -> None:
        """Remove a system."""
        before = self._before(page)
        self._corrections.remove(page, self._detected[page], index)
        self._done(page, before)

    def skip(self, page: int, index: int, skipped: bool) -> int:
        """Say whether a system is not played; its index."""
        before = self._before(page)
        self._corrections.skip(page, self._detected[page], index, skipped)
        return self._done(page, before)

    def set_staves(self, page: int, index: int, count: int) -> int:
        """Give a system so many level staves, with outer lines as before; its index."""
        before, systems = self._before(page), self.systems(page)
        old = systems[index]
        height = old.bottom - old.top
        staves = [(old.top + a * height, old.top + b * height) for a, b in staff_shares(count, old)]
        systems[index] = replace(straight_system(page, old.left, old.right, staves), skip=old.skip, tilt=old.tilt)
        self._corrections.put(page, systems)
        return self._done(page, before)

    def forget(self, page: int) -> None:
        """Have a page as it was detected."""
        before = self._before(page)
        self._corrections.forget(page)
        self._done(page, before)

    def undo(self) -> int:
        """Take the last change back.

        Returns:
            Its page.

        Raises:
            IndexError: there is none.
        """
        page, before = self._history.pop()
        if before is None:
            self._corrections.forget(page)
        else:
            self._corrections.put(page, before)
        return page

    def _before(self, page: int) -> list[System] | None:
        return self.systems(page) if self.corrected(page) else None

    def _done(self, page: int, before: list[System] | None) -> int:
        """Remember what was before; index of the system that is new."""
        self._history.append((page, before))
        old = self._detected[page] if before is None else before
        new = [i for i, system in enumerate(self.systems(page)) if all(system is not other for other in old)]
        return new[0] if new else 0


def _count_in(height: float, model: System | None) -> int:
    """How many staves a box of that height (points) has: as many as the model, but two where one would be too tall."""
    if model is None:
        return 2
    return 2 if len(model.staves) == 1 and height >= GRAND * model.staff_space else len(model.staves)


def staff_shares(count: int, model: System | None) -> list[tuple[float, float]]:
    """Where the staves of a system lie: top and bottom line of each, as shares of the system's height.

    Args:
        count: of the staves.
        model: a system whose staves lie so, if it has as many.
    """
    if model and len(model.staves) == count:
        height = model.bottom - model.top
        return [((s.top - model.top) / height, (s.bottom - model.top) / height) for s in model.staves]
    starts = np.arange(count) * (STAFF + GAP)
    whole = starts[-1] + STAFF
    return [(float(start / whole), float((start + STAFF) / whole)) for start in starts]


def level_box(system: System) -> Box:
    """The box that a system is shown as, and that `move` takes."""
    return system.left, system.top, system.right, system.bottom


def large_enough(box: Box) -> bool:
    """Whether a box that was drawn may be a system."""
    left, top, right, bottom = box
    return right - left >= NARROWEST_PT and bottom - top >= LOWEST_PT
