"""How the highlight looks. It is multiplied onto the paper, so that ink stays black; at night the paper is lit up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPolygonF

from livefollow.evaluate.look import LINE_PT, LIT, MARGIN, stripes
from livefollow.evaluate.view import Highlight
from livefollow.viewer.layout import Pane

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
