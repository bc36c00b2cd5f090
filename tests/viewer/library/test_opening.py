"""Of several scores asked for in a row only the last is opened; one asked for in vain disturbs nothing."""

import threading
from pathlib import Path
from typing import cast

from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from livefollow.errors import ModelError
from livefollow.follow.agent import Agent
from livefollow.score.score import Score
from livefollow.viewer.library.opening import Openings
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


def test_a_score_is_followed_though_another_was_asked_for_in_vain(qtbot: QtBot, data: Path, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    loaded, agent = threading.Event(), cast(Agent, object())

    def load() -> Agent:
        assert loaded.wait(60)
        return agent

    openings = Openings(window, load)
    opened: list[Score] = []
    ready: list[Agent] = []
    openings.opened.connect(opened.append)
    openings.ready.connect(ready.append)
    with qtbot.waitSignal(openings.opened, timeout=60_000):
        openings.open(data / "small.pdf")
    with qtbot.waitSignal(openings.failed, timeout=60_000):
        openings.open(tmp_path / "missing.pdf")
    with qtbot.waitSignal(openings.ready, timeout=60_000):
        loaded.set()
    assert ready == [agent]
    opened[0].close()


def test_who_has_been_replaced_says_nothing(qtbot: QtBot, data: Path, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    loaded = threading.Event()

    def load() -> Agent:
        assert loaded.wait(60)
        raise ModelError("There are no networks.")

    openings = Openings(window, load)
    opened: list[Score] = []
    said: list[str] = []
    openings.opened.connect(opened.append)
    openings.failed.connect(said.append)
    openings.no_agent.connect(said.append)
    openings.open(tmp_path / "missing.pdf")
    with qtbot.waitSignal(openings.opened, timeout=60_000):
        openings.open(data / "small.pdf")
    with qtbot.waitSignal(openings.opened, timeout=60_000):
        openings.open(DEMO)
    assert said == []
    loaded.set()
    qtbot.waitUntil(lambda: not openings._running, timeout=60_000)
    assert said == ["There are no networks."]
    for score in opened:
        score.close()
