"""The sound's controls: remembered by name, switched while it plays, paused, read out."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from livefollow.audio.devices import InputDevice
from livefollow.audio.file import FileSource
from livefollow.audio.intake import MeterReading
from livefollow.audio.microphone import Microphone
from livefollow.audio.playback import PlayedFile
from livefollow.audio.source import SourceState, SourceStatus
from livefollow.follow.agent import open_agent
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.sound import sound_menu
from livefollow.viewer.sound.sound_menu import SoundControls
from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.window import MainWindow
from tests.viewer.read_through import read_through

DEMO = Path(__file__).parents[3] / "assets" / "demo"


@pytest.fixture
def window(qtbot: QtBot, models: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that follows ten seconds of noise."""
    soundfile.write(tmp_path / "noise.wav", np.random.default_rng(0).normal(0, 0.05, 10 * 22_050), 22_050)
    preferences = open_preferences(tmp_path)
    preferences.change(device="Piano mic")
    window = MainWindow(
        preferences,
        lambda: open_agent(None, models, "cpu"),
        lambda agent, score: Session(agent, score, FileSource(tmp_path / "noise.wav", realtime=True)),
    )
    qtbot.addWidget(window)
    yield window
    window.close()
    preferences.close()


@pytest.fixture
def controls(window: MainWindow) -> SoundControls:
    return window.add_sound()


def test_the_input_is_remembered_by_name(window: MainWindow, controls: SoundControls) -> None:
    assert controls.devices.name == "Piano mic"
    source = controls.source(DEMO)
    assert isinstance(source, Microphone)
    assert source.status.name == "Piano mic"
    controls.devices.choose("Other")
    assert window.preferences.values.device == "Other"
    assert controls.source(DEMO).status.name == "Other"


