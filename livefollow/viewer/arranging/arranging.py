"""Arranging the pages of the open score: the entry of the View menu, and what becomes of it. Window thread only.

The arrangement is kept with the score's corrections. The score is read again after a change, so that strip, highlight,
links and clicks agree; pages that are known are not read anew.
"""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from livefollow.viewer.arranging.arrangement import Arrangement, arranged
from livefollow.viewer.arranging.arranger import PageArranger
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.widgets.menus import Menus


class Arranging(QObject):
    """The entry Arrange Pages.

    Attributes:
        changed: the score must be read again.
        said: a sentence for the player.
        dialog: while it is open.
    """

    changed = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(self, window: QWidget, menus: Menus, open_score: OpenScore, pages: PageView) -> None:
        """Add the entry to the menu.

        Args:
            window: parent of the dialog.
            menus: of the window.
            open_score: of the window.
            pages: the view, which knows paper and sizes.
        """
        super().__init__(window)
        self._window, self._open, self._pages = window, open_score, pages
        self.dialog: PageArranger | None = None
        menus.add("view", "arrange", self.tr("Arrange P&ages …"), self.ask, "Shift+G", with_score=True)
        open_score.closing.connect(self._close)

    def ask(self) -> None:
        """Show the dialog."""
        score, store = self._open.score, self._pages.store
        if score is None or store is None:
            return
        self._close()
        count = score.document.page_count
        numbers = range(1, count + 1)
        now = arranged(count, score.pages, score.corrections.crops)
        back = {page: -quarters % 4 for page, quarters in score.corrections.turns.items() if quarters % 4}
        sizes = {page: store.size(page) for page in numbers}
        file = Arrangement(tuple(numbers), turns=back)
        dialog = PageArranger(self._window, score.document, now, file, sizes, self._open.page, self._pages.paper)
        dialog.arranged.connect(self.apply)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def apply(self, wanted: Arrangement) -> None:
        """Arrange the pages, keep it, and have the score read again."""
        score, store = self._open.score, self._pages.store
        if score is None or store is None:
            return
        everything = tuple(range(1, score.document.page_count + 1))
        corrections, document = score.corrections, score.document
        try:
            if wanted.turns:
                sizes = {page: store.size(page) for page in wanted.turns}
                turns = {page: document.turned(page) + quarters for page, quarters in wanted.turns.items()}
                corrections.turn(turns, sizes)
            corrections.arrange(wanted.shown if wanted.shown != everything else None, wanted.crops)
        except OSError as error:
            self.said.emit(self.tr("This cannot be saved ({reason}).").format(reason=error.strerror))
        else:
            self.changed.emit()

    def _close(self) -> None:
        if self.dialog:
            self.dialog.reject()

    def _forget(self) -> None:
        self.dialog = None
