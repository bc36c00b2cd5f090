"""Keeps windows and dialogs, with their frames, within the screen. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, QTimer
from PyQt6.QtGui import QGuiApplication, QScreen
from PyQt6.QtWidgets import QWidget

# px: assumed frame until the window manager has made it; today's desktops have none larger.
FRAME = QMargins(6, 38, 6, 6)
FRAMED_MS = 250  # after which a window that was shown has its frame and place


def fitted(size: QSize, room: QSize, frame: QMargins) -> QSize:
    """Return the size of a window that fits with its frame.

    Args:
        size: wanted, without the frame.
        room: of the screen, without panels.
        frame: of the window.
    """
    return size.boundedTo(room.shrunkBy(frame)).expandedTo(QSize(1, 1))


def moved_inside(frame: QRect, room: QRect) -> QPoint:
    """Return the upper left corner of a framed window at which all of it is visible, at least its title."""
    x = max(room.left(), min(frame.left(), room.left() + room.width() - frame.width()))
    y = max(room.top(), min(frame.top(), room.top() + room.height() - frame.height()))
    return QPoint(x, y)


def resize_to_fit(window: QWidget, wanted: QSize) -> None:
    """Resize a window that is not shown yet, at most to the size of the screen."""
    screen = _screen_of(window)
    window.resize(fitted(wanted, screen.availableGeometry().size(), FRAME) if screen else wanted)


class ScreenFit(QObject):
    """Keeps a window on its screen after it was shown, and after a screen was removed."""

    def __init__(self, window: QWidget) -> None:
        """Watch a window and the screens."""
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAMED_MS)
        self._timer.timeout.connect(self.fit)
        window.installEventFilter(self)
        screens = QGuiApplication.instance()
        if isinstance(screens, QGuiApplication):
            screens.screenRemoved.connect(self._timer.start)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Fit the window soon after it is shown, when it has its frame."""
        if a0 is self._window and a1 and a1.type() == QEvent.Type.Show:
            self._timer.start()
        return super().eventFilter(a0, a1)

    def fit(self) -> None:
        """Shrink and move the window so that all of it is on the screen."""
        window, screen = self._window, _screen_of(self._window)
        if screen is None or not window.isVisible() or window.isMaximized() or window.isFullScreen():
            return
        room, frame = screen.availableGeometry(), _frame_of(window)
        size = fitted(window.size(), room.size(), frame)
        if size != window.size():
            window.resize(size)
        corner = moved_inside(QRect(window.pos(), size.grownBy(frame)), room)
        if corner != window.pos():
            window.move(corner)


def _screen_of(window: QWidget) -> QScreen | None:
    """Return the screen that a window is on, or will be."""
    parent = window.parentWidget()
    return (
        parent.screen() if parent and not window.isVisible() else window.screen()
    ) or QGuiApplication.primaryScreen()


def _frame_of(window: QWidget) -> QMargins:
    outer, inner = window.frameGeometry(), window.geometry()
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )
