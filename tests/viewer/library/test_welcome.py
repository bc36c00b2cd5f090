"""The start page: scores opened last as covers, setlists, and the last score one key away."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from livefollow.score import rasterizer_process
from livefollow.viewer.library.covers import day_words, last_words
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.window import MainWindow
from tests.blank_scores import write_score
from tests.viewer.player import DEMO, Player


@pytest.fixture(autouse=True)
def _not_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Covers are made although other tests want the processor."""
    monkeypatch.setattr(rasterizer_process, "LOWEST_PRIORITY", 0)


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.library.open([path])


def shown(window: MainWindow) -> list[str]:
    return [entry.path.name for entry in window.welcome.covers.entry_model.entries]


def test_without_scores_return_asks_for_one(window: MainWindow) -> None:
    assert window.welcome.covers.isHidden()
    (button,) = [b for b in window.welcome.findChildren(QPushButton) if b.isDefault()]
    assert button.hasFocus()


def test_return_opens_the_last_score(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    first, second = (write_score(tmp_path / f"{name}.pdf") for name in "ab")
    opened(qtbot, window, first)
    opened(qtbot, window, second)
    window.close_score()
    assert shown(window) == ["b.pdf", "a.pdf"]
    assert window.welcome.covers.hasFocus()
    keeper = window.library.books.keeper
    qtbot.waitUntil(lambda: bool(window.welcome.covers.entry_model.entries[1].pages), timeout=60_000)
    assert keeper.catalogue.cover(window.welcome.covers.entry_model.entries[1].content_hash)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        QTest.keyClick(window.welcome.covers, Qt.Key.Key_Return)
    assert window.open_score.score
    assert window.open_score.score.document.path == second
    assert window.welcome.isHidden()


def test_last_bar_and_day(qtbot: QtBot, demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    books = window.library.books
    player.play(100, 1400, 3.0)
    books.played([window.following.position])
    bar = window.bar_numbers.here()
    assert bar
    window.close_score()
    qtbot.waitUntil(lambda: books.entry(DEMO).bar == bar, timeout=60_000)
    window.welcome.refresh()
    entry = window.welcome.covers.entry_model.entries[0]
    assert last_words(entry) == f"Bar {bar}, today"


def test_who_did_not_play_has_practised_nothing(qtbot: QtBot, demo_window: MainWindow) -> None:
    demo_window.close_score()
    books = demo_window.library.books
    qtbot.waitUntil(lambda: not books.keeper.busy)
    assert books.entry(DEMO).practised is None


def test_days_in_words() -> None:
    from datetime import date, datetime

    today = date(2026, 3, 10)
    words = [day_words(datetime(2026, 3, day, 9), today) for day in (10, 9, 5)]
    assert words == ["today", "yesterday", "5 days ago"]
    assert "26" in day_words(datetime(2026, 1, 2, 9), today)
    assert day_words(None) == ""


def test_scores_that_are_gone_are_not_offered(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = write_score(tmp_path / "a.pdf")
    opened(qtbot, window, path)
    window.close_score()
    path.unlink()
    window.welcome.refresh()
    assert shown(window) == []
    assert window.welcome.covers.isHidden()


def test_setlists(qtbot: QtBot, window: MainWindow, tmp_path: Path, preferences: RecordFile[Preferences]) -> None:
    pieces = [write_score(tmp_path / f"{name}.pdf") for name in "ab"]
    window.library.setlist.add(pieces)
    window.library.setlist.save(tmp_path / "Recital.setlist")
    labels = {b.text(): b for b in window.welcome.findChildren(QPushButton) if b.text()}
    assert preferences.values.recent_setlists == (str(tmp_path / "Recital.setlist"),)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        labels["Play the Setlist (2 Pieces)"].click()
    assert window.open_score.score
    assert window.open_score.score.document.path == pieces[0]
    window.close_score()
    window.library.setlist.begin(pieces[1:])
    qtbot.waitUntil(lambda: window.open_score.score is not None, timeout=60_000)
    window.close_score()
    labels = {b.text(): b for b in window.welcome.findChildren(QPushButton) if b.text()}
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        labels["Setlist “Recital”"].click()
    assert window.library.setlist.pieces == pieces


@pytest.mark.parametrize(("width", "height", "columns"), [(1366, 768, 6), (700, 1000, 3), (480, 640, 2)])
def test_covers_fit(qtbot: QtBot, window: MainWindow, tmp_path: Path, width: int, height: int, columns: int) -> None:
    for k in range(9):
        window.library.books._preferences.change(
            recent=(str(write_score(tmp_path / f"{k}.pdf")), *window.preferences.values.recent)
        )
    window.resize(width, height)
    window.welcome.resize(width, height - 60)
    window.welcome.refresh()
    covers = window.welcome.covers
    tops = {covers.visualRect(covers.entry_model.index(k)).top() for k in range(covers.entry_model.rowCount())}
    assert covers.entry_model.rowCount() % columns == 0 or covers.entry_model.rowCount() == 9
    assert len(tops) == -(-covers.entry_model.rowCount() // columns)


def test_a_microphone_is_asked_for_where_there_is_sound(qtbot: QtBot, window: MainWindow) -> None:
    (button,) = [b for b in window.welcome.findChildren(QPushButton) if b.text() == "&Microphone …"]
    assert button.isHidden()
    window.welcome.offer_sound()
    assert not button.isHidden()
    with qtbot.waitSignal(window.welcome.microphone_wanted):
        button.click()
