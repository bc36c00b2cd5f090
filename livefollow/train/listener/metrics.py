"""Onset F1: peaks of the listener's probabilities against keys struck, matched one to one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from mir_eval.util import f_measure, match_events

TOLERANCE_FRAMES = 1  # between a peak and the onset that it is matched to


def onset_peaks(probability: npt.NDArray[np.float32], threshold: float) -> npt.NDArray[np.bool_]:
    """Find heard onsets: (T, 88), true at peaks over time of (T, 88) probabilities, above the threshold."""
    before, after = np.zeros_like(probability), np.zeros_like(probability)
    before[1:], after[:-1] = probability[:-1], probability[1:]
    return (probability > threshold) & (probability > before) & (probability >= after)


def onset_counts(
    probability: npt.NDArray[np.float32], truth: npt.NDArray[np.bool_], threshold: float
) -> npt.NDArray[np.float64]:
    """Count hits, false alarms and misses of one recording.

    Args:
        probability: (T, 88) of onsets.
        truth: (T, 88).
        threshold: of a peak.

    Returns:
        (3,): pairs of a peak and an onset of the same key, at most a frame apart, each in one pair only; other peaks;
        other onsets.
    """
    peaks = onset_peaks(probability, threshold)
    pairs = 0
    for struck, heard in zip(truth.T, peaks.T, strict=True):
        if struck.any() and heard.any():
            pairs += len(match_events(np.flatnonzero(struck), np.flatnonzero(heard), TOLERANCE_FRAMES))
    return np.array([pairs, peaks.sum() - pairs, truth.sum() - pairs], np.float64)


def onset_f1(counts: npt.NDArray[np.float64]) -> float:
    """F1 from sums of `onset_counts`."""
    hits, false, missed = counts
    return float(f_measure(hits / max(1.0, hits + false), hits / max(1.0, hits + missed)))
