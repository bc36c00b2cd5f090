"""Bar numbers: which bar is played, going to a bar, and correcting its number. Window thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QInputDialog, QWidget

from livefollow.practice.bar_map import BarMap, map_bars
from livefollow.score.bars import Bars, ToldNumber
from livefollow.score.endings import find_endings
from livefollow.score.reading import Reading
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.score_memory import HIGHEST_BAR, MOST_BARS, NumberedBar, Place


class BarNumbers(QObject):
    """Numbers the bars of the open score, as far as it is read.

    Attributes:
        said: a sentence about what was done.
        changed: the numbers have changed.
        asked: asks the player for a bar: the question, and the number of the bar that is played.
    """

    said = pyqtSignal(str)
    changed = pyqtSignal()
    asked = pyqtSignal(str, int)

    def __init__(
        self,
        window: QWidget,
        turner: PageTurner,
        open_score: OpenScore,
    ) -> None:
        """Begin without numbers.

        Args:
            window: parent of the dialog.
            turner: goes to a bar.
            open_score: source of bar lines, printed numbers and endings.
        """
        super().__init__(turner)
        self._window, self._turner, self._open = window, turner, open_score
        self._bars: Bars | None = None
        self._endings: list[tuple[float, float]] = []
        open_score.closed.connect(self._forget)
        open_score.more_read.connect(self._read)

    @property
    def bars(self) -> Bars | None:
        """The bars as far as the score is read; None without a score, or bar lines."""
        return self._bars if self._bars and self._bars.known else None

    def mapped(self, returns: Sequence[tuple[float, float]] = ()) -> BarMap | None:
        """Return the bars with their lengths, as far as the score is read; None where no bar lines are known.

        Args:
            returns: see `BarMap`.
        """
        bars, reading, strip = self.bars, self._open.reading, self._open.strip
        if bars is None or reading is None or strip is None:
            return None
        systems = [(float(place.x0), float(place.x1)) for place in strip.placements]
        return map_bars(reading, bars, systems, returns)

    def at(self, x: float) -> int | None:
        """Return the number of the bar at a strip x; None if unknown."""
        return self._bars.at(x) if self._bars and self._bars.known else None

    def here(self) -> int | None:
        """Return the number of the bar that is played; None if unknown."""
        x = self._turner.places.here_x()
        return self.at(x) if x is not None else None

    def go_to(self, number: int) -> None:
        """Go to the first note of a bar."""
        if self._bars is None or not self._bars.known:
            self.said.emit(self.tr("No bar lines have been read: bars cannot be counted here."))
            return
        try:
            self._turner.to_x(self._bars.start(number, self._turner.places.here_x() or 0.0))
        except LookupError:
            first, last = self._range(self._bars)
            self.said.emit(self.tr("There is no bar {}: {} to {} have been read.").format(number, first, last))

    def ask(self) -> None:
        """Ask for a bar to go to."""
        if self._bars is None or not self._bars.known:
            self.go_to(0)
            return
        first, last = self._range(self._bars)
        here = self._bars.at(self._turner.places.here_x() or 0.0)
        self.asked.emit(self.tr("Go to bar ({} to {}):").format(first, last), here)

    def ask_number(self, place: Place | None = None) -> None:
        """Ask for the number of a bar, and number all others by it.

        Args:
            place: in the bar; by default where the player is, or has pointed.
        """
        places = self._turner.places
        place = place or places.here()
        if self._bars is None or not self._bars.known:
            self.go_to(0)
            return
        if place is None:
            self.said.emit(self.tr("Point at a place in the score first."))
            return
        try:
            here = self._bars.at(places.x_of(place))
        except LookupError:
            self.said.emit(self.tr("Page {} has not been read yet.").format(place.page))
            return
        title, label = self.tr("This Is Bar …"), self.tr("Number of this bar (0 is an upbeat):")
        number, given = QInputDialog.getInt(self._window, title, label, here, 0, HIGHEST_BAR)
        if given:
            self.correct(place, number)

    def correct(self, place: Place, number: int) -> None:
        """Set the number of the bar at a place, and number the others by it; remembered with the score."""
        memory = self._open.memory
        if memory is None:
            return
        memory.change(bars=(*memory.values.bars, NumberedBar(place, number))[-MOST_BARS:])
        self._count()
        self.said.emit(self.tr("This is bar {} from now on.").format(number))

    @property
    def corrected(self) -> bool:
        """Whether the player has corrected bar numbers of this score."""
        memory = self._open.memory
        return memory is not None and bool(memory.values.bars)

    def forget_corrections(self) -> None:
        """Forget corrections, and number bars as printed and counted."""
        memory = self._open.memory
        if memory:
            memory.change(bars=())
            self._count()
            self.said.emit(self.tr("Bars are numbered as they are printed and counted."))

    def _range(self, bars: Bars) -> tuple[int, int]:
        return int(bars.numbers.min(initial=HIGHEST_BAR)), int(bars.numbers.max(initial=0))

    def _forget(self) -> None:
        self._bars = None
        self._endings = []

    def _read(self, reading: Reading) -> None:
        strip = self._open.strip
        if strip:
            self._endings = find_endings(reading, self._turner.places.system_starts, lambda k: strip.bands_of(k)[0])
        self._count()

    def _count(self) -> None:
        reading, score, places = self._open.reading, self._open.score, self._turner.places
        if reading is None or score is None:
            return
        memory, said = self._open.memory, []
        for place, number in memory.values.bars if memory else ():
            if places.is_read(place):
                said.append(ToldNumber(places.x_of(place), number))
        self._bars = Bars(reading, places.system_starts, score.numbers, said, self._endings)
        self.changed.emit()
