"""Numbers printed at the systems come from the page's text: digits alone, in the page's own points."""

from pathlib import Path

import pymupdf
import pytest

from livefollow.score.document import Document
from livefollow.score.rasterizer import numbers_of
from livefollow.score.score import Score


def characters(text: str, width: float = 5.0) -> list[tuple[str, tuple[float, float, float, float]]]:
    return [(c, (k * width, 0.0, (k + 1) * width, 10.0)) for k, c in enumerate(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("17", [(17, 0)]),
        ("1. 2.", [(1, 1), (2, 1)]),
        ("op. 66 No 4", [(66, 0), (4, 0)]),
        ("12a 1-2 3/4 12345", []),
        ("٣ ²", []),  # digits of other scripts, and small ones
        ("", []),
    ],
)
def test_words_of_digits_alone_are_numbers(text: str, found: list[tuple[int, int]]) -> None:
    assert [number[4:] for number in numbers_of(characters(text))] == found


@pytest.mark.parametrize("name", ["piano.pdf", "song.pdf", "musescore.pdf", "verovio.pdf"])
def test_the_numbers_of_systems_are_found(data: Path, tmp_path: Path, name: str) -> None:
    expected = {
        "piano.pdf": {1: 9, 2: 13, 3: 17, 4: 21, 5: 25},
        "song.pdf": {1: 5, 2: 9, 3: 13, 4: 17},
        "musescore.pdf": {1: 10, 2: 19},
        "verovio.pdf": {1: 8, 2: 16, 3: 24},
    }[name]
    with Score(data / name, data=tmp_path) as score:
        next(score.read())
        systems = len(score.strip.placements)
        assert {n.system: n.number for n in score.numbers if n.system and n.system < systems} == expected


def test_a_turned_page_has_them_where_they_are_seen(tmp_path: Path) -> None:
    for turn in (0, 90, 180, 270):
        with pymupdf.open() as document:
            page = document.new_page(width=300, height=200)
            page.insert_text((40, 60), "123")
            page.set_cropbox(pymupdf.Rect(10, 20, 290, 190))
            page.set_rotation(turn)
            document.save(tmp_path / f"{turn}.pdf")
        with Document(tmp_path / f"{turn}.pdf") as document:
            (number,) = document.numbers(1)
            image = document.page(1)
            rows, columns = (image.image < 128).nonzero()
            middle = columns.mean() / image.scale, rows.mean() / image.scale
        assert number.value == 123
        assert number.left - 1 <= middle[0] <= number.right + 1
        assert number.top - 1 <= middle[1] <= number.bottom + 1


def test_pictures_have_none(data: Path, tmp_path: Path) -> None:
    with pymupdf.open(data / "melody.pdf") as document:
        document[0].get_pixmap(dpi=60).save(tmp_path / "page.png")
    with Document(tmp_path / "page.png") as document:
        assert document.numbers(1) == []
