"""The strip: what it shows, and that its maps are each other's inverses."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.constants import BAND_HEIGHT, COLUMN, STAFF_SPACE, STRIP_HEIGHT
from livefollow.score.corrections import straight_system
from livefollow.score.document import Page
from livefollow.score.strip import MIDDLE_ROW, Strip
from livefollow.score.systems import System, find_systems
from tests.clean_pages import pages_of, systems_of
from tests.warped import WARPS


def read(path: Path, pages: int | None = None) -> tuple[Strip, dict[int, list[System]]]:
    """The strip of a clean score, or of its first pages, and the systems of each page."""
    strip, systems = Strip(), {}
    for page, found in zip(pages_of(path)[:pages], systems_of(path), strict=False):
        systems[page.number] = list(found)
        strip.add(page, systems[page.number])
    return strip, systems


def strip_of(page: Page) -> Strip:
    strip = Strip()
    strip.add(page, find_systems(page))
    return strip


@pytest.fixture(scope="module")
def skewed() -> Strip:
    page = pages_of(Path(__file__).parents[1] / "data" / "piano.pdf")[0]
    damaged, _ = WARPS[1].apply(page)
    return strip_of(damaged)


def test_shapes_and_places(data: Path) -> None:
    strip, systems = read(data / "piano.pdf")
    assert strip.bands.shape == (2, BAND_HEIGHT, strip.width)
    assert strip.image.shape == (STRIP_HEIGHT, strip.width)
    assert [p.number for p in strip.placements] == [n for s in systems.values() for n in range(1, len(s) + 1)]
    assert strip.placements[0].x0 == 0
    for before, after in zip(strip.placements, strip.placements[1:], strict=False):
        assert after.x0 == before.x1
        assert after.x0 % COLUMN == 0


@pytest.mark.parametrize("name", ["piano", "small", "large", "verovio", "musescore", "wide"])
def test_staff_lines_lie_at_fixed_rows_of_the_bands(data: Path, name: str) -> None:
    strip, _ = read(data / f"{name}.pdf")
    for band in strip.bands:
        dark = (255.0 - band).mean(1)
        rows = MIDDLE_ROW + STAFF_SPACE * np.arange(-2, 3)
        assert dark[rows].min() > 1.5 * np.median(dark[rows[0] : rows[-1]])
        for row in rows:
            assert abs(int(np.argmax(dark[row - 2 : row + 3])) - 2) <= 1


def test_a_skewed_page_gives_the_bands_of_the_straight_one(data: Path) -> None:
    page = pages_of(data / "piano.pdf")[0]
    straight, _ = read(data / "piano.pdf", 1)
    for warp in (WARPS[1], WARPS[3]):
        damaged, _ = warp.apply(page)
        bent = strip_of(damaged)
        for a, b in zip(straight.placements, bent.placements, strict=True):
            one, other = (np.concatenate(s.bands[:, :, p.x0 : p.x1]) for s, p in ((straight, a), (bent, b)))
            # a bent staff is a little shorter or longer: a part of it may stand a few pixels to the side
            for x in (60, 300, min(a.width, b.width) - 210):
                likeness = cv2.matchTemplate(one[:, x - 10 : x + 210], other[:, x : x + 200], cv2.TM_CCOEFF_NORMED)
                assert likeness.max() > 0.85


@given(share=st.floats(0, 1))
@settings(deadline=None)
def test_to_page_and_from_page_are_inverses(skewed: Strip, share: float) -> None:
    for place in skewed.placements:
        x = place.x0 + share * (place.width - 1e-6)
        point = skewed.to_page(x)
        assert (point.page, point.system) == (place.system.page, place.number)
        assert skewed.from_page(point.page, point.x, point.y) == pytest.approx(x, abs=0.01)


def test_points_above_each_other_share_a_column(data: Path) -> None:
    page = pages_of(data / "piano.pdf")[0]
    clean = systems_of(data / "piano.pdf")[0]
    damaged, forward = WARPS[1].apply(page)
    strip = strip_of(damaged)
    for system, place in zip(clean, strip.placements, strict=True):
        x = np.linspace(system.left + 10, system.right - 10, 20)
        ends = [
            forward(np.stack([x, s.line(k, x)], axis=-1) * page.scale) / page.scale
            for s, k in ((system.staves[0], -2), (system.staves[-1], 2))
        ]
        off = place.from_page(*ends[0].T) - place.from_page(*ends[1].T)
        assert np.abs(off).max() < 1


def test_band_rows_count_staff_spaces(data: Path) -> None:
    strip, _ = read(data / "piano.pdf", 1)
    place = strip.placements[0]
    for i, staff in enumerate(place.staves):
        x = (staff.left + staff.right) / 2
        for k in (-6, -2, 0, 1.5, 6):
            assert place.band_row(i, x, float(staff.line(k, x))) == pytest.approx(MIDDLE_ROW + 0.5 + k * STAFF_SPACE)


def test_a_wide_grand_staff_is_closed_up_and_keeps_its_noteheads(data: Path) -> None:
    strip, _ = read(data / "wide.pdf")
    for place in strip.placements:
        for staff in place.staves:
            x = (staff.left + staff.right) / 2
            rows = [place.image_row(x, float(staff.line(k, x))) for k in range(-2, 3)]
            assert np.diff(rows) == pytest.approx(STAFF_SPACE, abs=0.6)
        assert np.all(np.diff(place.rows) >= 1)


def test_a_single_staff_leaves_the_lower_band_white(data: Path) -> None:
    strip, _ = read(data / "melody.pdf")
    assert strip.bands[1].min() == 255
    assert strip.bands[0].min() < 100


def test_skipped_systems_are_left_out_but_keep_their_number(data: Path) -> None:
    page = pages_of(data / "melody.pdf")[0]
    systems = systems_of(data / "melody.pdf")[0]
    strip = Strip()
    strip.add(page, [systems[0], System(1, systems[1].staves, (0,), skip=True), *systems[2:]])
    assert [p.number for p in strip.placements] == [1, 3, 4, 5]


def test_from_page_takes_the_nearest_system_and_stays_on_it(data: Path) -> None:
    strip, systems = read(data / "piano.pdf")
    second = systems[1][1]
    place = strip.placements[1]
    assert place.x0 <= strip.from_page(1, second.left - 50, second.top - 1) <= place.x1
    assert strip.from_page(1, second.right + 500, second.bottom) == place.x1
    with pytest.raises(LookupError, match="page 9"):
        strip.from_page(9, 0, 0)


def test_an_empty_strip_says_so() -> None:
    strip = Strip()
    assert strip.width == 0
    assert strip.bands.shape == (2, BAND_HEIGHT, 0)
    with pytest.raises(LookupError):
        strip.to_page(0)


def test_a_system_drawn_at_the_page_edge_is_padded_with_paper() -> None:
    page = Page(1, 200, 100, np.full((200, 400), 255, np.uint8), 2.0)
    strip = Strip()
    strip.add(page, [straight_system(1, 0, 200, [(0, 20), (80, 100)])])
    assert strip.bands.min() == 255
    assert strip.width > 0
