"""Bars are counted as a player counts them."""

import numpy as np
import pytest

from livefollow.score.bars import Bars, ToldNumber
from livefollow.score.printed_numbers import SystemNumber
from livefollow.score.reading import BAR_LINE, FINAL, MARK, REPEAT_END, REPEAT_START, Reading, concatenate


def reading(x: list[float], beats: list[float], lines: list[tuple[float, int, float]]) -> Reading:
    n = len(x)
    return Reading(
        np.array(x, float),
        np.zeros((n, 88), np.float32),
        np.array(beats, np.float32),
        np.ones(n, np.float32),
        np.zeros(n, np.int32),
        np.array(lines, MARK),
    )


FOUR = [60.0 + 20 * k for k in range(16)]  # four notes a bar


def test_bars_begin_with_their_first_note() -> None:
    lines = [(10.0, BAR_LINE, 0.9), (130.0, BAR_LINE, 1.0), (210.0, REPEAT_END, 1.0), (290.0, BAR_LINE, 0.7)]
    bars = Bars(reading(FOUR, [1.0] * 16, lines))
    assert bars.known
    assert bars.numbers.tolist() == [1, 2, 3, 4]
    assert bars.start(3) == 220
    assert [bars.at(x) for x in (0, 60, 139, 140, 219, 1000)] == [1, 1, 1, 2, 2, 4]
    with pytest.raises(LookupError):
        bars.start(5)


def test_faint_lines_and_lines_with_nothing_between_are_no_bars() -> None:
    lines = [(130.0, BAR_LINE, 0.3), (210.0, BAR_LINE, 1.0), (214.0, BAR_LINE, 1.0)]
    assert list(Bars(reading(FOUR, [1.0] * 16, lines)).numbers) == [1, 2]


def test_an_upbeat_is_bar_nought() -> None:
    lines = [(70.0, BAR_LINE, 1.0), (150.0, BAR_LINE, 1.0), (230.0, BAR_LINE, 1.0), (310.0, BAR_LINE, 1.0)]
    bars = Bars(reading(FOUR[:13], [1.0] * 13, lines))
    assert bars.numbers.tolist() == [0, 1, 2, 3]
    assert bars.start(1) == 80


def test_without_bar_lines_nothing_is_known() -> None:
    assert not Bars(reading(FOUR, [1.0] * 16, [])).known
    assert list(Bars(concatenate([])).numbers) == []


def bars_of(
    beats: list[list[float]],
    systems: dict[int, int] | None = None,
    after: dict[int, int] | None = None,
    lead: float = 70.0,
    **more: object,
) -> Bars:
    """Bars of so many beats each, 40 px a note.

    Args:
        beats: of the notes of each bar.
        systems: index of the first bar of each further system.
        after: kinds of the lines that stand after bars, where they are not plain ones.
        lead: px before the first note of all.
        more: for `Bars`.
    """
    x, values, lines, starts = lead, [], [], [0.0]
    at = []
    for k, bar in enumerate(beats):
        if k in (systems or {}):
            starts.append(x)
            x += 50
        for value in bar:
            at.append(x)
            values.append(value)
            x += 40
        x += 0 if bar else 80
        lines.append((x - 10, (after or {}).get(k, BAR_LINE), 1.0))
    return Bars(reading(at, values, lines), starts, **more)  # type: ignore[arg-type]


def test_a_long_note_or_a_rest_before_the_first_one_is_no_upbeat() -> None:
    runs = [[0.354] * 12] * 4
    assert bars_of([[4.0], [4.0], *runs]).numbers[0] == 1
    assert bars_of([[2.82], [2.58], *runs, *runs]).numbers[0] == 1  # as the reader says of a whole note
    uneven = [[2.0], [0.3] * 20, [1.0] * 4, [0.3] * 9, [0.6] * 12]
    assert bars_of(uneven).numbers[0] == 1  # what is read so badly says nothing of an upbeat
    changing = [[1.0] * n for n in (5, 6, 5, 6, 5, 6, 6, 6, 6, 7)]
    assert bars_of(changing).numbers[0] == 1  # no upbeat, but another metre
    late = [[1.0], *[[1.0] * 4] * 6]
    assert bars_of(late, {3: 1, 5: 2}, lead=140).numbers[0] == 1  # rests stand before the first note
    assert bars_of(late, {3: 1, 5: 2}).numbers[0] == 0


