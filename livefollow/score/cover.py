"""Look at a score from outside: its first page as a small picture, and what its file says it is called.

One child process of low priority looks at one file after the other, so that 2,000 covers cost 2,000 pages and not as
many starts. What a file does to the child costs that file its cover, and the next one gets a new child.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from livefollow.constants import MAX_PAGES
from livefollow.errors import PasswordError, ScoreError
from livefollow.score.files import content_hash, list_sources, shown
from livefollow.score.page_size import fitting_scale
from livefollow.score.rasterizer import RequestStatus
from livefollow.score.rasterizer_process import Child, ChildError, ClosedError

COVER_PX = 440  # longer side of a cover: sharp on a screen of scale 2
QUALITY = 72  # of JPEG, percent
MOST_LETTERS = 200  # of a title or an author
MIN_SIDE = 1e-3  # of a page in MuPDF's units, below which it has none


@dataclass(frozen=True)
class Glance:
    """What is seen of a score from outside.

    Attributes:
        content_hash: see `files.content_hash`.
        title, author: as the file says; empty if it says nothing.
        pages: how many it has.
        cover: its first page as JPEG; empty if that cannot be drawn.
    """

    content_hash: str
    title: str
    author: str
    pages: int
    cover: bytes


class CoverReader:
    """Looks at scores, one at a time, on one thread; `stop` may be called by any."""

    def __init__(self) -> None:
        """Prepare; the first look starts the child."""
        self._child: Child | None = None
        self._lock = threading.Lock()
        self._stopped = False

    def look(self, path: Path) -> Glance:
        """Look at a score.

        Raises:
            PasswordError: it is encrypted.
            ScoreError: it cannot be read; one sentence says why.
            ClosedError: it was stopped meanwhile.
        """
        sources = list_sources(path)
        named = content_hash(path, sources)
        files = [(str(file.path.absolute()), file.kind, file.orientations) for file in sources]
        try:
            child = self._started()
            opened = child.ask("open", files=files, password=None)
            if opened.status is RequestStatus.PASSWORD_NEEDED:
                raise PasswordError("{name} is encrypted.", name=shown(path))
            if opened.status is not RequestStatus.OK or not 1 <= opened.pages <= MAX_PAGES:
                raise ScoreError("{name} cannot be read as a score.", name=shown(path))
            title, author = names_of(bytes(child.ask("names").pixels))
            return Glance(named, title, author, opened.pages, _cover(child))
        except ChildError as error:
            self._end()
            if self._stopped:
                raise ClosedError from error
            raise ScoreError("{name} cannot be read as a score.", name=shown(path)) from error

    def stop(self) -> None:
        """End the child at once, whatever it does; the look under way raises `ClosedError`, and so do later ones."""
        with self._lock:
            self._stopped = True
            child = self._child
        if child:
            child.kill()

    def resume(self) -> None:
        """Allow looks again."""
        with self._lock:
            self._stopped, self._child = False, None

    def _started(self) -> Child:
        with self._lock:
            if self._stopped:
                raise ClosedError
            if self._child is None:
                self._child = Child(background=True)
            return self._child

    def _end(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child:
            child.kill()


def names_of(packed: bytes) -> tuple[str, str]:
    """Return title and author as the child packed them, each on one line and without control characters."""
    words = packed.decode(errors="replace").split("\0")
    clean = ["".join(c if c.isprintable() else " " for c in word) for word in words]
    title, author, *_ = [" ".join(word.split())[:MOST_LETTERS] for word in clean] + ["", ""]
    return title, author


def _cover(child: Child) -> bytes:
    """Draw the first page as JPEG; empty where it cannot be drawn.

    Raises:
        ChildError: the child died of it.
    """
    size = child.ask("size", page=1)
    longer = max(size.width, size.height)
    if size.status is not RequestStatus.OK or min(size.width, size.height) < MIN_SIDE:
        return b""
    scale = fitting_scale(size.width, size.height, COVER_PX / longer)
    raster = child.ask("raster", page=1, scale=scale, channels=1)
    if raster.status is not RequestStatus.OK or raster.channels != 1 or not raster.pixels:
        return b""
    image = np.frombuffer(raster.pixels, np.uint8).reshape(raster.rows, raster.columns)
    done, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return packed.tobytes() if done else b""
