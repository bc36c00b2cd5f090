"""The pages of the report, one below the other, tinted; a click on a bar. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QToolTip, QWidget

from livefollow.practice.report import Report
from livefollow.score.document import Document
from livefollow.score.strip import Strip
from livefollow.viewer.pages.page_store import PageStore, PictureKey
from livefollow.viewer.report.tint import BarBox, bar_boxes, paint_arrows, paint_bars
from livefollow.viewer.report.words import bar_words

GAP_PX, WIDEST_PX = 14, 900  # between pages; of a page


class SheetsView(QWidget):
    """Shows the pages of a score tinted by a report.

    Attributes:
        pointed: index of a bar that was clicked.
    """

    pointed = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a report."""
        super().__init__(parent)
        self.setMouseTracking(True)
        self._store: PageStore | None = None
        self._report: Report | None = None
        self._boxes: list[BarBox] = []
        self._pages: list[int] = []

    def open(self, document: Document, report: Report, strip: Strip) -> None:
        """Show the pages with music of a document, tinted by a report."""
        if self._store is None:
            self._store = PageStore(document, parent=self)
            self._store.ready.connect(lambda _: self.update())
            self._store.measured.connect(self._fit)
        self._report, self._boxes = report, bar_boxes(report, strip)
        self._pages = list(dict.fromkeys(each.page for each in self._boxes))
        self._fit()

    def close_document(self) -> None:
        """Let go of the document, before it is closed."""
        if self._store:
            self._store.close()
        self._store = self._report = None
        self._boxes, self._pages = [], []

    def page_rects(self) -> list[tuple[int, QRectF]]:
        """Return each page with its rectangle, px of this widget."""
        out: list[tuple[int, QRectF]] = []
        top = float(GAP_PX)
        width = min(WIDEST_PX, self.width() - 2 * GAP_PX)
        for page in self._pages:
            points = self._store.size(page) if self._store else (1.0, 1.0)
            height = width * points[1] / points[0]
            out.append((page, QRectF((self.width() - width) / 2, top, width, height)))
            top += height + GAP_PX
        return out

    def bar_at(self, at: QPointF) -> int | None:
        """Return the index of the bar at a place of this widget; None if there is none."""
        for page, rect in self.page_rects():
            if rect.contains(at) and self._store:
                scale = rect.width() / self._store.size(page)[0]
                point = (at - rect.topLeft()) / scale
                return next((e.bar for e in self._boxes if e.page == page and e.box.contains(point)), None)
        return None

    def place_of(self, bar: int) -> QPointF:
        """Return the middle of a bar, px of this widget; for who scrolls to it, or clicks on it."""
        each = self._boxes[bar]
        rect = next(rect for page, rect in self.page_rects() if page == each.page)
        scale = rect.width() / self._store.size(each.page)[0] if self._store else 1.0
        return rect.topLeft() + each.box.center() * scale

    def _fit(self) -> None:
        rects = self.page_rects()
        height = rects[-1][1].bottom() + GAP_PX if rects else 0
        self.setMinimumHeight(round(height))
        self.update()

    # --- Qt's events ---

    def resizeEvent(self, a0: QResizeEvent | None) -> None:  # noqa: N802  # Qt's name
        """Fit the pages into the width."""
        super().resizeEvent(a0)
        if a0 and a0.oldSize().width() != a0.size().width():
            self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a size that scrolls vertically only."""
        return QSize(400, self.minimumHeight())

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: N802  # Qt's name
        """Paint the pages that are seen."""
        store, report = self._store, self._report
        if store is None or report is None or a0 is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        for page, rect in self.page_rects():
            if not rect.intersects(QRectF(a0.rect())):
                continue
            scale = rect.width() / store.size(page)[0]
            image, _ = store.picture(PictureKey(page, scale * self.devicePixelRatioF(), "white"))
            painter.fillRect(rect, QColor("white"))
            if image:
                painter.drawImage(rect, image, QRectF(image.rect()))
            painter.save()
            painter.setClipRect(rect)
            painter.translate(rect.topLeft())
            painter.scale(scale, scale)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            paint_bars(painter, self._boxes, report, page)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            paint_arrows(painter, self._boxes, report, page)
            painter.restore()
        painter.end()

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Say which bar was clicked."""
        bar = self.bar_at(a0.position()) if a0 and a0.button() == Qt.MouseButton.LeftButton else None
        if bar is not None:
            self.pointed.emit(bar)

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Show that a bar can be clicked."""
        over = a0 is not None and self.bar_at(a0.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, a0: QEvent | None) -> bool:
        """Say what is known of the bar under the mouse."""
        if isinstance(a0, QHelpEvent) and self._report:
            bar = self.bar_at(QPointF(a0.pos()))
            if bar is not None:
                QToolTip.showText(a0.globalPos(), bar_words(self._report, bar), self)
                return True
        return super().event(a0)
