"""The field that shows what a key or pedal sends, while it is pressed. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from livefollow.audio.midi import MidiPress
from livefollow.viewer.pedals.controls import ControlWords, key_control

HEIGHT_PX, LAMP_PX, EDGE_PX = 96, 30, 18
LARGE_PT = 17  # size of letters of what was pressed
LEAVES = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)  # keys that work as in every dialog
DOWN_COLOUR = "#009e73"


class PressField(QWidget):
    """Shows the newest control that was pressed: its name, a lamp while it is down, and what it does.

    Attributes:
        pressed: name of a control, each time it goes down.
    """

    pressed = pyqtSignal(str)

    def __init__(self) -> None:
        """Show that nothing was pressed yet."""
        super().__init__()
        self.control = ""
        self.down = False
        self._does = ""
        self._times = 0  # how often it was pressed without another between
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What was pressed"))

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return the height of a line of large letters and one of small ones."""
        return QSize(480, HEIGHT_PX)

    def hear(self, press: MidiPress) -> None:
        """Take what a MIDI device has sent."""
        self._take(press.control, press.down)

    def show_purpose(self, does: str) -> None:
        """Show what the control does."""
        self._does = does
        self.setAccessibleDescription(f"{ControlWords.of(self.control)}: {does}" if self.control else "")
        self.update()

    @property
    def words(self) -> str:
        """The control in words, and how often it was pressed in a row."""
        if not self.control:
            return self.tr("Press a pedal or a key")
        words = ControlWords.of(self.control)
        return self.tr("{}, {} times").format(words, self._times) if self._times > 1 else words

    def event(self, a0: QEvent | None) -> bool:
        """Take all keys but those that leave the field, before they are shortcuts."""
        if isinstance(a0, QKeyEvent) and a0.key() not in LEAVES:
            if a0.type() == QEvent.Type.ShortcutOverride:
                a0.accept()
                return True
            control = key_control(a0)
            if control and not a0.isAutoRepeat():
                self._take(control, a0.type() == QEvent.Type.KeyPress)
            a0.accept()
            return True
        if a0 and a0.type() == QEvent.Type.FocusOut:
            self.down = False
            self.update()
        return super().event(a0)

    def _take(self, control: str, down: bool) -> None:
        if down:
            self._times = self._times + 1 if control == self.control else 1
            self.control, self.down = control, True
            self.pressed.emit(control)
        elif control == self.control:
            self.down = False
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw lamp and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        focus = self.hasFocus()
        rim = colours.color(QPalette.ColorRole.Highlight if focus else QPalette.ColorRole.Mid)
        painter.setPen(QPen(rim, 2 if focus else 1))
        painter.setBrush(colours.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        middle = QPointF(EDGE_PX + LAMP_PX / 2, self.height() / 2)
        ring = colours.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(QColor(DOWN_COLOUR) if self.down else ring, 2))
        painter.setBrush(QColor(DOWN_COLOUR) if self.down else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, LAMP_PX / 2, LAMP_PX / 2)
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        large = QFont(self.font())
        large.setPointSize(LARGE_PT)
        painter.setFont(large)
        left = 2 * EDGE_PX + LAMP_PX
        room = QRectF(left, EDGE_PX / 2, self.width() - left - EDGE_PX, self.height() - EDGE_PX)
        words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideMiddle, int(room.width()))
        upper, lower = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        if not self._does:
            upper = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, upper | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(self.font())
        painter.drawText(room, lower | Qt.AlignmentFlag.AlignLeft, self._does)
        painter.end()
