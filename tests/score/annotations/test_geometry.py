"""Shapes: what the eraser touches, and that nothing is lost when a page is turned."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from livefollow.score.annotations.geometry import along, box_of, outline, scaled, to_display, to_file, touches
from livefollow.score.annotations.kinds import Ink, Stamp, StampKind, Text

coordinates, quarters = st.floats(0, 800), st.integers(0, 3)


@given(coordinates, coordinates, quarters)
def test_to_file_is_the_inverse_of_to_display(x: float, y: float, turned: int) -> None:
    size = (842.0, 595.0) if turned % 2 else (595.0, 842.0)
    assert to_file(*to_display(x, y, turned, size), turned, size) == pytest.approx((x, y))


@given(quarters)
def test_what_lies_to_the_right_on_a_turned_page_does_so_once_it_is_turned(turned: int) -> None:
    size = (842.0, 595.0) if turned % 2 else (595.0, 842.0)
    u, v = along(7, 3, turned)
    start, end = to_display(100, 200, turned, size), to_display(100 + u, 200 + v, turned, size)
    assert (end[0] - start[0], end[1] - start[1]) == pytest.approx((7, 3))


def area(polygon: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, polygon[1:] + polygon[:1], strict=True)) / 2


@given(st.lists(st.tuples(coordinates, coordinates, st.floats(0.5, 20)), min_size=1, max_size=9))
def test_all_parts_of_a_stroke_go_the_same_way_round(points: list[tuple[float, float, float]]) -> None:
    assert all(area(polygon) > 0 for polygon in outline(points))


def test_a_stroke_is_as_wide_as_it_was_pressed() -> None:
    (polygon,) = outline([(0, 0, 2), (10, 0, 6)])
    assert max(y for x, y in polygon if x < 1) == pytest.approx(1)
    assert max(y for x, y in polygon if x > 9) == pytest.approx(3)


INK = Ink(((0, 0, 2), (100, 0, 2), (100, 100, 2)), "#000000")


@pytest.mark.parametrize(
    ("x", "y", "touched"), [(50, 2.9, True), (50, 3.1, False), (103, 50, True), (50, 50, False), (-2.9, 0, True)]
)
def test_the_eraser_touches_the_line_and_not_what_it_encloses(x: float, y: float, touched: bool) -> None:
    assert touches(INK, x, y, radius=2) == touched


def test_the_eraser_touches_texts_and_stamps_anywhere_in_their_boxes() -> None:
    text = Text(10, 50, "Andante", 10, 40, "#000000")
    assert touches(text, 30, 50, 1)
    assert not touches(text, 30, 58, 1)
    upright = Text(10, 50, "Andante", 10, 40, "#000000", turned=1)  # it runs upwards
    assert touches(upright, 10, 20, 1)
    assert not touches(upright, 30, 50, 1)
    assert touches(Stamp(StampKind.GLASSES, 0, 0, 20, "#000000"), 20, 0, 1)


@given(st.sampled_from(StampKind), quarters)
def test_a_turned_stamp_has_its_sides_exchanged(kind: StampKind, turned: int) -> None:
    left, top, right, bottom = box_of(Stamp(kind, 0, 0, 40, "#000000"))
    turned_left, turned_top, turned_right, turned_bottom = box_of(Stamp(kind, 0, 0, 40, "#000000", turned))
    sides = (turned_right - turned_left, turned_bottom - turned_top)
    assert (sides if turned % 2 == 0 else sides[::-1]) == pytest.approx((right - left, bottom - top))


def test_scaling_keeps_the_proportions() -> None:
    big = scaled(INK, 2)
    assert isinstance(big, Ink)
    assert math.dist(big.points[0][:2], big.points[1][:2]) == 200
    assert big.points[0][2] == 4
