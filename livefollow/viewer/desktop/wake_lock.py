"""Keeps the screen awake while somebody plays, where the desktop lets itself be asked over D-Bus; else nothing.

Calls are asynchronous: a desktop that does not answer holds nothing up. The window's thread's alone.
"""

from __future__ import annotations

import logging

from PyQt6.QtCore import QMetaType, QObject, QTimer
from PyQt6.QtDBus import QDBusArgument, QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusPendingReply

# Name, path and interface. Most desktops answer to the first; some only to the second.
SERVICES = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
)

AWAKE_S = 900.0  # that the screen stays on after it was last wanted

logger = logging.getLogger(__name__)


class WakeLock(QObject):
    """Asks that the screen stay on; the end of the program ends that too."""

    def __init__(self, why: str, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        """Ask nothing yet.

        Args:
            why: shown by desktops that list who keeps the screen on.
            bus: the session's by default.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._why = why
        self._bus = bus or QDBusConnection.sessionBus()
        self._service = 0  # index of the one that is asked
        self._cookie: int | None = None
        self._asked = self._wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.hold(False))

    @property
    def held(self) -> bool:
        """Whether a desktop has said yes."""
        return self._cookie is not None

    def hold(self, wanted: bool) -> None:
        """Keep the screen on for `AWAKE_S` from now, or no longer."""
        self._wanted = wanted
        if not wanted:
            self._timer.stop()
            self._let_go()
            return
        self._timer.start(round(1000 * AWAKE_S))
        if self._cookie is None and not self._asked and self._service < len(SERVICES) and self._bus.isConnected():
            self._ask()

    def _ask(self) -> None:
        self._asked = True
        message = QDBusMessage.createMethodCall(*SERVICES[self._service], "Inhibit")
        message.setArguments(["livefollow", self._why])
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)
        watcher.finished.connect(self._answered)

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        self._asked = False
        reply = QDBusPendingReply(watcher)
        watcher.deleteLater()
        if reply.isError():
            logger.info("%s does not keep the screen on: %s", SERVICES[self._service][0], reply.error().message())
            self._service += 1
            self.hold(self._wanted)
            return
        self._cookie = int(reply.argumentAt(0))
        if not self._wanted:  # he stopped before the answer came
            self._let_go()

    def _let_go(self) -> None:
        if self._cookie is not None:
            message = QDBusMessage.createMethodCall(*SERVICES[self._service], "UnInhibit")
            message.setArguments([QDBusArgument(self._cookie, QMetaType.fromName(b"uint").id())])
            self._bus.asyncCall(message)
            self._cookie = None
