"""From a common native rate to 22.05 kHz without holding anything back: a short polyphase filter.

soxr's streaming resampler works in blocks and keeps 20 to 60 ms of sound to itself, which is most of the way from a
key to the highlight. Frames end at 6 kHz: a filter that is flat to PASS_HZ and lets nothing fold back below it needs
half a millisecond of sound to come. What lies between is damped and folded, where no band listens.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from livefollow.constants import FMAX, SAMPLE_RATE

PASS_HZ = 7_000.0  # flat up to here
STOP_HZ = SAMPLE_RATE - PASS_HZ  # from here on it would fold back below PASS_HZ
STOP_DB = 80.0
MOST_PHASES = 441  # of the filter; rates that have no more in common with 22.05 kHz are left to soxr
assert PASS_HZ > 1.1 * FMAX

FloatArray = npt.NDArray[np.float32]


def can_decimate(rate: int) -> bool:
    """Whether a native rate, Hz, is one for a `Decimator`."""
    return rate >= 2 * STOP_HZ and SAMPLE_RATE // math.gcd(rate, SAMPLE_RATE) <= MOST_PHASES


class Decimator:
    """Takes mono samples as they come; output n belongs to the input time n / 22050, however they were cut."""

    def __init__(self, rate: int) -> None:
        """Start before the first sample.

        Args:
            rate: native, Hz, for which `can_decimate` is true.
        """
        common = math.gcd(rate, SAMPLE_RATE)
        self._up, self._down = SAMPLE_RATE // common, rate // common
        # Kaiser's formulas; the cutoff is in the middle of what may be damped.
        width = 2 * np.pi * (STOP_HZ - PASS_HZ) / rate
        self._half = math.ceil((STOP_DB - 8) / (2.285 * width) / 2)
        cutoff = (PASS_HZ + STOP_HZ) / rate  # relative to half the rate
        phase = np.arange(self._up)[:, None] / self._up
        at = np.arange(2 * self._half) - self._half + 1 - phase  # (up, taps) input samples from the output's time
        inside = np.clip(1 - (at / self._half) ** 2, 0, None)
        taps = np.sinc(cutoff * at) * np.i0(0.1102 * (STOP_DB - 8.7) * np.sqrt(inside))
        self._taps = taps / taps.sum(axis=1, keepdims=True)
        self._kept = np.zeros(self._half - 1, np.float32)
        self._first = 1 - self._half  # number of the first input that is kept
        self._given = 0

    def push(self, samples: FloatArray, *, last: bool = False) -> FloatArray:
        """Take samples, (n,), give those that they complete, (k,); the rest too if nothing follows."""
        half, up, down = self._half, self._up, self._down
        kept = np.concatenate([self._kept, samples, np.zeros(half if last else 0, np.float32)])
        have = self._first + len(kept) - half  # inputs that have enough after them
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
