"""Windows without a display."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from livefollow.score import score
from livefollow.score.document import Page
from livefollow.viewer.settings.preferences import Preferences, open_preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Player


@pytest.fixture(scope="session", autouse=True)
def pages_are_searched_once() -> Iterator[None]:
    """Most tests open the same pages: what is found on one is found again without a search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(score, "find_systems", _remembered(score.find_systems))
        patch.setattr(score, "cut_out", _remembered(score.cut_out))
        yield


def _remembered(function: Callable[..., Sequence[Any]]) -> Callable[..., list[Any]]:
    """Remember what a function of a page returned."""
    known: dict[Any, Sequence[Any]] = {}

    @wraps(function)
    def remembered(page: Page, *systems: Sequence[Any], **options: Any) -> list[Any]:
        seen = (page.number, page.width, page.scale, page.placeholder, blake2b(page.image).digest())
        key = (seen, tuple(map(tuple, systems)), tuple(options.items()))
        if key not in known:
            known[key] = function(page, *systems, **options)
        return list(known[key])

    return remembered


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, in which settings, data and log are kept."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


@pytest.fixture
def preferences(own_folders: Path) -> Iterator[RecordFile[Preferences]]:
    """Settings that nobody has changed."""
    preferences = open_preferences(own_folders)
    yield preferences
    preferences.close()


@pytest.fixture
def window(qtbot: QtBot, preferences: RecordFile[Preferences]) -> Iterator[MainWindow]:
    """A window without a score, which follows nobody."""
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


@pytest.fixture
def demo_window(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window on the demo, read, in portrait."""
    window.resize(700, 1000)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    assert window.open_score.score
    list(window.open_score.score.read())
    return window


@pytest.fixture
def player(demo_window: MainWindow) -> Player:
    return Player(demo_window)
