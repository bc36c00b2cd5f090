"""Marks over the score: loops that the player has set, from bracket to bracket, with a label.

A click on the label removes the mark. Window thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter
from PyQt6.QtWidgets import QToolTip

from livefollow.score.strip import Placement
from livefollow.turning.view_style import LINE_PT
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.layout import Pane
from livefollow.viewer.pages.page_view import PageView

LINE_PX, HOOK_PX = 3.0, 9.0  # px of the brackets, times the screen's pixel ratio
LABEL_PX, PAD_PX = 12, 5  # px: size of the letters, and padding
OVER = 0.5  # staff spaces that shading and brackets extend beyond the outer staff lines
LIFT = 2.5  # staff spaces of a label above its bracket, so that notes above the staff stay visible
SHADE = 34  # of 255: strength of the tint
SEEN_PT = 1.0  # a stretch shorter than this in a system is not drawn
CROSS = "✕"


@dataclass(frozen=True)
class MarkStyle:
    """Colours of a kind of mark, which differ from the highlight's: on light and on dark paper."""

    ink: str
    at_night: str


LOOP = MarkStyle("#00795a", "#3ddcae")


@dataclass(frozen=True)
class ScoreMark:
    """A marked stretch of the score.

    Attributes:
        start: strip px.
        end: strip px; None while only the start is set.
        label: text of its label.
        style: its colours.
        remove: called when its label is clicked.
        tip: says what a click does.
    """

    start: float
    end: float | None
    label: str
    style: MarkStyle
    remove: Callable[[], object]
    tip: str


@dataclass(frozen=True)
class _Part:
    """The part of a mark in one system, points on its page."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    space: float  # staff space
    begins: bool
    ends: bool


class ScoreMarks(QObject):
    """Draws the marks over a page view."""

    def __init__(self, pages: PageView, open_score: OpenScore) -> None:
        """Begin without marks.

        Args:
            pages: to draw over; event filters installed before this do not see clicks on labels.
            open_score: of the window.
        """
        super().__init__(pages)
        self._pages, self._open = pages, open_score
        self._marks: dict[str, list[ScoreMark]] = {}
        self._pressed: ScoreMark | None = None
        self._over: ScoreMark | None = None  # below the mouse
        pages.overlays.append(self.paint)
        pages.installEventFilter(self)

    @property
    def marks(self) -> list[ScoreMark]:
        """All marks that are shown."""
        return [mark for marks in self._marks.values() for mark in marks]

    def show(self, owner: str, marks: Sequence[ScoreMark]) -> None:
        """Replace the marks of an owner."""
        if list(marks) != self._marks.get(owner, []):
            self._marks[owner] = list(marks)
            self._pages.update()

    def labels(self) -> list[tuple[QRectF, ScoreMark]]:
        """Return the rectangles of visible labels, device px of the page view."""
        return [(box, mark) for pane in self._pages.panes() for box, mark in self._labels(pane)]

    def paint(self, painter: QPainter, pane: Pane) -> None:
        """Draw the marks on a pane's page.

        Args:
            painter: in device px, clipped to the pane.
            pane: the one being drawn.
        """
        night = self._pages.paper == "night"
        ratio = self._pages.devicePixelRatioF()
        for mark in self.marks:
            colour = QColor(mark.style.at_night if night else mark.style.ink)
            for part in self._parts(mark):
                if part.page == pane.page:
                    _paint_part(painter, pane, part, colour, ratio)
        for box, mark in self._labels(pane):
            colour = QColor(mark.style.at_night if night else mark.style.ink)
            painter.fillRect(box, colour)
            painter.setFont(self._font())
            painter.setPen(QColor("black" if night else "white"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _text(mark))

    def _font(self) -> QFont:
        font = QFont(self._pages.font())
        font.setPixelSize(round(LABEL_PX * self._pages.devicePixelRatioF()))
        font.setBold(True)
        return font

    def _labels(self, pane: Pane) -> list[tuple[QRectF, ScoreMark]]:
        """Place the labels above the visible start of each mark, without overlaps."""
        ratio, metrics = self._pages.devicePixelRatioF(), QFontMetricsF(self._font())
        pad = PAD_PX * ratio
        seen = QRectF(pane.left, pane.top, pane.width, min(pane.height, pane.end - pane.top))
        out: list[tuple[QRectF, ScoreMark]] = []
        for mark in self.marks:
            here = [part for part in self._parts(mark) if part.page == pane.page]
            first = next((part for part in here if seen.intersects(_box(pane, part).adjusted(0, 0, 1, 1))), None)
            if first is None:
                continue
            size = QSizeF(metrics.horizontalAdvance(_text(mark)) + 2 * pad, metrics.height() + pad)
            corner = _box(pane, first).topLeft()
            # Beside the tip of a highlight at the start, which is painted over labels.
            x = min(max(corner.x() + LINE_PT * pane.scale, seen.left()), seen.right() - size.width())
            y = max(corner.y() - LIFT * first.space * pane.scale - size.height(), seen.top())
            box = QRectF(QPointF(x, y), size)
            while any(box.intersects(other) for other, _ in out):
                box.translate(0, size.height() + 1)
            if seen.contains(box.center()):
                out.append((box, mark))
        return out

    def _parts(self, mark: ScoreMark) -> list[_Part]:
        strip = self._open.strip
        if strip is None:
            return []
        placements = list(strip.placements)
        if mark.end is None:
            place = next((p for p in placements if p.x0 <= mark.start < p.x1), None)
            return [_part(place, mark.start, mark.start, begins=True, ends=False)] if place else []
        inside = [p for p in placements if p.x1 > mark.start and p.x0 < mark.end]
        parts = []
        for place in inside:
            left, right = max(mark.start, place.x0), min(mark.end, place.x1)
            parts.append(_part(place, left, right, begins=place is inside[0], ends=place is inside[-1]))
        return [part for part in parts if part.right - part.left >= SEEN_PT]

    # --- the mouse ---

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Remove a mark whose label is clicked; the click has no other effect."""
        if not isinstance(a1, QMouseEvent):
            return False
        mark = self.at(a1.position())
        kind = QEvent.Type
        if a1.type() == kind.MouseMove and a1.buttons() == Qt.MouseButton.NoButton:
            if mark is not self._over:  # else the cursor is another's, who has set it for the whole page
                self._over = mark
                self._pages.setCursor(Qt.CursorShape.PointingHandCursor) if mark else self._pages.unsetCursor()
            if mark:
                QToolTip.showText(a1.globalPosition().toPoint(), mark.tip, self._pages)
        elif a1.button() != Qt.MouseButton.LeftButton:
            return False
        elif a1.type() in (kind.MouseButtonPress, kind.MouseButtonDblClick):
            self._pressed = mark
            return mark is not None
        elif a1.type() == kind.MouseButtonRelease and self._pressed:
            pressed, self._pressed = self._pressed, None
            if pressed is mark:
                pressed.remove()
            return True
        return False

    def at(self, place: QPointF) -> ScoreMark | None:
        """Return the mark whose label is at a place on the page view."""
        at = place * self._pages.devicePixelRatioF()
        return next((mark for box, mark in self.labels() if box.contains(at)), None)


