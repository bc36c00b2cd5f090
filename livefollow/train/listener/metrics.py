"""How well onsets were heard: peaks of the listener's probabilities against keys struck."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def onset_counts(
    probability: npt.NDArray[np.float32], truth: npt.NDArray[np.bool_], threshold: float
) -> npt.NDArray[np.float64]:
    """Hits, false alarms and misses of one recording.

    Args:
        probability: (T, 88) of onsets; a peak over time above the threshold is one that is heard.
        truth: (T, 88).
        threshold: of a peak.

    Returns:
        (3,): peaks within a frame of an onset; other peaks; onsets without a peak within a frame.
    """
    before, after = np.zeros_like(probability), np.zeros_like(probability)
    before[1:], after[:-1] = probability[:-1], probability[1:]
    peaks = (probability > threshold) & (probability > before) & (probability >= after)
    hits = peaks & _widened(truth)
    return np.array([hits.sum(), (peaks & ~hits).sum(), (truth & ~_widened(peaks)).sum()], np.float64)


def onset_f1(counts: npt.NDArray[np.float64]) -> float:
    """F1 from sums of `onset_counts`."""
    hits, false, missed = counts
    return float(2 * hits / max(1.0, 2 * hits + false + missed))


def _widened(at: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """True also one frame before and after."""
    wide = at.copy()
    wide[1:] |= at[:-1]
    wide[:-1] |= at[1:]
    return wide
