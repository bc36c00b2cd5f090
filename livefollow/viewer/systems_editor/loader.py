"""Rasterises pages and detects their systems on a background thread, for the dialog that corrects them."""

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
    """Loads pages one after the other; finishes the present one after the dialog is closed.

    Attributes:
        drawn: number of a page, its width and height in points, and a QImage of it.
        found: number of a page, its detected systems, and the raster they were detected on.
        failed: a sentence.
    """

    drawn = pyqtSignal(int, object, object)
    found = pyqtSignal(int, object, object)
    failed = pyqtSignal(object)

    def __init__(self, score: Score) -> None:
        """Prepare without loading.

        Args:
            score: open; closing it ends the loading.
        """
        super().__init__()
        self._score = score
        self._closed = threading.Event()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="systems")

    def load(self, page: int) -> None:
        """Load a page, after those requested before."""
        self._worker.submit(self._load, page)

    def close(self) -> None:
        """Emit no more signals; does not wait."""
        self._closed.set()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _load(self, page: int) -> None:
        """Load a page, on the loader's thread."""
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
        except Exception:  # nobody waits for the result of this thread
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
