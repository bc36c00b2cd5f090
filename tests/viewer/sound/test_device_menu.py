"""The menu of sound inputs is as new as it can be, and never waits."""

import threading

from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from livefollow.audio.devices import InputDevice
from livefollow.errors import DeviceError
from livefollow.viewer.sound.device_menu import DeviceMenu


def an_input(name: str, number: int = 0) -> InputDevice:
    return InputDevice(number, name, "ALSA", 2, 48_000, default=False)


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def checked(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_what_is_plugged_in_appears_and_the_choice_stays(qtbot: QtBot) -> None:
    plugged = [an_input("Built-in (hw:0,0)"), an_input("USB & mic (hw:1,0)")]
    menu = QMenu()
    qtbot.addWidget(menu)
    devices = DeviceMenu(menu, list_inputs=lambda: list(plugged))
    assert checked(menu) == ["System &Default"]
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: texts(menu) == ["System &Default", "Built-in", "USB && mic"])
    with qtbot.waitSignal(devices.chosen) as chosen:
        menu.actions()[-1].trigger()
    assert chosen.args == ["USB & mic"]
    plugged[:] = [an_input("Built-in (hw:0,0)")]
    devices._asking.join()
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: texts(menu)[-1] == "USB && mic (not there)")
    assert checked(menu) == ["USB && mic (not there)"]
    assert not menu.actions()[-1].isEnabled()
    plugged.append(an_input("USB & mic (hw:3,0)"))
    devices._asking.join()
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: checked(menu) == ["USB && mic"])


def test_two_of_a_kind_keep_their_numbers(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    devices = DeviceMenu(menu, "Mic (hw:2,0)", lambda: [an_input("Mic (hw:1,0)"), an_input("Mic (hw:2,0)", 1)])
    devices.refresh()
    qtbot.waitUntil(lambda: texts(menu)[1:] == ["Mic (hw:1,0)", "Mic (hw:2,0)"])
    assert checked(menu) == ["Mic (hw:2,0)"]


def test_a_list_that_takes_long_or_fails_is_not_waited_for(qtbot: QtBot) -> None:
    go_on = threading.Event()

    def slow() -> list[InputDevice]:
        assert go_on.wait(20)
        raise DeviceError("the sound inputs cannot be listed")

    menu = QMenu()
    qtbot.addWidget(menu)
    devices = DeviceMenu(menu, "Mic", slow)
    menu.aboutToShow.emit()
    menu.aboutToShow.emit()
    assert texts(menu) == ["System &Default", "Mic (not there)"]
    go_on.set()
    devices._asking.join()
    assert texts(menu) == ["System &Default", "Mic (not there)"]
