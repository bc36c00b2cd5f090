"""The list in the setlist panel, which keeps the usual keys of a list while it has the focus. Window thread only."""

from __future__ import annotations

import time

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QListWidget

OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The window uses these keys otherwise; other keys that pedals send turn pages here, too.
OWN = (*OPENING, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PieceList(QListWidget):
    """Shows the pieces of a setlist in order.

    Attributes:
        left: the player has left the list with Escape.
        touched_s: `time.monotonic` when the player last did something here.
    """

    left = pyqtSignal()

    def __init__(self) -> None:
        """Begin with an empty list."""
        super().__init__()
        self.touched_s = 0.0

    def event(self, e: QEvent | None) -> bool:
        """Claim keys before the window's actions get them."""
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.ShortcutOverride and is_own(e):
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:  # noqa: N802  # Qt's name
        """Open the chosen piece, or leave; other keys work as in any list."""
        self.touched_s = time.monotonic()
        item = self.currentItem()
        if e and e.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif e and e.key() in OPENING and item:
            if not e.isAutoRepeat():
                self.itemActivated.emit(item)
        else:
            super().keyPressEvent(e)

    def mousePressEvent(self, e: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Note the time of use."""
        self.touched_s = time.monotonic()
        super().mousePressEvent(e)

    def focusInEvent(self, e: QFocusEvent | None) -> None:  # noqa: N802  # Qt's name
        """Note the time of use."""
        self.touched_s = time.monotonic()
        super().focusInEvent(e)


def is_own(event: QKeyEvent, more: tuple[Qt.Key, ...] = ()) -> bool:
    """Whether a list that has the focus claims a key before the window's actions get it.

    Args:
        event: of the key.
        more: keys that it claims as well.
    """
    return event.key() in (*OWN, *more) and event.modifiers() in PLAIN
