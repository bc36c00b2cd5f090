"""Which scores of the library are shown, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from livefollow.viewer.library.catalogue import Entry
from livefollow.viewer.library.titles import plain


class ShelfOrder(StrEnum):
    """Orders of the library."""

    COMPOSER = "composer"
    TITLE = "title"
    PRACTISED = "practised"  # the last one first


class Shelf:
    """All scores of the library, with what is searched in each."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        """Prepare the search.

        Args:
            entries: all scores.
        """
        self.entries = list(entries)
        self._texts = [plain(" ".join((e.title, e.composer, *e.tags, e.path.stem))) for e in self.entries]

    @property
    def tags(self) -> list[str]:
        """All tags that the player has given, in order."""
        return sorted({tag for entry in self.entries for tag in entry.tags}, key=plain)

    def found(self, words: str = "", *, tag: str = "", favourites: bool = False, order: ShelfOrder) -> list[Entry]:
        """Return the scores that fit.

        Args:
            words: all of which stand in title, composer, tags or the file's name, at the beginning of a word or within.
            tag: that they have; empty for any.
            favourites: whether only those.
            order: of the result.
        """
        wanted = plain(words).split()
        out = [
            entry
            for entry, text in zip(self.entries, self._texts, strict=True)
            if all(word in text for word in wanted)
            and (not favourites or entry.favourite)
            and (not tag or tag in entry.tags)
        ]
        if order is ShelfOrder.PRACTISED:
            out.sort(key=lambda entry: entry.practised or datetime.min, reverse=True)
        elif order is ShelfOrder.TITLE:
            out.sort(key=lambda entry: plain(entry.title))
        else:  # scores of unknown composers come last
            out.sort(key=lambda entry: (not entry.composer, _family(entry.composer), plain(entry.title)))
        return sorted(out, key=lambda entry: entry.unreadable)


def _family(composer: str) -> str:
    """Return the family name first: what stands before a comma, else the last word."""
    folded = plain(composer)
    first, comma, _ = folded.partition(",")
    return first if comma else " ".join((*folded.split()[-1:], folded))
