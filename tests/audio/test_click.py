"""The metronome's click is heard by people, not by the follower."""

from itertools import pairwise

import numpy as np
import pytest

from livefollow.audio.click import PEAK, click, clicks
from livefollow.constants import SAMPLE_RATE
from livefollow.features.frames import Framer

BPM, BEATS = 90.0, 3


def test_stretches_after_each_other_are_one() -> None:
    whole = clicks(44_100, 0, 100_000, 60 / BPM, BEATS)
    cuts = [0, 1, 500, 29_390, 29_410, 60_000, 100_000]
    parts = [clicks(44_100, a, b - a, 60 / BPM, BEATS) for a, b in pairwise(cuts)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_there_is_one_for_each_beat_and_two_for_the_first_of_a_bar() -> None:
    rate, beat_s = 44_100, 60 / BPM
    sound = np.abs(clicks(rate, 0, round(6 * beat_s * rate), beat_s, BEATS))
    energy = [float((sound[round(k * beat_s * rate) :][: round(beat_s * rate)] ** 2).sum()) for k in range(6)]
    one = float((click(rate, False) ** 2).sum())
    assert np.allclose(np.array(energy) / one, [2, 1, 1, 2, 1, 1], rtol=0.01)
    assert sound.max() == pytest.approx(PEAK, rel=0.01)


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_nothing_of_it_is_in_the_frames_however_late_it_is(rate: int) -> None:
    import soxr

    heard = clicks(rate, 0, 10 * rate, 0.613, 4)
    heard = heard if rate == SAMPLE_RATE else soxr.resample(heard, rate, SAMPLE_RATE)
    for late in (0, 317):
        loud = Framer().push(np.concatenate([np.zeros(late, np.float32), heard]))
        assert float(loud.max()) < 1e-3
    t = np.arange(len(heard)) / SAMPLE_RATE
    usual = PEAK * np.sin(2 * np.pi * 2000 * t) * (t % 0.613 < 0.02)
    assert float(Framer().push(usual.astype(np.float32)).max()) > 0.3, "a usual click would be"
