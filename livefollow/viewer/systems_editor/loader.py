"""Rasterises pages and looks for their systems, on a thread of its own, for the dialog that corrects them."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from livefollow.errors import LivefollowError
from livefollow.score.score import Score

RASTER_SCALE = 2.0  # px per point

logger = logging.getLogger(__name__)


class SystemsLoader(QObject):
    """Loads pages one after the other. Outlives the dialog by the page that is being loaded when that is closed.

    Attributes:
        drawn: number of a page, its width and height in points, and a QImage of it.
        found: number of a page, its systems as they are detected, and the raster they were detected on.
        failed: a sentence.
    """

    drawn = pyqtSignal(int, object, object)
    found = pyqtSignal(int, object, object)
    failed = pyqtSignal(object)

    def __init__(self, score: Score) -> None:
        """Load nothing yet.

        Args:
            score: open; when it is closed, what is being loaded ends.
        """
        super().__init__()
        self._score = score
        self._closed = threading.Event()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="systems")

    def load(self, page: int) -> None:
        """Load a page, after those that were asked for before."""
        self._worker.submit(self._load, page)

    def close(self) -> None:
        """Say nothing more; does not wait."""
        self._closed.set()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _load(self, page: int) -> None:
        """On the loader's own thread."""
        try:
            self._draw(page)
            turned = self._score.document.turned(page)
            raster, detected = self._score.detect(page)
            if self._score.document.turned(page) != turned:
                self._draw(page)
            if not self._closed.is_set():
                self.found.emit(page, detected, raster)
        except LivefollowError as error:
            if not self._closed.is_set():
                self.failed.emit(error.message)
        except Exception:  # nobody waits for what this thread returns
            logger.exception("Page %d cannot be searched for systems", page)
            if not self._closed.is_set():
                self.failed.emit(self.tr("This page cannot be shown; the log says more."))

    def _draw(self, page: int) -> None:
        document = self._score.document
        pixels = document.render(page, RASTER_SCALE)
        height, width, _ = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        size = document.page_size(page)
        if not self._closed.is_set():
            self.drawn.emit(page, size, image)
