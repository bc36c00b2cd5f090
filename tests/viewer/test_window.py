"""The window shows where the music is, says what is wrong, and ends with its session."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from livefollow.audio.file import FileSource
from livefollow.features.capture import Capture
from livefollow.follow.agent import open_agent
from livefollow.score.score import Score
from livefollow.viewer.session import Session
from livefollow.viewer.window import Window
from tests.broken import make_pdf

DEMO = Path(__file__).parents[2] / "assets" / "demo"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Two seconds of noise."""
    path = tmp_path / "noise.wav"
    soundfile.write(path, np.random.default_rng(0).normal(0, 0.05, 2 * 22_050), 22_050)
    return path


@pytest.fixture
def score(tmp_path: Path) -> Iterator[Score]:
    with Score(DEMO / "score.pdf", data=tmp_path) as score:
        yield score


def open_window(qtbot: QtBot, score: Score, models: Path, sound: Path, heard: list[str]) -> tuple[Session, Window]:
    """A window on a recording that is read as fast as it can be."""
    capture = Capture(FileSource(sound))
    session = Session(open_agent(None, models, "cpu"), score, capture, lambda: heard.append("sound"))
    window = Window(score, session)
    qtbot.addWidget(window)
    window.show()
    return session, window


def test_the_page_is_shown_with_the_newest_position(qtbot: QtBot, score: Score, models: Path, sound: Path) -> None:
    heard: list[str] = []
    session, window = open_window(qtbot, score, models, sound, heard)
    assert "Reading" in window.sentence
    with qtbot.waitSignal(session.finished, timeout=60_000):
        session.start()
    qtbot.waitUntil(lambda: window.position is not None and window.position.time_s >= 1.99)
    assert heard == ["sound"]
    assert (window.page, window.sentence) == (1, "")
    picture = window.grab().toImage()
    middle = picture.width() // 2
    assert len({picture.pixel(middle, y) for y in range(picture.height())}) > 10


def test_a_score_that_cannot_be_followed_is_a_sentence(qtbot: QtBot, models: Path, sound: Path, tmp_path: Path) -> None:
    (tmp_path / "blank.pdf").write_bytes(make_pdf(content=b" "))
    heard: list[str] = []
    with Score(tmp_path / "blank.pdf", data=tmp_path) as score:
        session, window = open_window(qtbot, score, models, sound, heard)
        with qtbot.waitSignal(session.failed, timeout=60_000):
            session.start()
        qtbot.waitUntil(lambda: "no staff systems" in window.sentence)
        session.wait()
    assert window.page == 0
    assert heard == []


def test_closing_the_window_ends_the_session(qtbot: QtBot, score: Score, models: Path, sound: Path) -> None:
    session, window = open_window(qtbot, score, models, sound, [])
    with qtbot.waitSignal(session.page_read, timeout=60_000):
        session.start()
    window.close()
    assert session.isFinished()
