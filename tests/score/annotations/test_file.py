"""What is written on a score is kept beside its corrections, can be undone, and survives a damaged file."""

import json
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from livefollow.score.annotations import file
from livefollow.score.annotations.file import Annotations
from livefollow.score.annotations.kinds import Annotation, Ink, Stamp, StampKind, Text, decode, encode

HASH = "ab" * 32
INK = Ink(((10.0, 20.0, 1.5), (30.0, 20.5, 2.0)), "#c8281e")
TEXT = Text(10.0, 40.0, "Ruhig, „ohne Eile“", 12.0, 80.0, "#1a1a1a", turned=1)
STAMP = Stamp(StampKind.GLASSES, 50.0, 60.0, 15.0, "#0062a8")

coordinates = st.floats(-1000, 1000).map(lambda value: round(value, 2))
sizes = st.floats(1, 100).map(lambda value: round(value, 2))
colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
inks = st.builds(
    Ink, st.lists(st.tuples(coordinates, coordinates, sizes), min_size=1, max_size=5).map(tuple), colours, st.booleans()
)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=9)
texts = st.builds(Text, coordinates, coordinates, words, sizes, sizes, colours, st.integers(0, 3))
stamps = st.builds(Stamp, st.sampled_from(StampKind), coordinates, coordinates, sizes, colours, st.integers(0, 3))


@given(st.one_of(inks, texts, stamps))
def test_every_annotation_comes_back_from_json(annotation: Annotation) -> None:
    assert decode(json.loads(json.dumps(encode(annotation)))) == annotation


def test_what_is_written_is_there_when_the_score_is_opened_again(tmp_path: Path) -> None:
    annotations = Annotations(HASH, tmp_path)
    annotations.change({1: (INK,), 3: (TEXT, STAMP)})
    annotations.close()
    again = Annotations(HASH, tmp_path)
    assert dict(again.state.pages) == {1: (INK,), 3: (TEXT, STAMP)}
    assert again.on(2) == ()
    assert not again.can_undo
    again.close()


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    annotations = Annotations(HASH, tmp_path)
    annotations.change({1: (INK, TEXT)})
    annotations.close()
    lines = (tmp_path / f"{HASH}.annotations.json").read_text(encoding="utf-8").splitlines()
    assert '{"kind": "pencil", "colour": "#c8281e", "points": [[10.0, 20.0, 1.5], [30.0, 20.5, 2.0]]},' in map(
        str.strip, lines
    )
    assert any("„ohne Eile“" in line for line in lines)


def test_undo_and_redo_go_step_by_step_and_say_which_pages(tmp_path: Path) -> None:
    annotations = Annotations(HASH, tmp_path)
    annotations.change({1: (INK,)})
    annotations.change({1: (INK, STAMP), 2: (TEXT,)})
    assert annotations.undo() == [1, 2]
    assert dict(annotations.state.pages) == {1: (INK,)}
    assert annotations.undo() == [1]
    assert annotations.undo() == []
    assert annotations.redo() == [1]
    assert annotations.redo() == [1, 2]
    assert annotations.redo() == []
    annotations.undo()
    annotations.change({5: (INK,)})
    assert not annotations.can_redo
    annotations.close()
    assert dict(Annotations(HASH, tmp_path).state.pages) == {1: (INK,), 5: (INK,)}


def test_what_changes_nothing_is_no_step(tmp_path: Path) -> None:
    annotations = Annotations(HASH, tmp_path)
    annotations.change({1: ()})
    assert not annotations.can_undo
    annotations.close()
    assert list(tmp_path.iterdir()) == []


