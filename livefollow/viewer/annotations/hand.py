"""What pen, mouse and finger do on the pages while the player writes. Window thread only.

A tablet's pen draws with its pressure, and its other end erases. While a pen is in use, fingers and the palm draw
nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent

from livefollow.score.annotations.geometry import Spot, box_of, touches
from livefollow.score.annotations.kinds import Annotation, Ink, Stamp, StampKind, Text
from livefollow.viewer.annotations.layer import Layer
from livefollow.viewer.annotations.painting import text_width
from livefollow.viewer.annotations.strokes import EVEN, StrokeMaker
from livefollow.viewer.annotations.tools import (
    ERASER_PX,
    FINGER_SPACES,
    HIGHLIGHTER_PT,
    PENCIL_PT,
    STAMP_SPACES,
    Tool,
    ToolBox,
)
from livefollow.viewer.pages.page_view import PageView

PALM_S = 2.0  # after a pen was seen: fingers on the screen are the hand that holds it
STRETCH_PX = 14  # a drag further than this makes a stamp so high
PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Hand(QObject):
    """Turns events on a page view into annotations.

    Attributes:
        wrote: page, and all that is on it from now on.
        texted: page, point of it, and the text there or None: the player wants to type.
        lifted: pen, mouse or finger no longer press.
        on: whether the player writes; events go their usual way otherwise.
    """

    wrote = pyqtSignal(int, object)
    texted = pyqtSignal(int, QPointF, object)
    lifted = pyqtSignal()

    def __init__(
        self,
        pages: PageView,
        layer: Layer,
        tools: ToolBox,
        spaces: Callable[[int, float, float], float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch the events of a view, before all who watch them already.

        Args:
            pages: the view.
            layer: shows what is written.
            tools: what the player holds.
            spaces: returns the staff space at a point of a page, points.
            clock: monotonic seconds.
        """
        super().__init__(pages)
        self._pages, self._layer, self._tools, self._spaces, self._clock = pages, layer, tools, spaces, clock
        self.on = False
        self._tool: Tool | None = None  # that presses
        self._page = 0
        self._start = self._newest = QPointF()
        self._spot: Spot = (0.0, 0.0)  # last point on the page
        self._stroke: StrokeMaker | None = None
        self._left: tuple[Annotation, ...] = ()  # not erased yet
        self._pen_at = self._used_at = float("-inf")
        pages.setTabletTracking(True)
        pages.installEventFilter(self)

    @property
    def pressing(self) -> bool:
        """Whether pen, mouse or finger press on a page."""
        return self._tool is not None

    def idle_s(self) -> float:
        """Return for how many seconds nothing was written."""
        return 0.0 if self.pressing else self._clock() - self._used_at

    def use(self) -> None:
        """Note that the player writes now."""
        self._used_at = self._clock()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Write; while the player does not, everything goes its usual way."""
        if not self.on:
            return False
        if isinstance(a1, QTabletEvent):
            return self._pen(a1)
        if isinstance(a1, QMouseEvent):
            return self._mouse(a1)
        return False

    def drop(self) -> None:
        """End what is being drawn, as if the pen had been lifted."""
        if self.pressing:
            self._lift(self._newest)

    def discard(self) -> None:
        """Forget what is being drawn: it was one of two fingers that move the page."""
        if self.pressing:
            self._tool = self._stroke = self._layer.written_now = None
            self._layer.end()
            self._pages.hold(False)
            self.lifted.emit()

    def _pen(self, event: QTabletEvent) -> bool:
        self._pen_at = self._used_at = self._clock()
        kind = QEvent.Type
        eraser = event.pointerType() is QPointingDevice.PointerType.Eraser
        if event.type() == kind.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position(), Tool.ERASER if eraser else self._tools.tool, event.pressure())
        elif event.type() == kind.TabletMove and self.pressing:
            self._move(event.position(), event.pressure())
        elif event.type() == kind.TabletRelease and self.pressing:
            self._lift(event.position())
        elif event.type() != kind.TabletMove:
            return False  # other buttons of the pen open menus, as a mouse's do
        event.accept()
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        if _is_finger(event) and self._clock() - self._pen_at < PALM_S:
            return True
        if event.type() in PRESSES and event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position(), self._tools.tool, EVEN)
            return True
        if event.type() == QEvent.Type.MouseMove and self.pressing:
            self._move(event.position(), EVEN)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            if self.pressing:
                self._lift(event.position())
            return True
        return False

    # --- a press, from down to up ---

    def _press(self, at: QPointF, tool: Tool, pressure: float) -> None:
        if self.pressing:
            self._lift(at)
        pane = self._layer.pane_at(at)
        if pane is None:
            return
        self._page, self._tool, self._start, self._newest = pane.page, tool, at, at
        self.use()
        self._pages.hold(True)
        if tool in (Tool.PENCIL, Tool.HIGHLIGHTER):
            width = PENCIL_PT if tool is Tool.PENCIL else HIGHLIGHTER_PT
            self._stroke = StrokeMaker(width * self._tools.factor)
        elif tool is Tool.ERASER:
            self._left = tuple(self._layer.written(self._page))
            self._layer.written_now = self._page, self._left
        self._move(at, pressure)

    def _move(self, at: QPointF, pressure: float) -> None:
        self.use()
        before, self._newest = self._newest, at
        x, y = self._on_page(at)
        match self._tool:
            case Tool.PENCIL | Tool.HIGHLIGHTER if self._stroke:
                if self._stroke.add(x, y, pressure):
                    highlighter = self._tool is Tool.HIGHLIGHTER
                    self._layer.show_stroke(self._page, self._stroke.points, self._tools.colour, highlighter)
            case Tool.ERASER:
                self._erase(before, at)
            case Tool.FINGERING:
                self._layer.show_draft(self._page, self._fingering(x, y))
            case Tool.STAMP:
                self._layer.show_draft(self._page, self._stamp(at))

    def _lift(self, at: QPointF) -> None:
        tool, self._tool = self._tool, None
        self._used_at = self._clock()
        x, y = self._on_page(at)
        self._layer.written_now = None
        written = self._layer.written(self._page)
        match tool:
            case Tool.PENCIL | Tool.HIGHLIGHTER if self._stroke:
                stroke, self._stroke = self._stroke.end(), None
                if stroke:
                    ink = Ink(stroke, self._tools.colour, tool is Tool.HIGHLIGHTER)
                    self.wrote.emit(self._page, (*written, ink))
            case Tool.ERASER:
                self.wrote.emit(self._page, self._left)
            case Tool.FINGERING:
                self.wrote.emit(self._page, (*written, self._fingering(x, y)))
            case Tool.STAMP:
                self.wrote.emit(self._page, (*written, self._stamp(at)))
            case Tool.TEXT:
                there = next((a for a in reversed(written) if isinstance(a, Text) and touches(a, x, y, 0.0)), None)
                self.texted.emit(self._page, QPointF(x, y), there)
        self._layer.end()
        self._pages.hold(False)
        self.lifted.emit()

    def _erase(self, before: QPointF, at: QPointF) -> None:
        """Erase whatever lies on the way, in steps no longer than the eraser."""
        pane = next((pane for pane in self._pages.panes() if pane.page == self._page), None)
        if pane is None:
            return
        ratio = self._pages.devicePixelRatioF()
        radius = ERASER_PX * ratio * self._tools.factor
        way = at - before
        steps = max(1, round(max(abs(way.x()), abs(way.y())) * ratio / radius))
        for k in range(1, steps + 1):
            x, y = self._on_page(before + way * (k / steps))
            hit = [touches(annotation, x, y, radius / pane.scale) for annotation in self._left]
            if any(hit):
                gone = [annotation for annotation, touched in zip(self._left, hit, strict=True) if touched]
                self._left = tuple(a for a, touched in zip(self._left, hit, strict=True) if not touched)
                self._layer.written_now = self._page, self._left
                self._layer.update(gone, self._page)

    def _on_page(self, at: QPointF) -> Spot:
        """Return the point of the page that is pressed on; the last known one once the page is gone."""
        self._spot = self._layer.on_page(self._page, at) or self._spot
        return self._spot

    def _fingering(self, x: float, y: float) -> Text:
        size = FINGER_SPACES * self._spaces(self._page, x, y) * self._tools.factor
        width = text_width(self._tools.digit, size)
        text = Text(0, 0, self._tools.digit, size, width, self._tools.colour, self._layer.turned(self._page))
        left, top, right, bottom = box_of(text)
        return Text(x - (left + right) / 2, y - (top + bottom) / 2, text.text, size, width, text.colour, text.turned)

    def _stamp(self, at: QPointF) -> Stamp:
        """A stamp where it was pressed; a drag up or down makes it as high as the drag is long."""
        kind, page = self._tools.stamp, self._page
        x, y = self._on_page(at)
        height = STAMP_SPACES[kind] * self._spaces(page, x, y) * self._tools.factor
        drag = abs(at.y() - self._start.y())
        pane = next((pane for pane in self._pages.panes() if pane.page == page), None)
        if kind is StampKind.BRACKET and drag > STRETCH_PX and pane:
            height = drag * self._pages.devicePixelRatioF() / pane.scale
            x, y = self._on_page(QPointF(self._start.x(), (self._start.y() + at.y()) / 2))
        return Stamp(kind, x, y, height, self._tools.colour, self._layer.turned(page))


def _is_finger(event: QMouseEvent) -> bool:
    device = event.device()
    return device is not None and device.type() == QInputDevice.DeviceType.TouchScreen
