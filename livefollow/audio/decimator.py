"""Resampling from common native rates to 22.05 kHz with hardly any delay: a short polyphase filter.

soxr's streaming resampler works in blocks and holds back 20 to 60 ms of sound, most of the latency from key to
highlight. The bands of a frame end at 6 kHz: a filter that is flat up to PASS_HZ and lets nothing alias below it needs
only half a millisecond of look-ahead. What lies above is damped and aliased where no band is.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from livefollow.constants import FMAX, SAMPLE_RATE

PASS_HZ = 7_000.0  # flat up to here
STOP_HZ = SAMPLE_RATE - PASS_HZ  # from here on it would alias below PASS_HZ
STOP_DB = 80.0
MOST_PHASES = 441  # of the filter; rates that need more are left to soxr
assert PASS_HZ > 1.1 * FMAX

FloatArray = npt.NDArray[np.float32]


def can_decimate(rate: int) -> bool:
    """Whether `Decimator` can take a native rate, Hz."""
    return rate >= 2 * STOP_HZ and SAMPLE_RATE // math.gcd(rate, SAMPLE_RATE) <= MOST_PHASES


class Decimator:
    """Resamples a mono stream; output n belongs to the input time n / 22050, whatever the block sizes."""

    def __init__(self, rate: int) -> None:
        """Prepare for the first sample.

        Args:
            rate: native, Hz, for which `can_decimate` is true.
        """
        common = math.gcd(rate, SAMPLE_RATE)
        self._up, self._down = SAMPLE_RATE // common, rate // common
        # Kaiser's formulas; the cutoff is in the middle of the transition band.
        width = 2 * np.pi * (STOP_HZ - PASS_HZ) / rate
        self._half = math.ceil((STOP_DB - 8) / (2.285 * width) / 2)
        cutoff = (PASS_HZ + STOP_HZ) / rate  # relative to half the rate
        phase = np.arange(self._up)[:, None] / self._up
        at = np.arange(2 * self._half) - self._half + 1 - phase  # (up, taps) input samples from the output's time
        inside = np.clip(1 - (at / self._half) ** 2, 0, None)
        taps = np.sinc(cutoff * at) * np.i0(0.1102 * (STOP_DB - 8.7) * np.sqrt(inside))
        self._taps = taps / taps.sum(axis=1, keepdims=True)
        self._kept = np.zeros(self._half - 1, np.float32)
        self._first = 1 - self._half  # number of the first input sample that is kept
        self._given = 0

    def push(self, samples: FloatArray, *, last: bool = False) -> FloatArray:
        """Take samples (n,) and return the output they complete (k,); with `last`, all that remains too."""
        half, up, down = self._half, self._up, self._down
        kept = np.concatenate([self._kept, samples, np.zeros(half if last else 0, np.float32)])
        have = self._first + len(kept) - half  # inputs with enough samples after them
        number = np.arange(self._given, max(self._given, -(-have * up // down)))
        if not len(number):
            self._kept = kept
            return np.empty(0, np.float32)
        self._given += len(number)
        at, phase = np.divmod(number * down, up)
        windows = kept[(at - half + 1 - self._first)[:, None] + np.arange(2 * half)]
        out = (windows * self._taps[phase]).sum(axis=1).astype(np.float32)
        done = self._given * down // up - half + 1 - self._first
        self._kept, self._first = kept[done:].copy(), self._first + done
        return out
