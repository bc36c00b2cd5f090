"""Arithmetic of probabilities per key."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]


def moved(pitches: FloatArray, semitones: int) -> FloatArray:
    """(…, N_PITCHES) probabilities of keys that lie so many semitones higher; what leaves the keyboard is dropped."""
    if not semitones:
        return pitches
    out = np.zeros_like(pitches)
    if semitones > 0:
        out[..., semitones:] = pitches[..., :-semitones]
    else:
        out[..., :semitones] = pitches[..., -semitones:]
    return out
