"""Opens scores in the background: starting the child that reads a file takes longer than a window may stand still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QThread, pyqtSignal

from livefollow.errors import LivefollowError, PasswordError
from livefollow.follow.agent import Agent
from livefollow.score.score import Score


class Opening(QThread):
    """One attempt to open one score. `run` is its own thread; the signals cross to the window's, queued.

    Attributes:
        opened: the Score; from then on it is the receiver's to close.
        ready: an agent that has read nothing, some tenths of a second later.
        locked: a sentence: the file needs a password, or another one.
        failed: a sentence: the score cannot be opened.
        deaf: a sentence: the score is open, but nobody can follow.
    """

    opened = pyqtSignal(object)
    ready = pyqtSignal(object)
    locked = pyqtSignal(str)
    failed = pyqtSignal(str)
    deaf = pyqtSignal(str)

    def __init__(self, path: Path, make_agent: Callable[[], Agent] | None, password: str | None = None) -> None:
        """Open nothing yet.

        Args:
            path: PDF, image, or folder of images.
            make_agent: loads the networks; None to look only.
            password: of an encrypted PDF.
        """
        super().__init__()
        self.path = path
        self._make_agent, self._password = make_agent, password

    def run(self) -> None:
        """Open the score, then load the networks."""
        try:
            score = Score(self.path, password=self._password)
        except PasswordError as error:
            self.locked.emit(str(error))
            return
        except LivefollowError as error:
            self.failed.emit(str(error))
            return
        self.opened.emit(score)
        try:
            if self._make_agent:
                self.ready.emit(self._make_agent())
        except LivefollowError as error:
            self.deaf.emit(str(error))
