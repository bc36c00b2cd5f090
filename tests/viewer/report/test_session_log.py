"""What is kept of a session is where the player was heard."""

from __future__ import annotations

from dataclasses import replace

from livefollow.follow.position import Position, State
from livefollow.viewer.report.session_log import SessionLog

SHOWN = Position(
    time_s=1.0,
    page=1,
    system=1,
    x_pt=90.0,
    top_pt=50.0,
    bottom_pt=90.0,
    strip_x=300.0,
    speed=4.0,
    confidence=1.0,
    state=State.FOLLOWING,
)


def test_a_cursor_that_glides_is_not_what_is_looked_back_at() -> None:
    log = SessionLog()
    log.take([SHOWN, replace(SHOWN, time_s=1.05, heard=replace(SHOWN, time_s=1.05, page=2, strip_x=900.0))])
    track = log.track()
    assert track
    assert track.strip_x.tolist() == [300.0, 900.0]
    assert track.page.tolist() == [1, 2]
