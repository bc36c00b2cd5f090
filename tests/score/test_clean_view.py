"""A photographed page becomes level and white, and what lies around it is cut off; its points are still known."""

import cv2
import numpy as np
import pytest

from livefollow.score.clean_view import LEVEL, Tilt, cleaned, tilt_of
from livefollow.score.staves.darkness import paper_of
from livefollow.score.systems import Staff, System

WIDTH, HEIGHT, SCALE = 500.0, 700.0, 2.0  # points, px per point
LEFT, RIGHT, SPACE = 100.0, 400.0, 6.0
MARK = (330.0, 260.0)  # a small square on the level page, points


def level_page() -> np.ndarray:
    """A sheet with two staves and a square, white, on which nothing is askew."""
    page = np.full((round(HEIGHT * SCALE), round(WIDTH * SCALE)), 255, np.uint8)
    for top in (200.0, 400.0):
        for line in range(5):
            y = round((top + line * SPACE) * SCALE)
            page[y : y + 2, round(LEFT * SCALE) : round(RIGHT * SCALE)] = 0
    x, y = (round(v * SCALE) for v in MARK)
    page[y - 5 : y + 5, x - 5 : x + 5] = 0
    return page


def photograph(slope: float) -> np.ndarray:
    """The sheet, smaller than the picture and askew, on a dark table, lit from one side."""
    height, width = round(HEIGHT * SCALE), round(WIDTH * SCALE)
    sheet = np.zeros((height, width), np.float32)
    sheet[60:-60, 80:-80] = level_page()[60:-60, 80:-80]
    way = np.array([[1, -slope, slope * height / 2], [slope, 1, -slope * width / 2]])
    sheet = cv2.warpAffine(sheet, way, (width, height), flags=cv2.INTER_LINEAR)
    on_sheet = cv2.warpAffine(
        np.float32(np.pad(np.ones((height - 120, width - 160)), ((60, 60), (80, 80)))), way, (width, height)
    )
    light = np.linspace(1.0, 0.75, width)[None]
    rng = np.random.default_rng(0)
    seen = np.where(on_sheet > 0.5, 40 + 0.8 * sheet, 50) * light + rng.normal(0, 2, sheet.shape)
    grey = np.clip(seen, 0, 255).astype(np.uint8)
    return np.stack([grey] * 3, axis=2)


def systems(slope: float) -> list[System]:
    x = np.array([LEFT, RIGHT], np.float32)
    out = []
    for top in (200.0, 400.0):
        y = top + 2 * SPACE + slope * (x - WIDTH / 2)
        out.append(System(1, (Staff(x, y.astype(np.float32), np.full(2, SPACE, np.float32)),), (0,)))
    return out


@pytest.mark.parametrize("slope", [0.03, -0.02])
def test_how_a_page_lies_is_that_of_its_staves(slope: float) -> None:
    tilt = tilt_of(systems(slope), WIDTH, HEIGHT)
    assert tilt.slope == pytest.approx(slope, rel=1e-3)
    assert (tilt.x, tilt.y) == (WIDTH / 2, HEIGHT / 2)


def test_a_level_page_stays_as_it_is() -> None:
    assert tilt_of(systems(0.0005), WIDTH, HEIGHT) == LEVEL
    assert tilt_of([], WIDTH, HEIGHT) == LEVEL


@pytest.mark.parametrize("slope", [0.03, -0.02])
def test_it_becomes_level_and_white_without_the_table(slope: float) -> None:
    here = systems(slope)
    clean = cleaned(photograph(slope), SCALE, here, tilt_of(here, WIDTH, HEIGHT))[:, :, 0]
    expected = level_page()
    inked = expected < 128
    assert clean[inked].mean() < 90  # every line is where it is on the level sheet
    far = cv2.dilate(inked.astype(np.uint8), np.ones((15, 15), np.uint8)) == 0
    assert (clean[far] < 250).mean() < 0.002  # and nothing else is there: no table, no shadow, no noise
    assert clean.shape == expected.shape


def test_nothing_is_cut_off_where_no_music_is_known() -> None:
    clean = cleaned(photograph(0.03), SCALE, [], LEVEL)[:, :, 0]
    assert (clean < 128).mean() > 0.01


def test_a_sheet_that_fills_the_picture_is_no_table() -> None:
    assert paper_of(level_page()) is None
    sheet = paper_of(photograph(0.03)[:, :, 0])
    assert sheet is not None
    assert not sheet[:20].any()
    assert sheet[300:-300, 300:-300].all()


def test_points_of_the_page_are_found_in_its_picture() -> None:
    """The square's place on the page, askew, is turned to where the clean picture shows it."""
    slope = 0.03
    tilt = Tilt(slope, WIDTH / 2, HEIGHT / 2)
    clean = cleaned(photograph(slope), SCALE, systems(slope), tilt)[:, :, 0]
    x, y = MARK
    window = clean[round((y - 8) * SCALE) : round((y + 8) * SCALE), round((x - 8) * SCALE) : round((x + 8) * SCALE)]
    rows, columns = np.nonzero(window < 128)
    assert (rows.mean() / SCALE - 8, columns.mean() / SCALE - 8) == pytest.approx((0, 0), abs=0.7)
