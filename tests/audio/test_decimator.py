"""The short filter passes what frames hear, keeps out what would fold into it, and waits for next to nothing."""

import numpy as np
import pytest
import soxr

from livefollow.audio.decimator import PASS_HZ, STOP_HZ, Decimator, can_decimate
from livefollow.constants import SAMPLE_RATE
from livefollow.features.frames import Framer

RATES = (32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)


def level_db(rate: int, hz: float) -> float:
    """What is left of a sine, relative to it."""
    sine = np.sin(2 * np.pi * hz * np.arange(rate) / rate).astype(np.float32)
    return float(10 * np.log10(2 * np.mean(Decimator(rate).push(sine)[500:-500] ** 2) + 1e-20))


@pytest.mark.parametrize("rate", RATES)
def test_what_passes_and_what_does_not(rate: int) -> None:
    assert can_decimate(rate)
    for hz in (60, 1000, 6000, PASS_HZ):
        assert abs(level_db(rate, hz)) < 0.03
    for hz in np.linspace(STOP_HZ, rate / 2 - 10, 5):
        assert level_db(rate, float(hz)) < -75


def test_rates_that_are_left_to_others() -> None:
    assert not any(can_decimate(rate) for rate in (8000, 11_025, 16_000, 22_050, 24_000, 44_101, 47_999))


@pytest.mark.parametrize("rate", RATES)
def test_it_holds_back_less_than_a_millisecond(rate: int) -> None:
    decimator = Decimator(rate)
    given = 0
    for k in range(1, 200):
        given += len(decimator.push(np.zeros(rate // 200, np.float32)))
        assert k * (rate // 200) / rate - given / SAMPLE_RATE < 1e-3


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_frames_are_those_of_a_perfect_resampler(rate: int) -> None:
    rng = np.random.default_rng(0)
    t = np.arange(3 * rate) / rate
    tones = sum(np.sin(2 * np.pi * hz * t) * np.exp(-3 * (t % 0.3)) for hz in (110, 440, 1760, 5274))
    sound = (0.1 * tones + 0.01 * rng.standard_normal(len(t))).astype(np.float32)
    ours, theirs = Decimator(rate).push(sound, last=True), soxr.resample(sound, rate, SAMPLE_RATE)
    assert len(ours) == 3 * SAMPLE_RATE
    np.testing.assert_allclose(Framer().push(ours), Framer().push(theirs), atol=2e-3)
