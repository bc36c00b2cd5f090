"""Painting of the highlight, of pages, and of the divider between two pages.

The highlight is multiplied with the paper, so that ink stays black; on night paper it is added as light.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QImage, QPainter, QPolygonF

from livefollow.turning.view import Highlight
from livefollow.turning.view_style import LINE_PT, LIT, MARGIN, stripes
from livefollow.viewer.pages.layout import Pane

# Colours of Okabe and Ito's palette, which colour-blind eyes tell apart on paper too; the first is that of the films.
COLOURS = {
    "Blue": "#82b9ff",
    "Orange": "#ffb84d",
    "Yellow": "#f0e442",
    "Green": "#4dcfa5",
    "Purple": "#e2a1c6",
    "Grey": "#b4b4b4",
}
DOUBT = 0.4  # share of the opacity while the place is uncertain
DARKER = 160  # percent: tip of the line, and frame of the box
AROUND = {"white": "#dcdcdc", "sepia": "#cfc3aa", "night": "#0b0b0c"}
DIVIDER = {"white": "#0072b2", "sepia": "#0072b2", "night": "#56b4e9"}


@dataclass(frozen=True)
class Marker:
    """Style of the highlight that the player has chosen."""

    style: str = "box"  # none, line, box or system
    colour: str = "#82b9ff"
    opacity: float = 0.8

    def tint(self, share: float, night: bool) -> QColor:
        """Return the colour to multiply with, or to add on night paper."""
        base, strength = QColor(self.colour), self.opacity * share
        values = (base.red(), base.green(), base.blue())
        if night:
            return QColor(*(round(v * strength * LIT) for v in values))
        return QColor(*(round(255 - (255 - v) * strength) for v in values))


def shapes(pane: Pane, highlight: Highlight, x_pt: float, style: str) -> list[tuple[QRectF, float]]:
    """Return rectangles in device px, and the share of the opacity of each."""
    margin = MARGIN * (highlight.bottom - highlight.top)

    def stripe(left: float, right: float) -> QRectF:
        x0, y0 = pane.to_screen(left, highlight.top - margin)
        x1, y1 = pane.to_screen(right, highlight.bottom + margin)
        return QRectF(QPointF(round(x0), round(y0)), QPointF(max(round(x1), round(x0) + 2), round(y1)))

    return [(stripe(left, right), share) for left, right, share in stripes(highlight, x_pt, style)]


def paint_highlight(
    painter: QPainter, pane: Pane, highlight: Highlight, x_pt: float, marker: Marker, night: bool, sure: bool = True
) -> None:
    """Draw the highlight over a page.

    Args:
        painter: in device px, clipped to the pane.
        pane: shows the highlight's page.
        highlight: place in its system.
        x_pt: present x, points.
        marker: style.
        night: whether the paper is dark.
        sure: whether the place is certain; else it is drawn faintly.
    """
    marker = marker if sure else replace(marker, opacity=DOUBT * marker.opacity)
    mode = QPainter.CompositionMode
    painter.save()
    painter.setCompositionMode(mode.CompositionMode_Screen if night else mode.CompositionMode_Multiply)
    drawn = shapes(pane, highlight, x_pt, marker.style)
    for rectangle, share in drawn:
        painter.fillRect(rectangle, marker.tint(share, night))
    if drawn:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tip = marker.tint(1.0, night)
        painter.setBrush(tip.lighter(DARKER) if night else tip.darker(DARKER))
        painter.drawPolygon(tip_of(drawn[-1][0]))
    painter.restore()


def tip_of(line: QRectF) -> QPolygonF:
    """Return a small triangle on top of the line, which is seen from the corner of the eye."""
    half = max(4.0, line.width())
    top = line.top()
    middle = line.center().x()
    return QPolygonF(
        [QPointF(middle - half, top - 1.5 * half), QPointF(middle + half, top - 1.5 * half), QPointF(middle, top)]
    )


def bounds(pane: Pane, highlight: Highlight, x_pt: float, style: str) -> QRectF:
    """Return the rectangle that the highlight touches, device px."""
    out = QRectF()
    for rectangle, _ in shapes(pane, highlight, x_pt, style):
        half = max(4.0, rectangle.width()) if rectangle.width() < 4 * LINE_PT * pane.scale else 0.0
        out = out.united(rectangle.adjusted(-half - 2, -1.5 * half - 2, half + 2, 2))
    return out


def paint_page(
    painter: QPainter, pane: Pane, size_pt: tuple[float, float], sheet: QColor, image: QImage | None, exact: bool
) -> None:
    """Draw a page, or an empty sheet while there is no picture.

    Args:
        painter: in device px, clipped to the pane.
        pane: of the page.
        size_pt: width and height of the page.
        sheet: colour of an empty page.
        image: the picture, maybe of another size; None while there is none.
        exact: whether the picture has the size of the page in the pane.
    """
    page = QRectF(QPointF(pane.x, pane.y), QSizeF(*(side * pane.scale for side in size_pt)))
    if image is None or pane.end < float("inf"):
        painter.fillRect(page, sheet)
    if image is None:
        return
    if pane.end < float("inf"):
        part = QRectF(pane.left, pane.top, pane.width, min(pane.height, pane.end - pane.top))
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
    if exact:
        painter.drawImage(page.topLeft(), image)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, image, QRectF(image.rect()))


def paint_seam(painter: QPainter, y: float, width: float, paper: str, ratio: float) -> None:
    """Draw a line between two systems that do not follow each other; all in device px."""
    painter.fillRect(QRectF(0, y - ratio, width, 2 * ratio), QColor(DIVIDER[paper]))


def paint_divider(
    painter: QPainter,
    panes: tuple[Pane, ...],
    paper: str,
    ratio: float,
    font: QFont,
    place_of: Callable[[int], int] = lambda page: page,
) -> None:
    """Draw a line between two pages that are not side by side in order, with their numbers.

    Args:
        painter: in device px.
        panes: the two panes.
        paper: white, sepia or night.
        ratio: device px per px.
        font: of the numbers, in any size.
        place_of: returns which of the pages that are shown one is.
    """
    first, second = sorted(panes, key=lambda pane: (pane.top, pane.left))
    beside = first.top == second.top
    if beside and place_of(first.page) < place_of(second.page):
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
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, str(place_of(pane.page)))
