"""What is seen: whole pages, halves, and two side by side, by positions and by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.links.ways import END, Link
from livefollow.score.score import Score
from livefollow.score.strip import Strip
from livefollow.turning.page_spans import PageSpan
from livefollow.turning.stage import Stage
from livefollow.turning.view import Highlight, Layout, Spot, View
from livefollow.turning.view_style import stripes

DEMO = Path(__file__).parents[2] / "assets" / "demo" / "score.pdf"
FPS = 20


@pytest.fixture(scope="module")
def strip(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Strip]:
    """Three pages of six systems."""
    with Score(DEMO, data=tmp_path_factory.mktemp("data")) as score:
        list(score.read())
        yield score.strip


class Player:
    """Plays along the strip on a stage."""

    def __init__(self, strip: Strip, layout: Layout) -> None:
        self.stage = Stage(strip, 1, 3, layout)
        self._strip = strip
        self._frame = 0
        self.seen = [self.stage.view]

    def play(
        self, start: float, end: float, seconds: float, confidence: float = 1.0, state: State = State.FOLLOWING
    ) -> None:
        n = round(seconds * FPS)
        for k in range(n):
            x = start + (end - start) * k / n
            self.stage.show(on_strip(self._strip.at(x), Estimate(x, 1.0, confidence, state), self._frame / FPS))
            self._frame += 1
            if self.stage.view != self.seen[-1]:
                self.seen.append(self.stage.view)

    def system(self, page: int, number: int) -> float:
        """Strip px where a system starts."""
        return next(p.x0 for p in self._strip.placements if (p.system.page, p.number) == (page, number))

    def pages(self) -> list[tuple[int, int, Spot]]:
        return [(v.page, v.other, v.spot) for v in self.seen]


def test_half_turns(strip: Strip) -> None:
    player = Player(strip, Layout.HALF)
    player.play(0, strip.width - 1, 180)
    assert player.pages() == [
        (1, 0, Spot.NOWHERE),
        (1, 2, Spot.UPPER),
        (2, 0, Spot.NOWHERE),
        (2, 3, Spot.UPPER),
        (3, 0, Spot.NOWHERE),
    ]


@pytest.mark.parametrize("known", [True, False])
def test_who_holds_the_last_notes_has_read_the_page(strip: Strip, known: bool) -> None:
    player = Player(strip, Layout.SINGLE)
    next_page = player.system(2, 1)
    last = next_page - 120
    if known:
        player.stage.set_events(np.array([last - 300, last - 150, last, next_page + 10]))
    player.play(0, last, 120)
    player.play(last, last, 6, state=State.HOLDING)
    assert player.stage.page == (2 if known else 1)


def test_the_cut_lies_between_systems_and_the_other_part_ends_with_a_whole_one(strip: Strip) -> None:
    player = Player(strip, Layout.HALF)
    player.play(0, player.system(1, 6), 60)
    view = player.stage.view
    systems = {n: [p.system for p in strip.placements if p.system.page == n] for n in (1, 2)}
    for page, y in ((1, view.cut), (2, view.other_to)):
        assert not any(s.top <= y <= s.bottom for s in systems[page])
    assert view.other_to <= view.cut + systems[2][0].bottom - systems[2][0].top


def test_side_by_side_the_left_page_is_replaced_while_the_right_one_is_played(strip: Strip) -> None:
    player = Player(strip, Layout.TWO)
    player.play(0, strip.width - 1, 180)
    assert player.pages() == [(1, 2, Spot.BESIDE), (3, 2, Spot.BESIDE)]


def test_single_pages(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.play(0, strip.width - 1, 180)
    assert player.seen == [View(1), View(2), View(3)]


@pytest.mark.parametrize("layout", Layout)
def test_whatever_is_played_is_seen(strip: Strip, layout: Layout) -> None:
    player = Player(strip, layout)
    for k in range(0, strip.width - 60, 60):
        player.play(k, k + 60, 1)
        page = strip.to_page(k + 59).page
        assert page in player.stage.visible or player.stage.page == page + 1


def test_the_layout_may_change_while_one_plays(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.play(player.system(2, 1), player.system(2, 3), 10)
    for layout in (Layout.TWO, Layout.HALF, Layout.SINGLE):
        player.stage.set_layout(layout)
        assert 2 in player.stage.visible


def test_the_hand_turns_by_halves(strip: Strip) -> None:
    stage = Stage(strip, 1, 3, Layout.HALF)
    seen = []
    while stage.turn(forward=True):
        seen.append((stage.view.page, stage.view.other))
    assert seen == [(1, 2), (2, 0), (2, 3), (3, 0)]
    while stage.turn(forward=False):
        seen.append((stage.view.page, stage.view.other))
    assert seen[4:] == [(2, 0), (1, 0)]


def test_the_hand_turns_two_pages(strip: Strip) -> None:
    stage = Stage(strip, 1, 3, Layout.TWO)
    assert stage.turn(forward=True)
    assert (stage.view.page, stage.view.other) == (3, 0)
    assert not stage.turn(forward=True)
    assert stage.turn(forward=False)
    assert (stage.view.page, stage.view.other) == (1, 2)
    assert not stage.turn(forward=False)


def test_there_is_nothing_beyond_the_last_page_and_before_the_first(strip: Strip) -> None:
    stage = Stage(strip, 1, 3)
    assert not stage.turn(forward=False)
    assert [stage.turn(forward=True) for _ in range(3)] == [True, True, False]


def test_a_turn_is_taken_back_and_not_made_again(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    end = player.system(2, 1)
    player.play(end - 400, end - 40, 8)
    assert player.stage.view == View(2)
    assert player.stage.undo()
    player.play(end - 40, end - 10, 3)
    assert player.stage.view == View(1)
    player.play(end + 80, end + 300, 5)
    assert player.stage.view == View(2)


def test_nothing_to_take_back(strip: Strip) -> None:
    assert not Stage(strip, 1, 3).undo()


def test_who_turns_at_the_end_of_a_page_plays_on(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.play(player.system(1, 6), player.system(1, 6) + 200, 5)
    player.stage.turn(forward=True)
    assert player.stage.resume_x() is None


def test_who_turns_elsewhere_is_expected_on_top_of_the_page(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.play(0, 300, 5)
    player.stage.go_to(3)
    assert player.stage.resume_x() == player.system(3, 1)


def test_who_turns_elsewhere_is_expected_on_the_first_note(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    first = player.system(3, 1) + 70
    player.stage.set_events(np.array([100.0, first, first + 40]))
    player.stage.go_to(3)
    assert player.stage.resume_x() == first


def test_who_takes_a_look_elsewhere_back_is_expected_where_he_was(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.play(0, 900, 10)
    here = player.stage.newest
    player.stage.turn(forward=True)
    top = player.stage.resume_x()
    assert here
    assert top
    player.stage.went_to(2, top)
    player.stage.undo()
    assert player.stage.view == View(1)
    assert player.stage.resume_x() == here.strip_x


@pytest.mark.parametrize("layout", Layout)
def test_who_looks_elsewhere_and_plays_on_sees_what_he_plays(strip: Strip, layout: Layout) -> None:
    player = Player(strip, layout)
    player.play(0, 600, 8)
    player.stage.go_to(3)
    player.play(600, 900, 4)
    assert 1 in player.stage.visible


def test_a_turn_of_its_own_that_was_taken_back_is_not_made_again(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.stage.go_to(2)
    player.play(player.system(2, 1), player.system(2, 2), 8)
    player.play(300, 500, 5)
    assert player.stage.view == View(1)
    player.stage.undo()
    player.play(500, 900, 10)
    assert player.stage.view == View(2)


@pytest.mark.parametrize("layout", [Layout.HALF, Layout.SINGLE])
def test_a_window_that_becomes_narrow_keeps_the_page_that_is_played(strip: Strip, layout: Layout) -> None:
    player = Player(strip, Layout.TWO)
    player.play(0, 500, 8)
    player.stage.went_to(2, player.system(2, 3))
    player.play(500, 550, 0.5)  # they do not go there but play on
    player.stage.set_layout(layout)
    assert player.stage.view == View(1)


def test_who_points_near_the_end_of_the_other_page_is_turned_for(strip: Strip) -> None:
    player = Player(strip, Layout.TWO)
    end = player.system(3, 1)
    player.stage.went_to(2, end - 200)
    player.play(end - 200, end + 300, 10)
    assert 3 in player.stage.visible


def test_a_repeat_to_another_page_shows_both_places(strip: Strip) -> None:
    player = Player(strip, Layout.HALF)
    start, end = player.system(1, 2), player.system(3, 3)
    player.stage.set_links((Link(end, start),))
    player.play(player.system(2, 4), end - 30, 60)
    view = player.stage.view
    assert (view.page, view.other, view.spot) == (3, 1, Spot.LOWER)
    assert view.other_from is not None
    system = next(p.system for p in strip.placements if p.x0 == start)
    assert view.other_from < system.top
    player.play(start + 40, start + 400, 8)
    assert player.stage.view == View(1)


def test_a_repeat_that_is_not_taken_at_the_pages_end_leaves_no_trace(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    end = player.system(2, 1) - 2
    player.stage.set_links((Link(end, 100),))
    player.play(player.system(1, 4), player.system(2, 3), 60)
    assert player.pages() == [(1, 0, Spot.NOWHERE), (2, 0, Spot.NOWHERE)]


def test_a_repeat_from_page_to_page_does_not_hold_the_turn_back(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.stage.set_links((Link(player.system(2, 3), player.system(1, 2)),))
    player.play(player.system(1, 4), player.system(2, 1) - 5, 60)
    assert player.stage.view == View(2)


def test_a_repeat_of_ones_own_is_turned_back_in_time(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    start, end = player.system(1, 2), player.system(2, 3)
    player.stage.set_links((Link(end, start, sure=True),))
    player.play(player.system(2, 1), end - 15, 30)
    assert player.stage.view == View(1)


def test_doubt_is_told_and_does_not_flicker(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    said = []
    for confidence in (0.9, 0.45, 0.55, 0.52, 0.65, 0.55):
        player.play(100, 110, 0.5, confidence)
        said.append(player.stage.unsure)
    assert said == [False, True, True, True, False, False]


@pytest.mark.parametrize("top", [0.0, 40.0])
@pytest.mark.parametrize("room", [300.0, 330.0, 360.0, 395.0, 420.0])
def test_above_the_seam_there_is_no_room_for_a_further_system(top: float, room: float) -> None:
    systems = tuple((500.0 * k, 500.0 * (k + 1), 90 + 110 * k, 160 + 110 * k) for k in range(6))
    span = PageSpan(0, 2500, 3000, 1500, 400, systems)
    start, end = span.first_part(top, room)
    upper = top if start is None else start
    assert upper >= top
    assert upper <= systems[0][2] - 15  # paper is left above the first system
    whole = [s for s in systems if s[3] <= min(end, upper + room)]
    assert not any(s[2] < end < s[3] for s in systems)
    following = systems[len(whole)]
    spare = max(0.0, systems[0][2] - 20 - upper)  # by which the page might be moved up
    assert following[3] + 10 > upper + room + spare


def test_the_bar_that_is_played_reaches_from_line_to_line(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    place = strip.placements[1]
    first, second = place.x0 + 200.0, place.x0 + 430.0
    assert player.stage.highlight(on_strip(place, Estimate(first + 9, 1.0, 1.0, State.FOLLOWING), 0.0)).bar is None
    player.stage.set_bar_lines(np.array([20.0, first, first + 8, second]))  # a double bar among them

    def bar(x: float) -> tuple[float, float] | None:
        return player.stage.highlight(on_strip(place, Estimate(x, 1.0, 1.0, State.FOLLOWING), 0.0)).bar

    at = [float(place.to_page(x)[0]) for x in (first, second)]
    assert bar(first + 9) == pytest.approx(at)
    assert bar(second - 1) == pytest.approx(at)
    assert bar(first - 5) == pytest.approx((place.system.left, at[0]), abs=3)
    assert bar(second + 5) == pytest.approx((at[1], place.system.right), abs=3)
    other = strip.placements[2]  # no line is known there
    assert player.stage.highlight(on_strip(other, Estimate(other.x0 + 50, 1.0, 1.0, State.FOLLOWING), 0.0)).bar is None


def test_the_highlight_of_a_bar_falls_back_to_the_box() -> None:
    here = Highlight(1, 100.0, 50.0, 90.0, 20.0, 500.0)
    assert stripes(here, 100.0, "bar") == stripes(here, 100.0, "box")
    (bar, line) = stripes(replace(here, bar=(80.0, 160.0)), 100.0, "bar")
    assert bar[:2] == (80.0, 160.0)
    assert line == stripes(here, 100.0, "line")[0]


def test_half_a_page_by_hand_stays_until_the_next_page_is_played(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    player.play(player.system(1, 1), player.system(1, 2), 4)
    assert player.stage.turn_half()
    assert (player.stage.view.page, player.stage.view.other, player.stage.view.spot) == (1, 2, Spot.UPPER)
    player.play(player.system(1, 5), player.system(1, 6), 4)
    assert (player.stage.view.page, player.stage.view.other) == (1, 2)
    player.play(player.system(1, 6), player.system(2, 2), 8)
    assert player.stage.view == View(2)
    assert player.stage.turn_half()
    assert player.stage.turn_half()
    assert player.stage.view == View(3)
    assert not player.stage.turn_half() or player.stage.view.other == 0


def test_half_a_spread_by_hand(strip: Strip) -> None:
    player = Player(strip, Layout.TWO)
    assert player.stage.turn_half()
    assert (player.stage.view.page, player.stage.view.other) == (3, 2)
    assert not player.stage.turn_half()
    assert player.stage.undo()
    assert (player.stage.view.page, player.stage.view.other) == (1, 2)


def test_pages_in_another_order_are_turned_to_as_they_come(strip: Strip) -> None:
    """Page 2 is shown first, page 1 is hidden: what comes after page 2 is page 3, and before it nothing."""
    stage = Stage(strip, 2, 3, order=(2, 3))
    assert (stage.page, stage.pages, stage.view) == (2, 2, View(2))
    assert not stage.turn(forward=False)
    assert not stage.go_to(1)
    assert stage.turn(forward=True)
    assert (stage.page, stage.visible) == (3, frozenset({3}))
    stage = Stage(strip, 3, 3, Layout.TWO, order=(3, 2))
    assert (stage.view.page, stage.view.other) == (3, 2)


def test_what_comes_next_is_where_a_link_leads(strip: Strip) -> None:
    player = Player(strip, Layout.SINGLE)
    stage, starts = player.stage, [p.x0 for p in strip.placements]
    assert stage.systems_ahead(starts[1] + 5.0, 3) == [1, 2, 3]
    stage.set_links((Link(starts[4] - 2.0, starts[1] + 10.0, sure=True),))
    assert stage.systems_ahead(starts[2] + 5.0, 5) == [2, 3, 1, 2, 3]
    player.play(starts[2], starts[4] - 10, 40)
    player.play(starts[1] + 10, starts[2], 20)
    assert stage.systems_ahead(starts[3] + 5.0, 2) == [3, 4]
    stage.set_links((Link(starts[4] - 2.0, END, sure=True),))
    assert stage.systems_ahead(starts[3] + 5.0, 2) == [3]
    assert stage.systems_ahead(starts[-1] + 5.0, 3) == [len(starts) - 1]
