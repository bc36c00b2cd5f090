"""Windows without a display."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from livefollow.viewer.settings.preferences import Preferences, open_preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Player


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