def test_a_device_that_was_asked_for_is_the_one(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = [InputDevice(n, f"Mic (hw:{n},0)", "ALSA", 2, 48_000, default=False) for n in (1, 2)]
    monkeypatch.setattr(sound_menu, "find_input", lambda wanted: twins[wanted - 1])
    controls = window.add_sound(device=2)
    assert controls.devices.name == "Mic"
    assert controls.source(DEMO).status.name == "2"
    controls.devices.choose("Other")
    assert controls.source(DEMO).status.name == "Other"


def test_a_recording_plays_until_an_input_is_chosen(window: MainWindow) -> None:
    controls = window.add_sound(audio=DEMO / "performance.ogg")
    assert isinstance(controls.source(DEMO), PlayedFile)
    controls.devices.choose("")
    assert isinstance(controls.source(DEMO), Microphone)


def test_level_and_pause_of_what_is_followed(qtbot: QtBot, window: MainWindow, controls: SoundControls) -> None:
    window.show()
    window.openings.open(DEMO / "score.pdf")
    qtbot.waitUntil(lambda: window.following.position is not None and controls.meter.segments > 0, timeout=60_000)
    pause = window.menus.actions["pause"]
    pause.trigger()
    assert window.open_score.session.paused
    qtbot.wait(200)
    assert window.bar.lamp.state is Shown.PAUSED
    second = window.following.position.time_s
    pause.trigger()
    assert window.bar.lamp.state is not Shown.PAUSED
    qtbot.waitUntil(lambda: window.following.position.time_s > second + 0.2, timeout=20_000)
    pause.trigger()
    window.close_score()
    assert not pause.isChecked()
    assert controls.meter.segments == 0


def test_the_cost_is_shown_and_remembered(qtbot: QtBot, window: MainWindow, controls: SoundControls) -> None:
    window.show()
    assert controls.readout.isHidden()
    window.menus.actions["statistics"].trigger()
    window.openings.open(DEMO / "score.pdf")
    qtbot.waitUntil(lambda: "CPU" in controls.readout.text(), timeout=60_000)
    assert window.preferences.values.statistics


def test_what_is_asked_for_once_is_not_remembered(qtbot: QtBot, window: MainWindow) -> None:
    controls = window.add_sound(statistics=True)
    assert not controls.readout.isHidden()
    assert not window.preferences.values.statistics
    window.menus.actions["statistics"].trigger()
    window.menus.actions["statistics"].trigger()  # by the player's own hand
    assert window.preferences.values.statistics


def test_a_lost_microphone_is_no_following(qtbot: QtBot, window: MainWindow, controls: SoundControls) -> None:
    window.show()
    window.openings.open(DEMO / "score.pdf")
    qtbot.waitUntil(lambda: window.following.position is not None, timeout=60_000)
    lost = SourceStatus(SourceState.LOST, "mic", 44_100, 1, MeterReading(), 0)
    window.open_score.session.sounded.emit(lost)
    assert window.bar.lamp.state is Shown.IDLE
    assert controls.meter.silent
    qtbot.waitUntil(lambda: window.bar.lamp.state is not Shown.IDLE, timeout=20_000)
    window.menus.actions["pause"].trigger()
    window.open_score.session.sounded.emit(lost)
    assert window.bar.words.text() == "Paused"  # by the player, lost or not


def test_a_pause_may_begin_before_there_is_something_to_pause(
    qtbot: QtBot, window: MainWindow, controls: SoundControls
) -> None:
    window.show()
    pause = window.menus.actions["pause"]
    pause.trigger()
    session = read_through(qtbot, window, DEMO / "score.pdf")
    assert session.paused
    assert window.bar.lamp.state is Shown.PAUSED
    assert window.following.position is None
    pause.trigger()
    qtbot.waitUntil(lambda: window.following.position is not None, timeout=20_000)
    assert window.bar.lamp.state is not Shown.PAUSED


def test_the_end_of_a_recording_is_said_until_something_else_is_heard(
    qtbot: QtBot, window: MainWindow, controls: SoundControls, tmp_path: Path
) -> None:
    (tmp_path / "noise.wav").rename(tmp_path / "more.wav")
    soundfile.write(tmp_path / "noise.wav", np.random.default_rng(0).normal(0, 0.05, 11_025), 22_050)
    window.show()
    window.openings.open(DEMO / "score.pdf")
    qtbot.waitUntil(lambda: "recording is over" in window.bar.sentence.text(), timeout=60_000)
    qtbot.waitUntil(lambda: window.bar.words.text() == "Not listening", timeout=20_000)
    window.open_score.session.switch(FileSource(tmp_path / "more.wav", realtime=True))
    qtbot.waitUntil(lambda: window.bar.sentence.text() == "", timeout=20_000)
    qtbot.waitUntil(lambda: window.bar.words.text() != "Not listening", timeout=20_000)


def test_the_demo_is_played_for_its_own_score_and_once(
    window: MainWindow, controls: SoundControls, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window.openings, "open", opened.append)
    window.show()
    window.welcome.demo_wanted.emit()
    (score,) = opened
    assert score.is_file()
    assert isinstance(controls.source(score), PlayedFile)
    assert isinstance(controls.source(score), Microphone)
    window.menus.actions["demo"].trigger()
    assert isinstance(controls.source(DEMO / "another.pdf"), Microphone)
    assert isinstance(controls.source(score), Microphone)


def test_the_tuning_is_remembered_and_reaches_the_session(
    window: MainWindow, controls: SoundControls, qtbot: QtBot
) -> None:
    controls.tuning.choose(415.0)
    assert window.preferences.values.tuning_hz == 415.0
    window.show()
    window.openings.open(DEMO / "score.pdf")
    qtbot.waitUntil(lambda: window.open_score.session is not None, timeout=60_000)
    session = window.open_score.session
    assert session is not None
    qtbot.waitUntil(lambda: session.tuning_hz is not None, timeout=60_000)
    assert session.tuning_hz == pytest.approx(415.0)
    controls.tuning.choose(0.0)
    assert session.tuning_hz == pytest.approx(440.0)
