"""Layout of pages in the window: pure geometry in device pixels, so that rasters are drawn pixel by pixel.

A pane is a view of one page: its frame is a part of the screen, its origin the place of the page's corner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from livefollow.score.clean_view import LEVEL, Tilt
from livefollow.turning.view import Highlight, Layout, Spot, View

GAP = 2  # px between two pages, and between two parts
SLACK_PX = 2.0  # that are not worth scrolling
LEAD = 0.25  # of a system's height: paper shown above or below it
OVERLAP = 0.1  # of the screen that stays visible if no system says how far to go
IN_VIEW = (0.04, 0.85)  # of the screen's width: where the place played may be before a wider page is moved
READ_FROM = 0.2  # of the screen's width: where it is after that; players read to its right
TWO_FROM = 0.8  # of the size of a single page, from which two pages are shown side by side


@dataclass(frozen=True)
class PageBox:
    """The part of a page that must be visible, points."""

    left: float
    top: float
    width: float
    height: float


Boxes = Callable[[int], PageBox]


@dataclass(frozen=True)
class Pane:
    """A part of the screen that shows a page or a part of it. Device px, except `page` and `scale` (px per point)."""

    page: int  # from 1
    left: int
    top: int
    width: int
    height: int
    x: float  # of the page's upper left corner on the screen
    y: float
    scale: float
    end: float = float("inf")  # y on the screen below which the page is left blank: what is there would be cut
    tilt: Tilt = LEVEL  # by which the page lies askew: its picture is shown level

    def to_screen(self, x_pt: float, y_pt: float) -> tuple[float, float]:
        """Return the device px of a place on the page: its x, and the mean y of something level, a staff line."""
        return self.x + (x_pt + self.tilt.slope * (y_pt - self.tilt.y)) * self.scale, self.y + y_pt * self.scale

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """Return the point on the page at device px."""
        x_pt, y_pt = (x - self.x) / self.scale, (y - self.y) / self.scale
        slope = self.tilt.slope
        return x_pt - slope * (y_pt - self.tilt.y), y_pt + slope * (x_pt - self.tilt.x)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place on the screen is in the pane."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


def fitting(width_pt: float, height_pt: float, width: float, height: float) -> float:
    """Return the scale at which a size in points fits into a size in px."""
    return max(0.01, min(width / width_pt, height / height_pt))


def automatic(box: PageBox, pages: int, width: float, height: float) -> Layout:
    """Choose two pages if they fit side by side without being much smaller than one; else half-turns.

    Args:
        box: of a page.
        pages: number of pages of the document.
        width, height: of the screen, px.
    """
    two = fitting(2 * box.width, box.height, width - GAP, height)
    return Layout.TWO if pages > 1 and two >= TWO_FROM * fitting(box.width, box.height, width, height) else Layout.HALF


def arrange(
    view: View, boxes: Boxes, width: int, height: int, zoom: float = 1.0, focus: tuple[float, float] | None = None
) -> tuple[Pane, ...]:
    """Return the panes of a screen, that of `view.page` first.

    Args:
        view: what is seen.
        boxes: returns the box of a page by its number.
        width, height: of the screen, device px.
        zoom: factor on the scale at which everything fits.
        focus: point of the page to show in the middle of the screen, if the page is larger than the screen.
    """
    if view.spot is Spot.BESIDE:
        return _beside(view, boxes, width, height, zoom)
    whole = _placed(view.page, boxes(view.page), width, height, zoom, focus)
    if view.spot is Spot.NOWHERE:
        return (whole,)
    other = _placed(view.other, boxes(view.other), width, height, zoom, None)
    meet = min(max(round(whole.y + view.cut * whole.scale), GAP), height - GAP)
    above, below = (0, meet - GAP // 2), (meet + GAP - GAP // 2, height)
    own, theirs = (below, above) if view.spot is Spot.UPPER else (above, below)
    # A page is placed as if shown alone, unless `other_from` says what is at the upper edge.
    y = other.y if view.other_from is None else theirs[0] - round(view.other_from * other.scale)
    return (
        replace(whole, top=own[0], height=own[1] - own[0]),
        replace(other, top=theirs[0], height=theirs[1] - theirs[0], y=y, end=y + round(view.other_to * other.scale))
        if view.other_to < float("inf")
        else replace(other, top=theirs[0], height=theirs[1] - theirs[0], y=y),
    )


def next_screen(pane: Pane, box: PageBox, systems: Sequence[tuple[float, float]], forward: bool) -> float | None:
    """Return how far to scroll a page that is larger than the screen, device px downwards.

    The first system that was not fully visible comes to the top, or to the bottom on the way back. So each system is
    fully visible once if it fits on the screen; of a larger one, all parts come one after the other.

    Args:
        pane: at present.
        box: the part of the page that must be visible.
        systems: top and bottom of each on the page, points, from top to bottom.
        forward: down, or up.

    Returns:
        None at the end of the page.
    """
    upper, lower = pane.to_page(0, 0)[1], pane.to_page(0, pane.height)[1]
    tall = lower - upper
    to_end, to_start = box.top + box.height - lower, box.top - upper
    slack = SLACK_PX / pane.scale
    if (to_end if forward else -to_start) <= slack:
        return None
    if forward:
        hidden = [(top, bottom) for top, bottom in systems if bottom > lower + slack]
        if systems and not hidden and to_end < systems[-1][1] - systems[-1][0]:
            return None  # there is no more music below
        start = hidden[0][0] - LEAD * (hidden[0][1] - hidden[0][0]) if hidden else lower
        move = start - upper if upper + OVERLAP * tall < start < lower else tall * (1 - OVERLAP)
        return min(move, to_end) * pane.scale
    hidden = [(top, bottom) for top, bottom in systems if top < upper - slack]
    end = hidden[-1][1] + LEAD * (hidden[-1][1] - hidden[-1][0]) if hidden else upper
    move = end - lower if upper < end < lower - OVERLAP * tall else -tall * (1 - OVERLAP)
    return max(move, to_start) * pane.scale


def focus_on(pane: Pane, here: Highlight) -> tuple[float, float] | None:
    """Return the point to show in the middle of the screen; None if the place played is well in view.

    Args:
        pane: of a page larger than the screen.
        here: place in the system that is played.
    """
    tall = here.bottom - here.top
    x, top = pane.to_screen(here.x, here.top - 0.5 * tall)
    _, bottom = pane.to_screen(0, here.bottom + 1.5 * tall)  # the next system is visible too
    fits_x = IN_VIEW[0] * pane.width <= x <= IN_VIEW[1] * pane.width
    fits_y = top >= 0 and bottom <= pane.height
    if fits_x and fits_y:
        return None
    at_x, at_y = pane.to_page(pane.width / 2, pane.height / 2)
    if not fits_x:
        at_x = here.x + (0.5 - READ_FROM) * pane.width / pane.scale
    if not fits_y:
        at_y = here.top - 0.5 * tall + pane.height / 2 / pane.scale
    return at_x, at_y


def _beside(view: View, boxes: Boxes, width: int, height: int, zoom: float) -> tuple[Pane, ...]:
    """Place two pages as in an open book; a missing second page leaves its side empty."""
    left, right = boxes(view.page), boxes(view.other or view.page)
    scale = zoom * min(fitting(2 * box.width, box.height, width - GAP, height) for box in (left, right))
    middle = width // 2

    def corner(x: float, box: PageBox) -> tuple[int, int]:
        return round(x - box.left * scale), round((height - box.height * scale) / 2 - box.top * scale)

    end, start = middle - GAP // 2, middle + GAP - GAP // 2
    panes = [Pane(view.page, 0, 0, end, height, *corner(end - left.width * scale, left), scale)]
    if view.other:
        panes.append(Pane(view.other, start, 0, width - start, height, *corner(start, right), scale))
    return tuple(panes)


def _placed(page: int, box: PageBox, width: int, height: int, zoom: float, focus: tuple[float, float] | None) -> Pane:
    scale = zoom * fitting(box.width, box.height, width, height)
    at_x, at_y = focus or (box.left + box.width / 2, box.top)  # a page is read from its top
    x = round(_offset(box.left * scale, box.width * scale, width, at_x * scale))
    y = round(_offset(box.top * scale, box.height * scale, height, at_y * scale))
    return Pane(page, 0, 0, width, height, x, y, scale)


def _offset(start: float, length: float, room: float, at: float) -> float:
    """Return where to place the edge of a page, of which a stretch must be visible.

    Centred if there is room, else with `at` as near the middle as possible. All in px of the page.
    """
    if length <= room:
        return (room - length) / 2 - start
    return min(-start, max(room - length - start, room / 2 - at))
