"""The status bar below the page: lamp, state, confidence, a message, and widgets of others."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from livefollow.viewer.widgets.lamp import COLOURS, Lamp, Shown
from livefollow.viewer.widgets.messages import Matter, Messages

__all__ = ["Matter", "StatusBar"]

DARK = "#262626"
LIGHT = "#f2f2f2"
GAP_PX, EDGE_PX = 10, 10  # between the bar's widgets, and at its ends
NARROWEST_PX = 120  # when only lamp and state are visible
# Importance of widgets: the lowest is hidden first if there is not enough room.
DISPENSABLE, USEFUL, WANTED, NEEDED = range(4)


class Confidence(QWidget):
    """Shows the confidence of the follower as a meter and a number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a number."""
        super().__init__(parent)
        self._percent, self._state = -1, Shown.IDLE
        self.setFixedSize(QSize(106, 20))
        self.setAccessibleName(self.tr("Confidence"))

    def show_confidence(self, percent: int, state: Shown) -> None:
        """Show a number from 0 to 100 in the colour of a state; nothing if it is negative."""
        if (percent, state) != (self._percent, self._state):
            self._percent, self._state = percent, state
            known = percent >= 0
            self.setAccessibleDescription(self.tr("{} percent").format(percent) if known else "")
            self.setToolTip(self.tr("How sure the program is of the place: {} %").format(percent) if known else "")
            self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw meter and number."""
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
    """A sentence that is elided if there is not enough room.

    Attributes:
        resized: its width has changed.
        pointed: the player has clicked on it.
    """

    resized = pyqtSignal()
    pointed = pyqtSignal()

    def __init__(self) -> None:
        """Begin with an empty sentence."""
        super().__init__()
        self._hidden = False

    @property
    def fits(self) -> bool:
        """Whether there is room for the whole sentence."""
        return self.needed <= self.width()

    @property
    def needed(self) -> int:
        """Return the width of the whole sentence, px."""
        return self.fontMetrics().horizontalAdvance(self.text())

    def leave_out(self, hidden: bool) -> None:
        """Set whether to leave the sentence out, because it is shown elsewhere."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw the sentence, elided if necessary."""
        painter = QPainter(self)
        painter.setPen(QColor(LIGHT))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), left, self.shown())
        painter.end()

    def shown(self) -> str:
        """Return the text that is drawn."""
        if self._hidden:
            return ""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def resizeEvent(self, a0: QResizeEvent | None) -> None:  # noqa: N802  # Qt's name
        """Emit `resized` afterwards."""
        super().resizeEvent(a0)
        self.resized.emit()

    def mousePressEvent(self, ev: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Emit `pointed` on a click."""
        if ev:
            ev.accept()
        self.pointed.emit()


class StatusBar(QWidget):
    """The status bar of the window.

    Others add widgets with `add_widget`, such as the level meter. If the bar is narrow, the least important ones are
    hidden, so that it never makes the window wider than the screen.

    Attributes:
        menus: a button for all menus, hidden while there is a menu bar.
        messages: all messages; `say`, `tell` and `insist` add to them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without state and message."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"StatusBar {{ background: {DARK}; }} StatusBar QLabel {{ color: {LIGHT}; }}")
        self.setFixedHeight(30)
        self.setMinimumWidth(NARROWEST_PX)
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
        self.confidence.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self._row.setSpacing(GAP_PX)
        self._places: list[tuple[int, QWidget, QWidget]] = []  # importance, widget, and its holder
        self._row.addWidget(self.lamp)
        self._row.addWidget(self.words)
        self._row.addWidget(self._held(self.confidence, DISPENSABLE))
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self._held(self.place, WANTED))
        self._row.addWidget(self.menus)
        self.messages = Messages(self)
        self.messages.changed.connect(self._refresh)

    def add_widget(self, widget: QWidget, importance: int = USEFUL) -> None:
        """Add a widget to the right of the sentence.

        Args:
            widget: shown and hidden by its owner.
            importance: DISPENSABLE, USEFUL, WANTED or NEEDED: the lowest is hidden first if there is not enough room.
        """
        self._row.insertWidget(self._row.indexOf(self.sentence) + 1, self._held(widget, importance))
        self._fit()

    def show_state(self, state: Shown, words: str, percent: int = -1) -> None:
        """Show a state.

        Args:
            state: gives shape and colour.
            words: its name.
            percent: confidence, negative for none.
        """
        self.lamp.show_state(state)
        if words != self.words.text():
            self.words.setText(words)
            self.words.setAccessibleDescription(words)
            self.lamp.setToolTip(words)
            self._fit()
        self.confidence.show_confidence(percent, state)
        self.confidence.setVisible(percent >= 0)

    def show_place(self, text: str) -> None:
        """Show where the player is: page and bar."""
        if text != self.place.text():
            self.place.setText(text)
            self.place.setAccessibleDescription(text)
            self._fit()

    def say(self, sentence: str) -> None:
        """Show an answer to the player at once, for some seconds. See `messages`."""
        self.messages.answer(sentence)

    def tell(self, sentence: str) -> None:
        """Show news for some seconds; nothing replaces it before it could be read. See `messages`."""
        self.messages.tell(sentence)

    def insist(self, matter: Matter, sentence: str) -> None:
        """Show a lasting sentence; an empty one removes it. See `messages`."""
        self.messages.insist(matter, sentence)

    def forget(self) -> None:
        """Remove all lasting sentences."""
        self.messages.forget()

    def _refresh(self) -> None:
        text = self.messages.text
        self.sentence.setText(text)
        self.sentence.setToolTip(text)
        self.sentence.setAccessibleDescription(text)
        self._fit()

    # --- room ---

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Adapt when the owner of a widget shows or hides it."""
        if a1 and a1.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return super().eventFilter(a0, a1)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:  # noqa: N802  # Qt's name
        """Adapt to the new width."""
        super().resizeEvent(a0)
        self._fit()

    def _held(self, widget: QWidget, importance: int) -> QWidget:
        holder = QWidget()
        column = QHBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        widget.installEventFilter(self)
        self._places.append((importance, widget, holder))
        return holder

    def _fit(self) -> None:
        """Hide what does not fit, the least important first; a sentence is more important than figures."""
        always = [w for w in (self.lamp, self.words, self.menus) if not w.isHidden()]
        room = self.width() - 2 * EDGE_PX - sum(_width(widget) + GAP_PX for widget in always)
        for importance, widget, holder in sorted(self._places, key=lambda place: -place[0]):
            room -= _width(widget) + GAP_PX if not widget.isHidden() else 0
            spare = room - self.sentence.needed if importance == DISPENSABLE else room
            holder.setVisible(not widget.isHidden() and spare >= 0)
        self._row.activate()


def _width(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())
