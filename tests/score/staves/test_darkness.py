"""Pages light on dark, tinted, dithered, faint, speckled, askew, or cut out are read as clean ones are."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from livefollow.score.document import Document, Page
from livefollow.score.score import Score
from livefollow.score.staves.darkness import darkness
from livefollow.score.staves.lines import first_slices, slope
from livefollow.score.strip import Strip
from livefollow.score.systems import System, find_systems
from tests.benchmarks.score.troubled import phone, picture
from tests.troubled import clean_sheet

Picture = np.ndarray
Change = Callable[[Picture], Picture]


@pytest.fixture(scope="module")
def clean(data: Path) -> Page:
    with Document(data / "piano.pdf") as document:
        return document.page(1)


@pytest.fixture(scope="module")
def systems(clean: Page) -> list[System]:
    return find_systems(clean)


def like(page: Page, image: Picture) -> Page:
    return Page(page.number, page.width, page.height, np.ascontiguousarray(image), page.scale)


def toned(paper: int, ink: int) -> Change:
    return lambda p: np.rint(p / 255.0 * (paper - ink) + ink).astype(np.uint8)


def noisy(sigma: float) -> Change:
    return lambda p: np.clip(p + np.random.default_rng(0).normal(0, sigma, p.shape), 0, 255).astype(np.uint8)


def speckled(share: float) -> Change:
    def change(p: Picture) -> Picture:
        at = np.random.default_rng(0).random(p.shape)
        return np.where(at < share / 2, 0, np.where(at > 1 - share / 2, 255, p)).astype(np.uint8)

    return change


def turned(degrees: float) -> Change:
    def change(p: Picture) -> Picture:
        height, width = p.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.88)
        return cv2.warpAffine(p, turn, (width, height), borderValue=255)

    return change


def dithered(paper: int) -> Change:
    bayer = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])

    def change(p: Picture) -> Picture:
        limit = np.tile((bayer + 0.5) * 16, (p.shape[0] // 4 + 1, p.shape[1] // 4 + 1))[: p.shape[0], : p.shape[1]]
        return np.where(p / 255 * paper > limit, 255, 0).astype(np.uint8)

    return change


def jpeg(quality: int) -> Change:
    def change(p: Picture) -> Picture:
        data = cv2.imencode(".jpg", p, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))

    return change


def fading(least: float, axis: int, way: int = 1) -> Change:
    """Ink that has `least` of its strength at one side and all of it at the other."""

    def change(p: Picture) -> Picture:
        ramp = np.linspace(least, 1, p.shape[axis])[::way]
        return (255 - (255.0 - p) * (ramp if axis else ramp[:, None])).astype(np.uint8)

    return change


def reduced_dither(paper: int) -> Change:
    """Dithered at 300 dpi, and reduced to 200 as pages are when they are looked at."""

    def change(p: Picture) -> Picture:
        fine = dithered(paper)(cv2.resize(p, None, fx=1.5, fy=1.5))
        return np.asarray(cv2.resize(fine, p.shape[::-1], interpolation=cv2.INTER_AREA))

    return change


def chain(*changes: Change) -> Change:
    def change(p: Picture) -> Picture:
        for each in changes:
            p = each(p)
        return p

    return change


def framed(p: Picture) -> Picture:
    dark = 255 - p
    for edge in (dark[:90], dark[-90:], dark[:, :40], dark[:, -40:]):
        edge[:] = 240
    return dark


SPOILT: dict[str, Change] = {
    "white on black": lambda p: 255 - p,
    "dark mode, JPEG": chain(toned(34, 225), jpeg(60)),
    "white on grey": toned(120, 255),
    "dark, in a light frame": framed,
    "dark, noisy and askew": chain(turned(2), lambda p: 255 - p, noisy(15)),
    "dithered": dithered(225),
    "dithered, reduced": reduced_dither(215),
    "fading to the left": fading(0.1, 1),
    "fading to the right": fading(0.12, 1, -1),
    "fading to the top": fading(0.1, 0),
    "fading to the bottom, noisy": chain(fading(0.15, 0, -1), noisy(2)),
    "dithered and speckled": chain(dithered(235), speckled(0.02)),
    "faint": toned(250, 215),
    "faint, noisy and askew": chain(turned(2), toned(250, 216), noisy(1), jpeg(75)),
    "speckled": speckled(0.05),
    "very noisy": noisy(45),
    "askew by 6 degrees": turned(6),
    "askew by -8 degrees": turned(-8),
}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_picture_has_the_systems_of_the_clean_one(clean: Page, systems: list[System], change: Change) -> None:
    found = find_systems(like(clean, change(clean.image)))
    assert [len(s.staves) for s in found] == [len(s.staves) for s in systems]


def test_staves_far_askew_lie_where_they_are_drawn(clean: Page, systems: list[System]) -> None:
    height, width = clean.image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 7, 0.88)
    found = find_systems(like(clean, cv2.warpAffine(clean.image, turn, (width, height), borderValue=255)))
    for old, new in zip(systems, found, strict=True):
        for a, b in zip(old.staves, new.staves, strict=True):
            x = np.linspace(a.left, a.right, 20)[1:-1]
            for k in (-2, 2):
                points = np.stack([x * clean.scale, a.line(k, x) * clean.scale, np.ones_like(x)])
                at, y = turn @ points / clean.scale
                assert np.abs(b.line(k, at) - y).max() < 0.2 * b.staff_space


@pytest.mark.parametrize("shade", [0.45, 0.75], ids=["dark box", "grey box"])
def test_a_shaded_box_behind_systems_fuses_none(clean: Page, systems: list[System], shade: float) -> None:
    image = clean.image.copy()
    top, bottom = (round(y * clean.scale) for y in (systems[1].top - 20, systems[2].bottom + 15))
    image[top:bottom, 60:-60] = image[top:bottom, 60:-60] * shade
    found = find_systems(like(clean, image))
    assert [len(s.staves) for s in found] == [len(s.staves) for s in systems]


def test_systems_marked_with_a_pen_are_found(clean: Page, systems: list[System]) -> None:
    image = clean.image.copy()
    for system, shade in zip(systems[1:], (0.5, 0.35, 0.6, 0.4, 0.5), strict=False):
        top, bottom, left, right = (
            round(v * clean.scale) for v in (system.top - 3, system.bottom + 3, system.left, system.right)
        )
        image[top:bottom, left:right] = image[top:bottom, left:right] * shade
    found = find_systems(like(clean, image))
    assert [len(s.staves) for s in found] == [len(s.staves) for s in systems]


@pytest.mark.parametrize("strength", [0.3, 0.5])
def test_the_back_of_a_page_that_shines_through_is_no_music(
    data: Path, clean: Page, systems: list[System], strength: float
) -> None:
    with Document(data / "wide.pdf") as document:
        back = cv2.resize(document.page(1).image[:, ::-1], clean.image.shape[::-1])
    image = np.minimum(clean.image, 255 - strength * (255.0 - back)).astype(np.uint8)
    found = find_systems(like(clean, image))
    assert [len(s.staves) for s in found] == [len(s.staves) for s in systems]


def test_dark_is_decided_region_by_region(clean: Page, systems: list[System]) -> None:
    image = clean.image.copy()
    middle = round((systems[2].bottom + systems[3].top) / 2 * clean.scale)
    image[middle:] = 255 - image[middle:]
    found = find_systems(like(clean, image))
    assert [len(s.staves) for s in found] == [len(s.staves) for s in systems]


@pytest.mark.parametrize("change", [lambda p: 255 - p, toned(150, 0), toned(250, 215)], ids=["dark", "grey", "faint"])
def test_the_bands_of_a_spoilt_page_are_dark_on_white(clean: Page, systems: list[System], change: Change) -> None:
    as_drawn, spoilt = Strip(), Strip()
    as_drawn.add(clean, systems)
    spoilt.add(like(clean, change(clean.image)), systems)
    off = np.abs(as_drawn.bands.astype(int) - spoilt.bands)
    assert np.median(spoilt.bands) == 255
    assert off.mean() < 4
    assert np.percentile(spoilt.bands, 1) < 80


def test_clean_pages_are_left_as_they_are(data: Path) -> None:
    for name in ("piano", "small", "wide", "preface"):
        with Document(data / f"{name}.pdf") as document:
            for page in document.pages():
                assert (darkness(page.image) == 255 - page.image).mean() > 0.98


@pytest.mark.parametrize(("share", "width", "staves"), [(0.25, 260, 2), (0.4, 583, 2), (0.3, 2400, 2), (0.4, 500, 1)])
def test_a_snippet_of_a_bar_or_two_is_read(
    tmp_path: Path, clean: Page, systems: list[System], share: float, width: int, staves: int
) -> None:
    system = systems[1]
    left, right = system.left - 20, system.left + share * (system.right - system.left)
    top, bottom = system.top - 20, system.staves[staves - 1].bottom + 15
    rows, columns = (slice(*(round(v * clean.scale) for v in ends)) for ends in ((top, bottom), (left, right)))
    part = clean.image[rows, columns]
    size = (width, round(width * part.shape[0] / part.shape[1]))
    cv2.imwrite(str(tmp_path / "snippet.png"), cv2.resize(part, size, interpolation=cv2.INTER_AREA))
    with Score(tmp_path / "snippet.png", data=tmp_path) as score:
        _, found = score.detect(1)
    assert [len(s.staves) for s in found] == [staves]


@pytest.mark.parametrize(("name", "which", "width"), [("small", 2, 583), ("musescore", 0, 900), ("wide", 0, 500)])
def test_an_enlarged_excerpt_has_no_back_that_shines_through(
    data: Path, tmp_path: Path, name: str, which: int, width: int
) -> None:
    sheet = clean_sheet(data, name)
    true, page = sheet.truth[which], sheet.page
    rows = slice(max(0, sheet.px(true.staves[0][0] - 20)), sheet.px(true.staves[-1][1] + 15))
    part = page.image[rows, max(0, sheet.px(true.left - 15)) : sheet.px(true.left + 0.4 * (true.right - true.left))]
    size = (width, round(width * part.shape[0] / part.shape[1]))
    cv2.imwrite(str(tmp_path / "excerpt.png"), cv2.resize(part, size, interpolation=cv2.INTER_AREA))
    with Score(tmp_path / "excerpt.png", data=tmp_path) as score:
        _, found = score.detect(1)
    assert [len(s.staves) for s in found] == [2]


@pytest.mark.parametrize("degrees", [-9, -5, 0, 3, 8])
def test_the_slope_of_a_page_is_measured(clean: Page, degrees: float) -> None:
    found = slope(*first_slices(darkness(turned(-degrees)(clean.image))))
    assert found == pytest.approx(np.tan(np.radians(degrees)), abs=0.003)


@pytest.mark.parametrize(
    ("kind", "score", "seed"),
    [("cylinder, hand", "large", 93), ("curl at the gutter", "wide", 94), ("from 12 degrees, lamp", "song", 95)],
)
def test_staves_photographed_on_a_dark_table_end_on_the_paper(kind: str, score: str, seed: int, tmp_path: Path) -> None:
    damaged = phone.KINDS[kind](picture.clean_page(score, 0), seed)
    with Score(picture.write(damaged, tmp_path / "score")) as read:
        found = [system for page in read.read() for system in read.systems[page.number]]
        width = read.document.page(1).width
    assert [len(s.staves) for s in found] == damaged.staves
    assert all(s.left > 0.08 * width and s.right < 0.92 * width for s in found)
