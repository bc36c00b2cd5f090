"""The light of the metronome: a small disc in the lower left corner of the pages. Window thread only."""

from __future__ import annotations

import math
from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PyQt6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

SIDE_PX, EDGE_PX = 40, 8
LIT = 0.3  # of a beat, for which the light is on
POLL_MS = 12
FIRST, OTHER, RIM, DIGIT = "#e69f00", "#56b4e9", "#8a8a8a", "#1a1a1a"


class BeatLight(QWidget):
    """Lights up with each beat, the first of a bar in another colour and larger; before a pass it counts.

    Attributes:
        shown: number of the beat that is lit, from 0; None while it is dark.
    """

    def __init__(self, pages: QWidget) -> None:
        """Stay hidden until `begin`.

        Args:
            pages: below; clicks go through to them.
        """
        super().__init__(pages)
        self.shown: int | None = None
        self._beats, self._counted = 4, 0
        self._beat: Callable[[], float | None] = lambda: None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(SIDE_PX, SIDE_PX)
        self.setAccessibleName(self.tr("Metronome"))
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)
        pages.installEventFilter(self)
        self.hide()

    def begin(self, beat: Callable[[], float | None], beats: int, counted: int) -> None:
        """Show a metronome.

        Args:
            beat: returns beats since its first; None if there are no more.
            beats: in a bar.
            counted: beats at the beginning that are counted aloud.
        """
        self._beat, self._beats, self._counted = beat, beats, counted
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def end(self) -> None:
        """Hide the light."""
        self._timer.stop()
        self.shown = None
        self.hide()

    def look(self) -> None:
        """Show the beat of this moment."""
        beat = self._beat()
        if beat is None:
            self.end()
            return
        number = math.floor(beat)
        lit = number if number >= 0 and (beat - number < LIT or number < self._counted) else None
        if lit != self.shown:
            self.shown = lit
            self.update()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Stay in the corner."""
        if a1 and a1.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw the disc, with its number while it counts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit, first = self.shown is not None, (self.shown or 0) % self._beats == 0
        side = SIDE_PX * (0.9 if lit and first else 0.7)
        box = QRectF((SIDE_PX - side) / 2, (SIDE_PX - side) / 2, side, side)
        painter.setPen(QPen(QColor(RIM), 1.5))
        painter.setBrush(QColor(FIRST if first else OTHER) if lit else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if self.shown is not None and self.shown < self._counted:
            font = QFont(self.font())
            font.setPixelSize(round(SIDE_PX * 0.5))
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(DIGIT))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.shown % self._beats + 1))
        painter.end()

    def _place(self) -> None:
        pages = self.parentWidget()
        if pages:
            self.move(EDGE_PX, pages.height() - SIDE_PX - EDGE_PX)
