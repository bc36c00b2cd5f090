import numpy as np
import pytest
import soundfile

from livefollow.train.data.held_out import HELD_OUT_PIANO
from livefollow.train.data.sound import pianos
from livefollow.train.data.sound.pianos import SOUND_FONTS, find_font, open_piano, piano_names, training_pianos
from livefollow.train.data.sound.sampler import SamplerNote
from livefollow.train.data.sound.sfz import PianoError
from tests.optional import needs_piano

RATE = 22_050
NOTES = [SamplerNote(0.5, 1.5, 69, 90)]


def frequency(sound):
    part = sound[round(0.7 * RATE) : round(1.9 * RATE)]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 8 * len(part)))
    low, high = (round(f * 8 * len(part) / RATE) for f in (400, 480))
    return (low + np.argmax(spectrum[low:high])) * RATE / (8 * len(part))


@pytest.fixture
def font():
    needs_piano("timgm")
    return pianos.SoundFontPiano(SOUND_FONTS["timgm"])


def test_the_held_out_piano_is_none_to_learn_from():
    assert HELD_OUT_PIANO in piano_names()
    assert HELD_OUT_PIANO not in training_pianos()
    assert len(training_pianos()) == len(piano_names()) - 1
    assert pianos.is_held_out("plain-1-Salamander.npz")
    assert not any(pianos.is_held_out(name) for name in training_pianos())


def test_sound_font(font):
    sound = font.render(NOTES, RATE)
    assert (sound.dtype, sound.ndim) == (np.float32, 1)
    assert len(sound) == pytest.approx(RATE * (2.0 + pianos.TAIL_S), abs=2 * pianos.BLOCK)
    loud = np.abs(sound) > 0.05 * np.abs(sound).max()
    assert int(np.argmax(loud)) / RATE == pytest.approx(0.5, abs=0.008)
    assert np.abs(sound[-100:]).max() < 1e-3 * np.abs(sound).max()


def test_tuning_of_a_sound_font(font):
    base = frequency(font.render(NOTES, RATE))
    assert frequency(font.render(NOTES, RATE, 446.0)) / base == pytest.approx(446 / 440, abs=5e-4)
    assert frequency(font.render(NOTES, RATE)) == pytest.approx(base, abs=0.1)  # and back


def test_a_rendering_leaves_nothing_behind(font):
    first = font.render(NOTES, RATE)
    font.render([SamplerNote(0.0, 5.0, 40, 120)], RATE, 437.0)
    assert np.abs(font.render(NOTES, RATE)[: RATE // 2]).max() < 1e-3 * np.abs(first).max()


@pytest.fixture
def corpus_with_a_piano(tmp_path):
    folder = tmp_path / "pianos" / "salamander"
    folder.mkdir(parents=True)
    t = np.arange(3 * RATE) / RATE
    soundfile.write(folder / "A4v9.wav", 0.5 * np.cos(2 * np.pi * 440 * t) * np.exp(-t), RATE)
    return tmp_path


@pytest.mark.parametrize("tuning", [436.0, 440.0, 446.0])
def test_tuning_of_a_sampled_piano(corpus_with_a_piano, tuning):
    sound = open_piano("salamander", corpus_with_a_piano).render(NOTES, RATE, tuning)
    assert frequency(sound) == pytest.approx(tuning, abs=0.3)
    assert int(np.argmax(np.abs(sound) > 0.1)) == pytest.approx(0.5 * RATE, abs=40)


def test_a_piano_is_opened_once(corpus_with_a_piano):
    assert open_piano("salamander", corpus_with_a_piano) is open_piano("salamander", corpus_with_a_piano)


def test_errors(tmp_path):
    with pytest.raises(PianoError, match="no piano is called spinet"):
        open_piano("spinet", tmp_path)
    with pytest.raises(PianoError):
        open_piano("upright_kw", tmp_path)
    with pytest.raises(PianoError, match="apt install nowhere"):
        find_font(pianos.SoundFont(("none.sf2",), "nowhere"))
