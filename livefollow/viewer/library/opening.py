"""Opens scores in the background, and asks for passwords; only the last request counts.

If a score cannot be opened, the open one stays, with whatever is still being loaded for it. Starting the process that
reads a file takes longer than the window may be blocked, so it runs on a thread; all else is for the window thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QThread, pyqtSignal
from PyQt6.QtWidgets import QInputDialog, QLineEdit, QWidget

from livefollow.errors import LivefollowError, PasswordError
from livefollow.follow.agent import Agent
from livefollow.score.page_cache import PageCache
from livefollow.score.score import Score
from livefollow.viewer.settings.messages import in_language


class Openings(QObject):
    """Manages all attempts to open a score, until `stop`.

    Attributes:
        began: Path of the score that is being opened.
        asking: the player is about to be asked for a password.
        opened: the Score, which the receiver must close.
        ready: an agent that has read nothing, for the score opened last.
        failed: a sentence: a score cannot be opened.
        no_agent: a sentence: the score is open, but there is no agent to follow in it.
    """

    began = pyqtSignal(object)
    asking = pyqtSignal()
    opened = pyqtSignal(object)
    ready = pyqtSignal(object)
    failed = pyqtSignal(object)
    no_agent = pyqtSignal(object)

    def __init__(self, window: QWidget, make_agent: Callable[[], Agent] | None) -> None:
        """Prepare without opening anything.

        Args:
            window: parent of the password dialog.
            make_agent: loads the networks, on another thread; None to show scores only.
        """
        super().__init__(window)
        self._window, self._make_agent = window, make_agent
        self._running: list[Opening] = []
        self._passwords: dict[Path, str] = {}  # kept in memory only
        self._newest: Opening | None = None  # the last request
        self._taken: Opening | None = None  # the one whose score was emitted last

    def open(self, path: Path, password: str | None = None) -> None:
        """Open a score in the background.

        Args:
            path: PDF, image, or folder of images.
            password: of an encrypted PDF; by default the one used before.
        """
        if password:
            self._passwords[path] = password
        opening = Opening(path, self._make_agent, self.password(path))
        opening.opened.connect(self._take_score)
        opening.ready.connect(self._take_agent)
        opening.locked.connect(self._ask_password)
        opening.failed.connect(self._report_failure)
        opening.no_agent.connect(self._report_no_agent)
        self._running.append(opening)
        opening.finished.connect(lambda: self._running.remove(opening))
        self._newest = opening
        self.began.emit(path)
        opening.start()

    def password(self, path: Path) -> str | None:
        """Return the password a score was opened with last; None if there was none."""
        return self._passwords.get(path)

    def stop(self) -> None:
        """Cancel all attempts and wait until their threads have ended."""
        self._newest = self._taken = None
        for opening in self._running:
            opening.wait()

    def _take_score(self, score: Score) -> None:
        if self.sender() is self._newest:
            self._taken = self._newest
            self.opened.emit(score)
        else:  # another one was requested meanwhile
            score.close()

    def _take_agent(self, agent: Agent) -> None:
        if self.sender() is self._taken:
            self.ready.emit(agent)

    def _report_no_agent(self, sentence: str) -> None:
        if self.sender() is self._taken:
            self.no_agent.emit(sentence)

    def _report_failure(self, sentence: str) -> None:
        if self.sender() is self._newest:
            self.failed.emit(sentence)

    def _ask_password(self, sentence: str) -> None:
        opening = self._newest
        if opening is None or self.sender() is not opening:
            return
        self.asking.emit()
        password, given = QInputDialog.getText(
            self._window, self.tr("Password"), in_language(sentence), QLineEdit.EchoMode.Password
        )
        if given:
            self.open(opening.path, password)


class Opening(QThread):
    """One attempt to open one score. `run` runs on its own thread; signals are queued to the window's.

    Attributes:
        opened: the Score, which the receiver must close.
        ready: an agent that has read nothing, some tenths of a second later.
        locked: a sentence: the file needs a password, or another one.
        failed: a sentence: the score cannot be opened.
        no_agent: a sentence: the score is open, but there is no agent to follow in it.
    """

    opened = pyqtSignal(object)
    ready = pyqtSignal(object)
    locked = pyqtSignal(object)
    failed = pyqtSignal(object)
    no_agent = pyqtSignal(object)

    def __init__(self, path: Path, make_agent: Callable[[], Agent] | None, password: str | None = None) -> None:
        """Prepare without opening anything.

        Args:
            path: PDF, image, or folder of images.
            make_agent: loads the networks; None to show the score only.
            password: of an encrypted PDF.
        """
        super().__init__()
        self.path = path
        self._make_agent, self._password = make_agent, password

    def run(self) -> None:
        """Open the score, then load the networks."""
        try:
            score = Score(self.path, password=self._password, cache=PageCache())
        except PasswordError as error:
            self.locked.emit(error.message)
            return
        except LivefollowError as error:
            self.failed.emit(error.message)
            return
        self.opened.emit(score)
        try:
            if self._make_agent:
                self.ready.emit(self._make_agent())
        except LivefollowError as error:
            self.no_agent.emit(error.message)
