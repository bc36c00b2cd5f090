"""A desktop is asked to keep the screen on, and told when that is over."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PyQt6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from livefollow.follow.position import State
from livefollow.viewer.desktop import wake_lock
from livefollow.viewer.desktop.wake_lock import WakeLock
from livefollow.viewer.window import MainWindow
from tests.optional import needs_program
from tests.viewer.player import Player


@pytest.fixture
def bus() -> Iterator[QDBusConnection]:
    """A message bus of our own."""
    needs_program("dbus-daemon")
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout
        address = daemon.stdout.readline().strip()
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        yield QDBusConnection.connectToBus(address, "test")
        QDBusConnection.disconnectFromBus("test")
        del os.environ["DBUS_SESSION_BUS_ADDRESS"]
        daemon.terminate()


@pytest.fixture
def saver(bus: QDBusConnection) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.viewer.screen_saver"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process
        process.terminate()


def test_the_screen_is_kept_on_and_let_go(qtbot: QtBot, bus: QDBusConnection, saver: subprocess.Popen[str]) -> None:
    assert saver.stdout
    lock = WakeLock("following", bus)
    lock.hold(True)
    lock.hold(True)  # asked once
    qtbot.waitUntil(lambda: lock.held, timeout=20_000)
    lock.hold(False)
    assert not lock.held
    assert saver.stdout.readline() == "inhibit livefollow following\n"
    assert saver.stdout.readline() == "uninhibit 7\n"


def test_the_screen_is_let_go_when_nobody_has_played_for_long(
    qtbot: QtBot, bus: QDBusConnection, saver: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert saver.stdout
    monkeypatch.setattr(wake_lock, "AWAKE_S", 0.02)
    lock = WakeLock("following", bus)
    lock.hold(True)
    qtbot.waitUntil(lambda: not lock._asked and not lock.held, timeout=20_000)
    assert saver.stdout.readline().startswith("inhibit")
    assert saver.stdout.readline() == "uninhibit 7\n"


def test_only_a_player_keeps_the_screen_on(
    demo_window: MainWindow, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(demo_window.wake_lock, "hold", asked.append)
    x = player.system(1, 1) + 100
    player.play(x, x, 0.1, State.WAITING)  # who opens a score is about to play
    for state in (State.WAITING, State.LOST, State.FINISHED):
        player.play(x, x, 0.1, state)
    assert asked == [True]
    player.play(x, x + 20, 0.1)
    player.play(x + 20, x + 20, 0.1, State.HOLDING)
    assert asked == [True, True, True]
    demo_window.close_score()
    assert asked[3:] == [False]


def test_who_stops_before_the_answer_is_let_go_too(
    qtbot: QtBot, bus: QDBusConnection, saver: subprocess.Popen[str]
) -> None:
    assert saver.stdout
    lock = WakeLock("following", bus)
    lock.hold(True)
    lock.hold(False)
    qtbot.wait(50)
    assert saver.stdout.readline().startswith("inhibit")
    qtbot.waitUntil(lambda: not lock._asked, timeout=20_000)
    assert saver.stdout.readline() == "uninhibit 7\n"
    assert not lock.held


def test_a_desktop_without_screen_saver_is_asked_no_more(qtbot: QtBot, bus: QDBusConnection) -> None:
    lock = WakeLock("following", bus)
    lock.hold(True)
    qtbot.waitUntil(lambda: lock._service == 2, timeout=20_000)
    lock.hold(True)
    assert not lock.held


def test_without_a_bus_nobody_is_asked(qtbot: QtBot) -> None:
    lock = WakeLock("following", QDBusConnection("nowhere"))
    lock.hold(True)
    lock.hold(False)
    assert not lock.held
