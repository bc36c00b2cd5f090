"""Repeats: from where back to where, read from the score's marks or said by the player, and which have been played.

Pure: `after` takes the state of before and gives the next, `goal_of` tells turning where the player will go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from livefollow.score.repeats import NEAR_PX, Repeat
from livefollow.turning.types import Goal

END_PX = 1.0  # strip px: a repeat's end that is also its page's belongs to that page


@dataclass(frozen=True)
class PlayedRepeats:
    """What is remembered of the player's way.

    Attributes:
        x: strip x where he was before; negative before the first.
        done: repeats that he has gone back for.
    """

    x: float = -1.0
    done: frozenset[Repeat] = frozenset()


def after(played: PlayedRepeats, x: float, repeats: Sequence[Repeat]) -> PlayedRepeats:
    """What is remembered once the player is at strip x.

    A repeat is done when he goes from near its end to near its start, and may be played anew once he has gone on past
    its end, or to somewhere before it.
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
    """Where a player at strip x will leave his page for: the next repeat that ends on it and has not been played.

    Args:
        played: from `after`.
        x: strip px.
        repeats: all of the score.
        page_at: the page at a strip x.
    """
    ahead = [r for r in repeats if r not in played.done and r.start - NEAR_PX <= x <= r.end + NEAR_PX]
    here = [r for r in ahead if page_at(r.end - END_PX) == page_at(x)]
    if not here:
        return None
    # Of two that end together the player's own word counts.
    nearest = min(here, key=lambda r: (r.end, not r.sure))
    return Goal(nearest.end, page_at(nearest.start), nearest.sure)


def page_finder(starts: Sequence[float], pages: Sequence[int]) -> Callable[[float], int]:
    """The page at a strip x, of systems that start at `starts` and stand on `pages`."""
    at = np.asarray(starts)

    def page_at(x: float) -> int:
        return pages[max(0, int(np.searchsorted(at, x, side="right")) - 1)] if len(pages) else 1

    return page_at
