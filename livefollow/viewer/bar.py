"""The slim bar below the page: state in shape, colour and words, confidence, a sentence, and places for others."""

from __future__ import annotations

from enum import IntEnum, auto

from PyQt6.QtCore import QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from livefollow.viewer.lamp import COLOURS, Lamp, Shown
from livefollow.viewer.sentences import in_language

SENTENCE_MS = 8000  # that a passing sentence stays
DARK = "#262626"
LIGHT = "#f2f2f2"


class Matter(IntEnum):
    """What a lasting sentence is about; of several sentences that of the first matter is seen."""

    OPENING = auto()  # of another score
    FAILURE = auto()  # something has ended before its time
    SOUND = auto()
    READING = auto()


class Confidence(QWidget):
    """How sure the follower is: a meter and a number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show none."""
        super().__init__(parent)
        self._percent, self._state = -1, Shown.IDLE
        self.setFixedSize(QSize(106, 20))
        self.setAccessibleName(self.tr("Confidence"))

    def show_confidence(self, percent: int, state: Shown) -> None:
        """Show a number from 0 to 100, in a state's colour; none where it is negative."""
        if (percent, state) != (self._percent, self._state):
            self._percent, self._state = percent, state
            known = percent >= 0
            self.setAccessibleDescription(self.tr("{} percent").format(percent) if known else "")
            self.setToolTip(self.tr("How sure the program is of the place: {} %").format(percent) if known else "")
            self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw both."""
        if self._percent < 0:
            return
        painter = QPainter(self)
        meter = QRectF(0.5, self.height() / 2 - 3.5, 52, 7)
        painter.setPen(QColor("#777777"))
        painter.drawRect(meter)
        inside = meter.adjusted(1, 1, -1, -1)
        inside.setWidth(inside.width() * self._percent / 100)
        painter.fillRect(inside, QColor(COLOURS[self._state]))
        painter.setPen(QColor(LIGHT))
        painter.drawText(QRectF(60, 0, 46, self.height()), 0x81, f"{self._percent} %")  # left, middle
        painter.end()


class Sentence(QLabel):
    """A sentence that ends in an ellipsis where there is no room for all of it; then the tool tip has it."""

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Write what there is room for."""
        painter = QPainter(self)
        painter.setPen(QColor(LIGHT))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), left, self.shown())
        painter.end()

    def shown(self) -> str:
        """What is written."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())


class Bar(QWidget):
    """The bar.

    Others put widgets of theirs in it with `add_widget`: the level meter, the latency readout.

    Attributes:
        menus: a button for all menus, hidden while there is a menu bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"Bar {{ background: {DARK}; }} Bar QLabel {{ color: {LIGHT}; }}")
        self.setFixedHeight(30)
        self.lamp = Lamp()
        self.words = QLabel()
        self.words.setAccessibleName(self.tr("State"))
        self.confidence = Confidence()
        self.sentence = Sentence()
        self.sentence.setAccessibleName(self.tr("Message"))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place = QLabel()
        self.place.setAccessibleName(self.tr("Place"))
        self.menus = QToolButton()
        self.menus.setText("☰")
        self.menus.setAccessibleName(self.tr("Menus"))
        self.menus.setToolTip(self.tr("Menus"))
        self.menus.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menus.setStyleSheet(f"color: {LIGHT}; border: none; font-size: 16px;")
        self.menus.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 10, 0)
        self._row.setSpacing(10)
        for widget in (self.lamp, self.words, self.confidence):
            self._row.addWidget(widget)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self.place)
        self._row.addWidget(self.menus)
        self._passing = ""
        self._lasting: dict[Matter, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SENTENCE_MS)
        self._timer.timeout.connect(self._pass)

    def add_widget(self, widget: QWidget) -> None:
        """Put a widget into the bar, to the right of the sentence."""
        self._row.insertWidget(self._row.indexOf(self.place), widget)

    def show_state(self, state: Shown, words: str, percent: int = -1) -> None:
        """Show a state.

        Args:
            state: its shape and colour.
            words: what it is called.
            percent: confidence, negative for none.
        """
        self.lamp.show_state(state)
        if words != self.words.text():
            self.words.setText(words)
            self.lamp.setToolTip(words)
        self.confidence.show_confidence(percent, state)

    def show_place(self, text: str) -> None:
        """Say where: page and bar."""
        if text != self.place.text():
            self.place.setText(text)

    def say(self, sentence: str) -> None:
        """A sentence for some seconds."""
        self._passing = in_language(sentence)
        self._timer.start()
        self._refresh()

    def insist(self, matter: Matter, sentence: str) -> None:
        """A sentence that stays until another one of the same matter replaces it; an empty one takes it away."""
        self._lasting[matter] = in_language(sentence)
        self._refresh()

    def forget(self) -> None:
        """Take away what is insisted on."""
        self._lasting.clear()
        self._refresh()

    def _pass(self) -> None:
        self._passing = ""
        self._refresh()

    def _refresh(self) -> None:
        lasting = (self._lasting.get(matter, "") for matter in Matter)
        text = self._passing or next(filter(None, lasting), "")
        self.sentence.setText(text)
        self.sentence.setToolTip(text)
