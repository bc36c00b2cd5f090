"""Pages are turned upright on the word of their music, and only then."""

from pathlib import Path

import numpy as np
import pytest

from livefollow.score.score import Score
from livefollow.score.staves.orientation import quarters_to_upright, turned_raster
from livefollow.score.systems import find_systems
from tests.benchmarks.score.troubled.document import KINDS, wrong_pages
from tests.clean_pages import pages_of, systems_of
from tests.document_damage import sheets, write_pdf

UPRIGHT = ["piano", "song", "musescore", "verovio", "melody", "small", "preface"]


@pytest.mark.parametrize("name", UPRIGHT)
def test_a_page_that_stands_right_is_left_alone(data: Path, name: str) -> None:
    path = data / f"{name}.pdf"
    for page, systems in zip(pages_of(path), systems_of(path), strict=True):
        assert quarters_to_upright(page, list(systems)) == 0


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("name", ["musescore", "verovio"])
def test_a_page_is_turned_upright(data: Path, name: str, quarters: int) -> None:
    page = turned_raster(pages_of(data / f"{name}.pdf")[0], quarters)
    assert quarters_to_upright(page, find_systems(page)) == 4 - quarters


def test_a_page_without_staves_is_left_alone(data: Path) -> None:
    page = turned_raster(pages_of(data / "preface.pdf")[0], 1)
    assert quarters_to_upright(page, find_systems(page)) == 0


@pytest.mark.parametrize("kind", ["duplex, second upside down", "quarter left"])
def test_a_scan_is_read_as_it_should_stand(tmp_path: Path, kind: str) -> None:
    made = KINDS[kind](sheets("musescore"), tmp_path, 1)
    assert wrong_pages(made, tmp_path / "data") == []


def test_the_player_has_the_last_word(tmp_path: Path) -> None:
    """What was turned by itself can be turned back, and comes back so; the raster turns with the page."""
    (sheet,) = sheets("musescore")
    path = write_pdf([sheet], tmp_path / "a.pdf")
    with Score(path, data=tmp_path) as score:
        upright = score.document.page(1)
        score.corrections.turn({1: 3})
    with Score(path, data=tmp_path) as score:
        (page,) = score.read()
        assert score.document.turned(1) == 3
        assert (page.width, page.height) == score.document.page_size(1) == (upright.height, upright.width)
        assert score.systems[1] == []
        np.testing.assert_array_equal(page.image, np.rot90(upright.image, 1))
        colours = score.document.render(1, 0.5)
        assert colours.shape[1] > colours.shape[0]
        assert "looks misread" in score.remarks[0]


def test_a_corrected_page_stands_as_it_stood_when_it_was_corrected(tmp_path: Path) -> None:
    """Turned by itself and then corrected: its turn is kept with it. Corrected by 0.1.0: it stays as it was."""
    (sheet,) = sheets("musescore")
    flipped = np.ascontiguousarray(sheet.picture[::-1, ::-1])
    path = write_pdf([type(sheet)(flipped, sheet.systems, sheet.starts)], tmp_path / "a.pdf")
    with Score(path, data=tmp_path) as score:
        list(score.read())
        assert score.corrections.upright == {1: 2}
        before = [system.top for system in score.systems[1]]
        score.corrections.skip(1, score.systems[1], 0)
        file = score.corrections.path
    with Score(path, data=tmp_path) as score:
        list(score.read())
        assert score.document.turned(1) == 2
        assert [system.top for system in score.systems[1]] == pytest.approx(before, abs=0.001)
    file.write_text(file.read_text().replace('"turns": {\n  "1": 2\n }', '"turns": {}'))
    with Score(path, data=tmp_path) as score:
        list(score.read())
        assert score.document.turned(1) == 0
