"""The keeper goes on whatever happens to its file, and says it once."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from livefollow.errors import Message
from livefollow.score.cover import Glance
from livefollow.score.rasterizer_process import ClosedError
from livefollow.viewer.library.catalogue import Catalogue
from livefollow.viewer.library.keeper import Keeper
from livefollow.viewer.library.scanning import FoundFile

FILES = [Path("/scores/one.pdf"), Path("/scores/two.pdf")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        catalogue.take([FoundFile(file, 1, 1) for file in FILES], [])
    return tmp_path / "library.sqlite"


def test_a_look_that_cannot_be_written_is_not_tried_again(
    qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def see(_: Catalogue, file: Path, __: Glance) -> None:
        seen.append(file)
        raise sqlite3.OperationalError("database or disk is full")

    keeper = Keeper(None, path)
    monkeypatch.setattr(keeper._reader, "look", lambda _: Glance("a", "", "", 1, b""))
    monkeypatch.setattr(Catalogue, "see", see)
    failed: list[Message] = []
    keeper.failed.connect(failed.append)
    keeper.do(lambda _: None)
    qtbot.waitUntil(lambda: len(seen) == len(FILES))
    keeper.do(lambda catalogue: catalogue.watch(Path("/scores")))
    qtbot.waitUntil(lambda: keeper.catalogue.folders() == [Path("/scores")])
    keeper.close()
    qtbot.waitUntil(lambda: len(failed) == 1)
    assert seen == FILES
    assert "cannot be written" in failed[0]


def test_a_look_that_does_not_end_is_left_behind(qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, over = threading.Event(), threading.Event()

    def look(_: Path) -> Glance:
        begun.set()
        over.wait()
        raise ClosedError

    monkeypatch.setattr("livefollow.viewer.library.keeper.LOOK_S", 0.1)
    keeper = Keeper(None, path)
    monkeypatch.setattr(keeper._reader, "look", look)
    keeper.do(lambda catalogue: catalogue.watch(Path("/scores")))
    assert begun.wait(20)
    keeper.close()
    over.set()
    with Catalogue(path) as catalogue:
        assert catalogue.folders() == [Path("/scores")]


def test_a_file_that_breaks_does_not_end_it(qtbot: QtBot, path: Path) -> None:
    keeper = Keeper(None, path)
    failed: list[Message] = []
    keeper.failed.connect(failed.append)
    with closing(sqlite3.connect(path)) as db:
        keeper.rest(resting=True)
        keeper.do(lambda _: None)
        qtbot.waitUntil(lambda: not keeper.busy)
        db.execute("DROP TABLE covers")
    keeper.rest(resting=False)
    qtbot.waitUntil(lambda: len(failed) == 1)
    keeper.do(lambda catalogue: catalogue.watch(Path("/scores")))
    qtbot.waitUntil(lambda: keeper.catalogue.folders() == [Path("/scores")])
    keeper.close()
