"""Pages lie where they should, as large as the window allows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefollow.turning.view import Highlight, Layout, Spot, View
from livefollow.viewer.pages.layout import PageBox, arrange, automatic, focus_on, next_screen

A4 = PageBox(0, 0, 595, 842)
TRIMMED = PageBox(50, 60, 495, 720)


@pytest.mark.parametrize(
    ("width", "height", "layout"),
    [
        (860, 1100, Layout.HALF),
        (768, 1024, Layout.HALF),
        (1024, 768, Layout.TWO),
        (1366, 720, Layout.TWO),
        (1920, 1080, Layout.TWO),
        (1000, 1000, Layout.HALF),
    ],
)
def test_the_windows_shape_chooses(width: int, height: int, layout: Layout) -> None:
    assert automatic(A4, 3, width, height) is layout
    assert automatic(A4, 1, width, height) is Layout.HALF


def test_a_page_alone_is_as_large_as_fits() -> None:
    (pane,) = arrange(View(1), lambda _: A4, 1000, 842)
    assert (pane.scale, pane.y) == (1, 0)
    assert pane.x == round((1000 - 595) / 2)


def test_empty_margins_are_left_out() -> None:
    (pane,) = arrange(View(1), lambda _: TRIMMED, 990, 1440)
    assert pane.scale == 2
    assert pane.to_screen(50, 60) == (0, 0)


def test_two_pages_meet_in_the_middle() -> None:
    left, right = arrange(View(1, 2, Spot.BESIDE), lambda _: A4, 1600, 1000)
    assert left.page == 1
    assert right.page == 2
    assert left.x + 595 * left.scale == pytest.approx(right.x - 2, abs=1)
    assert left.scale == right.scale


def test_the_place_of_a_missing_right_page_is_kept() -> None:
    (alone,) = arrange(View(3, 0, Spot.BESIDE), lambda _: A4, 1600, 1000)
    left, _ = arrange(View(1, 2, Spot.BESIDE), lambda _: A4, 1600, 1000)
    assert (alone.x, alone.y, alone.scale) == (left.x, left.y, left.scale)


def test_the_part_that_stays_does_not_move() -> None:
    (before,) = arrange(View(1), lambda _: A4, 900, 1200)
    own, other = arrange(View(1, 2, Spot.UPPER, cut=400, other_to=380), lambda _: A4, 900, 1200)
    assert (own.x, own.y, own.scale) == (before.x, before.y, before.scale)
    assert own.top == pytest.approx(own.to_screen(0, 400)[1], abs=2)
    assert other.top + other.height <= own.top
    assert other.end == pytest.approx(other.to_screen(0, 380)[1], abs=1)


def test_another_place_is_moved_to_the_upper_edge_of_its_part() -> None:
    own, other = arrange(View(3, 1, Spot.LOWER, cut=400, other_from=120), lambda _: A4, 900, 1200)
    assert own.top == 0
    assert other.to_page(0, other.top)[1] == pytest.approx(120, abs=1)


@pytest.mark.parametrize("zoom", [1.3, 2.0, 3.1, 6.0])
@pytest.mark.parametrize("forward", [True, False])
def test_a_page_larger_than_the_screen_is_read_screenful_by_screenful(zoom: float, forward: bool) -> None:
    box = PageBox(30, 40, 535, 760)
    systems = [(60.0 + 120 * k, 125.0 + 120 * k) for k in range(6)]
    at = None if forward else (300.0, 800.0)
    shown: list[tuple[float, float]] = []
    for _ in range(40):
        (pane,) = arrange(View(1), lambda _: box, 800, 500, zoom, at)
        shown.append((pane.to_page(0, 0)[1], pane.to_page(0, pane.height)[1]))
        by = next_screen(pane, box, systems, forward)
        if by is None:
            break
        assert (by > 0) == forward
        at = pane.to_page(pane.width / 2, pane.height / 2 + by)
    else:
        pytest.fail("the page never ends")
    tall = shown[0][1] - shown[0][0]
    for top, bottom in systems:
        if bottom - top < tall * 0.8:
            assert any(start <= top + 2 and bottom <= end + 2 for start, end in shown), (top, shown)
        else:  # no part of it is jumped over
            assert all(any(start <= y <= end for start, end in shown) for y in np.linspace(top, bottom, 20))
    assert len(shown) <= 6 * np.ceil(65 / tall / 0.5)


def test_zoomed_pages_do_not_leave_the_screen() -> None:
    for y in (0, 300, 842):
        (pane,) = arrange(View(1), lambda _: A4, 595, 842, zoom=2, focus=(297, y))
        assert -842 <= pane.y <= 0


@given(st.integers(200, 4000), st.integers(200, 3000), st.floats(100, 2000), st.floats(100, 2000))
def test_everything_is_seen_at_any_size(width: int, height: int, page_width: float, page_height: float) -> None:
    for view in (View(1), View(1, 2, Spot.BESIDE)):
        for pane in arrange(view, lambda _: PageBox(0, 0, page_width, page_height), width, height):
            x0, y0 = pane.to_screen(0, 0)
            x1, y1 = pane.to_screen(page_width, page_height)
            assert pane.left - 2 <= x0 <= x1 <= pane.left + pane.width + 2
            assert -2 <= y0 <= y1 <= height + 2


def test_a_page_wider_than_the_screen_moves_sideways_with_the_player() -> None:
    (pane,) = arrange(View(1), lambda _: A4, 595, 842, zoom=2)
    moves = 0
    for top in (100, 300, 600):
        for x in range(25, 580, 5):
            here = Highlight(1, float(x), top, top + 50.0, 20.0, 575.0)
            focus = focus_on(pane, here)
            if focus:
                (moved,) = arrange(View(1), lambda _: A4, 595, 842, zoom=2, focus=focus)
                moves += moved != pane
                pane = moved
            across, down = pane.to_screen(x, top + 50.0)
            assert 0.02 * 595 <= across <= 0.98 * 595
            assert 0 <= down <= 842
    assert moves <= 3 * 3  # not with every note
