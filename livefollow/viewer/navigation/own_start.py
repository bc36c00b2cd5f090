"""Where the player starts: at the first note, or at a place chosen for this score. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.score.reading import Reading
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.score_memory import Place


class OwnStart(QObject):
    """Goes to the start; by itself as soon as the page of the player's own start has been read.

    Attributes:
        said: a sentence about what was done.
    """

    said = pyqtSignal(str)

    def __init__(self, turner: PageTurner, open_score: OpenScore) -> None:
        """Begin without going anywhere.

        Args:
            turner: goes to places.
            open_score: of the window.
        """
        super().__init__(turner)
        self._turner, self._open = turner, open_score
        self._first_x = 0.0  # strip x of the first note; the strip's left end while nothing is read
        self._awaited = False  # the page of the player's own start has not been read yet
        open_score.opened.connect(self._begin)
        open_score.more_read.connect(self._read)

    def go(self) -> None:
        """Go to the player's own start in this score, else to the first note."""
        own, places = self._own(), self._turner.places
        if own and places.is_read(own):
            self._turner.to_x(places.x_of(own))
        else:
            self.to_first_note()

    def to_first_note(self) -> None:
        """Go to the first note, or the first page while nothing is read."""
        self._turner.to_x(self._first_x)

    def choose_here(self) -> None:
        """Set the player's own start where they are."""
        memory, here = self._open.memory, self._turner.places.here()
        if memory is None or here is None:
            self.said.emit(self.tr("Point at a place in the score first."))
            return
        memory.change(start=here)
        self.said.emit(self.tr("This score starts here from now on."))

    def _own(self) -> Place | None:
        memory = self._open.memory
        return memory.values.start if memory else None

    def _begin(self) -> None:
        self._first_x, self._awaited = 0.0, self._own() is not None

    def _read(self, reading: Reading) -> None:
        self._first_x = float(reading.x[0]) if len(reading) else 0.0
        own, places = self._own(), self._turner.places
        if self._awaited and own and places.is_read(own):
            self._awaited = False
            if places.chosen is None and not places.begun:
                self.go()
