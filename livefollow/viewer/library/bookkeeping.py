"""Writes down which scores are opened, and where one was played last. Window thread only."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.follow.position import PLAYING, Position, State
from livefollow.score.score import Score
from livefollow.viewer.library.catalogue import Entry
from livefollow.viewer.library.keeper import Keeper
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile

CHECK_MS = 5000
SEARCH_MS = 3000  # after the start, until the watched folders are searched
IDLE_S = 60.0  # without a note from the player, after which covers are made although a score is open


class Bookkeeping(QObject):
    """Tells the keeper of the library what happens, and knows the scores opened last.

    Attributes:
        changed: the scores, or what is known of them, have changed.
        keeper: of the library.
        bar_here: returns the number of the bar that is played; None if unknown.
    """

    changed = pyqtSignal()

    def __init__(self, preferences: RecordFile[Preferences], open_score: OpenScore, parent: QObject) -> None:
        """Open the catalogue.

        Args:
            preferences: have the scores opened last.
            open_score: of the window.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._preferences, self._open = preferences, open_score
        self.keeper = Keeper(self)
        self.keeper.changed.connect(self._tell)
        self._shut = False
        self.bar_here: Callable[[], int | None] = lambda: None
        self._played = self._finished = self._reading = False
        self._played_at = -math.inf
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self._check)
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.timeout.connect(self.keeper.search)
        if self.keeper.catalogue.folders():
            self._search.start(SEARCH_MS)
        open_score.opened.connect(self._opened)
        open_score.session_made.connect(self._follow)
        open_score.closing.connect(self._closing)
        open_score.closed.connect(self._closed)

    def close(self) -> None:
        """Write everything; after the score is closed."""
        self._timer.stop()
        self._search.stop()
        self._shut = True
        self.keeper.close()

    def _tell(self) -> None:
        if not self._shut:  # it was said before the catalogue was closed
            self.changed.emit()

    def entry(self, path: Path) -> Entry:
        """Return what is known of a score; of one that was moved, with the path where it lies now."""
        return self.keeper.catalogue.entry(path)

    def cover(self, content_hash: str) -> bytes:
        """Return the cover of a score as JPEG; empty if there is none, or the catalogue is closed."""
        return b"" if self._shut else self.keeper.catalogue.cover(content_hash)

    def recent(self, most: int) -> list[Entry]:
        """Return the scores opened last that are still there, the newest first; none once the catalogue is closed."""
        out: list[Entry] = []
        if self._shut:  # a window that is being closed is still painted
            return out
        for path in self._preferences.values.recent:
            entry = self.entry(Path(path))
            if not entry.missing and entry.path not in [other.path for other in out]:
                out.append(entry)
            if len(out) == most:
                break
        return out

    def wait_for_player(self) -> None:
        """Pause looking into folders while a score is opened, because the player is about to play."""
        self._played_at = time.monotonic()
        self.keeper.rest(True)
        self._timer.start()

    def _opened(self, score: Score) -> None:
        self._played = self._finished = False
        path, known = score.document.path, score.document.content_hash
        self.keeper.do(lambda catalogue: catalogue.opened(path, known))

    def _follow(self, session: Session) -> None:
        self._reading = True
        session.score_read.connect(self._read)
        session.moved.connect(self.played)

    def _read(self) -> None:
        self._reading = False

    def played(self, positions: list[Position]) -> None:
        """Take positions of the session."""
        state = positions[-1].state
        self._finished = state is State.FINISHED
        if state is State.FOLLOWING:
            self._played = True
        if state in PLAYING:
            self._played_at = time.monotonic()
            self.keeper.rest(True)

    def _closing(self, score: Score) -> None:
        if self._played:
            known, when = score.document.content_hash, datetime.now()
            bar = None if self._finished else self.bar_here()
            self.keeper.do(lambda catalogue: catalogue.practised(known, when, bar))

    def _closed(self) -> None:
        self._played = self._reading = False
        self._played_at = -math.inf
        self._check()

    def _check(self) -> None:
        """Look at scores again once the player has stopped for a while, or closed theirs."""
        if not self._reading and time.monotonic() - self._played_at >= IDLE_S:
            self.keeper.rest(False)
            if self._open.score is None:
                self._timer.stop()
