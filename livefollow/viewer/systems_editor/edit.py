"""Changes to the systems of a score, and their undo; no Qt, the only side effect is the file of `Corrections`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livefollow.score.corrections import Corrections, straight_system
from livefollow.score.systems import Staff, System

MOST_STAVES = 4
STAFF, GAP = (
    4.0,
    6.0,
)  # staff spaces: height of a staff, and between the two of a piano, if there is no other system to copy
GRAND = 9.0  # staff spaces: a taller system has more than one staff
NARROWEST_PT, LOWEST_PT = 20.0, 8.0  # a smaller box was a click

Box = tuple[float, float, float, float]  # left, top, right, bottom: points; outer staff lines


class SystemsEdit:
    """One session of corrections, with undo.

    Pages count from 1, systems from 0. Every change is on the disk when the call returns.

    Attributes:
        changed: whether the systems differ from those at the beginning.
    """

    def __init__(self, corrections: Corrections) -> None:
        """Begin without changes.

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
        """Set the detected systems of a page, before it is changed."""
        self._detected[page] = detected

    def systems(self, page: int) -> list[System]:
        """Return the present systems of a page, from top to bottom."""
        return self._corrections.systems(page, self._detected.get(page, []))

    def corrected(self, page: int) -> bool:
        """Whether a page differs from what was detected."""
        return page in self._corrections.pages

    def move(self, page: int, index: int, box: Box) -> int:
        """Move and stretch a system.

        Returns:
            Its new index.

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
            staves: those detected in the box. Without any, it gets staves like the system above it, or like the first
                one; two if there is none.

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
        """Remove a system from a page."""
        before = self._before(page)
        self._corrections.remove(page, self._detected[page], index)
        self._done(page, before)

    def skip(self, page: int, index: int, skipped: bool) -> int:
        """Set whether a system is not played; return its index."""
        before = self._before(page)
        self._corrections.skip(page, self._detected[page], index, skipped)
        return self._done(page, before)

    def set_staves(self, page: int, index: int, count: int) -> int:
        """Give a system `count` level staves within the same outer lines; return its index."""
        before, systems = self._before(page), self.systems(page)
        old = systems[index]
        height = old.bottom - old.top
        staves = [(old.top + a * height, old.top + b * height) for a, b in staff_shares(count, old)]
        systems[index] = replace(straight_system(page, old.left, old.right, staves), skip=old.skip, tilt=old.tilt)
        self._corrections.put(page, systems)
        return self._done(page, before)

    def forget(self, page: int) -> None:
        """Discard the corrections of a page."""
        before = self._before(page)
        self._corrections.forget(page)
        self._done(page, before)

    def undo(self) -> int:
        """Undo the last change.

        Returns:
            The page of the change.

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
        """Record the state before a change; return the index of the new system."""
        self._history.append((page, before))
        old = self._detected[page] if before is None else before
        new = [i for i, system in enumerate(self.systems(page)) if all(system is not other for other in old)]
        return new[0] if new else 0


def _count_in(height: float, model: System | None) -> int:
    """Return the number of staves for a box of a height (points): that of the model, but two if one were too tall."""
    if model is None:
        return 2
    return 2 if len(model.staves) == 1 and height >= GRAND * model.staff_space else len(model.staves)


def staff_shares(count: int, model: System | None) -> list[tuple[float, float]]:
    """Return where the staves of a system lie: top and bottom line of each, as shares of its height.

    Args:
        count: number of staves.
        model: a system to copy, if it has as many.
    """
    if model and len(model.staves) == count:
        height = model.bottom - model.top
        return [((s.top - model.top) / height, (s.bottom - model.top) / height) for s in model.staves]
    starts = np.arange(count) * (STAFF + GAP)
    whole = starts[-1] + STAFF
    return [(float(start / whole), float((start + STAFF) / whole)) for start in starts]


def level_box(system: System) -> Box:
    """Return the box that shows a system, and that `move` takes."""
    return system.left, system.top, system.right, system.bottom


def large_enough(box: Box) -> bool:
    """Whether a drawn box is large enough for a system."""
    left, top, right, bottom = box
    return right - left >= NARROWEST_PT and bottom - top >= LOWEST_PT
