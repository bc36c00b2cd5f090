"""Of several scores asked for in a row only the last is opened."""

from pathlib import Path

from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from livefollow.score.score import Score
from livefollow.viewer.openings import Openings
from tests.viewer.player import DEMO


def test_only_the_score_asked_for_last_is_opened(qtbot: QtBot, data: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    openings = Openings(window, None)
    opened: list[Score] = []
    began: list[Path] = []
    openings.opened.connect(opened.append)
    openings.began.connect(began.append)
    openings.open(DEMO)
    with qtbot.waitSignal(openings.opened, timeout=60_000):
        openings.open(data / "small.pdf")
    qtbot.waitUntil(lambda: not openings._running, timeout=60_000)
    assert began == [DEMO, data / "small.pdf"]
    assert [score.document.path for score in opened] == [data / "small.pdf"]
    opened[0].close()


def test_who_has_left_gets_no_score(qtbot: QtBot, data: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    openings = Openings(window, None)
    opened: list[Score] = []
    openings.opened.connect(opened.append)
    openings.open(data / "small.pdf")
    openings.stop()
    qtbot.waitUntil(lambda: not openings._running, timeout=60_000)
    assert opened == []
