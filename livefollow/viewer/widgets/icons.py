"""Icons of the tools, drawn from lines, so that they are sharp at any scale and need no files. Window thread only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap, QPolygonF

from livefollow.score.annotations.geometry import Spot, box_of, stamp_lines
from livefollow.score.annotations.kinds import Stamp, StampKind
from livefollow.viewer.widgets.status_bar import LIGHT

SIDE = 24  # of the square that icons are drawn in
FINEST = 3  # device px per unit: icons are made for the sharpest screens, and made smaller for others
LINE = 1.7
DIMMED = "#7a7a7a"  # of what cannot be used now


def _arrow(mirrored: bool) -> list[list[Spot]]:
    """A curved arrow back, or forward."""
    turn = [(12 + 7 * math.cos(a), 14 + 7 * math.sin(a)) for a in (math.pi * (0.3 - 0.13 * k) for k in range(10))]
    lines = [turn, [(turn[-1][0] + 1.5, turn[-1][1] - 5.0), turn[-1], (turn[-1][0] + 5.2, turn[-1][1] + 1.2)]]
    return [[(SIDE - x, y) if mirrored else (x, y) for x, y in line] for line in lines]


def _box(left: float, top: float, right: float, bottom: float) -> list[Spot]:
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _circle(radius: float) -> list[Spot]:
    angles = [math.pi * k / 12 for k in range(25)]
    return [(SIDE / 2 + radius * math.cos(a), SIDE / 2 + radius * math.sin(a)) for a in angles]


_PENCIL: list[list[Spot]] = [[(4, 20), (5.5, 15), (16, 4.5), (19.5, 8), (9, 18.5), (4, 20)], [(14, 6.5), (17.5, 10)]]

LINES: dict[str, list[list[Spot]]] = {
    "pencil": _PENCIL,
    "write": _PENCIL,
    "highlighter": [
        [(8, 15), (8, 11), (14.5, 4), (19.5, 9), (12.5, 15.5), (8, 15)],
        [(8, 15), (5.5, 17.5), (10, 17.5)],
    ],
    "eraser": [[(9, 19), (4.5, 14.5), (14, 5), (20, 11), (12, 19), (9, 19)], [(8.6, 10.4), (14.6, 16.4)]],
    "text": [[(5, 7.5), (5, 5), (19, 5), (19, 7.5)], [(12, 5), (12, 19.5)], [(9, 19.5), (15, 19.5)]],
    "undo": _arrow(mirrored=False),
    "redo": _arrow(mirrored=True),
    "open": [[(4, 18.5), (4, 6), (9.5, 6), (11.5, 8.5), (20, 8.5), (20, 18.5), (4, 18.5)]],
    "start": [[(6, 5.5), (6, 18.5)], [(18, 5.5), (10, 12), (18, 18.5)]],
    "back": [[(15, 5), (8, 12), (15, 19)]],
    "forward": [[(9, 5), (16, 12), (9, 19)]],
    "page": [_box(5, 4, 10.5, 11), _box(13.5, 4, 19, 11), _box(5, 13.5, 10.5, 20.5), _box(13.5, 13.5, 19, 20.5)],
    "record": [_circle(7), _circle(3.2), _circle(1.6)],
    "pause": [[(9, 6), (9, 18)], [(15, 6), (15, 18)]],
    "full_screen": [
        [(4.5, 9), (4.5, 4.5), (9, 4.5)],
        [(15, 4.5), (19.5, 4.5), (19.5, 9)],
        [(19.5, 15), (19.5, 19.5), (15, 19.5)],
        [(9, 19.5), (4.5, 19.5), (4.5, 15)],
    ],
    "done": [[(4.5, 12.5), (10, 18), (19.5, 6.5)]],
}
BAND = {"highlighter": (4.0, 20.0, 16.0, 2.6)}  # x, y, width and height of a stroke of colour


def icon(draw: Callable[[QPainter, str], None]) -> QIcon:
    """Make an icon from a function that draws it in a colour."""
    out = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, LIGHT), (QIcon.Mode.Disabled, DIMMED)):
        picture = QPixmap(QSize(SIDE, SIDE) * FINEST)
        picture.setDevicePixelRatio(FINEST)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, colour)
        painter.end()
        out.addPixmap(picture, mode)
    return out


def line_icon(name: str) -> QIcon:
    """Return the icon of a tool or action."""

    def draw(painter: QPainter, colour: str) -> None:
        _draw(painter, LINES[name], colour, LINE)
        if name in BAND:
            painter.fillRect(QRectF(*BAND[name]), QColor(colour))

    return icon(draw)


def stamp_icon(kind: StampKind) -> QIcon:
    """Return the icon of a stamp: the stamp itself."""

    def draw(painter: QPainter, colour: str) -> None:
        left, top, right, bottom = box_of(Stamp(kind, 0, 0, SIDE, "#000000"))
        scale = min(1.0, (SIDE - 2) / max(right - left, bottom - top))
        lines, width = stamp_lines(kind, SIDE * scale)
        middle = (left + right) / 2 * scale, (top + bottom) / 2 * scale
        at = [[(x + SIDE / 2 - middle[0], y + SIDE / 2 - middle[1]) for x, y in line] for line in lines]
        _draw(painter, at, colour, max(LINE, width))

    return icon(draw)


def letter_icon(letter: str) -> QIcon:
    """Return an icon that is a letter or digit."""

    def draw(painter: QPainter, colour: str) -> None:
        font = QFont("Helvetica")
        font.setStyleHint(QFont.StyleHint.SansSerif)
        font.setPixelSize(20)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, letter)

    return icon(draw)


def colour_icon(colour: str) -> QIcon:
    """Return a disc of a colour, with a light rim: black ink must be seen on a dark bar."""

    def draw(painter: QPainter, _colour: str) -> None:
        painter.setPen(QPen(QColor(LIGHT), 1.2))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(4, 4, 16, 16))

    return icon(draw)


def size_icon(factor: float) -> QIcon:
    """Return a dot of a size."""

    def draw(painter: QPainter, colour: str) -> None:
        radius = 3.6 * math.sqrt(factor) * factor**0.3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(SIDE / 2, SIDE / 2), radius, radius)

    return icon(draw)


def _draw(painter: QPainter, lines: Sequence[Sequence[Spot]], colour: str, width: float) -> None:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))
