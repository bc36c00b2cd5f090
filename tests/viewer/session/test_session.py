"""A session follows while it reads, survives what happens to the sound, and ends when it is told to."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from livefollow.audio.file import FileSource
from livefollow.audio.microphone import Microphone
from livefollow.audio.source import Block, SourceState
from livefollow.constants import FPS
from livefollow.errors import AudioError
from livefollow.features.frames import frame_time_s
from livefollow.follow.agent import open_agent
from livefollow.follow.position import Position
from livefollow.score.score import Score
from livefollow.viewer.session.session import Session
from tests.audio.fake_portaudio import FakeClock, FakePortAudio, device
from tests.broken import make_pdf

DEMO = Path(__file__).parents[3] / "assets" / "demo"
NOISE = np.random.default_rng(0).normal(0, 0.05, (10 * 22_050, 1)).astype(np.float32)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Two seconds of noise."""
    soundfile.write(tmp_path / "noise.wav", NOISE[: 2 * 22_050], 22_050)
    return tmp_path / "noise.wav"


@pytest.fixture
def score(tmp_path: Path) -> Iterator[Score]:
    with Score(DEMO / "score.pdf", data=tmp_path) as score:
        yield score


class Listening:
    """A session, and what it said."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.batches: list[list[Position]] = []
        self.sentences: list[str] = []
        self.failures: list[str] = []
        session.moved.connect(self.batches.append)
        session.said.connect(self.sentences.append)
        session.failed.connect(self.failures.append)

    @property
    def times(self) -> list[float]:
        return [position.time_s for batch in self.batches for position in batch]


@pytest.fixture
def listen(score: Score, models: Path) -> Iterator:
    sessions = []

    def make(source: object) -> Listening:
        sessions.append(Session(open_agent(None, models, "cpu"), score, source))
        return Listening(sessions[-1])

    yield make
    for session in sessions:
        session.stop()
        assert not session.running


class Pump:
    """A fake sound card that is fed from a thread of its own, faster than life."""

    def __init__(self, backend: FakePortAudio, clock: FakeClock) -> None:
        self.backend, self.clock = backend, clock
        self.value = 0.1
        self.on = True
        self._end = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._end:
            self.clock.now += 0.02
            stream = self.backend.streams[-1] if self.backend.streams else None
            if self.on and stream and stream.open and stream.started:
                self.backend.feed(np.full((441, 1), self.value, np.float32))
            time.sleep(0.004)

    def stop(self) -> None:
        self._end = True
        self._thread.join()


@pytest.fixture
def pump() -> Iterator[Pump]:
    clock = FakeClock()
    pump = Pump(FakePortAudio([device("Piano mic", 1, 22_050), device("Other", 1, 22_050)]), clock)
    yield pump
    pump.stop()


def test_a_position_for_every_frame_in_order(qtbot: QtBot, listen, sound: Path) -> None:
    heard = listen(FileSource(sound))
    pages: list[int] = []
    heard.session.page_read.connect(pages.append)
    with qtbot.waitSignals([heard.session.sound_ended, heard.session.score_read], timeout=60_000):
        heard.session.start()
    qtbot.waitUntil(lambda: len(heard.times) == 2 * FPS)
    assert heard.times == [frame_time_s(i) for i in range(2 * FPS)]
    assert pages == list(range(1, len(pages) + 1))
    assert heard.failures == []
    assert heard.session.statistics.figures().frames == 2 * FPS


def test_a_window_that_is_late_gets_all_at_once(qtbot: QtBot, listen, sound: Path) -> None:
    heard = listen(FileSource(sound))
    heard.session.start()
    deadline = time.monotonic() + 60
    while len(heard.session._mailbox) < 2 * FPS and time.monotonic() < deadline:
        time.sleep(0.01)  # the window does nothing
    qtbot.waitUntil(lambda: len(heard.batches) == 1)
    assert len(heard.batches[0]) == 2 * FPS


def test_a_dead_microphone_is_said_at_once_and_followed_again_when_it_is_back(qtbot: QtBot, listen, pump: Pump) -> None:
    heard = listen(Microphone("piano", clock=pump.clock, backend=pump.backend))
    heard.session.start()
    qtbot.waitUntil(lambda: len(heard.times) > 5, timeout=60_000)
    assert heard.sentences == []
    pump.backend.plugged = [device("Other", 1, 22_050)]
    pump.on = False
    qtbot.waitUntil(lambda: bool(heard.sentences), timeout=20_000)
    assert "waiting for Piano mic" in heard.sentences[-1]
    assert heard.session.sound.state is SourceState.LOST
    before = len(heard.times)
    pump.backend.plugged = [device("Other", 1, 22_050), device("Piano mic", 1, 22_050)]
    pump.on = True
    qtbot.waitUntil(lambda: len(heard.times) > before + 5 and heard.sentences[-1] == "", timeout=20_000)
    assert heard.times == sorted(heard.times)
    pump.value = 0.0
    qtbot.waitUntil(lambda: "muted" in heard.sentences[-1], timeout=20_000)


def test_swallowed_notes_are_hinted_at(qtbot: QtBot, listen, pump: Pump) -> None:
    heard = listen(Microphone("piano", clock=pump.clock, backend=pump.backend))
    heard.session.start()
    qtbot.waitUntil(lambda: len(heard.times) > 5, timeout=60_000)
    heard.session._capture._watch.suspects = True
    qtbot.waitUntil(lambda: bool(heard.sentences), timeout=20_000)
    assert "noise suppression" in heard.sentences[-1]


def test_another_device_and_back_where_it_does_not_open(qtbot: QtBot, listen, pump: Pump) -> None:
    def microphone(name: str) -> Microphone:
        return Microphone(name, clock=pump.clock, backend=pump.backend)

    heard = listen(microphone("piano"))
    heard.session.start()
    qtbot.waitUntil(lambda: len(heard.times) > 5, timeout=60_000)
    heard.session.switch(microphone("other"))
    qtbot.waitUntil(lambda: heard.session.sound.name == "Other", timeout=20_000)
    count = len(heard.times)
    qtbot.waitUntil(lambda: len(heard.times) > count + 5, timeout=20_000)
    heard.session.switch(microphone("theremin"))
    qtbot.waitUntil(lambda: bool(heard.sentences), timeout=20_000)
    assert "theremin" in heard.sentences[-1]
    count = len(heard.times)
    qtbot.waitUntil(lambda: len(heard.times) > count + 5, timeout=20_000)
    assert heard.session.sound.name == "Other"
    assert heard.times == sorted(heard.times)
    assert len(set(heard.times)) == len(heard.times)
    assert heard.failures == []


def test_without_a_device_one_can_still_be_chosen(qtbot: QtBot, listen, pump: Pump) -> None:
    heard = listen(Microphone("theremin", clock=pump.clock, backend=pump.backend))
    heard.session.start()
    qtbot.waitUntil(lambda: bool(heard.sentences), timeout=60_000)
    heard.session.switch(Microphone("piano", clock=pump.clock, backend=pump.backend))
    qtbot.waitUntil(lambda: len(heard.times) > 5 and heard.sentences[-1] == "", timeout=20_000)


def test_paused_nothing_is_followed_and_a_recording_waits(qtbot: QtBot, listen, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", NOISE, 22_050)
    heard = listen(FileSource(tmp_path / "long.wav", realtime=True))
    heard.session.start()
    qtbot.waitUntil(lambda: len(heard.times) > 5, timeout=60_000)
    heard.session.pause()
    assert heard.session.paused
    qtbot.wait(150)  # what was under way
    count = len(heard.times)
    qtbot.wait(300)
    assert len(heard.times) == count
    heard.session.resume()
    qtbot.waitUntil(lambda: len(heard.times) > count + 5, timeout=20_000)
    gaps = np.diff(heard.times)
    assert gaps.max() < 0.3  # the recording stood still
    heard.session.pause()
    qtbot.wait(150)
    tapped: list[float] = []
    heard.session.listen_in(lambda rows, rate, time_s: tapped.append(time_s))
    heard.session.resume(not_before_s=100.0)
    qtbot.waitUntil(lambda: heard.times[-1] > 100.2, timeout=20_000)
    assert min(time_s for time_s in heard.times if time_s > 50) == pytest.approx(100.0)
    assert 99.5 < tapped[-1] < heard.times[-1] + 1
    heard.session.listen_in(None)


def test_the_hand_places_the_cursor(qtbot: QtBot, listen, pump: Pump, score: Score) -> None:
    heard = listen(Microphone("piano", clock=pump.clock, backend=pump.backend))
    with qtbot.waitSignal(heard.session.score_read, timeout=60_000):
        heard.session.start()
    assert not heard.session.place(99, 0, 0)
    last = score.systems[2][-1]
    assert heard.session.place(2, last.left + 50, last.top)
    qtbot.waitUntil(lambda: bool(heard.batches) and heard.batches[-1][-1].page == 2, timeout=20_000)


def test_stopping_before_during_and_after(qtbot: QtBot, score: Score, models: Path, sound: Path) -> None:
    agent = open_agent(None, models, "cpu")
    Session(agent, score).stop()
    session = Session(agent, score, FileSource(sound, realtime=True))
    with qtbot.waitSignal(session.page_read, timeout=60_000):
        session.start()
    session.stop()
    assert not session.running
    session.stop()


def test_a_score_that_cannot_be_followed_is_a_sentence_and_nothing_is_heard(
    qtbot: QtBot, models: Path, sound: Path, tmp_path: Path
) -> None:
    (tmp_path / "blank.pdf").write_bytes(make_pdf(content=b" "))
    with Score(tmp_path / "blank.pdf", data=tmp_path) as score:
        session = Session(open_agent(None, models, "cpu"), score, FileSource(sound))
        with qtbot.waitSignal(session.failed, timeout=60_000) as failed:
            session.start()
        assert "no staff systems" in failed.args[0]
        assert session.sound is None
        session.stop()


@pytest.mark.parametrize(
    ("error", "says"),
    [(AudioError("noise.wav is damaged from its first sample on"), "damaged"), (ZeroDivisionError("oh"), "the log")],
)
def test_what_fails_on_a_thread_is_a_sentence(
    qtbot: QtBot, listen, sound: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    source = FileSource(sound)

    def fails() -> Block:
        raise error

    monkeypatch.setattr(source, "read", fails)
    heard = listen(source)
    with qtbot.waitSignal(heard.session.failed, timeout=60_000) as failed:
        heard.session.start()
    assert says in failed.args[0]
