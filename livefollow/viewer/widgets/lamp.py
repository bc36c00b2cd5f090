"""The lamp that shows the state of the following by colour and shape."""

from __future__ import annotations

from enum import StrEnum

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PyQt6.QtWidgets import QWidget

from livefollow.follow.position import State


class Shown(StrEnum):
    """States that the status bar shows; the first five are those of the follower."""

    WAITING = State.WAITING
    FOLLOWING = State.FOLLOWING
    HOLDING = State.HOLDING
    LOST = State.LOST
    FINISHED = State.FINISHED
    EXPECTING = "expecting"  # holding for long: the player has stopped, and will go on from there
    UNSURE = "unsure"  # follows or holds with little confidence
    PAUSED = "paused"  # by the player
    READING = "reading"  # nothing can be followed yet
    IDLE = "idle"  # no score, or no sound


# Okabe and Ito's colours, which colour-blind eyes tell apart; no two states share both shape and colour.
COLOURS = {
    Shown.WAITING: "#f0e442",
    Shown.FOLLOWING: "#009e73",
    Shown.HOLDING: "#56b4e9",
    Shown.EXPECTING: "#56b4e9",
    Shown.LOST: "#d55e00",
    Shown.FINISHED: "#bbbbbb",
    Shown.UNSURE: "#e69f00",
    Shown.PAUSED: "#cc79a7",
    Shown.READING: "#bbbbbb",
    Shown.IDLE: "#888888",
}


def outline(state: Shown) -> QPainterPath:
    """Return the shape of a state in a square from -1 to 1."""
    path = QPainterPath()
    match state:
        case Shown.FOLLOWING:
            _polygon(path, (-0.7, -0.9), (0.9, 0.0), (-0.7, 0.9))
        case Shown.HOLDING:
            path.addEllipse(QRectF(-0.85, -0.85, 1.7, 1.7))
        case Shown.LOST:
            for sign in (1, -1):
                bar = QPainterPath()
                _polygon(bar, (-0.9, -0.55 * sign), (-0.55, -0.9 * sign), (0.9, 0.55 * sign), (0.55, 0.9 * sign))
                path = path.united(bar)
        case Shown.FINISHED:
            path.addRect(QRectF(-0.75, -0.75, 1.5, 1.5))
        case Shown.UNSURE:
            _polygon(path, (0, -1), (1, 0), (0, 1), (-1, 0))
        case Shown.PAUSED:
            path.addRect(QRectF(-0.75, -0.85, 0.55, 1.7))
            path.addRect(QRectF(0.2, -0.85, 0.55, 1.7))
        case Shown.READING:
            for x in (-0.75, 0.0, 0.75):
                path.addEllipse(QPointF(x, 0), 0.25, 0.25)
        case _:  # a ring
            path.addEllipse(QRectF(-0.85, -0.85, 1.7, 1.7))
            path.addEllipse(QRectF(-0.5, -0.5, 1.0, 1.0))
    return path


def _polygon(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.closeSubpath()


def paint_lamp(painter: QPainter, state: Shown, centre: QPointF, radius: float) -> None:
    """Draw the shape of a state in its colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(radius, radius)
    painter.fillPath(outline(state), QColor(COLOURS[state]))
    painter.restore()


class Lamp(QWidget):
    """Small widget that shows a state."""

    def __init__(self, parent: QWidget | None = None, size: int = 20, ground: tuple[int, ...] = ()) -> None:
        """Show the idle state.

        Args:
            parent: of the widget.
            size: px.
            ground: red, green, blue and opacity of a disc behind it, for backgrounds of any colour.
        """
        super().__init__(parent)
        self._state, self._ground = Shown.IDLE, ground
        self.setFixedSize(QSize(size, size))

    @property
    def state(self) -> Shown:
        """The state that is shown."""
        return self._state

    def show_state(self, state: Shown) -> None:
        """Show another state."""
        if state is not self._state:
            self._state = state
            self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw disc and shape."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._ground:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(*self._ground))
            painter.drawEllipse(self.rect())
        paint_lamp(painter, self._state, QRectF(self.rect()).center(), (0.28 if self._ground else 0.4) * self.height())
        painter.end()
