"""Page turns get the verdict their definition gives them."""

from dataclasses import replace

import numpy as np
import pytest

from livefollow.evaluate import baselines
from livefollow.evaluate.cases import Case
from livefollow.evaluate.page_turns import judge, page_ends, timer_turns, turn_points, turns_of, verdicts
from livefollow.follow.position import State
from livefollow.turning.types import Turn, TurnKind
from tests.cases import made_up_case, made_up_truth

# One note a second from second 1, 8 in a system, 3 systems on a page: page 2 starts at 25, its last system at 41.
TRUTH = made_up_truth(1.0 + np.arange(72), np.arange(72))
OPEN_S, DUE_S = 17.0, 25.0


def forward(*times: float) -> list[Turn]:
    return [Turn(t, TurnKind.FORWARD, page) for page, t in enumerate(times, 2)]


def test_page_ends() -> None:
    assert [(c.page, c.start_s, c.open_s, c.due_s) for c in page_ends(TRUTH)] == [(2, 1, 17, 25), (3, 25, 41, 49)]
    assert turn_points(TRUTH, 5.0)[1].end_x < turn_points(TRUTH, 5.0)[2].last_system_x


def test_who_leaps_from_page_to_page_passes_no_page_end() -> None:
    """Two systems of page 1 and back, the end of page 2, and page 3 from its second system on."""
    route = np.concatenate([np.arange(16), np.arange(4, 14), np.arange(40, 48), np.arange(56, 64)])
    truth = made_up_truth(1.0 + np.arange(len(route)), route)
    assert page_ends(truth) == []
    assert judge(truth, turns_of(made_up_case(truth), baselines.oracle(made_up_case(truth)))).false == 0


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (OPEN_S - 0.05, "early"),
        (OPEN_S, "good"),
        (DUE_S - 1.5, "good"),
        (DUE_S - 0.3, "good"),
        (DUE_S - 0.25, "late"),
        (DUE_S + 0.9, "late"),
    ],
)
def test_verdicts(at: float, verdict: str) -> None:
    figures = judge(TRUTH, forward(at, 48.0))
    assert [c.verdict for c in figures.changes] == [verdict, "good"]
    assert figures.false == 0


def test_never_turned_is_late_and_long_after_is_a_correction() -> None:
    assert verdicts([judge(TRUTH, [])])["late"] == 2
    figures = judge(TRUTH, forward(30.0, 48.0))
    assert ([c.verdict for c in figures.changes], figures.false, figures.corrections) == (["late", "good"], 0, 1)


def test_twice_is_double() -> None:
    figures = judge(TRUTH, forward(23.0, 24.0))
    assert ([c.verdict for c in figures.changes], figures.false) == (["double", "late"], 0)


def test_a_turn_for_nothing_is_false() -> None:
    back = Turn(10.0, TurnKind.BACK, 3)
    assert judge(TRUTH, [back, *forward(23.5, 47.5)]).false == 1
    assert judge(None, [back]).false == 1


def test_half_turns_are_counted_apart() -> None:
    figures = judge(TRUTH, [Turn(22.0, TurnKind.HALF, 1), *forward(23.5, 47.5)])
    assert (figures.halves, figures.count("good"), figures.false) == (1, 2, 0)


def test_back_after_a_repeat_is_a_correction() -> None:
    notes = np.r_[np.arange(40), np.arange(72)]
    truth = made_up_truth(1.0 + np.arange(112), notes)
    turns = [
        Turn(23.5, TurnKind.FORWARD, 2),
        Turn(44.0, TurnKind.BACK, 1),
        Turn(63.5, TurnKind.FORWARD, 2),
        Turn(87.5, TurnKind.FORWARD, 3),
    ]
    figures = judge(truth, turns)
    assert [c.verdict for c in figures.changes] == ["good"] * 3
    assert (figures.false, figures.corrections) == (0, 1)


@pytest.mark.parametrize("name", ["oracle-0", "oracle-1", "oracle-4"])
def test_the_oracle_turns_the_demo_well(demo: Case, name: str) -> None:
    counts = verdicts([judge(demo.truth, turns_of(demo, baselines.CURSORS[name](demo)))])
    assert (counts["pages"], counts["good"], counts["false"]) == (2, 2, 0)


def test_the_timer_cannot_turn_the_demo(demo: Case) -> None:
    assert demo.truth
    assert judge(demo.truth, timer_turns(demo.truth)).count("good") == 0


def test_the_timer_turns_even_time() -> None:
    assert [(t.time_s, t.page) for t in timer_turns(TRUTH)] == [
        (pytest.approx(23.5, abs=0.5), 2),
        (pytest.approx(47.5, abs=0.5), 3),
    ]


def test_a_track_off_the_music_turns_nothing() -> None:
    case = made_up_case(TRUTH)
    track = baselines.oracle(case)
    assert turns_of(case, replace(track, top_pt=track.top_pt + 2000, bottom_pt=track.bottom_pt + 2000)) == []
    assert len(turns_of(replace(case, truth=None), track)) == 2
    waiting = np.full(len(track), State.WAITING.value)
    assert turns_of(replace(case, truth=None), replace(track, state=waiting)) == []
