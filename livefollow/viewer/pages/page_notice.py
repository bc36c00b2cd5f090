"""A line over the pages that reports what is doubtful about the pages shown, with buttons to fix it.

It blocks nothing, and stays until it no longer applies or the player dismisses it.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from livefollow.score.doubts import doubt_sentence
from livefollow.score.hands import DuetPart
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.messages import in_language

GROUND, INK = "#fff3cd", "#3d2f00"
FOUR_HANDS = "four hands"  # the doubt that concerns no single page

Button = tuple[str, Callable[[], None]]


class PageNotice(QFrame):
    """A line with a sentence and buttons.

    Attributes:
        put_away: the player has dismissed it.
    """

    put_away = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a hidden line, which takes no room."""
        super().__init__(parent)
        self.setObjectName("notice")
        self.setStyleSheet(f"#notice {{ background: {GROUND}; }} #notice QLabel {{ color: {INK}; }}")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName(self.tr("Notice"))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.05)
        self.sentence.setFont(font)
        self.buttons: list[QPushButton] = []
        self._away = QToolButton()
        self._away.setText("✕")
        self._away.setAutoRaise(True)
        self._away.setStyleSheet(f"color: {INK};")
        self._away.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the focus stays on the score
        self._away.setAccessibleName(self.tr("Put away"))
        self._away.setToolTip(self.tr("Put away"))
        self._away.clicked.connect(self.put_away)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self._away)
        self.hide()

    def say(self, sentence: str, buttons: list[Button]) -> None:
        """Show a sentence with buttons, each a text and what it does."""
        self.sentence.setText(sentence)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for text, do in buttons:
            button = QPushButton(text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the focus stays on the score
            button.clicked.connect(lambda _=False, do=do: do())
            self._row.insertWidget(self._row.indexOf(self._away), button)
            self.buttons.append(button)
        self.show()


class Doubts(QObject):
    """Shows in a notice what is doubtful about the pages that are seen.

    Attributes:
        fix: the staves of a page (from 1) are to be corrected.
        play: the `DuetPart` that the player has chosen.
    """

    fix = pyqtSignal(int)
    play = pyqtSignal(object)

    def __init__(
        self,
        notice: PageNotice,
        open_score: OpenScore,
    ) -> None:
        """Begin without a doubt.

        Args:
            notice: shows the sentence.
            open_score: of the window.
        """
        super().__init__(notice)
        self._notice, self._open = notice, open_score
        self._whole = False
        self._said: int | str = ""  # what is shown: a page, or FOUR_HANDS
        notice.put_away.connect(self._put_away)
        open_score.opened.connect(self._begin)
        open_score.closed.connect(self._end)

    def _begin(self) -> None:
        self._whole = False
        self.refresh()

    def _end(self) -> None:
        self._said = ""
        self._notice.hide()

    def read(self) -> None:
        """Update once all pages are read."""
        self._whole = True
        self.refresh()

    def refresh(self) -> None:
        """Update after more was read, or other pages are seen."""
        doubt = self._doubt()
        if doubt == self._said:
            return
        self._said = doubt
        if doubt == FOUR_HANDS:
            self._notice.say(
                self.tr("Two pianists seem to share these pages. Which ones do you play?"),
                [
                    (self.tr("Left pages (secondo)"), lambda: self.play.emit(DuetPart.LEFT)),
                    (self.tr("Right pages (primo)"), lambda: self.play.emit(DuetPart.RIGHT)),
                ],
            )
        elif isinstance(doubt, int) and self._open.score:
            sentence = in_language(doubt_sentence(doubt, self._open.score.doubts[doubt]))
            self._notice.say(sentence, [(self.tr("Fix staff detection"), lambda: self.fix.emit(doubt))])
        else:
            self._notice.hide()

    def _doubt(self) -> int | str:
        """Return the page to report, or FOUR_HANDS; empty if nothing is doubtful."""
        score, memory = self._open.score, self._open.memory
        if score is None:
            return ""
        known = memory.values.doubts_known if memory else ()
        pages = sorted(page for page in score.doubts if page in self._open.visible and page not in known)
        if pages:
            return pages[0]
        asked = memory.values.part_asked if memory else False
        shared = self._whole and score.corrections.part is DuetPart.ALL and not asked
        return FOUR_HANDS if shared and score.four_hands.likely else ""

    def _put_away(self) -> None:
        memory, said = self._open.memory, self._said
        if memory and isinstance(said, int):
            memory.change(doubts_known=(*memory.values.doubts_known, said))
        elif memory and said == FOUR_HANDS:
            memory.change(part_asked=True)
        self._notice.hide()
        self.refresh()
