"""The open score, or none: what is remembered and read of it, what is seen, and the session that follows in it.

The window makes one and hands it to everything that needs the open score. Members change before signals are emitted.
Window thread only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.score.annotations.file import Annotations
from livefollow.score.links.ways import Link
from livefollow.score.reading import Reading
from livefollow.score.score import Score
from livefollow.score.strip import Strip
from livefollow.turning.stage import Stage
from livefollow.turning.types import DEFAULTS
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import ScoreMemory, open_memory

SURELY = 0.5  # probability from which on a note event counts, and a bar line


class OpenScore(QObject):
    """Holds one score at a time, or none: then its members are None.

    Attributes:
        opened: a score is open; its first page can be shown.
        session_made: a session is about to follow in it.
        more_read: `reading` has grown.
        links_changed: `links` have changed.
        closing: the score is about to be closed; all members are still valid.
        closed: no score is open any more.
        score: the score.
        memory: what is remembered of it.
        annotations: what the player has written on it.
        stage: turns its pages and knows what is seen.
        reading: events and marks, as far as the agent has read them.
        session: follows in it.
    """

    opened = pyqtSignal(Score)
    session_made = pyqtSignal(Session)
    more_read = pyqtSignal(Reading)
    links_changed = pyqtSignal()
    closing = pyqtSignal(Score)
    closed = pyqtSignal()

    def __init__(self, preferences: RecordFile[Preferences], parent: QObject | None = None) -> None:
        """Begin without a score.

        Args:
            preferences: the settings.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._preferences = preferences
        self._forget()

    def _forget(self) -> None:
        self.score: Score | None = None
        self.memory: RecordFile[ScoreMemory] | None = None
        self.annotations: Annotations | None = None
        self.stage: Stage | None = None
        self.reading: Reading | None = None
        self.session: Session | None = None

    @property
    def strip(self) -> Strip | None:
        """Strip of the score, which may still grow."""
        return self.score.strip if self.score else None

    @property
    def page(self) -> int:
        """Page that is played, from 1; 1 without a score."""
        return self.stage.page if self.stage else 1

    @property
    def visible(self) -> frozenset[int]:
        """Pages of which something is seen."""
        return self.stage.visible if self.stage else frozenset()

    @property
    def links(self) -> Sequence[Link]:
        """From where to where the player goes on, repeats among them."""
        return self.stage.links if self.stage else ()

    def open(self, score: Score) -> None:
        """Open a score in place of the one before.

        Args:
            score: not read yet; `close` closes it.
        """
        self.close()
        self.score = score
        folder = score.corrections.path.parent
        self.memory = open_memory(score.document, folder)
        self.annotations = Annotations(score.document.content_hash, folder)
        score.document.own_annotations_shown = not self.annotations.state.imported
        start, count = self.memory.values.start, score.document.page_count
        settings = replace(DEFAULTS, look_ahead_s=self._preferences.values.look_ahead_s)
        order = score.pages
        first = start.page if start and start.page in order else order[0]
        self.stage = Stage(score.strip, first, count, settings=settings, plays=score.plays, order=order)
        self.opened.emit(score)

    def follow(self, session: Session) -> None:
        """Take a session that will follow.

        Args:
            session: on this score, not started; `close` stops it.
        """
        self.session = session
        self.session_made.emit(session)

    def read(self, reading: Reading) -> None:
        """Take a longer reading."""
        if self.stage:
            self.reading = reading
            self.stage.set_events(reading.x[reading.presence >= SURELY])
            self.stage.set_bar_lines(reading.marks["x"][reading.marks["p"] >= SURELY])
            self.more_read.emit(reading)

    def set_links(self, links: Sequence[Link]) -> None:
        """Set from where to where the player goes on."""
        if self.stage:
            self.stage.set_links(links)
            self.links_changed.emit()

    def close(self) -> None:
        """Close the score; its memory and annotations are on the disk after that. Harmless without one."""
        if self.score is None:
            return
        self.closing.emit(self.score)
        if self.session:
            self.session.stop()
        if self.memory:
            self.memory.close()
        if self.annotations:
            self.annotations.close()
        self.score.close()
        self._forget()
        self.closed.emit()
