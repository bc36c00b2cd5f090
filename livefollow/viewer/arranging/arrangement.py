"""How the pages of a score are arranged: values that change into others, so that changes can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from livefollow.score.page_size import turned_box
from livefollow.viewer.pages.page_store import PageCrop

SMALLEST_SHARE = 0.2  # of a page's width and height that a crop leaves


@dataclass(frozen=True)
class Arrangement:
    """All pages of a document, in their order.

    Attributes:
        pages: numbers (from 1) of all pages, hidden ones among them.
        hidden: those that are not shown.
        turns: quarters clockwise by which pages are turned against how they stood before, 1 to 3.
        crops: the part that is shown, of pages that are not shown whole.
    """

    pages: tuple[int, ...]
    hidden: frozenset[int] = frozenset()
    turns: Mapping[int, int] = field(default_factory=dict)
    crops: Mapping[int, PageCrop] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[int, ...]:
        """The pages that are shown, in order."""
        return tuple(page for page in self.pages if page not in self.hidden)

    def moved(self, pages: Collection[int], step: int) -> Arrangement:
        """Move pages one place earlier (-1) or later (1), together."""
        order = list(self.pages)
        places = [k for k, page in enumerate(order) if page in pages]
        if not places or not (places[0] + step >= 0 and places[-1] + step < len(order)):
            return self
        for k in places if step < 0 else reversed(places):
            order[k], order[k + step] = order[k + step], order[k]
        return replace(self, pages=tuple(order))

    def toggled(self, pages: Collection[int]) -> Arrangement:
        """Hide pages, or show them if all of them are hidden; at least one page is shown."""
        there = self.hidden & set(pages)
        hidden = self.hidden - there if len(there) == len(pages) else self.hidden | set(pages)
        return self if len(hidden) == len(self.pages) else replace(self, hidden=frozenset(hidden))

    def turned(self, pages: Collection[int], sizes: Mapping[int, tuple[float, float]]) -> Arrangement:
        """Turn pages by a quarter clockwise.

        Args:
            pages: which.
            sizes: width and height of each as it stood before any of these turns, points.
        """
        turns, crops = dict(self.turns), dict(self.crops)
        for page in pages:
            now = (turns.pop(page, 0) + 1) % 4
            if now:
                turns[page] = now
            if page in crops:
                size = sizes[page] if now % 2 == 0 else sizes[page][::-1]
                crops[page] = turned_box(crops[page], 1, size)
        return replace(self, turns=turns, crops=crops)

    def cropped(self, pages: Collection[int], crop: PageCrop | None) -> Arrangement:
        """Show only a part of pages, or all of them."""
        crops = {page: box for page, box in self.crops.items() if page not in pages}
        if crop:
            crops |= dict.fromkeys(pages, crop)
        return replace(self, crops=crops)


def arranged(count: int, shown: Collection[int], crops: Mapping[int, PageCrop]) -> Arrangement:
    """Return the arrangement of a document; hidden pages stand behind the page that is before them in the file.

    Args:
        count: of all pages.
        shown: numbers of those that are shown, in order.
        crops: see `Arrangement`.
    """
    order = list(shown)
    hidden = [page for page in range(1, count + 1) if page not in set(shown)]
    for page in hidden:
        order.insert(order.index(page - 1) + 1 if page > 1 else 0, page)
    return Arrangement(tuple(order), frozenset(hidden), {}, dict(crops))


def limited(crop: PageCrop, size: tuple[float, float]) -> PageCrop:
    """Return a crop that lies on a page of a size (points) and leaves enough of it."""
    left, top, right, bottom = crop
    width, height = size
    left = min(max(0.0, left), width * (1 - SMALLEST_SHARE))
    top = min(max(0.0, top), height * (1 - SMALLEST_SHARE))
    right = max(min(width, right), left + width * SMALLEST_SHARE)
    bottom = max(min(height, bottom), top + height * SMALLEST_SHARE)
    return left, top, right, bottom
