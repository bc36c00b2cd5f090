"""Systems on real pages against the staff lines of their vector drawings, and on copies of them that are damaged."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from livefollow.score.document import Page
from livefollow.score.strip import Strip
from livefollow.score.systems import System, find_systems
from tests.clean_pages import pages_of, systems_of
from tests.warped import WARPS, Warp

SCORES = ["piano", "song", "melody", "wide", "small", "large", "preface", "verovio", "musescore"]


def boundaries(system: System) -> list[float]:
    return [system.left, system.right, *(edge for s in system.staves for edge in (s.top, s.bottom))]


@pytest.mark.parametrize("name", SCORES)
def test_every_boundary_is_within_half_a_staff_space_of_the_drawing(data: Path, name: str) -> None:
    truth = json.loads((data / f"{name}.systems.json").read_text())
    for found, true in zip(systems_of(data / f"{name}.pdf"), truth, strict=True):
        assert [len(s.staves) for s in found] == [len(t["staves"]) for t in true]
        for system, drawn in zip(found, true, strict=True):
            expected = [drawn["left"], drawn["right"], *(edge for staff in drawn["staves"] for edge in staff)]
            assert np.abs(np.subtract(boundaries(system), expected)).max() < 0.5 * system.staff_space


@pytest.mark.parametrize("warp", WARPS[1:], ids=lambda w: w.name)
def test_lines_are_followed_where_the_page_is_skewed_bent_or_photographed(data: Path, warp: Warp) -> None:
    page = pages_of(data / "piano.pdf")[0]
    clean = systems_of(data / "piano.pdf")[0]
    damaged, forward = warp.apply(page)
    found = find_systems(damaged)
    assert len(found) == len(clean)
    for before, after in zip(clean, found, strict=True):
        for old, new in zip(before.staves, after.staves, strict=True):
            x = np.linspace(old.left, old.right, 30)[1:-1]
            for k in (-2, 2):
                true = forward(np.stack([x, old.line(k, x)], axis=-1) * page.scale) / page.scale
                off = np.abs(new.line(k, true[:, 0]) - true[:, 1]) / new.staff_space
                assert np.median(off) < 0.1
                assert off.max() < 0.5


def test_the_piano_is_the_pair_with_bar_lines_through_it(data: Path) -> None:
    for systems in systems_of(data / "song.pdf"):
        assert [s.piano for s in systems] == [(1, 2)] * len(systems)


def test_pages_without_music_have_no_systems(data: Path) -> None:
    assert [len(systems) > 0 for systems in systems_of(data / "preface.pdf")] == [False, False, False, True]


@pytest.mark.parametrize(
    "image",
    [
        np.full((2339, 1654), 255, np.uint8),
        np.zeros((2339, 1654), np.uint8),
        np.random.default_rng(0).integers(0, 256, (800, 600)).astype(np.uint8),
        np.full((30, 3000), 255, np.uint8),
        np.full((1, 1), 0, np.uint8),
    ],
    ids=["white", "black", "noise", "sliver", "dot"],
)
def test_pictures_that_are_no_pages_have_no_systems(image: np.ndarray) -> None:
    assert find_systems(Page(1, 595, 842, image, 2.78)) == []


def test_a_placeholder_has_no_systems(data: Path) -> None:
    page = pages_of(data / "melody.pdf")[0]
    assert find_systems(Page(1, page.width, page.height, page.image, page.scale, placeholder=True)) == []


def test_ruled_paper_and_tables_are_no_music() -> None:
    ruled = np.full((2339, 1654), 255, np.uint8)
    ruled[200:2200:60, 100:1550] = 0
    assert find_systems(Page(1, 595, 842, ruled, 2.78)) == []


def test_a_bitonal_copy_is_read_like_the_grey_one(data: Path) -> None:
    page = pages_of(data / "piano.pdf")[1]
    bitonal = np.where(page.image > 150, 255, 0).astype(np.uint8)
    speckled = bitonal.copy()
    spots = np.random.default_rng(1).random(bitonal.shape)
    speckled[spots < 0.004] = 0
    speckled[spots > 0.98] = 255
    for image in (bitonal, speckled):
        found = find_systems(Page(page.number, page.width, page.height, image, page.scale))
        assert [len(s.staves) for s in found] == [len(s.staves) for s in systems_of(data / "piano.pdf")[1]]


def test_size_does_not_matter(data: Path) -> None:
    page = pages_of(data / "small.pdf")[0]
    expected = [boundaries(s) for s in systems_of(data / "small.pdf")[0]]
    for zoom in (0.75, 1.6):
        image = cv2.resize(page.image, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        found = find_systems(Page(page.number, page.width, page.height, image, page.scale * zoom))
        assert np.abs(np.subtract([boundaries(s) for s in found], expected)).max() < 1.5


def test_a_frame_around_the_page_joins_no_systems(data: Path) -> None:
    page = pages_of(data / "piano.pdf")[0]
    framed = cv2.copyMakeBorder(page.image, 25, 25, 25, 25, cv2.BORDER_CONSTANT, value=0)
    found = find_systems(Page(1, page.width, page.height, framed, page.scale))
    assert len(found) == len(systems_of(data / "piano.pdf")[0])


def test_any_part_of_a_page_can_be_read(data: Path) -> None:
    page = pages_of(data / "piano.pdf")[0]
    rng = np.random.default_rng(3)
    height, width = page.image.shape
    for _ in range(25):
        top, left = rng.integers(0, height - 50), rng.integers(0, width - 50)
        bottom, right = rng.integers(top + 10, height), rng.integers(left + 10, width)
        part = np.ascontiguousarray(page.image[top:bottom, left:right])
        systems = find_systems(Page(1, part.shape[1] / page.scale, part.shape[0] / page.scale, part, page.scale))
        Strip().add(page, systems)
