"""Compute log-filterbank frames from samples, equal to madmom's; the only user of madmom.

Pure functions of one block of samples, for any thread.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from livefollow.constants import BANDS_PER_OCTAVE, FMAX, FMIN, FRAME_SIZE, N_BINS, SAMPLE_RATE

# madmom's spectra leave out the Nyquist frequency.
N_FFT_BINS = FRAME_SIZE // 2
FINER = 4  # × the spectrum's bins, between which a stretched one is interpolated


@cache
def filter_matrix() -> npt.NDArray[np.float64]:
    """Build madmom's logarithmic filterbank: (1024 spectrum bins, 78 bands), each band a triangle that sums to 1.

    Bands narrower than a bin share bins with their neighbours (`unique_filters=False`), as in the paper, section 4.1.
    """
    from madmom_infer.audio.filters import LogarithmicFilterbank  # noqa: PLC0415  # only who needs filters pays for it

    filterbank = LogarithmicFilterbank(
        np.arange(N_FFT_BINS) * SAMPLE_RATE / FRAME_SIZE,
        num_bands=BANDS_PER_OCTAVE,
        fmin=FMIN,
        fmax=FMAX,
        norm_filters=True,
        unique_filters=False,
    )
    matrix = np.asarray(filterbank.data, np.float64)
    if matrix.shape != (N_FFT_BINS, N_BINS):
        raise ValueError(f"the installed madmom-infer makes a {matrix.shape} filterbank, not {(N_FFT_BINS, N_BINS)}")
    matrix.setflags(write=False)
    return matrix


@cache
def band_frequencies() -> npt.NDArray[np.float64]:
    """Centre of each band, Hz, (78,): semitones from C2 to F8, the lowest ones finer than the spectrum's bins."""
    from madmom_infer.audio.filters import log_frequencies  # noqa: PLC0415  # as above

    # The first and the last are corners of the outer triangles.
    return np.asarray(log_frequencies(BANDS_PER_OCTAVE, FMIN, FMAX)[1:-1], np.float64)


def magnitudes(blocks: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """|spectrum of the Hann-windowed block|, (k, 1025) of (k, 2048) samples at 22.05 kHz."""
    return np.asarray(np.abs(np.fft.rfft(blocks * _tables()[0])), np.float64)


def stretched(blocks: npt.NDArray[np.float32], ratio: float) -> npt.NDArray[np.float64]:
    """The magnitudes of an instrument as if it were tuned to 440 Hz.

    Args:
        blocks: (k, 2048) samples at 22.05 kHz.
        ratio: of its a' to 440 Hz.

    Returns:
        (k, 1025): the spectrum at `ratio` × the bins' frequencies; beyond the Nyquist frequency there is nothing.
    """
    fine = np.abs(np.fft.rfft(blocks * _tables()[0], FRAME_SIZE * FINER))
    at = np.arange(N_FFT_BINS + 1) * (ratio * FINER)
    below = np.minimum(at.astype(np.intp), fine.shape[1] - 2)
    above = at - below
    made = fine[:, below] * (1 - above) + fine[:, below + 1] * above
    made[:, at > fine.shape[1] - 1] = 0
    return np.asarray(made, np.float64)


def log_filterbank(blocks: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Compute the frames of blocks of samples: log10(1 + filterbank · |spectrum of the Hann-windowed block|).

    The same as madmom's `ShortTimeFourierTransform`, `FilteredSpectrogram` and `LogarithmicSpectrogram` for floats in
    −1 … 1 (madmom scales integers in the window).

    Args:
        blocks: (k, 2048) samples at 22.05 kHz.

    Returns:
        (k, 78). A row depends on its block only, to the last bit, not on k.
    """
    return log_bands(magnitudes(blocks))


def log_bands(magnitude: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """The frames of magnitudes, (k, 1025) → (k, 78)."""
    _, bins, weights, starts = _tables()
    # One sum per triangle, not a matrix product: 1 % of the work, and no BLAS whose threads and rounding vary with k.
    bands = np.add.reduceat(magnitude[:, bins] * weights, starts, axis=1)
    frames: npt.NDArray[np.float32] = np.log10(1.0 + bands).astype(np.float32)
    return frames


@cache
def _tables() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Hann window; spectrum bins under the triangles one after the other; their weights; where each triangle starts."""
    band, spectrum_bin = np.nonzero(filter_matrix().T)
    weights = filter_matrix().T[band, spectrum_bin]
    starts = np.searchsorted(band, np.arange(N_BINS))
    return np.hanning(FRAME_SIZE), spectrum_bin, weights, starts
