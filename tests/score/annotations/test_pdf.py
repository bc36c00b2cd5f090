"""Copies with annotations are read back by PyMuPDF; a PDF's own annotations are taken over; the reader sees none."""

from pathlib import Path

import numpy as np
import pymupdf
import pytest

from livefollow.errors import ScoreError
from livefollow.score.annotations.export import export
from livefollow.score.annotations.file import Written
from livefollow.score.annotations.kinds import Annotation, Ink, Stamp, StampKind, Text
from livefollow.score.document import Document

RED, BLUE, GREEN, YELLOW = "#ff0000", "#0000ff", "#00aa00", "#ffe14d"
PENCIL = Ink(((100, 100, 4), (150, 100, 4), (150, 130, 2)), RED)
MARKED = Ink(((200, 100, 12), (300, 110, 12)), YELLOW, highlighter=True)
WORDS = Text(120, 300, "Ruhig 3", 20, 66, GREEN)
GLASSES = Stamp(StampKind.GLASSES, 300, 300, 20, BLUE)
ALL = (PENCIL, MARKED, WORDS, GLASSES)


def pdf(path: Path, rotation: int = 0, crop: bool = False, pages: int = 1) -> Path:
    """A PDF with five lines on each page, which may be cropped and say that it stands rotated."""
    document = pymupdf.open()
    for _ in range(pages):
        page = document.new_page(width=600, height=800)
        for k in range(5):
            page.draw_line((60, 400 + 8 * k), (540, 400 + 8 * k))
        if crop:
            page.set_cropbox(pymupdf.Rect(50, 60, 590, 700))
        page.set_rotation(rotation)
    document.save(path)
    return path


def copied(path: Path, out: Path, *annotations: Annotation, imported: bool = False) -> Path:
    with Document(path) as document:
        export(document, Written({1: annotations}, imported), out)
    return out


def alike(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two pictures are the same; a page that something is blended with is rounded otherwise, by 1."""
    return bool(np.abs(a.astype(int) - b).max() <= 1)


def where(picture: np.ndarray, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all pixels of a colour."""
    rows, columns = np.nonzero(np.abs(picture.astype(int) - colour).sum(axis=2) < 90)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
def test_annotations_are_where_they_were_written(tmp_path: Path, rotation: int, crop: bool) -> None:
    out = copied(pdf(tmp_path / "a.pdf", rotation, crop), tmp_path / "b.pdf", *ALL)
    with pymupdf.open(out) as document:
        pixels = document[0].get_pixmap()
        picture = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.h, pixels.w, 3)
    assert where(picture, (255, 0, 0)) == pytest.approx((98, 98, 152, 131), abs=1.5)
    assert where(picture, (255, 225, 77)) == pytest.approx((194, 94, 306, 116), abs=1.5)
    left, top, right, bottom = where(picture, (0, 170, 0))
    assert 118 <= left <= 124
    assert 288 <= top <= bottom <= 312
    assert right == pytest.approx(120 + 66, abs=6)
    glasses = where(picture, (0, 0, 255))
    assert ((glasses[0] + glasses[2]) / 2, (glasses[1] + glasses[3]) / 2) == pytest.approx((300, 300.8), abs=2)


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_they_are_objects_that_can_be_taken_over_again(tmp_path: Path, rotation: int, turned: int) -> None:
    written = (
        PENCIL,
        MARKED,
        Text(120, 300, "Ruhig 3", 20, 66, GREEN, turned),
        *(Stamp(kind, 300, 300, 20, BLUE, turned) for kind in StampKind),
    )
    out = copied(pdf(tmp_path / "a.pdf", rotation), tmp_path / "b.pdf", *written)
    with pymupdf.open(out) as document:
        kinds = [annotation.type[1] for annotation in document[0].annots()]
        contents = [annotation.info["content"] for annotation in document[0].annots()]
    assert kinds == ["Ink", "Ink", "FreeText", *["Stamp"] * len(StampKind)]
    assert contents[2] == "Ruhig 3"
    with Document(out) as document:
        read = document.own_annotations(1)
    for before, after in zip(written, read, strict=True):
        assert before.colour == after.colour
        if isinstance(before, Ink):
            assert isinstance(after, Ink)
            assert before.highlighter == after.highlighter
            assert np.allclose(np.array(before.points)[:, :2], np.array(after.points)[:, :2], atol=0.02)
        elif isinstance(before, Text):
            assert isinstance(after, Text)
            assert (after.text, after.size, after.turned) == (before.text, before.size, before.turned)
            assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=6)
        else:
            assert isinstance(after, Stamp)
            assert (after.kind, after.turned) == (before.kind, before.turned)
            assert (after.x, after.y, after.height) == pytest.approx((before.x, before.y, before.height), abs=0.1)


