"""The level meter in the status bar: -60 to 0 dB, with lamps for clipping and for silence."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from livefollow.audio.intake import MeterReading
from livefollow.audio.source import SourceState, SourceStatus

LOWEST_DB = -60.0
SEGMENTS = 20
CLIP_S = 2.0  # for which the lamp stays lit after a clipped sample
QUIET_DB = -58.0  # peak below which it counts as silence
STALE_S = 0.3  # after which an unchanged level means that the sound has ended or is paused
QUIET_S = 2.0  # of silence until the lamp is lit
# Height shows loudness too, so that colours are not needed; they differ for colour-blind eyes as well.
DIM, GOOD, LOUD, ALARM = "#4a4a4a", "#009e73", "#f0e442", "#d55e00"
LOUD_DB = -6.0
SOUNDING = (SourceState.STARTING, SourceState.RUNNING)


class LevelMeter(QWidget):
    """Shows level, clipping and silence of the sound; redrawn only when they change."""

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without sound.

        Args:
            parent: of the widget.
            clock: monotonic seconds.
        """
        super().__init__(parent)
        self._clock = clock
        self._clipped, self._clipped_at = 0, -math.inf
        self._level, self._level_since = MeterReading(), clock()
        self._loud_at = clock()
        self._seen = (0, False, False)  # segments lit, clip, silence
        self.setFixedSize(QSize(132, 20))
        self.setAccessibleName(self.tr("Sound level"))
        self.show_status(None)

    @property
    def segments(self) -> int:
        """Number of lit segments, of SEGMENTS."""
        return self._seen[0]

    @property
    def clips(self) -> bool:
        """Whether the lamp for clipping is lit."""
        return self._seen[1]

    @property
    def silent(self) -> bool:
        """Whether the lamp for silence is lit."""
        return self._seen[2]

    def show_status(self, status: SourceStatus | None) -> None:
        """Show the newest status of the sound; None without sound."""
        now = self._clock()
        level = status.level if status else MeterReading()
        if level != self._level:
            self._level, self._level_since = level, now
        heard = status is not None and status.state in SOUNDING and now - self._level_since < STALE_S
        peak = level.peak if heard else 0.0
        db = 20 * math.log10(peak) if peak > 0 else -math.inf
        if status is None or status.level.clipped < self._clipped:  # another source has a counter of its own
            self._clipped = 0
        if status and status.level.clipped > self._clipped:
            self._clipped, self._clipped_at = status.level.clipped, now
        if status is None or db > QUIET_DB:
            self._loud_at = now
        dead = status is not None and status.state in (SourceState.SILENT, SourceState.LOST)
        lit = max(0, min(SEGMENTS, math.ceil((db - LOWEST_DB) / -LOWEST_DB * SEGMENTS))) if peak > 0 else 0
        seen = (lit, now - self._clipped_at < CLIP_S, dead or now - self._loud_at >= QUIET_S)
        if seen == self._seen:
            return
        lamps_changed = seen[1:] != self._seen[1:]
        self._seen = seen
        if lamps_changed:
            self._describe()
        self.update()

    def _describe(self) -> None:
        said = [self.tr("How loud the sound input is.")]
        if self.clips:
            said.append(self.tr("Too loud: turn the input down."))
        if self.silent:
            said.append(self.tr("Nothing is heard."))
        self.setToolTip(" ".join(said))
        self.setAccessibleDescription(" ".join(said[1:]))

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw the silence lamp, the segments, and the clip lamp."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        self._paint_silence(painter, QPointF(9, middle))
        for i in range(SEGMENTS):
            db = LOWEST_DB - (i + 1) / SEGMENTS * LOWEST_DB
            colour = DIM if i >= self.segments else LOUD if db > LOUD_DB else GOOD
            height = 4 + 8 * i / SEGMENTS
            painter.fillRect(QRectF(22 + 4.5 * i, middle + 6 - height, 3.2, height), QColor(colour))
        self._paint_clip(painter, QRectF(115, middle - 7, 14, 14))
        painter.end()

    def _paint_silence(self, painter: QPainter, centre: QPointF) -> None:
        """Draw a loudspeaker, crossed out if nothing is heard."""
        colour = QColor(ALARM if self.silent else "#9a9a9a")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(centre.x() - 6, centre.y() - 2.5, 4, 5))
        painter.drawPolygon(
            *(QPointF(centre.x() + x, centre.y() + y) for x, y in ((-3, -2.5), (1.5, -6), (1.5, 6), (-3, 2.5)))
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.silent:
            painter.setPen(QPen(QColor(ALARM), 2))
            painter.drawLine(centre + QPointF(-7, 7), centre + QPointF(7, -7))
        else:
            painter.setPen(QPen(colour, 1.4))
            painter.drawArc(QRectF(centre.x() - 1, centre.y() - 4, 7, 8), -60 * 16, 120 * 16)

    def _paint_clip(self, painter: QPainter, box: QRectF) -> None:
        """Draw an exclamation mark, in a filled square while it clips."""
        painter.setPen(Qt.PenStyle.NoPen)
        if self.clips:
            painter.setBrush(QColor(ALARM))
            painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(QColor("#ffffff" if self.clips else DIM))
        middle = box.center()
        painter.drawRoundedRect(QRectF(middle.x() - 1.2, box.top() + 2.5, 2.4, 5.5), 1, 1)
        painter.drawEllipse(QPointF(middle.x(), box.bottom() - 3), 1.3, 1.3)
