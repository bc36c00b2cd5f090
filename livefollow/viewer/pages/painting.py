"""How the highlight looks. It is multiplied onto the paper, so that ink stays black; at night the paper is lit up.

How pages look on the screen: the picture there is of each, the paper around it, and what parts two of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QImage, QPainter, QPolygonF

from livefollow.turning.view import Highlight
from livefollow.turning.view_style import LINE_PT, LIT, MARGIN, stripes
from livefollow.viewer.pages.layout import Pane

# Colours of Okabe and Ito's palette that differ on paper for colour-blind eyes too, and the first one of the films.
COLOURS = {
    "Blue": "#82b9ff",
    "Orange": "#ffb84d",
    "Yellow": "#f0e442",
    "Green": "#4dcfa5",
    "Purple": "#e2a1c6",
    "Grey": "#b4b4b4",
}
DOUBT = 0.4  # of the opacity, while it is not clear where the player is
DARKER = 160  # percent: the tip of the line, and the frame of the box
AROUND = {"white": "#dcdcdc", "sepia": "#cfc3aa", "night": "#0b0b0c"}
DIVIDER = {"white": "#0072b2", "sepia": "#0072b2", "night": "#56b4e9"}


@dataclass(frozen=True)
class Marker:
    """What the player has chosen."""

    style: str = "box"  # none, line, box or system
    colour: str = "#82b9ff"
    opacity: float = 0.8

    def tint(self, share: float, night: bool) -> QColor:
        """The colour to multiply with, or at night to add."""
        base, strength = QColor(self.colour), self.opacity * share
        values = (base.red(), base.green(), base.blue())
        if night:
            return QColor(*(round(v * strength * LIT) for v in values))
        return QColor(*(round(255 - (255 - v) * strength) for v in values))


def shapes(pane: Pane, highlight: Highlight, x_pt: float, style: str) -> list[tuple[QRectF, float]]:
    """Rectangles in device px, and the share of the opacity that each has."""
    margin = MARGIN * (highlight.bottom - highlight.top)

    def stripe(left: float, right: float) -> QRectF:
        x0, y0 = pane.to_screen(left, highlight.top - margin)
        x1, y1 = pane.to_screen(right, highlight.bottom + margin)
        return QRectF(QPointF(round(x0), round(y0)), QPointF(max(round(x1), round(x0) + 2), round(y1)))

    return [(stripe(left, right), share) for left, right, share in stripes(highlight, x_pt, style)]


def paint_highlight(
    painter: QPainter, pane: Pane, highlight: Highlight, x_pt: float, marker: Marker, night: bool, sure: bool = True
) -> None:
    """Draw it over a page.

    Args:
        painter: in device px, clipped to the pane.
        pane: that shows the highlight's page.
        highlight: the system.
        x_pt: where in it, points.
        marker: how.
        night: whether the paper is dark.
        sure: whether the player is there; else it is drawn faintly.
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
    """A small triangle that stands on the line: it is found from the corner of the eye, and above all ink."""
    half = max(4.0, line.width())
    top = line.top()
    middle = line.center().x()
    return QPolygonF(
        [QPointF(middle - half, top - 1.5 * half), QPointF(middle + half, top - 1.5 * half), QPointF(middle, top)]
    )


def bounds(pane: Pane, highlight: Highlight, x_pt: float, style: str) -> QRectF:
    """What is touched, device px."""
    out = QRectF()
    for rectangle, _ in shapes(pane, highlight, x_pt, style):
        half = max(4.0, rectangle.width()) if rectangle.width() < 4 * LINE_PT * pane.scale else 0.0
        out = out.united(rectangle.adjusted(-half - 2, -1.5 * half - 2, half + 2, 2))
    return out


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
