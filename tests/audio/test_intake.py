import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.audio.intake import Intake
from livefollow.constants import SAMPLE_RATE


def resample(rows: np.ndarray, rate: int, cuts: list[int]) -> np.ndarray:
    intake = Intake(rate, rows.shape[1])
    parts = [intake.push(part.copy()) for part in np.split(rows, sorted(cuts))]
    return np.concatenate([*parts, intake.push(rows[:0].copy(), last=True)])


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000, 96000, 192000])
def test_an_impulse_keeps_its_time(rate):
    at = rate // 2 + 7
    # Of a tenth of a millisecond: nothing of it lies where frames do not listen.
    rows = np.exp(-0.5 * ((np.arange(rate) - at) / (1e-4 * rate)) ** 2).astype(np.float32)[:, None]
    out = resample(rows, rate, list(range(0, rate, 441))).astype(np.float64)
    centre = np.sum(out**2 * np.arange(len(out))) / np.sum(out**2)
    assert abs(centre - at * SAMPLE_RATE / rate) < 0.05
    assert abs(int(np.argmax(np.abs(out))) - at * SAMPLE_RATE / rate) <= 0.5
    assert abs(len(out) - SAMPLE_RATE) <= 1


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([8000, 22050, 44100, 48000, 96000]),
    st.integers(1, 8),
    st.lists(st.integers(0, 20000), max_size=30),
)
def test_the_stream_does_not_depend_on_how_it_is_cut(rate, channels, cuts):
    rows = np.random.default_rng(1).uniform(-1, 1, (20000, channels)).astype(np.float32)
    np.testing.assert_array_equal(resample(rows, rate, cuts), resample(rows, rate, []))


def test_channels_are_averaged():
    rows = np.random.default_rng(2).uniform(-1, 1, (5000, 8)).astype(np.float32)
    out = resample(rows, SAMPLE_RATE, [])
    np.testing.assert_allclose(out, rows.mean(axis=1), atol=1e-7)


def test_what_is_no_sound_becomes_zeros_and_is_counted():
    intake = Intake(SAMPLE_RATE, 2)
    rows = np.full((6, 2), 0.25, np.float32)
    rows[1, 0], rows[2, 1], rows[3], rows[4, 0] = np.nan, np.inf, -np.inf, 1e30
    out = intake.push(rows)
    np.testing.assert_array_equal(out, np.float32([0.25, 0.125, 0.125, 0, 0.125, 0.25]))
    assert intake.nonfinite == 5


def test_the_meter_reads_peak_rms_and_clipping_and_falls():
    intake = Intake(SAMPLE_RATE, 1)
    sine = np.sin(np.arange(2 * SAMPLE_RATE) * 0.1).astype(np.float32)[:, None]
    intake.push(0.5 * sine)
    assert intake.level.peak == pytest.approx(0.5, abs=0.01)
    assert intake.level.rms == pytest.approx(0.5 / np.sqrt(2), abs=0.01)
    assert intake.level.clipped == 0
    intake.push(np.ones((3, 1), np.float32))
    assert intake.level.clipped == 3
    intake.push(np.zeros((SAMPLE_RATE, 1), np.float32))
    assert intake.level.peak < 0.05
    assert intake.silence_s == pytest.approx(1.0)


@pytest.mark.parametrize(("rate", "channels"), [(0, 1), (1000, 1), (10_000_000, 1), (44100, 0)])
def test_senseless_formats_are_refused(rate, channels):
    with pytest.raises(ValueError, match=r"rate|channel"):
        Intake(rate, channels)
