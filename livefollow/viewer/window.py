"""A plain window: the page with the highlight, turned in time, and a bar with state and confidence."""

from __future__ import annotations

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QCloseEvent, QColor, QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from livefollow.evaluate.screen import Screen
from livefollow.evaluate.stage import Stage
from livefollow.follow.position import Position
from livefollow.score.score import Score
from livefollow.viewer.session import Session

PAPER_AROUND = QColor(232, 232, 232)


class Window(QWidget):
    """Shows a session until it is closed, which ends the session."""

    def __init__(self, score: Score, session: Session) -> None:
        """Show nothing yet.

        Args:
            score: that the session reads.
            session: not started.
        """
        super().__init__()
        self._score, self._session = score, session
        self._screen = Screen(score.document)
        self._stage: Stage | None = None
        self._image = QImage()
        self._sentence = f"Reading {score.document.path.name} …"
        self.position: Position | None = None
        self.setWindowTitle(f"{score.document.path.name} – livefollow")
        self.resize(760, 1000)
        session.page_read.connect(self._read)
        session.moved.connect(self._move)
        session.failed.connect(self._fail)

    @property
    def page(self) -> int:
        """The page that is shown, from 1; 0 while the score is read."""
        return self._stage.view.page if self._stage else 0

    @property
    def sentence(self) -> str:
        """What is said in the place of a page; empty while one is shown."""
        return self._sentence

    def _read(self, page: int) -> None:
        self._sentence = f"Reading page {page} of {self._score.document.page_count} …"
        self.update()

    def _move(self, positions: list[Position]) -> None:
        if not positions:
            return
        newest = positions[-1]
        if self._stage is None:
            self._stage = Stage(self._score.strip, newest.page)
        for position in positions:
            self._stage.show(position)
        highlight, words = self._stage.highlight(newest), self._stage.words(newest, newest.time_s)
        picture = self._screen.draw(self._stage.view, highlight, words)
        height, width, _ = picture.shape
        self._image = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.position, self._sentence = newest, ""
        self.update()

    def _fail(self, sentence: str) -> None:
        self._sentence = sentence
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw the picture as large as it fits, or the sentence."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), PAPER_AROUND)
        if self._sentence:
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(40, 40, -40, -40), wrapped, self._sentence)
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
        painter.end()

    def closeEvent(self, a0: QCloseEvent | None) -> None:  # noqa: N802  # Qt's name
        """End the session first: it uses what is closed after the window."""
        self._session.requestInterruption()
        self._session.wait()
        super().closeEvent(a0)
