"""From native samples to what the program hears: sanitised, metered, mixed to mono, resampled to 22.05 kHz.

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

# Anything louder is not sound, but a damaged float file.
ABSURD = 1e6
# From here on a converter clips; 16-bit full scale is 32767 / 32768.
CLIPPED = 0.9999
# Time in which the meter falls to 1/e.
METER_FALL_S = 0.3
# libsndfile and drivers offer rates beyond these, which resampler and filterbank cannot handle.
MIN_RATE, MAX_RATE = 4_000, 768_000


@dataclass(frozen=True)
class MeterReading:
    """One reading of the level meter; full scale is 1."""

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
        """Prepare for the first sample.

        Args:
            rate: native rate, Hz.
            channels: native channels.

        Raises:
            ValueError: the rate is outside 4 to 768 kHz, or there is no channel.
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
        """A sentence for the player if something is wrong with the channels, else empty."""
        return self._mixer.note

    @property
    def level(self) -> MeterReading:
        """Peak of the native samples and RMS of the mix, both falling slowly, and the number of clipped samples."""
        return MeterReading(self._peak, math.sqrt(self._power), self._clipped)

    def push(self, rows: Rows, *, last: bool = False) -> npt.NDArray[np.float32]:
        """Take native samples and return the output at 22.05 kHz that they complete.

        Args:
            rows: (n, channels), any n; values that cannot be sound are overwritten with zeros.
            last: nothing follows, so return all that remains too.

        Returns:
            (k,) mono samples; all pushes together give the same stream for any block sizes.
        """
        # Comparisons with NaN are false.
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
        """Forget the samples before a gap, after which the sound is not a continuation."""
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
