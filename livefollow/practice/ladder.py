"""The tempo ladder of a practice loop: from rung to rung, each time the loop was played without a stop."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from livefollow.practice.bar_map import BarMap
from livefollow.practice.passes import Frames, Leap, find_passes, find_stops, held_back, sure_frames

FOLLOWED = 0.8  # share of a pass that must be followed surely: of what was not, nothing is said
MOST_RUNGS = 30


class Ladder(NamedTuple):
    """Tempi from a first to a last one, in equal steps.

    Attributes:
        first: quarter notes a minute.
        last: the same, at the top.
        rungs: how many tempi there are, both included; 2 or more.
    """

    first: float
    last: float
    rungs: int

    def tempo(self, rung: int) -> int:
        """Return the tempo of a rung, from 1."""
        share = (min(max(rung, 1), self.rungs) - 1) / (self.rungs - 1)
        return round(self.first + share * (self.last - self.first))

    def after(self, rung: int, fluent: bool | None) -> int:
        """Return the rung after a pass: the next if it was fluent, else the same."""
        return min(rung + 1, self.rungs) if fluent else rung


def was_fluent(frames: Frames, bars: BarMap, end_x: float) -> bool | None:
    """Whether a pass was played without a stop, and without going back or leaving anything out.

    Args:
        frames: of the pass, from its first notes to its end.
        bars: of the score.
        end_x: strip px of its end; a wait at the last notes before it is no stop.

    Returns:
        None where it was not followed surely enough to say.
    """
    if not len(frames) or sure_frames(frames).mean() < FOLLOWED:
        return None
    held = held_back(frames, bars)
    passes = find_passes(held, bars)
    if not passes:
        return None
    if any(one.arrived in (Leap.BACK, Leap.SKIP) for one in passes):
        return False
    before_end = bars.event_x[bars.event_x < end_x]
    last_x = float(before_end[-1]) if len(before_end) else np.inf
    return not any(stop.x < last_x for stop in find_stops(held, passes))
