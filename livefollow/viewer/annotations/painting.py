"""Paints annotations over a page: shapes made once, of which only those that a repaint touches are drawn.

Window thread only. Ink lies on the page; the highlighter is multiplied with it, or added as light on night paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from livefollow.score.annotations.geometry import Spot, box_of, outline, stamp_lines
from livefollow.score.annotations.kinds import Annotation, Ink, Stamp, Text
from livefollow.turning.view_style import LIT
from livefollow.viewer.annotations.tools import at_night
from livefollow.viewer.pages.layout import Pane

EM_PX = 100  # size at which letters are made into shapes
MIDDLE = 0.36  # of the font's size: the middle of digits and capitals above the base line


@dataclass(frozen=True)
class Shape:
    """The shape of an annotation on its page, points."""

    box: QRectF
    path: QPainterPath
    colour: str
    highlighter: bool = False

    def paint(self, painter: QPainter, night: bool) -> None:
        """Draw it onto a page.

        Args:
            painter: in points of the page as it stands in its file.
            night: whether the paper is dark.
        """
        mode = QPainter.CompositionMode
        if not self.highlighter:
            painter.setCompositionMode(mode.CompositionMode_SourceOver)
            painter.fillPath(self.path, QColor(at_night(self.colour) if night else self.colour))
            return
        painter.setCompositionMode(mode.CompositionMode_Screen if night else mode.CompositionMode_Multiply)
        painter.fillPath(self.path, dimmed(QColor(self.colour)) if night else QColor(self.colour))


def dimmed(colour: QColor) -> QColor:
    """Return a colour as light that is added to night paper."""
    return QColor(*(round(value * LIT) for value in (colour.red(), colour.green(), colour.blue())))


def letters_font(pixels: int = EM_PX) -> QFont:
    """Return the font of texts and fingerings."""
    font = QFont("Helvetica")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def text_width(text: str, size: float) -> float:
    """Return the width of a text at a size, points."""
    return QFontMetricsF(letters_font()).horizontalAdvance(text) * size / EM_PX


def shape_of(annotation: Annotation) -> Shape:
    """Make the shape of an annotation."""
    left, top, right, bottom = box_of(annotation)
    box = QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-1, -1, 1, 1)
    match annotation:
        case Ink(points, colour, highlighter):
            return Shape(box, ink_path(points), colour, highlighter)
        case Text():
            path = _text_path(annotation)
        case Stamp():
            path = _stamp_path(annotation)
    return Shape(box.united(path.boundingRect()), path, annotation.colour)


def ink_path(points: Sequence[tuple[float, float, float]]) -> QPainterPath:
    """Return the shape of a stroke."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for polygon in outline(points):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in polygon]))
        path.closeSubpath()
    return path


def _text_path(text: Text) -> QPainterPath:
    path = QPainterPath()
    path.addText(0.0, MIDDLE * EM_PX, letters_font(), text.text)
    scale = text.size / EM_PX
    return _placed(text.x, text.y, text.turned).map(QTransform.fromScale(scale, scale).map(path))


def _stamp_path(stamp: Stamp) -> QPainterPath:
    lines, width = stamp_lines(stamp.kind, stamp.height)
    path = QPainterPath()
    for line in lines:
        path.moveTo(*line[0])
        for spot in line[1:]:
            path.lineTo(*spot)
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroke = stroker.createStroke(path)
    stroke.setFillRule(Qt.FillRule.WindingFill)
    return _placed(stamp.x, stamp.y, stamp.turned).map(stroke)


def _placed(x: float, y: float, turned: int) -> QTransform:
    return QTransform.fromTranslate(x, y).rotate(-90 * turned)


def page_transform(pane: Pane, quarters: int, size: Spot) -> QTransform:
    """Return the way from a page as it stands in its file to the screen.

    Args:
        pane: shows the page.
        quarters: clockwise, by which the page stands turned.
        size: width and height of the page as it stands then, points.
    """
    width, height = size
    turn = (
        QTransform(1, 0, 0, 1, 0, 0),
        QTransform(0, 1, -1, 0, width, 0),
        QTransform(-1, 0, 0, -1, width, height),
        QTransform(0, -1, 1, 0, 0, height),
    )[quarters % 4]
    slope, x, y = pane.tilt
    level = QTransform(1, -slope, slope, 1, -slope * y, slope * x)
    return turn * level * QTransform.fromScale(pane.scale, pane.scale) * QTransform.fromTranslate(pane.x, pane.y)
