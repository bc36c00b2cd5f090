"""Where two places are seen, what comes next is there in time, and nothing that is played from ever goes away."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.follow.position import State
from livefollow.turning.page_ahead import decide_ahead
from livefollow.turning.rules import turned_by_hand
from livefollow.turning.types import Goal, Turn, TurnKind, TurnPoints, TurnState
from tests.turning.plays import Play, rows

INFINITE = float("inf")
# Pages of 1000 px: with half-turns the next may be shown from the middle on, side by side from the first note on.
HALVES = {n: TurnPoints(1000 * n - 200, 1000 * n, 1000 * n - 500) for n in (1, 2, 3)}
PAIRS = {n: TurnPoints(1000 * n - 200, 1000 * n, 1000 * (n - 1)) for n in (1, 2, 3)}
ONE_SYSTEM = {1: TurnPoints(0, 1000, INFINITE), 2: HALVES[2], 3: HALVES[3]}
FORWARD, BACK, HALF, WHOLE = TurnKind.FORWARD, TurnKind.BACK, TurnKind.HALF, TurnKind.WHOLE


def turns(
    *parts: Play, pages: dict[int, TurnPoints] = HALVES, state: TurnState | None = None, goal: Goal | None = None
) -> list[Turn]:
    state, out = state or TurnState(), []
    for row in rows(*parts):
        state, turn = decide_ahead(state, row, pages, goal=goal)
        if turn:
            out.append(turn)
    return out


TABLE = {
    "plays on": (
        [Play(0, 2990, 60)],
        [(HALF, 1, 2), (FORWARD, 2, 0), (HALF, 2, 3), (FORWARD, 3, 0)],
    ),
    "plays very fast": (
        [Play(0, 2990, 12)],
        [(HALF, 1, 2), (FORWARD, 2, 0), (HALF, 2, 3), (FORWARD, 3, 0)],
    ),
    "stays in the upper half": ([Play(0, 480, 20)], []),
    "is in the lower half for a moment": ([Play(0, 520, 20), Play(400, 490, 3)], []),
    "goes back to the upper half": (
        [Play(0, 700, 20), Play(300, 480, 8)],
        [(HALF, 1, 2), (WHOLE, 1, 0)],
    ),
    "looks back for a second": ([Play(0, 700, 20), Play(450, 480, 1), Play(700, 750, 2)], [(HALF, 1, 2)]),
    "goes back a bar after the next page has begun": (
        [Play(0, 1030, 30), Play(960, 1400, 12)],
        [(HALF, 1, 2), (FORWARD, 2, 0)],
    ),
    "goes back to the page before": (
        [Play(0, 1400, 40), Play(300, 480, 8)],
        [(HALF, 1, 2), (FORWARD, 2, 0), (BACK, 1, 0)],
    ),
    "skips a page": ([Play(0, 300, 8), Play(2100, 2300, 6)], [(FORWARD, 3, 0)]),
    "is unsure near the page's end": ([Play(0, 400, 8), Play(960, 960, 4, 0.2)], [(HALF, 1, 2)]),
    "is unsure in the lower half": ([Play(0, 400, 8), Play(600, 640, 4, 0.2)], []),
    "is lost on the next page": ([Play(0, 990, 30), Play(1100, 1100, 9, 0.0, State.LOST)], [(HALF, 1, 2)]),
    "waits": ([Play(700, 700, 20, state=State.WAITING)], []),
    "is finished": ([Play(2900, 2999, 5, state=State.FINISHED)], []),
    "ends": ([Play(2000, 2999, 30)], [(FORWARD, 3, 0)]),
}  # fmt: skip


def told(turn: Turn) -> tuple[TurnKind, int, int]:
    return turn.kind, turn.page, turn.other


@pytest.mark.parametrize("name", TABLE)
def test_half_turns(name: str) -> None:
    parts, expected = TABLE[name]
    assert [told(t) for t in turns(*parts)] == expected


def test_side_by_side_the_page_behind_is_replaced_once_it_is_done_with() -> None:
    begun = TurnState(shown=1, other=2)
    out = turns(Play(0, 2990, 60), pages=PAIRS, state=begun)
    assert [told(t) for t in out] == [(FORWARD, 2, 0), (HALF, 2, 3), (FORWARD, 3, 0)]
    assert 20 < out[1].time_s < 24


def test_a_page_with_one_system_is_turned_whole_in_time() -> None:
    out = turns(Play(0, 1600, 40), pages=ONE_SYSTEM)
    assert [told(t) for t in out][:1] == [(FORWARD, 2, 0)]
    assert out[0].time_s == pytest.approx(1000 / 40 - 1.5, abs=0.2)


def test_a_half_turn_that_the_hand_took_back_is_not_made_again() -> None:
    state = TurnState()
    for row in rows(Play(0, 480, 12), Play(500, 560, 4)):
        state, _ = decide_ahead(state, row, HALVES)
    assert state.other == 2
    state = turned_by_hand(state, 1)
    assert turns(Play(560, 990, 10), state=state) == []
    again = turns(Play(300, 700, 12), state=state)
    assert [told(t) for t in again] == [(HALF, 1, 2)]


def test_a_repeat_that_leads_to_another_page_is_shown_beside_and_followed() -> None:
    goal = Goal(2700, 1)
    out = turns(Play(2000, 2690, 20), Play(100, 300, 5), state=TurnState(shown=3), goal=goal)
    assert [told(t) for t in out] == [(HALF, 3, 1), (BACK, 1, 0)]
    assert out[0].time_s < 20


def test_a_repeat_that_is_not_taken_is_forgotten() -> None:
    state, out = TurnState(shown=3), []
    for row in rows(Play(2000, 2990, 30)):
        goal = Goal(2500, 1) if row.strip_x < 2550 else None
        state, turn = decide_ahead(state, row, HALVES, goal=goal)
        out += [turn] if turn else []
    assert [told(t) for t in out] == [(HALF, 3, 1), (WHOLE, 3, 0)]


class Seen(NamedTuple):
    """The strip px that two half pages, or two pages, show."""

    shown: int
    other: int

    def holds(self, x: float) -> bool:
        page, lower = int(x // 1000) + 1, x % 1000 >= 500
        return page == self.other if not lower and self.other else page == self.shown


@given(st.floats(15, 250))
@settings(deadline=None, max_examples=30)
def test_at_any_tempo_what_is_played_and_what_comes_within_half_a_second_is_seen(tempo: float) -> None:
    state = TurnState()
    for row in rows(Play(0, 2999, 3000 / tempo)):
        state, _ = decide_ahead(state, row, HALVES)
        seen = Seen(state.shown, state.other)
        assert seen.holds(min(2999, row.strip_x + tempo / 2)), row
