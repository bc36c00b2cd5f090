"""A key or pedal that is held down counts once, whatever sends it. The window's thread's.

Keyboards repeat a held key and say so; some pedals, remote screens and display servers repeat it as if it were pressed
anew each time. Who means two turns presses a quarter of a second apart or more, with the foot up between.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication, QEvent, QObject
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QWidget

AFTER_PRESS_S = 0.2  # a press so soon after the one before belongs to it
AFTER_RELEASE_S = 0.07  # so soon after the release the key has never been up
STUCK_S = 1.2  # a key that was silent for so long is up, even if no release came; longer than keyboards wait to repeat


@dataclass
class KeyTimes:
    """When a key went down last, and up after that: seconds."""

    pressed: float
    released: float | None = None

    def still_down(self, now: float) -> bool:
        """Whether a press at this moment belongs to the one before."""
        if self.released is None:
            return now - self.pressed < STUCK_S
        return now - self.pressed < AFTER_PRESS_S or now - self.released < AFTER_RELEASE_S


class HeldKeys(QObject):
    """Keeps shortcuts of held keys from those of a window's actions that do not repeat (`QAction.autoRepeat`)."""

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch all keys.

        Args:
            window: with the actions.
            clock: monotonic seconds, for presses that bring no time stamp of their own.
        """
        super().__init__(window)
        self._window, self._clock = window, clock
        self._keys: dict[int, KeyTimes] = {}
        self._pressing: int | None = None  # what is on the key whose press is on its way from widget to widget
        self._held = False  # the newest press belongs to the one before
        application = QCoreApplication.instance()
        if application:
            application.installEventFilter(self)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Note when keys go down and up; use up shortcuts of those that are held."""
        if a1 is None:
            return False
        match a1.type():
            case QEvent.Type.ShortcutOverride if isinstance(a1, QKeyEvent):  # comes before any shortcut
                if self._pressing != a1.key():
                    self._pressing = a1.key()
                    self._press(a1)
            case QEvent.Type.Shortcut:
                self._pressing = None
                once = isinstance(a0, QAction) and not a0.autoRepeat() and a0 in self._window.actions()
                return self._held and once
            case QEvent.Type.KeyPress:
                self._pressing = None
            case QEvent.Type.KeyRelease if isinstance(a1, QKeyEvent):
                self._pressing = None
                if a1.key() in self._keys and not a1.isAutoRepeat():
                    self._keys[a1.key()].released = self._at(a1)
            case QEvent.Type.ApplicationDeactivate:  # releases go elsewhere
                self.forget()
        return False

    def forget(self) -> None:
        """All keys are up."""
        self._keys.clear()

    def _press(self, event: QKeyEvent) -> None:
        now, before = self._at(event), self._keys.get(event.key())
        self._held = event.isAutoRepeat() or (before is not None and before.still_down(now))
        self._keys[event.key()] = KeyTimes(now)

    def _at(self, event: QKeyEvent) -> float:
        """When the key was moved: the screen's own time where it is told, since the window may be busy; seconds."""
        return event.timestamp() / 1000 or self._clock()
