"""Where the player will leave a page before its end: at the next link that they take. A pure function."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from livefollow.score.links.ways import END, NEAR_PX, Link, PlayedWay, is_due
from livefollow.turning.types import Goal

END_PX = 1.0  # strip px: a link that leaves where its page ends belongs to that page


def goal_of(way: PlayedWay, x: float, links: Sequence[Link], page_at: Callable[[float], int]) -> Goal | None:
    """Return where a player at strip x will leave the page: at the next link on it that they take.

    Args:
        way: from `ways.after`.
        x: strip px.
        links: all of the score.
        page_at: the page at a strip x.
    """
    ahead = [k for k in links if x <= k.leave + NEAR_PX and not (k.back and x < k.enter - NEAR_PX)]
    here = [k for k in ahead if page_at(k.leave - END_PX) == page_at(x) and is_due(k, way, links)]
    if not here:
        return None
    # Of two that leave at the same place, the player's own counts.
    nearest = min(here, key=lambda k: (k.leave, not k.sure))
    # After a Fine the page stays.
    page = page_at(nearest.leave - END_PX) if nearest.enter == END else page_at(nearest.enter)
    return Goal(nearest.leave, page, nearest.sure, nearest.enter)


def page_finder(starts: Sequence[float], pages: Sequence[int]) -> Callable[[float], int]:
    """Return a function that gives the page at a strip x, for systems that start at `starts` and stand on `pages`."""
    at = np.asarray(starts)

    def page_at(x: float) -> int:
        return pages[max(0, int(np.searchsorted(at, x, side="right")) - 1)] if len(pages) else 1

    return page_at
