"""All pages as small pictures: a click, or a number and Return, goes to one. Window thread, but for `Thumbnails`.

Pictures are made in the background, those around the present page first; following and turning go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QSize, Qt, QThread, pyqtSignal
from PyQt6.QtGui import QIcon, QImage, QPixmap
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from livefollow.errors import LivefollowError
from livefollow.score.document import Document
from livefollow.viewer.pages.page_store import PageStore, on_paper
from livefollow.viewer.pages.painting import AROUND
from livefollow.viewer.widgets.screen_fit import ScreenFit, resize_to_fit
from livefollow.viewer.widgets.status_bar import LIGHT

THUMB = QSize(132, 176)  # px
CELL = QSize(156, 222)  # with its number and name
SIZE = QSize(860, 720)
STAR = "★"


class Thumbnails(QThread):
    """Makes small pictures of a document's pages.

    Attributes:
        made: page from 1, and its picture.
    """

    made = pyqtSignal(int, QImage)

    def __init__(self, document: Document, pages: Sequence[int], first: int, paper: str, ratio: float) -> None:
        """Prepare without making any.

        Args:
            document: open.
            pages: numbers of those that are wanted.
            first: page to begin at.
            paper: white, sepia or night.
            ratio: device px per px.
        """
        super().__init__()
        self._document, self._paper, self._ratio = document, paper, ratio
        self._pages = sorted(pages, key=lambda page: abs(page - first))

    def run(self) -> None:
        """Make them, until the dialog or the score is closed."""
        try:
            for page in self._pages:
                if self.isInterruptionRequested():
                    return
                width, height = self._document.page_size(page)
                scale = self._ratio * min(THUMB.width() / width, THUMB.height() / height)
                pixels = on_paper(self._document.render(page, scale), self._paper)
                rows, columns, _ = pixels.shape
                image = QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
                self.made.emit(page, image)
        except LivefollowError:  # the score was closed meanwhile
            return


class PageGrid(QDialog):
    """Lets the player choose a page.

    Attributes:
        chosen: page, from 1.
    """

    chosen = pyqtSignal(int)

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        pages: Sequence[int],
        present: int,
        bookmarks: Mapping[int, str],
        paper: str,
    ) -> None:
        """Show all pages of a document; their pictures come one after the other.

        Args:
            parent: window of the dialog.
            document: open; the dialog is closed before it is.
            pages: numbers of those that are shown, in their order.
            present: page that is seen, from 1.
            bookmarks: names by page.
            paper: white, sepia or night.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Go to Page"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(THUMB)
        self.list.setGridSize(CELL)
        self.list.setWordWrap(True)
        ink = LIGHT if paper == "night" else "black"
        self.list.setStyleSheet(f"QListWidget {{ background: {AROUND[paper]}; color: {ink}; }}")
        empty = QPixmap(THUMB)
        empty.fill(PageStore.sheet(paper))
        self._pages = tuple(pages)
        for place, page in enumerate(self._pages, 1):
            name = f"{place}  {STAR} {bookmarks[page]}" if page in bookmarks else str(place)
            item = QListWidgetItem(QIcon(empty), name)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self.list.addItem(item)
        self.list.setCurrentRow(self._pages.index(present) if present in self._pages else 0)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.list)
        column.addWidget(buttons)
        resize_to_fit(self, SIZE)
        ScreenFit(self)
        self._ratio = self.devicePixelRatioF()
        self._thumbnails = Thumbnails(document, self._pages, present, paper, self._ratio)
        self._thumbnails.made.connect(self._show)
        self._thumbnails.start()
        self.finished.connect(self._stop)
        self.list.setFocus()

    def _show(self, page: int, image: QImage) -> None:
        image.setDevicePixelRatio(self._ratio)
        item = self.list.item(self._pages.index(page))
        if item:
            item.setIcon(QIcon(QPixmap.fromImage(image)))

    def _choose(self, item: QListWidgetItem) -> None:
        page = self._pages[self.list.row(item)]
        self.accept()
        self.chosen.emit(page)

    def _stop(self) -> None:
        self._thumbnails.requestInterruption()
        self._thumbnails.wait()
