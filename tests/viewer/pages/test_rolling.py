"""Where the width fits, the system that is played never moves, and what comes next is there before it is needed."""

import pytest

from livefollow.viewer.pages.layout import PageBox
from livefollow.viewer.pages.rolling import DWELL_S, Rolling, slices_of

SYSTEMS = [(page, 100.0 + 150 * k, 200.0 + 150 * k) for page in (3, 1) for k in range(4)]
WIDTH, HEIGHT = 1366, 700


def boxes(_page: int) -> PageBox:
    return PageBox(20.0, 50.0, 560.0, 700.0)


@pytest.fixture
def rolling() -> Rolling:
    rolling = Rolling(slices_of(SYSTEMS))
    rolling.fit(boxes, WIDTH, HEIGHT)
    return rolling


def test_pages_are_cut_between_their_systems() -> None:
    parts = slices_of(SYSTEMS)
    assert [(p.page, p.top, p.bottom) for p in parts[:2]] == [(3, 75.0, 225.0), (3, 225.0, 375.0)]
    assert slices_of([(1, 100.0, 200.0)])[0].top < 100


def test_the_width_fits_or_two_systems_do(rolling: Rolling) -> None:
    count, scale = rolling.fit(boxes, WIDTH, HEIGHT)
    assert count == 2
    assert scale == pytest.approx(min(WIDTH / 560, HEIGHT / 300))
    assert rolling.fit(boxes, 400, 1000) == (9, pytest.approx(400 / 560))


def test_each_system_lies_whole_in_its_place(rolling: Rolling) -> None:
    first, second = rolling.panes(boxes, WIDTH, HEIGHT)
    for pane, part in zip((first, second), rolling.slices, strict=False):
        assert pane.to_screen(0, part.top)[1] == pytest.approx(pane.top, abs=1)
        assert pane.to_screen(0, part.bottom)[1] <= pane.top + pane.height + 1
    assert first.top + first.height <= second.top + 1


def test_what_is_played_stays_and_what_was_played_is_replaced_after_a_while(rolling: Rolling) -> None:
    time_s, before = 0.0, {}
    for system in range(len(SYSTEMS)):
        for _ in range(60):
            time_s += 0.05
            rolling.follow(range(system, min(system + 2, len(SYSTEMS))), time_s)
            place = rolling.places.index(system)
            assert before.setdefault(system, place) == place  # where it was first seen
        if system + 1 < len(SYSTEMS):
            before.setdefault(system + 1, rolling.places.index(system + 1))
    assert before[0] == 0


def test_the_one_that_was_left_is_seen_a_little_longer(rolling: Rolling) -> None:
    rolling.follow([0, 1], 1.0)
    assert not rolling.follow([1, 2], 2.0)
    assert rolling.places == [0, 1]
    assert rolling.follow([1, 2], 2.0 + DWELL_S)
    assert rolling.places == [2, 1]
    assert rolling.seams() == [1]


def test_a_link_is_seen_before_it_is_taken(rolling: Rolling) -> None:
    rolling.follow([3, 0], 1.0)
    rolling.follow([3, 0], 3.0)
    assert sorted(rolling.places) == [0, 3]


def test_who_leaps_elsewhere_is_shown_there_at_once(rolling: Rolling) -> None:
    rolling.follow([0, 1], 1.0)
    assert rolling.follow([5, 6], 1.05)
    assert rolling.places == [5, 6]


def test_by_hand_it_goes_on_without_leaving_out_a_system(rolling: Rolling) -> None:
    seen = set(rolling.places)
    while (index := rolling.step(forward=True)) is not None:
        assert index in rolling.places  # one is seen again
        rolling.show(index)
        seen |= set(rolling.places)
    assert seen >= set(range(len(SYSTEMS)))
    while (index := rolling.step(forward=False)) is not None:
        rolling.show(index)
    assert rolling.places[0] == 0
