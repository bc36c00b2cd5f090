"""Find the staves in a box that the player drew on a page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from livefollow.score.document import Page
from livefollow.score.systems import Staff, find_systems

Box = tuple[float, float, float, float]  # left, top, right, bottom: points

PAD = 0.08  # of a box's height, that is looked at beyond it: it may have been drawn along the outer lines
LONG = 0.5  # of a box's width, that a staff in it is long at least


def staves_in(page: Page, box: Box) -> list[Staff]:
    """Find the staves of a page that a box encloses, from top to bottom.

    Args:
        page: a raster.
        box: of any size, drawn by hand.

    Returns:
        Staves in points of the page; none where none can be seen.
    """
    left, top, right, bottom = box
    pad = PAD * (bottom - top)
    rows, columns = page.image.shape
    x0, x1 = (int(np.clip(x * page.scale, 0, columns)) for x in (left - pad, right + pad))
    y0, y1 = (int(np.clip(y * page.scale, 0, rows)) for y in (top - pad, bottom + pad))
    if min(x1 - x0, y1 - y0) < 1:
        return []
    image = np.ascontiguousarray(page.image[y0:y1, x0:x1])
    part = replace(page, width=(x1 - x0) / page.scale, height=(y1 - y0) / page.scale, image=image)
    right_by, down_by = x0 / page.scale, y0 / page.scale
    found = [staff for system in find_systems(part) for staff in system.staves]
    staves = [Staff(staff.x + right_by, staff.centre + down_by, staff.space) for staff in found]
    inside = [s for s in staves if top - pad <= s.top and s.bottom <= bottom + pad and _long(s, box)]
    return sorted(inside, key=lambda staff: staff.top)


def _long(staff: Staff, box: Box) -> bool:
    return staff.right - staff.left >= LONG * (box[2] - box[0])
