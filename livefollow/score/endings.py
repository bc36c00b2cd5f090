"""Find first and second endings by their brackets: two level lines that meet, with a hook, where a repeat ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, STAFF_SPACE
from livefollow.score.reading import REPEAT_END, Reading

PRESENT = 0.5  # probability from which a mark counts
INK = 200  # grey below which a pixel of the band is dark: brackets are thin
ABOVE = BAND_HEIGHT // 2 - 2 * STAFF_SPACE - 3  # rows of the band over the top line
SHORTEST = 40  # strip px of a bracket
HOLES = 3  # px in a line that are bridged
NEAR = 14  # strip px between a repeat and the ends of the brackets
LEVEL = 6  # rows that two brackets may differ in height
HOOK = 8  # rows that a hook reaches down at least
LINE_END = 40.0  # strip px from the end of a system: what comes after it stands in the next one

ByteArray = npt.NDArray[np.uint8]


def find_endings(
    reading: Reading, starts: Sequence[float], upper: Callable[[int], ByteArray]
) -> list[tuple[float, float]]:
    """Find where first endings begin, and the second ones after them; strip px.

    Args:
        reading: of the systems.
        starts: strip px of the left end of each.
        upper: gives the band of a system's upper staff, (BAND_HEIGHT, width), white 255.
    """
    marks = reading.marks[(reading.marks["p"] >= PRESENT) & (reading.marks["kind"] == REPEAT_END)]
    out = []
    for x in marks["x"].tolist():
        index = int(np.searchsorted(starts, x, side="right")) - 1
        if index < 0:
            continue
        dark = _dark(upper(index))
        at = round(x - starts[index])
        first = _first(dark, at)
        if first is None:
            continue
        begin, row = first
        if at + LINE_END < dark.shape[1]:
            second = _second(dark, at, row)
        else:
            later = index + 1 < len(starts) and bool((reading.x >= starts[index + 1]).any())
            second = later and _at_line_begin(_dark(upper(index + 1)), reading, starts[index + 1])
        if second:
            out.append((starts[index] + begin - NEAR, x))
    return out


def _dark(band: ByteArray) -> npt.NDArray[np.bool_]:
    """Mask of the dark pixels above the staff."""
    return np.asarray(band[:ABOVE] < INK, np.bool_)


def _first(dark: npt.NDArray[np.bool_], at: int) -> tuple[int, int] | None:
    """First column and row of the bracket that ends at a column; None where there is none."""
    for row in range(dark.shape[0] - HOOK):
        for begin, end in _runs(dark, row):
            if abs(end - at) <= NEAR and _hook(dark, row, begin):
                return begin, row
    return None


def _second(dark: npt.NDArray[np.bool_], at: int, row: int) -> bool:
    """Whether another bracket begins there, at about that height."""
    rows = range(max(0, row - LEVEL), min(dark.shape[0] - HOOK, row + LEVEL + 1))
    return any(abs(begin - at) <= NEAR and _hook(dark, k, begin) for k in rows for begin, _ in _runs(dark, k))


def _at_line_begin(dark: npt.NDArray[np.bool_], reading: Reading, start: float) -> bool:
    """Whether a bracket begins before the first event of a system."""
    event = round(float(reading.x[np.searchsorted(reading.x, start)]) - start)
    rows = range(dark.shape[0] - HOOK)
    return any(begin <= event and _hook(dark, row, begin) for row in rows for begin, _ in _runs(dark, row))


def _runs(dark: npt.NDArray[np.bool_], row: int) -> list[tuple[int, int]]:
    """First and last column of each line as long as a bracket in two rows."""
    inked = np.flatnonzero(dark[row] | dark[row + 1])
    if len(inked) < SHORTEST // HOLES:
        return []
    breaks = np.flatnonzero(np.diff(inked) > HOLES)
    first, last = inked[np.append(0, breaks + 1)], inked[np.append(breaks, -1)]
    return [(int(a), int(b)) for a, b in zip(first, last, strict=True) if b - a >= SHORTEST]


def _hook(dark: npt.NDArray[np.bool_], row: int, column: int) -> bool:
    """Whether a hook reaches down from a line there."""
    return bool(dark[row : row + HOOK, max(0, column - 2) : column + 3].any(axis=1).all())
