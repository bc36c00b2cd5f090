"""Keeps the catalogue in the background: writes what changes, searches the watched folders, looks at new scores.

One thread, with a connection of its own; everything else is for the window thread. What the player changes comes first,
then searches, then covers, one at a time; while the player plays it looks at nothing, and drops the look under way.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

import platformdirs
from PyQt6.QtCore import QFileSystemWatcher, QObject, QTimer, pyqtSignal

from livefollow.errors import LivefollowError, Message, PasswordError
from livefollow.score.cover import CoverReader
from livefollow.score.rasterizer_process import ClosedError
from livefollow.viewer.library.catalogue import LOCKED, UNREADABLE, Catalogue
from livefollow.viewer.library.scanning import find_scores, folders_in

FILE = "library.sqlite"
BUSY_S = 0.05  # between two looks whether everything is written, when it is closed
LOOK_S = 2.0  # for a look at a score to end, then
TELL_S = 1.0  # between two signals that more has been looked at
SETTLE_MS = 1500  # after a change in a folder until it is searched: files are copied for a while
MOST_WATCHED = 400  # folders that the system is asked to watch; further ones are searched when the library is shown

logger = logging.getLogger(__name__)

Job = Callable[[Catalogue], object]


class Keeper(QObject):
    """Keeps one catalogue, until `close`.

    Attributes:
        changed: entries have changed: more scores, titles, covers.
        failed: a sentence: something could not be written.
        catalogue: to be read from, on the window thread.
    """

    changed = pyqtSignal()
    failed = pyqtSignal(object)
    _folders_seen = pyqtSignal(list)

    def __init__(self, parent: QObject | None = None, path: Path | None = None) -> None:
        """Open the catalogue.

        Args:
            parent: of the QObject.
            path: of the file; the one in the platform's folder for data by default.
        """
        super().__init__(parent)
        self.catalogue = Catalogue(path or platformdirs.user_data_path("livefollow") / FILE)
        self._jobs: deque[Job] = deque()
        self._state = threading.Condition()
        self._search = self._working = self._closed = self._resting = self._untold = False
        self._reader = CoverReader()
        self._passed: set[Path] = set()  # looks at these cannot be written; not tried again
        self._looks_failed = False
        self._told_at = 0.0
        self._thread: threading.Thread | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.search)
        self._folders_seen.connect(self._watch)

    def do(self, job: Job) -> None:
        """Change the catalogue soon, on the keeper's thread, and say so."""
        if not self.catalogue.kept:
            job(self.catalogue)
            self.changed.emit()
            return
        with self._state:
            self._jobs.append(job)
            self._wake()

    def search(self) -> None:
        """Search the watched folders soon, and look at what is new."""
        with self._state:
            self._search = self.catalogue.kept
            self._wake()

    def rest(self, resting: bool) -> None:
        """Look at no score while the player plays, or go on."""
        with self._state:
            if resting == self._resting:
                return
            self._resting = resting
            if resting:
                self._reader.stop()
            else:
                self._reader.resume()
                if self._thread:
                    self._wake()

    @property
    def busy(self) -> bool:
        """Whether something has been asked for that is not done yet; looks at scores do not count."""
        with self._state:
            return bool(self._jobs or self._search or self._working)

    def close(self) -> None:
        """End the thread once everything is written, and close the catalogue; nothing may be asked for after that.

        A look that does not end is left behind: the system may hold its file up for as long as it likes.
        """
        with self._state:
            self._closed = True
            self._reader.stop()
            self._state.notify()
        if self._thread:
            while self._thread.is_alive() and self.busy:
                self._thread.join(BUSY_S)
            self._thread.join(LOOK_S)
        self.catalogue.close()

    def _wake(self) -> None:
        """Start the thread, or wake it."""
        if self._thread is None and self.catalogue.kept and not self._closed:
            self._thread = threading.Thread(target=self._run, name="library", daemon=True)
            self._thread.start()
        self._state.notify()

    def _watch(self, folders: list[str]) -> None:
        """Let the system tell of changes in folders."""
        if self._watcher is None and folders:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        if self._watcher:
            before = set(self._watcher.directories())
            if old := before.difference(folders):
                self._watcher.removePaths(list(old))
            if new := [folder for folder in folders if folder not in before]:
                self._watcher.addPaths(new)

    # --- on the keeper's thread ---

    def _run(self) -> None:
        with Catalogue(self.catalogue.path) as catalogue:
            while (task := self._next(catalogue)) is not None:
                try:
                    task(catalogue)
                except LivefollowError as error:
                    self._fail(error.message)
                except (sqlite3.Error, OSError) as error:
                    self._fail(_unwritten(error))
                    if self._closed:
                        return
                self._done()

    def _next(self, catalogue: Catalogue) -> Job | None:
        """Wait for something to do; None at the end."""
        while True:
            with self._state:
                self._working = False
                resting = self._resting
                if self._jobs:
                    self._working = True
                    return self._jobs.popleft()
                if self._closed:
                    return None
                if self._search:
                    self._search, self._working = False, True
                    return self._search_all
            path = None if resting else self._unseen(catalogue)
            if path:
                return partial(self._look, path)
            with self._state:
                if not (self._jobs or self._search or self._closed or resting != self._resting):
                    if self._untold:
                        self._tell()
                    self._state.wait()

    def _search_all(self, catalogue: Catalogue) -> None:
        folders = [folder for folder in catalogue.folders() if folder.is_dir()]
        catalogue.take((file for folder in folders for file in find_scores(folder)), folders)
        watched: list[str] = []
        for folder in folders:
            watched += map(str, folders_in(folder, MOST_WATCHED - len(watched)))
        self._emit("_folders_seen", watched[:MOST_WATCHED])

    def _unseen(self, catalogue: Catalogue) -> Path | None:
        try:
            return catalogue.unseen(self._passed)
        except sqlite3.Error as error:
            self._look_failed(error)
            return None

    def _look(self, path: Path, catalogue: Catalogue) -> None:
        """Look at one score; whatever it is, it is not looked at again."""
        try:
            self._see(path, catalogue)
        except (sqlite3.Error, OSError) as error:
            self._passed.add(path)
            self._look_failed(error)

    def _look_failed(self, error: Exception) -> None:
        """Say once that what is seen cannot be written."""
        if not self._looks_failed:
            self._looks_failed = True
            self._fail(_unwritten(error))

    def _see(self, path: Path, catalogue: Catalogue) -> None:
        try:
            catalogue.see(path, self._reader.look(path))
        except ClosedError:
            return  # the player plays
        except PasswordError:
            catalogue.give_up(path, LOCKED)
        except LivefollowError as error:
            logger.info("%s", error)
            catalogue.give_up(path, UNREADABLE)

    def _fail(self, sentence: Message) -> None:
        logger.warning("%s", sentence)
        self._emit("failed", sentence)

    def _done(self) -> None:
        self._untold = True
        if self._working or time.monotonic() - self._told_at >= TELL_S:
            self._tell()

    def _tell(self) -> None:
        self._told_at, self._untold = time.monotonic(), False
        self._emit("changed")

    def _emit(self, signal: str, *values: object) -> None:
        try:
            getattr(self, signal).emit(*values)
        except RuntimeError:  # the window is gone, and this object's signals with it
            logger.debug("nobody is told any more")


def _unwritten(error: Exception) -> Message:
    return Message("The library cannot be written: {reason}", reason=error)
