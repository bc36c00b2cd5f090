"""Pictures of pages: made in the background, kept within a budget of bytes, the newest request first.

The store's own thread asks the document for rasters and gives them the colours of the paper; everything else is for the
window thread. Nothing waits for a picture: `ready` is emitted when it has been made.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from functools import reduce
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QPainter

from livefollow.errors import LivefollowError
from livefollow.score.clean_view import LEVEL, Tilt, cleaned
from livefollow.score.document import Document
from livefollow.score.page_size import A4_PT
from livefollow.score.systems import System
from livefollow.turning.view_style import paper_table
from livefollow.viewer.pages.layout import PageBox

BUDGET_BYTES = 256 * 2**20
WRITTEN_KEPT = 4  # pictures that are written on, beside the plain ones: those seen, those before and after
WAITING = 6  # requests for pictures that may wait; older ones are dropped

INK_SCALE = 0.5  # px per point of the small picture in which margins are measured
DARK = 200  # grey level below which a pixel is ink
CLEAN_SCALE = 2.0  # px per point at least, in which a page is cleaned up
TRIM_PAGES = 40  # pages whose margins are measured
TRIM_PAD = 0.012  # of the longer side, kept of the margins

ByteArray = npt.NDArray[np.uint8]


Written = tuple[object, ...]  # what is written on a page: another object whenever that changes
# Draws what is written: painter in px of a picture, page, what is written there, px per point, whether paper is dark.
PageCrop = tuple[float, float, float, float]  # left, top, right, bottom, points
Write = Callable[[QPainter, int, Written, float, bool], None]


class PictureKey(NamedTuple):
    """Identifies one picture of a page."""

    page: int  # from 1
    scale: float  # device px per point
    paper: str  # white, sepia or night
    clean: bool = False  # see `score.clean_view`


def on_paper(raster: ByteArray, paper: str) -> ByteArray:
    """Turn an (h, w, 3) RGB raster into (h, w, 4) BGRX in the colours of a paper."""
    out = np.full((*raster.shape[:2], 4), 255, np.uint8)
    table = paper_table(paper)
    for channel in range(3):
        plane = raster[:, :, channel]
        out[:, :, 2 - channel] = plane if paper == "white" else table[plane, channel]
    return out


def ink_box(raster: ByteArray) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of all ink in an (h, w, 3) raster, px; None if it is empty."""
    dark = raster.min(axis=2) < DARK
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def joined(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    """Return the smallest box that contains both boxes."""
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


class PageStore(QObject):
    """Makes and keeps pictures of one document's pages.

    Attributes:
        ready: number of a page whose picture has been made.
        measured: sizes and margins of more pages are known.
        lies: systems of pages, and how the pages lie, as far as that is known.
        crops: the part of pages that are not shown whole.
        write: draws what is written on a page, on the store's own thread.
    """

    ready = pyqtSignal(int)
    measured = pyqtSignal()

    def __init__(self, document: Document, budget: int = BUDGET_BYTES, parent: QObject | None = None) -> None:
        """Begin without pictures.

        Args:
            document: open, and kept open until `close` has returned.
            budget: bytes of pictures to keep; the newest picture is kept in any case.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._document, self._budget = document, budget
        self._sizes: dict[int, tuple[float, float]] = {}
        self._turned: dict[int, int] = {}  # quarter turns of pages when they were measured
        self.crops: dict[int, PageCrop] = {}
        self.lies: dict[int, tuple[tuple[System, ...], Tilt]] = {}
        self._inks: dict[int, tuple[float, ...]] = {}  # left, top, right, bottom of a page's ink, points
        self._clean_inks: dict[int, tuple[float, ...]] = {}  # the same of pages as they are cleaned up
        self._ink: tuple[float, ...] | None = None  # the same for all pages together
        self._again: list[int] = []  # pages to measure again
        self.write: Write | None = None
        self._made: OrderedDict[PictureKey, QImage] = OrderedDict()
        self._written: OrderedDict[PictureKey, tuple[Written, QImage]] = OrderedDict()  # the same, written on
        self._to_write: dict[PictureKey, Written] = {}
        self._wanted: OrderedDict[PictureKey, None] = OrderedDict()
        self._edition = 0  # of what is on the pages; pictures of earlier ones are not kept
        self._lock = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="pages", daemon=True)
        self._thread.start()

    @staticmethod
    def sheet(paper: str) -> QColor:
        """Return the colour of an empty page."""
        return QColor(*paper_table(paper)[255].tolist())

    def picture(self, key: PictureKey, wanted: bool = True) -> tuple[QImage | None, bool]:
        """Return the picture, or the next best of that page, and whether it is the exact one.

        Args:
            key: the picture.
            wanted: whether to request it if it is missing.
        """
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key], True
            if wanted:
                self._want(key)
            others = [k for k in self._made if k.page == key.page]
            best = min(others, key=lambda k: (k.paper != key.paper, abs(k.scale - key.scale)), default=None)
            return (self._made[best] if best else None), False

    def written(self, key: PictureKey, what: Written) -> QImage | None:
        """Return an exact picture with what is written on it; None, and it is made, while it is not there."""
        with self._lock:
            known = self._written.get(key)
            if known and known[0] is what:
                self._written.move_to_end(key)
                return known[1]
            if key in self._made and self._to_write.get(key) is not what:
                self._to_write[key] = what
                self._lock.notify()
            return None

    def box(self, page: int, trimmed: bool, clean: bool = False) -> PageBox:
        """Return the part of a page that must be visible: its crop, all, or all but margins empty on every page."""
        width, height = self.size(page)
        if page in self.crops:
            left, top, right, bottom = self.crops[page]
            return PageBox(left, top, right - left, bottom - top)
        ink = self._clean_inks.get(page, self._ink) if clean else self._ink
        if not trimmed or ink is None:
            return PageBox(0, 0, width, height)
        pad = TRIM_PAD * max(width, height)
        left, top = max(0.0, ink[0] - pad), max(0.0, ink[1] - pad)
        right, bottom = min(width, ink[2] + pad), min(height, ink[3] + pad)
        enough = right - left > width / 2 and bottom - top > height / 2
        return PageBox(left, top, right - left, bottom - top) if enough else PageBox(0, 0, width, height)

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page in points; those of the first page until its own are known."""
        return self._sizes.get(page) or self._sizes.get(1, A4_PT)

    def renew(self, page: int) -> None:
        """Measure a page again and drop its pictures, if its rotation has changed."""
        with self._lock:
            if self._turned.get(page, self._document.turned(page)) == self._document.turned(page):
                return
            self._again.append(page)
            self._lock.notify()

    def make_anew(self) -> None:
        """Drop all pictures: something else is on the pages now."""
        with self._lock:
            self._made.clear()
            self._written.clear()
            self._edition += 1

    def forget(self, pages: Collection[int]) -> None:
        """Drop the pictures of some pages: they are shown in another way now."""
        with self._lock:
            for key in [key for key in self._made if key.page in pages]:
                del self._made[key]
                self._written.pop(key, None)
            for page in pages:
                self._clean_inks.pop(page, None)
            self._edition += 1

    def prepare(self, key: PictureKey) -> None:
        """Request a picture that will be needed soon, after those needed now."""
        with self._lock:
            if key not in self._made and key not in self._wanted:
                self._wanted[key] = None
                self._wanted.move_to_end(key, last=False)
                self._trim_wanted()
                self._lock.notify()

    @property
    def busy(self) -> bool:
        """Whether requested pictures have not been made yet."""
        with self._lock:
            return bool(self._wanted or self._to_write)

    @property
    def bytes_kept(self) -> int:
        """Bytes of all pictures in the store."""
        with self._lock:
            return self._bytes()

    def _bytes(self) -> int:
        written = (image for _, image in self._written.values())
        return sum(image.sizeInBytes() for image in (*self._made.values(), *written))

    def close(self) -> None:
        """Stop making pictures and emitting signals. Returns at once; the thread ends after its present page."""
        with self._lock:
            self._closed = True
            self._wanted.clear()
            self._to_write.clear()
            self._made.clear()
            self._written.clear()
            self._lock.notify()

    def _want(self, key: PictureKey) -> None:
        if next(reversed(self._wanted), None) != key:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            self._trim_wanted()
            self._lock.notify()

    def _trim_wanted(self) -> None:
        while len(self._wanted) > WAITING:
            self._wanted.popitem(last=False)

    def _run(self) -> None:
        try:
            while (page := self._next()) is not None:
                if isinstance(page, PictureKey):
                    self._make(page)
                elif isinstance(page, tuple):
                    self._write_on(*page)
                else:
                    self._measure(page)
        except LivefollowError:  # the document was closed meanwhile
            return

    def _next(self) -> PictureKey | tuple[PictureKey, Written] | int | None:
        """Wait for the next picture to make, or to write on, or else page to measure; None at the end."""
        with self._lock:
            unmeasured = len(self._sizes) + 1
            waiting = self._wanted, self._to_write, self._again
            while not (any(waiting) or self._closed or unmeasured <= self._document.page_count):
                self._lock.wait()
            if self._closed:
                return None
            if self._again:
                return self._again.pop()
            if self._wanted and 1 in self._sizes:
                return next(reversed(self._wanted))
            if self._to_write:
                return next(iter(self._to_write.items()))
            return unmeasured

    def _measure(self, page: int) -> None:
        first, ink = self._sizes.get(1), self._ink
        again = page in self._sizes
        self._turned[page] = self._document.turned(page)
        if again:
            with self._lock:
                for key in [key for key in self._made if key.page == page]:
                    del self._made[key]
        self._sizes[page] = self._document.page_size(page)
        here = ink_box(self._document.render(page, INK_SCALE)) if page <= TRIM_PAGES else None
        if here:
            self._inks[page] = tuple(side / INK_SCALE for side in here)
            self._ink = reduce(joined, self._inks.values())
        with self._lock:
            if not self._closed and (again or self._sizes[page] != first or self._ink != ink):
                self.measured.emit()

    def _make(self, key: PictureKey) -> None:
        edition = self._edition
        raster = self._clean(key) if key.clean else self._document.render(key.page, key.scale)
        pixels = on_paper(raster, key.paper)
        height, width, _ = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        with self._lock:
            if edition != self._edition:
                return
            self._wanted.pop(key, None)
            if self._closed:
                return
            self._made[key] = image
            self._drop(key)
            self.ready.emit(key.page)

    def _clean(self, key: PictureKey) -> ByteArray:
        """Render a page cleaned up, in a scale in which ink and paper are told apart well."""
        scale = max(key.scale, CLEAN_SCALE)
        systems, tilt = self.lies.get(key.page, ((), LEVEL))
        raster = cleaned(self._document.render(key.page, scale), scale, systems, tilt)
        ink = ink_box(raster)
        if systems and ink and key.page not in self._clean_inks:  # without the table there may be more to trim
            self._clean_inks[key.page] = tuple(side / scale for side in ink)
            with self._lock:
                if not self._closed:
                    self.measured.emit()
        if scale == key.scale:
            return raster
        size = tuple(round(side * key.scale / scale) for side in raster.shape[1::-1])
        return np.asarray(cv2.resize(raster, size, interpolation=cv2.INTER_AREA))

    def _write_on(self, key: PictureKey, what: Written) -> None:
        """Make a copy of a picture, with what is written on it."""
        with self._lock:
            plain, edition = self._made.get(key), self._edition
        image = plain.copy() if plain else QImage()
        if plain and self.write:
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.write(painter, key.page, what, image.width() / self.size(key.page)[0], key.paper == "night")
            painter.end()
        with self._lock:
            if self._to_write.get(key) is what:
                del self._to_write[key]
            if self._closed or edition != self._edition or not plain:
                return
            self._written[key] = what, image
            while len(self._written) > WRITTEN_KEPT or (self._bytes() > self._budget and len(self._written) > 1):
                self._written.popitem(last=False)
            self.ready.emit(key.page)

    def _drop(self, newest: PictureKey) -> None:
        """Keep within the budget; pictures in outdated sizes go first, they are only stand-ins."""
        for key in [k for k in self._made if k.page == newest.page and k != newest]:
            del self._made[key]
            self._written.pop(key, None)
        kept = sum(image.sizeInBytes() for image in self._made.values())
        while kept > self._budget and len(self._made) > 1:
            old, image = self._made.popitem(last=False)
            self._written.pop(old, None)
            kept -= image.sizeInBytes()
