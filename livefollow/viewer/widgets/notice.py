"""A sentence laid over the page when it does not fit into the status bar. Nothing on the page moves.

Window thread only.
"""

from __future__ import annotations

from PyQt6.QtCore import QMargins, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetrics, QMouseEvent, QPalette
from PyQt6.QtWidgets import QFrame, QLabel, QWidget

from livefollow.viewer.widgets.status_bar import DARK, LIGHT

EDGE_PX = 10  # from the edges of the window and of the bar
WIDEST_PX = 640  # longer lines are hard to read
INSIDE_PX = 9  # between text and edge
LARGER = 1.15  # than the text of the bar: it is read from the piano bench


class Notice(QLabel):
    """One sentence, in as many lines as it needs; a click dismisses it.

    Attributes:
        dismissed: it was clicked.
    """

    dismissed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        """Make a hidden notice."""
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFrameShape(QFrame.Shape.Box)
        self.setMargin(INSIDE_PX)
        self.setIndent(0)
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Window, QColor(DARK))
        colours.setColor(QPalette.ColorRole.WindowText, QColor(LIGHT))
        self.setPalette(colours)
        self.setAutoFillBackground(True)
        font = self.font()
        font.setPointSizeF(LARGER * font.pointSizeF())
        self.setFont(font)
        self.hide()

    def lay(self, room: QRect, at_top: bool) -> None:
        """Choose size and place.

        Args:
            room: area of the parent that may be covered.
            at_top: whether to lie at its top, else at its bottom.
        """
        inside = room.marginsRemoved(QMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX))
        widest = max(1, min(inside.width(), WIDEST_PX))
        around = 2 * (INSIDE_PX + self.frameWidth()) + 1
        wrapped = int(Qt.TextFlag.TextWordWrap)
        letters = QFontMetrics(self.font()).boundingRect(0, 0, widest - around, 1 << 14, wrapped, self.text())
        width = min(widest, letters.width() + around)
        height = self.heightForWidth(width)
        top = inside.top() if at_top else inside.bottom() + 1 - height
        self.setGeometry(inside.left(), top, width, height)
        self.raise_()

    def mousePressEvent(self, ev: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Dismiss the notice; the page below does not get the click."""
        if ev:
            ev.accept()
        self.dismissed.emit()
