"""Stretches of playing on three pages of 1000 strip px, as the follower tells them."""

from collections.abc import Iterator
from typing import NamedTuple

from livefollow.follow.position import State

FPS = 20


class Row(NamedTuple):
    time_s: float
    page: int
    strip_x: float
    confidence: float = 1.0
    state: State = State.FOLLOWING


class Play(NamedTuple):
    """A stretch of playing: from strip x to strip x in so many seconds."""

    start: float
    end: float
    seconds: float
    confidence: float = 1.0
    state: State = State.FOLLOWING


def rows(*parts: Play) -> Iterator[Row]:
    frame = 0
    for part in parts:
        n = round(part.seconds * FPS)
        for k in range(n):
            x = part.start + (part.end - part.start) * k / n
            yield Row(frame / FPS, min(3, int(x // 1000) + 1), x, part.confidence, part.state)
            frame += 1
