import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest

from livefollow.constants import BANDS_PER_OCTAVE, FMAX, FMIN, FRAME_SIZE, N_BINS, SAMPLE_RATE
from livefollow.features.filterbank import band_frequencies, filter_matrix, log_filterbank
from tests.optional import needs_modules


def blocks() -> np.ndarray:
    """Noise, tones, a click, silence, full scale: (20, 2048) floats in −1 … 1."""
    rng = np.random.default_rng(0)
    t = np.arange(FRAME_SIZE) / SAMPLE_RATE
    out = rng.uniform(-1, 1, (20, FRAME_SIZE))
    for k in range(8):
        out[k] = 0.9 * np.sin(2 * np.pi * 55 * 2**k * t + k)
    out[8:10] *= 1e-4
    out[10] = 0
    out[11] = np.arange(FRAME_SIZE) == 1000
    out[12] = np.sign(out[12])
    return out.astype(np.float32)


def madmoms_frames(package: str) -> np.ndarray:
    """The whole pipeline of madmom, or of its reimplementation, on the same blocks."""
    signal = import_module(f"{package}.audio.signal")
    filters = import_module(f"{package}.audio.filters")
    spectrogram = import_module(f"{package}.audio.spectrogram")
    samples = signal.Signal(blocks().ravel(), sample_rate=SAMPLE_RATE)
    framed = signal.FramedSignal(samples, frame_size=FRAME_SIZE, hop_size=FRAME_SIZE, origin="future")
    log = spectrogram.LogarithmicSpectrogram(
        spectrogram.FilteredSpectrogram(
            spectrogram.Spectrogram(framed),
            filterbank=filters.LogarithmicFilterbank,
            num_bands=BANDS_PER_OCTAVE,
            fmin=FMIN,
            fmax=FMAX,
            norm_filters=True,
            unique_filters=False,
        ),
        log=np.log10,
        mul=1.0,
        add=1.0,
    )
    return np.asarray(log)[: len(blocks())]


@pytest.mark.parametrize("package", ["madmom_infer", pytest.param("madmom", marks=needs_modules("madmom"))])
def test_frames_equal_madmoms(package):
    theirs = madmoms_frames(package)
    assert theirs.shape == (20, N_BINS)
    assert theirs.max() > 1
    difference = np.abs(log_filterbank(blocks()) - theirs).max()
    print(f"largest difference from {package}: {difference:.2g}")
    assert difference < 1e-5


def test_every_filter_sums_to_one():
    assert filter_matrix().shape == (FRAME_SIZE // 2, N_BINS)
    np.testing.assert_allclose(filter_matrix().sum(axis=0), 1.0, atol=1e-6)


def test_bands_are_semitones_from_c2():
    np.testing.assert_allclose(band_frequencies(), 65.4064 * 2 ** (np.arange(N_BINS) / 12), rtol=1e-5)


def test_a_frame_does_not_depend_on_its_neighbours():
    together = log_filterbank(blocks())
    alone = np.concatenate([log_filterbank(block[None]) for block in blocks()])
    np.testing.assert_array_equal(together, alone)
    assert together.dtype == np.float32


def test_importing_the_features_does_not_load_madmom():
    code = "import sys, livefollow.features.frames; print([m for m in sys.modules if m.startswith('madmom')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
