"""Several pages on a sheet and short scores side by side: each staff on its own, read in the right order."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from livefollow.score.staves.columns import put_in_place, reading_order
from livefollow.score.systems import Staff, System, find_systems
from tests.troubled import blank_sheet, clean_sheet, landscape, line, part, pasted, two_up


def system(left: float, right: float, top: float) -> System:
    x = np.array([left, right], np.float32)
    return System(1, (Staff(x, np.full(2, top + 10, np.float32), np.full(2, 5, np.float32)),), (0,))


def places(systems: list[System]) -> list[tuple[float, float]]:
    return [(s.left, s.top) for s in systems]


@pytest.mark.parametrize("down", [0.0, 31.0], ids=["level", "lower"])
def test_the_left_page_of_a_sheet_is_read_before_the_right_one(data: Path, down: float) -> None:
    page = clean_sheet(data, "musescore")
    sheet = two_up(page, page, down)
    assert sheet.is_read(find_systems(sheet.page))


def test_a_line_in_the_gutter_joins_no_pages(data: Path) -> None:
    page = clean_sheet(data, "verovio")
    both = two_up(page, page, 12, gutter=20)
    sheet = line(both, both.page.width / 2, 1.5)
    assert sheet.is_read(find_systems(sheet.page))


def test_the_pages_of_a_sheet_are_read_where_the_scan_is_small(data: Path) -> None:
    page = clean_sheet(data, "musescore")
    both = two_up(page, page, 9)
    sheet = pasted(blank_sheet(842, 595, 2.78), both, 0, 0, 842 / both.page.width)
    assert sheet.is_read(find_systems(sheet.page))


@pytest.mark.parametrize("name", ["melody", "piano"])
def test_short_scores_side_by_side_are_read_line_by_line(data: Path, name: str) -> None:
    source = clean_sheet(data, name)
    sheet = blank_sheet(595, 842, 2.78)
    for row in range(4):
        for x, index in ((8 + 2 * row, row), (322 - 3 * row, row + 1)):
            sheet = pasted(sheet, part(source, index, 0.42), x, 20 + 180 * row, 0.85)
    assert sheet.is_read(find_systems(sheet.page))


@pytest.mark.parametrize("name", ["melody", "musescore"])
def test_a_coda_set_apart_on_its_line_is_read_behind_what_stands_before_it(data: Path, name: str) -> None:
    clean = clean_sheet(data, name)
    true = clean.truth[1]
    top, bottom = (true.staves[i][i] + side * 4 * true.space for i, side in ((0, -1), (-1, 1)))

    def remove(image: np.ndarray) -> None:
        image[clean.px(top) : clean.px(bottom)] = 255

    x = true.left - 4 * true.space
    sheet = replace(clean.drawn(remove), truth=clean.truth[:1])
    sheet = pasted(sheet, part(clean, 1, 0.5), x, top)
    sheet = pasted(sheet, part(clean, 1, 0.35), x + 0.5 * (true.right - true.left) + 7 * true.space, top)
    sheet = replace(sheet, truth=sheet.truth + clean.truth[2:])
    assert sheet.is_read(find_systems(sheet.page))


def test_a_staff_that_fades_for_a_while_is_one(data: Path) -> None:
    clean = clean_sheet(data, "melody")
    true = clean.truth[1]
    start = (true.left + true.right) / 2

    def fade(image: np.ndarray) -> None:
        rows = slice(clean.px(true.staves[0][0] - 15), clean.px(true.staves[0][1] + 15))
        image[rows, clean.px(start) : clean.px(start + 9 * true.space)] = 255

    sheet = clean.drawn(fade)
    assert sheet.is_read(find_systems(sheet.page))


def test_a_landscape_page_is_one_page(data: Path) -> None:
    sheet = landscape(clean_sheet(data, "piano"))
    assert sheet.is_read(find_systems(sheet.page))


def test_reading_order() -> None:
    left, right = [(30.0, 380.0, y) for y in (50.0, 150, 250)], [(450.0, 800.0, y) for y in (70.0, 170)]
    boxes = [system(*box) for box in sorted(left + right, key=lambda b: b[2])]
    assert places(reading_order(boxes, (842, 595))) == [(b[0], b[2]) for b in left + right]
    level = [system(x, x + 200, y) for y in (50.0, 150, 250) for x in (330.0, 40)]
    expected = [(x, y) for y in (50.0, 150, 250) for x in (40.0, 330)]
    assert places(reading_order(level, (595, 842))) == expected
    assert places(reading_order([*level, system(40, 530, 350)], (842, 595))) == [*expected, (40, 350)]
    assert reading_order([], (595, 842)) == []


def test_a_system_put_by_hand_takes_its_place_on_its_own_page() -> None:
    pages = [system(x, x + 350, y) for x in (30.0, 450) for y in (50.0, 250)]
    assert places(put_in_place(pages, system(440, 790, 150)))[2:] == [(450, 50), (440, 150), (450, 250)]
    assert places(put_in_place(pages, system(40, 390, 20)))[:2] == [(40, 20), (30, 50)]
    assert places(put_in_place([], system(40, 390, 20))) == [(40, 20)]
