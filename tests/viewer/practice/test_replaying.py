"""A recording is replayed with a transport: it pauses, goes where it is told or the score is clicked, and slower."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from livefollow.follow.position import Estimate, Position, State, on_strip
from livefollow.follow.track import Track
from livefollow.viewer.practice.practice_menu import Practice
from tests.viewer.painted import wait_for_pictures
from tests.viewer.player import FPS, Player

RATE = 8000
SECONDS = 60


@pytest.fixture
def practice(player: Player) -> Practice:
    player.window.add_sound()
    return player.window.add_practice()


@pytest.fixture
def take(player: Player, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A minute in which the whole piece is played, silent."""
    monkeypatch.setitem(__import__("sys").modules, "sounddevice", None)
    sound = tmp_path / "take.wav"
    soundfile.write(sound, np.zeros((SECONDS * RATE, 2)), RATE)
    x = np.linspace(80, player.strip.width - 80, SECONDS * FPS)
    rows = []
    for k, at in enumerate(x.tolist()):
        rows.append(on_strip(player.strip.at(at), Estimate(at, 1.0, 0.9, State.FOLLOWING), (k + 1) / FPS))
    Track(**{f.name: np.array([getattr(r, f.name) for r in rows]) for f in fields(Track)}).save(
        sound.with_suffix(".csv")
    )
    return sound


@pytest.fixture
def playing(player: Player, practice: Practice, take: Path) -> Iterator[Practice]:
    player.window.menus.actions["layout.single"].trigger()
    assert practice.play(take)
    yield practice
    practice.replaying.end()


def test_it_pauses_and_goes_on(qtbot: QtBot, player: Player, playing: Practice) -> None:
    actions = player.window.menus.actions
    qtbot.waitUntil(lambda: playing.replay.seconds > 0.2, timeout=20_000)
    actions["replay_pause"].trigger()
    assert playing.replaying.transport.play.isChecked()
    assert playing.replay.paused
    qtbot.wait(100)
    at = playing.replay.seconds
    qtbot.wait(150)
    assert playing.replay.seconds == at
    actions["replay_pause"].trigger()
    qtbot.waitUntil(lambda: playing.replay.seconds > at, timeout=20_000)


def test_a_click_on_the_score_plays_on_from_there(qtbot: QtBot, player: Player, playing: Practice) -> None:
    window = player.window
    wait_for_pictures(window.pages)
    seen: list[Position] = []
    window.following.positioned.connect(seen.append)
    x = player.system(1, 4) + 300
    place = player.strip.to_page(x)
    pane = window.pages.panes()[0]
    at = QPointF(*pane.to_screen(place.x, place.y)) / window.pages.devicePixelRatioF()
    QTest.mouseClick(window.pages, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert player.put == []  # it is the recording that goes there, not the player
    assert seen[-1].strip_x == pytest.approx(x, abs=25)
    expected = SECONDS * (x - 80) / (player.strip.width - 160)
    assert playing.replay.seconds == pytest.approx(expected, abs=0.5)
    QTest.mouseClick(window.pages, Qt.MouseButton.LeftButton, pos=at.toPoint())
    times = [position.time_s for position in seen]
    assert times == sorted(times)  # though the recording went back


def test_the_timeline_turns_the_pages(player: Player, playing: Practice) -> None:
    timeline = playing.replaying.transport.timeline
    end = timeline.rect().center()
    end.setX(timeline.width() - 4)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=end)
    assert playing.replay.seconds > 0.9 * SECONDS
    assert player.pages[0] == 3
    start = timeline.rect().center()
    start.setX(2)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=start)
    assert playing.replay.seconds < 0.1 * SECONDS
    assert player.pages[0] == 1
    player.window.menus.actions["replay_on"].trigger()
    assert 4 < playing.replay.seconds < 15


def test_it_plays_slower(player: Player, playing: Practice) -> None:
    for _ in range(3):
        player.window.menus.actions["replay_slower"].trigger()
    assert playing.replay.speed == 0.7
    assert playing.replaying.transport.speed.currentText() == "70 %"
    player.window.menus.actions["replay_faster"].trigger()
    assert playing.replay.speed == 0.8


def test_where_nothing_was_played_is_said(player: Player, playing: Practice) -> None:
    before = playing.replay.seconds
    playing.replaying.point(1, 0.0, 0.0 - 1000)
    assert "Nothing was played there" in player.window.bar.sentence.text()
    assert playing.replay.seconds == pytest.approx(before, abs=1.0)


def test_the_take_just_made_is_played_without_a_question(
    player: Player, practice: Practice, take: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "_ask_recording", lambda _: pytest.fail("it asks"))
    actions = player.window.menus.actions
    assert not actions["play_take"].isEnabled()
    practice._offer(take)
    assert practice._take_button.isVisible()
    practice._take_button.click()
    assert practice.replay is not None
    assert not practice._take_button.isVisible()
    player.window.menus.actions["replay"].trigger()
    assert practice.replay is None
    assert practice.replaying.transport.isHidden()
    actions["play_take"].trigger()
    assert practice.replay is not None
    player.window.close_score()
    assert practice.replay is None


def test_keys_of_the_transport_are_there_only_while_something_is_replayed(player: Player, playing: Practice) -> None:
    names = ("replay_pause", "replay_back", "replay_on", "replay_slower", "replay_faster")
    actions = player.window.menus.actions
    assert all(actions[name].isEnabled() for name in names)
    playing.replaying.transport.end.click()
    assert playing.replay is None
    assert not any(actions[name].isEnabled() for name in names)
    x = player.strip.to_page(player.system(1, 2) + 100)
    player.window.turner.point(x.page, x.x, x.y)
    assert len(player.put) == 1  # a click is the player's again
