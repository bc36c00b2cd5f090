"""Compute log-filterbank frames from samples, equal to madmom's; the only user of madmom.

Pure functions of one block of samples, for any thread.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from livefollow.constants import (
    BANDS_PER_OCTAVE,
    FMAX,
    FMIN,
    FPS,
    FRAME_SIZE,
    LONG_SIZE,
    N_BINS,
    SAMPLE_RATE,
    SHORT_SIZE,
    SHORT_VIEWS,
)

# Samples before a frame's end at which its short views end.
SHORT_ENDS = tuple(round(k * SAMPLE_RATE / FPS / SHORT_VIEWS) for k in reversed(range(SHORT_VIEWS)))
FINER = 4  # × the spectrum's bins, between which a stretched one is interpolated


@cache
def filter_matrix(size: int = FRAME_SIZE) -> npt.NDArray[np.float64]:
    """Build madmom's logarithmic filterbank: (size / 2 spectrum bins, 78 bands), each band a triangle that sums to 1.

    Bands narrower than a bin share bins with their neighbours (`unique_filters=False`), as in the paper, section 4.1.
    madmom's spectra leave out the Nyquist frequency.

    Args:
        size: samples of a block.
    """
    from madmom_infer.audio.filters import LogarithmicFilterbank  # noqa: PLC0415  # only who needs filters pays for it

    filterbank = LogarithmicFilterbank(
        np.arange(size // 2) * SAMPLE_RATE / size,
        num_bands=BANDS_PER_OCTAVE,
        fmin=FMIN,
        fmax=FMAX,
        norm_filters=True,
        unique_filters=False,
    )
    matrix = np.asarray(filterbank.data, np.float64)
    if matrix.shape != (size // 2, N_BINS):
        raise ValueError(f"the installed madmom-infer makes a {matrix.shape} filterbank, not {(size // 2, N_BINS)}")
    matrix.setflags(write=False)
    return matrix


@cache
def band_frequencies() -> npt.NDArray[np.float64]:
    """Centre of each band, Hz, (78,): semitones from C2 to F8, the lowest ones finer than the spectrum's bins."""
    from madmom_infer.audio.filters import log_frequencies  # noqa: PLC0415  # as above

    # The first and the last are corners of the outer triangles.
    return np.asarray(log_frequencies(BANDS_PER_OCTAVE, FMIN, FMAX)[1:-1], np.float64)


def magnitudes(blocks: npt.NDArray[np.float32], ratio: float = 1.0) -> npt.NDArray[np.float64]:
    """|spectrum of the Hann-windowed block|, (k, n / 2 + 1) of (k, n) samples at 22.05 kHz.

    Args:
        blocks: the samples.
        ratio: of the instrument's a' to 440 Hz; what is given is the spectrum at `ratio` × the bins' frequencies, as if
            it were tuned to 440 Hz. Beyond the Nyquist frequency there is nothing.
    """
    size = blocks.shape[1]
    windowed = blocks * _tables(size)[0]
    if ratio == 1.0:
        return np.asarray(np.abs(np.fft.rfft(windowed)), np.float64)
    fine = np.abs(np.fft.rfft(windowed, size * FINER))
    at = np.arange(size // 2 + 1) * (ratio * FINER)
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


def further_views(blocks: npt.NDArray[np.float32], ratio: float = 1.0) -> npt.NDArray[np.float32]:
    """The views of frames beside the paper's: a longer one, and short ones in the order of time.

    Args:
        blocks: (k, 4096) samples at 22.05 kHz, up to the frames' ends.
        ratio: of the instrument's a' to 440 Hz.

    Returns:
        (k, 5 · 78), levels as if all blocks were of 2048 samples.
    """
    long = log_bands(magnitudes(blocks, ratio) * (FRAME_SIZE / LONG_SIZE))
    short = np.stack([blocks[:, LONG_SIZE - end - SHORT_SIZE : LONG_SIZE - end] for end in SHORT_ENDS], axis=1)
    bands = log_bands(magnitudes(short.reshape(-1, SHORT_SIZE), ratio) * (FRAME_SIZE / SHORT_SIZE))
    return np.concatenate([long, bands.reshape(len(blocks), -1)], axis=1)


def log_bands(magnitude: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """The bands of magnitudes, (k, n / 2 + 1) → (k, 78)."""
    _, bins, weights, starts = _tables(2 * (magnitude.shape[1] - 1))
    # One sum per triangle, not a matrix product: 1 % of the work, and no BLAS whose threads and rounding vary with k.
    bands = np.add.reduceat(magnitude[:, bins] * weights, starts, axis=1)
    frames: npt.NDArray[np.float32] = np.log10(1.0 + bands).astype(np.float32)
    return frames


@cache
def _tables(
    size: int,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp], npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Hann window; spectrum bins under the triangles one after the other; their weights; where each triangle starts."""
    band, spectrum_bin = np.nonzero(filter_matrix(size).T)
    weights = filter_matrix(size).T[band, spectrum_bin]
    starts = np.searchsorted(band, np.arange(N_BINS))
    return np.hanning(size), spectrum_bin, weights, starts
