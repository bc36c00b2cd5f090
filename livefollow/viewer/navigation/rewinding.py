"""Goes back to the start some seconds after the end of a piece that was played from its first page. Window thread only.

Who practises the last page alone stays there: nothing is taken from before their eyes.
"""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.follow.position import Position, State
from livefollow.viewer.navigation.own_start import OwnStart
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus

REST_MS = 8000  # for the last chord to sound, and a look at it


class Rewinding(QObject):
    """The entry Back to the Start at the End of the Go menu.

    Attributes:
        said: a sentence for the player.
    """

    said = pyqtSignal(str)

    def __init__(
        self,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        turner: PageTurner,
        start: OwnStart,
    ) -> None:
        """Add the entry to the menu.

        Args:
            menus: of the window.
            preferences: the settings.
            open_score: of the window.
            turner: knows whether the player writes.
            start: where to go.
        """
        super().__init__(turner)
        self._preferences, self._open, self._turner, self._start = preferences, open_score, turner, start
        self._finished = self._whole = False
        self._from_first = False  # the player has played on the first page with music
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._go)
        wanted = menus.add("go", "back_at_end", self.tr("Back to the Start at the En&d"), self._set, checkable=True)
        wanted.setChecked(preferences.values.back_at_end)
        open_score.session_made.connect(self._watch)
        open_score.closing.connect(self._forget)

    def move(self, position: Position) -> None:
        """Take a position."""
        if position.state is State.FOLLOWING and position.page == self._turner.places.first_page:
            self._from_first = True
        finished = self._whole and position.state is State.FINISHED
        if finished == self._finished:
            return
        self._finished = finished
        if finished and self._from_first and self._preferences.values.back_at_end:
            self._rest.start()
        else:
            self._rest.stop()

    def _watch(self, session: Session) -> None:
        """Believe the end once all pages are read."""
        session.score_read.connect(self._know_end)

    def _know_end(self) -> None:
        self._whole = True

    def _forget(self) -> None:
        self._rest.stop()
        self._finished = self._whole = self._from_first = False

    def _go(self) -> None:
        if self._turner.writing():
            self._rest.start()
            return
        first = self._turner.places.first_page
        if self._open.score and first not in self._open.visible:
            self._from_first = False
            self._start.go()
            self.said.emit(self.tr("Back at the start."))

    def _set(self, on: bool) -> None:
        self._preferences.change(back_at_end=on)
        if not on:
            self._rest.stop()
