"""The submenu Links of the Go menu, and drawing links by two clicks. One per window; window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QMenu

from livefollow.viewer.links.link_bar import LinkBar
from livefollow.viewer.links.score_links import ScoreLinks
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.score_memory import Place
from livefollow.viewer.widgets.menus import Menus

BORROWED = "Esc", "leave_full_screen", "stop_links"  # a key, whose it is, and whose while links are drawn


class LinkMenu(QObject):
    """Lets the player draw links: the first click says where they leave, the second where they go on.

    Attributes:
        changed: whether the player draws links.
        asked: how often the link here is taken.
        bar: says what the next click does.
        drawing: the action that begins and ends it.
    """

    changed = pyqtSignal(bool)
    asked = pyqtSignal()

    def __init__(
        self, menus: Menus, links: ScoreLinks, turner: PageTurner, open_score: OpenScore, pages: PageView
    ) -> None:
        """Add the submenu.

        Args:
            menus: of the window; full screen has added its actions.
            links: of the open score.
            turner: passes on where the player points.
            open_score: of the window.
            pages: the view.
        """
        super().__init__(links)
        self._menus, self._links, self._turner, self._pages = menus, links, turner, pages
        go = menus.menus["go"]
        menu = QMenu(self.tr("Links: D.C., D.S., &Coda"), go)
        go.addMenu(menu)
        add = menus.add
        draw = self.tr("&Draw Links")
        self.drawing = add(menu, "draw_links", draw, self._switch, "J", checkable=True, with_score=True)
        add(menu, "stop_links", self.tr("&Stop Drawing Links"), self.stop).setStatusTip(self.tr("Esc while you draw"))
        menu.addSeparator()
        add(menu, "link_from", self.tr("&Leave Here"), links.leave_here, "]", with_score=True)
        add(menu, "link_to", self.tr("&Go On Here"), links.enter_here, "[", with_score=True)
        add(menu, "link_end", self.tr("The Piece &Ends Here (Fine)"), links.end_here, "Shift+J", with_score=True)
        menu.addSeparator()
        often = self.tr("&How Often the Link Here …")
        add(menu, "how_often", often, self.asked.emit, "Ctrl+Shift+J", with_score=True)
        add(menu, "remove_link", self.tr("&Remove the Link Here"), links.remove_here, "Ctrl+Backspace", with_score=True)
        add(menu, "undo_links", self.tr("&Undo Change of Links"), links.undo, "Ctrl+J", with_score=True)
        add(menu, "printed_links", self.tr("Links as &Printed"), links.as_printed, with_score=True)
        self.bar = LinkBar()
        for name in ("undo_links", "stop_links"):
            self.bar.add(menus.actions[name])
        links.changed.connect(self._refresh)
        open_score.closing.connect(self.stop)

    def stop(self) -> None:
        """End drawing links."""
        self.drawing.setChecked(False)

    def _switch(self, on: bool) -> None:
        key, owner, borrower = BORROWED
        self._menus.lend(key, owner, borrower, lent=on)
        self._turner.linking = self._point if on else None
        self._links.drop()
        if on:
            self._pages.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._pages.unsetCursor()
        self._refresh()
        self.bar.setVisible(on)
        self.changed.emit(on)

    def _point(self, page: int, x: float, y: float) -> None:
        place = Place(page, x, y)
        (self._links.enter_at if self._links.leave else self._links.leave_at)(place)

    def _refresh(self) -> None:
        self.bar.ask(entering=self._links.leave is not None)
