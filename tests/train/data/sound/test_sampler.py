import numpy as np
import pytest
import soundfile

from livefollow.train.data.sound.sampler import Sampler, SamplerNote
from livefollow.train.data.sound.sfz import PianoError, read_sfz

RATE = 22_050
SFZ = r"""
// two layers from one file each
#define $EXT wav
<control> default_path=Samples\
set_cc72=127
<global> ampeg_release=0.1 ampeg_release_oncc72=0.1
<group> hivel=63 amp_veltrack=0
#include "low.txt"
<group> lovel=64 amp_veltrack=0 volume=-6
<region> lokey=0 hikey=127 pitch_keycenter=69 sample=Loud A4.$EXT
<group> locc64=65 <region> key=60 sample=Resonance.$EXT
<region> trigger=release key=60 sample=Resonance.$EXT
"""
SILENCE_S = 0.03


def tone(frequency, amplitude, seconds=2.0):
    t = np.arange(round(seconds * RATE)) / RATE
    silence = np.zeros(round(SILENCE_S * RATE))
    return np.concatenate([silence, amplitude * np.cos(2 * np.pi * frequency * t)])


@pytest.fixture
def sfz(tmp_path):
    (tmp_path / "samples").mkdir()
    soundfile.write(tmp_path / "samples" / "Soft A4.wav", tone(440, 0.1), RATE)
    soundfile.write(tmp_path / "samples" / "Loud A4.wav", tone(440, 0.8), RATE)
    (tmp_path / "low.txt").write_text("<region> key=69 pitch_keycenter=69 lokey=0 hikey=127 sample=soft a4.$EXT\n")
    path = tmp_path / "piano.sfz"
    path.write_text(SFZ)
    return path


def loudness(sound):
    return float(np.sqrt(np.mean(sound.astype(float) ** 2)))


def frequency(sound):
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return np.argmax(spectrum) * RATE / len(sound)


def test_regions(sfz):
    soft, loud = read_sfz(sfz)  # what waits for pedal or release is left out
    assert (soft.softest, soft.loudest, loud.softest, loud.loudest) == (1, 63, 64, 127)
    assert soft.sample.name == "Soft A4.wav"  # whatever the case it is written in
    assert (soft.velocity_track, loud.volume) == (0, -6)
    assert soft.release == pytest.approx(0.2)


def test_the_hammer_falls_on_the_onset(sfz):
    onset = 0.5
    sound = Sampler(sfz).render([SamplerNote(onset, 1.0, 69, 100)], RATE)
    first = int(np.argmax(np.abs(sound) > 0.1))
    assert first == pytest.approx(onset * RATE, abs=2)


@pytest.mark.parametrize("pitch", [57, 69, 70, 81])
def test_pitch(sfz, pitch):
    sound = Sampler(sfz).render([SamplerNote(0.1, 1.5, pitch, 100)], RATE)[4410:26460]
    assert frequency(sound) == pytest.approx(440 * 2 ** ((pitch - 69) / 12), rel=0.003)


def test_layers_and_levels(sfz):
    piano = Sampler(sfz)
    soft, loud = (piano.render([SamplerNote(0, 1, 69, v)], RATE)[2205:15435] for v in (40, 100))
    assert loudness(soft) == pytest.approx(0.1 / np.sqrt(2), rel=0.02)
    assert loudness(loud) == pytest.approx(0.8 / np.sqrt(2) * 10 ** (-6 / 20), rel=0.02)


def test_release_and_end(sfz):
    sound = Sampler(sfz).render([SamplerNote(0, 0.5, 69, 100)], RATE)
    assert len(sound) == pytest.approx(0.7 * RATE, abs=2)
    assert loudness(sound[round(0.68 * RATE) :]) < 0.003 * loudness(sound[: round(0.5 * RATE)])


def test_a_key_struck_again_stops_what_it_sounded(sfz):
    piano = Sampler(sfz)
    once = piano.render([SamplerNote(0, 1.5, 69, 100)], RATE)
    twice = piano.render([SamplerNote(0, 1.5, 69, 100), SamplerNote(0.5, 1.0, 69, 100)], RATE)
    late = slice(round(0.8 * RATE), round(1.4 * RATE))
    assert loudness(twice[late]) == pytest.approx(loudness(once[late]), rel=0.02)


def test_nothing_played_is_no_sound(sfz):
    assert Sampler(sfz).render([], RATE).shape == (0,)


def test_files_named_by_note(tmp_path):
    soundfile.write(tmp_path / "A4v5.wav", tone(440, 0.2), RATE)
    soundfile.write(tmp_path / "A4v13.wav", tone(440, 0.8), RATE)
    soundfile.write(tmp_path / "Ds4v5.wav", tone(311.13, 0.2), RATE)
    piano = Sampler(tmp_path)
    assert sorted((r.center, r.softest, r.loudest) for r in piano.regions) == [(63, 1, 71), (69, 1, 71), (69, 72, 127)]
    assert frequency(piano.render([SamplerNote(0, 1.5, 62, 60)], RATE)[2205:24255]) == pytest.approx(293.66, rel=0.003)


def test_the_cache_is_bounded(sfz):
    piano = Sampler(sfz, cache_bytes=400_000)
    piano.render([SamplerNote(0, 1, pitch, 100) for pitch in range(60, 80)], RATE)
    assert sum(v.sound.nbytes for v in piano._voices.values()) <= 400_000


def test_errors(tmp_path, sfz):
    with pytest.raises(PianoError, match=r"none\.sfz"):
        Sampler(tmp_path / "none.sfz")
    with pytest.raises(PianoError, match=r"A0v9\.ogg"):
        Sampler(tmp_path / "samples")
    sfz.write_text("<region> sample=missing.wav key=60")
    with pytest.raises(PianoError, match=r"missing\.wav"):
        Sampler(sfz)
    sfz.write_text("<region> sample=samples/soft a4.wav lokey=c4")
    with pytest.raises(PianoError, match="lokey=c4"):
        Sampler(sfz)
    sfz.write_text("<region> key=60")
    with pytest.raises(PianoError, match="no playable region"):
        Sampler(sfz)
