"""A practice loop: from here to there, again. When the end is reached, cursor and pages go back to the start."""

from __future__ import annotations

from dataclasses import dataclass

from livefollow.follow.position import Position, State

SLACK_PX = 6.0  # strip px before the end that count as having reached it: a cursor stands where the last note is
LEAP_PX = 170.0  # strip px from one position to the next that are a leap, not the player's going on
SURE = 0.5  # confidence from which a position counts


@dataclass(frozen=True)
class Loop:
    """Where it begins and ends, strip px."""

    start_x: float
    end_x: float


def has_come_round(loop: Loop, before: Position | None, now: Position) -> bool:
    """Whether the player has just played the loop to its end.

    He has who was inside, and is at the end or beyond it without having leapt there. Who plays on beyond the end, or
    elsewhere, is left alone until he has been inside again.

    Args:
        loop: start before end.
        before: the position before, if there was one since the last return.
        now: the newest.
    """
    if before is None or not all(_counts(position) for position in (before, now)):
        return False
    end_x = loop.end_x - SLACK_PX
    inside = loop.start_x - SLACK_PX <= before.strip_x < end_x
    return inside and now.strip_x >= end_x and now.strip_x - before.strip_x < LEAP_PX


def _counts(position: Position) -> bool:
    return position.state in (State.FOLLOWING, State.HOLDING, State.FINISHED) and position.confidence >= SURE
