"""Keys of pedals turn pages, whatever had the focus before; the setlist has its own while the player is in it."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QFileDialog, QListWidget
from pytestqt.qtbot import QtBot

from livefollow.follow.position import State
from livefollow.viewer import page_focus
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Player

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the file dialogs that were shown."""
    titles: list[str] = []

    def ask(parent: object, title: str, *more: object) -> tuple[str, str]:
        titles.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    return titles


@pytest.fixture
def single(player: Player) -> Player:
    """A player on single pages, the window active, the demo twice in the setlist, which is shown."""
    window = player.window
    window.menus.actions["layout.single"].trigger()
    window.library.setlist.add([DEMO, DEMO])
    window.library.setlist.show()
    window.activateWindow()
    QTest.qWait(20)
    return player


def press(window: MainWindow, key: Qt.Key) -> None:
    """As a keyboard does: what has the focus gets it, unless it is a shortcut."""
    handle = window.windowHandle()
    assert handle
    QTest.keyClick(handle, key)


def the_list(window: MainWindow) -> QListWidget:
    (widget,) = window.library.setlist.findChildren(QListWidget)
    return widget


@pytest.mark.parametrize("key", ENTERS)
def test_return_turns_once_a_score_is_open(single: Player, asked: list[str], key: Qt.Key) -> None:
    assert QApplication.focusWidget() is single.window.pages
    press(single.window, key)
    assert single.pages == (2, 0)
    assert asked == []


def test_return_opens_a_score_only_on_the_invitation(qtbot: QtBot, window: MainWindow, asked: list[str]) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_Return)
    assert len(asked) == 1
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    press(window, Qt.Key.Key_Return)
    assert len(asked) == 1
    window.close_score()
    QTest.qWait(250)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):  # the one opened last
        press(window, Qt.Key.Key_Return)
    assert len(asked) == 1


def test_a_click_on_the_page_gives_it_the_keys(qtbot: QtBot, single: Player) -> None:
    window = single.window
    window.library.setlist.enter()
    assert the_list(window).hasFocus()
    qtbot.mouseClick(window.pages, Qt.MouseButton.LeftButton, pos=window.pages.rect().center())
    assert window.pages.hasFocus()


@pytest.mark.parametrize("key", ENTERS)
def test_in_the_setlist_return_opens_a_piece_and_then_turns(qtbot: QtBot, single: Player, key: Qt.Key) -> None:
    window = single.window
    window.menus.actions["forward"].trigger()
    window.library.setlist.enter()
    press(window, Qt.Key.Key_Down)
    assert the_list(window).currentRow() == 1
    assert single.pages == (2, 0)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        press(window, key)
    assert window.pages.hasFocus()
    QTest.qWait(250)
    with qtbot.assertNotEmitted(window.openings.began):
        press(window, key)
        press(window, Qt.Key.Key_Down)
    assert the_list(window).currentRow() == 1


def test_page_keys_turn_even_in_the_setlist(single: Player) -> None:
    single.window.library.setlist.enter()
    press(single.window, Qt.Key.Key_PageDown)
    assert single.pages == (2, 0)


def test_escape_and_hiding_leave_the_setlist(qtbot: QtBot, single: Player) -> None:
    window = single.window
    window.library.setlist.enter()
    press(window, Qt.Key.Key_Escape)
    assert window.pages.hasFocus()
    press(window, Qt.Key.Key_F9)
    assert window.library.setlist.isHidden()
    QTest.qWait(250)
    press(window, Qt.Key.Key_F9)
    assert the_list(window).hasFocus()
    QTest.qWait(250)
    press(window, Qt.Key.Key_F9)
    qtbot.waitUntil(window.pages.hasFocus)


def test_who_plays_has_left_the_setlist(single: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    window = single.window
    window.library.setlist.enter()
    single.play(100, 120, 1.0)
    assert the_list(window).hasFocus()  # a stray note
    monkeypatch.setattr(page_focus, "LEFT_S", -1.0)
    single.play(120, 140, 1.0, state=State.WAITING)
    assert the_list(window).hasFocus()
    single.play(120, 140, 1.0)
    assert window.pages.hasFocus()


def test_digits_are_not_lost_while_a_bar_is_asked_for(single: Player) -> None:
    window = single.window
    press(window, Qt.Key.Key_B)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):  # at once
        press(window, key)
    assert window.bar_entry.field.text() == "12"
    press(window, Qt.Key.Key_Return)
    assert window.bar_numbers.here() == 12
    assert window.bar_entry.isHidden()
    assert window.pages.hasFocus()


def test_a_bar_need_not_be_given(qtbot: QtBot, single: Player) -> None:
    window = single.window
    put = len(single.put)
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_Escape)
    assert window.bar_entry.isHidden()
    QTest.qWait(250)
    press(window, Qt.Key.Key_B)
    assert window.bar_entry.isVisible()
    window.pages.setFocus()
    assert window.bar_entry.isHidden()
    assert len(single.put) == put
