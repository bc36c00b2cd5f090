"""A held key or pedal counts once, two presses twice, whatever the events look like."""

import itertools

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from livefollow.viewer.widgets.held_keys import AFTER_PRESS_S, AFTER_RELEASE_S, STUCK_S, HeldKeys
from livefollow.viewer.widgets.menus import Menus
from tests.audio.fake_portaudio import FakeClock
from tests.viewer.player import Player

TURN = Qt.Key.Key_PageDown


class Pedal:
    """A window whose menu counts turns, and a pedal whose clock does not run by itself."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.clock, self.turns = QMainWindow(), FakeClock(), 0
        qtbot.addWidget(self.window)
        menus = Menus(self.window)
        (held,) = self.window.findChildren(HeldKeys)
        held._clock = self.clock
        menus.add("go", "forward", "Forward", self._turn, "PgDown")
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def _turn(self) -> None:
        self.turns += 1

    def press(self, after_s: float, key: Qt.Key = TURN) -> None:
        self.clock.now += after_s
        QTest.keyPress(self.window, key)

    def release(self, after_s: float, key: Qt.Key = TURN) -> None:
        self.clock.now += after_s
        QTest.keyRelease(self.window, key)


@pytest.fixture
def pedal(qtbot: QtBot) -> Pedal:
    return Pedal(qtbot)


@pytest.mark.parametrize("gap_s", [0.0, 0.004, 0.03])
def test_a_held_key_that_is_repeated_as_new_presses_counts_once(pedal: Pedal, gap_s: float) -> None:
    pedal.press(1.0)
    pedal.release(0.66)
    for _ in range(60):
        pedal.press(gap_s)
        pedal.release(0.033)
    assert pedal.turns == 1
    pedal.press(0.3)
    assert pedal.turns == 2


def test_pairs_in_quick_succession_are_one_press(pedal: Pedal) -> None:
    for _ in range(25):
        pedal.press(0.09)
        pedal.release(0.01)
    assert pedal.turns == 1


def test_presses_without_releases_are_one_press_until_nothing_comes_for_long(pedal: Pedal) -> None:
    for gap_s in (1.0, 0.66, *itertools.repeat(0.04, 40)):
        pedal.press(gap_s)
    assert pedal.turns == 1
    pedal.press(STUCK_S)
    assert pedal.turns == 2


@pytest.mark.parametrize("down_s", [0.01, 0.1, 0.17])
def test_two_quick_presses_turn_twice(pedal: Pedal, down_s: float) -> None:
    for _ in range(2):
        pedal.press(0.25 - down_s)
        pedal.release(down_s)
    assert pedal.turns == 2
    assert max(AFTER_PRESS_S, 0.17 + AFTER_RELEASE_S) < 0.25


def test_another_key_is_another_press(pedal: Pedal) -> None:
    pedal.press(1.0)
    pedal.press(0.01, Qt.Key.Key_A)
    pedal.release(0.01, Qt.Key.Key_A)
    pedal.release(0.3)
    pedal.press(0.2)
    assert pedal.turns == 2


class Stamped(QKeyEvent):
    """A key event with a time of its own, ms."""

    def __init__(self, kind: QEvent.Type, stamp: int) -> None:
        super().__init__(kind, TURN, Qt.KeyboardModifier.NoModifier)
        self.stamp = stamp

    def timestamp(self) -> int:
        return self.stamp


def test_time_stamps_count_where_there_are_some(pedal: Pedal) -> None:
    """A window that was busy gets presses all at once that were a second apart."""
    (held,) = pedal.window.findChildren(HeldKeys)
    found = []
    for stamp in (5_000, 6_000, 6_010):
        QApplication.sendEvent(pedal.window, Stamped(QEvent.Type.ShortcutOverride, stamp))
        found.append(held._held)
        QApplication.sendEvent(pedal.window, Stamped(QEvent.Type.KeyRelease, stamp + 5))
    assert found == [False, False, True]


def test_who_types_may_hold_a_key(qtbot: QtBot, pedal: Pedal) -> None:
    field = QLineEdit()
    pedal.window.setCentralWidget(field)
    field.setFocus()
    for _ in range(5):
        QTest.keyClick(field, Qt.Key.Key_7)
    assert field.text() == "77777"


def test_menus_may_be_used_as_quickly_as_one_likes(qtbot: QtBot, player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.key(Qt.Key.Key_Return)
    player.window.menus.actions["forward"].trigger()
    assert player.pages == (3, 0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, TURN, Qt.Key.Key_Space])
def test_a_pedal_that_is_held_in_the_window_turns_once(player: Player, key: Qt.Key) -> None:
    player.window.menus.actions["layout.single"].trigger()
    for _ in range(16):
        QTest.keyClick(player.window, key)
    assert player.pages == (2, 0)
