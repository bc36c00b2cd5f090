"""The tool bar offers what is needed most, is remembered, and gives way."""

from PyQt6.QtWidgets import QToolButton

from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.main_bar import BUTTONS, MainBar
from livefollow.viewer.window import MainWindow
from tests.viewer.player import Player


def names(bar: MainBar) -> list[str]:
    actions = [button.defaultAction() for button in bar.findChildren(QToolButton)]
    return [action.objectName() for action in actions if action]


def test_it_is_shown_when_it_is_wanted_and_that_is_kept(
    window: MainWindow, preferences: RecordFile[Preferences]
) -> None:
    window.add_sound()
    window.add_practice()
    assert window.main_bar.isHidden()
    window.menus.actions["tool_bar"].setChecked(True)
    assert window.main_bar.isVisible()
    assert names(window.main_bar) == [name for name in BUTTONS if name]
    assert preferences.values.tool_bar
    window.menus.actions["tool_bar"].setChecked(False)
    assert window.main_bar.isHidden()


def test_its_buttons_do_what_the_menu_does(player: Player) -> None:
    window = player.window
    window.menus.actions["tool_bar"].setChecked(True)
    buttons = {a.objectName(): b for b in window.main_bar.findChildren(QToolButton) if (a := b.defaultAction())}
    before = player.pages
    buttons["forward"].click()
    assert player.pages != before
    buttons["write"].click()
    assert window.annotating.on


def test_it_gives_way_to_the_tools_for_writing_and_in_full_screen(player: Player) -> None:
    window = player.window
    window.menus.actions["tool_bar"].setChecked(True)
    for action in ("write", "full_screen"):
        window.menus.actions[action].setChecked(True)
        assert window.main_bar.isHidden()
        window.menus.actions[action].setChecked(False)
        assert window.main_bar.isVisible()
