import json

import pymupdf
import pytest

from livefollow.train.data.engraving.vector_staves import vector_systems

STAVES = {  # staves of each system, by page, counted by eye
    "large": [[2] * 6, [2] * 5],
    "melody": [[1] * 5],
    "musescore": [[2] * 3],
    "piano": [[2] * 6, [2] * 5],
    "preface": [[], [], [], [2] * 3],
    "small": [[2] * 11],
    "song": [[3] * 5, [3]],
    "verovio": [[2] * 4],
    "wide": [[2] * 4],
}


@pytest.mark.parametrize("name", STAVES)
def test_counts_and_recorded_truth(data, name):
    recorded = json.loads((data / f"{name}.systems.json").read_text())
    with pymupdf.open(data / f"{name}.pdf") as document:
        pages = [vector_systems(page) for page in document]
    assert [[len(s.staves) for s in page] for page in pages] == STAVES[name]
    for page, expected in zip(pages, recorded, strict=True):
        for system, truth in zip(page, expected, strict=True):
            assert [system.left, system.top, system.right, system.bottom] == pytest.approx(
                [truth[side] for side in ("left", "top", "right", "bottom")], abs=1e-3
            )


LEFT, RIGHT, SPACE = 60.0, 500.0, 5.0  # points


def draw_staff(page, top, pieces=1):
    width = (RIGHT - LEFT) / pieces
    for line in range(5):
        y = top + line * SPACE
        for i in range(pieces):
            page.draw_line((LEFT + i * width, y), (LEFT + (i + 1) * width, y), width=0.4)


def test_staves_drawn_bar_by_bar_are_joined_and_a_system_bar_holds_them():
    page = pymupdf.open().new_page()
    draw_staff(page, 100, pieces=4)
    draw_staff(page, 150, pieces=4)
    page.draw_line((60, 100), (60, 170), width=0.5)
    draw_staff(page, 250)
    grand, single = vector_systems(page)
    assert [len(grand.staves), len(single.staves)] == [2, 1]
    assert grand.staves[0].lines == pytest.approx((100, 105, 110, 115, 120), abs=0.01)
    assert (grand.left, grand.top, grand.right, grand.bottom) == pytest.approx((60, 100, 500, 170), abs=0.01)
    assert grand.staves[0].space == pytest.approx(5, abs=0.01)


def test_what_is_long_and_level_is_no_staff():
    page = pymupdf.open().new_page()
    draw_staff(page, 100)
    for ledger in range(1, 6):  # ledger lines, level with each other and in the staff's own distance
        page.draw_line((200, 120 + 5 * ledger), (208, 120 + 5 * ledger), width=0.5)
    page.draw_line((100, 90), (400, 90), width=0.4)  # an octave line
    for beam in range(5):  # level beams: outlines, filled
        shape = page.new_shape()
        y = 300 + 3 * beam
        shape.draw_polyline([(100, y), (180, y), (180, y + 2), (100, y + 2), (100, y)])
        shape.finish(fill=(0, 0, 0), width=0.3)
        shape.commit()
    for row in range(5):  # a ruled table
        page.draw_line((60, 500 + 18 * row), (500, 500 + 18 * row), width=0.4)
    for string in range(6):  # tablature
        page.draw_line((60, 700 + 6 * string), (500, 700 + 6 * string), width=0.4)
    (system,) = vector_systems(page)
    assert (system.top, system.bottom) == pytest.approx((100, 120), abs=0.01)


def test_a_piece_of_a_staff_inside_a_system_is_left_out():
    page = pymupdf.open().new_page()
    for line in range(5):
        page.draw_line((200, 70 + SPACE * line), (300, 70 + SPACE * line), width=0.4)
    draw_staff(page, 120)
    draw_staff(page, 170)
    page.draw_line((LEFT, 70), (LEFT, 190), width=0.5)
    (system,) = vector_systems(page)
    assert (len(system.staves), system.top) == (2, pytest.approx(120, abs=0.01))


def test_a_page_without_music_has_no_systems():
    assert vector_systems(pymupdf.open().new_page()) == []
