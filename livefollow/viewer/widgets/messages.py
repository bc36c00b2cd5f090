"""What the program has to say, and which of it is shown: no sentence is lost because another came. Window's thread.

Three kinds: an *answer* to what the player has just done, which the next answer replaces; *news*, one after the other,
each for as long as it takes to read, taken up again after an answer came in between; and what *lasts*, by its matter,
while there is nothing else to say.
"""

from __future__ import annotations

from collections import deque
from enum import IntEnum, auto

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.viewer.settings.messages import in_language

LEAST_MS, MS_PER_LETTER = 8000, 80  # that a passing sentence stays: who plays reads slowly
MOST_NEWS = 5  # that wait; older ones are out of date


class Matter(IntEnum):
    """What a lasting sentence is about; of several sentences that of the first matter is seen."""

    OPENING = auto()  # of another score
    NEXT = auto()  # piece of the setlist
    FAILURE = auto()  # something has ended before its time
    SOUND = auto()
    READING = auto()


PROGRESS = (Matter.OPENING, Matter.READING)  # never worth covering music for


def reading_ms(sentence: str) -> int:
    """How long a sentence stays."""
    return max(LEAST_MS, MS_PER_LETTER * len(sentence))


class Messages(QObject):
    """All that is to be said.

    Attributes:
        changed: `text` or `urgent` is another one.
        text: what is to be shown now; empty for nothing.
        urgent: whether it is new to the player: where there is no room for all of it, it is worth covering the page.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Say nothing."""
        super().__init__(parent)
        self.text, self.urgent = "", False
        self._answer = ""
        self._news: deque[str] = deque(maxlen=MOST_NEWS)
        self._lasting: dict[Matter, str] = {}
        self._read: set[str] = set()  # lasting sentences that were shown long enough
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._pass)

    def answer(self, sentence: str) -> None:
        """Say a sentence at once; an empty one takes the last answer away."""
        self._answer = in_language(sentence)
        self._show(anew=True)

    def tell(self, sentence: str) -> None:
        """Say a sentence as soon as the news before it have been read."""
        sentence = in_language(sentence)
        if sentence and sentence not in self._news:
            self._news.append(sentence)
            self._show()

    def insist(self, matter: Matter, sentence: str) -> None:
        """Say a sentence until another one of the same matter replaces it; an empty one takes it away."""
        sentence, before = in_language(sentence), self._lasting.pop(matter, "")
        if sentence:
            self._lasting[matter] = sentence
        if sentence != before:
            self._read.discard(before)
            self._show()

    def forget(self) -> None:
        """Take away what is insisted on."""
        self._lasting.clear()
        self._read.clear()
        self._show()

    def dismiss(self) -> None:
        """The player has read what is shown."""
        self._timer.stop()
        self._pass()

    def remind(self) -> None:
        """The player wants to read what lasts once more."""
        self._read.clear()
        self._show()

    def _pass(self) -> None:
        if self._answer:
            self._answer = ""
        elif self._news:
            self._news.popleft()
        elif self.text:
            self._read.add(self.text)
        self._show()

    def _show(self, anew: bool = False) -> None:
        matter = next((matter for matter in Matter if self._lasting.get(matter)), None)
        text, urgent = self._answer or (self._news[0] if self._news else ""), True
        if not text and matter:
            text = self._lasting[matter]
            urgent = matter not in PROGRESS and text not in self._read
        urgent = urgent and bool(text)
        if (text, urgent) == (self.text, self.urgent) and not anew:
            return
        self.text, self.urgent = text, urgent
        if urgent:
            self._timer.start(reading_ms(text))
        else:
            self._timer.stop()
        self.changed.emit()
