"""The cursor's space."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.constants import N_PITCHES
from livefollow.follow.policy.score_time import LAST_PX, ScoreTime
from livefollow.score.reading import MARK, Reading


def reading(x: list[float], beats: list[float], system: list[int]) -> Reading:
    n = len(x)
    return Reading(
        np.array(x),
        np.zeros((n, N_PITCHES), np.float32),
        np.array(beats, np.float32),
        np.ones(n, np.float32),
        np.array(system, np.int32),
        np.empty(0, MARK),
    )


TWO_SYSTEMS = reading([50, 70, 90, 150, 310, 330], [0.5, 0.5, 2, 1, 1, 1], [0, 0, 0, 0, 1, 1])


def test_there_and_back() -> None:
    music = ScoreTime(TWO_SYSTEMS)
    x = np.array([50, 55, 70, 100, 149, 150, 170, 310, 325, 340])
    assert [music.printed(place)[0] for place in music.from_strip(x)] == pytest.approx(x)


def test_events_are_as_far_apart_as_their_note_values() -> None:
    music = ScoreTime(TWO_SYSTEMS)
    assert music.gap[2] == pytest.approx(4 * music.gap[0])
    assert music.gap[:3].sum() == pytest.approx(100)  # the system stays as long as it is


def test_as_printed() -> None:
    music = ScoreTime(TWO_SYSTEMS, spacing=0)
    assert music.gap[:3] == pytest.approx([20, 20, 60])


def test_what_does_not_sound_takes_no_room() -> None:
    music = ScoreTime(TWO_SYSTEMS)
    before, after = music.from_strip([150 + LAST_PX, 309.9])
    assert before == pytest.approx(music.x[4])
    assert after == pytest.approx(music.x[4])
    # A cursor on its way over the break never stands in the clef.
    on_its_way = np.array([music.printed(x)[0] for x in np.linspace(music.x[3], music.x[4] - 0.01, 50)])
    assert on_its_way.max() <= 150 + LAST_PX
    assert np.all(np.diff(on_its_way) > 0)


def test_a_longer_reading_begins_with_the_same_map() -> None:
    short, long = ScoreTime(reading([50, 70, 90, 150], [0.5, 0.5, 2, 1], [0, 0, 0, 0])), ScoreTime(TWO_SYSTEMS)
    assert long.x[:4] == pytest.approx(short.x)
    assert long.gap[:4] == pytest.approx(short.gap)


def test_misread_values_do_not_tear_the_score_apart() -> None:
    music = ScoreTime(reading([0, 20, 40, 60], [0.125, 8, 0.125, 1], [0, 0, 0, 0]))
    assert music.gap[:3].min() >= 0.4 * 20
    assert music.gap[:3].max() <= 2.5 * 20


@pytest.mark.parametrize("x", [-100.0, 0.0, 1e6])
def test_nowhere_is_somewhere(x: float) -> None:
    music = ScoreTime(TWO_SYSTEMS)
    assert np.isfinite(music.from_strip(x))
    assert 0 <= music.printed(x)[0] <= 330 + LAST_PX


@pytest.mark.parametrize("x", [-30.0, 0.0, 15.0, 59.9, 60.0, 100.0, 329.0, 400.0])
def test_one_place_is_translated_as_many_are(x: float) -> None:
    music = ScoreTime(TWO_SYSTEMS)
    event, played, scale = music.played(x)
    assert played == pytest.approx(float(music.from_strip(x)), abs=1e-2)
    assert event == int(np.clip(np.searchsorted(music.x, played + 1e-3, "right") - 1, 0, len(music.x) - 1))
    printed, back = music.printed(played)
    assert printed == pytest.approx(np.clip(x, 0, 330 + LAST_PX), abs=1e-2)
    assert scale * back == pytest.approx(1)


def test_one_event_is_enough() -> None:
    music = ScoreTime(reading([50], [1], [0]))
    assert music.printed(float(music.from_strip(50.0)))[0] == pytest.approx(50)
