"""Keys and pedals do what the player assigns to them, and it is remembered."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from livefollow.audio import midi
from livefollow.audio.midi import MidiWatch
from livefollow.errors import DeviceError
from livefollow.viewer.pedals.controls import ControlWords
from livefollow.viewer.pedals.pedals import Pedals
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.held_keys import HeldKeys
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.window import MainWindow
from tests.audio.fake_rtmidi import FakeRtmidi

PIANO = "FP-30:FP-30 MIDI 1 24:0"
LEFT = "midi:FP-30 MIDI 1:controller 67"


class Desk:
    """A window with some actions and pedals, and a MIDI piano that may be plugged in."""

    def __init__(self, qtbot: QtBot, preferences: RecordFile[Preferences]) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.menus = Menus(self.window)
        self.done: list[str] = []
        self._add("forward", "&Turn Forward", "PgDown", "Right")
        self._add("back", "Turn &Back", "PgUp")
        self._add("repeats", "Play &Repeats", "R")
        self.rtmidi = FakeRtmidi(PIANO)
        self.now = 0.0
        make_watch = partial(MidiWatch, backend=self.rtmidi)
        self.pedals = Pedals(self.window, self.menus, preferences, make_watch, lambda: self.now)
        self._add("pause", "&Pause", "P")  # those of sound come later
        self.window.show()

    def _add(self, name: str, text: str, *keys: str) -> None:
        self.menus.add("go", name, text, lambda: self.done.append(name), *keys)

    def keys(self, name: str) -> list[str]:
        return [key.toString() for key in self.menus.actions[name].shortcuts()]


@pytest.fixture
def make_desk(
    qtbot: QtBot, preferences: RecordFile[Preferences], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Desk]]:
    monkeypatch.setattr(midi, "LOOK_S", 0.01)
    desks: list[Desk] = []

    def make() -> Desk:
        desks.append(Desk(qtbot, preferences))
        return desks[-1]

    yield make
    for desk in desks:
        desk.pedals.stop()


def test_a_key_is_assigned_taken_from_another_action_and_remembered(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.pedals.assign("key:R", "forward")
    desk.pedals.assign("key:F7", "pause")
    assert desk.keys("forward") == ["R", "PgDown", "Right"]
    assert desk.keys("repeats") == []
    again = make_desk()
    assert again.keys("forward") == ["R", "PgDown", "Right"]
    assert again.keys("pause") == ["F7", "P"]
    again.pedals.assign("key:PgDown", "")
    assert again.keys("forward") == ["R", "Right"]
    again.pedals.forget("")
    assert again.keys("forward") == ["PgDown", "Right"]
    assert again.keys("repeats") == ["R"]


def test_the_page_shows_what_is_pressed_and_says_conflicts(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    page = desk.pedals.show_page()
    QTest.keyPress(page.field, Qt.Key.Key_R)
    assert page.field.down
    assert page.field.words == "R"
    assert page.field.accessibleDescription() == "R: Now: Play Repeats"
    assert desk.done == []
    QTest.keyRelease(page.field, Qt.Key.Key_R)
    assert not page.field.down
    page.functions.setCurrentIndex(page.functions.findData("forward"))
    page.assign.click()
    assert page.said.text() == "R was for “Play Repeats”; that has it no longer."
    assert page.own.count() == 1
    assert desk.keys("repeats") == []
    QTest.keyClick(page.field, Qt.Key.Key_R)
    assert page.field.words == "R, 2 times"
    assert page.field.accessibleDescription() == "R: Now: Turn Forward"
    page.own.setCurrentRow(0)
    page.remove.click()
    assert desk.keys("repeats") == ["R"]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Shift])
def test_some_keys_cannot_be_assigned(make_desk: Callable[[], Desk], key: Qt.Key) -> None:
    page = make_desk().pedals.show_page()
    QTest.keyClick(page.field, key)
    assert not page.assign.isEnabled()


def test_a_midi_pedal_is_shown_assigned_and_turns_once(qtbot: QtBot, make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    assert desk.rtmidi.opened == {}, "nothing is listened to before it is wanted"
    page = desk.pedals.show_page()
    qtbot.waitUntil(lambda: "FP-30" in page.devices.text())
    desk.rtmidi.send(PIANO, 0xB0, 64, 127)
    qtbot.waitUntil(lambda: page.field.words == "Right pedal of FP-30 MIDI 1")
    assert page.said.text().startswith("You play with this pedal")
    desk.rtmidi.send(PIANO, 0xB0, 67, 127)
    qtbot.waitUntil(lambda: page.field.control == LEFT)
    page.functions.setCurrentIndex(page.functions.findData("forward"))
    page.assign.click()
    assert desk.done == [], "while the page is open nothing turns"
    page.close()
    for value in (0, 127, 0, 127, 0):  # within 0.2 s
        desk.rtmidi.send(PIANO, 0xB0, 67, value)
    qtbot.waitUntil(lambda: desk.done == ["forward"])
    desk.now = 1.0
    desk.rtmidi.send(PIANO, 0xB0, 67, 127)
    qtbot.waitUntil(lambda: desk.done == ["forward"] * 2)
    desk.pedals.forget(LEFT)
    assert desk.rtmidi.opened == {}


def test_a_pedal_that_is_plugged_in_later_works(qtbot: QtBot, make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.rtmidi.ports.remove(PIANO)
    desk.pedals.assign(LEFT, "back")
    desk.rtmidi.ports.append("FP-30:FP-30 MIDI 1 31:0")
    qtbot.waitUntil(lambda: bool(desk.rtmidi.opened))
    desk.rtmidi.send("FP-30:FP-30 MIDI 1 31:0", 0xB0, 67, 127)
    qtbot.waitUntil(lambda: desk.done == ["back"])


def test_without_midi_the_page_says_how_to_get_it(qtbot: QtBot, preferences: RecordFile[Preferences]) -> None:
    def refuse(*_: object) -> MidiWatch:
        raise DeviceError("no {name}", name="rtmidi")

    window = QMainWindow()
    qtbot.addWidget(window)
    pedals = Pedals(window, Menus(window), preferences, refuse)
    assert pedals.show_page().devices.text() == "No rtmidi"


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ("key:Ctrl+F5", "Ctrl+F5"),
        ("midi:A:B:controller 66", "Middle pedal of A:B"),
        ("midi:FS:controller 80", "Controller 80 of FS"),
        ("midi:FS:note 36", "Note 36 of FS"),
        ("midi:FS:program 3", "Program 3 of FS"),
    ],
)
def test_controls_have_words(control: str, words: str) -> None:
    assert ControlWords.of(control) == words


def test_in_the_window_every_function_can_be_assigned(window: MainWindow) -> None:
    window.add_sound()
    window.add_practice()
    window.menus.actions["pedals"].trigger()
    page = window.pedals.page
    assert page
    offered = [page.functions.itemData(k) for k in range(page.functions.count())]
    assert offered == ["forward", "back", "half_forward", "start", "record", "pause", "next_piece", ""]
    QTest.keyClick(page.field, Qt.Key.Key_F13)
    page.functions.setCurrentIndex(offered.index("pause"))
    page.assign.click()
    page.close()
    pause: QAction = window.menus.actions["pause"]
    window.activateWindow()
    window.findChildren(HeldKeys)[0].forget()  # else this press belongs to the one on the page
    QTest.keyClick(window, Qt.Key.Key_F13)
    assert pause.isChecked()
