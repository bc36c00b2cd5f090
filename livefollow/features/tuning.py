"""How the instrument is tuned, as far as its sound tells: the deviation of its partials from an equal-tempered scale.

From a spectrum alone a tuning is known but for whole semitones: which of them fits the score is the follower's to find
(`follow.tuning`). Pure arithmetic of one stream of spectra; one thread, but that any thread may fix the tuning.
"""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS, FRAME_SIZE, SAMPLE_RATE

logger = logging.getLogger(__name__)

CONCERT_HZ = 440.0  # a' in the tuning that networks are trained in
LOWEST_HZ, HIGHEST_HZ = 350.0, 1900.0  # of peaks: semitones below are too close to tell apart, partials above sharp
LEAST_OF_LOUDEST = 0.06  # of a frame's loudest magnitude: softer peaks are not looked at
PROMINENT = 6.0  # × the median magnitude between those frequencies: peaks of noise are lower
DECIDED_FRAMES = FPS  # between two decisions
ENOUGH = 60.0  # peaks that have been heard before there is an estimate
CONCENTRATED = 0.45  # length of the mean of the peaks' deviations as points on a circle: less is no scale
KEPT = 0.5 ** (1 / (25 * FPS))  # of what was heard, from frame to frame: half is forgotten in 25 s of sound
WITHIN_CENTS = 24.0  # of concert pitch: nothing is corrected, the networks hear as well
STEADY_CENTS = 7.0  # by which an estimate must differ from what is in force
SEMITONE_CENTS = 100.0


def cents_of(hz: float) -> float:
    """Cents of an a' above 440 Hz."""
    return float(1200 * np.log2(hz / CONCERT_HZ))


def hz_of(cents: float) -> float:
    """The a' that is so many cents above 440 Hz."""
    return float(CONCERT_HZ * 2 ** (cents / 1200))


class TuningTracker:
    """Follows one instrument's tuning.

    Attributes:
        hz: of a', to be taken for the frames to come; CONCERT_HZ until the sound says otherwise.
        frames: heard so far.
    """

    def __init__(self, fixed_hz: float | None = None) -> None:
        """Know nothing yet.

        Args:
            fixed_hz: a' as the player says it is; None: it is to be found.
        """
        self.hz = fixed_hz or CONCERT_HZ
        self.frames = 0
        self._fixed_hz = fixed_hz
        self._sum = 0j
        self._weight = 0.0

    def fix(self, hz: float | None) -> None:
        """The player says how the instrument is tuned, or, None, leaves it to be found. Any thread's."""
        self._fixed_hz = hz
        self.hz = hz or CONCERT_HZ

    @property
    def left(self) -> int:
        """Frames until the next decision: as many may be made at once with the same tuning."""
        return DECIDED_FRAMES - self.frames % DECIDED_FRAMES

    def push(self, magnitudes: npt.NDArray[np.float64]) -> None:
        """Hear frames, at most `left`.

        Args:
            magnitudes: (k, 1025) of the Hann-windowed blocks that frames are made from.
        """
        for magnitude in magnitudes:
            self._hear(magnitude)
        self.frames += len(magnitudes)
        if self.frames % DECIDED_FRAMES == 0:
            self._decide()

    def estimate(self) -> tuple[float, float]:
        """Cents above the nearest equal-tempered scale on 440 Hz, −50 … 50, and how sure that is, 0 … 1."""
        if self._weight < ENOUGH:
            return 0.0, 0.0
        angle = float(np.angle(self._sum))
        return SEMITONE_CENTS * angle / (2 * np.pi), abs(self._sum) / self._weight

    def _hear(self, magnitude: npt.NDArray[np.float64]) -> None:
        before, at, after = (magnitude[FIRST_BIN + k : LAST_BIN + k] for k in (-1, 0, 1))
        loudest = float(at.max())
        least = max(LEAST_OF_LOUDEST * loudest, PROMINENT * float(np.median(at)))
        peaks = np.flatnonzero((at > before) & (at >= after) & (at > least))
        a, b, c = (np.log(np.maximum(m[peaks], 1e-12)) for m in (before, at, after))
        offset = 0.5 * (a - c) / np.minimum(a - 2 * b + c, -1e-12)
        hz = (FIRST_BIN + peaks + offset) * SAMPLE_RATE / FRAME_SIZE
        weights = np.sqrt(at[peaks] / loudest)
        turns = 12 * np.log2(hz / CONCERT_HZ)
        self._sum = KEPT * self._sum + complex(np.sum(weights * np.exp(2j * np.pi * turns)))
        self._weight = KEPT * self._weight + float(weights.sum())

    def _decide(self) -> None:
        cents, sure = self.estimate()
        if self._fixed_hz or sure < CONCENTRATED:
            return
        now = cents_of(self.hz)
        # Of the tunings a semitone apart that sound the same, the one nearest to what was believed.
        cents += SEMITONE_CENTS * round((now - cents) / SEMITONE_CENTS)
        if abs(cents) <= WITHIN_CENTS:
            cents = 0.0
        if abs(cents - now) > STEADY_CENTS:
            self.hz = hz_of(cents)
            logger.info("the instrument is tuned to a' = %.1f Hz", self.hz)


FIRST_BIN, LAST_BIN = (round(hz * FRAME_SIZE / SAMPLE_RATE) for hz in (LOWEST_HZ, HIGHEST_HZ))
