"""Everything can be reached by keyboard, is named for screen readers, and no two actions want the same key."""

from collections import Counter
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QAbstractButton, QDialog, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from livefollow.score.score import Score
from livefollow.viewer.systems_editor.dialog import SystemsEditor
from livefollow.viewer.widgets.help_menu import HelpMenu
from livefollow.viewer.window import MainWindow


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """All that the app has, without sound."""
    window.add_sound()
    window.add_practice()
    window.library.setlist.show()
    return window


def unnamed(widget: QWidget) -> list[str]:
    """Descriptions of the controls below a widget that a screen reader could say nothing of."""
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in [widget, *widget.findChildren(QWidget)]
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not each.objectName().startswith("qt_")  # parts that Qt makes, which it names itself
        and not isinstance(each, QMenuBar | QMenu | QDialog)
        and not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
    ]


def mouse_only(widget: QWidget) -> list[str]:
    """Buttons below a widget that the tab key does not reach."""
    return [
        f"{type(each).__name__} {each.text()} {each.objectName()}"
        for each in widget.findChildren(QAbstractButton)
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.objectName().startswith("qt_")
    ]


def test_the_window(window: MainWindow) -> None:
    assert unnamed(window) == []
    assert mouse_only(window) == []
    for action in window.findChildren(QAction):
        assert action.isSeparator() or action.text() or action.menu(), action.objectName()


def test_no_two_actions_want_the_same_key(window: MainWindow) -> None:
    everywhere = [
        action for action in window.actions() if action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut
    ]
    keys = Counter(key.toString() for action in everywhere for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_is_in_a_menu(window: MainWindow) -> None:
    def inside(menu: QMenu) -> list[QAction]:
        actions = menu.actions()
        return actions + [deeper for action in actions if (sub := action.menu()) for deeper in inside(sub)]

    listed = {id(action) for menu in window.menus.menus.values() for action in inside(menu)}
    hidden = [action.text() for action in window.actions() if action.shortcuts() and id(action) not in listed]
    assert hidden == []


def test_the_dialogs(qtbot: QtBot, window: MainWindow, data: Path, tmp_path: Path) -> None:
    (helped,) = window.findChildren(HelpMenu)
    keys = helped.show_keys()
    with Score(data / "small.pdf", data=tmp_path) as score:
        editor = SystemsEditor(score, 1, window)
        editor.show()
        for dialog in (keys, editor, window.pedals.show_page()):
            assert unnamed(dialog) == []
            assert mouse_only(dialog) == []
            dialog.close()
