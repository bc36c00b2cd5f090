"""Bars are counted as a player counts them."""

import numpy as np
import pytest

from livefollow.follow.bars import Bars
from livefollow.follow.reading import BAR_LINE, MARK, REPEAT_END, Reading, concatenate


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
    assert list(bars.numbers) == [1, 2, 3, 4]
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
    assert list(bars.numbers) == [0, 1, 2, 3]
    assert bars.start(1) == 80


def test_without_bar_lines_nothing_is_known() -> None:
    assert not Bars(reading(FOUR, [1.0] * 16, [])).known
    assert list(Bars(concatenate([])).numbers) == []
