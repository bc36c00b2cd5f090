"""The cost of following: latency from sound to position and to the screen, late paints, and CPU load.

The following thread reports positions, the window thread paints; each appends to its own deque, and any thread may
read the figures.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from livefollow.constants import FPS

KEPT_S = 600  # seconds of frames that the figures are about
LATE_S = 0.05  # seconds from samples to paint that count as late


@dataclass(frozen=True)
class LatencyPercentiles:
    """Percentiles and maximum, ms; zeros if nothing was measured."""

    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    most: float = 0.0

    def __str__(self) -> str:
        """Format the values as shown in the status bar."""
        return f"{self.p50:.0f} / {self.p95:.0f} / {self.p99:.0f} / {self.most:.0f} ms"


@dataclass(frozen=True)
class SessionFigures:
    """Figures of the last KEPT_S seconds; counters and CPU load since the beginning.

    Attributes:
        position: latency from reading the last samples of a frame to its position.
        paint: latency from there to the end of the paint that shows it, for the newest frame of each paint.
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
        """Format the figures in one line for status bar and log."""
        return (
            f"sound → position {self.position}, → paint {self.paint} (p50 / p95 / p99 / max); "
            f"{self.late} late of {self.frames}, {self.overruns} overruns; {100 * self.cpu:.0f} % CPU"
        )


class Statistics:
    """Collects the times of one session."""

    def __init__(self) -> None:
        """Start measuring the CPU load."""
        self._positions: deque[float] = deque(maxlen=KEPT_S * FPS)
        self._paints: deque[float] = deque(maxlen=KEPT_S * FPS)
        self._newest = 0.0  # when the sound of the newest position was read
        self._shown = 0.0  # the same for the position that waits to be painted; 0 for none
        self._frames = self._together = self._late = self._overruns = 0
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def followed(self, heard_at: float, frames: int, overruns: int) -> None:
        """Count frames that became positions. Following thread only.

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
        """Note that the window got the newest position. Window thread only, as is `painted`."""
        self._shown = self._newest

    def painted(self) -> None:
        """Note that the page was painted."""
        if self._shown:
            took = time.perf_counter() - self._shown
            self._paints.append(took)
            self._late += took > LATE_S
            self._shown = 0.0

    def figures(self) -> SessionFigures:
        """Return the figures collected so far."""
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
