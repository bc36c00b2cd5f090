"""Slower sound has the pitch it had."""

import numpy as np
import pytest

from livefollow.audio.slower import Slower

RATE = 22_050


@pytest.mark.parametrize("channels", [1, 2, 3])
@pytest.mark.parametrize("speed", [0.5, 0.8])
def test_it_lasts_longer_and_sounds_as_high(channels: int, speed: float) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(4 * RATE) / RATE).astype(np.float32)
    slower = Slower(RATE, channels, speed)
    blocks = np.array_split(np.repeat(tone[:, None], channels, axis=1), 80)
    heard = np.concatenate([slower.feed(block) for block in blocks])
    assert heard.shape[1] == channels
    assert len(heard) == pytest.approx(len(tone) / speed, rel=0.05)
    part = heard[RATE : 3 * RATE, 0]
    peak = np.abs(np.fft.rfft(part * np.hanning(len(part)))).argmax() * RATE / len(part)
    assert peak == pytest.approx(440, abs=2)


def test_at_full_speed_nothing_is_done() -> None:
    block = np.random.default_rng(0).normal(0, 0.1, (100, 2)).astype(np.float32)
    assert Slower(RATE, 2, 1.0).feed(block) is block
