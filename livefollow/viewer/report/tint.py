"""The score tinted bar by bar, with arrows where the player went back: painted on the screen and on paper."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from livefollow.practice.passes import Leap
from livefollow.practice.report import Report
from livefollow.score.strip import Strip

# From Okabe and Ito's palette; hesitating bars are stronger as well as redder, so that no colour need be told apart.
FLUENT, MIDDLE, HESITATING, DOUBTFUL = "#009e73", "#f0e442", "#d55e00", "#8c8c8c"
FAINT, STRONG = 45, 150  # of 255: opacity of what is fluent, and of what is hesitating
ARROW = "#7a3b9e"
OVER = 1.2  # staff spaces that a tint extends beyond the outer staff lines
MOST_ARROWS = 12  # the most frequent
LIFT, HEAD = 3.0, 1.6  # staff spaces: height of an arrow above the staves, and size of its head
LETTERS = 2.4  # staff spaces: height of the figures
LEGEND_STEPS = 5


@dataclass(frozen=True)
class BarBox:
    """Where a bar is, points on its page.

    Attributes:
        bar: index.
        page: from 1.
        box: rectangle.
        space: staff space.
    """

    bar: int
    page: int
    box: QRectF
    space: float


def bar_boxes(report: Report, strip: Strip) -> list[BarBox]:
    """Return where each bar of a report is."""
    bars = report.bars
    out: list[BarBox] = []
    for k in range(len(bars)):
        place = strip.at(float(bars.starts[k]))
        left, right = (float(place.to_page(float(x))[0]) for x in (bars.left[k], bars.right[k]))
        system = place.system
        left, right = max(left, system.left), min(right, system.right)
        over = OVER * system.staff_space
        top, bottom = place.staves[0].top - over, place.staves[-1].bottom + over
        box = QRectF(QPointF(left, top), QPointF(max(right, left + system.staff_space), bottom))
        out.append(BarBox(k, system.page, box, system.staff_space))
    return out


def tint_of(hesitation: float) -> QColor:
    """Return the colour of a bar: 0 fluent to 1 hesitating."""
    share = min(max(hesitation, 0.0), 1.0)
    a, b, part = (FLUENT, MIDDLE, 2 * share) if share < 0.5 else (MIDDLE, HESITATING, 2 * share - 1)
    first, second = QColor(a), QColor(b)
    pairs = (first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue())
    red, green, blue = (round(x + part * (y - x)) for x, y in pairs)
    return QColor(red, green, blue, round(FAINT + share * (STRONG - FAINT)))


def paint_bars(painter: QPainter, boxes: list[BarBox], report: Report, page: int) -> None:
    """Tint the bars of a page, and write how often each passage was played.

    Args:
        painter: in points of the page.
        boxes: see `bar_boxes`.
        report: whose bars.
        page: from 1.
    """
    before = 0
    for each in boxes:
        times = int(report.times[each.bar])
        if each.page == page and times:
            hesitation = float(report.hesitation[each.bar])
            if report.doubtful[each.bar]:
                painter.fillRect(each.box, QBrush(QColor(DOUBTFUL), Qt.BrushStyle.BDiagPattern))
            elif math.isfinite(hesitation):
                painter.fillRect(each.box, tint_of(hesitation))
            if times > 1 and times != before:
                _paint_text(painter, each.box.bottomLeft() + QPointF(0, LETTERS * each.space), f"{times}×", each.space)
        before = times if each.page == page else 0


def paint_arrows(painter: QPainter, boxes: list[BarBox], report: Report, page: int) -> None:
    """Draw where the player went back on a page, from bar to bar; on another page, its bar is named."""
    bars = report.bars
    jumps = Counter((int(bars.at(j.left)), int(bars.at(j.came))) for j in report.jumps if j.kind is Leap.BACK)
    labels: Counter[tuple[int, bool]] = Counter()  # at the end, or the beginning, of a bar
    for (left, came), count in jumps.most_common(MOST_ARROWS):
        start, end = boxes[left], boxes[came]
        colour, space = QColor(ARROW), start.space
        pen = QPen(colour, space * (0.25 + 0.12 * min(count, 6)))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lift = QPointF(0, -LIFT * space)
        often = f" {count}×" if count > 1 else ""
        a, b = start.box.topRight(), end.box.topLeft()
        if start.page == page == end.page and abs(a.y() - b.y()) < 1:
            path = QPainterPath(a)
            path.cubicTo(a + lift, b + lift, b)
            painter.drawPath(path)
            _paint_head(painter, b, space, colour)
            if often:
                _paint_text(painter, path.pointAtPercent(0.5), often, space, colour)
            continue
        # Systems apart: both ends are marked, each with the bar at the other.
        if end.page == page:
            painter.drawLine(b + lift, b)
            _paint_head(painter, b, space, colour)
            above = QPointF(0, -LETTERS * space * labels[came, False])
            _paint_text(painter, b + lift + above, f"{int(bars.numbers[left])}{often}", space, colour)
            labels[came, False] += 1
        if start.page == page:
            painter.drawPolyline(QPolygonF([a, a + lift, a + lift - QPointF(LIFT * space, 0)]))
            above = QPointF(-2 * LIFT * space, -LETTERS * space * labels[left, True])
            _paint_text(painter, a + lift + above, f"↩ {int(bars.numbers[came])}{often}", space, colour)
            labels[left, True] += 1


def paint_legend(painter: QPainter, box: QRectF, words: tuple[str, str, str, str], ink: QColor) -> None:
    """Explain the colours in a line: fluent to hesitating, followed with doubt, gone back.

    Args:
        painter: with a font.
        box: of the line.
        words: for the four.
        ink: colour of the letters.
    """
    fluent, hesitating, doubtful, back = words
    metrics, x, height = painter.fontMetrics(), box.left(), box.height()

    def write(text: str) -> None:
        nonlocal x
        painter.setPen(ink)
        painter.drawText(QRectF(x, box.top(), box.right() - x, height), Qt.AlignmentFlag.AlignVCenter, text)
        x += metrics.horizontalAdvance(text) + height / 3

    write(fluent)
    for k in range(LEGEND_STEPS):
        painter.fillRect(QRectF(x, box.top(), height, height), tint_of(k / (LEGEND_STEPS - 1)))
        x += height
    x += height / 3
    write(hesitating)
    x += height
    painter.fillRect(QRectF(x, box.top(), height, height), QBrush(QColor(DOUBTFUL), Qt.BrushStyle.BDiagPattern))
    x += 1.3 * height
    write(doubtful)
    x += height
    painter.setPen(QPen(QColor(ARROW), height / 8))
    painter.drawLine(QPointF(x, box.center().y()), QPointF(x + height, box.center().y()))
    _paint_head(painter, QPointF(x, box.center().y()), height / 3, QColor(ARROW), sideways=True)
    x += 1.3 * height
    write(back)


def _paint_head(painter: QPainter, tip: QPointF, space: float, colour: QColor, *, sideways: bool = False) -> None:
    size = HEAD * space
    wings = (
        [QPointF(size, -size / 2), QPointF(size, size / 2)]
        if sideways
        else [QPointF(-size / 2, -size), QPointF(size / 2, -size)]
    )
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, *(tip + wing for wing in wings)]))
    painter.restore()


def _paint_text(painter: QPainter, at: QPointF, text: str, space: float, colour: QColor | None = None) -> None:
    painter.save()
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(LETTERS * space)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colour or QColor("#333333"))
    painter.drawText(at, text)
    painter.restore()
