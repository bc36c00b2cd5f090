"""Repeats are found, taken once, and known again when the player comes back to them."""

import numpy as np

from livefollow.score.links.ways import Link, PlayedWay, after
from livefollow.score.reading import BAR_LINE, FINAL, MARK, REPEAT_END, REPEAT_START, Reading
from livefollow.score.repeats import read_repeats
from livefollow.turning.goals import goal_of, page_finder
from livefollow.turning.types import Goal


def marked(*marks: tuple[float, int]) -> Reading:
    x = np.arange(50.0, 3000.0, 50)
    n = len(x)
    return Reading(
        x,
        np.zeros((n, 88), np.float32),
        np.ones(n, np.float32),
        np.ones(n, np.float32),
        np.zeros(n, np.int32),
        np.array([(at, kind, 1.0) for at, kind in marks], MARK),
    )


def test_each_end_belongs_to_the_start_before_it() -> None:
    reading = marked((700, BAR_LINE), (1000, REPEAT_END), (1010, REPEAT_START), (1800, REPEAT_END), (2900, FINAL))
    assert read_repeats(reading) == (Link(1000, 50), Link(1800, 1010))


def test_an_end_without_a_start_goes_back_to_the_end_before() -> None:
    assert read_repeats(marked((1000, REPEAT_END), (1800, REPEAT_END))) == (Link(1000, 50), Link(1800, 1000))


REPEATS = (Link(1000, 50), Link(1800, 1000))
PAGE_AT = page_finder([0, 1000], [1, 2])


def way(*xs: float) -> PlayedWay:
    played = PlayedWay()
    for x in xs:
        played = after(played, x, REPEATS)
    return played


def test_the_end_of_a_repeat_is_where_the_player_goes_back() -> None:
    assert goal_of(PlayedWay(), 500, REPEATS, PAGE_AT) == Goal(1000, 1, enter=50)
    assert goal_of(PlayedWay(), 1300, REPEATS, PAGE_AT) == Goal(1800, 2, enter=1000)
    assert goal_of(PlayedWay(), 2500, REPEATS, PAGE_AT) is None


def test_before_the_page_on_which_a_repeat_ends_pages_are_turned_as_always() -> None:
    over_the_page = (Link(1500, 500),)
    assert goal_of(PlayedWay(), 900, over_the_page, PAGE_AT) is None
    assert goal_of(PlayedWay(), 1100, over_the_page, PAGE_AT) == Goal(1500, 1, enter=500)
    assert goal_of(PlayedWay(), 1100, (Link(1000, 50),), PAGE_AT) is None  # they have not gone back


def test_a_repeat_is_played_once() -> None:
    played = way(500, 990, 60, 500)
    assert goal_of(played, 500, REPEATS, PAGE_AT) is None
    on = after(played, 1300, REPEATS)
    assert goal_of(on, 1300, REPEATS, PAGE_AT) == Goal(1800, 2, enter=1000)
    assert goal_of(way(500, 990, 60, 500, 990, 1010, 1790, 1010), 1300, REPEATS, PAGE_AT) is None


def test_who_comes_back_later_repeats_again() -> None:
    played = way(500, 990, 60, 990, 1300, 500)
    assert goal_of(played, 500, REPEATS, PAGE_AT) == Goal(1000, 1, enter=50)


def test_the_players_own_word_counts() -> None:
    own = (*REPEATS, Link(1000, 300, sure=True))
    assert goal_of(PlayedWay(), 500, own, PAGE_AT) == Goal(1000, 1, sure=True, enter=300)
