"""The sound of the metronome, which the follower cannot hear.

The frames that are followed reach up to 6 kHz (`constants.FMAX`): the click is a short tone above that, with soft
edges, so that nothing of it lies below, in whatever room and with whatever delay it comes back to the microphone.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

PITCH_HZ = 6700.0
WIDTH_S = 0.004  # standard deviation of the click's envelope: its spectrum is 40 Hz wide
LENGTH_S = 0.04  # five of them to either side of its middle
TWICE_S = 0.06  # between the two clicks of a bar's first beat
PEAK = 0.5  # of full scale, at full volume


@cache
def click(rate: int, first: bool) -> Samples:
    """Return the sound of a beat, (n,) at a rate in Hz of which it is one twice for the first of a bar."""
    one_s = np.arange(round(LENGTH_S * rate)) / rate - LENGTH_S / 2
    one = PEAK * np.exp(-0.5 * (one_s / WIDTH_S) ** 2) * np.sin(2 * np.pi * PITCH_HZ * one_s)
    apart = round(TWICE_S * rate)
    sound = np.zeros(len(one) + (apart if first else 0), np.float32)
    sound[: len(one)] += one.astype(np.float32)
    if first:
        sound[apart:] += one.astype(np.float32)
    return sound


def clicks(rate: int, start: int, n: int, beat_s: float, beats: int) -> Samples:
    """Return a stretch of an endless metronome.

    Args:
        rate: Hz.
        start: number of the first sample since the first beat.
        n: samples.
        beat_s: seconds from beat to beat.
        beats: in a bar.

    Returns:
        (n,); any stretches after each other are the same as one.
    """
    out = np.zeros(n, np.float32)
    longest = len(click(rate, True))
    k = max(0, int((start - longest) / (beat_s * rate)))
    while (at := round(k * beat_s * rate) - start) < n:
        sound = click(rate, k % beats == 0)
        first, last = max(0, -at), min(len(sound), n - at)
        if last > first:
            out[at + first : at + last] += sound[first:last]
        k += 1
    return out
