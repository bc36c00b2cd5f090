"""The page is turned in time, once, and not without reason."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livefollow.follow.position import State
from livefollow.turning.rules import seconds_left, turned_by_hand
from livefollow.turning.single_page import decide
from livefollow.turning.types import DEFAULTS, Goal, Turn, TurnKind, TurnPoints, TurnSettings, TurnState
from tests.turning.plays import Play, Row, rows

PAGES = {n: TurnPoints(1000 * n - 200, 1000 * n, last_event_x=1000 * n - 60) for n in (1, 2, 3)}


def turns(*parts: Play, state: TurnState | None = None, wishes: TurnSettings = DEFAULTS) -> list[Turn]:
    state, out = state or TurnState(), []
    for row in rows(*parts):
        state, turn = decide(state, row, PAGES, wishes)
        if turn:
            out.append(turn)
    return out


FORWARD, BACK, HALF, WHOLE = TurnKind.FORWARD, TurnKind.BACK, TurnKind.HALF, TurnKind.WHOLE
TABLE = {
    "plays on": ([Play(0, 2990, 40)], [(FORWARD, 2), (FORWARD, 3)]),
    "does not play": ([Play(0, 0, 20, state=State.WAITING)], []),
    "waits near the page's end": ([Play(980, 980, 20, state=State.WAITING)], []),
    "stops before the last system and stays": ([Play(0, 700, 10), Play(700, 700, 30, state=State.HOLDING)], []),
    "holds in the last bar after the turn": (
        [Play(0, 960, 12), Play(960, 960, 20, state=State.HOLDING), Play(960, 1500, 8)],
        [(FORWARD, 2)],
    ),
    "holds the page's last notes, and goes on after a while": (
        [Play(0, 940, 40), Play(940, 945, 8, state=State.HOLDING), Play(1000, 1200, 8)],
        [(FORWARD, 2)],
    ),
    "holds the page's last notes": ([Play(0, 940, 40), Play(940, 940, 8, state=State.HOLDING)], [(FORWARD, 2)]),
    "holds the notes before them": ([Play(0, 900, 40), Play(900, 900, 8, state=State.HOLDING)], []),
    "holds early in the last system, then plays on": (
        [Play(0, 810, 16), Play(810, 810, 10, state=State.HOLDING), Play(810, 1200, 8)],
        [(FORWARD, 2)],
    ),
    "goes back a bar after the turn": ([Play(0, 980, 14), Play(930, 1400, 8)], [(FORWARD, 2)]),
    "stumbles across the page's end": ([Play(0, 1040, 14), Play(980, 1400, 8)], [(FORWARD, 2)]),
    "goes back a line after the turn": ([Play(0, 980, 14), Play(700, 740, 1)], [(FORWARD, 2)]),
    "goes back to the start and stays": (
        [Play(0, 1500, 20), Play(0, 300, 5)],
        [(FORWARD, 2), (BACK, 1)],
    ),
    "goes back to the start and on again": (
        [Play(0, 1500, 20), Play(0, 1500, 20)],
        [(FORWARD, 2), (BACK, 1), (FORWARD, 2)],
    ),
    "seems to go back for a second": ([Play(0, 1500, 20), Play(300, 320, 1), Play(1520, 1700, 4)], [(FORWARD, 2)]),
    "goes back, more likely than not": ([Play(0, 1500, 20), Play(300, 500, 5, 0.7)], [(FORWARD, 2)]),
    "goes back, doubtfully": ([Play(0, 1500, 20), Play(300, 500, 5, 0.2)], [(FORWARD, 2)]),
    "seems to leap into the last system for a moment": (
        [Play(0, 300, 5), Play(980, 985, 0.2), Play(310, 500, 4)],
        [],
    ),
    "skips into the last system and plays on": ([Play(0, 300, 5), Play(820, 1200, 6)], [(FORWARD, 2)]),
    "skips a page": ([Play(0, 300, 5), Play(2100, 2300, 4)], [(FORWARD, 3)]),
    "seems to skip a page for a second": ([Play(0, 300, 5), Play(2100, 2110, 1), Play(310, 400, 2)], []),
    "is unsure near the page's end, then sure": (
        [Play(0, 870, 12), Play(870, 960, 1.2, 0.2), Play(960, 1300, 5)],
        [(HALF, 1), (FORWARD, 2)],
    ),
    "is unsure over the page's end, then sure on the next": (
        [Play(0, 890, 12), Play(890, 1100, 3, 0.2), Play(1100, 1400, 4)],
        [(HALF, 1), (FORWARD, 2)],
    ),
    "seems to be on the next page, not quite surely, and goes back": (
        [Play(0, 890, 12), Play(890, 960, 1.2, 0.2), Play(1000, 1010, 0.9, 0.7), Play(700, 760, 2)],
        [(HALF, 1), (WHOLE, 1)],
    ),
    "seems to be on the next page, not quite surely, and stays": (
        [Play(0, 890, 12), Play(890, 960, 1.2, 0.2), Play(1000, 1200, 4, 0.7)],
        [(HALF, 1), (FORWARD, 2)],
    ),
    "is unsure near the page's end and goes back": (
        [Play(0, 890, 12), Play(890, 980, 1.2, 0.2), Play(300, 600, 5)],
        [(HALF, 1), (WHOLE, 1)],
    ),
    "is unsure in the middle of the page": ([Play(0, 300, 4), Play(300, 600, 4, 0.2), Play(600, 700, 2)], []),
    "is unsure for one frame": ([Play(0, 890, 12), Play(890, 893, 0.05, 0.2), Play(893, 1200, 5)], [(FORWARD, 2)]),
    "is lost near the page's end": ([Play(0, 890, 12), Play(890, 890, 9, 0.0, State.LOST)], [(HALF, 1)]),
    "is lost at the start of the last system": ([Play(0, 810, 12), Play(810, 810, 9, 0.0, State.LOST)], [(HALF, 1)]),
    "is lost there for a moment": ([Play(0, 810, 12), Play(810, 830, 1, 0.0, State.LOST), Play(830, 840, 1)], []),
    "is unsure and stands, then lost, in the last system": (
        [Play(0, 820, 12), Play(820, 820, 5, 0.2), Play(820, 820, 9, 0, State.LOST)],
        [(HALF, 1)],
    ),
    "is lost before the last system": ([Play(0, 700, 10), Play(700, 700, 30, 0.0, State.LOST)], []),
    "is unsure, then lost, near the page's end": (
        [Play(0, 870, 12), Play(870, 880, 0.2, 0.2), Play(880, 880, 9, 0, State.LOST)],
        [(HALF, 1)],
    ),
    "crossed over unsure for too short": ([Play(0, 800, 10), Play(1010, 1300, 5)], [(FORWARD, 2)]),
    "reaches the last page's end": ([Play(2000, 2999, 14)], [(FORWARD, 3)]),
    "is finished": ([Play(900, 999, 5, state=State.FINISHED)], []),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_decisions(name: str) -> None:
    parts, expected = TABLE[name]
    assert [(t.kind, t.page) for t in turns(*parts)] == expected


@pytest.mark.parametrize("look_ahead", [0.5, 1.5, 3.0])
def test_the_page_is_turned_as_long_before_its_end_as_is_asked(look_ahead: float) -> None:
    turn = turns(Play(0, 1500, 30), wishes=TurnSettings(look_ahead_s=look_ahead))[0]
    assert 1000 / 50 - turn.time_s == pytest.approx(look_ahead, abs=0.1)


def test_a_slowing_player_is_waited_for() -> None:
    fast = turns(Play(0, 1100, 11))[0]
    slow = turns(Play(0, 700, 7), Play(700, 1100, 16))[0]
    assert slow.time_s > fast.time_s + 5
    assert slow.time_s < 7 + 300 / 25


# What the player does before a turn by hand, from which page to which, what they do then, and what is turned.
HAND = {
    "looks elsewhere and does not play": ([Play(0, 300, 5)], 1, 3, [Play(300, 300, 30, state=State.HOLDING)], []),
    "looks elsewhere and plays on": ([Play(0, 300, 5)], 1, 2, [Play(300, 700, 8)], [(BACK, 1)]),
    "looks back and plays on": ([Play(1000, 1300, 5)], 2, 1, [Play(1300, 1700, 8)], [(FORWARD, 2)]),
    "looks elsewhere for a moment while they play": ([Play(0, 300, 5)], 1, 2, [Play(300, 400, 1.5)], []),
    "looks elsewhere, and it is uncertain where they play": ([Play(0, 300, 5)], 1, 2, [Play(300, 700, 8, 0.7)], []),
    "looks elsewhere, and a cursor stands": ([Play(0, 300, 5)], 1, 2, [Play(300, 310, 20)], []),
    "looks elsewhere and is lost": ([Play(0, 300, 5)], 1, 2, [Play(300, 300, 20, 0.0, State.LOST)], []),
    "turns early in the last system": ([Play(600, 830, 5)], 1, 2, [Play(830, 1500, 15)], []),
    "turns early and goes back to the top": ([Play(600, 830, 5)], 1, 2, [Play(100, 400, 5)], [(BACK, 1)]),
    "turns early, plays on, and the next page is turned": (
        [Play(600, 830, 5)], 1, 2, [Play(830, 1999, 20)], [(FORWARD, 3)]
    ),
    "turns and plays there": ([Play(0, 300, 5)], 1, 2, [Play(1100, 1999, 12)], [(FORWARD, 3)]),
    "turns two pages while they play the last system, and plays on": (
        [Play(600, 830, 5)], 1, 3, [Play(830, 960, 3)], [(BACK, 1), (FORWARD, 2)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HAND)
def test_the_hand_wins_and_what_is_followed_is_shown(name: str) -> None:
    before, shown, chosen, after, expected = HAND[name]
    state = TurnState(shown=shown)
    for row in rows(*before):
        state, turn = decide(state, row, PAGES)
        assert turn is None
    state = replace(turned_by_hand(state, chosen), time_s=-1.0, leapt_s=float("-inf"))
    assert [(t.kind, t.page) for t in turns(*after, state=state)] == expected


def test_a_turn_back_that_the_hand_took_back_is_not_made_again() -> None:
    back = turned_by_hand(TurnState(shown=1, at=1), 2, denied=1)
    assert turns(Play(300, 700, 8), state=back) == []
    elsewhere_between = [Play(1100, 1300, 4), Play(300, 700, 8)]
    assert [(t.kind, t.page) for t in turns(*elsewhere_between, state=back)] == [(BACK, 1)]


def test_a_turn_that_the_hand_took_back_is_not_made_again() -> None:
    state = TurnState()
    for row in rows(Play(0, 980, 14)):
        state, _ = decide(state, row, PAGES)
    assert state.shown == 2
    back = turned_by_hand(state, 1)
    assert turns(Play(980, 995, 3), state=back) == []
    assert [(t.kind, t.page) for t in turns(Play(980, 1300, 9), state=back)] == [(FORWARD, 2)]
    assert [(t.kind, t.page) for t in turns(Play(700, 1300, 12), state=back)] == [(FORWARD, 2)]


def with_goal(goal: Goal, *parts: Play) -> list[tuple[TurnKind, int, int]]:
    """Turns of a player who has the goal until they have passed it."""
    state, out = TurnState(shown=int(parts[0].start // 1000) + 1), []
    for row in rows(*parts):
        state, turn = decide(state, row, PAGES, goal=goal if row.page == int(goal.x // 1000) + 1 else None)
        out += [(turn.kind, turn.page, turn.other)] if turn else []
    return out


def test_a_repeat_said_by_the_player_is_turned_back_in_time() -> None:
    played = [Play(2000, 2690, 20), Play(100, 300, 5)]
    assert with_goal(Goal(2700, 1, sure=True), *played) == [(BACK, 1, 0)]


def test_a_repeat_read_from_the_score_is_half_turned() -> None:
    goal = Goal(2700, 1)
    assert with_goal(goal, Play(2000, 2690, 20), Play(100, 300, 5)) == [(HALF, 3, 1), (BACK, 1, 0)]
    assert with_goal(goal, Play(2000, 2990, 30)) == [(HALF, 3, 1), (WHOLE, 3, 0)]


def test_before_a_repeat_on_the_same_page_it_is_not_turned() -> None:
    assert with_goal(Goal(990, 1), Play(0, 985, 14), Play(100, 900, 12)) == []


def test_a_page_without_music_is_turned_over_at_once() -> None:
    pages = {1: PAGES[1], 3: PAGES[3]}
    state, out = TurnState(), []
    for row in rows(Play(0, 999, 10)):
        state, turn = decide(state, row, pages)
        out += [turn] if turn else []
    assert [(t.kind, t.page) for t in out] == [(FORWARD, 3)]


def test_no_tempo_no_end() -> None:
    assert seconds_left(TurnState(), 0, 1000) == float("inf")


@given(st.floats(15, 300), st.floats(0.0, 30.0))
@settings(deadline=None, max_examples=30)
def test_every_page_once_and_in_time_at_any_tempo(tempo: float, jitter: float) -> None:
    """A cursor that shakes by less than it leaps turns as one that does not."""
    state, out = TurnState(), []
    for k, row in enumerate(rows(Play(0, 2999, 3000 / tempo))):
        shaken = row._replace(strip_x=row.strip_x + jitter * (-1) ** k / 20)
        state, turn = decide(state, shaken, PAGES)
        out += [turn] if turn else []
    assert [(t.kind, t.page) for t in out] == [(FORWARD, 2), (FORWARD, 3)]
    for turn, end in zip(out, (1000, 2000), strict=True):
        assert 0.3 <= end / tempo - turn.time_s <= 2.5


STATES = tuple(State)


@given(
    st.lists(
        st.tuples(st.floats(0, 2999), st.floats(0.05, 4), st.floats(0, 1), st.sampled_from(STATES)),
        min_size=1,
        max_size=12,
    )
)
@example([(0.0, 1.0, 0.0, State.WAITING), (958.0, 1.0625, 1.0, State.FOLLOWING), (0.0, 2.0, 1.0, State.FOLLOWING)])
@settings(deadline=None, max_examples=60)
def test_whatever_comes_nothing_is_turned_twice_or_back_without_evidence(
    walk: list[tuple[float, float, float, str]],
) -> None:
    parts = [Play(x, min(2999, x + 60 * s), s, confidence, state) for x, s, confidence, state in walk]
    seen: list[Row] = []
    state = TurnState()
    for row in rows(*parts):
        before = state
        seen.append(row)
        state, turn = decide(state, row, PAGES)
        assert decide(before, row, PAGES) == (state, turn)
        if turn is None:
            assert (state.shown, state.half) == (before.shown, before.half)
            continue
        assert turn.page in PAGES
        assert (turn.kind in (HALF, WHOLE)) == (turn.page == before.shown)
        # A page that was turned in vain comes back sooner.
        in_vain = turn.page == before.leaving and not before.played
        held = DEFAULTS.settle_s if in_vain else DEFAULTS.evidence_s
        recent = [r for r in seen if r.time_s > row.time_s - held + 0.01]
        if turn.kind is BACK:
            assert all(r.page == turn.page < before.shown and r.confidence >= DEFAULTS.sure for r in recent)
        if turn.kind is FORWARD and row.page != before.shown:
            assert row.page == turn.page


def test_turning_imports_nothing_heavy() -> None:
    code = (
        "import sys, livefollow.turning.single_page\n"
        "heavy = {'PyQt6', 'torch', 'onnxruntime', 'cv2', 'scipy', 'madmom_infer', 'livefollow.evaluate'}\n"
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


PRACTISES = [Play(600, 980, 6), Play(610, 980, 6)]


def test_the_end_of_a_page_that_is_practised_is_half_turned_once_it_was_turned_in_vain() -> None:
    made = [(t.kind, t.page) for t in turns(Play(0, 980, 14), *PRACTISES)]
    assert made == [(FORWARD, 2), (BACK, 1), (HALF, 1), (WHOLE, 1), (HALF, 1)]


def test_who_plays_on_after_practising_is_shown_the_next_page_and_the_page_is_turned_again_from_then_on() -> None:
    made = [(t.kind, t.page) for t in turns(Play(0, 980, 14), *PRACTISES, Play(980, 1500, 8), Play(0, 1500, 20))]
    assert made[-4:] == [(HALF, 1), (FORWARD, 2), (BACK, 1), (FORWARD, 2)]


def test_a_page_turned_in_vain_comes_back_sooner() -> None:
    vain = turns(Play(0, 980, 14), Play(600, 900, 4))[1]
    played = turns(Play(0, 1500, 20), Play(600, 900, 4))[1]
    assert vain.kind is played.kind is BACK
    assert vain.time_s - 14 < played.time_s - 20
