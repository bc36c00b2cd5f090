"""Full screen: menus and status bar hide while the mouse is still, and return over the page when it moves.

The page itself does not move then. Window thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from livefollow.viewer.widgets.lamp import Lamp, Shown
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.notice import Notice
from livefollow.viewer.widgets.status_bar import StatusBar

HIDE_MS = 2500
LAMP_PX, LAMP_EDGE_PX = 40, 12  # size, and distance from the window's edge
GROUND = (30, 30, 30, 200)  # behind the lamp


class Stand(QWidget):
    """The pages with the status bar below them, or over them.

    Attributes:
        lamp: in the corner, while the bar is hidden and something is wrong.
        notice: over the pages, for a new message that does not fit into the bar.
        height_played: returns where the player is, px from the top of the pages; None if unknown.
    """

    def __init__(self, pages: QWidget, bar: StatusBar) -> None:
        """Place the bar below the pages.

        Args:
            pages: the view.
            bar: below it.
        """
        super().__init__()
        self._pages, self._bar = pages, bar
        self.height_played: Callable[[], float | None] = lambda: None
        self._floating = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(pages, 1)
        self._column.addWidget(bar)
        self.lamp = Lamp(self, LAMP_PX, GROUND)
        self.lamp.setAccessibleName(self.tr("State"))
        self.lamp.hide()
        self.notice = Notice(self)
        self.notice.dismissed.connect(bar.messages.dismiss)
        bar.messages.changed.connect(self.lay_notice)
        bar.sentence.resized.connect(self.lay_notice)
        bar.sentence.pointed.connect(self._point_at_sentence)

    def insert(self, widget: QWidget) -> None:
        """Insert a widget between pages and bar."""
        self._column.insertWidget(self._column.count() - 1 + self._floating, widget)

    def head(self, widget: QWidget) -> None:
        """Insert a widget above the pages."""
        self._column.insertWidget(0, widget)

    def float_bar(self, floating: bool) -> None:
        """Lay the bar over the pages, or put it back below them."""
        if floating == self._floating:
            return
        self._floating = floating
        if floating:
            self._column.removeWidget(self._bar)
        else:
            self._column.addWidget(self._bar)
        self._arrange()

    def show_state(self, state: Shown) -> None:
        """Set the state of the lamp in the corner, which is hidden while all is well."""
        self.lamp.show_state(state)
        self.lamp.setVisible(self._bar.isHidden() and state is not Shown.FOLLOWING)

    def lay_notice(self) -> None:
        """Lay a new message that does not fit into the bar over the page, away from where the player is."""
        messages, sentence = self._bar.messages, self._bar.sentence
        shown = messages.urgent and (self._bar.isHidden() or not sentence.fits)
        sentence.leave_out(shown)
        if shown:
            room = self._pages.geometry()
            if self._floating and not self._bar.isHidden():
                room.setBottom(self._bar.y() - 1)
            room.setRight(self.lamp.x() - 1)
            played = self.height_played()
            self.notice.setText(messages.text)
            self.notice.lay(room, at_top=played is not None and played > room.height() / 2)
        self.notice.setVisible(shown)

    def _point_at_sentence(self) -> None:
        """Show the whole message over the page, or hide it."""
        if self._bar.sentence.fits:
            self._bar.messages.dismiss()
        else:
            self._bar.messages.remind()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:  # noqa: N802  # Qt's name
        """Keep bar and lamp at their edges."""
        super().resizeEvent(a0)
        self._arrange()

    def _arrange(self) -> None:
        lamp = self.lamp
        lamp.move(self.width() - lamp.width() - LAMP_EDGE_PX, self.height() - lamp.height() - LAMP_EDGE_PX)
        lamp.raise_()
        if self._floating:
            self._bar.setGeometry(0, self.height() - self._bar.height(), self.width(), self._bar.height())
            self._bar.raise_()
        self.lay_notice()


class FullScreen(QObject):
    """Switches a window to full screen and back."""

    def __init__(
        self, window: QMainWindow, menus: Menus, stand: Stand, bar: StatusBar, changed: Callable[[bool], object]
    ) -> None:
        """Add the action to the View menu.

        Args:
            window: has a menu bar.
            menus: of the window.
            stand: pages and bar.
            bar: hidden in full screen.
            changed: called with whether the window is in full screen.
        """
        super().__init__(window)
        self._window, self._stand, self._bar, self._changed = window, stand, bar, changed
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HIDE_MS)
        self._timer.timeout.connect(self._hide)
        self.action = menus.add("view", "full_screen", self.tr("F&ull Screen"), self.switch, "F11", "F", checkable=True)
        every = QMenu(window)
        for menu in menus.menus.values():
            every.addMenu(menu)
        bar.menus.setMenu(every)
        self._leave = menus.add(
            "view", "leave_full_screen", self.tr("Leav&e Full Screen"), lambda: self.action.setChecked(False), "Esc"
        )
        self._leave.setVisible(False)

    @property
    def on(self) -> bool:
        """Whether the window is in full screen."""
        return self.action.isChecked()

    @property
    def controls_hidden(self) -> bool:
        """Whether menus and bar are hidden."""
        return self._bar.isHidden()

    def switch(self, on: bool) -> None:
        """Switch to full screen, or back."""
        self._stand.float_bar(on)
        menu_bar = self._window.menuBar()
        if menu_bar:
            menu_bar.setVisible(not on)
        self._bar.menus.setVisible(on)
        full, before = Qt.WindowState.WindowFullScreen, self._window.windowState()  # it may be maximised, too
        self._window.setWindowState(before | full if on else before & ~full)
        self._leave.setVisible(on)
        self.wake()
        self._changed(on)

    def wake(self) -> None:
        """Show the controls for a while, because the mouse was moved."""
        if self._bar.isHidden():
            self._show_controls(True)
        if self.on:
            self._timer.start()
        else:
            self._timer.stop()

    def _hide(self) -> None:
        menu = self._bar.menus.menu()
        if menu and menu.isVisible():
            self._timer.start()
        elif self.on:
            self._show_controls(False)

    def _show_controls(self, shown: bool) -> None:
        self._bar.setVisible(shown)
        self._stand.lay_notice()
        self._stand.show_state(self._stand.lamp.state)
        if shown:
            self._window.unsetCursor()
        else:
            self._window.setCursor(Qt.CursorShape.BlankCursor)
