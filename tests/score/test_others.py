"""What soloists' staves say, joined to what the piano's say."""

from __future__ import annotations

import numpy as np

from livefollow.constants import N_PITCHES
from livefollow.score.others import LONG_BEATS, TOGETHER_PX, with_others
from livefollow.score.reading import Reading, concatenate


def staff(*events: tuple[float, int, float]) -> Reading:
    """Events at strip px, each with one key and its quarter notes."""
    x, keys, beats = zip(*events, strict=True) if events else ((), (), ())
    n = len(events)
    pitches = np.zeros((n, N_PITCHES), np.float32)
    pitches[np.arange(n), list(keys)] = 0.95
    ones = np.ones(n, np.float32)
    marks = concatenate([]).marks
    return Reading(np.array(x, float), pitches, np.array(beats, np.float32), ones, np.full(n, 3, np.int32), marks)


def keys(row: np.ndarray) -> list[int]:
    return np.flatnonzero(row > 0.5).tolist()


PIANO = staff((100, 40, 1), (140, 42, 1), (180, 44, 8), (400, 45, 1))


def test_staves_without_notes_change_nothing() -> None:
    assert with_others(PIANO, [staff()]) is PIANO


def test_what_sounds_while_the_piano_plays_is_noted_at_its_events() -> None:
    joined = with_others(PIANO, [staff((101, 60, 1.5), (160, 62, 0.5), (179, 64, 0.5))])
    np.testing.assert_array_equal(joined.x, PIANO.x)
    np.testing.assert_array_equal(joined.pitches, PIANO.pitches)
    np.testing.assert_array_equal(joined.beats, PIANO.beats)
    assert joined.others
    assert not joined.others.alone.any()
    assert [keys(row) for row in joined.others.struck] == [[60], [], [64], []]
    # From the note that is held to the one that comes with the next event.
    assert [keys(row) for row in joined.others.around] == [[60], [60, 62, 64], [62, 64], [64]]


def test_where_the_piano_rests_others_have_events_of_their_own() -> None:
    joined = with_others(PIANO, [staff((180, 60, 2), (230, 62, 4), (340, 64, 2), (400, 65, 1))])
    assert joined.others
    assert joined.x.tolist() == [100, 140, 180, 230, 340, 400]
    assert joined.others.alone.tolist() == [False, False, False, True, True, False]
    assert [keys(row) for row in joined.pitches] == [[40], [42], [44], [], [], [45]]
    assert [keys(row) for row in joined.others.struck] == [[], [], [60], [62], [64], [65]]
    np.testing.assert_allclose(joined.beats, [1, 1, 2, 4, 2, 1])


def test_note_values_that_nearly_agree_are_the_pianos_and_share_its_time() -> None:
    joined = with_others(PIANO, [staff((180, 60, 2), (230, 62, 4), (340, 64, 4))])
    np.testing.assert_allclose(joined.beats[2:5], [1.6, 3.2, 3.2], rtol=1e-6)


def test_a_rest_that_is_longer_than_any_note_value_is_as_long_as_the_others_say() -> None:
    many = [(190.0 + 20 * k, 60, 2.0) for k in range(10)]
    joined = with_others(PIANO, [staff((180, 58, 2), *many)])
    assert float(joined.beats[2:13].sum()) == 22


def test_a_short_gap_of_the_piano_is_filled_by_nobody() -> None:
    quick = staff((100, 40, LONG_BEATS - 0.5), (200, 42, 1))
    joined = with_others(quick, [staff((100, 60, 1), (140, 62, 1), (170, 64, 0.5))])
    assert joined.others
    assert not joined.others.alone.any()


def test_what_comes_before_the_pianos_first_event_on_a_system_is_the_others() -> None:
    joined = with_others(PIANO, [staff((40, 60, 0.5), (60, 62, 0.5), (91, 64, 0.5), (140, 65, 1))])
    assert joined.others
    assert joined.x.tolist() == [40, 60, 100, 140, 180, 400]
    assert joined.others.alone.tolist() == [True, True, False, False, False, False]
    np.testing.assert_allclose(joined.beats, [0.5, 0.5, 1, 1, 8, 1])


def test_a_system_on_which_the_piano_is_silent_is_the_others() -> None:
    joined = with_others(staff(), [staff((100, 60, 1), (150, 62, 0.5))])
    assert joined.others
    assert joined.others.alone.all()
    np.testing.assert_array_equal(joined.beats, np.float32([1, 0.5]))


def test_of_two_soloists_what_stands_together_is_one_event() -> None:
    joined = with_others(staff(), [staff((100, 60, 2), (200, 62, 1)), staff((100 + TOGETHER_PX, 55, 1), (150, 57, 1))])
    assert joined.x.tolist() == [100, 150, 200]
    assert joined.others
    assert [keys(row) for row in joined.others.struck] == [[55, 60], [57], [62]]
    np.testing.assert_array_equal(joined.beats, np.float32([1, 1, 1]))


def test_systems_with_and_without_others_follow_each_other() -> None:
    whole = concatenate([PIANO, with_others(PIANO, [staff((230, 62, 4))])])
    assert whole.others
    assert whole.others.alone.tolist() == [False] * 7 + [True] + [False]
    assert concatenate([PIANO, PIANO]).others is None