def _text(mark: ScoreMark) -> str:
    return f"{mark.label}  {CROSS}"


def _part(place: Placement, left: float, right: float, *, begins: bool, ends: bool) -> _Part:
    system = place.system
    over = OVER * system.staff_space
    x0, x1 = (float(place.to_page(x)[0]) for x in (left, right))
    x0, x1 = max(x0, system.left - over), min(x1, system.right + over)
    top, bottom = place.staves[0].top - over, place.staves[-1].bottom + over
    return _Part(system.page, x0, x1, top, bottom, system.staff_space, begins, ends)


def _box(pane: Pane, part: _Part) -> QRectF:
    return QRectF(QPointF(*pane.to_screen(part.left, part.top)), QPointF(*pane.to_screen(part.right, part.bottom)))


def _paint_part(painter: QPainter, pane: Pane, part: _Part, colour: QColor, ratio: float) -> None:
    box = _box(pane, part)
    shade = QColor(colour)
    shade.setAlpha(SHADE)
    painter.fillRect(box, shade)
    line, hook = LINE_PX * ratio, HOOK_PX * ratio
    for wanted, x, way in ((part.begins, box.left(), 1), (part.ends, box.right(), -1)):
        if wanted:
            painter.fillRect(QRectF(x - line / 2, box.top(), line, box.height()), colour)
            if way > 0:  # up to the label
                lift = LIFT * part.space * pane.scale
                painter.fillRect(QRectF(x - line / 2, box.top() - lift, line, lift), colour)
            for y in (box.top(), box.bottom() - line):
                painter.fillRect(QRectF(QPointF(x, y), QPointF(x + way * hook, y + line)).normalized(), colour)
