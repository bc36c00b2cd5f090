"""Where in a score players begin, or go on after they broke off.

Repeats that were taken already are remembered: they are rarely taken again, and the second time skips the first ending.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.follow.hmm.settings import Settings
from livefollow.score.reading import BAR_LINE, REPEAT_END, REPEAT_START, Reading

FloatArray = npt.NDArray[np.float32]

EARLY = 3  # events at the end of a repeat from which the player may go back
REACH = 400  # events within which a player goes on nearby
NOTHING = 1e-9  # shares


class Transitions:
    """Chances to enter at each of E events; the first is the silence before the piece."""

    def __init__(self, reading: Reading, settings: Settings) -> None:
        self._settings = s = settings.transition
        n = len(reading)
        base = np.zeros(n + 1, np.float32)
        self._repeats: dict[int, list[tuple[int, float]]] = {}
        self._at_bar = np.ones(n + 1, np.float32)
        if n:
            marks = reading.marks
            base[1:] += s.anywhere / n
            base[1] += s.beginning
            systems = np.flatnonzero(np.diff(reading.system, prepend=-1)) + 1
            base[systems] += s.systems / len(systems)
            for kinds, share in (
                ((BAR_LINE, REPEAT_START, REPEAT_END), s.bars),
                ((REPEAT_START, REPEAT_END), s.repeats),
            ):
                at = self._after(reading, marks[np.isin(marks["kind"], kinds)]["x"])
                base[at] += share / max(1, len(at))
                if BAR_LINE in kinds:
                    self._at_bar[at] = s.at_bar
            self._at_bar[systems] = s.at_bar
            self._find_repeats(reading)
        self._base = base / max(float(base.sum()), NOTHING) * (1 - s.nearby)
        offset = np.arange(-REACH, REACH + 1)
        kernel = np.where(offset <= 1, 1.0, s.forward) / (s.far + np.abs(offset)) ** s.fades
        self._kernel = kernel.astype(np.float32)
        self._near: tuple[int, slice, FloatArray, float] | None = None  # of the event that was asked for last

    def at(self, event: int, mass: float) -> FloatArray:
        """(E,) masses that enter, of a player who was on an event."""
        entering = np.float32(mass) * self._base
        known = self._near
        if known is None or known[0] != event:
            known = self._near = (event, *self._about(event))
        _, where, near, total = known
        if total:
            entering[where] += np.float32(mass * self._settings.nearby / total) * near
        return entering

    def _about(self, event: int) -> tuple[slice, FloatArray, float]:
        """The events about one, how likely each is entered from there, and the sum of that."""
        first, last = max(1, event - REACH), min(len(self._base), event + REACH + 1)
        near = self._kernel[first - event + REACH : last - event + REACH] * self._at_bar[first:last]
        return slice(first, last), near, float(near.sum())

    def repeats_from(self, event: int) -> list[tuple[int, float]]:
        """Where repeats lead from an event, and with which weights: back from their end, and past a first ending."""
        return self._repeats.get(event, [])

    def _find_repeats(self, reading: Reading) -> None:
        s, marks = self._settings, reading.marks
        starts = self._after(reading, marks[marks["kind"] == REPEAT_START]["x"])
        ends = self._after(reading, marks[marks["kind"] == REPEAT_END]["x"], past_end=True)
        bars = self._after(reading, marks[np.isin(marks["kind"], (BAR_LINE, REPEAT_START, REPEAT_END))]["x"])
        before = 1
        for end in ends.tolist():
            begun = starts[(starts < end) & (starts >= before)]
            target = int(begun[-1]) if len(begun) else before
            for back, weight in enumerate((1.0, s.repeat_early, s.repeat_earlier), 1):
                if end - back >= target:
                    self._repeats.setdefault(end - back, []).append((target, weight))
            if end <= len(reading):
                for bar in bars[(bars > target) & (bars < end)][-s.ending_bars :].tolist():
                    self._repeats.setdefault(bar - 1, []).append((end, s.first_ending))
            before = min(end, len(reading))

    @staticmethod
    def _after(reading: Reading, x: npt.NDArray[np.floating], past_end: bool = False) -> npt.NDArray[np.intp]:
        """Indices (from 1) of the events that follow some places."""
        at = np.unique(np.searchsorted(reading.x, x)) + 1
        return at if past_end else at[at <= len(reading)]


class RepeatsTaken:
    """Repeats taken, and not left since."""

    def __init__(self, settings: Settings) -> None:
        """Start with no repeat taken."""
        self._settings = settings.transition
        self._last: dict[int, int] = {}  # of a repeat: its first event → its last one

    def went_back(self, transitions: Transitions, before: int, event: int) -> None:
        """The player went back from an event to another one."""
        near = self._settings.repeat_near
        for source in range(max(1, before - near), before + EARLY):
            for target, _ in transitions.repeats_from(source):
                if target <= source and target - 1 <= event <= target + near:
                    self._last[target] = source

    def is_at(self, event: int) -> None:
        """Where the player is now: repeats that they have left may be taken again."""
        near = self._settings.repeat_near
        left = [first for first, last in self._last.items() if not first - near <= event <= last + near]
        for first in left:
            del self._last[first]

    def factor(self, event: int, target: int) -> float:
        """How much likelier than before the player goes from an event to where `Transitions.repeats_from` leads."""
        if target <= event:
            return self._settings.repeat_again if target in self._last else 1.0
        past_first_ending = any(first < event < target == last + 1 for first, last in self._last.items())
        return self._settings.repeat_on if past_first_ending else 1.0
