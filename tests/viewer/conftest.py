"""Windows without a display."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Player


@pytest.fixture
def demo_window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window on the demo, read, in portrait."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    preferences = open_preferences(tmp_path)
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.resize(700, 1000)
    window.show()
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    assert window.open_score.score
    list(window.open_score.score.read())
    yield window
    window.close()
    preferences.close()


@pytest.fixture
def player(demo_window: MainWindow) -> Player:
    return Player(demo_window)