def test_bars_of_rests_and_ties_are_counted() -> None:
    assert bars_of([[4.0], [], [1.0] * 4, [], [1.0] * 4]).numbers.tolist() == [1, 2, 3, 4, 5]


def test_a_bar_that_a_repeat_divides_is_one() -> None:
    parts = [[1.0], *[[1.0] * 4] * 3, [1.0] * 3, [1.0], *[[1.0] * 4] * 3]
    bars = bars_of(parts, after={4: REPEAT_END})
    assert bars.numbers.tolist() == [0, 1, 2, 3, 4, 4, 5, 6, 7]
    at_line = bars_of(parts, {5: 1}, after={4: REPEAT_END})
    assert at_line.numbers.tolist() == [0, 1, 2, 3, 4, 4, 5, 6, 7]
    assert at_line.start(4) == bars.start(4)
    double = [(-5.0, REPEAT_START, 1.0), *[(a, BAR_LINE, 1.0) for a in (130.0, 210.0, 216.0, 290.0)]]
    assert Bars(reading(FOUR, [1.0] * 16, double), [-20.0]).numbers.tolist() == [1, 2, 3, 4]


def test_printed_numbers_that_agree_win() -> None:
    full = [[1.0] * 4] * 12
    # Pages' numbers and a fingering stand there, too, and the first system's bars were counted one short.
    printed = [SystemNumber(1, 6), SystemNumber(1, 2), SystemNumber(2, 9), SystemNumber(2, 3), SystemNumber(3, 12)]
    bars = bars_of(full, {4: 1, 7: 2, 10: 3}, printed=printed)
    assert bars.numbers.tolist() == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]
    alone = bars_of(full, {4: 1, 7: 2, 10: 3}, printed=[SystemNumber(1, 2), SystemNumber(2, 3), SystemNumber(3, 4)])
    assert alone.numbers.tolist() == list(range(1, 13))  # pages' numbers alone are no bars'
    excerpt = [SystemNumber(0, 45), SystemNumber(1, 49), SystemNumber(2, 52)]
    assert bars_of(full, {4: 1, 7: 2, 10: 3}, printed=excerpt).numbers.tolist() == list(range(45, 57))


def test_a_new_movement_is_counted_anew_where_it_is_printed_so() -> None:
    full = [[1.0] * 4] * 12
    systems, final = {3: 1, 6: 2, 9: 3}, {5: FINAL}
    printed = [SystemNumber(1, 4), SystemNumber(3, 4)]
    bars = bars_of(full, systems, final, printed=printed)
    assert bars.numbers.tolist() == [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]
    assert bars.start(2) == bars.starts[1]
    assert bars.start(2, near=bars.starts[8]) == bars.starts[7]
    assert bars_of(full, systems, final).numbers.tolist() == list(range(1, 13))


def test_second_endings_count_once() -> None:
    full = [[1.0] * 4] * 8
    at = bars_of(full).starts
    bars = bars_of(full, after={4: REPEAT_END}, endings=[(at[3], at[5])])
    assert bars.numbers.tolist() == [1, 2, 3, 4, 5, 4, 5, 6]
    # An edition that counts on says so by its numbers.
    on = [SystemNumber(1, 8)]
    bars = bars_of(full, {7: 1}, {4: REPEAT_END}, endings=[(at[3], at[5])], printed=[*on, SystemNumber(0, 1)])
    assert bars.numbers.tolist() == list(range(1, 9))


def test_the_player_s_word_counts_from_there_on() -> None:
    full = [[1.0] * 4] * 8
    at = bars_of(full).starts
    assert bars_of(full, said=[ToldNumber(at[4], 9)]).numbers.tolist() == [1, 2, 3, 4, 9, 10, 11, 12]
    # One off from the beginning: the upbeat that is none, or the other way round.
    assert bars_of(full, said=[ToldNumber(at[4] + 5, 4)]).numbers.tolist() == list(range(8))
    again = [ToldNumber(at[4], 9), ToldNumber(at[6], 2), ToldNumber(at[4], 5)]
    assert bars_of(full, said=again).numbers.tolist() == [1, 2, 3, 4, 5, 6, 2, 3]
