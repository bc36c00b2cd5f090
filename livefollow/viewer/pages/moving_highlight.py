"""The highlight on the pages: where it is, how it glides there, what of the screen it touches. Window thread only."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, QRect, QRectF, QTimer, pyqtSignal
from PyQt6.QtGui import QPainter

from livefollow.turning.view import Highlight
from livefollow.viewer.pages.layout import Pane
from livefollow.viewer.pages.motion import Glide
from livefollow.viewer.pages.painting import Marker, bounds, paint_highlight

TICK_MS = 16


class MovingHighlight(QObject):
    """One highlight that glides from place to place.

    Attributes:
        moved: it is elsewhere now, and must be painted anew.
        marker: its style.
        here: the place that it goes to; None for no highlight.
    """

    moved = pyqtSignal()

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        """Begin without a place.

        Args:
            clock: seconds, for the motion.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._clock = clock
        self.marker = Marker()
        self.here: Highlight | None = None
        self._sure = True
        self._glide = Glide()
        self._touched = QRect()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def x(self) -> float:
        """Present x in its system, points."""
        return self._glide.at(self._clock())

    @property
    def system(self) -> tuple[int, float] | None:
        """The system it is on, as page and top; None for no highlight."""
        return (self.here.page, self.here.top) if self.here else None

    def aim(self, here: Highlight | None, sure: bool) -> None:
        """Set the place to go to, without moving yet.

        Args:
            here: None for no highlight.
            sure: whether the place is certain; else it is drawn faintly.
        """
        self.here, self._sure = here, sure
        if here:
            self._glide.aim(self.system, here.x, self._clock())

    def go(self) -> None:
        """Begin to move."""
        self._tick()
        if self._glide.moving and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Forget the place."""
        self.here = None
        self._timer.stop()

    def touched(self, panes: tuple[Pane, ...], ratio: float) -> QRect:
        """Return what must be repainted, in px of the widget: where it was last time, and where it is.

        Args:
            panes: of the screen.
            ratio: device px per px.
        """
        now = QRect()
        for pane in panes:
            if self.here and pane.page == self.here.page:
                box = bounds(pane, self.here, self.x, self.marker.style)
                now = now.united(QRectF(box.topLeft() / ratio, box.bottomRight() / ratio).toAlignedRect())
        before, self._touched = self._touched, now
        return now.united(before)

    def paint(self, painter: QPainter, pane: Pane, night: bool) -> None:
        """Draw it if it is on the page of a pane.

        Args:
            painter: in device px, clipped to the pane.
            pane: the one being drawn.
            night: whether the paper is dark.
        """
        if self.here and self.here.page == pane.page:
            paint_highlight(painter, pane, self.here, self.x, self.marker, night, self._sure)

    def _tick(self) -> None:
        if not self._glide.moving:
            self._timer.stop()
        self.moved.emit()
