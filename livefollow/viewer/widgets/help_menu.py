"""The Help menu: keys, log, language, and about. Window thread only."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QMainWindow, QMenu, QMessageBox

from livefollow import __version__
from livefollow.viewer.settings.language import language_names
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.key_help import KeyHelp
from livefollow.viewer.widgets.menus import Menus

PAPER = "https://doi.org/10.5334/tismir.31"


class HelpMenu(QObject):
    """Fills the Help menu with its actions."""

    def __init__(
        self, window: QMainWindow, menus: Menus, preferences: RecordFile[Preferences], log: Path | None = None
    ) -> None:
        """Add the actions to the menu.

        Args:
            window: parent of the dialogs.
            menus: of the window; read whenever the help is shown.
            preferences: the settings.
            log: the log file, if there is one.
        """
        super().__init__(window)
        self._window, self._menus, self._preferences, self._log = window, menus, preferences, log
        menus.add("help", "keys", self.tr("&Keys"), self.show_keys, "F1")
        menu = QMenu(self.tr("&Language"), window)
        menus.menus["help"].addMenu(menu)
        menus.choice(
            menu,
            "language",
            [("", self.tr("As the &System")), *language_names()],
            preferences.values.language,
            self._choose_language,
        )
        show_log = menus.add("help", "show_log", self.tr("Show L&og"), self._show_log)
        show_log.setEnabled(log is not None)
        menus.add("help", "about", self.tr("&About livefollow"), self.show_about)

    def show_keys(self) -> KeyHelp:
        """Show all keys in a dialog."""
        mouse = [
            (self.tr("Click or tap on the score"), self.tr("You play on from there")),
            (self.tr("Tap at the edge, click beside the page, swipe, wheel"), self.tr("Turn the page")),
            (self.tr("Wheel with Ctrl, two fingers apart or together"), self.tr("Larger or smaller")),
            (self.tr("Two fingers over a page larger than the screen"), self.tr("Move the page")),
            (self.tr("Drop files"), self.tr("Open a score or a setlist; of several scores, make a setlist")),
        ]
        dialog = KeyHelp(self._menus.menus.values(), mouse, self._window)
        dialog.show()
        return dialog

    def show_about(self) -> None:
        """Show what this program is."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About livefollow"))
        box.setText(f"<b>livefollow {__version__}</b>")
        box.setInformativeText(
            self.tr(
                "Listens to a pianist, follows in the picture of the score, and turns the page. What it hears and sees "
                "stays on this computer. After Henkel, Balke, Dorfer and Widmer: "
            )
            + f"<a href='{PAPER}'>doi.org/10.5334/tismir.31</a>. AGPL-3.0-or-later."
        )
        box.open()

    def _show_log(self) -> None:
        if self._log:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _choose_language(self, language: str) -> None:
        self._preferences.change(language=language)
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Language"))
        box.setText(self.tr("The language changes when livefollow is started again."))
        box.open()
