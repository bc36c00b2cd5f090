"""What following costs: how long a sound takes to the position and to the screen, what came too late, and the CPU.

The following thread tells of positions, the window's thread of paints; each appends to its own deque, and any thread
may ask for the figures.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from livefollow.constants import FPS

KEPT_S = 600  # seconds of frames that the figures are about
LATE_S = 0.05  # seconds from samples to paint that are too many


@dataclass(frozen=True)
class LatencyPercentiles:
    """Percentiles and maximum, ms; zeros where nothing was measured."""

    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    most: float = 0.0

    def __str__(self) -> str:
        """As in the bar."""
        return f"{self.p50:.0f} / {self.p95:.0f} / {self.p99:.0f} / {self.most:.0f} ms"


@dataclass(frozen=True)
class SessionFigures:
    """Of the last KEPT_S seconds, counters and CPU since the beginning.

    Attributes:
        position: from the moment when the samples that complete a frame are read to its position.
        paint: from that moment to the end of the paint that shows it, of the newest frame of each paint.
        frames: that became positions.
        together: frames that had to wait for others: they were followed in one go with a newer one.
        late: paints more than LATE_S after their samples.
        overruns: times frames were lost because the following thread was too late.
        cpu: share of one core that the process used.
    """

    position: LatencyPercentiles
    paint: LatencyPercentiles
    frames: int
    together: int
    late: int
    overruns: int
    cpu: float

    def __str__(self) -> str:
        """One line, for the bar and the log."""
        return (
            f"sound → position {self.position}, → paint {self.paint} (p50 / p95 / p99 / max); "
            f"{self.late} late of {self.frames}, {self.overruns} overruns; {100 * self.cpu:.0f} % CPU"
        )


class Statistics:
    """Collects the times of one session."""

    def __init__(self) -> None:
        """Start the clock of the CPU share."""
        self._positions: deque[float] = deque(maxlen=KEPT_S * FPS)
        self._paints: deque[float] = deque(maxlen=KEPT_S * FPS)
        self._newest = 0.0  # when the sound of the newest position was read
        self._shown = 0.0  # the same of what the window was told to show and has not painted; 0 for none
        self._frames = self._together = self._late = self._overruns = 0
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def followed(self, heard_at: float, frames: int, overruns: int) -> None:
        """Frames have become positions. The following thread's.

        Args:
            heard_at: `time.perf_counter` when the samples of the newest of them were read.
            frames: how many they are.
            overruns: of the frame ring so far.
        """
        self._positions.append(time.perf_counter() - heard_at)
        self._frames += frames
        self._together += frames - 1
        self._overruns = overruns
        self._newest = heard_at

    def shown(self) -> None:
        """The window was given the newest position. The window's thread's, as is `painted`."""
        self._shown = self._newest

    def painted(self) -> None:
        """The page was painted."""
        if self._shown:
            took = time.perf_counter() - self._shown
            self._paints.append(took)
            self._late += took > LATE_S
            self._shown = 0.0

    def figures(self) -> SessionFigures:
        """What was collected."""
        elapsed = max(1e-6, time.perf_counter() - self._began)
        return SessionFigures(
            position=_spread(self._positions.copy()),
            paint=_spread(self._paints.copy()),
            frames=self._frames,
            together=self._together,
            late=self._late,
            overruns=self._overruns,
            cpu=(time.process_time() - self._cpu) / elapsed,
        )


def _spread(seconds: Iterable[float]) -> LatencyPercentiles:
    ms = 1e3 * np.fromiter(seconds, np.float64)
    return (
        LatencyPercentiles(*(float(v) for v in np.percentile(ms, (50, 95, 99, 100))))
        if len(ms)
        else LatencyPercentiles()
    )
