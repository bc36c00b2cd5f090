"""Follows in the background: reads the score, then turns sound into positions, and says so with signals.

`run` is the session's own thread, in which score, agent and capture are used; signals cross to the window's, queued.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QThread, pyqtSignal

from livefollow.errors import LivefollowError
from livefollow.features.capture import Capture
from livefollow.follow.agent import Agent
from livefollow.follow.follower import Follower
from livefollow.score.score import Score


class Session(QThread):
    """One performance of one score.

    Attributes:
        page_read: number of a page that has been read.
        moved: list of the newest positions, in order; none is left out.
        failed: a sentence, after which nothing more comes.
    """

    page_read = pyqtSignal(int)
    moved = pyqtSignal(list)
    failed = pyqtSignal(str)

    def __init__(self, agent: Agent, score: Score, capture: Capture, sound: Callable[[], None]) -> None:
        """Start nothing yet.

        Args:
            agent: that has read nothing.
            score: opened, not read.
            capture: not started.
            sound: called when the capture starts, to let the recording be heard.
        """
        super().__init__()
        self._agent, self._score, self._capture, self._sound = agent, score, capture, sound

    def run(self) -> None:
        """Read, then follow until the sound is over or `requestInterruption` was called."""
        try:
            for page in self._agent.read(self._score):
                self.page_read.emit(page)
                if self.isInterruptionRequested():
                    return
            with self._capture as capture:
                self._sound()
                for positions in Follower(self._agent, self._score.strip).follow(capture):
                    self.moved.emit(positions)
                    if self.isInterruptionRequested():
                        return
            if capture.status.error:
                raise capture.status.error
        except LivefollowError as error:
            self.failed.emit(str(error))
