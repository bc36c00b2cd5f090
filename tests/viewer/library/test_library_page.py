"""The library in the real window: folders are watched, scores found, named, opened and found again."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from livefollow.score import rasterizer_process
from livefollow.viewer.library.catalogue import Catalogue
from livefollow.viewer.library.library_page import LibraryPage
from livefollow.viewer.window import MainWindow
from tests.blank_scores import write_many, write_score


@pytest.fixture(autouse=True)
def _not_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Covers are made although other tests want the processor."""
    monkeypatch.setattr(rasterizer_process, "LOWEST_PRIORITY", 0)


@pytest.fixture
def page(window: MainWindow) -> LibraryPage:
    window.resize(1100, 800)
    window.menus.actions["library"].trigger()
    return window.library_page


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "scores"
    write_score(folder / "Bach - Air.pdf")
    write_score(folder / "Chopin - Étude.pdf")
    write_score(folder / "x17.pdf", title="Clair de lune", author="Claude Debussy")
    return folder


def titles(page: LibraryPage) -> list[str]:
    return [entry.title for entry in page.covers.entry_model.entries]


def all_seen(page: LibraryPage) -> Callable[[], bool]:
    def seen() -> bool:
        entries = page.covers.entry_model.entries
        return bool(entries) and all(entry.content_hash or entry.unreadable for entry in entries)

    return seen


def test_a_folder_is_watched(qtbot: QtBot, page: LibraryPage, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(shelf))
    assert page._choose.isVisible()
    page._choose.click()
    qtbot.waitUntil(lambda: titles(page) == ["Air", "Étude", "Clair de lune"], timeout=60_000)
    qtbot.waitUntil(all_seen(page), timeout=60_000)
    entries = page.covers.entry_model.entries
    assert [entry.composer for entry in entries] == ["Bach", "Chopin", "Claude Debussy"]
    assert all(page.covers.entry_model.pixmap(entry) for entry in entries)
    page._books.keeper._settle.setInterval(0)
    write_score(shelf / "Satie - Gymnopédie 1.pdf")  # while it is open
    qtbot.waitUntil(lambda: "Gymnopédie 1" in titles(page), timeout=60_000)


def test_search_as_you_type_and_open(qtbot: QtBot, window: MainWindow, page: LibraryPage, shelf: Path) -> None:
    page.watch(shelf)
    qtbot.waitUntil(lambda: len(titles(page)) == 3, timeout=60_000)
    page.search.setFocus()
    QTest.keyClicks(page.search, "CHOP etu")
    assert titles(page) == ["Étude"]
    assert page.count.text() == "1 score"
    QTest.keyClicks(page.search, "x")
    assert titles(page) == []
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(titles(page)) == 3
    QTest.keyClicks(page.search, "air")
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert window.open_score.score
    assert window.open_score.score.document.path.name == "Bach - Air.pdf"
    assert page.isHidden()


def test_tags_favourites_and_names_are_kept(
    qtbot: QtBot, page: LibraryPage, shelf: Path, window: MainWindow, own_folders: Path
) -> None:
    page.watch(shelf)
    qtbot.waitUntil(lambda: len(titles(page)) == 3 and all_seen(page)(), timeout=60_000)
    page.covers.choose(0)
    page.card.title.setText("Air on the G String")
    page.card.title.editingFinished.emit()
    page.card.tags.setText("exam,  slow , exam")
    page.card.tags.editingFinished.emit()
    page.card.favourite.click()
    assert titles(page)[0] == "Air on the G String"
    qtbot.waitUntil(lambda: page.choice.count() == 4, timeout=60_000)  # all, favourites, two tags
    for choice in (1, 2, 3):
        page.choice.setCurrentIndex(choice)
        page.choice.activated.emit(choice)
        assert titles(page) == ["Air on the G String"]
    window.close()
    with Catalogue(own_folders / "XDG_DATA_HOME" / "livefollow" / "library.sqlite") as catalogue:
        entry = catalogue.entries()[0]
        assert (entry.title, entry.tags, entry.favourite) == ("Air on the G String", ("exam", "slow"), True)


def test_bad_files_hurt_nobody(qtbot: QtBot, page: LibraryPage, shelf: Path) -> None:
    (shelf / "noise.pdf").write_bytes(os.urandom(3000))
    (shelf / "empty.pdf").touch()
    os.mkfifo(shelf / "pipe.pdf")
    (shelf / "broken link.pdf").symlink_to(shelf / "nowhere.pdf")
    (shelf / "round").symlink_to(shelf)
    page.watch(shelf)
    qtbot.waitUntil(lambda: len(titles(page)) == 5 and all_seen(page)(), timeout=60_000)
    entries = page.covers.entry_model.entries
    assert [entry.unreadable for entry in entries] == [False, False, False, True, True]
    page.covers.grab()


def test_two_thousand_scores(qtbot: QtBot, page: LibraryPage, tmp_path: Path) -> None:
    page._books.keeper.rest(True)  # covers are made later
    write_many(tmp_path / "many", 2000)
    page.watch(tmp_path / "many")
    qtbot.waitUntil(lambda: page.covers.entry_model.rowCount() == 2000, timeout=60_000)
    page.search.setText("piece 1999")
    assert titles(page) == ["Piece 1999"]
    page.search.setText("satie")
    assert len(titles(page)) == 500
    page.covers.grab()


def test_no_cover_is_made_while_one_plays(qtbot: QtBot, demo_window: MainWindow, shelf: Path) -> None:
    window, page = demo_window, demo_window.library_page
    page.enter()
    page.watch(shelf)
    qtbot.waitUntil(lambda: len(titles(page)) == 4, timeout=60_000)  # with the open one
    qtbot.wait(300)
    assert not any(entry.pages for entry in page.covers.entry_model.entries)
    page.leave()
    window.close_score()
    page.enter()
    qtbot.waitUntil(lambda: all(entry.pages for entry in page.covers.entry_model.entries), timeout=60_000)


def test_a_moved_score_is_found_by_its_content(
    qtbot: QtBot, window: MainWindow, page: LibraryPage, shelf: Path
) -> None:
    page.watch(shelf)
    qtbot.waitUntil(lambda: len(titles(page)) == 3 and all_seen(page)(), timeout=60_000)
    before = shelf / "Bach - Air.pdf"
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.library.open([before])
    window.library.setlist.add([before])
    window.close_score()
    (shelf / "baroque").mkdir()
    moved = Path(shutil.move(before, shelf / "baroque" / "air.pdf"))
    window.library.books.keeper.search()
    qtbot.waitUntil(lambda: window.library.books.entry(before).path == moved, timeout=60_000)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.library.open([before])  # what the list of recent scores knows
    assert window.open_score.score
    assert window.open_score.score.document.path == moved
    window.close_score()
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.library.setlist.step(1)
    assert window.library.setlist.pieces == [moved]


def test_the_library_gives_the_keys_back(qtbot: QtBot, demo_window: MainWindow) -> None:
    window, page = demo_window, demo_window.library_page
    page.enter()
    assert page.isVisible()
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.isHidden()
    assert window.pages.hasFocus()
