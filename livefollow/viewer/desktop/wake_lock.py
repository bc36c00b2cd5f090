"""Keeps the screen awake while somebody plays, on desktops that offer it over D-Bus.

Calls are asynchronous: a desktop that does not answer delays nothing. Window thread only.
"""

from __future__ import annotations

import logging

from PyQt6.QtCore import QMetaType, QObject, QTimer
from PyQt6.QtDBus import QDBusArgument, QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusPendingReply

# Name, path and interface. Most desktops offer the first; some only the second.
SERVICES = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
)

AWAKE_S = 900.0  # that the screen stays on after the last request

logger = logging.getLogger(__name__)


class WakeLock(QObject):
    """Asks the desktop to keep the screen on; ends with the program."""

    def __init__(self, why: str, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        """Prepare without asking for anything.

        Args:
            why: reason, shown by desktops that list it.
            bus: the session bus by default.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._why = why
        self._bus = bus or QDBusConnection.sessionBus()
        self._service = 0  # index of the service that is asked
        self._cookie: int | None = None
        self._asked = self._wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.hold(False))

    @property
    def held(self) -> bool:
        """Whether a desktop has granted it."""
        return self._cookie is not None

    def hold(self, wanted: bool) -> None:
        """Keep the screen on for `AWAKE_S` from now, or stop keeping it on."""
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
        if not self._wanted:  # no longer wanted when the answer came
            self._let_go()

    def _let_go(self) -> None:
        if self._cookie is not None:
            message = QDBusMessage.createMethodCall(*SERVICES[self._service], "UnInhibit")
            message.setArguments([QDBusArgument(self._cookie, QMetaType.fromName(b"uint").id())])
            self._bus.asyncCall(message)
            self._cookie = None
