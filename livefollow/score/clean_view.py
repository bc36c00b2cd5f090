"""A photographed or scanned page as it is pleasant to look at: level, white, without the table around it.

Ink is told from paper as it is for reading (`staves.darkness`). Points on the page stay what they are: only the picture
is turned, and `Tilt` says where a point of the page is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.darkness import darkness, paper_of
from livefollow.score.staves.lines import ByteArray
from livefollow.score.systems import System

PAPER, INK = 25, 190  # of 255: darkness that is still paper, and from which on ink is black
AROUND = 4.0  # staff spaces around the systems that are never cut off
LEAST_SLOPE = 0.0015  # dy/dx of staff lines below which a page is level
LARGEST_SLOPE = 0.2  # of what is no tilt but a mistake


class Tilt(NamedTuple):
    """By how much a page lies askew, and about which point it is turned level, points."""

    slope: float = 0.0  # dy/dx of its staff lines
    x: float = 0.0
    y: float = 0.0


LEVEL = Tilt()


def tilt_of(systems: Sequence[System], width: float, height: float) -> Tilt:
    """Return how a page of a size (points) lies: as the median of its staves does."""
    slopes = [
        float((staff.centre[-1] - staff.centre[0]) / (staff.x[-1] - staff.x[0]))
        for system in systems
        for staff in system.staves
    ]
    slope = float(np.median(slopes)) if slopes else 0.0
    level = abs(slope) < LEAST_SLOPE or abs(slope) > LARGEST_SLOPE
    return LEVEL if level else Tilt(slope, width / 2, height / 2)


def cleaned(raster: ByteArray, scale: float, systems: Sequence[System], tilt: Tilt) -> ByteArray:
    """Return a clean picture of a page.

    Args:
        raster: (h, w, 3) RGB.
        scale: px per point.
        systems: of the page; where none are known nothing is cut off.
        tilt: how the page lies.

    Returns:
        (h, w, 3), grey.
    """
    grey = np.asarray(cv2.cvtColor(raster, cv2.COLOR_RGB2GRAY))
    dark = darkness(grey)
    ink = np.clip((np.arange(256.0) - PAPER) * 255 / (INK - PAPER), 0, 255)
    white = np.asarray(255 - cv2.LUT(dark, np.rint(ink).astype(np.uint8)))
    if systems and (paper := paper_of(grey)) is not None:
        white[~(paper | _about(systems, scale, white.shape))] = 255
    if tilt.slope:
        height, width = white.shape
        way = np.array([[1, tilt.slope, -tilt.slope * tilt.y * scale], [-tilt.slope, 1, tilt.slope * tilt.x * scale]])
        white = np.asarray(cv2.warpAffine(white, way, (width, height), flags=cv2.INTER_AREA, borderValue=255))
    return np.repeat(white[:, :, None], 3, axis=2)


def _about(systems: Sequence[System], scale: float, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Where the systems are, and a little around them."""
    out = np.zeros(shape[:2], np.bool_)
    for system in systems:
        around = AROUND * system.staff_space
        lean = max(abs(float(staff.centre.max() - staff.centre.min())) for staff in system.staves)
        rows = (system.top - around - lean, system.bottom + around + lean)
        top, bottom = (max(0, round(y * scale)) for y in rows)
        left, right = (max(0, round(x * scale)) for x in (system.left - around, system.right + around))
        out[top:bottom, left:right] = True
    return out
