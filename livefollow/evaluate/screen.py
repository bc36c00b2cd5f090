"""The picture a film shows at one moment: a page, the highlight on it, and a bar with state and confidence.

The canvas is kept from picture to picture, and only what changed is drawn: the boxes of the highlight, the bar when it
says something else, the page when it is turned.
"""

from __future__ import annotations

from collections import OrderedDict

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.evaluate.view import Highlight, Spot, View, Words
from livefollow.score.document import Document

HEIGHT, WIDEST = 1080, 1920  # px of the picture
BAR = 44  # px below the page
PAGES_KEPT = 3
PAPER_AROUND = 232  # grey beside a page that is narrower than the picture
# RGB; multiplied onto the paper, so ink stays black. Blue and orange differ for colour-blind eyes too.
LINE_COLOUR, BOX_COLOUR = (130, 185, 255), (255, 244, 214)
STATE_COLOURS = {
    "waiting": (150, 150, 150),
    "following": (0, 114, 178),
    "holding": (86, 180, 233),
    "lost": (213, 94, 0),
    "finished": (90, 90, 90),
}
DARK, LIGHT = (40, 40, 40), (250, 250, 250)

ByteArray = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]  # x0, y0, x1, y1 px


class Screen:
    """Draws pictures of one document, (HEIGHT, width, 3) uint8 RGB, all of one size with even sides."""

    def __init__(self, document: Document) -> None:
        """Measure the pages; none is drawn yet.

        Args:
            document: open, and kept open by the caller.
        """
        self._document = document
        tall = HEIGHT - BAR
        sizes = [document.page_size(n) for n in range(1, document.page_count + 1)]
        widest = min(WIDEST, max(tall * w / h for w, h in sizes))
        self.width = max(320, int(widest)) // 2 * 2
        self._scales = [min(tall / h, self.width / w) for w, h in sizes]
        self._pages: OrderedDict[int, tuple[ByteArray, float, int, int]] = OrderedDict()
        self._base = np.full((tall, self.width, 3), PAPER_AROUND, np.uint8)
        self._canvas = np.full((HEIGHT, self.width, 3), PAPER_AROUND, np.uint8)
        self._view: View | None = None
        self._words: Words | None = None
        self._dirty: list[Box] = []

    def draw(self, view: View, highlight: Highlight, words: Words) -> ByteArray:
        """The picture; it is drawn over by the next call."""
        if view != self._view:
            self._base = self._compose(view)
            self._canvas[: HEIGHT - BAR] = self._base
            self._dirty, self._view = [], view
        for x0, y0, x1, y1 in self._dirty:
            self._canvas[y0:y1, x0:x1] = self._base[y0:y1, x0:x1]
        self._dirty = self._tint(view, highlight)
        if words != self._words:
            self._write(words)
            self._words = words
        return self._canvas

    def _tint(self, view: View, highlight: Highlight) -> list[Box]:
        """Draw the highlight where its page is seen; the boxes that were touched."""
        middle = self._middle(view)
        if highlight.page == view.other:
            first, last = 0, middle
        elif highlight.page == view.page:
            first, last = (middle if view.other else 0), HEIGHT - BAR
        else:
            return []
        _, scale, left, top = self._page(highlight.page)
        margin = 0.18 * (highlight.bottom - highlight.top)

        def box(x0: float, x1: float) -> Box:
            y0, y1 = ((y * scale + top) for y in (highlight.top - margin, highlight.bottom + margin))
            ends = np.clip(np.round([x0 * scale + left, x1 * scale + left]), 0, self.width).astype(int)
            rows = np.clip(np.round([y0, y1]), first, last).astype(int)
            return int(ends[0]), int(rows[0]), int(ends[1]), int(rows[1])

        half = 5.0 / scale
        system = box(highlight.left - half, highlight.right + half)
        line = box(highlight.x - half, highlight.x + half)
        for (x0, y0, x1, y1), colour in ((system, BOX_COLOUR), (line, LINE_COLOUR)):
            part = self._canvas[y0:y1, x0:x1].astype(np.uint16)
            self._canvas[y0:y1, x0:x1] = (part * np.array(colour, np.uint16) // 255).astype(np.uint8)
        return [system, line]

    def _compose(self, view: View) -> ByteArray:
        image = self._page(view.page)[0].copy()
        if view.spot is Spot.UPPER:
            middle = self._middle(view)
            image[:middle] = self._page(view.other)[0][:middle]
            image[middle - 1 : middle + 1] = STATE_COLOURS["lost"]
        return image

    def _middle(self, view: View) -> int:
        """Row where the other page's part ends."""
        _, scale, _, top = self._page(view.page)
        return int(np.clip(round(view.cut * scale + top), 1, HEIGHT - BAR - 1))

    def _page(self, number: int) -> tuple[ByteArray, float, int, int]:
        """A page in the middle of the picture, its scale in px per point, and its left and upper edge, px."""
        if number not in self._pages:
            raster = self._document.render(number, self._scales[number - 1])
            tall = HEIGHT - BAR
            shown = raster[:tall, : self.width]
            top, left = (tall - shown.shape[0]) // 2, (self.width - shown.shape[1]) // 2
            image = np.full((tall, self.width, 3), PAPER_AROUND, np.uint8)
            image[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
            # Rasters of huge pages are smaller than asked for.
            scale = raster.shape[1] / self._document.page_size(number)[0]
            self._pages[number] = image, scale, left, top
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def _write(self, words: Words) -> None:
        bar = np.full((BAR, self.width, 3), DARK, np.uint8)
        colour, middle = STATE_COLOURS[words.state], BAR // 2
        cv2.circle(bar, (24, middle), 9, colour, -1, cv2.LINE_AA)
        state = "unsure where" if words.unsure else words.state
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
