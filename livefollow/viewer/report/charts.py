"""The tempo curve over bar numbers, and practised time by piece and week: painted on the screen and on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from PyQt6.QtCore import QLocale, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF

from livefollow.practice.report import Report

TODAY, BEFORE = "#0072b2", "#9a9a9a"
BAND = 45  # of 255: opacity of what half of the times lie in
OUTLIERS = (1, 99)  # percentiles of all tempi that the scale reaches: a misread note value makes one of its own
LINES = 5  # lines of the grid, at most
NICE = (5, 10, 20, 50, 100)  # steps of the grid, quarter notes a minute
TICKS = 12  # bar numbers below the curve, at most
WEEKS, DAYS = 6, 7
MOST_PIECES = 12
ROW = 1.5  # height of a row of the table, of the letters'
MINUTE_S = 60.0


@dataclass(frozen=True)
class Weeks:
    """Practised time by piece and week.

    Attributes:
        begins: the Mondays, the oldest first.
        minutes: of each piece, by week; the one practised most first.
    """

    begins: tuple[datetime, ...]
    minutes: tuple[tuple[str, tuple[int, ...]], ...]


def weeks_of(sessions: Sequence[tuple[str, datetime, float]], now: datetime) -> Weeks:
    """Add up sessions by piece and week.

    Args:
        sessions: title, beginning, and seconds of each.
        now: the last week is the present one.
    """
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    begins = tuple(monday - timedelta(weeks=WEEKS - 1 - k) for k in range(WEEKS))
    seconds: dict[str, list[float]] = {}
    for title, begun, length in sessions:
        week = WEEKS - 1 + (begun - monday).days // DAYS
        if 0 <= week < WEEKS:
            seconds.setdefault(title, [0.0] * WEEKS)[week] += length
    by_sum = sorted(seconds.items(), key=lambda item: -sum(item[1]))[:MOST_PIECES]
    return Weeks(begins, tuple((title, tuple(round(s / MINUTE_S) for s in row)) for title, row in by_sum))


def paint_tempo(
    painter: QPainter, box: QRectF, report: Report, earlier: Sequence[Report], ink: QColor, words: tuple[str, str, str]
) -> None:
    """Draw the tempo of each bar, and that of earlier sessions.

    Args:
        painter: with a font.
        box: to draw in.
        report: of the session.
        earlier: other sessions of the same score.
        ink: colour of letters and axes.
        words: for the axis, this session and the earlier ones.
    """
    metrics = painter.fontMetrics()
    line = metrics.height()
    curves = [report.tempo, *(other.tempo for other in earlier if len(other.bars) == len(report.bars))]
    known = np.concatenate([*curves, report.slower, report.faster])
    known = known[np.isfinite(known)]
    axis, today, before = words
    painter.setPen(ink)
    painter.drawText(QRectF(box.left(), box.top(), box.width(), line), Qt.AlignmentFlag.AlignLeft, axis)
    if not len(known):
        return
    _paint_key(painter, box, line, today, before if len(curves) > 1 else "", ink)
    low, high, step = _scale(*np.percentile(known, OUTLIERS).tolist())
    room = QRectF(
        box.left() + metrics.horizontalAdvance("000 "), box.top() + 1.6 * line, 0.0, box.height() - 3.0 * line
    )
    room.setRight(box.right() - line / 2)
    n = len(report.bars)

    def at(bar: int, tempo: float) -> QPointF:
        x = room.left() + (bar + 0.5) / n * room.width()
        return QPointF(x, room.bottom() - (tempo - low) / (high - low) * room.height())

    faint = QColor(ink)
    faint.setAlpha(60)
    for value in range(low, high + 1, step):
        y = at(0, value).y()
        painter.setPen(QPen(faint, line / 16))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setPen(ink)
        painter.drawText(
            QRectF(box.left(), y - line / 2, room.left() - box.left() - line / 4, line),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            str(value),
        )
    every = max(1, math.ceil(n / TICKS))
    for k in range(0, n, every):
        x = at(k, low).x()
        painter.drawText(
            QRectF(x - 2 * line, room.bottom() + line / 4, 4 * line, line),
            Qt.AlignmentFlag.AlignHCenter,
            str(int(report.bars.numbers[k])),
        )
    painter.save()
    painter.setClipRect(room.adjusted(0, -line / 3, 0, line / 3))
    for curve in curves[:0:-1]:
        _paint_curve(painter, [at(k, t) if math.isfinite(t) else None for k, t in enumerate(curve)], BEFORE, line / 14)
    for k in range(n):
        if math.isfinite(report.tempo[k]):
            top, bottom = at(k, float(report.faster[k])), at(k, float(report.slower[k]))
            wide = room.width() / n * 0.8
            band = QColor(TODAY)
            band.setAlpha(BAND)
            painter.fillRect(QRectF(top.x() - wide / 2, top.y(), wide, bottom.y() - top.y()), band)
    points = [at(k, t) if math.isfinite(t) else None for k, t in enumerate(report.tempo)]
    _paint_curve(painter, points, TODAY, line / 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(TODAY))
    for point in points:
        if point:
            painter.drawEllipse(point, line / 6, line / 6)
    painter.restore()


def weeks_height(weeks: Weeks, line: float) -> float:
    """Return the height of the table of weeks, with lines of a height."""
    return ROW * line * (len(weeks.minutes) + 2)


def paint_weeks(painter: QPainter, box: QRectF, weeks: Weeks, ink: QColor, words: tuple[str, str]) -> None:
    """Draw a table: minutes of each piece in each week, and their sum.

    Args:
        painter: with a font.
        box: to draw in.
        weeks: to be shown.
        ink: colour of letters.
        words: over the titles, and before the sums.
    """
    metrics = painter.fontMetrics()
    line = ROW * metrics.height()
    cell = max(metrics.horizontalAdvance(_short(day)) for day in weeks.begins) + 0.8 * metrics.height()
    titles = box.width() - cell * len(weeks.begins)
    head, total = words
    sums = tuple(sum(row[k] for _, row in weeks.minutes) for k in range(len(weeks.begins)))
    rows: list[tuple[str, tuple[str, ...]]] = [(head, tuple(_short(day) for day in weeks.begins))]
    rows += [(title, tuple(str(m) if m else "" for m in row)) for title, row in weeks.minutes]
    rows.append((total, tuple(str(m) if m else "" for m in sums)))
    faint = QColor(ink)
    faint.setAlpha(60)
    for k, (title, cells) in enumerate(rows):
        y = box.top() + k * line
        painter.setPen(ink)
        cut = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(titles - metrics.height()))
        painter.drawText(QRectF(box.left(), y, titles, line), Qt.AlignmentFlag.AlignVCenter, cut)
        for column, text in enumerate(cells):
            where = QRectF(box.left() + titles + column * cell, y, cell, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if k in (0, len(rows) - 2):
            painter.setPen(QPen(faint, metrics.height() / 16))
            painter.drawLine(QPointF(box.left(), y + line), QPointF(box.right(), y + line))


def _short(day: datetime) -> str:
    """Return day and month."""
    return QLocale().toString(day.date(), "d MMM")


def _paint_key(painter: QPainter, box: QRectF, line: float, today: str, before: str, ink: QColor) -> None:
    x = box.right()
    for text, colour in ((before, BEFORE), (today, TODAY)):
        if text:
            width = painter.fontMetrics().horizontalAdvance(text)
            x -= width + line / 2
            painter.setPen(ink)
            painter.drawText(QRectF(x, box.top(), width + 1, line), Qt.AlignmentFlag.AlignLeft, text)
            painter.fillRect(QRectF(x - 1.4 * line, box.top() + line * 0.45, 1.1 * line, line / 7), QColor(colour))
            x -= 2 * line


def _paint_curve(painter: QPainter, points: Sequence[QPointF | None], colour: str, width: float) -> None:
    """Draw a line through points, with gaps where there are none."""
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    part: list[QPointF] = []
    for point in [*points, None]:
        if point:
            part.append(point)
        elif part:
            painter.drawPolyline(QPolygonF(part))
            part = []


def _scale(lowest: float, highest: float) -> tuple[int, int, int]:
    """Return the ends of a scale around two values, and the step of its grid."""
    step = next((s for s in NICE if (highest - lowest) / s <= LINES - 1), NICE[-1])
    low = int(lowest // step) * step
    return low, max(low + step, math.ceil(highest / step) * step), step
