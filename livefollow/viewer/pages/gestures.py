"""Mouse, wheel and touch on the pages, translated into what the player wants. Window thread only."""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QInputDevice, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PyQt6.QtWidgets import QGestureEvent, QPinchGesture

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
    the wheel turn. With Ctrl the wheel zooms. Two fingers on a screen zoom and move the page; on a touchpad they scroll
    it, and zoom.

    Attributes:
        pointed: page from 1, x and y in points.
        turned: FORWARD or BACK.
        zoomed: FORWARD for larger, BACK for smaller.
        pinch_began: two fingers are on the screen; what one of them has begun does not count.
        pinched: factor on the zoom, between the fingers, and px by which they have moved.
        pinch_ended: the fingers are off.
        moved: the mouse was moved over the pages.
    """

    pointed = pyqtSignal(int, float, float)
    turned = pyqtSignal(int)
    zoomed = pyqtSignal(int)
    pinch_began = pyqtSignal()
    pinched = pyqtSignal(float, QPointF, QPointF)
    pinch_ended = pyqtSignal()
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
        self._two_fingers = False
        pages.setMouseTracking(True)
        pages.grabGesture(Qt.GestureType.PinchGesture)
        pages.installEventFilter(self)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: ARG002, N802  # Qt's names
        """Recognise an event; those that are part of a gesture are consumed."""
        match a1:
            case QWheelEvent():
                return self._roll(a1)
            case QGestureEvent():
                return self._pinch(a1)
            case QNativeGestureEvent():
                return self._pinch_touchpad(a1)
            case QMouseEvent():
                return self._mouse(a1)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self.moved.emit()
        elif event.button() == Qt.MouseButton.LeftButton and event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = None if self._two_fingers else (event.position(), self._clock())
            return True
        elif event.button() == Qt.MouseButton.LeftButton and event.type() == QEvent.Type.MouseButtonRelease:
            return self._release(event)
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

    def _pinch(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        if pinch.state() is Qt.GestureState.GestureStarted:
            self._two_fingers, self._pressed = True, None
            self.pinch_began.emit()
        if self._two_fingers and pinch.state() is not Qt.GestureState.GestureCanceled:
            way = pinch.centerPoint() - pinch.lastCenterPoint() if pinch.lastCenterPoint() != QPointF() else QPointF()
            self.pinched.emit(pinch.scaleFactor(), self._pages.mapFromGlobal(pinch.centerPoint()), way)
        if pinch.state() in (Qt.GestureState.GestureFinished, Qt.GestureState.GestureCanceled):
            self._two_fingers = False
            self.pinch_ended.emit()
        event.accept(pinch)
        return True

    def _pinch_touchpad(self, event: QNativeGestureEvent) -> bool:
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                self.pinched.emit(1.0 + event.value(), event.position(), QPointF())
            case Qt.NativeGestureType.EndNativeGesture:
                self.pinch_ended.emit()
            case Qt.NativeGestureType.BeginNativeGesture:
                pass
            case _:
                return False
        return True

    def _roll(self, event: QWheelEvent) -> bool:
        now, dy = self._clock(), event.angleDelta().y()
        way = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if dy:
                self.zoomed.emit(FORWARD if dy > 0 else BACK)
            return True
        ratio = self._pages.devicePixelRatioF()
        if not way.isNull() and self._pages.scroll_by(-way.y() * ratio, -way.x() * ratio):
            self._rest_until = now + WHEEL_REST_S  # at the page's end the same movement turns nothing
            return True
        if now < self._rest_until or event.phase() is Qt.ScrollPhase.ScrollMomentum:
            return True
        self._wheel = self._wheel + dy if self._wheel * dy >= 0 else dy
        if abs(self._wheel) >= NOTCH:
            self.turned.emit(BACK if self._wheel > 0 else FORWARD)
            self._wheel, self._rest_until = 0, now + WHEEL_REST_S
        return True


def _is_finger(event: QMouseEvent) -> bool:
    device = event.device()
    return device is not None and device.type() == QInputDevice.DeviceType.TouchScreen
