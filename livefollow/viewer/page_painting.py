"""How pages look on the screen: the picture there is of each, the paper around it, and what parts two of them."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QImage, QPainter

from livefollow.viewer.layout import Pane

AROUND = {"white": "#dcdcdc", "sepia": "#cfc3aa", "night": "#0b0b0c"}
DIVIDER = {"white": "#0072b2", "sepia": "#0072b2", "night": "#56b4e9"}


def paint_page(
    painter: QPainter, pane: Pane, size_pt: tuple[float, float], sheet: QColor, image: QImage | None, exact: bool
) -> None:
    """Draw a page, or an empty sheet as long as there is no picture.

    Args:
        painter: in device px, clipped to the pane.
        pane: where the page lies.
        size_pt: width and height of the page.
        sheet: colour of an empty page.
        image: the picture, or one of another size that stands in; None while there is none.
        exact: whether it is as large as the pane shows the page.
    """
    page = QRectF(QPointF(pane.x, pane.y), QSizeF(*(side * pane.scale for side in size_pt)))
    if image is None or pane.end < float("inf"):
        painter.fillRect(page, sheet)
    if image is None:
        return
    if pane.end < float("inf"):
        painter.setClipRect(QRectF(pane.left, pane.top, pane.width, min(pane.height, pane.end - pane.top)))
    if exact:
        painter.drawImage(page.topLeft(), image)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, image, QRectF(image.rect()))


def paint_divider(painter: QPainter, panes: tuple[Pane, ...], paper: str, ratio: float, font: QFont) -> None:
    """Draw a line between two pages that do not lie as in a book, with their numbers.

    Args:
        painter: in device px.
        panes: two.
        paper: white, sepia or night.
        ratio: device px per px.
        font: of the numbers, in any size.
    """
    first, second = sorted(panes, key=lambda pane: (pane.top, pane.left))
    beside = first.top == second.top
    if beside and first.page < second.page:
        return
    colour = QColor(DIVIDER[paper])
    width, height = 30 * ratio, 18 * ratio
    x, y = second.left, second.top
    if beside:
        line = QRectF(x - 1.5 * ratio, 0, 2 * ratio, second.height)
        tags = QRectF(x - width, 0, width, height), QRectF(x, 0, width, height)
    else:
        line = QRectF(0, y - 1.5 * ratio, second.width, 2 * ratio)
        right = second.width - width
        tags = QRectF(right, y - height, width, height), QRectF(right, y, width, height)
    painter.fillRect(line, colour)
    font = QFont(font)
    font.setPixelSize(round(12 * ratio))
    font.setBold(True)
    painter.setFont(font)
    for pane, tag in zip((first, second), tags, strict=True):
        painter.fillRect(tag, colour)
        painter.setPen(QColor("black" if paper == "night" else "white"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(pane.page))
