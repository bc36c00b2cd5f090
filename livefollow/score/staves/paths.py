"""Paths of staves: from slice to slice the traces that support each other most, and where such a path ends."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.fitting import Path
from livefollow.score.staves.lines import FloatArray

TRACE = 0.38  # score a slice needs to count as staff
MAX_GAP = 5.0  # slices without any trace that end a staff; a weak trace counts in part


def support_of(trace: FloatArray, step: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Discounted sum of traces along the best path through each cell that moves `step` px a slice at most.

    Returns:
        The sum, and its halves from the left and from the right.
    """
    kernel = np.ones((1, 2 * step + 1), np.uint8)
    forward, backward = trace.copy(), trace.copy()
    for i in range(1, len(trace)):
        forward[i] += 0.9 * cv2.dilate(forward[i - 1 : i], kernel)[0]
        backward[-1 - i] += 0.9 * cv2.dilate(backward[len(trace) - i : len(trace) - i + 1], kernel)[0]
    return forward + backward - trace, forward, backward


def follow(i: int, y: int, trace: FloatArray, halves: tuple[FloatArray, FloatArray], most: int) -> Path:
    """The path through cell (i, y) as slice and row indices, ended where the staff is no longer seen.

    Args:
        i: slice.
        y: row.
        trace: (n, h).
        halves: support from the left and from the right.
        most: px from slice to slice.
    """
    cells = {i: y}
    for step, potential in zip((-1, 1), halves, strict=True):
        j, row, last, unseen = i + step, y, i, 0.0
        while 0 <= j < len(trace) and unseen < MAX_GAP:
            low = max(0, row - most)
            row = low + int(np.argmax(potential[j, low : row + most + 1]))
            cells[j] = row
            unseen += max(0.0, 1 - trace[j, row] / TRACE)
            if trace[j, row] >= TRACE:
                last, unseen = j, 0.0
            j += step
        for k in [k for k in cells if (k - last) * step > 0]:
            del cells[k]
    index = np.array(sorted(cells))
    return index, np.array([cells[k] for k in index])


def erase(matrix: FloatArray, rows: FloatArray, inside: npt.NDArray[np.bool_], reach: float) -> None:
    """Take out everything within `reach` px of `rows` in the slices `inside`, in place."""
    for i in np.flatnonzero(inside):
        matrix[i, max(0, int(rows[i] - reach)) : int(rows[i] + reach) + 1] = -1
