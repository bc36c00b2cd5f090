"""The tempo ladder goes up after a pass without a stop, and the live tempo is that of the last notes."""

import pytest

from livefollow.practice.ladder import Ladder, was_fluent
from livefollow.practice.live_tempo import LiveTempo
from tests.practice.sessions import Pianist, at, bar_map

BARS = bar_map()


def test_the_rungs_lie_evenly_and_the_top_is_the_end() -> None:
    ladder = Ladder(60, 72, 6)
    assert [ladder.tempo(k) for k in range(1, 7)] == [60, 62, 65, 67, 70, 72]
    assert [ladder.after(k, True) for k in (1, 5, 6)] == [2, 6, 6]
    assert ladder.after(3, False) == ladder.after(3, None) == 3


@pytest.mark.parametrize(
    ("pianist", "fluent"),
    [
        (Pianist().play(5, 9), True),
        (Pianist().play(5, 9, bpm=40), True),  # slow is no stop
        (Pianist().play(5, 7).stop(3).play(7, 9), False),
        (Pianist().play(5, 7.5).go_back(6, 9), False),
        (Pianist().play(5, 6).play(7.5, 9), False),  # left something out
        (Pianist().play(5, 8.75).stop(3), True),  # holds the last note
        (Pianist().play(5, 9, confidence=0.3), None),
        (Pianist().play(5, 6.2).lose(1, 4, confidence=0.3).play(8, 9), None),
    ],
    ids=["fluent", "slow", "stop", "back", "left out", "last note", "unsure", "lost"],
)
def test_a_pass_is_fluent_without_stops(pianist: Pianist, fluent: bool | None) -> None:
    assert was_fluent(pianist.frames(), BARS, at(9) - 6) is fluent


def test_nothing_is_said_of_no_frames() -> None:
    assert was_fluent(Pianist().frames(), BARS, at(9)) is None


def test_the_live_tempo_is_that_of_the_last_notes() -> None:
    live = LiveTempo()
    seen = []
    for k in range(200):
        live.take(k / 20, k / 20 * (90 / 60 if k < 100 else 60 / 60) + (2.5 if k >= 100 else 0))
        seen.append(live.tempo)
    assert seen[20] is None, "too early to say"
    assert seen[99] == pytest.approx(90, abs=0.5)
    assert seen[-1] == pytest.approx(60, abs=6)
    live.take(10.0, 3.0)  # elsewhere
    assert live.tempo is None
    live.forget()
    assert live.tempo is None
