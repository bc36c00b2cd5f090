"""Repeats, read from the score or set by the player, and which of them have been played.

Pure functions: `after` updates what is remembered, `goal_of` tells page turning where the player will go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from livefollow.score.repeats import NEAR_PX, Repeat
from livefollow.turning.types import Goal

END_PX = 1.0  # strip px: a repeat that ends where its page ends belongs to that page


@dataclass(frozen=True)
class PlayedRepeats:
    """What is remembered of where the player has been.

    Attributes:
        x: previous strip x; negative before the first.
        done: repeats that have been taken already.
    """

    x: float = -1.0
    done: frozenset[Repeat] = frozenset()


def after(played: PlayedRepeats, x: float, repeats: Sequence[Repeat]) -> PlayedRepeats:
    """Return what is remembered once the player is at strip x.

    A repeat is done when the player goes from near its end to near its start. It may be taken again once they have
    gone on past its end, or to somewhere before its start.
    """
    done = set(played.done)
    for repeat in repeats:
        if abs(played.x - repeat.end) < NEAR_PX and abs(x - repeat.start) < 2 * NEAR_PX and x < played.x - NEAR_PX:
            done.add(repeat)
        elif x > repeat.end + NEAR_PX or x < repeat.start - NEAR_PX:
            done.discard(repeat)
    if played.x == x and done == played.done:
        return played
    return PlayedRepeats(x, frozenset(done))


def goal_of(played: PlayedRepeats, x: float, repeats: Sequence[Repeat], page_at: Callable[[float], int]) -> Goal | None:
    """Return where a player at strip x will leave the page: at the next repeat that ends on it and is not done yet.

    Args:
        played: from `after`.
        x: strip px.
        repeats: all repeats of the score.
        page_at: the page at a strip x.
    """
    ahead = [r for r in repeats if r not in played.done and r.start - NEAR_PX <= x <= r.end + NEAR_PX]
    here = [r for r in ahead if page_at(r.end - END_PX) == page_at(x)]
    if not here:
        return None
    # Of two that end at the same place, the player's own counts.
    nearest = min(here, key=lambda r: (r.end, not r.sure))
    return Goal(nearest.end, page_at(nearest.start), nearest.sure)


def page_finder(starts: Sequence[float], pages: Sequence[int]) -> Callable[[float], int]:
    """Return a function that gives the page at a strip x, for systems that start at `starts` and stand on `pages`."""
    at = np.asarray(starts)

    def page_at(x: float) -> int:
        return pages[max(0, int(np.searchsorted(at, x, side="right")) - 1)] if len(pages) else 1

    return page_at
