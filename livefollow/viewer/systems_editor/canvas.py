"""A page with the boxes of its systems, which can be dragged. Window thread only; it changes nothing itself.

A box marks the outer staff lines of a system. The mouse drags its edges, its corners, or all of it, and draws a new box
on empty paper. Arrow keys move the chosen box; with Shift, its right and lower edge; with Control, in large steps.
"""

from __future__ import annotations

from enum import Flag, auto

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from livefollow.score.systems import System
from livefollow.viewer.systems_editor.edit import Box, large_enough, level_box

PLAYED, SKIPPED, CHOSEN = QColor("#0072b2"), QColor("#8c8c8c"), QColor("#d55e00")
LABEL_PX = 28
REACH_PX = 7  # distance from an edge at which it can be dragged
STEP_PT, LARGE_STEP_PT = 1.0, 10.0
KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Edge(Flag):
    """The edges of a box that are dragged."""

    NONE = 0
    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()
    ALL = LEFT | TOP | RIGHT | BOTTOM


CURSORS = {
    Edge.NONE: Qt.CursorShape.CrossCursor,
    Edge.ALL: Qt.CursorShape.SizeAllCursor,
    Edge.LEFT: Qt.CursorShape.SizeHorCursor,
    Edge.RIGHT: Qt.CursorShape.SizeHorCursor,
    Edge.TOP: Qt.CursorShape.SizeVerCursor,
    Edge.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Edge.LEFT | Edge.TOP: Qt.CursorShape.SizeFDiagCursor,
    Edge.RIGHT | Edge.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    Edge.RIGHT | Edge.TOP: Qt.CursorShape.SizeBDiagCursor,
    Edge.LEFT | Edge.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
}


