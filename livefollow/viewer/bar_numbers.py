"""Bars by their numbers: which one is played, and going to one. The window's thread's alone."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from livefollow.follow.bars import Bars
from livefollow.follow.reading import Reading
from livefollow.viewer.page_turner import PageTurner


class BarNumbers(QObject):
    """Counts the bars of the open score, as far as it is read.

    Attributes:
        said: a sentence about what was done.
        asked: the player is to give a bar's number: a question, and the number of the bar that is played.
    """

    said = pyqtSignal(str)
    asked = pyqtSignal(str, int)

    def __init__(self, window: QWidget, turner: PageTurner) -> None:
        """Nothing is read yet.

        Args:
            window: that asks.
            turner: that goes to a bar.
        """
        super().__init__(turner)
        self._window, self._turner = window, turner
        self._bars: Bars | None = None
        turner.opened.connect(self._forget)
        turner.more_read.connect(self._read)

    def here(self) -> int | None:
        """The number of the bar that is played; None where it is not known."""
        x = self._turner.places.here_x()
        return self._bars.at(x) if self._bars and self._bars.known and x is not None else None

    def go_to(self, number: int) -> None:
        """To the first note of a bar."""
        if self._bars is None or not self._bars.known:
            self.said.emit(self.tr("No bar lines have been read: bars cannot be counted here."))
            return
        try:
            self._turner.to_x(self._bars.start(number))
        except LookupError:
            numbers = self._bars.numbers
            self.said.emit(
                self.tr("There is no bar {}: {} to {} have been read.").format(number, numbers[0], numbers[-1])
            )

    def ask(self) -> None:
        """Ask for a bar and go there."""
        if self._bars is None or not self._bars.known:
            self.go_to(0)
            return
        numbers = self._bars.numbers
        here = self._bars.at(self._turner.places.here_x() or 0.0)
        self.asked.emit(self.tr("Go to bar ({} to {}):").format(numbers[0], numbers[-1]), here)

    def _forget(self) -> None:
        self._bars = None

    def _read(self, reading: Reading) -> None:
        self._bars = Bars(reading)
