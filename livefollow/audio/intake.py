"""The way of every sample: native rate and channels in, finite mono at 22.05 kHz out, metered on the way.

Runs on the thread that reads the source, never in the audio callback.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soxr

from livefollow.audio.decimator import Decimator, can_decimate
from livefollow.audio.mix import Mixer
from livefollow.audio.ring import Rows
from livefollow.constants import SAMPLE_RATE
from livefollow.errors import Message

# Anything louder than this is damage (a float file full of garbage), not sound.
ABSURD = 1e6
# From here on a converter has run out of numbers; 16-bit full scale is 32767 / 32768.
CLIPPED = 0.9999
# Time in which the meter falls to 1/e.
METER_FALL_S = 0.3
# libsndfile and drivers offer rates beyond these, the resampler and the filterbank make no sense of them.
MIN_RATE, MAX_RATE = 4_000, 768_000


@dataclass(frozen=True)
class MeterReading:
    """Meter reading. Full scale is 1."""

    peak: float = 0.0
    rms: float = 0.0
    clipped: int = 0  # native samples at full scale since the source was opened


class Intake:
    """Sanitises, meters, mixes to mono and resamples a stream of native samples.

    Common rates go through a `Decimator`, which holds back half a millisecond; others through soxr's streaming
    resampler, which holds back 20 to 70 ms, more at low rates: latency, not a shift. Both are linear-phase and drop
    their own start-up delay: output sample n belongs to the input time n / 22050.
    """

    def __init__(self, rate: int, channels: int) -> None:
        """Start before the first sample.

        Args:
            rate: native rate, Hz.
            channels: native channels.

        Raises:
            ValueError: a rate outside 4 to 768 kHz, or no channel.
        """
        if not MIN_RATE <= rate <= MAX_RATE:
            raise ValueError(f"a sample rate of {rate} Hz is not between {MIN_RATE} and {MAX_RATE} Hz")
        if channels < 1:
            raise ValueError("no channel")
        self.rate = rate
        self.channels = channels
        self.nonfinite = 0
        self.silence_s = 0.0
        self._peak = 0.0
        self._power = 0.0
        self._clipped = 0
        self._mixer = Mixer(rate, channels)
        self._resampler = self._new_resampler()

    @property
    def note(self) -> Message:
        """A sentence for the player when the channels are not as they should be, else empty."""
        return self._mixer.note

    @property
    def level(self) -> MeterReading:
        """Loudest native sample and root mean square of the mix, both falling slowly, and how often it clipped."""
        return MeterReading(self._peak, math.sqrt(self._power), self._clipped)

    def push(self, rows: Rows, *, last: bool = False) -> npt.NDArray[np.float32]:
        """Take native samples, give what can be told of them at 22.05 kHz.

        Args:
            rows: (n, channels), any n; values in it that are no sound are overwritten with zeros.
            last: nothing follows: give the rest too.

        Returns:
            (k,) mono samples; those of all pushes together are the resampled stream, however it was cut.
        """
        # Of NaN, every comparison is false.
        bad = ~(np.abs(rows) <= ABSURD)
        if bad.any():
            self.nonfinite += int(bad.sum())
            rows[bad] = 0.0
        mono = self._mixer.push(rows)
        self._meter(rows, mono)
        if isinstance(self._resampler, Decimator):
            return self._resampler.push(mono, last=last)
        if self._resampler is None:
            return mono
        resampled: npt.NDArray[np.float32] = self._resampler.resample_chunk(mono, last=last)
        return resampled

    def restart(self) -> None:
        """Forget the samples before a gap: what follows is not a continuation."""
        self._resampler = self._new_resampler()
        self.silence_s = 0.0
        self._peak = self._power = 0.0

    def _new_resampler(self) -> Decimator | soxr.ResampleStream | None:
        if self.rate == SAMPLE_RATE:
            return None
        if can_decimate(self.rate):
            return Decimator(self.rate)
        return soxr.ResampleStream(self.rate, SAMPLE_RATE, 1, dtype="float32", quality="HQ")

    def _meter(self, rows: Rows, mono: npt.NDArray[np.float32]) -> None:
        if not len(rows):
            return
        seconds = len(rows) / self.rate
        magnitude = np.abs(rows)
        peak = float(magnitude.max())
        keep = math.exp(-seconds / METER_FALL_S)
        self._peak = max(peak, self._peak * keep)
        power = float(np.mean(np.square(mono, dtype=np.float64)))
        self._power = keep * self._power + (1.0 - keep) * power
        self._clipped += int(np.count_nonzero(magnitude >= CLIPPED))
        self.silence_s = self.silence_s + seconds if peak == 0.0 else 0.0
