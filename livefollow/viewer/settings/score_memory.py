"""What is remembered of each score: a small file beside its corrections, found by the score's content.

A renamed or moved PDF keeps it; the path in the file only tells people which score it is.

    memory = open_memory(score.document)
    memory.values.page                  # as it was left
    memory.change(page=3)               # the same kind of file as `preferences`
    memory.close()                      # when another score is opened, or the window closes
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from livefollow.constants import MAX_PAGES
from livefollow.practice.ladder import MOST_RUNGS, Ladder
from livefollow.score.document import Document
from livefollow.score.links.ways import EVERY_PASS, MOST_PASSES
from livefollow.viewer.settings.preferences import LAYOUTS
from livefollow.viewer.settings.record_file import RecordFile, checked, flag, many, number, one_of, text, whole

MOST_REPEATS = 200
MOST_LINKS = 200
MOST_BARS = 500  # that the player has numbered
MOST_BOOKMARKS = 200
HIGHEST_BAR = 9999
SLOWEST, FASTEST = 20.0, 320.0  # quarter notes a minute
MOST_BEATS = 16
FARTHEST_PT = 1e5
_coordinate, _page, _bar = number(-FARTHEST_PT, FARTHEST_PT), whole(1, MAX_PAGES), whole(0, HIGHEST_BAR)
_passes = whole(EVERY_PASS, MOST_PASSES)


class Place(NamedTuple):
    """A point on a page; unlike a place on the strip it survives a correction of the systems."""

    page: int  # from 1
    x_pt: float  # points from the top left
    y_pt: float


class OwnRepeat(NamedTuple):
    """A repeat of the player's own, as versions before links have kept it: from `end` back to `start`."""

    start: Place
    end: Place


class OwnLink(NamedTuple):
    """A link of the player's own: see `score.links.ways.Link`."""

    leave: Place
    enter: Place | None  # None where the piece is over
    passes: int


class NumberedBar(NamedTuple):
    """The number that the player gave the bar at a place."""

    place: Place
    number: int


class Bookmark(NamedTuple):
    """A page that the player has named."""

    page: int  # from 1
    name: str


def bookmark(value: Any) -> Bookmark:
    """Check a bookmark, `[page, name]`."""
    page, name = value
    return Bookmark(_page(page), text(name))


def place(value: Any) -> Place:
    """Check a place, `[page, x, y]`."""
    page, x, y = value
    return Place(_page(page), _coordinate(x), _coordinate(y))


def place_or_none(value: Any) -> Place | None:
    """Check a place or None."""
    return None if value is None else place(value)


def repeat(value: Any) -> OwnRepeat:
    """Check a repeat, `[start, end]`."""
    start, end = value
    return OwnRepeat(place(start), place(end))


def own_link(value: Any) -> OwnLink:
    """Check a link, `[leave, enter, passes]`."""
    leave, enter, passes = value
    return OwnLink(place(leave), place_or_none(enter), _passes(passes))


def numbered_bar(value: Any) -> NumberedBar:
    """Check a numbered bar, `[place, number]`."""
    where, what = value
    return NumberedBar(place(where), _bar(what))


def ladder_or_none(value: Any) -> Ladder | None:
    """Check a ladder, `[first, last, rungs]`, or None."""
    if value is None:
        return None
    first, last, rungs = value
    tempo = number(SLOWEST, FASTEST)
    return Ladder(tempo(first), tempo(last), whole(2, MOST_RUNGS)(rungs))


@dataclass(frozen=True)
class ScoreMemory:
    """What is remembered of one score."""

    path: str = checked("", text)  # of the score when it was last open
    page: int = checked(1, _page)
    zoom: float = checked(1.0, number(0.25, 8))  # 1 fits the window
    # Where the player begins; None for the first note.
    start: Place | None = checked(None, place_or_none)  # noqa: RUF009  # a field, like the others
    repeats: tuple[OwnRepeat, ...] = checked((), many(repeat, MOST_REPEATS))  # of versions before links
    links: tuple[OwnLink, ...] = checked((), many(own_link, MOST_LINKS))  # the player's own, in the order made
    links_unwanted: tuple[OwnLink, ...] = checked((), many(own_link, MOST_LINKS))  # printed, and not to be taken so
    doubts_known: tuple[int, ...] = checked((), many(_page, MAX_PAGES))  # pages whose notice the player has dismissed
    part_asked: bool = checked(False, flag)  # whether the player has dismissed the question which pages are theirs
    bars: tuple[NumberedBar, ...] = checked((), many(numbered_bar, MOST_BARS))  # in the order given
    bookmarks: tuple[Bookmark, ...] = checked((), many(bookmark, MOST_BOOKMARKS))  # one for a page at most
    tempo: float = checked(0.0, number(0, FASTEST))  # the player's own, quarter notes a minute; 0: as it is printed
    beats: int = checked(0, whole(0, MOST_BEATS))  # of the metronome in a bar; 0: the quarter notes in it
    climbs: bool = checked(False, flag)  # whether a loop goes up the ladder
    ladder: Ladder | None = checked(None, ladder_or_none)  # noqa: RUF009  # a field, like the others
    clean: bool = checked(False, flag)  # whether pages are shown cleaned up
    layout: str = checked("", one_of("", *LAYOUTS))  # empty: as the settings say


def open_memory(document: Document, folder: Path | None = None) -> RecordFile[ScoreMemory]:
    """Open the memory of a document.

    Args:
        document: open.
        folder: of these files; the app's data folder by default.

    Raises:
        ScoreError: the document's files cannot be read any more.
    """
    folder = folder or platformdirs.user_data_path("livefollow") / "scores"
    memory = RecordFile(folder / f"{document.content_hash}.memory.json", ScoreMemory)
    path = str(document.path.absolute())
    if memory.path.exists() and memory.values.path != path:
        memory.change(path=path)
    return memory
