"""`python -m tests.viewer.on_screen SETTINGS`: opens window and dialogs, and prints what is seen of them as JSON.

The screen is that of QT_QPA_PLATFORM=offscreen:configfile=FILE.
"""

import json
import sys
from pathlib import Path

from PyQt6.QtCore import QEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.widgets.help_menu import HelpMenu
from livefollow.viewer.widgets.screen_fit import FRAMED_MS
from livefollow.viewer.window import MainWindow


def seen(widget: QWidget) -> dict[str, bool | list[int]]:
    """Size of a window, and whether all of it, frame and title included, is on the screen."""
    screen = widget.screen()
    assert screen
    frame = widget.frameGeometry()
    return {
        "inside": screen.availableGeometry().contains(frame),
        "size": [widget.width(), widget.height()],
        "room": [screen.availableGeometry().width(), screen.availableGeometry().height()],
    }


def main() -> None:
    """Everything that has a size of its own, with the setlist and all that the bar may have."""
    application = QApplication(["on_screen"])
    preferences = open_preferences(Path(sys.argv[1]))
    window = MainWindow(preferences)
    window.add_sound(statistics=True)
    window.add_practice()
    window.library.setlist.show()
    window.show()
    (helped,) = window.findChildren(HelpMenu)
    dialog = helped.show_keys()
    window.view_menu.ask()
    QTest.qWait(2 * FRAMED_MS)
    settings = window.view_menu._dialog
    assert settings
    bar = window.bar.mapTo(window, window.bar.rect().bottomRight())
    print(
        json.dumps(
            {
                "window": seen(window),
                "keys": seen(dialog),
                "settings": seen(settings),
                "bar": window.rect().contains(bar),
            }
        )
    )
    if len(sys.argv) > 2:  # left as large as it can be
        window.resize(*map(int, sys.argv[2].split("x")))
        QTest.qWait(50)
    window.close()
    preferences.close()
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application.processEvents()


if __name__ == "__main__":
    main()
