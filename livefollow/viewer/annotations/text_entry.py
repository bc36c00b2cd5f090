"""A line on the page in which the player types a text, where it will stand. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from livefollow.score.annotations.kinds import one_line
from livefollow.viewer.annotations.painting import letters_font

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
LEAST_PX, PAD_PX = 12, 6
ROOM = 6  # letters that fit before it grows
MOST_LETTERS = 200


class TextEntry(QLineEdit):
    """Accepts on Return, and where the player clicks elsewhere; Escape cancels.

    Attributes:
        given: the text; empty to remove the one that was there.
        closed: it is hidden again.
    """

    given = pyqtSignal(str)
    closed = pyqtSignal()

    def __init__(self, pages: QWidget) -> None:
        """Make a hidden line.

        Args:
            pages: the view that it lies over.
        """
        super().__init__(pages)
        self.setAccessibleName(self.tr("Text on the page"))
        self.setMaxLength(MOST_LETTERS)
        self.textChanged.connect(self._grow)
        self.installEventFilter(self)
        self.hide()

    def ask(self, at: QPointF, height: float, text: str, colour: str) -> None:
        """Ask for a text.

        Args:
            at: left end and middle of the line, px of the view.
            height: of the letters, px.
            text: that is there already.
            colour: #rrggbb.
        """
        self.setFont(letters_font(max(LEAST_PX, round(height))))
        self.setStyleSheet(f"color: {colour}; background: rgba(255, 255, 255, 235); border: 1px solid #0072b2;")
        self.setText(text)
        self._grow()
        self.move(round(at.x()) - PAD_PX, round(at.y()) - self.height() // 2)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Accept or cancel; every key belongs to the text meanwhile, those of pedals too."""
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.ShortcutOverride:
            a1.accept()
            return True
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress and a1.key() in KEYS:
            self.finish(keep=a1.key() != Qt.Key.Key_Escape)
            return True
        if (
            isinstance(a1, QFocusEvent)
            and a1.lostFocus()
            and a1.reason()
            not in (
                Qt.FocusReason.ActiveWindowFocusReason,
                Qt.FocusReason.PopupFocusReason,
            )
        ):
            self.finish(keep=True)
        return False

    def finish(self, *, keep: bool) -> None:
        """Hide the line.

        Args:
            keep: what was typed.
        """
        if self.isHidden():
            return
        self.hide()
        if keep:
            self.given.emit(one_line(self.text()))  # the most letters may end within one
        self.closed.emit()

    def _grow(self) -> None:
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text() + "m" * ROOM) + 2 * PAD_PX
        self.setFixedSize(width, metrics.height() + PAD_PX)
