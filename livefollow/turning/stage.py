"""From positions to what is seen: which pages and parts of pages, the highlight, and the words about it.

Films and the window both use a `Stage`: it turns pages (by `single_page` or `page_ahead`) and knows nothing of pixels.
It belongs to one thread, while another may let the strip grow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from livefollow.follow.position import PLAYING, Position, State
from livefollow.score.links.ways import END, Link, PlayedWay, after, by_hand, is_due
from livefollow.score.strip import Strip
from livefollow.turning.goals import goal_of, page_finder
from livefollow.turning.page_ahead import decide_ahead
from livefollow.turning.page_spans import PageSpan, page_spans_of
from livefollow.turning.rules import observed, page_after, turned_by_hand
from livefollow.turning.single_page import decide
from livefollow.turning.types import DEFAULTS, Turn, TurnPoints, TurnSettings, TurnState
from livefollow.turning.view import Highlight, Layout, Spot, View, Words

UNDOABLE = 50  # turns
UNSURE, SURE = 0.5, 0.6  # confidence below which the player's place is unsure, and from which it is sure again
SAME_LINE_PX = 25.0  # strip px: bar lines nearer to each other are one, of a double bar
LEAD_IN_PT = 30.0  # paper shown above the system that a link leads to


@dataclass(frozen=True)
class UndoStep:
    """A turn that can be undone: what was shown before it."""

    shown: int
    other: int
    slots: tuple[int, int]
    strip_x: float  # where the player was
    at: int  # the page the player was on
    by_hand: bool  # the player turned away from it


class Stage:
    """Takes positions one by one and turns the pages.

    Attributes:
        view: what is seen now.
        unsure: whether it is unclear where the player is.
        newest: the last position; None before the first.
        links: from where to where the player goes on.
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
        order: Sequence[int] = (),
    ) -> None:
        """Show a first page.

        Args:
            strip: the score, which may still grow.
            page: from 1.
            pages: of the document; those with music by default.
            layout: how they are laid out.
            settings: of turning.
            plays: whether a page is the player's, or another pianist's.
            order: numbers of the pages that are shown, in their order; all of them as they are numbered by default.
        """
        # Inside, pages are counted as they are shown: what is turned to comes after, whatever its number.
        self._order = tuple(order)
        self._inner = {number: k for k, number in enumerate(self._order, 1)}
        self._strip, self._count = strip, len(self._order) or pages
        self._page_spans: dict[int, PageSpan] = {}
        self._spanned = 0  # systems that `_page_spans` knows of
        self._page_at = page_finder([], [])
        self._way = PlayedWay()
        self._past: list[UndoStep] = []
        self._undone_x: float | None = None  # where the player was before the turn that was undone last
        self._doubted = False
        self._halved = 0  # page whose upper half the player has turned by hand
        self._settings = settings
        self._plays: Callable[[int], bool] = lambda k: plays(self._outer(k))
        self.links: Sequence[Link] = ()
        self._events: npt.NDArray[np.floating] = np.empty(0)
        self._bar_lines: npt.NDArray[np.floating] = np.empty(0)
        self._top_pt = 0.0
        self.unsure = False
        self.newest: Position | None = None
        self.layout = layout
        self._state = TurnState(shown=self._inward(page))
        self._slots = (0, 0)
        self._lay_out(self._inward(page))
        self.view = self._outward(self._seen())

    def show(self, position: Position) -> Turn | None:
        """Take the next position and turn the page if it says so; every position must be given."""
        self._learn()
        self.newest = position
        position = self._counted(position)
        before = self._scene()
        x = position.strip_x
        self._remember_way(position)
        goal = goal_of(self._way, x, self.links, self._page_at)
        rule = decide if self._ruled_as is Layout.SINGLE else decide_ahead
        self._state, turn = rule(self._state, position, self._turn_points(), self._settings, goal)
        if turn:
            self._halved = 0
            self._doubted = turn.doubt
            self._remember(before)
            self._fill_slots()
            self.view = self._outward(self._seen())
        self._doubt(position)
        return turn

    def watch(self, position: Position) -> None:
        """Take the next position without turning pages."""
        self._learn()
        self.newest = position
        position = self._counted(position)
        self._state = observed(self._state, position, self._settings)
        self._remember_way(position)
        self._doubt(position)

    def set_links(self, links: Sequence[Link]) -> None:
        """Set from where to where the player goes on; what is remembered of the way stays."""
        self.links = links

    def set_events(self, events: npt.NDArray[np.floating]) -> None:
        """Set where notes are struck: (n,) strip px, rising, as far as the score is read."""
        self._events = events

    def set_bar_lines(self, lines: npt.NDArray[np.floating]) -> None:
        """Set where bar lines are, those of repeats and double bars among them: (n,) strip px, rising."""
        apart = np.flatnonzero(np.diff(lines, prepend=-np.inf) >= SAME_LINE_PX)
        self._bar_lines = np.asarray(lines[apart], np.float64)

    def set_look_ahead(self, seconds: float) -> None:
        """Set how many seconds before the end of its music a page is turned."""
        self._settings = replace(self._settings, look_ahead_s=seconds)

    def set_layout(self, layout: Layout, top_pt: float = 0.0) -> None:
        """Change the layout; the page that is played stays in view.

        Args:
            layout: the new one.
            top_pt: y of a page at the upper edge of the screen when it is shown alone, points.
        """
        self._top_pt = top_pt
        if layout is not self.layout:
            at = self._state.at
            page = at if at in self._seen_pages else self._state.shown
            self.layout = layout
            self._lay_out(page)
            self.view = self._outward(self._seen())

    def turn(self, forward: bool) -> bool:
        """Turn by hand, one step of the layout; False if there is nothing to turn to."""
        self._learn()
        shown, other = self._state.shown, self._state.other
        if self.layout is Layout.TWO:
            return self._turn_two(forward)
        if forward and (self.layout is Layout.HALF or other):
            return self.turn_half()
        if not forward and other:
            return self._by_hand(shown)
        return self._by_hand(self._own_page(shown, 1 if forward else -1))

    def turn_half(self) -> bool:
        """Turn half a step on by hand: what comes next takes the place of what was played; False at the end.

        Of a page the upper half is replaced, of two side by side the left one; the next half step completes the turn.
        """
        self._learn()
        shown, other = self._state.shown, self._state.other
        if self.layout is Layout.TWO:
            last = max(self._slots)
            return last < self.pages and self._by_hand(last, last + 1)
        if other:
            return self._by_hand(other)
        following = self._own_page(shown, 1)
        if self._halvable(shown) and following <= self.pages:
            self._halved = shown
            return self._by_hand(shown, following)
        return self._by_hand(following)

    @property
    def _ruled_as(self) -> Layout:
        """The layout whose rules hold: a single page whose upper half was turned by hand is as with half-turns."""
        halved = self._state.other and self._halved == self._state.shown
        return Layout.HALF if halved and self.layout is Layout.SINGLE else self.layout

    def _own_page(self, page: int, step: int) -> int:
        """Return the nearest page that is the player's, forward (1) or back (-1); it may lie outside the document."""
        page += step
        while 1 <= page <= self.pages and not self._plays(page):
            page += step
        return page

    def go_to(self, page: int) -> bool:
        """Show a page by hand; False if there is no such page."""
        self._learn()
        there = not self._order or page in self._inner
        return page in self.visible or (there and self._by_hand(self._inward(page)))

    def undo(self) -> bool:
        """Undo the last turn, whoever made it; False if there is none."""
        if not self._past:
            return False
        scene = self._past.pop()
        denied = 0 if scene.by_hand else self._state.shown
        self._state = turned_by_hand(self._state, scene.shown, scene.other, denied if denied != scene.shown else 0)
        self._slots = scene.slots
        self._doubted = False
        self.view = self._outward(self._seen())
        self._undone_x = scene.strip_x if scene.at in self._seen_pages else None
        return True

    def resume_x(self) -> float | None:
        """Return the strip x where the player is expected after a turn by hand; None if they just play on.

        A player who turns the page while playing its last system, or a page that is seen, goes on playing. One who
        undoes a turn is expected where they were before it.
        """
        self._learn()
        at, shown = self._state.at, self._state.shown
        if at in self._seen_pages or (self._on_the_way(at) and page_after(at, self._turn_points()) == shown):
            return None
        if self._undone_x is not None:
            return self._undone_x
        return self.first_x(self._outer(shown))

    def first_x(self, page: int) -> float | None:
        """Return the strip x of the first notes of a page, or where its music begins; None while it is not read."""
        span = self._page_spans.get(self._inward(page))
        if span is None:
            return None
        n = int(np.searchsorted(self._events, span.start_x))
        return float(self._events[n]) if n < len(self._events) and self._events[n] < span.end_x else span.start_x

    def system_edges(self, page: int) -> list[tuple[float, float]]:
        """Return top and bottom of each system of a page, points, as far as it is read."""
        self._learn()
        span = self._page_spans.get(self._inward(page))
        return [(top, bottom) for _, _, top, bottom in span.systems] if span else []

    def systems_ahead(self, x: float, count: int) -> list[int]:
        """Return the system at strip x and those that follow it on the player's way: repeats and links are taken.

        Args:
            x: strip px.
            count: of systems.

        Returns:
            Indices on the strip; fewer at the end of the score, and after a Fine.
        """
        self._learn()
        placements = list(self._strip.placements)
        starts = [p.x0 for p in placements]
        out: list[int] = []
        way = self._way
        while placements and len(out) < count:
            index = max(0, int(np.searchsorted(starts, x, side="right")) - 1)
            out.append(index)
            end = float(placements[index].x1)
            due = [link for link in self.links if x < link.leave <= end and is_due(link, way, self.links)]
            link = min(due, key=lambda each: (each.leave, not each.sure), default=None)
            if link and link.sure:
                if link.enter == END:
                    break
                way = after(after(way, link.leave, self.links), link.enter, self.links)
                x = max(link.enter, 0.0)
            elif index + 1 < len(placements):
                x = float(starts[index + 1])
            else:
                break
        return out

    def went_to(self, page: int, x: float) -> None:
        """Expect the player at strip x, on a page that is seen."""
        page = self._inward(page)
        if page != self._state.shown and page in self._seen_pages:
            other = self._state.shown if self.layout is Layout.TWO else 0
            self._state = turned_by_hand(self._state, page, other if other > page else 0)
            self.view = self._outward(self._seen())
        self._state = replace(self._state, at=page, strip_x=x, leapt_s=self._state.time_s)
        self._way = by_hand(self._way, x, self.links)

    @property
    def pages(self) -> int:
        """Number of pages that are shown, as far as known."""
        return max(self._count, *self._page_spans, 1)

    @property
    def page(self) -> int:
        """Number of the page that is played."""
        return self._outer(self._state.shown)

    @property
    def visible(self) -> frozenset[int]:
        """Numbers of the pages of which something is seen."""
        return frozenset({self.view.page, self.view.other} - {0})

    def highlight(self, position: Position) -> Highlight:
        """Return where to highlight a position and how far its system reaches; only its place if no system is known."""
        p = position
        system = p.placement.system if p.placement else None
        left, right = (system.left, system.right) if system else (p.x_pt, p.x_pt)
        return Highlight(p.page, p.x_pt, p.top_pt, p.bottom_pt, left, right, self._bar(p))

    def _bar(self, position: Position) -> tuple[float, float] | None:
        """Return the ends of the bar at a position on its page, points; None if no bar line of its system is known."""
        place, x = position.placement, position.strip_x
        if place is None:
            return None
        inside = self._bar_lines[(self._bar_lines > place.x0) & (self._bar_lines < place.x1)]
        if not len(inside):
            return None
        n = int(np.searchsorted(inside, x, side="right"))
        ends = inside[n - 1] if n else place.x0, inside[n] if n < len(inside) else place.x1
        start, end = (float(place.to_page(at)[0]) for at in ends)
        return max(start, place.system.left), min(end, place.system.right)

    def words(self, position: Position, time_s: float) -> Words:
        """Return what the status bar says at a time, seconds."""
        percent = round(100 * float(np.clip(position.confidence, 0, 1)))
        return Words(position.state, percent, int(time_s), unsure=self.unsure)

    def _doubt(self, position: Position) -> None:
        lost = position.state is State.LOST
        playing = position.state in PLAYING
        limit = SURE if self.unsure else UNSURE
        self.unsure = (playing and position.confidence < limit) or ((playing or lost) and self._doubted)

    def _remember_way(self, position: Position) -> None:
        if position.state in PLAYING:
            self._way = after(self._way, position.strip_x, self.links)

    # --- what is known of the score ---

    def _learn(self) -> None:
        placements = list(self._strip.placements)
        if len(placements) != self._spanned:
            self._spanned = len(placements)
            self._page_spans = {self._inward(page): span for page, span in page_spans_of(placements).items()}
            pages = [self._inward(p.system.page) for p in placements]
            self._page_at = page_finder([p.x0 for p in placements], pages)

    def _inward(self, page: int) -> int:
        """Return which of the pages that are shown a page is, from 1."""
        return self._inner.get(page, page)

    def _outer(self, place: int) -> int:
        """Return the number of a page, by its place among those that are shown; inverse of `_inward`."""
        return self._order[place - 1] if 1 <= place <= len(self._order) else place

    def _outward(self, view: View) -> View:
        return replace(view, page=self._outer(view.page), other=self._outer(view.other))

    def _counted(self, position: Position) -> Position:
        """Return a position on the page as it is counted inside."""
        return replace(position, page=self._inward(position.page)) if self._order else position

    @property
    def _seen_pages(self) -> frozenset[int]:
        return frozenset(map(self._inward, self.visible))

    def _turn_points(self) -> dict[int, TurnPoints]:
        ahead = {Layout.HALF: lambda span: span.lower_x, Layout.TWO: lambda span: span.start_x}.get(self._ruled_as)
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
        """Lay out a page with the one that belongs beside it."""
        other = 0
        if self.layout is Layout.TWO:
            left = page - 1 + page % 2
            right = left + 1 if left < max(self._count, page) else 0
            self._slots = (left, right)
            other = right if page == left else 0
        self._state = replace(self._state, shown=page, other=other)

    def _fill_slots(self) -> None:
        """Place the page beside after a turn, on the side where the page that is played is not."""
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
        """Return where the part of the other page begins; None unless a link leads to what would not be seen."""
        goal = goal_of(self._way, self._state.strip_x, self.links, self._page_at)
        span = self._page_spans.get(other)
        if other == self._own_page(shown, 1) or goal is None or goal.page != other or span is None:
            return None
        system = span.system_at(goal.enter)
        if system is None:
            return None
        seen = system[1] <= cut if spot is Spot.UPPER else system[0] >= cut
        return None if seen else max(0.0, system[0] - LEAD_IN_PT)

    def _other_to(self, spot: Spot, other: int, cut: float, start: float | None) -> float:
        """Return where the part of the other page ends: below its last system that is seen whole."""
        span = self._page_spans.get(other)
        if spot is not Spot.UPPER or span is None:
            return float("inf")
        return span.whole_until(cut if start is None else start + cut - self._top_pt)

    # --- turns by hand ---

    def _turn_two(self, forward: bool) -> bool:
        shown, at = self._state.shown, self._state.at
        left, right = self._slots
        last = max(left, right)
        if not forward:
            first = min(p for p in self._slots if p)
            rolled = 0 < right < left
            return self._by_hand(left - 2 if rolled else first - 1)
        if last == at == shown and last < self.pages:  # they play on: the page they have left is replaced
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
        self.view = self._outward(self._seen())
        return True

    def _scene(self) -> UndoStep:
        s = self._state
        return UndoStep(s.shown, s.other, self._slots, s.strip_x, s.at, by_hand=False)

    def _remember(self, scene: UndoStep) -> None:
        self._past.append(scene)
        del self._past[:-UNDOABLE]
