"""Normalise the level of frames, so that the listener's input does not depend on the microphone's gain.

log10(1 + x) frames depend on the level of the recording. They are converted to magnitudes, divided by a peak that is
followed at once upwards and slowly downwards, and compressed again: causal, in one pass, cheap.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_BINS

RELEASE = 0.985  # of the peak per frame: it falls by half in 2.3 s
FLOOR = 3e-4  # mean magnitude below which all is silence: the noise of 16 bits
GAIN = 20.0  # magnitude at the peak's level before compression: 40 dB of range below it


class LevelNormalizer:
    """Normalises one stream of frames by its running peak level.

    Attributes:
        loudness: (k,) dB of the frames of the last push: 20 log10 of their mean magnitude, not below FLOOR's.
    """

    def __init__(self) -> None:
        """Start in silence."""
        self._peak = float(np.log(FLOOR))
        self.loudness: npt.NDArray[np.float32] = np.empty(0, np.float32)

    def push(self, frames: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Normalise the next frames of the stream.

        Args:
            frames: (k, 468) from `features`: log10(1 + magnitude).

        Returns:
            (k, 468) float32: log10(1 + GAIN · magnitude / peak), peak_t = max(mean magnitude_t, RELEASE · peak_t-1),
            the mean over the first 78.
        """
        magnitude = np.expm1(np.asarray(frames, np.float64) * np.log(10.0))
        mean = np.log(np.maximum(magnitude[:, :N_BINS].mean(axis=1), FLOOR))
        self.loudness = (mean * (20 / np.log(10.0))).astype(np.float32)
        # The recursion in closed form: a running maximum of levels that are raised by what they will have lost.
        raised = (np.arange(len(mean)) + 1) * -np.log(RELEASE)
        peak = np.maximum.accumulate(np.maximum(mean + raised, self._peak)) - raised
        if len(peak):
            self._peak = float(peak[-1])
        return np.log10(1.0 + magnitude * (GAIN / np.exp(peak))[:, None]).astype(np.float32)
