"""Strokes follow the hand without its tremble, and keep few points."""

import itertools
import math
import random

import pytest

from livefollow.viewer.annotations.strokes import EVEN, LEAST, MOST, TOLERANCE_PT, StrokeMaker, simplified
from livefollow.viewer.annotations.tools import HIGHLIGHTERS, PENS, at_night


def drawn(points: list[tuple[float, float]], pressure: float = EVEN) -> tuple[tuple[float, float, float], ...]:
    maker = StrokeMaker(2.0)
    for x, y in points:
        maker.add(x, y, pressure)
    return maker.end()


def test_a_straight_line_has_two_points_and_ends_where_the_pen_was_lifted() -> None:
    stroke = drawn([(float(x), 0.0) for x in range(100)])
    assert len(stroke) == 2
    assert stroke[0] == (0, 0, 2)
    assert stroke[-1][:2] == (99, 0)


def test_a_press_without_a_move_is_a_dot() -> None:
    assert drawn([(5, 6)]) == ((5, 6, 2),)
    assert drawn([(5, 6), (5.01, 6)]) == ((5, 6, 2),)


@pytest.mark.parametrize(("pressure", "factor"), [(0.0, LEAST), (1.0, MOST), (EVEN, 1.0), (7.0, MOST)])
def test_pressure_makes_the_stroke_wider(pressure: float, factor: float) -> None:
    assert all(width == pytest.approx(2 * factor) for _, _, width in drawn([(x, 0) for x in range(50)], pressure))


def test_a_trembling_hand_draws_a_smoother_line() -> None:
    noise = random.Random(1)
    shaky = [(float(x), noise.uniform(-0.5, 0.5)) for x in range(200)]

    def roughness(points: list[tuple[float, float]]) -> float:
        return sum(abs(b[1] - a[1]) for a, b in itertools.pairwise(points))

    smooth = [point[:2] for point in drawn(shaky)]
    assert roughness(smooth) < 0.6 * roughness(shaky)


def test_what_is_left_out_is_not_seen() -> None:
    circle = [(50 + 30 * math.cos(k / 50), 50 + 30 * math.sin(k / 50), 1.0) for k in range(300)]
    few = simplified(circle)
    assert len(few) < 80
    for x, y, _ in few:
        assert math.hypot(x - 50, y - 50) == pytest.approx(30)
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in itertools.pairwise(few)]
    assert all(30 - math.hypot(x - 50, y - 50) <= 1.5 * TOLERANCE_PT for x, y in middles)


def lightness(colour: str) -> float:
    values = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return (max(values) + min(values)) / 510


@pytest.mark.parametrize("colour", [*PENS, *HIGHLIGHTERS, "#000000", "#ffffff", "#00ff00"])
def test_ink_is_light_on_night_paper(colour: str) -> None:
    assert lightness(at_night(colour)) >= 0.6