GOOD = {
    "version": 1,
    "imported": False,
    "pages": {"1": [{"kind": "breath", "x": 1, "y": 1, "height": 9, "colour": "#ff0000"}]},
}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        json.dumps(GOOD | {"version": 99}),
        json.dumps(GOOD | {"pages": {"1": [{"kind": "whistle", "x": 1, "y": 1, "height": 9, "colour": "#ff0000"}]}}),
        json.dumps(GOOD | {"pages": {"1": [{"kind": "pencil", "colour": "#ff0000", "points": [[1, 2, 1e9]]}]}}),
        json.dumps(GOOD | {"pages": {"1": [{"kind": "pencil", "colour": "#ff0000", "points": []}]}}),
        json.dumps(GOOD).replace('"height": 9', '"height": NaN'),
        json.dumps(GOOD).replace('"x": 1', f'"x": 1{"0" * 400}'),
        json.dumps(GOOD).replace('"x": 1', '"x": 1, "turned": 1e999'),
        "[" * 200_000,
    ],
)
def test_a_file_that_cannot_be_read_is_kept_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{HASH}.annotations.json"
    path.write_text(text)
    annotations = Annotations(HASH, tmp_path)
    assert dict(annotations.state.pages) == {}
    assert "could not be read" in annotations.complaint
    annotations.change({1: (INK,)})
    annotations.close()
    (kept,) = [each for each in tmp_path.iterdir() if each != path]
    assert kept.read_text() == text


def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    folder = tmp_path / "scores"
    annotations = Annotations(HASH, folder)
    annotations.change({1: (INK,)})
    annotations.close()
    before = annotations.path.read_text()
    again = Annotations(HASH, folder)
    told: list[str] = []
    again.tell = told.append
    moved = folder.rename(tmp_path / "moved")
    folder.write_text("a file where the folder was")
    again.change({1: (INK, STAMP)})
    again.close()
    assert len(told) == 1
    assert "cannot be saved" in told[0]
    assert (moved / annotations.path.name).read_text() == before


def test_half_a_letter_is_left_out() -> None:
    said = encode(TEXT) | {"text": "a\ud83c  b 😀"}
    assert decode(said) == replace(TEXT, text="a b 😀")


def test_half_a_letter_does_not_keep_anything_from_being_saved(tmp_path: Path) -> None:
    annotations = Annotations(HASH, tmp_path)
    annotations.change({1: (INK, replace(TEXT, text="\udcff"))})
    annotations.close()
    again = Annotations(HASH, tmp_path)
    assert again.on(1) == (INK, replace(TEXT, text="\N{REPLACEMENT CHARACTER}"))
    again.close()


def test_what_cannot_be_written_as_text_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    annotations = Annotations(HASH, tmp_path)
    told: list[str] = []
    annotations.tell = told.append
    monkeypatch.setattr(file, "write_whole", lambda _, text: (text + "\ud83c").encode())
    annotations.change({1: (TEXT,)})
    annotations.close()
    assert len(told) == 1
    assert "cannot be saved" in told[0]


def saved(annotations: Annotations, pages: dict[int, tuple[Annotation, ...]]) -> None:
    """Change pages, and wait until that is written."""
    annotations.change(pages)
    annotations._disk.submit(lambda: None).result()


def test_two_windows_keep_each_others_pages(tmp_path: Path) -> None:
    one, two = Annotations(HASH, tmp_path), Annotations(HASH, tmp_path)
    saved(one, {1: (INK,)})
    saved(two, {2: (TEXT,)})
    saved(one, {3: (STAMP,)})
    saved(two, {2: (TEXT, INK)})
    saved(two, {4: (INK,)})
    one.undo()
    one.close()
    two.close()
    assert dict(Annotations(HASH, tmp_path).state.pages) == {1: (INK,), 2: (TEXT, INK), 4: (INK,)}


def test_a_file_that_is_deleted_or_damaged_meanwhile_is_written_again(tmp_path: Path) -> None:
    annotations = Annotations(HASH, tmp_path)
    saved(annotations, {1: (INK,)})
    annotations.path.unlink()
    saved(annotations, {2: (TEXT,)})
    annotations.path.write_text("{")
    saved(annotations, {3: (STAMP,)})
    annotations.close()
    assert dict(Annotations(HASH, tmp_path).state.pages) == {1: (INK,), 2: (TEXT,), 3: (STAMP,)}
    assert [path.read_text() for path in tmp_path.iterdir() if path != annotations.path] == ["{"]
