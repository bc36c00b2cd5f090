"""A recording is heard from its beginning to its end, or until it is stopped; or not at all, and that is said."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from livefollow.audio.microphone import Microphone
from livefollow.audio.playback import Playback, PlayedFile
from livefollow.audio.source import SourceState
from livefollow.errors import DeviceError
from tests.audio.fake_portaudio import FakeClock, FakePortAudio, device

RATE = 8000


class Loudspeaker:
    """What sounddevice's OutputStream is asked to do; `go_on` lets one more block in, or all."""

    latency = 0.1

    def __init__(self) -> None:
        self.blocks: list[np.ndarray] = []
        self.waits = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, rate: float, channels: int, dtype: str, latency: float) -> "Loudspeaker":
        self.format = rate, channels, dtype
        return self

    def start(self) -> None:
        pass

    def __enter__(self) -> "Loudspeaker":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def write(self, block: np.ndarray) -> None:
        self.blocks.append(block)
        self.waits.set()
        assert self.go_on.wait(20)


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> Loudspeaker:
    speaker = Loudspeaker()
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(OutputStream=speaker))
    return speaker


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A second, two channels."""
    soundfile.write(tmp_path / "a.wav", np.linspace(-0.5, 0.5, 2 * RATE).reshape(-1, 2), RATE, subtype="FLOAT")
    return tmp_path / "a.wav"


def test_all_of_it_is_heard(loudspeaker: Loudspeaker, sound: Path) -> None:
    loudspeaker.go_on.set()
    playback = Playback(sound)
    playback.start()
    playback._thread.join(20)
    assert playback.over
    assert loudspeaker.format == (RATE, 2, "float32")
    np.testing.assert_array_equal(np.concatenate(loudspeaker.blocks), soundfile.read(sound, dtype="float32")[0])
    playback.stop()


def test_from_the_middle_and_what_has_left_the_loudspeaker(loudspeaker: Loudspeaker, sound: Path) -> None:
    playback = Playback(sound, 0.5)
    assert playback.heard_s == 0.5
    playback.start()
    assert loudspeaker.waits.wait(20)
    assert playback.heard_s == 0.5  # nothing is known to have been taken
    loudspeaker.go_on.set()
    eventually(lambda: playback.heard_s > 0.9)
    assert np.concatenate(loudspeaker.blocks)[0] == pytest.approx(soundfile.read(sound)[0][RATE // 2])
    playback.stop()


def test_it_can_be_stopped(loudspeaker: Loudspeaker, sound: Path) -> None:
    playback = Playback(sound)
    playback.stop()
    playback = Playback(sound)
    playback.start()
    assert loudspeaker.waits.wait(20)
    playback._stop.set()
    loudspeaker.go_on.set()
    playback.stop()
    assert len(loudspeaker.blocks) == 1


def test_without_a_loudspeaker_it_is_said_and_time_passes(
    silent: None, sound: Path, caplog: pytest.LogCaptureFixture
) -> None:
    playback = Playback(sound)
    playback.start()
    eventually(lambda: playback.heard_s > 0.2)
    playback.paused = True
    time.sleep(0.1)
    paused = playback.heard_s
    time.sleep(0.1)
    assert playback.heard_s == paused
    playback.paused = False
    eventually(lambda: playback.over and playback.heard_s > 1.0)
    assert "Nothing is heard" in caplog.text


def test_it_goes_on_from_where_it_is_told_to(loudspeaker: Loudspeaker, sound: Path) -> None:
    playback = Playback(sound)
    playback.start()
    assert loudspeaker.waits.wait(20)
    playback.seek(0.75)
    assert playback.heard_s == 0.75
    loudspeaker.go_on.set()
    playback._thread.join(20)
    samples = soundfile.read(sound, dtype="float32")[0]
    heard = np.concatenate(loudspeaker.blocks)
    block = RATE // 20
    np.testing.assert_array_equal(heard, np.concatenate([samples[:block], samples[3 * RATE // 4 :]]))


def test_it_goes_back_while_nothing_is_heard_and_pauses(silent: None, sound: Path) -> None:
    playback = Playback(sound)
    playback.paused = True
    playback.start()
    playback.seek(0.9)
    eventually(lambda: playback._wanted_s is None)
    assert playback.heard_s == 0.9
    playback.seek(0.1)
    playback.paused = False
    eventually(lambda: 0.1 < playback.heard_s < 0.9)
    eventually(lambda: playback.over)


def test_slowly_it_takes_longer_and_all_of_it_is_heard(loudspeaker: Loudspeaker, sound: Path) -> None:
    loudspeaker.go_on.set()
    playback = Playback(sound)
    playback.speed = 0.5
    playback.start()
    playback._thread.join(20)
    assert playback.over
    assert sum(map(len, loudspeaker.blocks)) == pytest.approx(2 * RATE, rel=0.15)


def test_a_file_that_cannot_be_played_passes_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    playback = Playback(tmp_path / "none.wav")
    playback.start()
    eventually(lambda: playback.heard_s > 0.05)
    assert "none.wav cannot be played" in caplog.text


def test_samples_are_due_when_they_are_heard(silent: None, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = PlayedFile(sound)
    for _ in range(2):  # it can be opened again, and begins anew
        with source:
            assert source.live
            heard = 0
            while source.status.state is not SourceState.ENDED:
                heard += len(source.read().samples)
                assert heard / 22050 <= source._playback.heard_s + 1e-3
                time.sleep(0.005)
        assert heard == 22050


def test_a_paused_recording_stands_still_and_is_no_later_for_it(silent: None, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "b.wav", np.zeros(10 * 22_050), 22_050)
    with PlayedFile(tmp_path / "b.wav") as source:
        read = 0

        def keeps_up() -> bool:
            nonlocal read
            read += len(source.read().samples)
            return read > 0 and read / 22_050 > source._playback.heard_s - 0.02

        eventually(keeps_up)
        for _ in range(4):
            source.paused = True
            source.read()
            eventually(lambda: not source._playback._anchor[2])
            until = time.monotonic() + 0.1
            while time.monotonic() < until:
                assert len(source.read().samples) == 0
            source.paused = False
            eventually(keeps_up)


def test_nobody_restarts_portaudio_under_it(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend, clock = FakePortAudio([device("mic", rate=22050.0)]), FakeClock()
    monkeypatch.setitem(sys.modules, "sounddevice", backend)
    with Microphone("mic", clock=clock, backend=backend) as mic:
        playback = Playback(sound)
        playback.start()
        eventually(lambda: bool(backend.outputs) and backend.outputs[0].writing.is_set())

        def pass_time() -> None:
            for _ in range(600):
                clock.now += 0.01
                mic.read()

        pass_time()  # nothing comes from the microphone
        assert mic.status.state is SourceState.LOST
        assert len(backend.streams) == 1
        with pytest.raises(DeviceError, match="while a recording is played"):
            Microphone("theremin", clock=clock, backend=backend).open()
        backend.outputs[0].go_on.set()
        playback.stop()
        pass_time()
        assert len(backend.streams) > 1
