"""The help says what the actions do, and nothing else."""

from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.widgets.help_menu import HelpMenu
from livefollow.viewer.widgets.key_help import ShortcutRow, key_rows, without_mnemonic
from livefollow.viewer.widgets.menus import Menus


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


def test_every_action_with_keys_is_there_wherever_it_hangs(window: QMainWindow) -> None:
    menus = Menus(window)
    inner = QMenu("&Paper", window)
    menus.menus["view"].addMenu(inner)
    menus.add("go", "next", "&Next page", print, "PgDown", "Space", tip="Turn")
    menus.add("go", "odd", "No keys", print)
    menus.add(inner, "night", "R&&B …", print, "N")
    assert key_rows(menus.menus.values()) == [
        ShortcutRow("Go", "Next page", ("PgDown", "Space"), "Turn"),
        ShortcutRow("View · Paper", "R&B", ("N",), ""),
    ]


def test_the_help_is_made_when_it_is_asked_for(qtbot: QtBot, window: QMainWindow, tmp_path: Path) -> None:
    menus, preferences = Menus(window), open_preferences(tmp_path)
    helped = HelpMenu(window, menus, preferences)
    menus.add("practice", "loop", "Loop <here>", print, "L")
    text = helped.show_keys().text()
    assert "F1" in text
    assert "Loop <here>" in text
    assert not menus.actions["show_log"].isEnabled()
    menus.actions["language.de"].trigger()
    assert preferences.values.language == "de"
    menus.actions["about"].trigger()
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    assert len(boxes) == 2
    for box in boxes:
        box.close()
    preferences.close()


def test_mnemonics_are_not_read() -> None:
    assert without_mnemonic("&Open …") == "Open"
    assert without_mnemonic("Rhythm && &Blues...") == "Rhythm & Blues"
