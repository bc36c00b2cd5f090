import contextlib
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.audio.file import FileSource
from livefollow.audio.source import SourceState
from livefollow.constants import SAMPLE_RATE
from livefollow.errors import AudioError
from tests.audio.fake_portaudio import FakeClock


def chord(seconds: float, rate: int, channels: int = 1) -> np.ndarray:
    t = np.arange(round(seconds * rate))[:, None] / rate
    sound = sum(0.1 * np.sin(2 * np.pi * f * t) for f in (220.0, 277.2, 329.6, 440.0))
    return np.repeat(sound, channels, axis=1).astype(np.float32)


def samples_of(path: Path, **options) -> np.ndarray:
    parts = []
    with FileSource(path, **options) as source:
        while source.status.state is not SourceState.ENDED:
            block = source.read()
            assert block.start == sum(map(len, parts))
            parts.append(block.samples)
    return np.concatenate(parts)


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000, 192000])
@pytest.mark.parametrize("channels", [1, 2, 8])
def test_any_rate_and_channel_count(tmp_path, rate, channels):
    soundfile.write(tmp_path / "a.wav", chord(1.0, rate, channels), rate, subtype="FLOAT")
    heard = samples_of(tmp_path / "a.wav")
    assert abs(len(heard) - SAMPLE_RATE) <= 1
    middle = slice(2000, 20000)
    np.testing.assert_allclose(heard[middle], chord(1.0, SAMPLE_RATE)[middle, 0], atol=1e-4)


@pytest.mark.parametrize("block_s", [1e-9, 64 / 44100, 0.0371, 4096 / 44100, 5.0])
def test_the_samples_do_not_depend_on_the_block_size(tmp_path, block_s):
    soundfile.write(tmp_path / "a.wav", chord(0.2, 44100), 44100)
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav", block_s=block_s), samples_of(tmp_path / "a.wav"))


def test_at_real_time_only_what_is_due_is_given(tmp_path):
    soundfile.write(tmp_path / "a.wav", chord(1.0, SAMPLE_RATE), SAMPLE_RATE)
    clock = FakeClock()
    with FileSource(tmp_path / "a.wav", realtime=True, clock=clock) as source:
        assert source.live
        assert len(source.read().samples) == 0
        clock.now += 0.02
        assert len(source.read().samples) == 441
        assert len(source.read().samples) == 0
        clock.now += 0.995  # a busy machine: what is due is made up for
        heard = 441
        while source.status.state is SourceState.RUNNING:
            heard += len(source.read().samples)
        assert heard == SAMPLE_RATE
        assert len(source.read().samples) == 0
    assert source.status.state is SourceState.ENDED


def test_what_would_have_been_due_while_the_computer_slept_is_not_hurried_through(tmp_path):
    soundfile.write(tmp_path / "a.wav", chord(60.0, SAMPLE_RATE), SAMPLE_RATE)
    clock = FakeClock()
    with FileSource(tmp_path / "a.wav", realtime=True, clock=clock) as source:
        clock.now += 0.02
        assert len(source.read().samples) == 441
        clock.now += 30
        assert len(source.read().samples) == 0
        clock.now += 0.04
        assert 441 < len(source.read().samples) <= 882


def test_a_single_sample_is_sound(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.float32([0.5]), SAMPLE_RATE, subtype="FLOAT")
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), np.float32([0.5]))


def test_nan_in_a_float_file_is_counted(tmp_path):
    sound = chord(0.1, SAMPLE_RATE)
    sound[100:110] = np.nan
    soundfile.write(tmp_path / "a.wav", sound, SAMPLE_RATE, subtype="FLOAT")
    with FileSource(tmp_path / "a.wav") as source:
        while source.status.state is not SourceState.ENDED:
            assert np.isfinite(source.read().samples).all()
        assert source.status.nonfinite == 10


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize("keep", [0.02, 0.5, 0.95])
def test_truncated_files_are_heard_as_far_as_they_go_or_refused(tmp_path, kind, keep):
    path = tmp_path / f"a.{kind}"
    # Noise, because an OGG of plain tones is a single page.
    soundfile.write(path, np.random.default_rng(0).uniform(-0.2, 0.2, 3 * 44100), 44100)
    whole = path.read_bytes()
    path.write_bytes(whole[: round(keep * len(whole))])
    if keep < 0.1:
        # Perhaps not even one packet is whole.
        with contextlib.suppress(AudioError):
            assert len(samples_of(path)) < SAMPLE_RATE
        return
    heard = samples_of(path)
    assert keep - 0.25 < len(heard) / (3 * SAMPLE_RATE) <= keep + 0.01
    assert np.isfinite(heard).all()


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
def test_blocks_are_the_file_read_in_one_go(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    sound = chord(2.0, SAMPLE_RATE) * np.exp(-np.arange(2 * SAMPLE_RATE) % 5000 / 2000)[:, None]
    soundfile.write(path, sound, SAMPLE_RATE)
    whole, _ = soundfile.read(path, dtype="float32")
    # The MP3 decoder rounds differently from run to run.
    np.testing.assert_allclose(samples_of(path), whole, rtol=0, atol=1e-6)


def test_a_file_damaged_in_the_middle_ends_there_and_says_so(tmp_path, monkeypatch):
    soundfile.write(tmp_path / "a.wav", chord(1.0, SAMPLE_RATE), SAMPLE_RATE)
    read = soundfile.SoundFile.read

    def fails_after_half(self, *args, **kwargs):
        if self.tell() > SAMPLE_RATE // 2:
            raise soundfile.LibsndfileError(1)
        return read(self, *args, **kwargs)

    monkeypatch.setattr(soundfile.SoundFile, "read", fails_after_half)
    with FileSource(tmp_path / "a.wav") as source:
        while source.status.state is not SourceState.ENDED:
            source.read()
        assert source.status.note == "a.wav is damaged after 0.5 s and ends there"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.wav", None, "there is no file"),
        ("empty.wav", b"", "is empty"),
        ("text.wav", b"Dear pianist, " * 100, "cannot be read as sound"),
        ("noise.mp3", bytes(range(256)) * 40, r"cannot be read as sound|holds no sound|damaged"),
    ],
)
def test_what_is_no_sound_file_is_refused_with_a_reason(tmp_path, name, content, reason):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=reason) as caught:
        samples_of(tmp_path / name)
    assert name in str(caught.value)
    assert caught.value.exit_code == 6


def test_a_folder_a_header_without_sound_and_a_senseless_rate_are_refused(tmp_path):
    with pytest.raises(AudioError, match="is a folder"):
        samples_of(tmp_path)
    soundfile.write(tmp_path / "a.wav", np.empty((0, 2), np.float32), 44100)
    with pytest.raises(AudioError, match="holds no sound"):
        samples_of(tmp_path / "a.wav")
    soundfile.write(tmp_path / "b.wav", np.ones(100, np.float32), 100)
    with pytest.raises(AudioError, match="sample rate of 100 Hz"):
        samples_of(tmp_path / "b.wav")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are needed")
def test_a_pipe_is_no_recording(tmp_path):
    """Nobody may ever write to it: it is not opened."""
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(AudioError, match="no ordinary file"):
        samples_of(tmp_path / "pipe.wav")
