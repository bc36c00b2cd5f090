from itertools import pairwise

import numpy as np
import pytest

from livefollow.constants import SAMPLE_RATE
from livefollow.train.data.held_out import HELD_OUT_FONT_OF_INSTRUMENTS, HELD_OUT_SINGER
from livefollow.train.data.performance.exercises import exercise
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PLAIN
from livefollow.train.data.sound.company import (
    FONTS,
    INSTRUMENTS,
    Soloist,
    beside,
    draw_part,
    draw_soloist,
    held_out_soloists,
    play_part,
)
from livefollow.train.data.sound.noise import HELD_OUT
from livefollow.train.data.sound.sampler import SamplerNote
from livefollow.train.data.sound.singer import SINGERS, sing, training_singers
from tests.optional import needs_piano

KEYS = play(exercise(0), PLAIN, np.random.default_rng(0)).keys


def rng(seed=0):
    return np.random.default_rng(seed)


def test_nobody_who_is_held_out_is_ever_drawn():
    drawn = {draw_soloist(rng(seed)) for seed in range(3000)}
    assert not drawn & set(held_out_soloists())
    assert {s.font for s in drawn} == {"", *FONTS}
    assert {s.singer for s in drawn} == {"", *training_singers()}
    assert HELD_OUT_FONT_OF_INSTRUMENTS not in FONTS
    assert HELD_OUT_SINGER in SINGERS
    assert not set(INSTRUMENTS) & set(HELD_OUT.programs)
    assert {s.font for s in held_out_soloists()} == {"", HELD_OUT_FONT_OF_INSTRUMENTS}


@pytest.mark.parametrize("seed", range(30))
def test_a_part_is_one_note_at_a_time_in_its_compass(seed):
    soloist = draw_soloist(rng(seed))
    notes = draw_part(KEYS, 5.0, 19.0, soloist, rng(seed))
    low, high = soloist.compass
    assert all(low <= note.pitch <= high for note in notes)
    assert all(0 <= note.onset < 19.2 for note in notes)
    assert all(a.onset <= b.onset for a, b in pairwise(notes))


def test_nothing_to_play_beside_is_no_trouble():
    for seed in range(20):
        draw_part(KEYS[:0], 0.0, 10.0, Soloist(singer="tenor"), rng(seed))


def test_a_part_that_rests_all_the_time_is_silent():
    tenor = Soloist(singer="tenor")
    parts = [draw_part(KEYS, 5.0, 0.5, tenor, rng(seed)) for seed in range(20)]
    assert [] in parts
    piano = np.ones(SAMPLE_RATE // 2, np.float32)
    np.testing.assert_array_equal(beside(piano, play_part([], tenor, rng()), 0.0), piano)


def spectrum_of(sound):
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE), spectrum


@pytest.mark.parametrize("name", SINGERS)
def test_singers_sing_the_notes(name):
    singer = SINGERS[name]
    pitch = sum(singer.compass) // 2
    hz = 440 * 2 ** ((pitch - 69) / 12)
    sound = sing([SamplerNote(0.5, 1.5, pitch, 90)], singer, SAMPLE_RATE, rng())
    assert sound.dtype == np.float32
    assert np.abs(sound[: SAMPLE_RATE // 4]).max() < 1e-3
    steady = sound[SAMPLE_RATE : SAMPLE_RATE + 4096]
    same = np.correlate(steady, steady, "full")[len(steady) - 1 :]
    lags = np.arange(round(0.7 * SAMPLE_RATE / hz), round(1.4 * SAMPLE_RATE / hz))
    assert SAMPLE_RATE / lags[same[lags].argmax()] == pytest.approx(hz, rel=0.05)
    assert sing([], singer, SAMPLE_RATE, rng()).shape == (0,)


def test_levels():
    t = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    piano = np.sin(2 * np.pi * 300 * t).astype(np.float32)
    part = (1e-3 * np.sin(2 * np.pi * 700 * t)).astype(np.float32)[: SAMPLE_RATE // 2]
    both = beside(piano, part, 6.0)
    added = both - piano
    assert both.shape == piano.shape
    assert 20 * np.log10(np.abs(added).max()) == pytest.approx(6.0, abs=0.2)
    assert not added[SAMPLE_RATE // 2 :].any()
    assert np.array_equal(beside(piano, np.zeros(10, np.float32), 0.0), piano)


def test_an_instrument_plays_its_part():
    needs_piano("fluid_r3")
    sound = play_part([SamplerNote(0.2, 1.0, 69, 90)], Soloist("fluid_r3", 73), rng())
    frequencies, spectrum = spectrum_of(sound[SAMPLE_RATE // 2 : SAMPLE_RATE])
    assert 12 * np.log2(frequencies[spectrum.argmax()] / 440) % 12 == pytest.approx(0, abs=0.6)
