"""The menus and their actions. Each action has its keys, which the key help reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMainWindow, QMenu

from livefollow.viewer.widgets.held_keys import HeldKeys

MENUS = ("file", "go", "view", "annotate", "sound", "practice", "help")


def tr(text: str) -> str:
    """Return a text in the player's language."""
    return QCoreApplication.translate("Menus", text)


class Menus:
    """Holds the menus of the window, and adds actions to them.

    Attributes:
        menus: QMenus by the names in MENUS.
        actions: all added actions, by name.
        given_keys: keys of each as it was added, in their order, whatever the player has assigned.
    """

    def __init__(self, window: QMainWindow) -> None:
        """Make empty menus.

        Args:
            window: gets the menu bar, and the actions, so that their keys work while the menu bar is hidden.
        """
        self._window = window
        HeldKeys(window)
        titles = (tr("&File"), tr("&Go"), tr("&View"), tr("&Annotate"), tr("&Sound"), tr("&Practice"), tr("&Help"))
        bar = window.menuBar()
        self.menus: dict[str, QMenu] = {}
        self.actions: dict[str, QAction] = {}
        self.given_keys: dict[str, tuple[str, ...]] = {}
        self._own: Mapping[str, str] = {}
        self._with_score: list[QAction] = []
        self._opened = False
        for name, title in zip(MENUS, titles, strict=True):
            menu = QMenu(title, window)
            if bar:
                bar.addMenu(menu)
            self.menus[name] = menu

    def add(
        self,
        menu: str | QMenu,
        name: str,
        text: str,
        slot: Callable[..., object],
        *keys: str,
        checkable: bool = False,
        with_score: bool = False,
        tip: str = "",
    ) -> QAction:
        """Add an action at the end of a menu.

        Args:
            menu: one of MENUS, or another menu.
            name: key in `actions`.
            text: translated, with its mnemonic.
            slot: called when it is triggered; if checkable, with its state.
            keys: as QKeySequence reads them, the first is shown in the menu. A key that is held down counts once.
            checkable: whether it can be switched on and off.
            with_score: whether it is disabled without an open score.
            tip: text of its tooltip.
        """
        action = QAction(text, self._window)
        action.setObjectName(name)
        action.setAutoRepeat(False)  # a held pedal is one turn: see `held_keys`
        action.setCheckable(checkable)
        action.setStatusTip(tip)
        if checkable:
            action.toggled.connect(slot)
        else:
            action.triggered.connect(lambda _=False: slot())
        (self.menus[menu] if isinstance(menu, str) else menu).addAction(action)
        self.adopt(name, action, *keys)
        if with_score:
            action.setEnabled(self._opened)
            self._with_score.append(action)
        return action

    def adopt(self, name: str, action: QAction, *keys: str) -> None:
        """Know an action that others have put into a menu, and give it its keys: see `add`."""
        self._window.addAction(action)
        self.actions[name], self.given_keys[name] = action, tuple(QKeySequence(key).toString() for key in keys)
        action.setShortcuts([QKeySequence(key) for key in self.keys_of(name)])

    def assign(self, own: Mapping[str, str]) -> None:
        """Assign keys as the player wants them, now and to actions to come.

        Args:
            own: name of the action for each key, empty for none; a key is taken away from the action that has it.
        """
        self._own = own
        for name, action in self.actions.items():
            if name in self.given_keys:
                action.setShortcuts([QKeySequence(key) for key in self.keys_of(name)])

    def keys_of(self, name: str) -> list[str]:
        """Return the keys of an action, the player's own first."""
        own = [key for key, owner in self._own.items() if owner == name]
        return own + [key for key in self.given_keys[name] if key not in self._own]

    def enable(self, opened: bool) -> None:
        """Enable or disable the actions that need a score; the focus widget gets the keys of disabled ones."""
        self._opened = opened
        for action in self._with_score:
            action.setEnabled(opened)

    def lend(self, key: str, owner: str, borrower: str, *, lent: bool) -> None:
        """Give a key of one action to another, or back.

        Args:
            key: as QKeySequence reads it.
            owner, borrower: names of the actions.
            lent: whether the borrower has it from now on.
        """
        away, to = (owner, borrower) if lent else (borrower, owner)
        kept = [each for each in self.actions[away].shortcuts() if each != QKeySequence(key)]
        self.actions[away].setShortcuts(kept)
        gets = [each for each in self.actions[to].shortcuts() if each != QKeySequence(key)]
        self.actions[to].setShortcuts([*gets, QKeySequence(key)])

    def choice(
        self, menu: QMenu, name: str, options: list[tuple[str, str]], chosen: str, slot: Callable[[str], object]
    ) -> QActionGroup:
        """Add exclusive actions for a choice.

        Args:
            menu: gets the actions.
            name: of the choice; its actions are called NAME.VALUE.
            options: value and translated text of each.
            chosen: present value.
            slot: called with a chosen value.
        """
        group = QActionGroup(self._window)
        for value, text in options:
            action = QAction(text, self._window)
            action.setObjectName(f"{name}.{value}")
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _=False, value=value: slot(value))
            group.addAction(action)
            menu.addAction(action)
            self.actions[f"{name}.{value}"] = action
        return group
