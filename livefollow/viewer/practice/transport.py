"""The transport of a replay, below the pages: pause, a timeline, the time, the speed. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QIcon, QMouseEvent, QPainter, QPixmap
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QStyle, QToolButton, QWidget

from livefollow.viewer.widgets.status_bar import DARK, LIGHT

SPEEDS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
PER_S = 20  # steps of the timeline
HEIGHT = 34  # px
SIGN_PX = 48  # drawn large, scaled down to the button
STYLE = f"""
    Transport {{ background: {DARK}; border-top: 1px solid #4a4a4a; }}
    Transport QLabel {{ color: {LIGHT}; }}
    Transport QToolButton {{ color: {LIGHT}; border: none; font-size: 15px; }}
    Transport QToolButton:hover {{ background: #444444; }}
"""


class Timeline(QSlider):
    """A slider that goes where it is clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a horizontal slider."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the pages

    def mousePressEvent(self, ev: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Move to the click, and begin to drag."""
        if ev and ev.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(ev)

    def mouseMoveEvent(self, ev: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Move with the mouse while dragging."""
        if ev and self.isSliderDown():
            self._go(ev)

    def mouseReleaseEvent(self, ev: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Finish the drag at its place."""
        if ev and self.isSliderDown():
            self.setSliderDown(False)

    def _go(self, event: QMouseEvent) -> None:
        at, width = round(event.position().x()), max(1, self.width())
        self.setSliderPosition(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, width))


class Transport(QWidget):
    """Shows the progress of a replay, with controls for it.

    Attributes:
        paused: whether it is to stand still.
        sought: second to go on from.
        slowed: speed, of the recording's own.
        closed: it is to end.
    """

    paused = pyqtSignal(bool)
    sought = pyqtSignal(float)
    slowed = pyqtSignal(float)
    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Stay hidden until `open`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(STYLE)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Replay"))
        self.play = self._button("", self.tr("Pause or play on"))
        self.play.setIcon(_sign(paused=False))
        self.play.setCheckable(True)
        self.timeline = Timeline()
        self.timeline.setAccessibleName(self.tr("Place in the recording"))
        self.timeline.setMinimumWidth(80)
        self.time = QLabel()
        self.time.setAccessibleName(self.tr("Time"))
        self.speed = QComboBox()
        self.speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Slower, at the same pitch"))
        listed = self.speed.view()
        if listed:
            listed.setAccessibleName(self.speed.accessibleName())
        for speed in SPEEDS:
            self.speed.addItem(self.tr("{} %").format(round(100 * speed)), speed)
        self.end = self._button("✕", self.tr("End the replay"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 10, 2)
        row.setSpacing(10)
        row.addWidget(self.play)
        row.addWidget(self.timeline, 1)
        for widget in (self.time, self.speed, self.end):
            row.addWidget(widget)
        self.play.toggled.connect(self._pause)
        self.timeline.sliderMoved.connect(lambda at: self.sought.emit(at / PER_S))
        self.speed.currentIndexChanged.connect(lambda _: self.slowed.emit(self.speed.currentData()))
        self.end.clicked.connect(self.closed)
        self.hide()

    def open(self, duration_s: float) -> None:
        """Show the transport for a replay of a length in seconds."""
        self.timeline.setRange(0, max(1, round(duration_s * PER_S)))
        self.play.setChecked(False)
        self.speed.setCurrentIndex(0)
        self.show_time(0.0)
        self.show()

    def show_time(self, second: float) -> None:
        """Show the present second."""
        if not self.timeline.isSliderDown():
            self.timeline.setValue(round(second * PER_S))
        self.time.setText(f"{clock(second)} / {clock(self.timeline.maximum() / PER_S)}")

    def step_speed(self, slower: bool) -> None:
        """Change the speed by one step."""
        at = self.speed.currentIndex() + (1 if slower else -1)
        self.speed.setCurrentIndex(min(max(0, at), self.speed.count() - 1))

    def _pause(self, paused: bool) -> None:
        self.play.setIcon(_sign(paused))
        self.paused.emit(paused)

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumSize(QSize(28, 26))
        return button


def _sign(paused: bool) -> QIcon:
    """Draw the sign of the play or pause button, because not every font has these signs."""
    picture = QPixmap(SIGN_PX, SIGN_PX)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT))
    third = SIGN_PX / 3
    if paused:
        painter.drawPolygon(QPointF(third / 2, 0), QPointF(SIGN_PX, SIGN_PX / 2), QPointF(third / 2, SIGN_PX))
    else:
        painter.drawRect(QRectF(third / 2, 0, third * 0.8, SIGN_PX))
        painter.drawRect(QRectF(third * 1.7, 0, third * 0.8, SIGN_PX))
    painter.end()
    return QIcon(picture)


def clock(seconds: float) -> str:
    """Format seconds as minutes and seconds."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
