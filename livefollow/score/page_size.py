"""Sizes of pages: points from the units in a file, and the scales at which a page is rasterised."""

from __future__ import annotations

import math

from livefollow.constants import ANALYSIS_PX, MAX_PAGE_PT, MAX_RASTER_PX

A4_PT = (595.0, 842.0)  # the size of a page whose own is unknown
PAPER_PT = (300.0, 1500.0)  # long sides that an image's resolution may plausibly give a sheet of paper
MAX_SIDE_PX = 30_000  # OpenCV and Qt count pixels of a side in 16 bits here and there


def turned_box(
    box: tuple[float, float, float, float], quarters: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Turn a box (left, top, right, bottom) clockwise with its page, whose size after that is given; points."""
    left, top, right, bottom = box
    width, height = size
    return (
        box,
        (width - bottom, left, width - top, right),
        (width - right, height - bottom, width - left, height - top),
        (top, height - right, bottom, height - left),
    )[quarters]


def analysis_scale(width: float, height: float) -> float:
    """The scale, px per point, at which a page of that size (points) has ANALYSIS_PX pixels."""
    return fitting_scale(width, height, math.sqrt(ANALYSIS_PX / (width * height)))


def fitting_scale(width: float, height: float, scale: float) -> float:
    """Lower a scale (px per point) so far that a page of that size (points) keeps within the limits of a raster."""
    # (width·s + 1)(height·s + 1) = MAX_RASTER_PX: sides are rounded up to whole pixels
    area, half = width * height, (width + height) / 2
    largest = (math.sqrt(half * half + area * (MAX_RASTER_PX - 1)) - half) / area
    return min(scale, largest, MAX_SIDE_PX / max(width, height))


def paper_unit(long_side: float) -> float:
    """Points per unit of an image with this longer side in MuPDF's units: 1 when that is a sheet's, else A4's."""
    return 1.0 if PAPER_PT[0] <= long_side <= PAPER_PT[1] else A4_PT[1] / long_side


def shared_unit(long_side: float, short_side: float) -> float:
    """Points per unit on the pages of a PDF whose largest page has these sides."""
    if long_side <= MAX_PAGE_PT:
        return 1.0
    # What is long but no wider than paper is a scroll: it is not made as narrow as a ribbon.
    return paper_unit(long_side) if short_side > PAPER_PT[1] else MAX_PAGE_PT / long_side