def test_the_pdf_stays_as_it_is_and_the_copy_begins_with_it(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", pages=3)
    before = path.read_bytes()
    out = copied(path, tmp_path / "b.pdf", *ALL)
    assert path.read_bytes() == before
    assert out.read_bytes().startswith(before)
    with pymupdf.open(out) as document:
        assert [len(list(page.annots())) for page in document] == [4, 0, 0]


def test_pages_are_read_without_what_is_written_on_them(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    digits = (Text(100, 380, "123", 20, 40, RED), Text(100, 60, "7", 12, 9, RED))
    out = copied(path, tmp_path / "b.pdf", *ALL, *digits)
    with Document(path) as clean, Document(out) as written:
        assert alike(clean.page(1).image, written.page(1).image)
        assert written.numbers(1) == []
        assert not alike(clean.render(1, 1.0), written.render(1, 1.0))
        written.own_annotations_shown = False  # the player has taken them over
        assert alike(clean.render(1, 1.0), written.render(1, 1.0))


def test_annotations_of_other_programs_are_taken_over(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", rotation=90)
    with pymupdf.open(path) as document:
        page = document[0]
        back = page.derotation_matrix
        lines = ((50, 60), (90, 60)), ((50, 80), (90, 80))
        ink = page.add_ink_annot([[tuple(pymupdf.Point(*spot) * back) for spot in line] for line in lines])
        ink.set_border(width=3)
        ink.set_colors(stroke=(1, 0, 0))
        ink.update()
        highlight = page.add_highlight_annot(pymupdf.Rect(100, 200, 220, 212) * back)
        highlight.update()
        square = page.add_rect_annot(pymupdf.Rect(300, 300, 340, 340) * back)
        square.set_border(width=4)
        square.set_colors(stroke=(0, 0, 1))
        square.update()
        document.save(tmp_path / "b.pdf")
    with Document(tmp_path / "b.pdf") as document:
        first, second, marked = document.own_annotations(1)
        assert isinstance(first, Ink)
        assert isinstance(second, Ink)
        assert isinstance(marked, Ink)
        assert [point[:2] for point in first.points] == [(50, 60), (90, 60)]
        assert [point[:2] for point in second.points] == [(50, 80), (90, 80)]
        assert first.points[0][2] == 3
        assert first.colour == RED
        assert marked.highlighter
        # What livefollow has no tool for stays where it is.
        document.own_annotations_shown = False
        assert where(document.render(1, 1.0), (0, 0, 255)) == pytest.approx((300, 300, 340, 340), abs=2)
        export(document, Written({1: (first,)}, imported=True), tmp_path / "c.pdf")
    with pymupdf.open(tmp_path / "c.pdf") as document:
        assert sorted(annotation.type[1] for annotation in document[0].annots()) == ["Ink", "Square"]


def test_a_page_that_the_player_turned_is_turned_in_the_copy(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    with Document(path) as document:
        document.turn(1, 1)
        export(document, Written({1: ALL}), tmp_path / "b.pdf")
    with pymupdf.open(tmp_path / "b.pdf") as document:
        assert document[0].rotation == 90
        pixels = document[0].get_pixmap()
    picture = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.h, pixels.w, 3)
    assert where(picture, (255, 0, 0)) == pytest.approx((800 - 131, 98, 800 - 98, 152), abs=1.5)


def test_pictures_and_folders_become_a_pdf(tmp_path: Path) -> None:
    folder = tmp_path / "song"
    folder.mkdir()
    with pymupdf.open(pdf(folder / "1.pdf")) as document:
        document[0].get_pixmap(dpi=100).save(folder / "2.png")
    with Document(folder) as document:
        assert document.page_count == 2
        size = document.page_size(2)
        export(document, Written({1: (PENCIL,), 2: ALL}), tmp_path / "out.pdf")
    with pymupdf.open(tmp_path / "out.pdf") as document:
        assert [len(list(page.annots())) for page in document] == [1, 4]
        assert (document[1].rect.width, document[1].rect.height) == pytest.approx(size)
        pixels = document[1].get_pixmap()
    picture = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.h, pixels.w, 3)
    assert where(picture, (255, 0, 0)) == pytest.approx((98, 98, 152, 131), abs=1.5)
    assert picture[400:434, 100:500].min() < 100  # its lines are there


def test_the_score_itself_is_never_written_to(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    before = path.read_bytes()
    with Document(path) as document, pytest.raises(ScoreError, match="is the score itself"):
        export(document, Written({1: ALL}), path)
    assert path.read_bytes() == before


def test_a_copy_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    with Document(path) as document, pytest.raises(ScoreError, match="cannot be written"):
        export(document, Written({1: ALL}), tmp_path / "missing" / "b.pdf")
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_a_damaged_annotation_is_left_where_it_is(tmp_path: Path) -> None:
    path = copied(pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", PENCIL, MARKED)
    with pymupdf.open(path) as document:
        first = next(document[0].annots()).xref
        document.xref_set_key(first, "InkList", "[ 1 2 ]")
        document.save(tmp_path / "c.pdf")
    with Document(tmp_path / "c.pdf") as document:
        (read,) = document.own_annotations(1)
    assert isinstance(read, Ink)
    assert read.highlighter


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScoreError, match="cannot be written"):
        copied(pdf(tmp_path / "score.pdf"), tmp_path / f"{'x' * 300}.pdf", PENCIL)
    assert [path.name for path in tmp_path.iterdir()] == ["score.pdf"]
