"""One picture of a film: a page, the highlight on it, and a bar with state and confidence.

The canvas is kept from picture to picture, and only what changed is drawn: the highlight, the bar when its text
changes, the page when it is turned.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.follow.position import State
from livefollow.score.document import Document
from livefollow.turning.view import Highlight, Layout, Spot, View, Words
from livefollow.turning.view_style import DEFAULT_STYLE, MARGIN, ViewStyle, paper_table, stripes

HEIGHT, WIDEST = 1080, 1920  # px of the picture
BAR = 44  # px below the page
PAGES_KEPT = 4
GAP = 2  # px between two pages beside each other
AROUND = {"white": (232, 232, 232), "sepia": (207, 195, 170), "night": (11, 11, 12)}  # RGB beside the pages
STATE_COLOURS = {
    State.WAITING: (150, 150, 150),
    State.FOLLOWING: (0, 114, 178),
    State.HOLDING: (86, 180, 233),
    State.LOST: (213, 94, 0),
    State.FINISHED: (90, 90, 90),
}
DARK, LIGHT = (40, 40, 40), (250, 250, 250)

ByteArray = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]  # x0, y0, x1, y1 px


@dataclass(frozen=True)
class PagePart:
    """A part of the picture that shows a page or a part of it, px."""

    page: int
    box: Box  # of the picture
    left: float  # of the page's corner
    top: float
    scale: float  # px per point
    end: float = float("inf")  # row below which the page is left blank: what is there would be cut


class Screen:
    """Draws pictures of one document, (HEIGHT, width, 3) uint8 RGB, all of one size with even sides."""

    def __init__(self, document: Document, view_style: ViewStyle = DEFAULT_STYLE) -> None:
        """Measure the pages and draw nothing yet.

        Args:
            document: open, and kept open by the caller.
            view_style: layout, highlight and paper.
        """
        self._document, self._style = document, view_style
        self._tall = HEIGHT - BAR
        self._sizes = [document.page_size(n) for n in range(1, document.page_count + 1)]
        beside = 2 if view_style.layout is Layout.TWO and document.page_count > 1 else 1
        widest = min(WIDEST, max(beside * self._tall * w / h for w, h in self._sizes))
        self.width = max(320, int(widest)) // 2 * 2
        self._pages: OrderedDict[tuple[int, float], ByteArray] = OrderedDict()
        self._base = np.full((self._tall, self.width, 3), AROUND[view_style.paper], np.uint8)
        self._canvas = np.full((HEIGHT, self.width, 3), AROUND[view_style.paper], np.uint8)
        self._view: View | None = None
        self._parts: tuple[PagePart, ...] = ()
        self._words: Words | None = None
        self._dirty: list[Box] = []

    def draw(self, view: View, highlight: Highlight, words: Words) -> ByteArray:
        """Return the picture; the next call draws over it."""
        if view != self._view:
            self._parts = self._arrange(view)
            self._base = self._compose(view)
            self._canvas[: self._tall] = self._base
            self._dirty, self._view = [], view
        for x0, y0, x1, y1 in self._dirty:
            self._canvas[y0:y1, x0:x1] = self._base[y0:y1, x0:x1]
        self._dirty = [
            box for part in self._parts if part.page == highlight.page for box in self._tint(part, highlight)
        ]
        if words != self._words:
            self._write(words)
            self._words = words
        return self._canvas

    def _tint(self, part: PagePart, highlight: Highlight) -> list[Box]:
        """Draw the highlight where its page is seen; return the boxes that changed."""
        margin = MARGIN * (highlight.bottom - highlight.top)
        rows = [y * part.scale + part.top for y in (highlight.top - margin, highlight.bottom + margin)]
        first, last = np.clip(np.round(rows), part.box[1], min(part.box[3], part.end)).astype(int)
        touched = []
        for left, right, share in stripes(highlight, highlight.x, self._style.style):
            ends = [x * part.scale + part.left for x in (left, right)]
            x0, x1 = np.clip(np.round(ends), part.box[0], part.box[2]).astype(int)
            tint = np.array(self._style.tint(share), np.uint16)
            under = self._canvas[first:last, x0:x1].astype(np.uint16)
            lit = self._style.paper == "night"
            over = 255 - (255 - under) * (255 - tint) // 255 if lit else under * tint // 255
            self._canvas[first:last, x0:x1] = over.astype(np.uint8)
            touched.append((int(x0), int(first), int(x1), int(last)))
        return touched

    def _arrange(self, view: View) -> tuple[PagePart, ...]:
        """Return where the pages lie, that of `view.page` first."""
        if view.spot is Spot.BESIDE:
            return self._beside(view.page, view.other)
        whole = self._placed(view.page)
        if view.spot is Spot.NOWHERE:
            return (whole,)
        middle = int(np.clip(round(view.cut * whole.scale + whole.top), 1, self._tall - 1))
        above, below = (0, 0, self.width, middle), (0, middle, self.width, self._tall)
        own, theirs = (below, above) if view.spot is Spot.UPPER else (above, below)
        other = self._placed(view.other)
        top = other.top if view.other_from is None else theirs[1] - view.other_from * other.scale
        end = top + view.other_to * other.scale
        return replace(whole, box=own), replace(other, box=theirs, top=top, end=end)

    def _placed(self, page: int) -> PagePart:
        """Place a page in the middle of the picture."""
        width, height = self._sizes[page - 1]
        scale = min(self._tall / height, self.width / width)
        left, top = (self.width - width * scale) / 2, (self._tall - height * scale) / 2
        return PagePart(page, (0, 0, self.width, self._tall), round(left), round(top), scale)

    def _beside(self, left: int, right: int) -> tuple[PagePart, ...]:
        """Place two pages as in an open book; a missing second page leaves its side empty."""
        half = (self.width - GAP) // 2
        shown = [page for page in (left, right) if page]
        scale = min(min(self._tall / h, half / w) for w, h in (self._sizes[page - 1] for page in shown))
        parts = []
        for page in shown:
            width, height = self._sizes[page - 1]
            start = 0 if page == left else self.width - half
            at = half - width * scale if page == left else float(start)
            box = (start, 0, start + half, self._tall)
            parts.append(PagePart(page, box, round(at), round((self._tall - height * scale) / 2), scale))
        return tuple(parts)

    def _compose(self, view: View) -> ByteArray:
        image = np.full((self._tall, self.width, 3), AROUND[self._style.paper], np.uint8)
        sheet = paper_table(self._style.paper)[255]
        for part in self._parts:
            x0, y0, x1, y1 = part.box
            raster, canvas = self._page(part.page, part.scale), image[y0:y1, x0:x1]
            rows, columns = np.arange(y0, y1) - round(part.top), np.arange(x0, x1) - round(part.left)
            # Rasters of huge pages are smaller than requested.
            shrunk = raster.shape[1] / (self._sizes[part.page - 1][0] * part.scale)
            rows, columns = (np.floor(v * shrunk).astype(int) for v in (rows, columns))
            down = (rows >= 0) & (rows < raster.shape[0])
            across = (columns >= 0) & (columns < raster.shape[1])
            canvas[np.ix_(down, across)] = raster[np.ix_(rows[down], columns[across])]
            canvas[np.ix_(down & (np.arange(y0, y1) >= part.end), across)] = sheet
        if view.spot in (Spot.UPPER, Spot.LOWER):
            middle = max(part.box[1] for part in self._parts)
            image[middle - 1 : middle + 1] = STATE_COLOURS[State.LOST]
        return image

    def _page(self, number: int, scale: float) -> ByteArray:
        """Return a page in the colours of the paper, (h, w, 3)."""
        key = number, scale
        if key not in self._pages:
            raster = self._document.render(number, scale)
            if self._style.paper != "white":
                table = paper_table(self._style.paper)
                raster = np.stack([table[raster[:, :, k], k] for k in range(3)], axis=2)
            self._pages[key] = raster
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return self._pages[key]

    def _write(self, words: Words) -> None:
        bar = np.full((BAR, self.width, 3), DARK, np.uint8)
        colour, middle = STATE_COLOURS[words.state], BAR // 2
        cv2.circle(bar, (24, middle), 9, colour, -1, cv2.LINE_AA)
        state = "unsure where" if words.unsure else words.state.value
        _text(bar, state, 44)
        meter = 190, middle - 6, 100, 12
        cv2.rectangle(bar, meter, (110, 110, 110), 1)
        cv2.rectangle(bar, (meter[0], meter[1], max(1, words.confidence), meter[3]), colour, -1)
        _text(bar, f"{words.confidence} %", 300)
        clock = f"{words.second // 60}:{words.second % 60:02d}"
        _text(bar, clock, self.width - 20 - cv2.getTextSize(clock, cv2.FONT_HERSHEY_SIMPLEX, 0.55, 1)[0][0])
        self._canvas[HEIGHT - BAR :] = bar


def _text(bar: ByteArray, text: str, x: int) -> None:
    cv2.putText(bar, text, (x, BAR // 2 + 6), cv2.FONT_HERSHEY_SIMPLEX, 0.55, LIGHT, 1, cv2.LINE_AA)
