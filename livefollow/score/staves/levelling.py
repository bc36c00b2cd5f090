"""Pages that are turned far askew are levelled before staves are looked for; what is found is turned back."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from livefollow.score.staves.pieces import StaffTrace


def levelling(askew: float, shape: tuple[int, ...]) -> tuple[npt.NDArray[np.float64], tuple[int, int]]:
    """The map that turns lines of slope `askew` level, and the (width, height) that the whole page then takes."""
    height, width = shape
    cos, sin = 1 / math.hypot(1, askew), askew / math.hypot(1, askew)
    turn = np.array([[cos, sin], [-sin, cos]])
    corners = turn @ np.array([[0, width, 0, width], [0, 0, height, height]], np.float64)
    low, high = corners.min(1), np.ceil(corners.max(1) - corners.min(1)).astype(int)
    return np.hstack([turn, -low[:, None]]), (int(high[0]), int(high[1]))


def moved(staff: StaffTrace, by: npt.NDArray[np.float64]) -> StaffTrace:
    """A staff turned and moved by a (2, 3) map."""
    if by[0, 1] == 0:
        return staff
    x, centre = by @ np.stack([staff.x, staff.centre, np.ones_like(staff.x)])
    run = np.gradient(staff.x), np.gradient(staff.centre)
    before, after = run[1] / run[0], np.gradient(centre) / np.gradient(x)
    space = staff.space * np.hypot(1, after) / np.hypot(1, before)  # at right angles to the lines it stays the same
    return replace(staff, x=x.astype(np.float32), centre=centre.astype(np.float32), space=space.astype(np.float32))
