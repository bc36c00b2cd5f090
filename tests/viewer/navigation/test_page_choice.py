"""Pages are gone to by picture and number, the last one by End, marked ones by their names."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from livefollow.viewer.navigation.page_grid import PageGrid
from livefollow.viewer.settings.score_memory import Bookmark
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Player


@pytest.fixture
def grid(demo_window: MainWindow) -> PageGrid:
    demo_window.menus.actions["page"].trigger()
    (grid,) = demo_window.findChildren(PageGrid)
    return grid


def test_every_page_gets_its_picture(qtbot: QtBot, grid: PageGrid) -> None:
    def pictures() -> list[int]:
        items = [grid.list.item(k) for k in range(grid.list.count())]
        images = [item.icon().pixmap(132, 176).toImage() for item in items if item]
        return [len({image.pixel(x, y) for x in range(0, 120, 3) for y in range(0, 170, 3)}) for image in images]

    assert grid.list.count() == 3
    qtbot.waitUntil(lambda: min(pictures()) > 3, timeout=30_000)


def test_a_number_and_return_go_there(qtbot: QtBot, grid: PageGrid, player: Player) -> None:
    assert grid.list.currentRow() == 0
    QTest.keyClicks(grid.list, "3")
    QTest.keyClick(grid.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: player.pages[0] == 3)
    assert player.put  # the player is expected there
    assert player.window.page_choice._grid is None


def test_closing_the_score_closes_the_pages(qtbot: QtBot, demo_window: MainWindow, grid: PageGrid) -> None:
    demo_window.close_score()
    qtbot.waitUntil(lambda: not demo_window.findChildren(PageGrid))


def test_end_goes_to_the_last_page_and_home_back(player: Player) -> None:
    player.key(Qt.Key.Key_End)
    assert 3 in player.window.open_score.visible
    player.key(Qt.Key.Key_Home)
    assert 1 in player.window.open_score.visible


def test_bookmarks_are_named_kept_and_removed(qtbot: QtBot, player: Player) -> None:
    window = player.window
    window.turner.to_page(2)
    window.menus.actions["bookmark"].trigger()
    (dialog,) = window.findChildren(QInputDialog)
    assert dialog.textValue() == "Page 2"
    dialog.setTextValue("Trio & Coda")
    dialog.accept()
    assert window.page_choice.bookmarks == (Bookmark(2, "Trio & Coda"),)
    window.close_score()
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    assert window.page_choice.bookmarks == (Bookmark(2, "Trio & Coda"),)
    window.page_choice._fill()
    (action,) = window.page_choice._list.actions()
    assert "Trio && Coda" in action.text()
    action.trigger()
    assert 2 in window.open_score.visible
    window.menus.actions["bookmark"].trigger()
    assert window.page_choice.bookmarks == ()
