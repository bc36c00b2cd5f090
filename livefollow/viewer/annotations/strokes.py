"""From the places that a pen, mouse or finger reports to a smooth stroke with few points. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from livefollow.score.annotations.geometry import distance
from livefollow.score.annotations.kinds import MOST_POINTS, Point

FOLLOW = 0.5  # share of the way to a new place that the stroke goes: hands tremble, tablets have noise
LEAST, MOST = 0.4, 1.6  # factors on the width at no and at full pressure
EVEN = 0.5  # pressure of what has none: mouse and fingers
STEP_PT = 0.25  # shorter ways are noise
TOLERANCE_PT = 0.08  # a point is left out that is no further from the line without it: 1/3 px at four times the size


class StrokeMaker:
    """One stroke while it is drawn.

    Attributes:
        points: so far; complete after `end`.
    """

    def __init__(self, width: float) -> None:
        """Begin without a point.

        Args:
            width: in points, at middling pressure.
        """
        self._width = width
        self.points: list[Point] = []
        self._last: Point | None = None  # as it was reported

    def add(self, x: float, y: float, pressure: float = EVEN) -> bool:
        """Take the next place; whether the stroke has grown.

        Args:
            x, y: points.
            pressure: 0 to 1.
        """
        width = self._width * (LEAST + (MOST - LEAST) * min(1.0, max(0.0, pressure)))
        self._last = x, y, width
        if not self.points:
            self.points.append(self._last)
            return True
        before = self.points[-1]
        now = tuple(a + FOLLOW * (b - a) for a, b in zip(before, self._last, strict=True))
        if math.hypot(now[0] - before[0], now[1] - before[1]) < STEP_PT or len(self.points) >= MOST_POINTS - 1:
            return False
        self.points.append((now[0], now[1], now[2]))
        return True

    def end(self) -> tuple[Point, ...]:
        """Return the whole stroke, up to where the pen was lifted, without points that change nothing."""
        first = self.points[0] if self.points else None
        if self._last and first:
            way = math.hypot(self._last[0] - self.points[-1][0], self._last[1] - self.points[-1][1])
            if way >= STEP_PT:
                self.points.append((self._last[0], self._last[1], self.points[-1][2]))
        if len(self.points) == 1 and self._last:
            # A dot is as wide as it was pressed at most, not when the pen touched down.
            self.points = [(self.points[0][0], self.points[0][1], max(self.points[0][2], self._last[2]))]
        return tuple(simplified(self.points))


def simplified(points: Sequence[Point]) -> list[Point]:
    """Leave out points within TOLERANCE_PT of the line between those kept, in place and in width."""
    kept = {0, len(points) - 1}
    parts = [(0, len(points) - 1)]
    while parts:
        start, end = parts.pop()
        worst, at = 0.0, 0
        a, b = points[start], points[end]
        for i in range(start + 1, end):
            share = (i - start) / (end - start)
            width = abs(points[i][2] - a[2] - share * (b[2] - a[2])) / 2
            off = max(distance(points[i][0], points[i][1], a, b), width)
            if off > worst:
                worst, at = off, i
        if worst > TOLERANCE_PT:
            kept.add(at)
            parts += [(start, at), (at, end)]
    return [points[i] for i in sorted(kept)]
