from dataclasses import astuple

import numpy as np
import pytest
import soundfile

from livefollow.constants import FRAME_WIDTH, SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.train.data.sound import noise
from livefollow.train.data.sound.microphones import MicrophoneModel
from livefollow.train.data.sound.mixing import Scene, draw_scene, frames, mix
from livefollow.train.data.sound.noise import HELD_OUT, KINDS, TRAINING, Noise, NoiseBank, write_clips
from tests.optional import needs_piano, needs_program

LENGTH = 10 * SAMPLE_RATE


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    t = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    for kind, hz in (("speech", 200), ("instrument", 500)):
        soundfile.write(folder / f"{kind}-00.flac", 0.3 * np.sin(2 * np.pi * hz * t), SAMPLE_RATE)
    return NoiseBank(folder)


@pytest.mark.parametrize("kind", [*KINDS, "speech", "instrument"])
@pytest.mark.parametrize("n", [LENGTH, SAMPLE_RATE // 2, 1])
def test_every_kind(bank, kind, n):
    sound = bank.sound(kind, n, rng(1))
    assert (sound.shape, sound.dtype) == ((n,), np.float32)
    assert np.isfinite(sound).all()
    if n == LENGTH:
        loud = sound[np.abs(sound) > 1e-4 * np.abs(sound).max()]
        assert np.sqrt(np.mean(loud.astype(float) ** 2)) == pytest.approx(1, rel=0.05)
    assert np.array_equal(sound, bank.sound(kind, n, rng(1)))


def test_drawn_noise(bank):
    drawn = [bank.draw(rng(seed)) for seed in range(300)]
    kinds = {n.kind for noises in drawn for n in noises}
    assert kinds == {*KINDS, "speech", "instrument"}
    assert sum(not noises for noises in drawn) > 30
    assert all(-6 <= n.snr_db <= 50 for noises in drawn for n in noises)


def test_mixed_at_its_level(bank):
    dry = np.sin(2 * np.pi * 1000 * np.arange(LENGTH) / SAMPLE_RATE).astype(np.float32)
    scene = Scene(None, [Noise("hum", 20.0)], MicrophoneModel(hiss_db=-120))
    heard = mix(dry, scene, bank, rng())
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(LENGTH))) ** 2
    hz = np.fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE)
    ratio = spectrum[np.abs(hz - 1000) < 20].sum() / spectrum[hz < 600].sum()
    assert 10 * np.log10(ratio) == pytest.approx(20, abs=1.5)


def test_a_mix_is_as_long_as_what_is_dry_and_drawn_anew(bank):
    dry = np.zeros(LENGTH, np.float32)
    dry[SAMPLE_RATE:] = 0.1 * rng().standard_normal(LENGTH - SAMPLE_RATE)
    response = np.zeros(5000, np.float32)
    response[[0, 3000]] = (0.8, 0.5)
    heard = []
    for seed in range(6):
        scene = draw_scene([response], bank, rng(seed))
        heard.append(mix(dry, scene, bank, rng(seed)))
        assert heard[-1].shape == dry.shape
        assert frames(heard[-1]).shape == (200, FRAME_WIDTH)
    assert response[3000] == np.float32(0.5)  # a scene changes its own copy
    assert all(not np.array_equal(heard[0], other) for other in heard[1:])
    assert np.array_equal(heard[0], mix(dry, draw_scene([response], bank, rng(0)), bank, rng(0)))


def test_silence_stays_quiet(bank):
    heard = mix(np.zeros(LENGTH, np.float32), Scene(None, [Noise("hum", 0.0)], MicrophoneModel()), bank, rng())
    assert np.abs(heard).max() < 0.01


def test_no_clips(tmp_path):
    with pytest.raises(LivefollowError, match="clips of speech"):
        NoiseBank(tmp_path)


def test_clips_are_made_once(tmp_path, monkeypatch):
    needs_program("espeak-ng")
    needs_piano("fluid_r3")
    monkeypatch.setattr(noise, "SPEECH_CLIPS", 2)
    monkeypatch.setattr(noise, "INSTRUMENT_CLIPS", 1)
    folder = write_clips(tmp_path)
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert sorted(made) == ["instrument-00.flac", "speech-00.flac", "speech-01.flac"]
    (folder / "speech-01.flac").unlink()
    write_clips(tmp_path)
    assert (folder / "speech-00.flac").stat().st_mtime_ns == made["speech-00.flac"]
    assert NoiseBank(folder).sound("speech", LENGTH, rng()).any()
    other = write_clips(tmp_path, HELD_OUT)
    assert other != folder
    assert len(list(other.iterdir())) == 3


def test_who_is_heard_in_evaluations_is_never_heard_in_training():
    for ours, theirs in zip(astuple(TRAINING), astuple(HELD_OUT), strict=True):
        assert ours != theirs
        if isinstance(ours, tuple):
            assert not set(ours) & set(theirs)


def test_without_espeak(tmp_path, monkeypatch):
    monkeypatch.setattr(noise.shutil, "which", lambda name: None)
    with pytest.raises(LivefollowError, match="apt install espeak-ng"):
        write_clips(tmp_path)
