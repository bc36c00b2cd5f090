"""The links of the open score: those that are printed, and the player's own, kept with it. Window thread only.

The player's are kept as points on pages, so that they stay where they are when systems are corrected. A printed link
that the player has changed or removed is remembered as not wanted.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.score.links.printed import read_links
from livefollow.score.links.ways import END, LAST_PASS, Link
from livefollow.score.repeats import read_repeats
from livefollow.score.strip import Placement
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import MOST_LINKS, OwnLink, Place

PRESENT = 0.5  # probability from which a bar line counts
AT_LINE_PX = 14.0  # strip px: who points so near to a bar line means it
SAME_PX = 60.0  # strip px between the ends of two links that are one
INSIDE_PX = 1.0  # strip px by which the end of a system is still on it
MOST_UNDO = 100


@dataclass(frozen=True)
class ShownLink:
    """A link that can be changed.

    Attributes:
        link: on the strip.
        own: the same on the pages.
        printed: whether it was read, and the player has not touched it.
    """

    link: Link
    own: OwnLink
    printed: bool = False


class ScoreLinks(QObject):
    """Keeps the links, and passes them and the printed repeats to the open score and its session.

    Attributes:
        said: a sentence about what was done.
        changed: links, or a half-made one, have changed.
        shown: all that can be changed, as far as the score is read.
        leave, enter: the end of a half-made link that is known.
    """

    said = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(self, turner: PageTurner, preferences: RecordFile[Preferences], open_score: OpenScore) -> None:
        """Begin without links.

        Args:
            turner: knows where the player is.
            preferences: the settings.
            open_score: of the window.
        """
        super().__init__(turner)
        self._turner, self._preferences, self._open = turner, preferences, open_score
        self.shown: list[ShownLink] = []
        self.leave: Place | None = None
        self.enter: Place | None = None
        self._past: list[tuple[tuple[OwnLink, ...], tuple[OwnLink, ...]]] = []
        open_score.opened.connect(self._take_over)
        open_score.closed.connect(self._forget_score)
        open_score.more_read.connect(self._tell)
        open_score.links_changed.connect(self.changed)

    # --- what the player does ---

    def leave_at(self, place: Place) -> None:
        """Take the place where the player goes on elsewhere; with the other end known, the link is made."""
        snapped = self._snapped(place, ends=True)
        if snapped is None:
            return
        self.leave = snapped
        if self.enter:
            self._make()
        else:
            self.said.emit(self.tr("Leave here. Now the place where you go on."))
            self.changed.emit()

    def enter_at(self, place: Place) -> None:
        """Take the place where the player goes on; with the other end known, the link is made."""
        snapped = self._snapped(place, ends=False)
        if snapped is None:
            return
        self.enter = snapped
        if self.leave:
            self._make()
        else:
            self.said.emit(self.tr("Go on here. Now the place that you come from."))
            self.changed.emit()

    def leave_here(self) -> None:
        """Do so where the player is."""
        if place := self._here():
            self.leave_at(place)

    def enter_here(self) -> None:
        """Do so where the player is."""
        if place := self._here():
            self.enter_at(place)

    def end_here(self) -> None:
        """Let the piece be over where the player is, the last time: Fine."""
        place = self._here()
        snapped = self._snapped(place, ends=True) if place else None
        if snapped:
            self._add(OwnLink(snapped, None, LAST_PASS))
            self.said.emit(self.tr("The piece ends here, the last time."))

    def drop(self) -> None:
        """Forget the end of a link that is not made yet."""
        if self.leave or self.enter:
            self.leave = self.enter = None
            self.changed.emit()

    def set_passes(self, shown: ShownLink, passes: int) -> None:
        """Set how often, or in which pass, a link is taken."""
        links, unwanted = self._without(shown)
        self._keep((*links, shown.own._replace(passes=passes)), unwanted)

    def remove(self, shown: ShownLink) -> None:
        """Forget a link; a printed one is not taken any more."""
        self._keep(*self._without(shown))
        self.said.emit(self.tr("The link is removed."))

    def remove_here(self) -> None:
        """Forget the link whose end is nearest to where the player is."""
        if shown := self.nearest():
            self.remove(shown)

    def nearest(self) -> ShownLink | None:
        """Return the link whose end is nearest to where the player is; None, and it is said, without one."""
        x = self._turner.places.here_x()
        if x is None or not self.shown:
            self.said.emit(self.tr("There is no link in this score."))
            return None
        return min(self.shown, key=lambda s: min(abs(s.link.leave - x), abs(s.link.enter - x)))

    def as_printed(self) -> None:
        """Forget all of the player's own links, and take those that are printed."""
        self._keep((), ())
        self.said.emit(self.tr("Links are as they are printed."))

    def undo(self) -> None:
        """Undo the last change of the links."""
        memory = self._open.memory
        if memory is None or not self._past:
            self.said.emit(self.tr("There is no change of links to undo."))
            return
        links, unwanted = self._past.pop()
        memory.change(links=links, links_unwanted=unwanted)
        self._tell()
        self.said.emit(self.tr("The last change of links is undone."))

    def go_to(self, shown: ShownLink) -> None:
        """Go where a link leads, or where a Fine stands."""
        link = shown.link
        self._turner.to_x(link.leave if link.enter == END else link.enter)

    def play_printed(self, on: bool) -> None:
        """Set whether the player takes the printed repeats, too."""
        self._preferences.change(play_repeats=on)
        self._tell()

    # --- inside ---

    def _here(self) -> Place | None:
        place = self._turner.places.here()
        if place is None:
            self.said.emit(self.tr("Point at a place in the score first."))
        return place

    def _make(self) -> None:
        leave, enter = self.leave, self.enter
        self.leave = self.enter = None
        if leave is None or enter is None:
            return
        x, to = self._turner.places.x_of(leave), self._turner.places.x_of(enter)
        if abs(to - x) < SAME_PX and not to < x:
            self.said.emit(self.tr("This link leads to where the music goes on anyway."))
            self.changed.emit()
            return
        self._add(OwnLink(leave, enter, 1 if to <= x else LAST_PASS))
        self.said.emit(self.tr("livefollow turns to there in time. Click the mark to set how often."))

    def _add(self, own: OwnLink) -> None:
        memory = self._open.memory
        if memory:
            same = [s for s in self.shown if self._same(s.own, own)]
            links, unwanted = memory.values.links, memory.values.links_unwanted
            for shown in same:
                links, unwanted = self._without(shown, links, unwanted)
            self._keep((*links, own), unwanted)

    def _without(
        self,
        shown: ShownLink,
        links: tuple[OwnLink, ...] | None = None,
        unwanted: tuple[OwnLink, ...] | None = None,
    ) -> tuple[tuple[OwnLink, ...], tuple[OwnLink, ...]]:
        """What is kept once a link is gone."""
        memory = self._open.memory
        if memory is None:
            return (), ()
        links = memory.values.links if links is None else links
        unwanted = memory.values.links_unwanted if unwanted is None else unwanted
        if shown.printed:
            return links, (*unwanted, shown.own)
        return tuple(own for own in links if own != shown.own), unwanted

    def _keep(self, links: tuple[OwnLink, ...], unwanted: tuple[OwnLink, ...]) -> None:
        memory = self._open.memory
        if memory:
            self._past = [*self._past[1 - MOST_UNDO :], (memory.values.links, memory.values.links_unwanted)]
            memory.change(links=links[-MOST_LINKS:], links_unwanted=unwanted[-MOST_LINKS:])
            self._tell()

    def _take_over(self) -> None:
        """Take the repeats that versions before this one have kept."""
        memory = self._open.memory
        if memory and memory.values.repeats:
            old = tuple(OwnLink(repeat.end, repeat.start, 1) for repeat in memory.values.repeats)
            memory.change(links=(*memory.values.links, *old)[-MOST_LINKS:], repeats=())

    def _forget_score(self) -> None:
        self.leave = self.enter = None
        self._past.clear()
        self.shown = []
        self.changed.emit()

    def _tell(self) -> None:
        """Pass all links to the open score and to the agent that follows in it."""
        memory, reading, score = self._open.memory, self._open.reading, self._open.score
        self.shown = []
        for own in memory.values.links if memory else ():
            with contextlib.suppress(LookupError):  # a page of it has not been read yet
                self.shown.append(ShownLink(self._on_strip(own), own))
        repeats: tuple[Link, ...] = ()
        if reading is not None and score and memory:
            for link in read_links(reading, score.directions):
                own = self._on_pages(link)
                if not any(self._same(own, other) for other in memory.values.links_unwanted):
                    self.shown.append(ShownLink(link, own, printed=True))
            if self._preferences.values.play_repeats:
                repeats = read_repeats(reading)
        sure = tuple(shown.link for shown in self.shown)
        if self._open.session:
            self._open.session.lead(sure)
        self._open.set_links((*sure, *repeats))

    def _on_strip(self, own: OwnLink) -> Link:
        places = self._turner.places
        if not all(places.is_read(place) for place in (own.leave, own.enter) if place):
            raise LookupError("a page of it has not been read yet")
        return Link(places.x_of(own.leave), places.x_of(own.enter) if own.enter else END, own.passes, sure=True)

    def _on_pages(self, link: Link) -> OwnLink:
        places = self._turner.places
        enter = None if link.enter == END else places.at(link.enter)
        return OwnLink(places.at(link.leave - INSIDE_PX), enter, link.passes)

    def _same(self, one: OwnLink, other: OwnLink) -> bool:
        """Whether two links lead from and to the same places."""
        if (one.enter is None) != (other.enter is None):
            return False
        with contextlib.suppress(LookupError):
            a, b = self._on_strip(one), self._on_strip(other)
            near = abs(a.leave - b.leave) < SAME_PX
            return near and (a.enter == b.enter or abs(a.enter - b.enter) < SAME_PX)
        return False

    def _snapped(self, place: Place, *, ends: bool) -> Place | None:
        """The end of the bar at a place, or its beginning; the place itself where no bar line has been read."""
        places, strip, reading = self._turner.places, self._open.strip, self._open.reading
        if strip is None or not places.is_read(place):
            self.said.emit(self.tr("Page {} has not been read yet.").format(place.page))
            return None
        x = places.x_of(place)
        system = strip.nearest(*place)
        lines = _lines_in(system, reading.marks if reading is not None else None)
        if len(lines):
            x = _end_of_bar(x, lines, system) if ends else _start_of_bar(x, lines, system)
        return places.at(x)


def _lines_in(system: Placement, marks: np.ndarray | None) -> np.ndarray:
    """Strip px of the bar lines of a system."""
    if marks is None:
        return np.empty(0)
    x = marks["x"][marks["p"] >= PRESENT].astype(np.float64)
    return x[(x > system.x0 + AT_LINE_PX) & (x < system.x1)]


def _end_of_bar(x: float, lines: np.ndarray, system: Placement) -> float:
    later = lines[lines >= x - AT_LINE_PX]
    return float(later[0]) if len(later) else system.x1 - INSIDE_PX


def _start_of_bar(x: float, lines: np.ndarray, system: Placement) -> float:
    before = lines[lines <= x + AT_LINE_PX]
    return float(before[-1]) if len(before) else system.x0 + INSIDE_PX
