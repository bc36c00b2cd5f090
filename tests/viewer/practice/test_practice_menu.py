"""Practice in the window: recorded, replayed on the same pages, filmed, and gone round and round."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from livefollow.audio.file import FileSource
from livefollow.follow.agent import open_agent
from livefollow.follow.position import Estimate, Position, State, on_strip
from livefollow.follow.track import load_track
from livefollow.viewer.practice.practice_menu import Practice
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.window import MainWindow
from tests.encrypted import PASSWORD, encrypt
from tests.viewer.read_through import read_through

DEMO = Path(__file__).parents[3] / "assets" / "demo"


@pytest.fixture
def window(qtbot: QtBot, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window that follows a minute of noise in the demo, all of which is read."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    soundfile.write(tmp_path / "noise.wav", np.random.default_rng(0).normal(0, 0.05, (60 * 22_050, 2)), 22_050)
    preferences = open_preferences(tmp_path)
    preferences.change(recording_folder=str(tmp_path / "recordings"))
    window = MainWindow(
        preferences,
        lambda: open_agent(None, models, "cpu"),
        lambda agent, score: Session(agent, score, FileSource(tmp_path / "noise.wav", realtime=True)),
    )
    qtbot.addWidget(window)
    window.add_sound()
    yield window
    window.close()
    preferences.close()


@pytest.fixture
def practice(window: MainWindow) -> Practice:
    return window.add_practice()


def open_demo(qtbot: QtBot, window: MainWindow, score: Path = DEMO / "score.pdf", password: str | None = None) -> None:
    window.show()
    read_through(qtbot, window, score, password)
    qtbot.waitUntil(lambda: window.following.position is not None, timeout=20_000)


def test_recorded_and_replayed(qtbot: QtBot, window: MainWindow, practice: Practice) -> None:
    actions = window.menus.actions
    actions["record"].trigger()
    assert not actions["record"].isChecked()  # there is nothing to record yet
    open_demo(qtbot, window)
    actions["record"].trigger()
    qtbot.waitUntil(lambda: practice.recorder is not None and practice.recorder.seconds > 1, timeout=20_000)
    assert "Recording 0:" in practice.clock.text()
    recorder = practice.recorder
    actions["record"].trigger()
    assert practice.clock.isHidden()
    (take,) = recorder.takes
    assert soundfile.info(take).channels == 2
    track = load_track(take.with_suffix(".csv"))
    assert 0.5 < track.time_s[-1] <= soundfile.info(take).duration

    seen: list[Position] = []
    window.following.positioned.connect(seen.append)
    before = window.following.position.time_s
    assert practice.play(take)
    assert window.open_score.session.paused
    assert not actions["pause"].isEnabled()
    transport = practice.replaying.transport
    qtbot.waitUntil(lambda: transport.isVisible() and transport.time.text().startswith("0:00 / 0:0"))
    qtbot.waitUntil(lambda: practice.replay is None, timeout=20_000)
    assert not window.open_score.session.paused
    assert actions["pause"].isEnabled()
    count = len(seen)
    qtbot.waitUntil(lambda: len(seen) > count + 3, timeout=20_000)
    times = [before, *(position.time_s for position in seen)]
    assert times == sorted(times)


def test_the_end_of_a_replay_is_not_the_end_of_the_performance(
    qtbot: QtBot, window: MainWindow, practice: Practice, data: Path
) -> None:
    library = window.library
    library.setlist.add([DEMO / "score.pdf", data / "small.pdf"])
    library._next.setInterval(0)
    library.setlist.step(1)
    open_demo(qtbot, window)
    window.menus.actions["record"].trigger()
    qtbot.waitUntil(lambda: practice.recorder.seconds > 0.5, timeout=20_000)
    window.menus.actions["record"].trigger()
    (take,) = practice.folder.glob("*.wav")
    track = load_track(take.with_suffix(".csv"))
    replace(track, state=np.full(len(track), State.FINISHED)).save(take.with_suffix(".csv"))
    wanted: list[Path] = []
    library.wanted.connect(lambda path, password: wanted.append(path))
    assert practice.play(take)
    qtbot.waitUntil(lambda: practice.replay is None, timeout=20_000)
    qtbot.wait(20)
    assert wanted == []
    library.positioned(replace(window.following.position, state=State.FINISHED))
    assert practice.play(take)
    qtbot.wait(20)
    assert wanted == []  # nor does it come while a replay is heard


def test_a_replay_can_be_ended_and_closing_ends_everything(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    open_demo(qtbot, window)
    window.menus.actions["record"].trigger()
    qtbot.waitUntil(lambda: practice.recorder.seconds > 0.5, timeout=20_000)
    window.menus.actions["record"].trigger()
    (take,) = practice.folder.glob("*.wav")
    window.menus.actions["pause"].trigger()
    with qtbot.waitSignal(window.following.positioned, timeout=20_000):
        assert practice.play(take)
    assert window.bar.lamp.state is not Shown.PAUSED
    window.menus.actions["replay"].trigger()
    assert practice.replay is None
    assert window.bar.lamp.state is Shown.PAUSED  # as before
    window.menus.actions["pause"].trigger()
    window.menus.actions["record"].trigger()
    recorder = practice.recorder
    qtbot.waitUntil(lambda: recorder.seconds > 0.5, timeout=20_000)
    window.close_score()
    assert practice.recorder is None
    assert recorder.takes
    assert not practice.play(take)  # no score is open


def test_what_cannot_be_recorded_or_replayed_is_said(
    qtbot: QtBot, window: MainWindow, practice: Practice, tmp_path: Path
) -> None:
    open_demo(qtbot, window)
    (tmp_path / "file").write_text("")
    window.preferences.change(recording_folder=str(tmp_path / "file"))
    window.menus.actions["record"].trigger()
    assert "cannot be written to" in window.bar.sentence.text()
    assert not window.menus.actions["record"].isChecked()
    assert not practice.play(tmp_path / "none.wav")
    assert "no positions beside it" in window.bar.sentence.text()


def test_a_loop_brings_cursor_and_page_back(qtbot: QtBot, window: MainWindow, practice: Practice) -> None:
    open_demo(qtbot, window)
    window.menus.actions["pause"].trigger()  # the noise is not to be followed here
    qtbot.wait(200)
    systems, strip = window.open_score.score.systems, window.open_score.score.strip
    first, last = systems[1][1], systems[2][0]
    window.menus.actions["loop_end"].trigger()
    assert "start first" in window.bar.sentence.text()
    window.gestures.pointed.emit(1, first.left + 100, first.top)
    window.menus.actions["loop_start"].trigger()
    window.gestures.pointed.emit(2, last.left + 200, last.top)
    window.menus.actions["loop_end"].trigger()
    start_x = strip.from_page(1, first.left + 100, first.top)
    end_x = strip.from_page(2, last.left + 200, last.top)
    assert window.pages.view.page == 1
    placed: list[tuple[int, float, float]] = []
    window.turner._put = lambda *place: placed.append(place) or True
    time_s = window.following.position.time_s
    for x in np.arange(start_x, end_x + 10, 5.0):
        time_s += 0.05
        here = on_strip(strip.at(float(x)), Estimate(float(x), 5.0, 0.9, State.FOLLOWING), time_s)
        window.following.show([here])
    assert len(placed) == 1
    assert placed[0][0] == 1
    assert strip.from_page(*placed[0]) == pytest.approx(start_x)
    assert window.pages.view.page == 1
    window.menus.actions["unloop"].trigger()
    window.following.show([here])
    assert len(placed) == 1
    assert window.bar.lamp.state is not Shown.LOST


def test_a_film_of_a_recording(
    qtbot: QtBot, window: MainWindow, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_demo(qtbot, window)
    window.menus.actions["record"].trigger()
    qtbot.waitUntil(lambda: practice.recorder.seconds > 0.5, timeout=20_000)
    window.menus.actions["record"].trigger()
    (take,) = practice.folder.glob("*.wav")
    said: list[str] = []
    practice._filming.said.connect(said.append)
    practice._filming.make(window.open_score.score.document.path, take, tmp_path / "film.mp4")
    practice._filming.make(window.open_score.score.document.path, take, tmp_path / "film.mp4")
    assert "Another film" in said[-1]
    status, percents = practice.film_status, []
    practice._filming.progressed.connect(percents.append)
    assert status.meter.isVisible()
    qtbot.waitUntil(lambda: not practice._filming.busy, timeout=120_000)
    assert "ready" in said[-1]
    rising = [percent for percent in percents if percent >= 0]
    assert rising == sorted(rising)
    assert len(rising) > 1
    assert status.isVisible()
    assert not status.meter.isVisible()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    status.folder.click()
    assert opened == [str(tmp_path)]
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert {stream.type for stream in film.streams} == {"video", "audio"}
    practice._filming.make(tmp_path / "none.pdf", take, tmp_path / "film.mp4")
    qtbot.waitUntil(lambda: not practice._filming.busy, timeout=120_000)
    assert "does not exist" in said[-1]
    practice._filming.make(window.open_score.score.document.path, take, tmp_path / "film.mp4")
    practice.film_status.cancel.click()
    assert not practice._filming.busy
    assert practice.film_status.isHidden()
    assert "given up" in said[-1]


def test_a_film_of_an_encrypted_score(
    qtbot: QtBot, window: MainWindow, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_demo(qtbot, window, encrypt(DEMO / "score.pdf", tmp_path / "locked.pdf"), PASSWORD)
    window.menus.actions["record"].trigger()
    qtbot.waitUntil(lambda: practice.recorder.seconds > 0.5, timeout=20_000)
    window.menus.actions["record"].trigger()
    (take,) = practice.folder.glob("*.wav")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(take), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "film.mp4"), ""))
    said: list[str] = []
    practice._filming.said.connect(said.append)
    practice.choose_film()
    assert PASSWORD not in practice._filming._process.arguments()
    qtbot.waitUntil(lambda: not practice._filming.busy, timeout=120_000)
    assert "ready" in said[-1]
