"""Where the pages lie in the window: pure geometry, in device pixels, so that rasters are drawn pixel by pixel.

A pane is a window on one page: its frame says what part of the screen it has, its origin where the page's corner is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from livefollow.evaluate.screen import View

GAP = 2  # px between two pages
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


def arrange(view: View, sizes: Sizes, width: int, height: int) -> tuple[Pane, ...]:
    """The panes of a screen.

    Args:
        view: what is seen.
        sizes: of a page by its number, points.
        width, height: of the screen, device px.
    """
    whole = _centred(view.page, sizes(view.page), 0, 0, width, height)
    if not view.above:
        return (whole,)
    above = _centred(view.above, sizes(view.above), 0, 0, width, height)
    middle = height // 2
    return (
        Pane(above.page, 0, 0, width, middle - GAP // 2, above.x, above.y, above.scale),
        Pane(whole.page, 0, middle + GAP // 2, width, height - middle - GAP // 2, whole.x, whole.y, whole.scale),
    )


def _centred(page: int, size: tuple[float, float], left: int, top: int, width: int, height: int) -> Pane:
    scale = fitting(size, width, height)
    x, y = left + (width - size[0] * scale) / 2, top + (height - size[1] * scale) / 2
    return Pane(page, left, top, width, height, round(x), round(y), scale)
