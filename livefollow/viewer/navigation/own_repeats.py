"""Repeats: the player's own can be marked, and all are passed to the open score. Window thread only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.score.repeats import Repeat, read_repeats
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.score_marks import REPEAT, ScoreMark
from livefollow.viewer.settings import score_memory
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import Place

END_PX = 1.0  # strip px: a repeat that ends with a bar does not end in the next one


class OwnRepeats(QObject):
    """Marks repeats of the player's own, and remembers them with the score.

    Attributes:
        said: a sentence about what was done.
        changed: repeats, or the marked start of one, have changed.
    """

    said = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(
        self,
        turner: PageTurner,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
    ) -> None:
        """Begin without marks.

        Args:
            turner: knows where the player is.
            preferences: the settings.
            open_score: of the window.
        """
        super().__init__(turner)
        self._turner, self._preferences, self._open = turner, preferences, open_score
        self._mark: Place | None = None  # start of a repeat without an end yet
        open_score.closed.connect(self._unmark)
        open_score.more_read.connect(self._tell)
        open_score.repeats_changed.connect(self.changed)

    def mark_start(self) -> None:
        """Mark the start of a repeat where the player is."""
        self._mark = self._turner.places.here()
        if self._mark:
            self.said.emit(self.tr("Now go to where you go back from, and mark the repeat's end there."))
            self.changed.emit()
        else:
            self.said.emit(self.tr("Point at a place in the score first."))

    def mark_end(self) -> None:
        """Mark the end of a repeat where the player is, and remember it."""
        places = self._turner.places
        memory, end = self._open.memory, places.here()
        if memory is None or end is None or self._mark is None:
            self.said.emit(self.tr("Mark the repeat's start first."))
            return
        if places.x_of(end) <= places.x_of(self._mark):
            self.said.emit(self.tr("A repeat ends after it has begun."))
            return
        own = (*memory.values.repeats, score_memory.OwnRepeat(self._mark, end))
        memory.change(repeats=own[-score_memory.MOST_REPEATS :])
        self._mark = None
        self._tell()
        self.said.emit(self.tr("Whenever you come here the page turns back in time."))

    def score_marks(self, bar_at: Callable[[float], int | None]) -> list[ScoreMark]:
        """Return the player's own repeats as marks to draw.

        Args:
            bar_at: returns the number of the bar at a strip x, None if unknown.
        """
        memory, tip = self._open.memory, self.tr("A click forgets this repeat")
        if memory is None:
            return []
        out = []
        for own in memory.values.repeats:
            with contextlib.suppress(LookupError):  # its page has not been read yet
                start, end = (self._turner.places.x_of(place) for place in own)
                first, last = bar_at(start), bar_at(end - END_PX)
                label = self.tr("Your repeat") if first is None else self.tr("Your repeat, bars {}–{}")
                out.append(ScoreMark(start, end, label.format(first, last), REPEAT, partial(self.remove, own), tip))
        if self._mark:
            with contextlib.suppress(LookupError):
                start, label = self._turner.places.x_of(self._mark), self.tr("Your repeat begins here")
                out.append(ScoreMark(start, None, label, REPEAT, self._unmark, tip))
        return out

    def remove(self, own: score_memory.OwnRepeat) -> None:
        """Forget one of the player's own repeats."""
        memory = self._open.memory
        if memory and own in memory.values.repeats:
            memory.change(repeats=tuple(r for r in memory.values.repeats if r != own))
            self._tell()
            self.said.emit(self.tr("This repeat of yours is forgotten."))

    def remove_here(self) -> None:
        """Forget the player's own repeat that is nearest to where they are."""
        memory, places = self._open.memory, self._turner.places
        x = places.here_x()
        if memory is None or x is None or not memory.values.repeats:
            self.said.emit(self.tr("You have marked no repeat in this score."))
            return
        away: list[tuple[float, score_memory.OwnRepeat]] = []
        for own in memory.values.repeats:
            with contextlib.suppress(LookupError):
                away.append((max(places.x_of(own.start) - x, x - places.x_of(own.end), 0.0), own))
        if away:
            self.remove(min(away)[1])

    def forget(self) -> None:
        """Forget all of the player's own repeats in this score."""
        memory = self._open.memory
        if memory:
            memory.change(repeats=())
            self._tell()
            self.said.emit(self.tr("Your own repeats in this score are forgotten."))

    def play_printed(self, on: bool) -> None:
        """Set whether the player takes the printed repeats, too."""
        self._preferences.change(play_repeats=on)
        self._tell()

    def _unmark(self) -> None:
        self._mark = None
        self.changed.emit()

    def _tell(self) -> None:
        """Pass all repeats to the open score."""
        memory, places, reading = self._open.memory, self._turner.places, self._open.reading
        out: list[Repeat] = []
        for own in memory.values.repeats if memory else ():
            try:
                out.append(Repeat(places.x_of(own.start), places.x_of(own.end), sure=True))
            except LookupError:  # its page has not been read yet
                continue
        if self._preferences.values.play_repeats and reading is not None:
            out += read_repeats(reading)
        self._open.set_repeats(out)
