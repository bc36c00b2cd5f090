"""The score on the stand, or none: what is remembered and read of it, what is seen, and who follows in it.

The window makes one, and whatever has to do with the open score takes it: nobody asks another for it. Its members
change before its signals tell of it. The window's thread's alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.score.reading import Reading
from livefollow.score.repeats import Repeat
from livefollow.score.score import Score
from livefollow.score.strip import Strip
from livefollow.turning.stage import Stage
from livefollow.turning.types import DEFAULTS
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import ScoreMemory, open_memory

SURELY = 0.5  # probability from which on something is struck there


class OpenScore(QObject):
    """One score at a time, or none: then its members are None.

    Attributes:
        opened: a score is open; its first page can be shown.
        session_made: somebody is about to follow in it.
        more_read: `reading` is longer.
        repeats_changed: `repeats` are others.
        closing: it is about to be closed, and everything still there.
        closed: there is no score any more.
        score: open.
        memory: what is remembered of it.
        stage: what is seen of it.
        reading: what has been read of it by the agent that follows, so far.
        session: that follows in it.
    """

    opened = pyqtSignal(Score)
    session_made = pyqtSignal(Session)
    more_read = pyqtSignal(Reading)
    repeats_changed = pyqtSignal()
    closing = pyqtSignal(Score)
    closed = pyqtSignal()

    def __init__(self, preferences: RecordFile[Preferences], parent: QObject | None = None) -> None:
        """No score is open.

        Args:
            preferences: the settings.
            parent: owns it.
        """
        super().__init__(parent)
        self._preferences = preferences
        self._forget()

    def _forget(self) -> None:
        self.score: Score | None = None
        self.memory: RecordFile[ScoreMemory] | None = None
        self.stage: Stage | None = None
        self.reading: Reading | None = None
        self.session: Session | None = None

    @property
    def strip(self) -> Strip | None:
        """The strip of the score, which may still grow."""
        return self.score.strip if self.score else None

    @property
    def page(self) -> int:
        """The page that is played, from 1; 1 without a score."""
        return self.stage.page if self.stage else 1

    @property
    def visible(self) -> frozenset[int]:
        """The pages of which something is seen."""
        return self.stage.visible if self.stage else frozenset()

    @property
    def repeats(self) -> Sequence[Repeat]:
        """Where the player will go back."""
        return self.stage.repeats if self.stage else ()

    def open(self, score: Score) -> None:
        """Put a score on the stand, in place of the one before.

        Args:
            score: not read yet; it is closed with `close`.
        """
        self.close()
        self.score = score
        self.memory = open_memory(score.document, score.corrections.path.parent)
        start, count = self.memory.values.start, score.document.page_count
        settings = replace(DEFAULTS, look_ahead_s=self._preferences.values.look_ahead_s)
        first = min(start.page if start else 1, count)
        self.stage = Stage(score.strip, first, count, settings=settings, plays=score.plays)
        self.opened.emit(score)

    def follow(self, session: Session) -> None:
        """Have somebody follow.

        Args:
            session: on this score, not started; it is stopped with `close`.
        """
        self.session = session
        self.session_made.emit(session)

    def read(self, reading: Reading) -> None:
        """More has been read."""
        if self.stage:
            self.reading = reading
            self.stage.set_events(reading.x[reading.presence >= SURELY])
            self.more_read.emit(reading)

    def set_repeats(self, repeats: Sequence[Repeat]) -> None:
        """The player will take these repeats, and no others."""
        if self.stage:
            self.stage.set_repeats(repeats)
            self.repeats_changed.emit()

    def close(self) -> None:
        """Take the score away; what is remembered of it is on the disk after that. Harmless without one."""
        if self.score is None:
            return
        self.closing.emit(self.score)
        if self.session:
            self.session.stop()
        if self.memory:
            self.memory.close()
        self.score.close()
        self._forget()
        self.closed.emit()
