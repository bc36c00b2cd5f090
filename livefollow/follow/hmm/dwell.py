"""How long a player stays on an event: the chance per frame that the next one is struck."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.settings import Duration, Settings

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

PHASE_BINS = 256
PER_PHASE = 24  # bins of one expected duration
HALF = 0.5  # of a bin: its centre
SLOWEST, FASTEST = -9, 2.5  # octaves of phase per frame: from 25 s to 10 ms an event
PER_OCTAVE = 4  # levels
STEP_LEVELS = np.exp2(np.arange(SLOWEST, FASTEST + 0.5 / PER_OCTAVE, 1 / PER_OCTAVE))  # phase per frame
LEAST, MOST = 1e-4, 0.97  # hazards per frame
LOGISTIC = 1.702  # times as wide the logistic function that is closest to the normal one
STEEPEST = 60.0  # its argument: exponentials of more overflow


class Dwell:
    """Hazards by phase, the time since the event was struck over the time expected until the next.

    The time is log-normal about what tempo and note value say, wider where a frame is long against it; sometimes the
    note value was read wrong, and now and then the player stops for seconds.
    """

    def __init__(self, settings: Settings) -> None:
        duration = settings.duration
        phase = (np.arange(PHASE_BINS) + HALF) / PER_PHASE
        rows = []
        for step in STEP_LEVELS:
            width = math.hypot(duration.timing, duration.jitter * step)
            now, then = (_survival(p, step, width, duration) for p in (phase, phase + step))
            rows.append(1 - then / now)
        self._table = np.clip(np.array(rows), LEAST, MOST).ravel()

    @staticmethod
    def rows(step: Array) -> IntArray:
        """Where the hazards for phases per frame start in the table; the same shape."""
        level = np.round((np.log2(step) - SLOWEST) * PER_OCTAVE)
        return np.asarray(np.clip(level, 0, len(STEP_LEVELS) - 1), np.intp) * PHASE_BINS

    def hazard(self, rows: IntArray, phase: Array) -> Array:
        """Probability that the next event is struck within the frame that follows."""
        at = np.minimum(phase * PER_PHASE, PHASE_BINS - 1).astype(np.intp)
        return self._table.take(rows + at)


def _survival(phase: Array, step: float, width: float, s: Duration) -> Array:
    """(n,) probability that the next event is struck later than at `phase`."""
    timely = 1 - s.stop - s.misjudged
    # The median is at the expected duration whatever the width.
    seconds = phase / step / FPS
    stopped = np.exp(-seconds / s.stop_s)
    return np.asarray(
        timely * _beyond(phase, width) + s.misjudged * _beyond(phase, s.misjudged_spread) + s.stop * stopped
    )


def _beyond(phase: Array, width: float) -> Array:
    """Log-normal survival, by the logistic function that is closest to the normal one."""
    return np.asarray(1 / (1 + np.exp(np.clip(LOGISTIC * np.log(phase) / width, -STEEPEST, STEEPEST))))
