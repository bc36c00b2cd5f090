"""What a follower does is told in words, once for each change."""

import logging
from dataclasses import replace

import pytest

from livefollow.follow.narration import LEAP_PX, Narration
from livefollow.follow.position import Position, State

FIRST = Position(
    time_s=61.5,
    page=1,
    system=2,
    x_pt=100.0,
    top_pt=50.0,
    bottom_pt=90.0,
    strip_x=900.0,
    speed=0.0,
    confidence=0.25,
    state=State.WAITING,
)


def told(caplog: pytest.LogCaptureFixture, *positions: Position) -> list[str]:
    narration = Narration()
    with caplog.at_level(logging.INFO, logger="livefollow"):
        for position in positions:
            narration.hear(position)
    return caplog.messages


def test_a_state_is_told_when_it_changes(caplog: pytest.LogCaptureFixture) -> None:
    following = replace(FIRST, time_s=62.0, state=State.FOLLOWING, confidence=0.9)
    assert told(caplog, FIRST, FIRST, following, following) == [
        "1:01.5 waiting, page 1, system 2, confidence 0.25",
        "1:02.0 following, page 1, system 2, confidence 0.90",
    ]


def test_a_leap_is_told_with_both_ends(caplog: pytest.LogCaptureFixture) -> None:
    near = replace(FIRST, strip_x=FIRST.strip_x + LEAP_PX)
    away = replace(near, page=2, system=2, strip_x=near.strip_x + LEAP_PX + 1)
    back = replace(FIRST, time_s=63.0)
    assert told(caplog, FIRST, near, away, back)[1:] == [
        "1:01.5 leaps on to page 2, system 2, from page 1, system 2, confidence 0.25",
        "1:03.0 leaps back to page 1, system 2, from page 2, system 2, confidence 0.25",
    ]


def test_the_next_line_is_no_leap(caplog: pytest.LogCaptureFixture) -> None:
    line = replace(FIRST, system=3, strip_x=FIRST.strip_x + 2 * LEAP_PX)
    page = replace(line, page=2, system=1, strip_x=line.strip_x + 2 * LEAP_PX)
    assert len(told(caplog, FIRST, line, page)) == 1
