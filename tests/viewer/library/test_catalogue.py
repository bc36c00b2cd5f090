"""The catalogue: what is known of scores hangs on their content, and the file is never lost."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from livefollow.score.cover import Glance
from livefollow.viewer.library import catalogue as module
from livefollow.viewer.library.catalogue import UNREADABLE, Catalogue, KeptSession
from livefollow.viewer.library.scanning import find_scores
from tests.blank_scores import write_score


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "scores"
    write_score(folder / "Bach - Air.pdf")
    write_score(folder / "deep" / "Satie - Gymnopedie.pdf")
    return folder


def searched(catalogue: Catalogue, folder: Path) -> bool:
    return catalogue.take(find_scores(folder), [folder])


def see_all(catalogue: Catalogue) -> None:
    while path := catalogue.unseen():
        catalogue.see(path, Glance(path.read_bytes().hex()[-64:] + path.stem[:1], "", "", 1, b"jpeg"))


def test_what_is_known_follows_a_score_that_moves(tmp_path: Path, shelf: Path) -> None:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        catalogue.watch(shelf)
        assert searched(catalogue, shelf)
        assert not searched(catalogue, shelf)
        see_all(catalogue)
        air, gymnopedie = catalogue.entries()
        assert (air.composer, gymnopedie.title) == ("Bach", "Gymnopedie")
        when = datetime(2026, 3, 1, 18, 30)
        catalogue.describe(air.content_hash, title="Air on the G String", tags=("exam", "slow"), favourite=True)
        catalogue.practised(air.content_hash, when, 21)
        (shelf / "elsewhere").mkdir()
        moved = shutil.move(air.path, shelf / "elsewhere" / "x.pdf")
        assert searched(catalogue, shelf)
        assert catalogue.unseen() == moved
        see_all_as(catalogue, air.content_hash)
        found = catalogue.entry(air.path)  # asked for where it was
        assert found.path == moved
        assert (found.title, found.tags, found.favourite) == ("Air on the G String", ("exam", "slow"), True)
        assert (found.practised, found.bar, found.missing) == (when, 21, False)
        assert len(catalogue.entries()) == 2
        assert catalogue.cover(found.content_hash) == b"jpeg"


def see_all_as(catalogue: Catalogue, content_hash: str) -> None:
    while path := catalogue.unseen():
        catalogue.see(path, Glance(content_hash, "", "", 1, b"jpeg"))


def test_copies_are_one_score_and_another_content_is_another(tmp_path: Path, shelf: Path) -> None:
    shutil.copy(shelf / "Bach - Air.pdf", shelf / "copy.pdf")
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        searched(catalogue, shelf)
        see_all_as(catalogue, "one")
        assert len(catalogue.entries()) == 1
        write_score(shelf / "copy.pdf", mark="written anew")
        searched(catalogue, shelf)
        assert catalogue.unseen() == shelf / "copy.pdf"


def test_a_folder_that_is_not_there_now_keeps_its_scores(tmp_path: Path, shelf: Path) -> None:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        catalogue.watch(shelf)
        searched(catalogue, shelf)
        see_all(catalogue)
        catalogue.take([], [])  # what the keeper does while a stick is not plugged in
        assert len(catalogue.entries()) == 2


def test_no_longer_watching_keeps_what_was_practised(tmp_path: Path, shelf: Path) -> None:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        catalogue.watch(shelf)
        searched(catalogue, shelf)
        see_all(catalogue)
        air = catalogue.entries()[0]
        catalogue.practised(air.content_hash, datetime(2026, 3, 1), None)
        catalogue.unwatch(shelf)
        assert [entry.path for entry in catalogue.entries()] == [air.path]
        assert catalogue.folders() == []


def test_unreadable_ones_are_tried_again_only_when_they_change(tmp_path: Path, shelf: Path) -> None:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        searched(catalogue, shelf)
        bad = shelf / "Bach - Air.pdf"
        catalogue.give_up(bad, UNREADABLE)
        see_all(catalogue)
        assert catalogue.entry(bad).unreadable
        write_score(bad, mark="repaired")
        searched(catalogue, shelf)
        assert catalogue.unseen() == bad


def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    odd = tmp_path / "od\udce9.pdf"
    write_score(tmp_path / "x.pdf").rename(odd)
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        searched(catalogue, tmp_path)
        assert catalogue.unseen() == odd
        assert [entry.path for entry in catalogue.entries()] == [odd]


def test_backed_up_before_its_form_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    with Catalogue(path) as catalogue:
        catalogue.watch(Path("/scores"))
    monkeypatch.setattr(module, "FORMS", (*module.FORMS, "ALTER TABLE scores ADD COLUMN level INTEGER;"))
    with Catalogue(path) as catalogue:
        assert catalogue.folders() == [Path("/scores")]
        assert not catalogue.complaint
    (copy,) = tmp_path.glob("library.form-1-*.sqlite")
    with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(path)) as new:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert new.execute("PRAGMA user_version").fetchone() == (2,)
        assert old.execute("SELECT * FROM folders").fetchall() == [("/scores",)]
        assert "level" in [row[1] for row in new.execute("PRAGMA table_info(scores)")]


def test_one_file_is_left(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        catalogue.watch(Path("/scores"))
    assert [path.name for path in tmp_path.iterdir()] == ["library.sqlite"]


def test_a_damaged_file_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"no database " * 1000)
    with Catalogue(path) as catalogue:
        assert "could not be read" in catalogue.complaint
        assert catalogue.kept
        catalogue.watch(Path("/scores"))
    (aside,) = tmp_path.glob("library.broken-*.sqlite")
    assert aside.read_bytes().startswith(b"no database")
    with Catalogue(path) as catalogue:
        assert catalogue.folders() == [Path("/scores")]


def test_a_file_of_tomorrow_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with Catalogue(path) as catalogue:
        assert "cannot be used" in catalogue.complaint
        assert not catalogue.kept
        catalogue.watch(Path("/scores"))
        assert catalogue.folders() == [Path("/scores")]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (99,)
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert len(before) > 0


def test_sessions(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "library.sqlite") as catalogue:
        early = KeptSession("a", datetime(2026, 3, 1, 18), 600.0, "one.csv.gz")
        late = KeptSession("a", datetime(2026, 3, 2, 18), 300.0, "two.csv.gz")
        for session in (early, late, KeptSession("b", datetime(2026, 3, 2), 60.0, ""), late):
            catalogue.keep(session)
        assert catalogue.sessions("a") == [late, early]
        assert len(catalogue.sessions()) == 3
        assert sorted(catalogue.forget_sessions()) == ["one.csv.gz", "two.csv.gz"]
        assert catalogue.sessions() == []


@pytest.mark.parametrize("table", ["folders", "files", "scores", "covers", "sessions", "sqlite_autoindex_covers_1"])
def test_a_file_that_is_damaged_in_one_table_is_kept_aside(tmp_path: Path, table: str) -> None:
    path = tmp_path / "library.sqlite"
    Catalogue(path).close()
    with closing(sqlite3.connect(path)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    there = bytearray(path.read_bytes())
    there[(root - 1) * size : root * size] = b"Z" * size
    path.write_bytes(there)
    with Catalogue(path) as catalogue:
        assert "could not be read" in catalogue.complaint
        assert catalogue.kept
        assert catalogue.entries() == []
    (aside,) = tmp_path.glob("library.broken-*.sqlite")
    assert aside.read_bytes() == there


def test_a_file_without_a_column_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Catalogue(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE scores DROP COLUMN tags")
    with Catalogue(path) as catalogue:
        assert "could not be read" in catalogue.complaint
        assert catalogue.kept


def test_what_breaks_while_it_is_open_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Catalogue(path) as catalogue:
        with closing(sqlite3.connect(path)) as db:
            for table in ("folders", "files", "scores", "covers", "sessions"):
                db.execute(f"DROP TABLE {table}")
        assert not catalogue.folders()
        assert not catalogue.entries()
        assert not catalogue.sessions()
        assert catalogue.entry(Path("/scores/Bach - Air.pdf")).title == "Air"
        assert catalogue.cover("a") == b""
        assert catalogue.title("a") == ""


def test_two_first_starts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    bring_up = module._bring_up

    def second(db: sqlite3.Connection) -> None:
        monkeypatch.setattr(module, "_bring_up", bring_up)
        with Catalogue(path) as other:  # between the first one's look at the form and its change
            other.watch(Path("/scores"))
        bring_up(db)

    monkeypatch.setattr(module, "_bring_up", second)
    with Catalogue(path) as catalogue:
        assert catalogue.kept
        assert not catalogue.complaint
        assert catalogue.folders() == [Path("/scores")]


def test_what_is_no_date_is_left_out(tmp_path: Path, shelf: Path) -> None:
    path = tmp_path / "library.sqlite"
    good = KeptSession("a", datetime(2026, 3, 1, 18), 600.0, "one.csv.gz")
    with Catalogue(path) as catalogue:
        searched(catalogue, shelf)
        see_all_as(catalogue, "a")
        catalogue.keep(good)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("INSERT INTO sessions (hash, begun, seconds, track) VALUES ('a', 'today', 1, 'two.csv.gz')")
            db.execute("UPDATE scores SET practised = 'yesterday'")
        assert catalogue.sessions() == [good]
        assert [entry.practised for entry in catalogue.entries()] == [None]
        assert sorted(catalogue.forget_sessions()) == ["one.csv.gz", "two.csv.gz"]
