import numpy as np
import pytest

from livefollow.train.data.sound.microphones import MicrophoneModel, draw_microphone, level_out, record, suppress_noise

RATE = 22_050


def rng(seed=0):
    return np.random.default_rng(seed)


def tone(hz, seconds=1.0, amplitude=0.3):
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def rms_db(sound):
    return 20 * np.log10(np.sqrt(np.mean(sound.astype(float) ** 2)))


def gain_at(microphone, hz):
    """Gain of a tone against one of 1 kHz: the whole level is set by the microphone's gain."""
    low = record(tone(hz) + tone(1000), microphone, rng(), RATE)
    spectrum = np.abs(np.fft.rfft(low * np.hanning(len(low))))
    return 20 * np.log10(spectrum[round(hz * len(low) / RATE)] / spectrum[round(1000 * len(low) / RATE)])


def test_equaliser_and_band_limits():
    flat = MicrophoneModel()
    assert gain_at(flat, 250) == pytest.approx(0, abs=0.5)
    boosted = MicrophoneModel(equaliser_db=(0, 0, 9, 0, 0, 0, 0, 0))
    assert gain_at(boosted, 250) == pytest.approx(9, abs=1)
    narrow = MicrophoneModel(low_cut_hz=300, high_cut_hz=4000)
    assert gain_at(narrow, 80) < -12
    assert gain_at(narrow, 8000) < -15


def test_levels():
    for gain in (-34.0, 0.0):
        assert rms_db(record(tone(500), MicrophoneModel(gain_db=gain), rng(), RATE)) == pytest.approx(
            gain - 20, abs=0.5
        )
    assert rms_db(record(np.zeros(RATE, np.float32), MicrophoneModel(hiss_db=-60), rng(), RATE)) == pytest.approx(
        -60, abs=1
    )


def test_drawn_microphones_span_40_db_and_never_exceed_full_scale():
    sound = tone(440) * np.linspace(0.1, 1, RATE, dtype=np.float32)
    heard = [record(sound, draw_microphone(rng(seed)), rng(seed), RATE) for seed in range(80)]
    assert all(h.shape == sound.shape and h.dtype == np.float32 and np.abs(h).max() <= 1 for h in heard)
    assert all(np.isfinite(h).all() for h in heard)
    levels = [rms_db(h) for h in heard]
    assert max(levels) - min(levels) > 38


def test_clipping_is_soft():
    sound = record(tone(200), MicrophoneModel(gain_db=18, drive=2.0), rng(), RATE)
    assert 0.4 < np.abs(sound).max() <= 0.5
    harmonics = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))[[200, 400, 600]]
    assert harmonics[1] < 0.01 * harmonics[0] < 0.1 * harmonics[2]


def test_automatic_gain_lifts_what_is_soft():
    sound = np.concatenate([tone(440, 3), tone(440, 6, 0.006)])
    heard = level_out(sound, 1.0, RATE)
    before = rms_db(sound[:RATE]) - rms_db(sound[-RATE:])
    after = rms_db(heard[RATE : 2 * RATE]) - rms_db(heard[-RATE:])
    assert after < before - 15
    assert len(heard) == len(sound)


def test_suppression_removes_noise_and_keeps_music():
    noise = 0.003 * rng().standard_normal(4 * RATE).astype(np.float32)
    music = np.zeros(4 * RATE, np.float32)
    music[2 * RATE : 3 * RATE] = tone(440)
    heard = suppress_noise(noise + music, 15.0)
    assert rms_db(heard[RATE : round(1.8 * RATE)]) < rms_db(noise) - 6
    assert heard.shape == music.shape
    part = slice(round(2.2 * RATE), round(2.8 * RATE))
    assert np.argmax(np.correlate(heard[part], music[part], "same")) == len(heard[part]) // 2
    assert rms_db(heard[part]) == pytest.approx(rms_db(music[part]), abs=0.5)


@pytest.mark.parametrize("seed", range(12))
def test_no_microphone_moves_an_onset(seed):
    sound = np.zeros(2 * RATE, np.float32)
    sound[RATE:] = tone(700) * np.exp(-np.arange(RATE) / 4000).astype(np.float32)
    heard = record(sound, draw_microphone(rng(seed)), rng(seed), RATE)
    envelope = np.convolve(np.abs(heard), np.ones(60) / 60, "same")
    rise = np.argmax(np.diff(envelope, n=1)[100:]) + 100
    assert rise / RATE == pytest.approx(1.0, abs=0.006)
