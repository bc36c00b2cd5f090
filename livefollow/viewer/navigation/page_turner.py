"""Turns the pages, by positions and by hand; turns by hand count more. Window thread only."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from livefollow.follow.agent import Agent
from livefollow.follow.follower import tell_visible_pages
from livefollow.follow.position import Position, State
from livefollow.score.score import Score
from livefollow.turning.view import Layout
from livefollow.viewer.navigation.places import Places
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.continue_chip import ContinueChip
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.preferences import WIDTH, Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import Place

Put = Callable[[int, float, float], bool]


class PageTurner(QObject):
    """Shows what the stage decides, and passes on what the player does.

    Attributes:
        said: a sentence about what was done.
        changed: other pages are seen, or another place was chosen.
        places: places of the open score.
        chip: offers the page on which the score was left.
        linking: gets the places that the player points at while links are drawn; None otherwise.
        writing: returns whether the player writes on the page: it is not turned by itself then.
    """

    said = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(
        self,
        window: QWidget,
        pages: PageView,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
    ) -> None:
        """Begin without a score.

        Args:
            window: parent of the turner.
            pages: the view.
            preferences: the settings.
            open_score: what is on the stand.
        """
        super().__init__(window)
        self._pages, self._preferences, self._open = pages, preferences, open_score
        self.places = Places()
        self.writing: Callable[[], bool] = lambda: False
        self._agent: Agent | None = None
        self._put: Put | None = None
        self._taker: Callable[[int, float, float], object] | None = None
        self.linking: Callable[[int, float, float], object] | None = None
        self._late = False  # the follower still has to be told where the player is expected
        self.chip = ContinueChip(pages)
        self.chip.accepted.connect(self.to_page)
        open_score.opened.connect(self._begin)
        open_score.closing.connect(self._end)

    # --- the score and its session ---

    def _begin(self, score: Score) -> None:
        """Show the page of a new score on which the follower waits, and offer the one on which it was left."""
        memory, stage = self._open.memory, self._open.stage
        assert memory
        assert stage
        self.places.open(score.strip, stage)
        self._pages.open(score.document, score.pages, score.corrections.crops)
        left = memory.values.page
        if left in score.pages[1:] and memory.values.start is None:
            self.chip.offer(left, score.place_of(left))
        self.lay_out()

    def follow(self, agent: Agent, put: Put) -> None:
        """Take the agent that follows.

        Args:
            agent: that reads the score.
            put: called with page, x and y in points when the player points at a place; false where nothing is read yet.
        """
        self._agent, self._put = agent, put
        self._tell_seen()

    def _end(self) -> None:
        """Remember the page before the score is closed."""
        self.chip.withdraw()
        self._pages.close_document()
        self.places.close()
        self._agent = self._put = None
        self._late = False

    def read(self) -> None:
        """Update after more has been read; skip covers and prefaces while nobody plays."""
        if self._open.stage is None:
            return
        first, score = self.places.first_page, self._open.score
        before = score.pages[: score.place_of(first) - 1] if score and first else ()
        misread = any(page in before for page in (score.doubts if score else ()))
        if self._open.stage.page in before[:1] and not self.places.begun and not misread:
            self._open.stage.go_to(first)
            self._show()
        if self.chip.page in (first, *before):
            self.chip.withdraw()
        if self._late and not self.places.begun:
            self._expect()
        self._know_systems()
        self._tell_seen()

    def move(self, positions: list[Position]) -> None:
        """Follow the newest positions; every position must be given."""
        if self._open.stage is None:
            return
        by_itself = self._preferences.values.turn_by_itself and not self.writing()
        before = self._open.stage.view
        for position in positions:
            if by_itself:
                self._open.stage.show(position)
            else:
                self._open.stage.watch(position)
        newest = positions[-1]
        if newest.state in (State.FOLLOWING, State.HOLDING):
            self.places.chosen = None
            self._late = False
            self.chip.withdraw()
        self._pages.show_view(self._open.stage.view)
        # Until the first notes the highlight is where the player has pointed.
        if self.places.chosen is None:
            sure = newest.state is not State.LOST and not self._open.stage.unsure
            self._pages.show_highlight(self._open.stage.highlight(newest), newest.time_s, sure)
        if self._pages.by_system and newest.state is not State.WAITING:
            self._pages.follow_systems(self._ahead(newest.strip_x), newest.time_s)
        if self._open.stage.view != before:
            self._keep_page()
            self._tell_seen()
            self.changed.emit()

    # --- what the player does ---

    def turn(self, direction: int) -> None:
        """Turn one step: by a screenful if the page is larger than the screen, else by a page."""
        if self._open.stage is None:
            return
        forward = direction > 0
        if self._pages.by_system:
            self._turn_systems(forward)
            return
        if self._pages.read_on(forward, self._open.stage.system_edges(self._open.stage.page)):
            return
        if self._open.stage.turn(forward):
            self._turned()
            if not forward:
                self._pages.to_end()

    def turn_half(self) -> None:
        """Turn half a page on: by half a screen if the page is larger than the screen."""
        if self._open.stage is None:
            return
        room = self._pages.height() * self._pages.devicePixelRatioF()
        if self._pages.zoom > 1 and self._pages.scroll_by(room / 2):
            return
        if self._open.stage.turn_half():
            self._turned()

    def undo(self) -> None:
        """Undo the last turn, whoever made it."""
        if self._open.stage is None:
            return
        if self._open.stage.undo():
            self.said.emit(self.tr("The last turn was taken back."))
            self._turned()
        else:
            self.said.emit(self.tr("There is no turn to take back."))

    def point(self, page: int, x: float, y: float, quietly: bool = False) -> None:
        """Continue from a point on a page, in points; quietly if nothing is to be said about it."""
        if self._open.stage is None:
            return
        if taker := self.linking or self._taker:
            taker(page, x, y)
            return
        if self._put is None or not self._put(page, x, y):
            self.said.emit(self.tr("Page {} has not been read yet.").format(page))
            return
        place = Place(page, x, y)
        self._open.stage.went_to(page, self.places.x_of(place))
        self._show_place(place)
        if not quietly:
            self.said.emit(self.tr("From here: play on when you like."))

    def to_page(self, page: int) -> None:
        """Go to a page (from 1), as by turning there."""
        if self._open.stage and self._open.stage.go_to(page):
            self._turned()

    def to_x(self, x: float, quietly: bool = False) -> None:
        """Continue from a place on the strip; quietly if nothing is to be said about it."""
        if self._open.stage is None:
            return
        try:
            place = self.places.at(x)
        except LookupError:
            self._open.stage.go_to(self._open.score.pages[0] if self._open.score else 1)
            self._show()
            return
        self._open.stage.go_to(place.page)
        self.point(*place, quietly)

    def give_places_to(self, taker: Callable[[int, float, float], object] | None) -> None:
        """Pass the places that the player points at to a function, during a replay.

        Args:
            taker: called with page, x and y in points; None to handle them here again.
        """
        self._taker = taker

    # --- layout ---

    def lay_out(self) -> None:
        """Lay out the pages as the player has chosen, or by the window's shape."""
        if self._open.stage is None:
            return
        memory = self._open.memory
        wanted = (memory.values.layout if memory else "") or self._preferences.values.layout
        by_system = wanted == WIDTH and self._pages.zoom <= 1
        self._pages.set_by_system(by_system)
        automatic = wanted in ("auto", WIDTH) and not by_system
        layout = self._pages.automatic_layout() if automatic else Layout.SINGLE if by_system else Layout(wanted)
        # A page larger than the screen is not shown in halves.
        self._open.stage.set_layout(Layout.SINGLE if self._pages.zoom > 1 else layout, self._pages.top_pt)
        self._show()

    def look_ahead(self, seconds: float) -> None:
        """Set how many seconds before the end of its music a page is turned."""
        if self._open.stage:
            self._open.stage.set_look_ahead(seconds)

    # --- inside ---

    def _know_systems(self) -> None:
        """Pass the systems that have been read to the view."""
        if self._open.strip:
            systems = [(p.system.page, p.system.top, p.system.bottom) for p in list(self._open.strip.placements)]
            self._pages.know_systems(systems)
            self._pages.know_lies([p.system for p in list(self._open.strip.placements)])

    def _ahead(self, x: float) -> list[int]:
        """Return the system at strip x, and those after it on the player's way."""
        stage = self._open.stage
        return stage.systems_ahead(x, len(self._pages.rolling.places)) if stage else []

    def _turn_systems(self, forward: bool) -> None:
        """Turn by hand where what is seen goes on by system."""
        rolling = self._pages.rolling
        index = rolling.step(forward)
        if index is None or self._open.stage is None:
            return
        self._pages.show_system(index)
        page = rolling.slices[index].page
        if page != self._open.stage.page and self._open.stage.go_to(page):
            self._turned()
            self._pages.show_system(index)

    def _show_page_by_system(self) -> None:
        """Show the place that the player has chosen, or the page that is turned to, if it is not seen."""
        rolling, chosen = self._pages.rolling, self.places.chosen
        page = chosen.page if chosen else self._open.page
        index = rolling.index_of(page, chosen.y_pt) if chosen else rolling.index_of(page, 0.0)
        seen = {rolling.slices[k].page for k in rolling.places if 0 <= k < len(rolling.slices)}
        if index is not None and (page not in seen or (chosen and index not in rolling.places)):
            self._pages.show_system(index)

    def _turned(self) -> None:
        """Show a turn by hand; the follower expects the player on what is seen now, unless they play on."""
        if self._open.stage is None:
            return
        self._show()
        self._expect()

    def _expect(self) -> None:
        """Tell the follower to expect the player on what is seen; later, if that is not read yet."""
        if self._open.stage is None:
            return
        x = self._open.stage.resume_x()
        self._late = x is None and self._open.stage.page not in self.places.pages_read
        if x is None or self._put is None:
            return
        place = self.places.at(x)
        if self._put(*place):
            self._open.stage.went_to(place.page, x)
            self._show_place(place)

    def _show_place(self, place: Place) -> None:
        """Show the highlight at a place until the first notes are played there."""
        if self._open.stage is None:
            return
        self.places.chosen = place
        self._pages.show_highlight(self._open.stage.highlight(self.places.waiting_at(place)))
        self._show()

    def _show(self) -> None:
        if self._open.stage:
            if self.chip.page in self._open.stage.visible:
                self.chip.withdraw()
            self._pages.show_view(self._open.stage.view)
            if self._pages.by_system:
                self._show_page_by_system()
            self._keep_page()
            self._tell_seen()
            self.changed.emit()

    def _tell_seen(self) -> None:
        """Tell the agent which pages are on the screen."""
        if self._agent and self._open.strip:
            tell_visible_pages(self._agent, self._open.strip, self._open.visible)

    def _keep_page(self) -> None:
        """Remember the page, unless the one on which the score was left is still offered."""
        memory = self._open.memory
        if self.chip.page:
            return
        if memory and self._open.stage and memory.values.page != self._open.stage.page:
            memory.change(page=self._open.stage.page)
