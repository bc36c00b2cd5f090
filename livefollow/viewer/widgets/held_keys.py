"""Counts a key or pedal that is held down once, whatever sends it. Window thread only.

Keyboards mark the repeats of a held key; some pedals, remote screens and display servers send them like new presses.
Players who want two turns press at least a quarter of a second apart, with the foot up between.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication, QEvent, QObject
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QWidget

AFTER_PRESS_S = 0.2  # a press this soon after the previous one belongs to it
AFTER_RELEASE_S = 0.07  # a press this soon after a release belongs to the previous one, too
STUCK_S = 1.2  # without events a key counts as released; longer than the delay before keyboards repeat


@dataclass
class KeyTimes:
    """When a key was pressed last, and released after that: seconds."""

    pressed: float
    released: float | None = None

    def still_down(self, now: float) -> bool:
        """Whether a press at a time belongs to the previous one."""
        if self.released is None:
            return now - self.pressed < STUCK_S
        return now - self.pressed < AFTER_PRESS_S or now - self.released < AFTER_RELEASE_S


class HeldKeys(QObject):
    """Stops held keys from triggering actions of a window that do not repeat (`QAction.autoRepeat`)."""

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch all keys of the application.

        Args:
            window: with the actions.
            clock: monotonic seconds, for events without a time stamp.
        """
        super().__init__(window)
        self._window, self._clock = window, clock
        self._keys: dict[int, KeyTimes] = {}
        self._pressing: int | None = None  # the key whose press is being delivered
        self._held = False  # the newest press belongs to the previous one
        application = QCoreApplication.instance()
        if application:
            application.installEventFilter(self)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Record presses and releases; consume shortcuts of held keys."""
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
            case QEvent.Type.ApplicationDeactivate:  # other windows get the releases
                self.forget()
        return False

    def forget(self) -> None:
        """Treat all keys as released."""
        self._keys.clear()

    def _press(self, event: QKeyEvent) -> None:
        now, before = self._at(event), self._keys.get(event.key())
        self._held = event.isAutoRepeat() or (before is not None and before.still_down(now))
        self._keys[event.key()] = KeyTimes(now)

    def _at(self, event: QKeyEvent) -> float:
        """Return the time of an event, seconds: its own time stamp if it has one, because the window may be busy."""
        return event.timestamp() / 1000 or self._clock()
