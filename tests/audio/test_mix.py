"""Two channels that cancel each other out, and dead ones; all else is the mean, to the bit."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.audio.file import FileSource
from livefollow.audio.mix import BLOCK_S, FADE_S, Mixer

RATE = 48_000


def notes(seconds: float, seed: int = 1) -> np.ndarray:
    """(n,) of struck and dying tones, a new one each half second."""
    random = np.random.default_rng(seed)
    t = np.arange(round(seconds * RATE)) / RATE
    since = t % 0.5
    hz = random.choice([196.0, 261.6, 329.6, 440.0, 587.3], len(t) // (RATE // 2) + 1)[(t / 0.5).astype(int)]
    sound = sum(np.sin(2 * np.pi * hz * k * since) / k for k in (1, 2, 3))
    return 0.2 * sound * np.exp(-3 * since) * np.minimum(1, since / 0.01)


def stereo(*channels: np.ndarray, noise: float = 0.0) -> np.ndarray:
    rows = np.stack(channels, axis=1)
    return (rows + noise * np.random.default_rng(9).normal(size=rows.shape)).astype(np.float32)


def mean(rows: np.ndarray) -> np.ndarray:
    return rows.mean(axis=1, dtype=np.float64).astype(np.float32)


def loud(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


@pytest.mark.parametrize("delay_ms", [0.0, 0.4, 1.3])
@pytest.mark.parametrize("balance", [1.0, 0.3])
def test_an_ordinary_recording_is_mixed_as_ever(delay_ms: float, balance: float) -> None:
    sound = notes(8.0)
    late = np.roll(sound, round(delay_ms / 1000 * RATE))
    rows = stereo(sound, balance * (0.7 * late + 0.3 * notes(8.0, 2)), noise=1e-3)
    mixer = Mixer(RATE, 2)
    np.testing.assert_array_equal(mixer.push(rows), mean(rows))
    assert mixer.note == ""


def test_two_players_who_have_nothing_to_do_with_each_other_are_mixed_as_ever() -> None:
    rows = stereo(notes(8.0, 3), notes(8.0, 4), np.random.default_rng(5).normal(0, 0.1, 8 * RATE))
    np.testing.assert_array_equal(Mixer(RATE, 3).push(rows), mean(rows))


@pytest.mark.parametrize(("gain", "noise"), [(1.0, 0.0), (0.97, 1e-3), (1.4, 0.0), (0.5, 3e-4), (1.0, 5e-3)])
def test_channels_that_cancel_each_other_out_are_heard(gain: float, noise: float) -> None:
    sound = notes(6.0)
    mixer = Mixer(RATE, 2)
    out = mixer.push(stereo(sound, -gain * sound, noise=noise))
    after = slice(round(1.2 * RATE), None)
    assert loud(out[after]) == pytest.approx(0.5 * (1 + gain) * loud(sound[after]), rel=0.05)
    assert "cancel each other out" in mixer.note


def test_what_cancels_altogether_is_heard_from_the_first_key_on() -> None:
    sound = notes(1.0)
    out = Mixer(RATE, 2).push(stereo(sound, -sound))
    heard = slice(round((BLOCK_S + FADE_S) * RATE), None)
    np.testing.assert_allclose(out[heard], sound[heard], atol=1e-6)


def test_a_rest_of_noise_turns_nothing_back() -> None:
    sound = np.concatenate([notes(3.0), np.zeros(10 * RATE), notes(1.0)])
    mixer = Mixer(RATE, 2)
    out = mixer.push(stereo(sound, -sound, noise=1e-4))
    assert loud(out[-RATE:]) == pytest.approx(loud(sound[-RATE:]), rel=0.02)
    assert mixer.note


def test_a_cable_that_is_mended_is_the_mean_again() -> None:
    sound = notes(10.0)
    sign = np.where(np.arange(len(sound)) < 4 * RATE, -1.0, 1.0)
    mixer = Mixer(RATE, 2)
    rows = stereo(sound, sign * sound)
    out = mixer.push(rows)
    np.testing.assert_array_equal(out[-2 * RATE :], mean(rows)[-2 * RATE :])
    assert mixer.note == ""


@pytest.mark.parametrize("crosstalk", [0.0, 0.003])
@pytest.mark.parametrize("live", [0, 1])
def test_a_dead_channel_does_not_halve_the_level(crosstalk: float, live: int) -> None:
    sound = notes(4.0)
    channels = [crosstalk * sound] * 2
    channels[live] = sound
    mixer = Mixer(RATE, 2)
    out = mixer.push(stereo(*channels))
    np.testing.assert_allclose(out[-2 * RATE :], sound[-2 * RATE :], atol=1e-6)
    assert mixer.note == ""


@pytest.mark.parametrize("second", [lambda sound: -sound, lambda sound: 0 * sound])
def test_no_change_is_a_click(second: object) -> None:
    t = np.arange(3 * RATE) / RATE
    sound = 0.5 * np.sin(2 * np.pi * 100 * t)
    out = Mixer(RATE, 2).push(stereo(sound, second(sound)))  # type: ignore[operator]
    steepest = np.abs(np.diff(sound)).max()
    assert np.abs(np.diff(out)).max() < 1.2 * steepest


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 2 * RATE), max_size=30), st.sampled_from([-1.0, 0.0, -0.6]))
def test_the_mix_does_not_depend_on_how_the_stream_is_cut(cuts: list[int], gain: float) -> None:
    sound = notes(2.0)
    rows = stereo(sound, gain * sound, noise=1e-4)
    mixer = Mixer(RATE, 2)
    parts = [mixer.push(part) for part in np.split(rows, sorted(cuts))]
    np.testing.assert_array_equal(np.concatenate(parts), Mixer(RATE, 2).push(rows))


def test_nothing_of_what_comes_later_is_in_it() -> None:
    sound = notes(2.0)
    rows = stereo(sound, -sound)
    other = rows.copy()
    other[RATE:] = np.random.default_rng(1).normal(0, 0.3, (RATE, 2))
    np.testing.assert_array_equal(Mixer(RATE, 2).push(rows)[:RATE], Mixer(RATE, 2).push(other)[:RATE])


def test_a_recording_says_so_while_it_is_read(tmp_path: Path) -> None:
    sound = notes(2.0)
    soundfile.write(tmp_path / "balanced.wav", stereo(sound, -sound), RATE)
    with FileSource(tmp_path / "balanced.wav") as source:
        heard = [source.read().samples for _ in range(30)]
        assert "cancel each other out" in source.status.note
    assert loud(np.concatenate(heard)) > 0.5 * loud(sound)
