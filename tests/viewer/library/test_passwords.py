"""An encrypted score asks for its password, until it is right, and once."""

from pathlib import Path

import pytest
from PyQt6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from livefollow.viewer.window import MainWindow
from tests.encrypted import PASSWORD, encrypt


def test_the_password_is_asked_for_until_it_is_right(
    qtbot: QtBot, window: MainWindow, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = encrypt(data / "small.pdf", tmp_path / "locked.pdf")
    asked: list[str] = []
    answers = iter(["Mondschein", PASSWORD])

    def ask(parent: object, title: str, sentence: str, echo: object) -> tuple[str, bool]:
        asked.append(sentence)
        return next(answers), True

    monkeypatch.setattr(QInputDialog, "getText", ask)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(locked)
    assert ["encrypted" in asked[0], "wrong" in asked[1], len(asked)] == [True, True, 2]
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(locked)
    assert len(asked) == 2


def test_who_thinks_better_of_it_keeps_what_is_open(
    qtbot: QtBot, window: MainWindow, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = encrypt(data / "small.pdf", tmp_path / "locked.pdf")
    asked: list[str] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: asked.append(args[2]) or ("", False))
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(data / "small.pdf")
    open_before = window.open_score.score
    window.openings.open(locked)
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=60_000)
    assert window.open_score.score is open_before


def test_nobody_is_asked_for_the_password_of_a_score_that_is_not_wanted_any_more(
    qtbot: QtBot, window: MainWindow, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = encrypt(data / "small.pdf", tmp_path / "locked.pdf")
    asked: list[str] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: asked.append(args[2]) or ("", False))
    window.openings.open(locked)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(data / "small.pdf")
    qtbot.waitUntil(lambda: not window.openings._running, timeout=60_000)
    assert asked == []


def test_a_password_from_the_command_line_is_kept_too(
    qtbot: QtBot, window: MainWindow, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = encrypt(data / "small.pdf", tmp_path / "locked.pdf")
    monkeypatch.setattr(QInputDialog, "getText", lambda *args: pytest.fail("asked again"))
    for password in (PASSWORD, None):
        with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
            window.openings.open(locked, password)
    assert window.openings.password(locked) == PASSWORD
    assert window.openings.password(data / "small.pdf") is None
