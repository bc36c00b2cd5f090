"""The window shows where the music is, says what is wrong, and ends with its session."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from livefollow.audio.file import FileSource
from livefollow.follow.agent import Agent, open_agent
from livefollow.score.score import Score
from livefollow.viewer.session import inputs
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.window import MainWindow
from tests.broken import make_pdf

DEMO = Path(__file__).parents[2] / "assets" / "demo"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Two seconds of noise."""
    path = tmp_path / "noise.wav"
    soundfile.write(path, np.random.default_rng(0).normal(0, 0.05, 2 * 22_050), 22_050)
    return path


@pytest.fixture
def window(qtbot: QtBot, models: Path, sound: Path, preferences: RecordFile[Preferences]) -> Iterator[MainWindow]:
    """A window whose pianist is a recording that is read as fast as it can be."""

    def make_agent() -> Agent:
        return open_agent(None, models, "cpu")

    def make_session(agent: Agent, score: Score) -> Session:
        return Session(agent, score, FileSource(sound))

    window = MainWindow(preferences, make_agent, make_session)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def varied(window: MainWindow) -> bool:
    """Whether there is ink in the middle of the window."""
    picture = window.grab().toImage()
    middle = picture.width() // 2
    return len({picture.pixel(middle, y) for y in range(picture.height())}) > 10


def followed(window: MainWindow) -> float:
    """Seconds of the sound that have been followed."""
    return window.following.position.time_s if window.following.position else 0.0


def test_without_a_score_it_waits_for_one(window: MainWindow) -> None:
    assert window.open_score.score is None
    assert window.bar.lamp.state is Shown.IDLE
    assert window.pages.view is None


def test_the_first_page_is_shown_and_the_newest_position(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO / "score.pdf")
    assert window.pages.view is not None
    qtbot.waitUntil(lambda: varied(window), timeout=20_000)
    qtbot.waitUntil(lambda: followed(window) >= 1.99, timeout=60_000)
    assert window.pages.view.page == 1
    assert "1" in window.bar.place.text()


def test_a_score_that_cannot_be_followed_is_a_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "blank.pdf").write_bytes(make_pdf(content=b" "))
    window.openings.open(tmp_path / "blank.pdf")
    qtbot.waitUntil(lambda: "no staff systems" in window.bar.sentence.text(), timeout=60_000)
    assert window.pages.view is not None


def test_without_sound_it_is_said_until_there_is_some(
    qtbot: QtBot, window: MainWindow, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "RETRY_S", 0.05)
    noise = sound.read_bytes()
    sound.unlink()
    with qtbot.waitSignal(window.open_score.session_made, timeout=60_000):
        window.openings.open(DEMO / "score.pdf")
    qtbot.waitUntil(lambda: window.bar.lamp.state is Shown.IDLE, timeout=60_000)  # all is read
    assert window.bar.words.text() == "Not listening"
    assert "noise.wav" in window.bar.sentence.text()
    sound.write_bytes(noise)
    qtbot.waitUntil(lambda: window.following.position is not None, timeout=60_000)
    # Two seconds are soon over, which is said in its turn.
    qtbot.waitUntil(lambda: "noise.wav" not in window.bar.sentence.text(), timeout=20_000)
    assert window.bar.lamp.state is not Shown.READING


def test_a_file_that_is_no_score_is_a_sentence_and_the_score_stays(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO / "score.pdf")
    (tmp_path / "letter.pdf").write_text("Dear Clara")
    window.openings.open(tmp_path / "letter.pdf")
    qtbot.waitUntil(
        lambda: "letter.pdf" in window.bar.sentence.text() and "no" in window.bar.sentence.text(), timeout=60_000
    )
    assert window.open_score.score is not None


def test_what_is_dropped_is_opened(qtbot: QtBot, window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(DEMO / "score.pdf"))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.dropEvent(drop)


@pytest.mark.parametrize("end", [MainWindow.close, MainWindow.close_score])
def test_closing_ends_the_session(qtbot: QtBot, window: MainWindow, end: Callable[[MainWindow], object]) -> None:
    with qtbot.waitSignal(window.open_score.session_made, timeout=60_000):
        window.openings.open(DEMO / "score.pdf")
    session = window.open_score.session
    assert session
    end(window)
    assert not session.running
    assert window.open_score.score is None
