"""Clean pages made troublesome: framed, streaked, written on, put side by side; with where their systems lie then."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.document import Document, Page
from livefollow.score.systems import System

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Truth:
    """Where a system lies, points: its ends, and each staff's top and bottom line."""

    left: float
    right: float
    staves: tuple[tuple[float, float], ...]

    @property
    def space(self) -> float:
        """Staff space of the last staff, points."""
        return (self.staves[-1][1] - self.staves[-1][0]) / 4

    def moved(self, x: float, y: float, zoom: float = 1.0) -> Truth:
        """The system on a page that is made `zoom` times as large and then moved by (x, y) points."""
        staves = tuple((top * zoom + y, bottom * zoom + y) for top, bottom in self.staves)
        return Truth(self.left * zoom + x, self.right * zoom + x, staves)

    def is_at(self, found: System) -> bool:
        """Whether a found system has these staves: lines within half a staff space, ends within a whole one."""
        if len(found.staves) != len(self.staves):
            return False
        lines = np.subtract([(s.top, s.bottom) for s in found.staves], self.staves)
        ends = np.subtract((found.left, found.right), (self.left, self.right))
        return bool(max(np.abs(lines).max(), np.abs(ends).max() / 2) < 0.5 * self.space)


@dataclass(frozen=True)
class Sheet:
    """A page raster and its systems in the order in which they are played."""

    page: Page
    truth: tuple[Truth, ...]

    def drawn(self, draw: Callable[[ByteArray], ByteArray | None]) -> Sheet:
        """The sheet with something drawn on a copy of its picture."""
        image = self.page.image.copy()
        other = draw(image)
        return replace(self, page=replace(self.page, image=image if other is None else other))

    def px(self, points: float) -> int:
        """Points in pixels of the raster."""
        return round(points * self.page.scale)

    def is_read(self, found: Sequence[System]) -> bool:
        """Whether these are the sheet's systems, in this order."""
        return len(found) == len(self.truth) and all(t.is_at(f) for t, f in zip(self.truth, found, strict=True))


def clean_sheet(data: Path, name: str, number: int = 1) -> Sheet:
    """A page of a test score and its systems as drawn."""
    with Document(data / f"{name}.pdf") as document:
        page = document.page(number)
    systems = json.loads((data / f"{name}.systems.json").read_text())[number - 1]
    return Sheet(page, tuple(Truth(s["left"], s["right"], tuple(map(tuple, s["staves"]))) for s in systems))


def line(sheet: Sheet, x: float, width: float = 1.0, dark: int = 255) -> Sheet:
    """A scanner's streak down the page at x, `width` points wide."""

    def draw(image: ByteArray) -> None:
        at = slice(sheet.px(x), max(sheet.px(x) + 1, sheet.px(x + width)))
        image[:, at] = np.minimum(image[:, at], 255 - dark)

    return sheet.drawn(draw)


def shadow(sheet: Sheet, x: float, width: float, dark: int = 150) -> Sheet:
    """The shadow of a fold: darkest at x, fading over `width` points to either side."""

    def draw(image: ByteArray) -> ByteArray:
        away = np.abs((np.arange(image.shape[1]) + 0.5) / sheet.page.scale - x)
        light = 1 - dark / 255 * np.exp(-away / (width / 3))
        return np.asarray(image * light, np.uint8)

    return sheet.drawn(draw)


def frame(sheet: Sheet, left: float, top: float, right: float, bottom: float, width: float = 1.0) -> Sheet:
    """A rectangle with edges in points."""

    def draw(image: ByteArray) -> None:
        corners = (sheet.px(left), sheet.px(top)), (sheet.px(right), sheet.px(bottom))
        cv2.rectangle(image, *corners, 30, max(1, sheet.px(width)), cv2.LINE_AA)

    return sheet.drawn(draw)


def box(sheet: Sheet, first: int, last: int, margin: float, width: float = 1.2) -> Sheet:
    """A box pencilled round the systems from `first` to `last`, `margin` staff spaces from their staves."""
    around = sheet.truth[first : last + 1]
    far = margin * around[0].space
    left, right = min(t.left for t in around) - far, max(t.right for t in around) + far
    return frame(sheet, left, around[0].staves[0][0] - far, right, around[-1].staves[-1][1] + far, width)


