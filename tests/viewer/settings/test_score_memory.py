"""Each score is found as it was left, also when it was moved."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from livefollow.practice.ladder import Ladder
from livefollow.score.document import Document
from livefollow.viewer.settings.score_memory import OwnRepeat, Place, ScoreMemory, open_memory


@pytest.fixture
def document(data: Path) -> Iterator[Document]:
    with Document(data / "melody.pdf") as document:
        yield document


def test_a_moved_score_is_found_as_it_was_left(document: Document, tmp_path: Path) -> None:
    memory = open_memory(document, tmp_path / "memory")
    assert memory.values == ScoreMemory()
    assert not memory.path.parent.exists()
    here, there = Place(1, 50.5, 60), Place(2, 70, 80)
    ladder = Ladder(60, 72, 6)
    memory.change(page=2, zoom=1.5, start=here, repeats=[OwnRepeat(here, there)], layout="two", ladder=ladder)
    memory.close()
    moved = tmp_path / "moved.pdf"
    shutil.copy(document.path, moved)
    with Document(moved) as copy:
        again = open_memory(copy, tmp_path / "memory")
        again.close()
    assert again.values == ScoreMemory(
        path=str(moved),
        page=2,
        zoom=1.5,
        start=here,
        repeats=(OwnRepeat(here, there),),
        layout="two",
        ladder=ladder,
    )
    assert json.loads(again.path.read_text())["path"] == str(moved)


def test_scores_do_not_share_their_memory(document: Document, data: Path, tmp_path: Path) -> None:
    memory = open_memory(document, tmp_path)
    memory.change(page=2)
    memory.close()
    with Document(data / "small.pdf") as other:
        assert open_memory(other, tmp_path).values.page == 1


@pytest.mark.parametrize("start", [[1, 2], [0, 1, 1], [1, "a", 1], "abc", {}, [1, 1e9, 1], 7])
def test_places_that_are_none_are_forgotten(document: Document, tmp_path: Path, start: object) -> None:
    path = tmp_path / f"{document.content_hash}.memory.json"
    path.write_text(json.dumps({"start": start, "repeats": [[start, start]], "page": 2}))
    memory = open_memory(document, tmp_path)
    memory.close()
    assert (memory.values.start, memory.values.repeats, memory.values.page) == (None, (), 2)


@pytest.mark.parametrize("ladder", [[60, 72], [60, 72, 1], [0, 72, 6], [60, "fast", 6], "ladder", 7])
def test_a_ladder_that_is_none_is_forgotten(document: Document, tmp_path: Path, ladder: object) -> None:
    path = tmp_path / f"{document.content_hash}.memory.json"
    path.write_text(json.dumps({"ladder": ladder, "page": 2}))
    memory = open_memory(document, tmp_path)
    memory.close()
    assert (memory.values.ladder, memory.values.page) == (None, 2)
