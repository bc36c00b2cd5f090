"""Messages to the player, and which one is shown: none is lost because another came. Window thread only.

Three kinds: an *answer* to what the player has just done, which the next answer replaces; *news*, one after the other,
each for as long as it takes to read, resumed after an answer came in between; and *lasting* sentences by matter, shown
while there is nothing else.
"""

from __future__ import annotations

from collections import deque
from enum import IntEnum, auto

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.viewer.settings.messages import in_language

LEAST_MS, MS_PER_LETTER = 8000, 80  # for which a passing sentence is shown: players read slowly
MOST_NEWS = 5  # that may wait; older ones are outdated


class Matter(IntEnum):
    """Subjects of lasting sentences; of several, the first in this order is shown."""

    OPENING = auto()  # of another score
    NEXT = auto()  # piece of the setlist
    FAILURE = auto()  # something has failed
    SOUND = auto()
    READING = auto()


PROGRESS = (Matter.OPENING, Matter.READING)  # not important enough to cover music


def reading_ms(sentence: str) -> int:
    """Return how long to show a sentence, ms."""
    return max(LEAST_MS, MS_PER_LETTER * len(sentence))


class Messages(QObject):
    """Holds all messages and decides which is shown.

    Attributes:
        changed: `text` or `urgent` has changed.
        text: the sentence to show now; empty for none.
        urgent: whether it is new: if there is no room for it in the bar, it may cover the page.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without messages."""
        super().__init__(parent)
        self.text, self.urgent = "", False
        self._answer = ""
        self._news: deque[str] = deque(maxlen=MOST_NEWS)
        self._lasting: dict[Matter, str] = {}
        self._read: set[str] = set()  # lasting sentences that were shown long enough to be read
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._pass)

    def answer(self, sentence: str) -> None:
        """Show an answer at once; an empty one removes the last answer."""
        self._answer = in_language(sentence)
        self._show(anew=True)

    def tell(self, sentence: str) -> None:
        """Show news as soon as the news before could be read."""
        sentence = in_language(sentence)
        if sentence and sentence not in self._news:
            self._news.append(sentence)
            self._show()

    def insist(self, matter: Matter, sentence: str) -> None:
        """Show a lasting sentence until another of the same matter replaces it; an empty one removes it."""
        sentence, before = in_language(sentence), self._lasting.pop(matter, "")
        if sentence:
            self._lasting[matter] = sentence
        if sentence != before:
            self._read.discard(before)
            self._show()

    def forget(self) -> None:
        """Remove all lasting sentences."""
        self._lasting.clear()
        self._read.clear()
        self._show()

    def dismiss(self) -> None:
        """Mark the present sentence as read by the player."""
        self._timer.stop()
        self._pass()

    def remind(self) -> None:
        """Show the lasting sentence once more, on the player's request."""
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
