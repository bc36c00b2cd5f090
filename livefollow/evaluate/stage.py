"""Positions to what is seen of them: which page, the highlight on it, and what the bar says."""

from __future__ import annotations

import numpy as np

from livefollow.evaluate.screen import Highlight, View, Words
from livefollow.follow.page_turn import Kind, PageSpan, TurnState
from livefollow.follow.position import Position
from livefollow.follow.turning import decide
from livefollow.score.strip import Strip


class Stage:
    """Takes positions one by one and turns the pages.

    Attributes:
        view: what is seen now.
    """

    def __init__(self, strip: Strip, page: int) -> None:
        """Show a page.

        Args:
            strip: the score, which may still grow.
            page: from 1.
        """
        self._strip = strip
        self._pages: dict[int, PageSpan] = {}
        self._spanned = 0  # systems that `_pages` knows of
        self._state = TurnState(shown=page)
        self.view = View(page)

    def show(self, position: Position) -> None:
        """Turn the page if the next position says so; no position may be left out."""
        if len(self._strip.placements) != self._spanned:
            self._spanned = len(self._strip.placements)
            self._pages = page_spans(self._strip)
        self._state, turn = decide(self._state, position, self._pages)
        if turn is not None:
            above = min((p for p in self._pages if p > turn.page), default=0) if turn.kind is Kind.HALF else 0
            self.view = View(turn.page, above)

    def highlight(self, position: Position) -> Highlight:
        """The box of the position's system, from the score's own systems."""
        p = position
        here = [place.system for place in self._strip.placements if place.system.page == p.page]
        nearest = max(here, key=lambda s: min(p.bottom_pt, s.bottom) - max(p.top_pt, s.top), default=None)
        left, right = (nearest.left, nearest.right) if nearest else (p.x_pt, p.x_pt)
        return Highlight(p.page, p.x_pt, p.top_pt, p.bottom_pt, left, right)

    def words(self, position: Position, time_s: float) -> Words:
        """What the bar says at a time, seconds."""
        percent = round(100 * float(np.clip(position.confidence, 0, 1)))
        return Words(position.state, percent, int(time_s), unsure=self.view.above > 0)


def page_spans(strip: Strip) -> dict[int, PageSpan]:
    """Where the pages with music lie on the strip: the last system of each ends it."""
    last = {p.system.page: p for p in strip.placements}
    return {page: PageSpan(float(p.x0), float(p.x1)) for page, p in last.items()}
