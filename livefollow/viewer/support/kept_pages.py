"""What is kept of scores that were read, so that they open sooner: how much it is, and how to be rid of it."""

from __future__ import annotations

import logging

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QMainWindow, QMessageBox

from livefollow.score.page_cache import PageCache
from livefollow.viewer.widgets.menus import Menus

MEGABYTE = 10**6

logger = logging.getLogger(__name__)


class KeptPages(QObject):
    """Adds the entry to the Help menu; window thread only."""

    def __init__(self, window: QMainWindow, menus: Menus, cache: PageCache | None = None) -> None:
        """Add the action.

        Args:
            window: parent of the dialog.
            menus: of the window.
            cache: the platform's by default.
        """
        super().__init__(window)
        self._window, self._cache = window, cache or PageCache()
        menus.add("help", "kept_pages", self.tr("Delete Kept Pa&ges …"), self.ask)

    def ask(self) -> QMessageBox:
        """Ask whether all of it is to go."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Kept pages"))
        megabytes = f"{self._cache.size / MEGABYTE:.1f}"
        box.setText(self.tr("Delete what was read of your scores ({} MB)?").format(megabytes))
        box.setInformativeText(
            self.tr(
                "livefollow keeps what it read of a score, so that it is followed at once when it is opened again. "
                "Your corrections, places and settings stay."
            )
        )
        delete = box.addButton(self.tr("&Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        if delete:
            delete.clicked.connect(self.clear)
        box.open()
        return box

    def clear(self) -> None:
        """Delete all of it, as far as the disk lets it be deleted."""
        try:
            logger.info("%d bytes of kept pages are deleted", self._cache.clear())
        except OSError as error:
            box = QMessageBox(self._window)
            box.setText(self.tr("Not everything could be deleted: {}").format(error.strerror))
            box.open()
