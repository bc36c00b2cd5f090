"""Map printed quarter notes to seconds, as a person plays: phrases, rubato, holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy.signal

from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.styles import Style

Curve = npt.NDArray[np.float64]

GRID = 1 / 8  # quarter notes between points of the curve
BEYOND = 16.0  # quarter notes for which the curve goes on after its end, where last notes fade
FORGETS = 3.0  # quarter notes within which aimless wandering is forgotten
SLOWEST, FASTEST = 16.0, 330.0  # quarter notes per minute, whatever score and style say
HOLD_QUARTERS = (0.7, 2.5)  # by which a held onset is longer


class Clock:
    """When each printed quarter note of one passage is played; rises strictly."""

    def __init__(self, quarters: Curve, seconds: Curve) -> None:
        """Take both axes of the curve, of the same length."""
        self._quarters, self._seconds = quarters, seconds

    def __call__(self, quarter: float) -> float:
        """Seconds of the performance."""
        return float(np.interp(quarter, self._quarters, self._seconds))


def passage_clock(
    music: Music,
    style: Style,
    phrases: Sequence[float],
    holds: Sequence[float],
    span: tuple[float, float],
    start_s: float,
    factor: float,
    rng: np.random.Generator,
) -> Clock:
    """Draw the tempo of one passage.

    Args:
        music: for its tempo marks.
        style: how much the tempo breathes.
        phrases: where phrases begin and the piece ends, quarter notes.
        holds: onsets that are held.
        span: first and last quarter note of the passage.
        start_s: second at which the passage begins.
        factor: × the score's tempo.
        rng: decides.

    Returns:
        The clock, exact from the passage's start to `BEYOND` after its end.
    """
    first, last = span
    quarters = np.arange(first, last + BEYOND + GRID, GRID)
    log_tempo = np.log(factor * marked_tempo(music, quarters)) + _shape(style, phrases, quarters)
    if style.wander:
        keep = np.exp(-GRID / FORGETS)
        steps = rng.normal(0, style.wander * np.sqrt(1 - keep**2), len(quarters))
        # The passage sets off at a tempo of its own.
        steps[0] = rng.normal(0, style.wander)
        log_tempo += scipy.signal.lfilter([1.0], [1.0, -keep], steps)
    per_quarter = 60 / np.clip(np.exp(log_tempo), SLOWEST, FASTEST)
    lengths = per_quarter * GRID
    for hold in holds:
        cell = int((hold - first) / GRID)
        if 0 <= cell < len(lengths):
            lengths[cell] += per_quarter[cell] * rng.uniform(*HOLD_QUARTERS)
    return Clock(quarters, start_s + np.concatenate([[0.0], np.cumsum(lengths[:-1])]))


def marked_tempo(music: Music, quarters: Curve) -> Curve:
    """Quarter notes per minute that the score asks for at each of some quarter notes, (n,) → (n,)."""
    onsets = np.array([onset for onset, _ in music.tempo])
    marks = np.array([mark for _, mark in music.tempo])
    return marks[np.clip(np.searchsorted(onsets, quarters + 1e-6, side="right") - 1, 0, None)]


def _shape(style: Style, phrases: Sequence[float], quarters: Curve) -> Curve:
    shape = np.zeros(len(quarters))
    if not (style.arch or style.ritard or style.final_ritard):
        return shape
    for first, last in pairwise(phrases):
        inside = (quarters >= first) & (quarters < last)
        left = last - quarters[inside]
        final = last == phrases[-1]
        slowing, length = (style.final_ritard, 4.0) if final else (style.ritard, 2.0)
        arch = style.arch * np.sin(np.pi * (1 - left / (last - first)))
        shape[inside] = arch - slowing * np.clip(1 - left / length, 0, 1) ** 1.5
    return shape
