"""Lines, frames, streaks and pencil that run past systems join none of them; what joins their staves still does."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from livefollow.score.systems import find_systems
from tests.troubled import Sheet, box, circle, clean_sheet, frame, line, shadow, stroke


@pytest.fixture(params=["piano", "song"])
def sheet(data: Path, request: pytest.FixtureRequest) -> Sheet:
    return clean_sheet(data, request.param)


def is_read(sheet: Sheet) -> bool:
    return sheet.is_read(find_systems(sheet.page))


@pytest.mark.parametrize("away", [0.5, 1.2, 2.3])
def test_a_line_left_of_the_staves(sheet: Sheet, away: float) -> None:
    left = min(t.left for t in sheet.truth)
    assert is_read(line(sheet, left - away * sheet.truth[0].space, 0.8))


def test_a_frame_around_the_music(sheet: Sheet) -> None:
    left, right = min(t.left for t in sheet.truth), max(t.right for t in sheet.truth)
    assert is_read(frame(sheet, left - 5, 8, right + 5, sheet.page.height - 8, 2))


def test_black_edges_of_a_scan(sheet: Sheet) -> None:
    left = min(t.left for t in sheet.truth)
    assert is_read(line(sheet, 0, left - 4))


def test_the_shadow_of_a_fold(sheet: Sheet) -> None:
    left = min(t.left for t in sheet.truth)
    assert is_read(shadow(sheet, left - 6, 15))


def test_streaks_through_the_staves(sheet: Sheet) -> None:
    left = min(t.left for t in sheet.truth)
    for x in (left + 9, left + 140, left + 311.5):
        sheet = line(sheet, x, 0.5)
    assert is_read(sheet)


@pytest.mark.parametrize(("away", "width"), [(0.15, 4), (0.6, 2.5), (1.2, 6)])
def test_a_frame_or_edge_over_the_systemic_lines(data: Path, away: float, width: float) -> None:
    for name in ("song", "small"):
        sheet = clean_sheet(data, name)
        left, right = min(t.left for t in sheet.truth), max(t.right for t in sheet.truth)
        space = sheet.truth[0].space
        framed = frame(sheet, left - away * space, 6, right + space, sheet.page.height - 6, width)
        found = find_systems(framed.page)
        assert [len(s.staves) for s in found] == [len(t.staves) for t in sheet.truth]


@pytest.mark.parametrize("degrees", [-8, -7, 7])
def test_songs_askew(data: Path, degrees: float) -> None:
    for name in ("song", "small"):
        sheet = clean_sheet(data, name)
        height, width = sheet.page.image.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.88)
        turned = sheet.drawn(lambda p, turn=turn: cv2.warpAffine(p, turn, p.shape[::-1], borderValue=255))
        assert [len(s.staves) for s in find_systems(turned.page)] == [len(t.staves) for t in sheet.truth]


@pytest.mark.parametrize("margin", [0.7, 1.5, 3.0])
def test_a_box_around_two_systems(sheet: Sheet, margin: float) -> None:
    assert is_read(box(sheet, 1, 2, margin))


def test_cut_strokes_through_two_systems_and_a_bracket_beside_them(sheet: Sheet) -> None:
    upper, lower = sheet.truth[1:3]
    top, bottom = upper.staves[0][0], lower.staves[-1][1]
    sheet = stroke(sheet, (upper.left + 210, top - 3), (upper.left + 210.5, bottom + 4), 2)
    sheet = stroke(sheet, (upper.left + 400, top - 5), (upper.left + 400, bottom + 2), 2)
    x = lower.left - 1.5 * upper.space
    assert is_read(stroke(sheet, (x, upper.staves[-1][0]), (x, lower.staves[0][1])))


def test_circles_round_bars(sheet: Sheet) -> None:
    upper, lower = sheet.truth[1:3]
    sheet = circle(sheet, upper.left + 150, upper.staves[0][0] - 10, upper.staves[-1][1] + 10, 90)
    assert is_read(circle(sheet, upper.left + 36, upper.staves[0][0] - 5, lower.staves[-1][1] + 5, 60))


def test_staves_whose_left_end_is_torn_off_are_joined_by_their_bar_lines(data: Path) -> None:
    sheet = clean_sheet(data, "piano")

    def tear(image: np.ndarray) -> None:
        image[:, : sheet.px(max(t.left for t in sheet.truth[1:]) + 4)] = 255

    found = find_systems(sheet.drawn(tear).page)
    assert [len(s.staves) for s in found] == [len(t.staves) for t in sheet.truth]


def cut_off(sheet: Sheet, inside: float) -> Sheet:
    """The sheet without what lies left of a line `inside` points behind the last left end of its staves."""
    start = sheet.px(max(t.left for t in sheet.truth) + inside)
    image = np.ascontiguousarray(sheet.page.image[:, start:])
    truth = tuple(replace(t, left=start / sheet.page.scale) for t in sheet.truth)
    moved = tuple(t.moved(-start / sheet.page.scale, 0) for t in truth)
    return Sheet(replace(sheet.page, image=image, width=image.shape[1] / sheet.page.scale), moved)


@pytest.mark.parametrize("name", ["piano", "song", "melody"])
def test_staves_that_the_page_cuts_off_at_the_left(data: Path, name: str) -> None:
    sheet = cut_off(clean_sheet(data, name), 12)
    found = find_systems(sheet.page)
    assert [len(s.staves) for s in found] == [len(t.staves) for t in sheet.truth]


def test_an_excerpt_from_the_middle_with_one_bar_line(data: Path) -> None:
    page = clean_sheet(data, "piano").page
    true = clean_sheet(data, "piano").truth[1]
    x0, x1 = (round((true.left + share * (true.right - true.left)) * page.scale) for share in (0.15, 0.45))
    y0, y1 = (round(y * page.scale) for y in (true.staves[0][0] - 15, true.staves[-1][1] + 15))
    image = np.ascontiguousarray(page.image[y0:y1, x0:x1])
    excerpt = replace(page, image=image, width=image.shape[1] / page.scale, height=image.shape[0] / page.scale)
    assert [len(s.staves) for s in find_systems(excerpt)] == [2]
