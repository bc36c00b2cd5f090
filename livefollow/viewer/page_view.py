"""The pages as the player sees them, with the highlight multiplied onto the paper. The window's thread's alone."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from livefollow.evaluate.screen import Highlight, View
from livefollow.score.document import Document
from livefollow.viewer.layout import Pane, arrange
from livefollow.viewer.page_store import Key, PageStore

AROUND = {"white": "#dcdcdc", "sepia": "#d9cdb4", "night": "#0c0c0d"}
FORWARD, BACK = 1, -1


class PageView(QWidget):
    """Shows a view of a document.

    Attributes:
        pointed: page from 1, x and y in points: the player pointed at a place in the score.
        turn_wanted: FORWARD or BACK: by wheel, touch or swipe.
        painted: time stamp (seconds) of the newest position that has now been painted.
    """

    pointed = pyqtSignal(int, float, float)
    turn_wanted = pyqtSignal(int)
    painted = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no score."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Score"))
        self._store: PageStore | None = None
        self._view: View | None = None
        self._highlight: Highlight | None = None
        self._paper = "white"

    @property
    def view(self) -> View | None:
        """What is seen; None without a score."""
        return self._view

    def open(self, document: Document) -> None:
        """Show a document's first page.

        Args:
            document: kept open by the caller until `close`.
        """
        self.close_document()
        self._store = PageStore(document, parent=self)
        self._store.ready.connect(self._come)
        self.show_view(View(1))

    def close_document(self) -> None:
        """Show no score."""
        if self._store:
            self._store.close()
        self._store = self._view = self._highlight = None
        self.update()

    def show_view(self, view: View) -> None:
        """Show other pages."""
        if view != self._view:
            self._view = view
            self.update()

    def show_highlight(self, highlight: Highlight | None) -> None:
        """Move the highlight."""
        if highlight != self._highlight:
            self._highlight = highlight
            self.update()

    def panes(self) -> tuple[Pane, ...]:
        """Where the pages lie, device px of the widget."""
        if self._view is None or self._store is None:
            return ()
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        return arrange(self._view, self._store.size, width, height)

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw pages and highlight."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(AROUND[self._paper]))
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        for pane in self.panes():
            painter.setClipRect(QRectF(pane.left, pane.top, pane.width, pane.height))
            self._paint_page(painter, pane)
            if self._highlight and self._highlight.page == pane.page:
                self._paint_highlight(painter, pane, self._highlight)
        painter.end()

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """A click points at a place."""
        if a0 and a0.button() == Qt.MouseButton.LeftButton:
            ratio = self.devicePixelRatioF()
            x, y = a0.position().x() * ratio, a0.position().y() * ratio
            for pane in self.panes():
                if pane.holds(x, y):
                    self.pointed.emit(pane.page, *pane.to_page(x, y))

    def _paint_page(self, painter: QPainter, pane: Pane) -> None:
        if self._store is None:
            return
        image, exact = self._store.picture(Key(pane.page, round(pane.scale, 4), self._paper))
        width, height = (side * pane.scale for side in self._store.size(pane.page))
        if image is None:
            painter.fillRect(QRectF(pane.x, pane.y, width, height), Qt.GlobalColor.white)
        elif exact:
            painter.drawImage(QPointF(pane.x, pane.y), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(pane.x, pane.y, width, height), image, QRectF(QImage.rect(image)))

    def _paint_highlight(self, painter: QPainter, pane: Pane, highlight: Highlight) -> None:
        x, top = pane.to_screen(highlight.x, highlight.top)
        _, bottom = pane.to_screen(highlight.x, highlight.bottom)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(QRectF(x - 6, top, 12, bottom - top), QColor("#82b9ff"))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _come(self, page: int) -> None:
        if any(pane.page == page for pane in self.panes()):
            self.update()
