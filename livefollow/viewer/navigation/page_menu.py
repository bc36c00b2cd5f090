"""The context menu of the score: the bar number, and what else concerns a place. Window thread only.

Its actions are those of the main menus, which apply to the place that the player has pointed at; here, the click.
"""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPoint, QPointF, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu

from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.score_memory import Place
from livefollow.viewer.widgets.menus import Menus

HERE = (
    "loop_start",
    "loop_end",
    "unloop",
    "",
    "link_from",
    "link_to",
    "link_end",
    "remove_link",
    "",
    "start_here",
    "bookmark",
    "",
)
ANYWHERE = ("write", "page", "larger", "smaller", "fit", "full_screen")


class PageMenu(QObject):
    """Opens the context menu."""

    def __init__(self, pages: PageView, menus: Menus, turner: PageTurner, bars: BarNumbers) -> None:
        """Open on a right click, a long press or the menu key.

        Args:
            pages: the view.
            menus: provide the actions, as far as they exist at that time.
            turner: turns the pages.
            bars: the bar numbers.
        """
        super().__init__(pages)
        self._pages, self._menus, self._turner, self._bars = pages, menus, turner, bars
        pages.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        pages.customContextMenuRequested.connect(self._open)

    def menu_at(self, place: Place) -> QMenu:
        """Build the menu for a place on a page."""
        menu = QMenu(self._pages)
        number = self._number(place)
        if number is not None:
            title = menu.addAction(self.tr("Bar {}").format(number))
            if title:
                title.setEnabled(False)
            this = menu.addAction(self.tr("T&his Is Bar …"))
            if this:
                this.triggered.connect(lambda: self._bars.ask_number(place))
            if self._bars.corrected:
                counted = menu.addAction(self.tr("Number the Bars as &Printed"))
                if counted:
                    counted.triggered.connect(self._bars.forget_corrections)
            menu.addSeparator()
        for name in HERE:
            action = self._menus.actions.get(name)
            if not name:
                menu.addSeparator()
            elif action:
                self._add(menu, action, place)
        for name in ANYWHERE:
            if name in self._menus.actions:
                menu.addAction(self._menus.actions[name])
        return menu

    def _add(self, menu: QMenu, action: QAction, place: Place) -> None:
        """Add an action of the main menus that applies to this place."""
        here = menu.addAction(action.text())
        if here:
            here.setObjectName(action.objectName())
            here.setEnabled(action.isEnabled())
            here.triggered.connect(lambda: self._do(action, place))

    def _do(self, action: QAction, place: Place) -> None:
        was = self._turner.places.chosen
        self._turner.places.chosen = place
        try:
            action.trigger()
        finally:
            # Acting on a place is not going there, unless the action itself went somewhere.
            if self._turner.places.chosen == place:
                self._turner.places.chosen = was

    def _number(self, place: Place) -> int | None:
        try:
            return self._bars.at(self._turner.places.x_of(place))
        except LookupError:
            return None

    def _open(self, at: QPoint) -> None:
        found = self._pages.to_page(QPointF(at))
        if found is None:
            return
        menu = self.menu_at(Place(*found))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._pages.mapToGlobal(at))
