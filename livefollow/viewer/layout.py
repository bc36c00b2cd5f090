"""Where the pages lie in the window: pure geometry, in device pixels, so that rasters are drawn pixel by pixel.

A pane is a window on one page: its frame says what part of the screen it has, its origin where the page's corner is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from livefollow.evaluate.view import Layout, Spot, View

GAP = 2  # px between two pages, and between two parts
TWO_FROM = 0.8  # of the size that one page could have: from here two pages are shown side by side

Sizes = Callable[[int], tuple[float, float]]


@dataclass(frozen=True)
class Pane:
    """A part of the screen that shows (a part of) a page. All but `page` in device px; scale in px per point."""

    page: int  # from 1
    left: int
    top: int
    width: int
    height: int
    x: float  # of the page's upper left corner on the screen
    y: float
    scale: float

    def to_screen(self, x_pt: float, y_pt: float) -> tuple[float, float]:
        """Device px of a point on the page."""
        return self.x + x_pt * self.scale, self.y + y_pt * self.scale

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """Points on the page of device px."""
        return (x - self.x) / self.scale, (y - self.y) / self.scale

    def holds(self, x: float, y: float) -> bool:
        """Whether a place on the screen is in the pane."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


def fitting(size: tuple[float, float], width: float, height: float) -> float:
    """Scale at which a page of a size in points fits into so many px."""
    return max(0.01, min(width / size[0], height / size[1]))


def automatic(size: tuple[float, float], pages: int, width: float, height: float) -> Layout:
    """Two pages where they fit side by side without being much smaller than one; else half-turns.

    Args:
        size: of a page, points.
        pages: of the document.
        width, height: of the screen, px.
    """
    two = fitting((2 * size[0], size[1]), width - GAP, height)
    return Layout.TWO if pages > 1 and two >= TWO_FROM * fitting(size, width, height) else Layout.HALF


def arrange(
    view: View, sizes: Sizes, width: int, height: int, zoom: float = 1.0, focus: tuple[float, float] | None = None
) -> tuple[Pane, ...]:
    """The panes of a screen, those of `view.page` first.

    Args:
        view: what is seen.
        sizes: of a page by its number, points.
        width, height: of the screen, device px.
        zoom: factor on the size at which everything fits.
        focus: point of the page that is moved to the middle of the screen where the page is larger than it.
    """
    if view.spot is Spot.BESIDE:
        return _beside(view, sizes, width, height, zoom)
    whole = _placed(view.page, sizes(view.page), width, height, zoom, focus)
    if view.spot is Spot.NOWHERE:
        return (whole,)
    other = _placed(view.other, sizes(view.other), width, height, zoom, None)
    meet = min(max(round(whole.y + view.cut * whole.scale), GAP), height - GAP)
    above, below = (0, meet - GAP // 2), (meet + GAP - GAP // 2, height)
    own, theirs = (below, above) if view.spot is Spot.UPPER else (above, below)
    # With its own head at the upper edge of the part the other page lies as it would lie alone.
    edge = theirs[0] if view.other_from else other.y
    y = edge - round(view.other_from * other.scale)
    if view.spot is Spot.LOWER and view.other_from == view.cut:
        y = other.y
    return (
        Pane(whole.page, 0, own[0], width, own[1] - own[0], whole.x, whole.y, whole.scale),
        Pane(other.page, 0, theirs[0], width, theirs[1] - theirs[0], other.x, y, other.scale),
    )


def _beside(view: View, sizes: Sizes, width: int, height: int, zoom: float) -> tuple[Pane, ...]:
    """Two pages as in an open book, the place of the second one kept where there is none."""
    left, right = sizes(view.page), sizes(view.other or view.page)
    scale = zoom * min(fitting((2 * side[0], side[1]), width - GAP, height) for side in (left, right))
    middle = width // 2
    panes = [Pane(view.page, 0, 0, middle - GAP // 2, height, *_corner(left, scale, middle - GAP // 2, height), scale)]
    if view.other:
        start = middle + GAP - GAP // 2
        y = round((height - right[1] * scale) / 2)
        panes.append(Pane(view.other, start, 0, width - start, height, start, y, scale))
    return tuple(panes)


def _corner(size: tuple[float, float], scale: float, right: int, height: int) -> tuple[int, int]:
    """Upper left corner of a page that ends at `right`."""
    return round(right - size[0] * scale), round((height - size[1] * scale) / 2)


def _placed(
    page: int, size: tuple[float, float], width: int, height: int, zoom: float, focus: tuple[float, float] | None
) -> Pane:
    scale = zoom * fitting(size, width, height)
    focus = focus or (size[0] / 2, size[1] / 2)
    x, y = (
        round(_offset(side * scale, room, at * scale))
        for side, room, at in zip(size, (width, height), focus, strict=True)
    )
    return Pane(page, 0, 0, width, height, x, y, scale)


def _offset(length: float, room: float, at: float) -> float:
    """Where something starts: in the middle if there is room, else so that `at` is as near the middle as can be."""
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - at))
