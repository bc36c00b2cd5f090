"""The player can delete what is kept of the scores that were read."""

from pathlib import Path

from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from livefollow.score.page_cache import PageCache
from livefollow.viewer.support.kept_pages import KeptPages
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.window import MainWindow


def test_nothing_is_deleted_unless_the_player_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "cache")
    cache.save("0" * 64, "key", [])
    kept = KeptPages(window, Menus(window), cache)
    box = kept.ask()
    assert "0.0 MB" in box.text()
    box.reject()
    assert cache.size > 0
    box = kept.ask()
    [delete] = [button for button in box.findChildren(QPushButton) if button.text() == "&Delete"]
    delete.click()
    assert cache.size == 0
