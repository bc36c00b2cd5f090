"""The dialog that arranges pages: order, hidden ones, rotation, crop, with undo. Window thread only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QColor, QIcon, QImage, QKeySequence, QPainter, QPixmap, QTransform
from PyQt6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from livefollow.score.document import Document
from livefollow.viewer.arranging.arrangement import Arrangement
from livefollow.viewer.arranging.crop_dialog import CropDialog
from livefollow.viewer.navigation.page_grid import CELL, THUMB, Thumbnails
from livefollow.viewer.pages.page_store import PageCrop, PageStore
from livefollow.viewer.pages.painting import AROUND
from livefollow.viewer.widgets.screen_fit import ScreenFit, resize_to_fit
from livefollow.viewer.widgets.status_bar import LIGHT

SIZE_PX = 900, 740
BUTTON_PX = 40  # high enough for a finger
FADED = 0.3  # of a hidden page's picture
CROPPED_AWAY = QColor(120, 120, 120, 150)


class PageArranger(QDialog):
    """Shows all pages; what is done to the chosen ones is kept once the dialog is accepted.

    Attributes:
        arranged: the new arrangement, when it is accepted and another one.
    """

    arranged = pyqtSignal(object)

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        before: Arrangement,
        as_in_file: Arrangement,
        sizes: Mapping[int, tuple[float, float]],
        present: int,
        paper: str,
    ) -> None:
        """Show the pages as they are arranged.

        Args:
            parent: window of the dialog.
            document: open; the dialog is closed before it is.
            before: the arrangement at present.
            as_in_file: that of the file.
            sizes: width and height of all pages as they stand, points.
            present: page that is seen, from 1.
            paper: white, sepia or night.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Arrange Pages"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.now = self._before = before
        self._document, self._file, self._sizes, self._paper = document, as_in_file, sizes, paper
        self._past: list[Arrangement] = []
        self._pictures: dict[int, QPixmap] = {}
        self.list = self._make_list()
        column = QVBoxLayout(self)
        column.addWidget(self.list)
        self._tools = QHBoxLayout()
        column.addLayout(self._tools)
        self._add_tools()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        resize_to_fit(self, self.size().scaled(*SIZE_PX, Qt.AspectRatioMode.IgnoreAspectRatio))
        ScreenFit(self)
        self._fill({present})
        self._thumbnails = Thumbnails(document, before.pages, present, paper, self.devicePixelRatioF())
        self._thumbnails.made.connect(self._take_picture)
        self._thumbnails.start()
        self.finished.connect(self._stop)
        self.list.setFocus()

    # --- what it is made of ---

    def _make_list(self) -> QListWidget:
        pages = QListWidget()
        pages.setAccessibleName(self.tr("Pages"))
        pages.setViewMode(QListView.ViewMode.IconMode)
        pages.setMovement(QListView.Movement.Static)
        pages.setResizeMode(QListView.ResizeMode.Adjust)
        pages.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        pages.setUniformItemSizes(True)
        pages.setIconSize(THUMB)
        pages.setGridSize(CELL)
        ink = LIGHT if self._paper == "night" else "black"
        pages.setStyleSheet(f"QListWidget {{ background: {AROUND[self._paper]}; color: {ink}; }}")
        return pages

    def _add_tools(self) -> None:
        add = self._add_tool
        add(self.tr("&Earlier"), "Ctrl+Left", lambda: self._change(self.now.moved(self.chosen, -1)))
        add(self.tr("&Later"), "Ctrl+Right", lambda: self._change(self.now.moved(self.chosen, 1)))
        add(self.tr("&Hide or Show"), "Del", lambda: self._change(self.now.toggled(self.chosen)))
        add(self.tr("&Rotate"), "R", lambda: self._change(self.now.turned(self.chosen, self._sizes)))
        add(self.tr("&Crop …"), "C", self._ask_crop)
        self._tools.addStretch(1)
        add(self.tr("&Undo"), "Ctrl+Z", self.undo)
        add(self.tr("As in the &File"), "", lambda: self._change(self._file))

    def _add_tool(self, text: str, key: str, do: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setMinimumHeight(BUTTON_PX)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAccessibleName(text.replace("&", ""))
        if key:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{text.replace('&', '')} ({shown})")
        self._tools.addWidget(button)

    # --- what is done ---

    @property
    def chosen(self) -> set[int]:
        """Numbers of the chosen pages."""
        return {self.now.pages[self.list.row(item)] for item in self.list.selectedItems()}

    def undo(self) -> None:
        """Undo the last change."""
        if self._past:
            self.now = self._past.pop()
            self._fill(self.chosen)

    def crop(self, pages: set[int], crop: PageCrop | None) -> None:
        """Show only a part of pages; None shows all of it."""
        self._change(self.now.cropped(pages, crop))

    def accept(self) -> None:
        """Keep the arrangement."""
        if self.now != self._before:
            self.arranged.emit(self.now)
        super().accept()

    def _change(self, now: Arrangement) -> None:
        if now != self.now:
            chosen = self.chosen
            self._past.append(self.now)
            self.now = now
            self._fill(chosen)

    def _ask_crop(self) -> None:
        chosen = self.chosen
        page = next((page for page in self.now.pages if page in chosen), None)
        if page is None:
            return
        turns = self.now.turns.get(page, 0)
        dialog = CropDialog(self, self._document, page, turns, self._size(page), self.now.crops.get(page), self._paper)
        dialog.cropped.connect(lambda crop, everywhere: self._crop(chosen, crop, everywhere))
        dialog.open()

    def _crop(self, chosen: set[int], crop: PageCrop | None, everywhere: bool) -> None:
        """Crop pages; pages of other sizes stay as they are."""
        wanted = set(self.now.pages) if everywhere else chosen
        sizes = {page: self._size(page) for page in wanted}
        like = next((sizes[page] for page in self.now.pages if page in chosen), None)
        self.crop({page for page in wanted if crop is None or sizes[page] == like or page in chosen}, crop)

    def _size(self, page: int) -> tuple[float, float]:
        width, height = self._sizes[page]
        return (height, width) if self.now.turns.get(page, 0) % 2 else (width, height)

    # --- what is seen ---

    def _fill(self, chosen: set[int]) -> None:
        """Show the pages in their order."""
        self.list.clear()
        place = 0
        for page in self.now.pages:
            hidden = page in self.now.hidden
            place += not hidden
            item = QListWidgetItem(self._icon(page), self.tr("hidden") if hidden else str(place))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self.list.addItem(item)
            if page in chosen:
                item.setSelected(True)
                self.list.scrollToItem(item)

    def _icon(self, page: int) -> QIcon:
        picture = self._pictures.get(page)
        if picture is None:
            picture = QPixmap(THUMB)
            picture.fill(PageStore.sheet(self._paper))
        turned = picture.transformed(QTransform().rotate(90 * self.now.turns.get(page, 0)))
        out = QPixmap(turned.size())
        out.setDevicePixelRatio(turned.devicePixelRatio())
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        painter.setOpacity(FADED if page in self.now.hidden else 1.0)
        painter.drawPixmap(0, 0, turned)
        if page in self.now.crops:
            self._shade(painter, turned, page)
        painter.end()
        return QIcon(out)

    def _shade(self, painter: QPainter, picture: QPixmap, page: int) -> None:
        """Shade what is cropped away."""
        left, top, right, bottom = self.now.crops[page]
        width, height = (side / picture.devicePixelRatio() for side in (picture.width(), picture.height()))
        x, y = (side / size for side, size in zip((width, height), self._size(page), strict=True))
        for rect in (
            (0.0, 0.0, width, top * y),
            (0.0, bottom * y, width, height - bottom * y),
            (0.0, top * y, left * x, (bottom - top) * y),
            (right * x, top * y, width - right * x, (bottom - top) * y),
        ):
            painter.fillRect(QRectF(*rect), CROPPED_AWAY)

    def _take_picture(self, page: int, image: QImage) -> None:
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[page] = QPixmap.fromImage(image)
        item = self.list.item(self.now.pages.index(page))
        if item:
            item.setIcon(self._icon(page))

    def _stop(self) -> None:
        self._thumbnails.requestInterruption()
        self._thumbnails.wait()
