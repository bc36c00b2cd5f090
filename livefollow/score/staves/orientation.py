"""Which way up a page of music stands, told from the music itself.

A system begins at its left end: braces and brackets stand there, before the staves, and all systems of a page begin
alike, with a clef and a key signature. At the right end nothing stands beyond the staves, and no two systems end
alike. A page is turned only where this speaks clearly for it; in doubt it stays as it is.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from livefollow.score.document import Page
from livefollow.score.staves.darkness import darkness_at
from livefollow.score.staves.lines import ByteArray, FloatArray
from livefollow.score.systems import System, find_systems

STEPS = 6  # samples per staff space
BESIDE = (0.3, 2.4)  # staff spaces beyond a system's end in which braces and brackets stand
START = (1.3, 4.0)  # staff spaces within a staff's end in which its clef stands, behind its first line
REACH = 3.0  # staff spaces above and below the middle line that a clef is compared in
PLAY = (0.5, 0.33)  # staff spaces that a clef may stand further left or right, higher or lower
NEIGHBOURS = 2  # systems above and below that a system is compared with
DARK = 80  # of 255: so much darker than the paper around it is ink
FAINTEST = 8.0  # of 255: a picture that varies less shows nothing
BRACED = 0.5  # share of a system's height, by which braces at one end outweigh those at the other
ALIKE = 0.3  # correlation, by which the systems' starts must be more alike than their ends where there are no braces
FEWEST_ALIKE = 3  # systems that are compared where there are no braces


def upside_down(page: Page, systems: list[System]) -> bool | None:
    """Whether systems that were found on a page stand on their heads; None where it is not clear.

    Args:
        page: the raster they were found on.
        systems: in points.
    """
    grand = [system for system in systems if len(system.piano) > 1]
    braced = float(np.median([_beside(page, s, -1) - _beside(page, s, 1) for s in grand])) if grand else 0.0
    if braced >= BRACED:
        return False
    alike = _alike(page, systems, -1) - _alike(page, systems, 1)
    if braced <= -BRACED:
        return True if alike < 0 or len(systems) == 1 else None
    if len(systems) < FEWEST_ALIKE or abs(alike) < ALIKE:
        return None
    return alike < 0


def quarters_to_upright(page: Page, systems: list[System]) -> int:
    """By how many quarters clockwise a page must be turned to stand upright: 0 to 3; 0 in doubt.

    Args:
        page: a raster.
        systems: found on it, in points.
    """
    if page.placeholder:
        return 0
    if systems:
        return 2 if upside_down(page, systems) else 0
    on_its_side = turned_raster(page, 1)
    found = find_systems(on_its_side)
    return {None: 0, False: 1, True: 3}[upside_down(on_its_side, found) if found else None]


def turned_raster(page: Page, quarters: int) -> Page:
    """A raster turned by quarters clockwise."""
    width, height = (page.height, page.width) if quarters % 2 else (page.width, page.height)
    image = np.ascontiguousarray(np.rot90(page.image, -quarters))
    return replace(page, width=width, height=height, image=image)


def _beside(page: Page, system: System, side: int) -> float:
    """Share of a system's height beside which something is drawn, at its left (-1) or right (1) end."""
    upper, lower = (system.staves[i] for i in (system.piano[0], system.piano[-1]))
    end, space = (system.left if side < 0 else system.right), system.staff_space
    x = end + side * space * np.arange(*BESIDE, 1 / STEPS)
    top, bottom = float(upper.line(-2, end)), float(lower.line(2, end))
    y = np.arange(top, bottom, space / STEPS)
    dark = darkness_at(page.image, x[None] * page.scale, y[:, None] * page.scale)
    return float((dark > DARK).any(1).mean())


def _alike(page: Page, systems: list[System], side: int) -> float:
    """How alike the systems' left (-1) or right (1) ends are: mean correlation with the most similar neighbour."""
    ends = [system_end(page, system, side) for system in systems]
    best = [-1.0] * len(ends)
    for step in range(1, NEIGHBOURS + 1):
        for i, j in zip(range(len(ends)), range(step, len(ends)), strict=False):
            if len(ends[i]) == len(ends[j]):
                pair = float(np.mean([likeness(a, b) for a, b in zip(ends[i], ends[j], strict=True)]))
                best[i], best[j] = max(best[i], pair), max(best[j], pair)
    known = [value for value in best if value >= 0]
    return float(np.mean(known)) if known else 0.0


def system_end(page: Page, system: System, side: int) -> list[FloatArray]:
    """What stands on the piano's staves within one end of a system, without the staff lines."""
    out = []
    inner = np.arange(START[0] - PLAY[0], START[1] + PLAY[0], 1 / STEPS)
    rows = np.arange(-REACH - PLAY[1], REACH + PLAY[1], 1 / STEPS)
    for i in system.piano:
        staff = system.staves[i]
        x = (system.left if side < 0 else system.right) - side * staff.staff_space * inner
        y = np.interp(x, staff.x, staff.centre)[None] + rows[:, None] * np.interp(x, staff.x, staff.space)[None]
        dark = darkness_at(page.image, x[None] * page.scale, y * page.scale).astype(np.float32)
        lines = np.percentile(dark, 20, axis=1, keepdims=True)
        out.append(np.maximum(dark - lines, 0).astype(np.float32))
    return out


def likeness(a: FloatArray | ByteArray, b: FloatArray | ByteArray) -> float:
    """Correlation of two ends of staves at the shift at which they agree best; 0 where one is empty."""
    rows, columns = round(PLAY[1] * STEPS), round(PLAY[0] * STEPS)
    inner = np.ascontiguousarray(a[rows:-rows, columns:-columns], np.float32)
    if inner.std() < FAINTEST or b.std() < FAINTEST:
        return 0.0
    found = cv2.matchTemplate(b.astype(np.float32), inner, cv2.TM_CCOEFF_NORMED)
    return float(np.nan_to_num(found, posinf=0.0, neginf=0.0).max())