def stroke(sheet: Sheet, start: tuple[float, float], end: tuple[float, float], width: float = 1.2) -> Sheet:
    """A straight pencil stroke between two points."""

    def draw(image: ByteArray) -> None:
        a, b = ((sheet.px(x), sheet.px(y)) for x, y in (start, end))
        cv2.line(image, a, b, 40, max(1, sheet.px(width)), cv2.LINE_AA)

    return sheet.drawn(draw)


def circle(sheet: Sheet, x: float, top: float, bottom: float, across: float) -> Sheet:
    """A bar circled in pencil."""

    def draw(image: ByteArray) -> None:
        middle = sheet.px(x), sheet.px((top + bottom) / 2)
        axes = sheet.px(across / 2), sheet.px((bottom - top) / 2)
        cv2.ellipse(image, middle, axes, 0, 0, 360, 50, max(1, sheet.px(1.2)), cv2.LINE_AA)

    return sheet.drawn(draw)


def landscape(sheet: Sheet) -> Sheet:
    """The upper part of a page, on paper that is wider than high."""
    high = sheet.page.width / 1.414
    whole = tuple(t for t in sheet.truth if t.staves[-1][1] + 4 * t.space < high)
    image = sheet.page.image[: sheet.px(high)].copy()
    image[sheet.px(whole[-1].staves[-1][1] + 4 * whole[-1].space) :] = 255
    return Sheet(replace(sheet.page, image=image, height=high), whole)


def blank_sheet(width: float, height: float, scale: float) -> Sheet:
    """White paper, points."""
    image = np.full((round(height * scale), round(width * scale)), 255, np.uint8)
    return Sheet(Page(1, width, height, image, scale), ())


def pasted(sheet: Sheet, other: Sheet, x: float, y: float, zoom: float = 1.0) -> Sheet:
    """A sheet with another one on it, its top left corner at (x, y) points, its systems played after the sheet's."""
    change = zoom * sheet.page.scale / other.page.scale
    picture = (
        other.page.image
        if change == 1
        else cv2.resize(other.page.image, None, fx=change, fy=change, interpolation=cv2.INTER_AREA)
    )

    def draw(image: ByteArray) -> None:
        top, left = sheet.px(y), sheet.px(x)
        seen = picture[max(0, -top) :, max(0, -left) :]
        room = image[max(0, top) :, max(0, left) :][: seen.shape[0], : seen.shape[1]]
        np.minimum(room, seen[: room.shape[0], : room.shape[1]], out=room)

    moved = tuple(t.moved(sheet.px(x) / sheet.page.scale, sheet.px(y) / sheet.page.scale, zoom) for t in other.truth)
    return replace(sheet.drawn(draw), truth=sheet.truth + moved)


def two_up(left: Sheet, right: Sheet, down: float = 0.0, gutter: float = 0.0) -> Sheet:
    """Two pages on one landscape sheet, the right one `down` points lower, their paper `gutter` points apart."""
    width = left.page.width + gutter + right.page.width
    sheet = blank_sheet(width, left.page.height, left.page.scale)
    return pasted(pasted(sheet, left, 0, 0), right, left.page.width + gutter, max(0.0, down))


def part(sheet: Sheet, index: int, share: float = 1.0) -> Sheet:
    """The last `share` of a system cut out of a page, closed by a line at its left end; its corner 4 spaces outside."""
    true = sheet.truth[index]
    start = true.right - share * (true.right - true.left)
    margin = 4 * true.space
    top, bottom = true.staves[0][0], true.staves[-1][1]
    x0, y0 = sheet.px(start - margin), sheet.px(top - margin)
    image = sheet.page.image[y0 : sheet.px(bottom + margin), x0 : sheet.px(true.right + margin)].copy()
    scale = sheet.page.scale
    if share < 1:
        image[:, : sheet.px(start) - x0] = 255
    if len(true.staves) > 1:
        image[sheet.px(top) - y0 : sheet.px(bottom) - y0 + 1, sheet.px(start) - x0 : sheet.px(start) - x0 + 3] = 0
    page = Page(1, image.shape[1] / scale, image.shape[0] / scale, image, scale)
    return Sheet(page, (replace(true, left=start).moved(-x0 / scale, -y0 / scale),))
