"""The practice loop in the window: setting, drawing, returning, ending. One per window; window thread only."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.follow.position import Position
from livefollow.viewer.following import Following
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.score_marks import LOOP, ScoreMark, ScoreMarks
from livefollow.viewer.practice.loop import Loop, has_reached_end
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.status_bar import StatusBar

TEENS = range(11, 14)
SUFFIXES = {1: 0, 2: 1, 3: 2}  # of English ordinals


class Looping(QObject):
    """Manages one loop at a time.

    Attributes:
        on: whether the end of the loop leads back; off while a recording is replayed.
        returning: the loop is about to be played from its start, the first time or again.
        ended: there is no loop any more.
        note: returns what the label says beside the loop; empty for nothing.
    """

    returning = pyqtSignal()
    ended = pyqtSignal()

    def __init__(
        self,
        menus: Menus,
        open_score: OpenScore,
        bar: StatusBar,
        turner: PageTurner,
        following: Following,
        bar_numbers: BarNumbers,
        score_marks: ScoreMarks,
    ) -> None:
        """Add the actions to the Practice menu.

        Args:
            menus: of the window.
            open_score: of the window.
            bar: gets messages.
            turner: knows where the player is, and goes back.
            following: gives the positions.
            bar_numbers: name the bars of the loop.
            score_marks: draw the loop.
        """
        super().__init__(turner)
        self._bar, self._turner, self._bar_numbers, self._score_marks = bar, turner, bar_numbers, score_marks
        self.on = True
        self.note: Callable[[], str] = lambda: ""
        self._from: float | None = None  # strip px, start of a loop without an end yet
        self._loop: Loop | None = None
        self._time = 1  # how often it has been begun
        self._before: Position | None = None
        add = menus.add
        add("practice", "loop_start", self.tr("Loop from &Here"), self.loop_from_here, "Ctrl+[", with_score=True)
        add("practice", "loop_end", self.tr("Loop &to Here"), self.loop_to_here, "Ctrl+]", with_score=True)
        self._unloop = add("practice", "unloop", self.tr("&End the Loop"), self.end, "Ctrl+L")
        self._unloop.setEnabled(False)
        open_score.closing.connect(self._let_go)
        following.positioned.connect(self._move)
        bar_numbers.changed.connect(self._draw)

    @property
    def loop(self) -> Loop | None:
        """The loop being played; None without one."""
        return self._loop

    def here_x(self) -> float | None:
        """Return the strip px where the player is, or has pointed; None if unknown."""
        return self._turner.places.here_x()

    def ends(self) -> tuple[float, float] | None:
        """Return the strip px of both ends of the loop; None without one."""
        return (self._loop.start_x, self._loop.end_x) if self._loop else None

    def loop_from_here(self) -> None:
        """Set the start of the loop where the player is, or has pointed."""
        say, x = self._bar.say, self._turner.places.here_x()
        if x is None:
            say(self.tr("Point at a place in the score first."))
            return
        self._from = x
        self._loop = None
        self._unloop.setEnabled(True)
        self._draw()
        say(self.tr("The loop begins here. Now point at its end, or play to it, and choose “Loop to Here”."))

    def loop_to_here(self) -> None:
        """Set the end of the loop where the player is, or has pointed, and go back to its start."""
        x = self._turner.places.here_x()
        begin = self._loop.start_x if self._loop else self._from
        if begin is None or x is None:
            self._bar.say(self.tr("Choose the loop's start first."))
            return
        if x <= begin:
            self._bar.say(self.tr("A loop ends after it has begun."))
            return
        self._loop, self._from, self._time = Loop(begin, x), None, 1
        self._unloop.setEnabled(True)
        self._return()

    def end(self) -> None:
        """End the loop and play on."""
        self._loop = self._before = self._from = None
        self._unloop.setEnabled(False)
        self._draw()
        self.ended.emit()

    def _return(self) -> None:
        """Send cursor and pages back to the start of the loop."""
        self._before = None
        self.returning.emit()
        self._draw()
        if self._loop:
            self._turner.to_x(self._loop.start_x, quietly=self._time > 1)  # nothing lies over the music while one plays

    def _let_go(self) -> None:
        self.end()

    def point(self) -> None:
        """Note that the player has pointed at a place: going there is not playing to the end of the loop."""
        self._before = None

    def _move(self, position: Position) -> None:
        if self._loop is None or not self.on or self._turner.writing():
            return
        if has_reached_end(self._loop, self._before, position):
            self._time += 1
            self._return()
        else:
            self._before = position

    def refresh(self) -> None:
        """Draw the label anew: what `note` says has changed."""
        self._draw()

    def _draw(self) -> None:
        """Draw the loop over the score."""
        tip = self.tr("A click ends the loop")
        marks = []
        if self._loop:
            label = " · ".join(filter(None, (self.label(self._loop), self.note())))
            marks = [ScoreMark(self._loop.start_x, self._loop.end_x, label, LOOP, self.end, tip)]
        elif self._from is not None:
            marks = [ScoreMark(self._from, None, self.tr("The loop begins here"), LOOP, self.end, tip)]
        self._score_marks.show("loop", marks)

    def label(self, loop: Loop) -> str:
        """Return the label of the loop: its bars, and how often it is played."""
        bars = self._bar_numbers
        first, last = bars.at(loop.start_x), bars.at(loop.end_x)
        if first is None:
            return self.tr("Loop, {}").format(self._ordinal())
        if first == last:
            return self.tr("Loop, bar {}, {}").format(first, self._ordinal())
        return self.tr("Loop, bars {}–{}, {}").format(first, last, self._ordinal())

    def _ordinal(self) -> str:
        n = self._time
        kinds = (self.tr("{}st time"), self.tr("{}nd time"), self.tr("{}rd time"), self.tr("{}th time"))
        return kinds[3 if n % 100 in TEENS else SUFFIXES.get(n % 10, 3)].format(n)