class SystemsCanvas(QWidget):
    """Shows one page with the boxes of its systems, as wide as its parent allows.

    Attributes:
        chose: index of the system that was chosen, -1 for none.
        moved: index of a system and the Box it was dragged to.
        drawn: Box of a new system.
        chosen: index of the chosen system, -1 for none.
    """

    chose = pyqtSignal(int)
    moved = pyqtSignal(int, object)
    drawn = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a page."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Page with its systems"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # In a narrow dialog the page is less high than the size hint says.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._size = (595.0, 842.0)
        self._image = QImage()
        self._systems: list[System] = []
        self.chosen = -1
        self._held = Edge.NONE
        self._from = QPointF()  # where the button was pressed, points
        self._box: Box | None = None  # the one being dragged or drawn

    def show_page(self, size: tuple[float, float], image: QImage) -> None:
        """Show a page.

        Args:
            size: width and height, points.
            image: of any resolution; null while there is none.
        """
        self._size, self._image = size, image
        self.updateGeometry()
        self.update()

    def show_systems(self, systems: list[System], chosen: int) -> None:
        """Show boxes, one of them chosen, or none (-1)."""
        self._systems, self.chosen = systems, min(chosen, len(systems) - 1)
        self._held, self._box = Edge.NONE, None
        self.update()

    def heightForWidth(self, a0: int) -> int:  # noqa: N802  # Qt's name
        """Return the height of the page at a width."""
        return round(a0 * self._size[1] / self._size[0])

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Return a size at which a page can be edited."""
        return QSize(700, self.heightForWidth(700))

    @property
    def scale(self) -> float:
        """Widget px per point."""
        return self.width() / self._size[0]

    def box_on_screen(self, box: Box) -> QRectF:
        """Return a box in px of the widget."""
        left, top, right, bottom = (value * self.scale for value in box)
        return QRectF(left, top, right - left, bottom - top)

    # --- Qt's events ---

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw the page, the boxes, and the one that is being dragged."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._image.isNull():
            painter.drawImage(QRectF(0, 0, self.width(), self.heightForWidth(self.width())), self._image)
        for index, system in enumerate(self._systems):
            self._paint_system(painter, index, system)
        if self._box:
            painter.setPen(QPen(CHOSEN, 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.box_on_screen(self._box))
        painter.end()

    def _paint_system(self, painter: QPainter, index: int, system: System) -> None:
        chosen = index == self.chosen
        colour = CHOSEN if chosen else SKIPPED if system.skip else PLAYED
        tint = QColor(colour)
        tint.setAlpha(40)
        outline = self.box_on_screen(level_box(system))
        if system.skip:
            painter.fillRect(outline, QBrush(SKIPPED, Qt.BrushStyle.BDiagPattern))
        for number, staff in enumerate(system.staves):
            if number in system.piano:
                painter.fillRect(self.box_on_screen((staff.left, staff.top, staff.right, staff.bottom)), tint)
        painter.setPen(QPen(colour, 2.5 if chosen else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(outline)
        label = QRectF(0, outline.top(), LABEL_PX, 20)  # in the margin, where it covers no music
        painter.fillRect(label, colour)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        if system.skip:
            words = self.tr("skipped")
            badge = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(words) + 16, 24)
            badge.moveCenter(outline.center())
            painter.fillRect(badge, colour)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        if chosen:
            painter.setBrush(Qt.GlobalColor.white)
            painter.setPen(QPen(colour, 1.5))
            for x in (outline.left(), outline.center().x(), outline.right()):
                for y in (outline.top(), outline.center().y(), outline.bottom()):
                    if (x, y) != (outline.center().x(), outline.center().y()):
                        painter.drawRect(QRectF(x - 4, y - 4, 8, 8))

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Begin to drag a box, or to draw a new one."""
        if a0 is None or a0.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        index, held = self._at(a0.position())
        self.chosen = index
        self.chose.emit(index)
        self._held, self._from = held, a0.position() / self.scale  # after `chose`, whose receivers show the boxes anew
        self.update()

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Drag what is held, or show by the cursor what could be dragged."""
        if a0 is None:
            return
        if not a0.buttons() & Qt.MouseButton.LeftButton:
            self.setCursor(CURSORS.get(self._at(a0.position())[1], Qt.CursorShape.ArrowCursor))
            return
        at = a0.position() / self.scale
        if self._held is Edge.NONE:
            x, y = sorted((self._from.x(), at.x())), sorted((self._from.y(), at.y()))
            self._box = self._inside((x[0], y[0], x[1], y[1]))
        elif 0 <= self.chosen < len(self._systems):
            step = at - self._from
            self._box = self._inside(stretched(level_box(self._systems[self.chosen]), self._held, step.x(), step.y()))
        self.update()

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Finish dragging or drawing."""
        box, held = self._box, self._held
        self._box, self._held = None, Edge.NONE
        self.update()
        if a0 is None or box is None or not large_enough(box):
            return
        if held is Edge.NONE:
            self.drawn.emit(box)
        else:
            self.moved.emit(self.chosen, box)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:  # noqa: N802  # Qt's name
        """Move the chosen box, or its right and lower edge."""
        if a0 is None or a0.key() not in KEYS or not 0 <= self.chosen < len(self._systems):
            super().keyPressEvent(a0)
            return
        held = a0.modifiers()
        step = LARGE_STEP_PT if held & Qt.KeyboardModifier.ControlModifier else STEP_PT
        edges = Edge.RIGHT | Edge.BOTTOM if held & Qt.KeyboardModifier.ShiftModifier else Edge.ALL
        dx, dy = KEYS[Qt.Key(a0.key())]
        box = self._inside(stretched(level_box(self._systems[self.chosen]), edges, dx * step, dy * step))
        if large_enough(box):
            self.moved.emit(self.chosen, box)

    def _at(self, point: QPointF) -> tuple[int, Edge]:
        """Return the system at a place and the edges there, the chosen one first; -1 and NONE on paper."""
        order = sorted(range(len(self._systems)), key=lambda index: index != self.chosen)
        for index in order:
            outline = self.box_on_screen(level_box(self._systems[index]))
            if not outline.adjusted(-REACH_PX, -REACH_PX, REACH_PX, REACH_PX).contains(point):
                continue
            near = Edge.NONE
            for edge, distance in (
                (Edge.LEFT, point.x() - outline.left()),
                (Edge.RIGHT, point.x() - outline.right()),
                (Edge.TOP, point.y() - outline.top()),
                (Edge.BOTTOM, point.y() - outline.bottom()),
            ):
                if abs(distance) <= REACH_PX:
                    near |= edge
            return index, near or Edge.ALL
        return -1, Edge.NONE

    def _inside(self, box: Box) -> Box:
        """Return a box clipped to the page."""
        width, height = self._size
        left, top, right, bottom = box
        return max(0.0, left), max(0.0, top), min(width, right), min(height, bottom)


def stretched(box: Box, edges: Edge, dx: float, dy: float) -> Box:
    """Return a box with its held edges moved by (dx, dy); no edge passes the opposite one."""
    left, top, right, bottom = box
    left, right = (left + dx if Edge.LEFT in edges else left), (right + dx if Edge.RIGHT in edges else right)
    top, bottom = (top + dy if Edge.TOP in edges else top), (bottom + dy if Edge.BOTTOM in edges else bottom)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
