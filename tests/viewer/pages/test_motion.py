"""The highlight moves smoothly, never too far, and leaps where it is elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefollow.viewer.pages.motion import LEAP_PT, TIME_S, Glide


def test_the_first_place_is_where_it_is_at_once() -> None:
    glide = Glide()
    glide.aim("line", 100.0, 0.0)
    assert (glide.at(0.0), glide.moving) == (100.0, False)


def test_it_comes_near_and_arrives() -> None:
    glide = Glide()
    glide.aim("line", 100.0, 0.0)
    glide.aim("line", 110.0, 1.0)
    assert glide.at(1.0) == 100.0
    assert glide.at(1.0 + TIME_S) == pytest.approx(110 - 10 / 2.718, abs=0.01)
    assert glide.at(2.0) == 110.0
    assert not glide.moving


def test_another_line_and_a_far_place_are_no_motion() -> None:
    glide = Glide()
    glide.aim("line", 100.0, 0.0)
    glide.aim("next", 90.0, 1.0)
    assert glide.at(1.0) == 90.0
    glide.aim("next", 90.0 + LEAP_PT + 1, 2.0)
    assert not glide.moving


@given(st.lists(st.tuples(st.floats(0.0, 0.2), st.floats(0, 50)), min_size=2, max_size=30))
def test_it_never_goes_beyond_where_it_is_to_go(steps: list[tuple[float, float]]) -> None:
    glide, now = Glide(), 0.0
    glide.aim("line", 25.0, now)
    for wait, goal in steps:
        before = glide.at(now)
        glide.aim("line", goal, now)
        for part in range(1, 5):
            x = glide.at(now + wait * part / 4)
            assert min(before, goal) - 1e-9 <= x <= max(before, goal) + 1e-9
            before = x
        now += wait
