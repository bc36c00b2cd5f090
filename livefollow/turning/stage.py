"""Positions to what is seen of them: which pages and parts of pages, the highlight, and what is said of it.

One `Stage` serves films and the window: it decides what is turned when (`turning.single_page`, `turning.page_ahead`),
and knows nothing of pixels. It belongs to one thread, while another lets the strip grow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from livefollow.follow.position import PLAYING, Position, State
from livefollow.score.repeats import Repeat
from livefollow.score.strip import Strip
from livefollow.turning.page_ahead import decide_ahead
from livefollow.turning.page_spans import PageSpan, page_spans_of
from livefollow.turning.repeats import PlayedRepeats, after, goal_of, page_finder
from livefollow.turning.single_page import decide, observed, page_after, turned_by_hand
from livefollow.turning.types import DEFAULTS, Turn, TurnPoints, TurnSettings, TurnState
from livefollow.turning.view import Highlight, Layout, Spot, View, Words

UNDOABLE = 50  # turns
UNSURE, SURE = 0.5, 0.6  # confidence below which the player's place is unsure, and from which it is sure again
LEAD_IN_PT = 30.0  # paper shown above the system that a repeat leads to


@dataclass(frozen=True)
class UndoStep:
    """What a hand can take back."""

    shown: int
    other: int
    slots: tuple[int, int]
    strip_x: float  # where the player was
    at: int  # and on which page
    by_hand: bool  # the hand has turned away from it


class Stage:
    """Takes positions one by one and turns the pages.

    Attributes:
        view: what is seen now.
        unsure: it is not clear where the player is.
        newest: the last position; None before the first.
        repeats: that the player will take.
        layout: how the pages are laid out.
    """

    def __init__(
        self,
        strip: Strip,
        page: int = 1,
        pages: int = 0,
        layout: Layout = Layout.SINGLE,
        *,
        settings: TurnSettings = DEFAULTS,
        plays: Callable[[int], bool] = lambda _page: True,
    ) -> None:
        """Show a page.

        Args:
            strip: the score, which may still grow.
            page: from 1.
            pages: of the document; those with music by default.
            layout: how they are laid out.
            settings: of turning.
            plays: whether a page is the player's, or another pianist's.
        """
        self._strip, self._count = strip, pages
        self._page_spans: dict[int, PageSpan] = {}
        self._spanned = 0  # systems that `_page_spans` knows of
        self._page_at = page_finder([], [])
        self._played = PlayedRepeats()
        self._past: list[UndoStep] = []
        self._undone_x: float | None = None  # where the player was before the turn that was taken back last
        self._doubted = False
        self._settings, self._plays = settings, plays
        self.repeats: Sequence[Repeat] = ()
        self._events: npt.NDArray[np.floating] = np.empty(0)
        self._top_pt = 0.0
        self.unsure = False
        self.newest: Position | None = None
        self.layout = layout
        self._state = TurnState(shown=page)
        self._slots = (0, 0)
        self._lay_out(page)
        self.view = self._seen()

    def show(self, position: Position) -> Turn | None:
        """Turn the page if the next position says so; no position may be left out."""
        self._learn()
        self.newest = position
        before = self._scene()
        x = position.strip_x
        if position.state in PLAYING:
            self._played = after(self._played, x, self.repeats)
        goal = goal_of(self._played, x, self.repeats, self._page_at)
        rule = decide if self.layout is Layout.SINGLE else decide_ahead
        self._state, turn = rule(self._state, position, self._turn_points(), self._settings, goal)
        if turn:
            self._doubted = turn.doubt
            self._remember(before)
            self._fill_slots()
            self.view = self._seen()
        self._doubt(position)
        return turn

    def watch(self, position: Position) -> None:
        """Take the next position and turn nothing."""
        self._learn()
        self.newest = position
        self._state = observed(self._state, position, self._settings)
        self._doubt(position)

    def set_repeats(self, repeats: Sequence[Repeat]) -> None:
        """The player will take these repeats, and no others."""
        self.repeats = repeats

    def set_events(self, events: npt.NDArray[np.floating]) -> None:
        """Know what is struck: (n,) strip px, rising, as far as it is read."""
        self._events = events

    def set_look_ahead(self, seconds: float) -> None:
        """Turn so long before a page's music is over."""
        self._settings = replace(self._settings, look_ahead_s=seconds)

    def set_layout(self, layout: Layout, top_pt: float = 0.0) -> None:
        """Lay the pages out otherwise; the page that is played stays in sight.

        Args:
            layout: from now on.
            top_pt: y of a page at the upper edge of the screen where it is seen alone, points.
        """
        self._top_pt = top_pt
        if layout is not self.layout:
            at = self._state.at
            page = at if at in self.visible else self._state.shown
            self.layout = layout
            self._lay_out(page)
            self.view = self._seen()

    def turn(self, forward: bool) -> bool:
        """The player's hand turns: one step of the layout on, or back. Whether there was anything to turn to."""
        self._learn()
        shown, other = self._state.shown, self._state.other
        if self.layout is Layout.TWO:
            return self._turn_two(forward)
        if forward and other:
            return self._by_hand(other)
        if not forward and other:
            return self._by_hand(shown)
        if not forward:
            return self._by_hand(self._own_page(shown, -1))
        following = self._own_page(shown, 1)
        if self.layout is Layout.HALF and self._halvable(shown) and following <= self.pages:
            return self._by_hand(shown, following)
        return self._by_hand(following)

    def _own_page(self, page: int, step: int) -> int:
        """The nearest page of the player's, forward (1) or back (-1); beyond the last, or before the first, none is."""
        page += step
        while 1 <= page <= self.pages and not self._plays(page):
            page += step
        return page

    def go_to(self, page: int) -> bool:
        """The player wants to see a page. Whether there is one."""
        self._learn()
        return page in self.visible or self._by_hand(page)

    def undo(self) -> bool:
        """Take the last turn back, whoever made it. Whether there was one."""
        if not self._past:
            return False
        scene = self._past.pop()
        denied = 0 if scene.by_hand else self._state.shown
        self._state = turned_by_hand(self._state, scene.shown, scene.other, denied if denied != scene.shown else 0)
        self._slots = scene.slots
        self._doubted = False
        self.view = self._seen()
        self._undone_x = scene.strip_x if scene.at in self.visible else None
        return True

    def resume_x(self) -> float | None:
        """After the hand has turned: the strip x from which the player is to be expected; None where he plays on.

        Who turns a page while he plays its last system, or the one beside what is shown, goes on playing. Who takes a
        turn back is expected where he was before it.
        """
        self._learn()
        at, shown = self._state.at, self._state.shown
        if at in self.visible or (self._on_the_way(at) and page_after(at, self._turn_points()) == shown):
            return None
        if self._undone_x is not None:
            return self._undone_x
        return self.first_x(shown)

    def first_x(self, page: int) -> float | None:
        """Strip x of what is struck first on a page, or where its music begins; None while it is not read."""
        span = self._page_spans.get(page)
        if span is None:
            return None
        n = int(np.searchsorted(self._events, span.start_x))
        return float(self._events[n]) if n < len(self._events) and self._events[n] < span.end_x else span.start_x

    def system_edges(self, page: int) -> list[tuple[float, float]]:
        """Top and bottom of each system of a page, points, as far as it is read."""
        self._learn()
        span = self._page_spans.get(page)
        return [(top, bottom) for _, _, top, bottom in span.systems] if span else []

    def went_to(self, page: int, x: float) -> None:
        """The player will go on from strip x, on a page that is seen."""
        if page != self._state.shown and page in self.visible:
            other = self._state.shown if self.layout is Layout.TWO else 0
            self._state = turned_by_hand(self._state, page, other if other > page else 0)
            self.view = self._seen()
        self._state = replace(self._state, at=page, strip_x=x, leapt_s=self._state.time_s)
        self._played = PlayedRepeats()

    @property
    def pages(self) -> int:
        """Of the document, as far as is known."""
        return max(self._count, *self._page_spans, 1)

    @property
    def page(self) -> int:
        """The page that is played."""
        return self._state.shown

    @property
    def visible(self) -> frozenset[int]:
        """The pages of which something is seen."""
        return frozenset({self.view.page, self.view.other} - {0})

    def highlight(self, position: Position) -> Highlight:
        """The position's place, and how far its system reaches; not beyond the place where no system is known."""
        p = position
        system = p.placement.system if p.placement else None
        left, right = (system.left, system.right) if system else (p.x_pt, p.x_pt)
        return Highlight(p.page, p.x_pt, p.top_pt, p.bottom_pt, left, right)

    def words(self, position: Position, time_s: float) -> Words:
        """What the bar says at a time, seconds."""
        percent = round(100 * float(np.clip(position.confidence, 0, 1)))
        return Words(position.state, percent, int(time_s), unsure=self.unsure)

    def _doubt(self, position: Position) -> None:
        lost = position.state is State.LOST
        playing = position.state in PLAYING
        limit = SURE if self.unsure else UNSURE
        self.unsure = (playing and position.confidence < limit) or ((playing or lost) and self._doubted)

    # --- what is known of the score ---

    def _learn(self) -> None:
        placements = list(self._strip.placements)
        if len(placements) != self._spanned:
            self._spanned = len(placements)
            self._page_spans = page_spans_of(placements)
            self._page_at = page_finder([p.x0 for p in placements], [p.system.page for p in placements])

    def _turn_points(self) -> dict[int, TurnPoints]:
        ahead = {Layout.HALF: lambda span: span.lower_x, Layout.TWO: lambda span: span.start_x}.get(self.layout)
        return {
            page: TurnPoints(
                span.last_system_x, span.end_x, ahead(span) if ahead else float("inf"), self._last_event(span)
            )
            for page, span in self._page_spans.items()
        }

    def _last_event(self, span: PageSpan) -> float:
        n = int(np.searchsorted(self._events, span.end_x))
        known = n > 0 and self._events[n - 1] >= span.last_system_x
        return float(self._events[n - 1]) if known else float("inf")

    def _halvable(self, page: int) -> bool:
        span = self._page_spans.get(page)
        return span is None or span.lower_x < float("inf")

    def _on_the_way(self, page: int) -> bool:
        span = self._page_spans.get(page)
        return span is not None and self._state.strip_x >= span.last_system_x

    # --- what is seen ---

    def _lay_out(self, page: int) -> None:
        """A page anew, with what belongs beside it."""
        other = 0
        if self.layout is Layout.TWO:
            left = page - 1 + page % 2
            right = left + 1 if left < max(self._count, page) else 0
            self._slots = (left, right)
            other = right if page == left else 0
        self._state = replace(self._state, shown=page, other=other)

    def _fill_slots(self) -> None:
        """After a turn: the page beside goes where the page that is played is not."""
        if self.layout is not Layout.TWO:
            return
        shown, other = self._state.shown, self._state.other
        if shown not in self._slots:
            self._lay_out(shown)
        elif other:
            self._slots = (shown, other) if self._slots[0] == shown else (other, shown)

    def _seen(self) -> View:
        shown, other = self._state.shown, self._state.other
        if self.layout is Layout.TWO:
            return View(self._slots[0], self._slots[1], Spot.BESIDE)
        if not other:
            return View(shown)
        span = self._page_spans.get(shown)
        if span is None:
            return View(shown, other, Spot.UPPER, cut=0.0)
        follows = other == self._own_page(shown, 1)
        in_lower = self._state.at != shown or self._state.strip_x >= span.lower_x or follows
        spot = Spot.UPPER if in_lower else Spot.LOWER
        if spot is Spot.UPPER and follows and other in self._page_spans:
            part = self._page_spans[other].first_part(self._top_pt, span.cut - self._top_pt)
            return View(shown, other, spot, span.cut, *part)
        start = self._other_from(spot, shown, other, span.cut)
        return View(shown, other, spot, span.cut, start, self._other_to(spot, other, span.cut, start))

    def _other_from(self, spot: Spot, shown: int, other: int, cut: float) -> float | None:
        """Where on the other page its part begins: as it lies, unless a repeat leads to what would not be seen."""
        goal = goal_of(self._played, self._state.strip_x, self.repeats, self._page_at)
        span = self._page_spans.get(other)
        if other == self._own_page(shown, 1) or goal is None or goal.page != other or span is None:
            return None
        start = next((r.start for r in self.repeats if r.end == goal.x), None)
        system = span.system_at(start) if start is not None else None
        if system is None:
            return None
        seen = system[1] <= cut if spot is Spot.UPPER else system[0] >= cut
        return None if seen else max(0.0, system[0] - LEAD_IN_PT)

    def _other_to(self, spot: Spot, other: int, cut: float, start: float | None) -> float:
        """Where the other page's part ends: below the last of its systems that is seen whole."""
        span = self._page_spans.get(other)
        if spot is not Spot.UPPER or span is None:
            return float("inf")
        return span.whole_until(cut if start is None else start + cut - self._top_pt)

    # --- the hand ---

    def _turn_two(self, forward: bool) -> bool:
        shown, at = self._state.shown, self._state.at
        left, right = self._slots
        last = max(left, right)
        if not forward:
            first = min(p for p in self._slots if p)
            rolled = 0 < right < left
            return self._by_hand(left - 2 if rolled else first - 1)
        if last == at == shown and last < self.pages:  # he plays on: what he has left is replaced
            return self._by_hand(shown, last + 1)
        return self._by_hand(last if right < left and right else last + 1)

    def _by_hand(self, page: int, other: int = 0) -> bool:
        if not (1 <= page <= self.pages):
            return False
        self._remember(replace(self._scene(), by_hand=True))
        self._undone_x = None
        self._state = turned_by_hand(self._state, page, other)
        if self.layout is Layout.TWO and not other:
            self._lay_out(page)
        self._fill_slots()
        self._doubted = False
        self.view = self._seen()
        return True

    def _scene(self) -> UndoStep:
        s = self._state
        return UndoStep(s.shown, s.other, self._slots, s.strip_x, s.at, by_hand=False)

    def _remember(self, scene: UndoStep) -> None:
        self._past.append(scene)
        del self._past[:-UNDOABLE]
