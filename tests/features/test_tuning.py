import numpy as np
import pytest

from livefollow.constants import FPS, FRAME_WIDTH, SAMPLE_RATE
from livefollow.features.filterbank import magnitudes
from livefollow.features.frames import Framer, bands_of
from livefollow.features.tuning import CONCERT_HZ, WITHIN_CENTS, TuningTracker, cents_of, hz_of

SECONDS = 8.0


def playing(a_hz, seconds=SECONDS, silent_s=0.0):
    """Chords of decaying tones on equal-tempered keys, one every third of a second; a little noise."""
    rng = np.random.default_rng(0)
    sound = 1e-4 * rng.standard_normal(round((silent_s + seconds) * SAMPLE_RATE))
    for start in np.arange(silent_s, silent_s + seconds - 0.5, 0.33):
        at = round(start * SAMPLE_RATE)
        t = np.arange(min(SAMPLE_RATE, len(sound) - at)) / SAMPLE_RATE
        for key in rng.choice(np.arange(48, 84), 3, replace=False):
            hz = a_hz * 2 ** ((key - 69) / 12)
            tone = sum(np.sin(2 * np.pi * k * hz * t) / k for k in range(1, 7) if k * hz < 10_000)
            sound[at : at + len(t)] += 0.05 * tone * np.exp(-3 * t)
    return sound.astype(np.float32)


def tuned(sound, fixed=None):
    tracker = TuningTracker(fixed)
    return tracker, Framer(tracker).push(sound)


def test_cents_and_hz():
    assert cents_of(440) == 0
    assert cents_of(880) == pytest.approx(1200)
    assert hz_of(cents_of(415.3)) == pytest.approx(415.3)


@pytest.mark.parametrize("hz", [428.0, 432.0, 448.0, 451.0])
def test_a_tuning_is_found_to_some_cents(hz):
    tracker, _ = tuned(playing(hz))
    assert cents_of(tracker.hz) == pytest.approx(cents_of(hz), abs=5)


@pytest.mark.parametrize("hz", [400.0, 410.0, 415.3, 460.0, 470.0])
def test_beyond_half_a_semitone_it_is_found_but_for_whole_ones(hz):
    tracker, _ = tuned(playing(hz))
    away = cents_of(tracker.hz) - cents_of(hz)
    assert abs(cents_of(tracker.hz)) < 60
    assert abs(away - 100 * round(away / 100)) < (WITHIN_CENTS if tracker.hz == CONCERT_HZ else 5)


@pytest.mark.parametrize("hz", [436.0, 440.0, 444.0])
def test_nothing_changes_near_concert_pitch(hz):
    sound = playing(hz)
    tracker, frames = tuned(sound)
    assert tracker.hz == CONCERT_HZ
    np.testing.assert_array_equal(frames, Framer().push(sound))


def test_noise_and_silence_say_nothing():
    rng = np.random.default_rng(1)
    for sound in (np.zeros(5 * SAMPLE_RATE), 0.1 * rng.standard_normal(10 * SAMPLE_RATE)):
        tracker, frames = tuned(sound.astype(np.float32))
        assert tracker.hz == CONCERT_HZ
        np.testing.assert_array_equal(frames, Framer().push(sound.astype(np.float32)))


def test_it_is_found_within_seconds_however_long_it_was_silent_before():
    tracker, _ = tuned(playing(430.0, seconds=4.0, silent_s=30.0))
    assert cents_of(tracker.hz) == pytest.approx(cents_of(430.0), abs=6)


def test_an_instrument_that_is_retuned_is_followed():
    tracker, _ = tuned(np.concatenate([playing(452.0, 10.0), playing(447.5, 60.0)]))
    assert cents_of(tracker.hz) == pytest.approx(cents_of(447.5), abs=8)


def test_the_player_may_say_how_it_is_tuned():
    tracker, _ = tuned(playing(440.0), fixed=415.0)
    assert tracker.hz == 415.0
    tracker.fix(None)
    Framer(tracker).push(playing(440.0, 40.0))
    assert tracker.hz == CONCERT_HZ


def test_tuned_frames_are_those_of_an_instrument_at_concert_pitch():
    """From when the tuning is known on; the same frames however the samples are cut."""
    _, frames = tuned(playing(430.0))
    wanted = Framer().push(playing(440.0))
    late = slice(4 * FPS, 7 * FPS)
    untuned = Framer().push(playing(430.0))
    assert np.abs(frames[late] - wanted[late]).mean() < 0.5 * np.abs(untuned[late] - wanted[late]).mean()
    off, before = (np.abs(bands_of(made[late]) - bands_of(wanted[late])).mean() for made in (frames, untuned))
    assert off < 0.4 * before
    framer = Framer(TuningTracker())
    sound = playing(430.0)
    parts = [framer.push(sound[at : at + 1300]) for at in range(0, len(sound), 1300)]
    np.testing.assert_array_equal(np.concatenate(parts), frames)
    assert frames.shape[1] == FRAME_WIDTH


def test_a_spectrum_stretched_by_nothing_is_itself():
    blocks = np.random.default_rng(0).standard_normal((3, 2048)).astype(np.float32)
    np.testing.assert_allclose(magnitudes(blocks, 1 + 1e-12)[:, :-1], magnitudes(blocks)[:, :-1], atol=1e-9)
    assert not magnitudes(blocks, 1.1)[:, -50:].any()
