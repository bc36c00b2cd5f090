import time

import numpy as np
import pytest
import soundfile

from livefollow.audio.file import FileSource
from livefollow.audio.microphone import Microphone
from livefollow.audio.source import SourceState
from livefollow.constants import FRAME_WIDTH, SAMPLE_RATE
from livefollow.errors import AudioError, DeviceError
from livefollow.features import capture as capture_module
from livefollow.features.capture import Capture
from livefollow.features.frames import Framer
from tests.audio.fake_portaudio import FakeClock, FakePortAudio, device

NOISE = np.random.default_rng(4).uniform(-0.5, 0.5, (10 * 44100, 1)).astype(np.float32)


def drain(capture: Capture, until: int) -> np.ndarray:
    """Read as the follower does, until that many frames have come or the capture has ended."""
    out = np.empty((until, FRAME_WIDTH), np.float32)
    got = 0
    deadline = time.monotonic() + 20
    while got < until and time.monotonic() < deadline:
        ended = capture.finished
        n = capture.frames.read(out[got:])
        got += n
        if ended and not n:
            break
        time.sleep(0.001)
    return out[:got]


@pytest.fixture
def recording(tmp_path):
    soundfile.write(tmp_path / "a.wav", NOISE, SAMPLE_RATE, subtype="FLOAT")
    return tmp_path / "a.wav"


def test_a_recording_flat_out_waits_for_its_reader(recording):
    with Capture(FileSource(recording), ring_s=1.0) as capture:
        frames = drain(capture, 1000)
    np.testing.assert_array_equal(frames, Framer().push(NOISE[:, 0]))
    assert capture.status.source.state is SourceState.ENDED
    assert capture.status.frames == len(frames)
    assert capture.status.lost_frames == 0
    assert capture.status.error is None


def test_stopping_does_not_wait_for_the_reader(recording):
    capture = Capture(FileSource(recording), ring_s=0.2)
    capture.start()
    capture.stop()
    assert capture.finished
    assert capture.status.source.state is SourceState.CLOSED
    capture.stop()
    with pytest.raises(RuntimeError, match="once"):
        capture.start()


def test_a_microphone_gives_the_frames_of_a_recording(recording, monkeypatch):
    """The same sound, once from a file and once through callbacks of changing size."""
    monkeypatch.setattr(capture_module, "POLL_S", 0.001)
    backend = FakePortAudio([device("mic", 1, SAMPLE_RATE)])
    rng = np.random.default_rng(5)
    with Capture(Microphone(backend=backend, clock=FakeClock())) as capture:
        at = 0
        while at < 3 * SAMPLE_RATE:
            n = int(rng.integers(64, 4097))
            backend.feed(NOISE[at : at + n].copy())
            at += n
            if at > SAMPLE_RATE:
                time.sleep(0.002)
        expected = Framer().push(NOISE[:at, 0])
        frames = drain(capture, len(expected))
    assert capture.status.source.overruns == 0
    np.testing.assert_allclose(frames, expected, atol=1e-6)


def test_frames_after_a_gap_do_not_mix_with_those_before(monkeypatch):
    monkeypatch.setattr(capture_module, "POLL_S", 0.001)
    clock = FakeClock()
    backend = FakePortAudio([device("mic", 1, SAMPLE_RATE)])
    with Capture(Microphone(backend=backend, clock=clock)) as capture:
        backend.feed(NOISE[:SAMPLE_RATE].copy())
        assert len(drain(capture, 20)) == 20
        deadline = time.monotonic() + 10
        while len(backend.streams) < 2 and time.monotonic() < deadline:
            clock.now += 0.01
            time.sleep(0.002)
        time.sleep(0.05)
        backend.feed(NOISE[: 2 * SAMPLE_RATE].copy())
        after = drain(capture, 40)
    assert capture.status.source.gaps == 1
    np.testing.assert_array_equal(after, Framer().push(NOISE[: 2 * SAMPLE_RATE, 0]))


def test_a_live_source_overruns_a_sleeping_follower(monkeypatch):
    monkeypatch.setattr(capture_module, "POLL_S", 0.001)
    backend = FakePortAudio([device("mic", 1, SAMPLE_RATE)])
    with Capture(Microphone(backend=backend, clock=FakeClock()), ring_s=1.0) as capture:
        backend.feed(NOISE[: 3 * SAMPLE_RATE].copy())
        deadline = time.monotonic() + 10
        while capture.frames.written < 60 and time.monotonic() < deadline:
            time.sleep(0.001)
        frames = drain(capture, 20)
        np.testing.assert_array_equal(frames, Framer().push(NOISE[: 3 * SAMPLE_RATE, 0])[-20:])
        assert capture.frames.position == 60
        assert (capture.status.overruns, capture.status.lost_frames) == (1, 40)


def test_what_cannot_be_opened_is_raised_where_it_is_started(tmp_path):
    with pytest.raises(AudioError, match="there is no file"):
        Capture(FileSource(tmp_path / "no.wav")).start()
    with pytest.raises(DeviceError, match="no sound input"):
        Capture(Microphone(backend=FakePortAudio([]))).start()


def test_what_fails_later_is_kept_for_the_status(recording, monkeypatch):
    source = FileSource(recording)

    def fails():
        raise AudioError("a.wav is damaged from its first sample on")

    monkeypatch.setattr(source, "read", fails)
    with Capture(source) as capture:
        drain(capture, 1)
    assert isinstance(capture.status.error, AudioError)
    assert capture.finished
