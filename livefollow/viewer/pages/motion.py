"""Smooth motion of the highlight from position to position, without overshooting. Pure: time is passed in."""

from __future__ import annotations

import math

TIME_S = 0.06  # in which the distance shrinks to 1/e: twenty positions a second look like one motion
ARRIVED_PT = 0.1
LEAP_PT = 60.0  # a longer way is a jump, not a motion


class Glide:
    """A number that glides towards a target."""

    def __init__(self) -> None:
        self._line: object = None
        self._x = self._goal = 0.0
        self._time_s = 0.0

    @property
    def moving(self) -> bool:
        """Whether it has not arrived yet."""
        return self._x != self._goal

    def aim(self, line: object, x: float, now_s: float) -> None:
        """Set the target.

        Args:
            line: what it moves along; on another line it jumps.
            x: points.
            now_s: seconds on any clock that does not go back.
        """
        here = self.at(now_s)
        if line != self._line or abs(x - here) > LEAP_PT:
            self._x = x
        self._line, self._goal, self._time_s = line, x, now_s

    def at(self, now_s: float) -> float:
        """Return where it is at a time, points."""
        elapsed = max(0.0, now_s - self._time_s)
        self._time_s = max(now_s, self._time_s)
        self._x = self._goal + (self._x - self._goal) * math.exp(-elapsed / TIME_S)
        if abs(self._x - self._goal) < ARRIVED_PT:
            self._x = self._goal
        return self._x
