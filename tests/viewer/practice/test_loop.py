"""When a practice loop returns, and when it leaves the player alone."""

import pytest

from livefollow.follow.position import Position, State
from livefollow.viewer.practice.loop import Loop, has_reached_end

LOOP = Loop(1000.0, 2000.0)


def at(x: float, state: State = State.FOLLOWING, confidence: float = 0.9) -> Position:
    return Position(
        time_s=0.0,
        page=1,
        system=1,
        x_pt=0.0,
        top_pt=0.0,
        bottom_pt=0.0,
        strip_x=x,
        speed=2.0,
        confidence=confidence,
        state=state,
    )


@pytest.mark.parametrize(
    ("before", "now", "returns"),
    [
        (at(1990), at(2001), True),
        (at(1990), at(1995), True),  # stands on the last note
        (at(1990, State.HOLDING), at(2001, State.HOLDING), True),
        (at(1990), at(2001, State.FINISHED), True),
        (at(1500), at(1502), False),  # in the middle
        (at(1996), at(2001), False),  # returned already
        (at(2100), at(2102), False),  # plays on beyond it
        (at(500), at(502), False),  # before it
        (at(1500), at(2500), False),  # leapt
        (at(900), at(2001), False),
        (at(1990), at(2001, confidence=0.2), False),
        (at(1990, State.LOST), at(2001), False),
        (at(1990), at(2001, State.WAITING), False),
        (None, at(2001), False),
    ],
)
def test_table(before: Position | None, now: Position, returns: bool) -> None:
    assert has_reached_end(LOOP, before, now) is returns
