"""A page on which the player drags the edges of what is to be shown. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PyQt6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from livefollow.errors import LivefollowError
from livefollow.score.document import Document
from livefollow.viewer.arranging.arrangement import limited
from livefollow.viewer.pages.page_store import PageCrop, on_paper
from livefollow.viewer.widgets.screen_fit import ScreenFit, resize_to_fit

SIZE = QSize(640, 820)
EDGE_PX = 16  # around the page
NEAR_PX = 28  # of an edge or a corner: large enough for a finger
STEP_SHARE = 0.01  # of the page's height by which a key moves an edge
PICTURE_PX = 900  # longest side of the picture
AWAY, LINE = QColor(60, 60, 60, 170), QColor("#0072b2")
SIDES = range(4)  # left, top, right, bottom


class CropCanvas(QWidget):
    """The page, and what of it is shown.

    Left and right choose an edge, up and down move it; the mouse or a finger drags edges and corners.

    Attributes:
        crop: left, top, right, bottom, points.
        side: index of the edge that the keys move.
    """

    def __init__(self, picture: QImage, size: tuple[float, float], crop: PageCrop) -> None:
        """Show a page.

        Args:
            picture: of the page as it stands.
            size: of the page, points.
            crop: what of it is shown.
        """
        super().__init__()
        self._picture, self._size, self.crop = picture, size, crop
        self.side = 0
        self._dragged: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Part of the page: left and right choose an edge, up and down move it"))
        self.setMinimumSize(240, 300)

    def frame(self) -> QRectF:
        """Return where the page lies on the widget."""
        width, height = self._size
        scale = min((self.width() - 2 * EDGE_PX) / width, (self.height() - 2 * EDGE_PX) / height)
        left, top = (self.width() - width * scale) / 2, (self.height() - height * scale) / 2
        return QRectF(left, top, width * scale, height * scale)

    def box(self) -> QRectF:
        """Return what is shown, on the widget."""
        frame, scale = self.frame(), self._scale()
        left, top, right, bottom = (side * scale for side in self.crop)
        return QRectF(frame.left() + left, frame.top() + top, right - left, bottom - top)

    def move_side(self, side: int, to: float) -> None:
        """Move an edge to a place, points."""
        crop = list(self.crop)
        crop[side] = to
        self.crop = limited((crop[0], crop[1], crop[2], crop[3]), self._size)
        self.update()

    def _scale(self) -> float:
        return self.frame().width() / self._size[0]

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw the page, dark where it is cut away."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame, box = self.frame(), self.box()
        painter.drawImage(frame, self._picture)
        painter.fillRect(QRectF(frame.left(), frame.top(), frame.width(), box.top() - frame.top()), AWAY)
        painter.fillRect(QRectF(frame.left(), box.bottom(), frame.width(), frame.bottom() - box.bottom()), AWAY)
        painter.fillRect(QRectF(frame.left(), box.top(), box.left() - frame.left(), box.height()), AWAY)
        painter.fillRect(QRectF(box.right(), box.top(), frame.right() - box.right(), box.height()), AWAY)
        painter.setPen(QPen(LINE, 2))
        painter.drawRect(box)
        painter.setPen(QPen(LINE, 6))
        corners = (box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft())
        if self.hasFocus():
            ends = (corners[3], corners[0], corners[1], corners[2], corners[3])
            painter.drawLine(ends[self.side], ends[self.side + 1])
        for corner in corners:
            painter.drawEllipse(corner, 3, 3)
        painter.end()

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Take the edges near the press."""
        if a0 is None:
            return
        at, box = a0.position(), self.box()
        edges = box.left(), box.top(), box.right(), box.bottom()
        away = [abs((at.y() if side % 2 else at.x()) - edges[side]) for side in SIDES]
        self._dragged = tuple(side for side in SIDES if away[side] < NEAR_PX)
        if self._dragged:
            self.side = self._dragged[0]
        self._drag(at)

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Drag them along."""
        if a0:
            self._drag(a0.position())

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Let go of them."""
        self._dragged = ()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:  # noqa: N802  # Qt's name
        """Choose an edge, or move it."""
        if a0 is None:
            return
        step = STEP_SHARE * self._size[1]
        match a0.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.side = (self.side + (1 if a0.key() == Qt.Key.Key_Right else -1)) % len(SIDES)
                self.update()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.move_side(self.side, self.crop[self.side] + (step if a0.key() == Qt.Key.Key_Down else -step))
            case _:
                super().keyPressEvent(a0)

    def _drag(self, at: QPointF) -> None:
        frame, scale = self.frame(), self._scale()
        for side in self._dragged:
            place = at.x() - frame.left() if side % 2 == 0 else at.y() - frame.top()
            self.move_side(side, place / scale)


class CropDialog(QDialog):
    """Lets the player choose the part of a page that is shown.

    Attributes:
        cropped: the part, None for the whole page; and whether for all pages of this size.
    """

    cropped = pyqtSignal(object, bool)

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        page: int,
        turns: int,
        size: tuple[float, float],
        crop: PageCrop | None,
        paper: str,
    ) -> None:
        """Show a page.

        Args:
            parent: window of the dialog.
            document: open.
            page: number from 1.
            turns: quarters clockwise by which it is to stand turned against the document.
            size: of the page as it stands then, points.
            crop: what of it is shown; None for all.
            paper: white, sepia or night.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Crop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._whole = 0.0, 0.0, *size
        self.canvas = CropCanvas(_picture(document, page, turns, max(size), paper), size, crop or self._whole)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(self.tr("Drag the edges around what you want to see.")))
        column.addWidget(self.canvas, 1)
        self.everywhere = QCheckBox(self.tr("The same on &all pages of this size"))
        column.addWidget(self.everywhere)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        whole = QPushButton(self.tr("The &Whole Page"))
        whole.clicked.connect(self._show_whole)
        buttons.addButton(whole, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        resize_to_fit(self, SIZE)
        ScreenFit(self)
        self.canvas.setFocus()

    def accept(self) -> None:
        """Take what is chosen."""
        crop = self.canvas.crop
        self.cropped.emit(None if crop == self._whole else crop, self.everywhere.isChecked())
        super().accept()

    def _show_whole(self) -> None:
        self.canvas.crop = self._whole
        self.canvas.update()


def _picture(document: Document, page: int, turns: int, longest: float, paper: str) -> QImage:
    """A picture of a page as it is to stand; empty where it cannot be read any more."""
    try:
        pixels = on_paper(document.render(page, PICTURE_PX / longest), paper)
    except LivefollowError:
        return QImage()
    rows, columns, _ = pixels.shape
    image = QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
    return image.transformed(QTransform().rotate(90 * turns))
