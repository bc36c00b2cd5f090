"""The logic of a practice loop: when its end is reached, cursor and pages go back to the start."""

from __future__ import annotations

from dataclasses import dataclass

from livefollow.follow.position import Position, State

SLACK_PX = 6.0  # strip px before the end that already count as the end: the cursor stops at the last note
LEAP_PX = 170.0  # strip px from one position to the next that are a leap, not playing on
SURE = 0.5  # confidence from which a position counts


@dataclass(frozen=True)
class Loop:
    """Start and end of a loop, strip px."""

    start_x: float
    end_x: float


def has_reached_end(loop: Loop, before: Position | None, now: Position) -> bool:
    """Whether the player has just played the loop to its end.

    They have if they were inside and are now at the end or beyond, without a leap. A player who plays on beyond the
    end, or elsewhere, is left alone until they have been inside again.

    Args:
        loop: start before end.
        before: the previous position, if there is one since the last return.
        now: the newest.
    """
    if before is None or not all(_counts(position) for position in (before, now)):
        return False
    end_x = loop.end_x - SLACK_PX
    inside = loop.start_x - SLACK_PX <= before.strip_x < end_x
    return inside and now.strip_x >= end_x and now.strip_x - before.strip_x < LEAP_PX


def _counts(position: Position) -> bool:
    return position.state in (State.FOLLOWING, State.HOLDING, State.FINISHED) and position.confidence >= SURE
