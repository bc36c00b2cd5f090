"""A recording is heard from its beginning to its end, or until it is stopped; or not at all, and that is said."""

import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from livefollow.audio.playback import Playback


class Loudspeaker:
    """What sounddevice's OutputStream is asked to do."""

    def __init__(self) -> None:
        self.blocks: list[np.ndarray] = []
        self.first = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, rate: float, channels: int, dtype: str) -> "Loudspeaker":
        self.format = rate, channels, dtype
        return self

    def __enter__(self) -> "Loudspeaker":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def write(self, block: np.ndarray) -> None:
        self.blocks.append(block)
        self.first.set()
        assert self.go_on.wait(20)


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> Loudspeaker:
    speaker = Loudspeaker()
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(OutputStream=speaker))
    return speaker


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    soundfile.write(tmp_path / "a.wav", np.linspace(-0.5, 0.5, 16_000).reshape(-1, 2), 8000, subtype="FLOAT")
    return tmp_path / "a.wav"


def test_all_of_it_is_heard(loudspeaker: Loudspeaker, sound: Path) -> None:
    loudspeaker.go_on.set()
    playback = Playback(sound)
    playback.start()
    playback._thread.join(20)
    assert loudspeaker.format == (8000, 2, "float32")
    np.testing.assert_array_equal(np.concatenate(loudspeaker.blocks), soundfile.read(sound, dtype="float32")[0])
    playback.stop()


def test_it_can_be_stopped(loudspeaker: Loudspeaker, sound: Path) -> None:
    playback = Playback(sound)
    playback.stop()
    playback = Playback(sound)
    playback.start()
    assert loudspeaker.first.wait(20)
    playback._stop.set()
    loudspeaker.go_on.set()
    playback.stop()
    assert len(loudspeaker.blocks) == 1


def test_without_a_loudspeaker_it_is_said(
    sound: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    playback = Playback(sound)
    playback.start()
    playback._thread.join(20)
    assert "a.wav cannot be heard" in caplog.text
