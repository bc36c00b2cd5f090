"""Pages to go to: by picture, the last one, and bookmarks, which are kept with the score. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QInputDialog, QMenu, QWidget

from livefollow.viewer.navigation.page_grid import STAR, PageGrid
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.score_memory import Bookmark
from livefollow.viewer.widgets.menus import Menus

LONGEST_NAME = 60


class PageChoice(QObject):
    """The entries of the Go menu that lead to pages.

    Attributes:
        said: a sentence for the player.
    """

    said = pyqtSignal(str)

    def __init__(
        self, window: QWidget, menus: Menus, open_score: OpenScore, turner: PageTurner, pages: PageView
    ) -> None:
        """Add the entries to the menu.

        Args:
            window: parent of dialogs.
            menus: of the window.
            open_score: of the window.
            turner: goes to pages.
            pages: the view, which knows the paper.
        """
        super().__init__(turner)
        self._window, self._open, self._turner, self._pages = window, open_score, turner, pages
        add, menu = menus.add, menus.menus["go"]
        menu.addSeparator()
        add("go", "page", self.tr("Go to &Page …"), self.ask, "G", with_score=True)
        add("go", "last_page", self.tr("To the &Last Page"), self.go_to_last, "End", with_score=True)
        self._mark = add("go", "bookmark", self.tr("Boo&kmark This Page …"), self.mark, "Ctrl+B", with_score=True)
        self._list = QMenu(self.tr("Book&marks"), menu)
        menu.addMenu(self._list)
        self._list.setEnabled(False)
        self._list.aboutToShow.connect(self._fill)
        turner.changed.connect(self._refresh)
        self._grid: PageGrid | None = None
        open_score.closing.connect(self._close)

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The bookmarks of the open score that lie on pages which are shown, in their order."""
        memory, score = self._open.memory, self._open.score
        if memory is None or score is None:
            return ()
        pages = score.pages
        return tuple(sorted((m for m in memory.values.bookmarks if m.page in pages), key=lambda m: pages.index(m.page)))

    def ask(self) -> None:
        """Show all pages, so that the player chooses one."""
        score = self._open.score
        if score is None:
            return
        self._close()
        names = {mark.page: mark.name for mark in self.bookmarks}
        self._grid = PageGrid(self._window, score.document, score.pages, self._open.page, names, self._pages.paper)
        self._grid.chosen.connect(self._turner.to_page)
        self._grid.finished.connect(self._forget)
        self._grid.open()

    def go_to_last(self) -> None:
        """Go to the last page."""
        if self._open.score:
            self._turner.to_page(self._open.score.pages[-1])

    def mark(self) -> None:
        """Ask for the name of a bookmark on the page that is seen; where there is one, remove it."""
        page = self._open.page
        if any(mark.page == page for mark in self.bookmarks):
            self._set(page, "")
            self.said.emit(self.tr("The bookmark on page {} is removed.").format(self._place_of(page)))
            return
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Bookmark"))
        place = self._place_of(page)
        dialog.setLabelText(self.tr("Name of the bookmark on page {}:").format(place))
        dialog.setTextValue(self.tr("Page {}").format(place))
        dialog.textValueSelected.connect(lambda name: self._set(page, name))
        dialog.open()

    def _place_of(self, page: int) -> int:
        return self._open.score.place_of(page) if self._open.score else page

    def _set(self, page: int, name: str) -> None:
        """Set the name of a page's bookmark; empty for none."""
        memory, name = self._open.memory, " ".join(name.split())[:LONGEST_NAME]
        if memory:
            others = tuple(mark for mark in memory.values.bookmarks if mark.page != page)
            memory.change(bookmarks=(*others, Bookmark(page, name)) if name else others)
            self._refresh()

    def _refresh(self) -> None:
        marked = any(mark.page == self._open.page for mark in self.bookmarks)
        self._mark.setText(self.tr("Remove the Boo&kmark Here") if marked else self.tr("Boo&kmark This Page …"))
        self._list.setEnabled(bool(self.bookmarks))

    def _fill(self) -> None:
        self._list.clear()
        for mark in self.bookmarks:
            action = self._list.addAction(f"{STAR} {mark.name.replace('&', '&&')}  ({self._place_of(mark.page)})")
            if action:
                action.triggered.connect(lambda _=False, page=mark.page: self._turner.to_page(page))

    def _close(self) -> None:
        if self._grid:
            self._grid.reject()

    def _forget(self) -> None:
        self._grid = None
