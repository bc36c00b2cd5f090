"""Score time, the cursor's own space: the strip with its events moved to where their note values put them.

On the strip, clefs and signatures stand between the last note of a system and the first of the next, and a long note
takes hardly more paper than a short one: a cursor that moves there at constant speed is never with a player who keeps
a steady tempo. In *music px*, events are as far apart as their note values say; a system stays about as long as it is
printed. So tempo is speed, and line breaks disappear. `spacing` 0 leaves the events where they are printed.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import numpy.typing as npt

from livefollow.score.reading import Reading

Array = npt.NDArray[np.float64]

SPACING = 1.0  # how far events are moved from where they are printed to where their note values are
LEAST, MOST = 0.4, 2.5  # × the printed distance: note values are misread at times
PX_PER_QUARTER = 36.0  # where a system has one event only
LAST_PX = 40.0  # strip px beyond the last event of a system that its note is drawn out
BREAK_PX = (8.0, 100.0)  # music px between two systems
NEAREST_PX = 1.0  # between two events
ON_EVENT_PX = 1e-3  # strip px before an event that are on it: rounded


class ScoreTime:
    """Converts between strip px and music px, by E > 0 events and linearly between them.

    A longer reading that begins with the same systems is laid out the same there.

    Attributes:
        x: (E,) music px of the events, rising; the first is at 0.
        gap: (E,) music px until the next event, of the last one until its note is over.
        line: E music px, of the first event of each event's system.
        beats: (E,) quarter notes until the next event.
    """

    def __init__(self, reading: Reading, spacing: float = SPACING) -> None:
        """Lay out the events of a reading.

        Args:
            reading: one event at least.
            spacing: 0 as printed ... 1 as the note values say.
        """
        self.beats = np.maximum(reading.beats, 1 / 16).astype(np.float64)
        self._strip = reading.x.astype(np.float64)
        self._ends = np.diff(reading.system, append=-1) != 0  # the last events of systems
        printed = np.maximum(np.diff(self._strip, append=np.inf), NEAREST_PX)
        scale = self._px_per_quarter(printed, reading.system)
        by_value = np.clip(scale * self.beats, LEAST * printed, MOST * printed)
        even = printed ** (1 - spacing) * by_value**spacing if spacing < 1 else by_value
        self.gap = np.where(self._ends, np.clip(scale * self.beats, *BREAK_PX), even)
        self._reach = np.where(self._ends, np.minimum(printed, LAST_PX), printed)
        self.x = np.concatenate([[0.0], np.cumsum(self.gap[:-1])])
        # Plain numbers, for one place a frame: the events on the strip and in the music, and how long each is in both.
        self._at, self._begins = self._strip.tolist(), self.x.tolist()
        self._lengths = list(zip(self._reach.tolist(), self.gap.tolist(), strict=True))
        lines = np.where(np.diff(reading.system, prepend=-1) != 0, self.x, 0.0)
        self.line: list[float] = np.maximum.accumulate(lines).tolist()

    def from_strip(self, x: npt.ArrayLike) -> Array:
        """Convert strip px to music px; what stands before a system's first event is at that event."""
        at = np.asarray(x, np.float64)
        i = self._event(self._strip, at)
        share = (at - self._strip[i]) / self._reach[i]
        return np.asarray(
            np.where(at < self._strip[0], at - self._strip[0], self.x[i] + np.minimum(share, 1) * self.gap[i])
        )

    def printed(self, x: float) -> tuple[float, float]:
        """Find one music px on the strip.

        Returns:
            Strip px, and strip px per music px there.
        """
        i = max(self.reached(x) - 1, 0)
        reach, gap = self._lengths[i]
        scale = reach / gap
        if x < 0:
            return max(self._at[0] + x, 0.0), scale
        return self._at[i] + min((x - self._begins[i]) * scale, reach), scale

    def played(self, x: float) -> tuple[int, float, float]:
        """Find one strip px in the music.

        Returns:
            The event at or before it, or the first; music px; and music px per strip px there.
        """
        i = max(bisect_right(self._at, x + ON_EVENT_PX) - 1, 0)
        ahead, (reach, gap) = x - self._at[i], self._lengths[i]
        scale = gap / reach
        return i, ahead if ahead < 0 and i == 0 else self._begins[i] + min(max(ahead, 0) * scale, gap), scale

    def span(self, event: int) -> tuple[float, float]:
        """Music px at which an event begins, and until the next one."""
        return self._begins[event], self._lengths[event][1]

    def reached(self, x: float) -> int:
        """Count the events at or before a music px."""
        return bisect_right(self._begins, x)

    def _event(self, places: Array, at: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """Indices of the events at or before places."""
        return np.clip(np.searchsorted(places, at, "right") - 1, 0, len(places) - 1)

    def _px_per_quarter(self, printed: Array, system: npt.NDArray[np.int32]) -> Array:
        """(E,) px per quarter note of each event's system: its printed length over its note values."""
        inner = ~self._ends
        count = int(system.max()) + 1
        px = np.bincount(system[inner], printed[inner], count)
        quarters = np.bincount(system[inner], self.beats[inner], count)
        return np.asarray(np.where(px > 0, px / np.maximum(quarters, 1e-9), PX_PER_QUARTER)[system])
