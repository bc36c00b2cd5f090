"""First and second endings are told by the two brackets that meet where a repeat ends, and by nothing less."""

import numpy as np
import pytest

from livefollow.constants import BAND_HEIGHT
from livefollow.score.endings import find_endings
from livefollow.score.reading import BAR_LINE, MARK, REPEAT_END, Reading

WIDTH, REPEAT, FIRST, ROW = 600, 400, 280, 15


def reading(marks: list[tuple[float, int, float]]) -> Reading:
    x = np.concatenate([np.arange(60.0, WIDTH, 30), np.arange(WIDTH + 60.0, 2 * WIDTH, 30)])
    n = len(x)
    ones = np.ones(n, np.float32)
    return Reading(x, np.zeros((n, 88), np.float32), ones, ones, np.zeros(n, np.int32), np.array(marks, MARK))


def bands() -> list[np.ndarray]:
    paper = np.full((2, BAND_HEIGHT, WIDTH), 255, np.uint8)
    paper[:, 42:71:7] = 60  # staff lines
    return list(paper)


def bracket(band: np.ndarray, begin: int, end: int, hook: bool = True) -> None:
    band[ROW, begin:end] = 50
    if hook:
        band[ROW : ROW + 14, begin : begin + 2] = 50


def found(band: list[np.ndarray], repeat: float = REPEAT) -> list[tuple[float, float]]:
    marks = [(float(FIRST), BAR_LINE, 1.0), (float(repeat), REPEAT_END, 1.0), (500.0, BAR_LINE, 1.0)]
    return find_endings(reading(marks), [0.0, float(WIDTH)], lambda index: band[index])


def test_two_brackets_that_meet_at_a_repeat() -> None:
    band = bands()
    bracket(band[0], FIRST, REPEAT - 3)
    bracket(band[0], REPEAT + 4, 500)
    ((first, second),) = found(band)
    assert first == pytest.approx(FIRST, abs=15)
    assert second == REPEAT


def test_the_second_ending_in_the_next_system() -> None:
    band = bands()
    bracket(band[0], FIRST, WIDTH - 12)
    assert found(band, WIDTH - 10) == []
    bracket(band[1], 40, 200)
    ((first, second),) = found(band, WIDTH - 10)
    assert (first, second) == (pytest.approx(FIRST, abs=15), WIDTH - 10)


@pytest.mark.parametrize("kind", ["nothing", "first alone", "second alone", "no hooks", "one long line", "elsewhere"])
def test_less_is_none(kind: str) -> None:
    band = bands()
    if kind in ("first alone", "no hooks"):
        bracket(band[0], FIRST, REPEAT - 3, hook=kind != "no hooks")
    if kind in ("second alone", "no hooks"):
        bracket(band[0], REPEAT + 4, 500, hook=kind != "no hooks")
    if kind == "one long line":
        bracket(band[0], 100, 550)
    if kind == "elsewhere":
        bracket(band[0], 100, 200)
        bracket(band[0], 205, 300)
    assert found(band) == []
