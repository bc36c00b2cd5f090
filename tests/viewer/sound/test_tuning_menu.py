"""The menu of tunings: what is chosen, what is heard."""

import pytest
from PyQt6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from livefollow.viewer.sound.tuning_menu import FOUND, TuningMenu


def texts(menu: QMenu) -> dict[str, bool]:
    return {action.text().replace("&", ""): action.isChecked() for action in menu.actions()}


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


def test_it_is_found_by_itself_until_the_player_says_so(menu: QMenu, qtbot: QtBot) -> None:
    tunings = TuningMenu(menu)
    assert texts(menu)["As It Sounds (A = 440 Hz)"]
    with qtbot.waitSignal(tunings.chosen, check_params_cb=lambda hz: hz == 415.0):
        next(action for action in menu.actions() if "415" in action.text()).trigger()
    assert [text for text, checked in texts(menu).items() if checked] == ["A = 415 Hz"]
    with qtbot.waitSignal(tunings.chosen, check_params_cb=lambda hz: hz == FOUND):
        menu.actions()[0].trigger()


def test_what_is_heard_is_shown(menu: QMenu) -> None:
    tunings = TuningMenu(menu, 442.0)
    tunings.show_heard(415.3)
    assert not texts(menu)["As It Sounds (A = 415 Hz)"]
    assert texts(menu)["A = 442 Hz"]


def test_any_other_can_be_said(menu: QMenu, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    tunings = TuningMenu(menu, 431.0)
    assert texts(menu)["A = 431 Hz"]
    monkeypatch.setattr(QInputDialog, "getInt", lambda *args: (466, True))
    with qtbot.waitSignal(tunings.chosen, check_params_cb=lambda hz: hz == 466.0):
        menu.actions()[-1].trigger()
    assert texts(menu)["A = 466 Hz"]
    monkeypatch.setattr(QInputDialog, "getInt", lambda *args: (400, False))
    with qtbot.assertNotEmitted(tunings.chosen):
        menu.actions()[-1].trigger()
