"""`python -m tests.viewer.screen_saver`: a desktop's screen saver on the session bus, which tells what it is asked."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QCoreApplication, QObject, pyqtClassInfo, pyqtSlot
from PyQt6.QtDBus import QDBusConnection


@pyqtClassInfo("D-Bus Interface", "org.freedesktop.ScreenSaver")
class ScreenSaver(QObject):
    @pyqtSlot(str, str, result="uint")
    def Inhibit(self, who: str, why: str) -> int:  # noqa: N802
        print("inhibit", who, why, flush=True)
        return 7

    @pyqtSlot("uint")
    def UnInhibit(self, cookie: int) -> None:  # noqa: N802
        print("uninhibit", cookie, flush=True)


def main() -> None:
    application = QCoreApplication(sys.argv)
    bus = QDBusConnection.sessionBus()
    saver = ScreenSaver()
    slots = QDBusConnection.RegisterOption.ExportAllSlots
    assert bus.registerObject("/org/freedesktop/ScreenSaver", saver, slots)
    assert bus.registerService("org.freedesktop.ScreenSaver")
    print("ready", flush=True)
    application.exec()


if __name__ == "__main__":
    main()
