"""What looks misread is called so, and good pages are not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from livefollow.score.document import Page
from livefollow.score.doubts import Doubt, doubts, inspect_page, is_better, seems_misread
from livefollow.score.systems import System
from tests.benchmarks.score.troubled.document import fused, halved, missed, none_at_all
from tests.clean_pages import pages_of, systems_of

Found = list[tuple[Page, list[System]]]


@pytest.fixture(scope="module")
def piano(data: Path) -> Found:
    return found_in(data / "piano.pdf")


def found_in(path: Path) -> Found:
    return [(page, list(systems)) for page, systems in zip(pages_of(path), systems_of(path), strict=True)]


def judged(found: Found) -> dict[int, Doubt]:
    return doubts({page.number: inspect_page(page, systems) for page, systems in found})


@pytest.mark.parametrize("name", ["preface", "song", "small", "melody", "musescore", "wide"])
def test_good_pages_are_not_doubted(data: Path, name: str) -> None:
    assert judged(found_in(data / f"{name}.pdf")) == {}


def test_each_way_to_misread_a_page(piano: Found) -> None:
    (one, first), (two, second) = piano
    assert judged(piano) == {}
    for spoil, doubt in (
        (fused, Doubt.FUSED),
        (missed, Doubt.MISSED),
        (halved, Doubt.LONE),
        (none_at_all, Doubt.NOTHING),
    ):
        assert judged([(one, first), (two, spoil(second, 1))]) == {2: doubt}
        assert judged([(one, spoil(first, 2)), (two, second)]) == {1: doubt}
    assert judged([(one, [*first[:2], first[1], *first[2:]]), (two, second)]) == {1: Doubt.OVERLAP}


def test_single_staves_among_systems_are_doubted_and_the_other_reading_is_preferred(piano: Found) -> None:
    (page, systems), _ = piano
    apart = [replace(systems[1], staves=(staff,), piano=(0,)) for staff in systems[1].staves]
    split = [systems[0], *apart, *systems[2:]]
    assert judged([(page, split)]) == {page.number: Doubt.LONE}
    assert seems_misread(page, split)
    assert not seems_misread(page, systems)
    assert is_better(systems, split)
    assert not is_better(split, systems)
    assert not is_better(systems[1:], systems)
    assert not is_better(systems, systems)
    assert is_better(systems, [])


def test_a_page_of_print_is_no_music() -> None:
    """Ruled lines, a framed note, and a table with wide rows."""
    image = np.full((2200, 1600), 255, np.uint8)
    image[200:2000:60, 100:1500] = 0
    image[100:104, 300:1300] = image[180:184, 300:1300] = 0
    page = Page(1, 576.0, 792.0, image, 2200 / 792)
    assert judged([(page, [])]) == {}
