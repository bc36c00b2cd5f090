"""A line over the page in which the player types a number. It gets the focus at once, so that no digit is lost.

Window thread only.
"""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from livefollow.viewer.widgets.status_bar import DARK, LIGHT

MOST_DIGITS = 5
EDGE_PX = 10  # from the window's upper left corner
FIELD_PX = 90
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class NumberEntry(QWidget):
    """Asks for a number in the upper left corner; Escape, or a click elsewhere, closes it.

    Attributes:
        given: the number that was entered.
        closed: the line is hidden again.
    """

    given = pyqtSignal(int)
    closed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        """Make a hidden line."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"NumberEntry {{ background: {DARK}; border: 1px solid #8a8a8a; }} NumberEntry QLabel {{ color: {LIGHT}; }}"
        )
        self._question = QLabel()
        self.field = QLineEdit()
        self.field.setValidator(QIntValidator(0, 10**MOST_DIGITS - 1, self))
        self.field.setFixedWidth(FIELD_PX)
        self.field.setAccessibleName(self.tr("Number"))
        self.field.installEventFilter(self)
        row = QHBoxLayout(self)
        row.addWidget(self._question)
        row.addWidget(self.field)
        self.hide()

    def ask(self, question: str, number: int) -> None:
        """Ask for a number.

        Args:
            question: shown before the number.
            number: shown selected, so that the first digit replaces it.
        """
        self._question.setText(question)
        self.field.setAccessibleName(question)
        self.field.setText(str(number))
        self.adjustSize()
        self.move(EDGE_PX, EDGE_PX)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Accept on Return, cancel on Escape; other keys of pedals still turn pages."""
        if isinstance(a1, QKeyEvent) and a1.key() in KEYS:
            if a1.type() == QEvent.Type.ShortcutOverride:
                a1.accept()
                return True
            if a1.type() == QEvent.Type.KeyPress:
                self._close()
                if a1.key() != Qt.Key.Key_Escape and self.field.text():
                    self.given.emit(int(self.field.text()))
                return True
        if isinstance(a1, QFocusEvent) and a1.lostFocus() and a1.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._close()
        return False

    def _close(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()
