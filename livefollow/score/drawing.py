"""Pages with what was found on them, drawn for people to look at."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.document import Page
from livefollow.score.systems import System

SYSTEM_COLOUR = (40, 120, 230)  # BGR
LINE_COLOUR = (60, 60, 220)
PIANO_COLOUR = (200, 110, 20)


def draw_systems(page: Page, systems: list[System]) -> npt.NDArray[np.uint8]:
    """The page in grey, each staff line traced, each system boxed and numbered.

    Args:
        page: the raster the systems were found on.
        systems: in points.

    Returns:
        (h, w, 3) uint8 BGR.
    """
    picture = cv2.cvtColor(page.image, cv2.COLOR_GRAY2BGR)
    thickness = max(1, round(page.image.shape[1] / 1000))
    for number, system in enumerate(systems, 1):
        for i, staff in enumerate(system.staves):
            x = np.linspace(staff.left, staff.right, 200)
            colour = PIANO_COLOUR if i in system.piano else LINE_COLOUR
            for k in range(-2, 3):
                points = np.stack([x, staff.line(k, x)], axis=1) * page.scale
                cv2.polylines(picture, [np.round(points).astype(np.int32)], False, colour, thickness, cv2.LINE_AA)
        space = system.staff_space
        corners = np.array([system.left - space, system.top - space, system.right + space, system.bottom + space])
        left, top, right, bottom = (round(float(c)) for c in corners * page.scale)
        cv2.rectangle(picture, (left, top), (right, bottom), SYSTEM_COLOUR, 2 * thickness)
        size = 2.5 * space * page.scale / 22
        at = (max(0, left), top - 2 * thickness)
        cv2.putText(picture, str(number), at, cv2.FONT_HERSHEY_SIMPLEX, size, SYSTEM_COLOUR, 2 * thickness, cv2.LINE_AA)
    return picture
