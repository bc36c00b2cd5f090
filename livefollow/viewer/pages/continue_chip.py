"""A button over the pages that continues where a score was left. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QPushButton, QWidget

EDGE_PX = 48  # above the lower edge of the pages, clear of whatever appears there
HEIGHT_PX = 38  # large enough for a finger
PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)  # turn the page unless the button has the focus
STYLE = """
ContinueChip { background: rgba(38, 38, 38, 225); color: #f2f2f2; border: 1px solid #777777; border-radius: 19px;
               padding: 0 18px; }
ContinueChip:hover { background: #0072b2; }
ContinueChip:focus { border: 2px solid #56b4e9; }
"""


class ContinueChip(QPushButton):
    """Offers one page; hidden once it is accepted or withdrawn.

    Attributes:
        accepted: the page, when the player accepts it.
    """

    accepted = pyqtSignal(int)

    def __init__(self, pages: QWidget) -> None:
        """Make a hidden button.

        Args:
            pages: the view that it lies over.
        """
        super().__init__(pages)
        self._pages = pages
        self.page = 0  # from 1; 0 while nothing is offered
        self.setAccessibleName(self.tr("Continue"))
        self.setStyleSheet(STYLE)
        self.setFixedHeight(HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._accept)
        self.hide()
        pages.installEventFilter(self)

    def offer(self, page: int, place: int) -> None:
        """Offer to continue on a page, from 1, which is called by its place among those that are shown."""
        self.page = page
        self.setText(self.tr("&Continue on page {}").format(place))
        self.setAccessibleName(self.text().replace("&", ""))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def withdraw(self) -> None:
        """Withdraw the offer."""
        if not self.page:
            return
        self.page = 0
        if self.hasFocus():
            self._pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _accept(self) -> None:
        page = self.page
        self.withdraw()
        self.accepted.emit(page)

    def _place(self) -> None:
        self.move((self._pages.width() - self.width()) // 2, self._pages.height() - self.height() - EDGE_PX)

    def event(self, e: QEvent | None) -> bool:
        """Take the keys that press a button while it has the focus; otherwise they turn the page."""
        if isinstance(e, QKeyEvent) and e.key() in PRESSES:
            if e.type() == QEvent.Type.ShortcutOverride:
                e.accept()
                return True
            if e.type() == QEvent.Type.KeyPress and not e.isAutoRepeat():
                self.click()
                return True
        return super().event(e)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Keep its place when the pages are resized."""
        if a0 is self._pages and a1 and a1.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(a0, a1)
