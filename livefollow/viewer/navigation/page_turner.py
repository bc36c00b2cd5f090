"""Turns the pages: on the follower's word, and on the player's, which counts more. The window's thread's alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from livefollow.follow.agent import Agent, Reads
from livefollow.follow.follower import look_at
from livefollow.follow.position import Position
from livefollow.score.score import Score
from livefollow.score.strip import Strip
from livefollow.turning.stage import Stage
from livefollow.turning.types import DEFAULTS
from livefollow.turning.view import Layout
from livefollow.viewer.navigation.places import Places
from livefollow.viewer.pages.continue_chip import ContinueChip
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import Place, ScoreMemory

Put = Callable[[int, float, float], bool]
SURELY = 0.5  # probability from which on something is struck there


class PageTurner(QObject):
    """Shows what the stage decides, and tells it what the player wants.

    Attributes:
        said: a sentence about what was done.
        changed: other pages are seen, or another place was chosen.
        opened: whether there is a score from now on.
        more_read: `score.reading.Reading`, when more of the score has been read.
        stage: of the open score; None without one.
        places: in it.
        aside: takes the places that the player points at, while it is set: he listens and does not play.
        chip: offers the page on which the score was left.
    """

    said = pyqtSignal(str)
    changed = pyqtSignal()
    opened = pyqtSignal(bool)
    more_read = pyqtSignal(object)

    def __init__(
        self,
        window: QWidget,
        pages: PageView,
        preferences: RecordFile[Preferences],
        memory: Callable[[], RecordFile[ScoreMemory] | None],
    ) -> None:
        """Show no score yet.

        Args:
            window: parent of the turner.
            pages: the view.
            preferences: the settings.
            memory: gives what is remembered of the open score, if there is one.
        """
        super().__init__(window)
        self._pages, self._preferences, self._memory = pages, preferences, memory
        self.stage: Stage | None = None
        self.places = Places()
        self._agent: Agent | None = None
        self._strip: Strip | None = None
        self._put: Put | None = None
        self.aside: Callable[[int, float, float], object] | None = None
        self._late = False  # the follower is still to be told where the player is expected
        self.chip = ContinueChip(pages)
        self.chip.accepted.connect(self._continue)
        self._misread: Callable[[], Iterable[int]] = tuple  # gives pages that may be no covers at all

    # --- the score and its session ---

    def open(self, score: Score) -> None:
        """A score is open: show the page on which the follower waits, and offer the one on which it was left."""
        memory = self._memory()
        self._agent = self._put = None
        self._late = False
        self.chip.withdraw()
        own = memory.values.start if memory else None
        count = score.document.page_count
        left = min(memory.values.page, count) if memory and own is None else 1
        settings = replace(DEFAULTS, look_ahead_s=self._preferences.values.look_ahead_s)
        first = min(own.page if own else 1, count)
        self.stage = Stage(score.strip, first, count, settings=settings, plays=score.plays)
        self._misread = lambda: score.doubts
        self._strip = score.strip
        self.places.open(score.strip, self.stage)
        self._pages.open(score.document)
        if left > 1:
            self.chip.offer(left)
        self.opened.emit(True)
        self.lay_out()

    def follow(self, agent: Agent, put: Put) -> None:
        """Somebody follows.

        Args:
            agent: that reads the score.
            put: called with page, x and y in points when the player points at a place; false where nothing is read yet.
        """
        self._agent, self._put = agent, put
        self._tell_seen()

    def close(self) -> None:
        """The score is closed."""
        self.chip.withdraw()
        self._pages.close_document()
        self.places.close()
        self.stage = self._agent = self._put = self._strip = None
        self._misread = tuple
        self.opened.emit(False)

    def read(self) -> None:
        """More of the score has been read: covers and prefaces are turned over while nobody plays."""
        if self.stage is None:
            return
        first = self.places.first_page
        misread = any(page < first for page in self._misread())
        if self.stage.page == 1 < first and not self.places.begun and not misread:
            self.stage.go_to(first)
            self._show()
        if self.chip.page <= first:
            self.chip.withdraw()
        if isinstance(self._agent, Reads):
            reading = self._agent.reading
            self.stage.set_events(reading.x[reading.presence >= SURELY])
            self.more_read.emit(reading)
        if self._late and not self.places.begun:
            self._expect()
        self._tell_seen()

    def move(self, positions: list[Position]) -> None:
        """Follow the newest positions; none may be left out."""
        if self.stage is None:
            return
        by_itself = self._preferences.values.turn_by_itself
        before = self.stage.view
        for position in positions:
            if by_itself:
                self.stage.show(position)
            else:
                self.stage.watch(position)
        newest = positions[-1]
        if newest.state in ("following", "holding"):
            self.places.chosen = None
            self._late = False
            self.chip.withdraw()
        self._pages.show_view(self.stage.view)
        # Until the first notes the highlight stands where the player has pointed.
        if self.places.chosen is None:
            sure = newest.state != "lost" and not self.stage.unsure
            self._pages.show_highlight(self.stage.highlight(newest), newest.time_s, sure)
        if self.stage.view != before:
            self._keep_page()
            self._tell_seen()
            self.changed.emit()

    # --- what the player does ---

    def turn(self, direction: int) -> None:
        """One step forward or back: the next screenful where a page is larger than the screen, else the next page."""
        if self.stage is None:
            return
        forward = direction > 0
        if self._pages.read_on(forward, self.stage.system_edges(self.stage.page)):
            return
        if self.stage.turn(forward):
            self._turned()
            if not forward:
                self._pages.to_end()

    def undo(self) -> None:
        """Take back the last turn, whoever made it."""
        if self.stage is None:
            return
        if self.stage.undo():
            self.said.emit(self.tr("The last turn was taken back."))
            self._turned()
        else:
            self.said.emit(self.tr("There is no turn to take back."))

    def point(self, page: int, x: float, y: float) -> None:
        """The player goes on from a point on a page, in points."""
        if self.stage is None:
            return
        if self.aside:
            self.aside(page, x, y)
            return
        if self._put is None or not self._put(page, x, y):
            self.said.emit(self.tr("Page {} has not been read yet.").format(page))
            return
        place = Place(page, x, y)
        self.stage.went_to(page, self.places.x_of(place))
        self._show_place(place)
        self.said.emit(self.tr("From here: play on when you like."))

    def to_x(self, x: float) -> None:
        """Go on from a place on the strip."""
        if self.stage is None:
            return
        try:
            place = self.places.at(x)
        except LookupError:
            self.stage.go_to(1)
            self._show()
            return
        self.stage.go_to(place.page)
        self.point(*place)

    # --- layout ---

    def lay_out(self) -> None:
        """Lay out the pages as the player, or else the window's shape, wants it."""
        if self.stage is None:
            return
        memory = self._memory()
        wanted = (memory.values.layout if memory else "") or self._preferences.values.layout
        layout = self._pages.automatic_layout() if wanted == "auto" else Layout(wanted)
        # Where a page is larger than the screen, halves of it are not seen.
        self.stage.set_layout(Layout.SINGLE if self._pages.zoom > 1 else layout, self._pages.top_pt)
        self._show()

    def look_ahead(self, seconds: float) -> None:
        """Turn so long before a page's music is over."""
        if self.stage:
            self.stage.set_look_ahead(seconds)

    # --- inside ---

    def _turned(self) -> None:
        """The player has turned: the follower expects him on what is seen now, unless he plays on."""
        if self.stage is None:
            return
        self._show()
        self._expect()

    def _continue(self, page: int) -> None:
        """Go on where the score was left."""
        if self.stage and self.stage.go_to(page):
            self._turned()

    def _expect(self) -> None:
        """Have the follower expect the player on what is seen, later if it is not read yet."""
        if self.stage is None:
            return
        x = self.stage.resume_x()
        self._late = x is None and self.stage.page not in self.places.pages_read
        if x is None or self._put is None:
            return
        place = self.places.at(x)
        if self._put(*place):
            self.stage.went_to(place.page, x)
            self._show_place(place)

    def _show_place(self, place: Place) -> None:
        """The highlight stands at a place until the first notes there."""
        if self.stage is None:
            return
        self.places.chosen = place
        self._pages.show_highlight(self.stage.highlight(self.places.waiting_at(place)))
        self._show()

    def _show(self) -> None:
        if self.stage:
            if self.chip.page in self.stage.visible:
                self.chip.withdraw()
            self._pages.show_view(self.stage.view)
            self._keep_page()
            self._tell_seen()
            self.changed.emit()

    def _tell_seen(self) -> None:
        """The follower may know what is on the screen."""
        if self._agent and self._strip and self.stage:
            look_at(self._agent, self._strip, self.stage.visible)

    def _keep_page(self) -> None:
        """Remember the page; while the one on which the score was left is offered, nothing else was done yet."""
        memory = self._memory()
        if self.chip.page:
            return
        if memory and self.stage and memory.values.page != self.stage.page:
            memory.change(page=self.stage.page)
