"""Keeps the screen awake while somebody plays, where the desktop lets itself be asked over D-Bus; else nothing.

Calls are asynchronous: a desktop that does not answer holds nothing up. The window's thread's alone.
"""

from __future__ import annotations

import logging

from PyQt6.QtCore import QObject
from PyQt6.QtDBus import QDBusConnection, QDBusInterface, QDBusPendingCallWatcher, QDBusPendingReply

# Screen savers of KDE, Xfce, MATE, Cinnamon and GNOME answer to the first; the second serves where only the other is.
SERVICES = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
)

logger = logging.getLogger(__name__)


class WakeLock(QObject):
    """Asks that the screen stay on; ending the program ends it too."""

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
        self._interface: QDBusInterface | None = None
        self._cookie: int | None = None
        self._wanted = False

    @property
    def held(self) -> bool:
        """Whether a desktop has said yes."""
        return self._cookie is not None

    def hold(self, wanted: bool) -> None:
        """Keep the screen on, or no longer."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if wanted:
            self._ask()
        elif self._cookie is not None and self._interface:
            self._interface.asyncCall("UnInhibit", self._cookie)
            self._cookie = None

    def _ask(self) -> None:
        if not self._bus.isConnected():
            return
        if self._interface is None:
            interfaces = (QDBusInterface(*service, self._bus, self) for service in SERVICES)
            self._interface = next((i for i in interfaces if i.isValid()), None)
        if self._interface is None:
            logger.info("no desktop that can keep the screen on")
            return
        watcher = QDBusPendingCallWatcher(self._interface.asyncCall("Inhibit", "livefollow", self._why), self)
        watcher.finished.connect(self._answered)

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        reply = QDBusPendingReply(watcher)
        watcher.deleteLater()
        if reply.isError():
            logger.info("the screen may go to sleep: %s", reply.error().message())
            return
        self._cookie = reply.argumentAt(0)
        if not self._wanted and self._interface:  # it stopped before the answer came
            self._interface.asyncCall("UnInhibit", self._cookie)
            self._cookie = None
