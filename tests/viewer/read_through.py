"""Opens a score in a window and waits until all of it is read."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from livefollow.viewer.session.session import Session
from livefollow.viewer.window import MainWindow


def read_through(qtbot: QtBot, window: MainWindow, score: Path, password: str | None = None) -> Session:
    """The session in a score, all of which has been read.

    It is watched from the moment it is made: short scores are read before anybody could wait for their reading.
    """
    sessions: list[Session] = []
    read: list[Session] = []

    def watch(session: Session) -> None:
        sessions.append(session)
        session.score_read.connect(lambda: read.append(session))

    window.open_score.session_made.connect(watch)
    window.openings.open(score, password)
    qtbot.waitUntil(lambda: bool(sessions) and sessions[-1] in read, timeout=60_000)
    window.open_score.session_made.disconnect(watch)
    return sessions[-1]
