"""Mouse, wheel and touch on the pages, translated into what the player wants. Window thread only."""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QInputDevice, QMouseEvent, QWheelEvent

from livefollow.viewer.pages.page_view import PageView

NOTCH = 120  # of a wheel, in Qt's units
WHEEL_REST_S = 0.3  # after a turn by wheel, in which the rest of the movement is ignored
SWIPE_PX, SWIPE_S = 60, 0.7
STILL_PX = 12  # a press that moves less is a tap
TOUCH_ZONE = 0.12  # of the width, at either side
FORWARD, BACK = 1, -1


class Gestures(QObject):
    """Recognises gestures on a page view.

    A click or tap on the score points at a place; a tap at the left or right edge, a click beside the page, a swipe and
    the wheel turn. With Ctrl the wheel zooms.

    Attributes:
        pointed: page from 1, x and y in points.
        turned: FORWARD or BACK.
        zoomed: FORWARD for larger, BACK for smaller.
        moved: the mouse was moved over the pages.
    """

    pointed = pyqtSignal(int, float, float)
    turned = pyqtSignal(int)
    zoomed = pyqtSignal(int)
    moved = pyqtSignal()

    def __init__(self, pages: PageView, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch the events of a view.

        Args:
            pages: the view.
            clock: monotonic seconds.
        """
        super().__init__(pages)
        self._pages, self._clock = pages, clock
        self._pressed: tuple[QPointF, float] | None = None
        self._wheel, self._rest_until = 0, float("-inf")
        pages.setMouseTracking(True)
        pages.installEventFilter(self)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Recognise an event; those that are part of a gesture are consumed."""
        if isinstance(a1, QWheelEvent):
            return self._roll(a1)
        if not isinstance(a1, QMouseEvent):
            return False
        if a1.type() == QEvent.Type.MouseMove:
            self.moved.emit()
        elif a1.button() == Qt.MouseButton.LeftButton and a1.type() == QEvent.Type.MouseButtonPress:
            self._pressed = a1.position(), self._clock()
            return True
        elif a1.button() == Qt.MouseButton.LeftButton and a1.type() == QEvent.Type.MouseButtonRelease:
            return self._release(a1)
        return False

    def _release(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        (start, since), self._pressed = self._pressed, None
        way = event.position() - start
        if abs(way.x()) > SWIPE_PX and abs(way.x()) > 2 * abs(way.y()) and self._clock() - since < SWIPE_S:
            self.turned.emit(FORWARD if way.x() < 0 else BACK)
        elif abs(way.x()) < STILL_PX and abs(way.y()) < STILL_PX:
            self._tap(start, finger=event.device() is not None and _is_finger(event))
        return True

    def _tap(self, at: QPointF, finger: bool) -> None:
        place, share = self._pages.to_page(at), at.x() / max(1, self._pages.width())
        at_edge = not TOUCH_ZONE < share < 1 - TOUCH_ZONE
        if place is None or (finger and at_edge):
            self.turned.emit(FORWARD if share > 0.5 else BACK)
        else:
            self.pointed.emit(*place)

    def _roll(self, event: QWheelEvent) -> bool:
        now, dy = self._clock(), event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if dy:
                self.zoomed.emit(FORWARD if dy > 0 else BACK)
            return True
        if dy and self._pages.scroll_by(-dy * self._pages.devicePixelRatioF()):
            return True
        if now < self._rest_until:
            return True
        self._wheel = self._wheel + dy if self._wheel * dy >= 0 else dy
        if abs(self._wheel) >= NOTCH:
            self.turned.emit(BACK if self._wheel > 0 else FORWARD)
            self._wheel, self._rest_until = 0, now + WHEEL_REST_S
        return True


def _is_finger(event: QMouseEvent) -> bool:
    device = event.device()
    return device is not None and device.type() == QInputDevice.DeviceType.TouchScreen
