"""Decide which numbers at the beginning of systems are bar numbers, by comparing them with the bars counted.

A page number, a fingering or a rehearsal mark may stand there as well, so that what is printed is a vote: the numbers
win that rise from system to system about as fast as bars are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from livefollow.score.printed_numbers import SystemNumber

OFF_BY_ONE = 0.25  # of a vote, for each bar that two neighbours are farther apart than was counted, or less far
FARTHEST_OFF = 6  # bars: more is as bad
FEWEST_VOTES = 1.5
LOOK_BACK = 60  # candidates, of some twenty systems or more
ALONE = 2  # bars that a single number may differ from what is counted
A_NEW_COUNT = 0.1  # of a vote: the cost of a new count where the old one may continue
NEW_COUNT = 2  # bars that the first number of a new movement may differ from what is counted in it

IntArray = npt.NDArray[np.int64]


class Agreed(NamedTuple):
    """Bar numbers, and how many printed numbers agree with them."""

    numbers: IntArray
    votes: float


class _Vote(NamedTuple):
    at: int  # index of the bar
    number: int
    off: int  # from what is counted
    begun: int  # index of the bar after the last final bar line before it
    restarted: int  # what it would be if a new count began there


def agreed(
    counted: IntArray,
    begins: npt.NDArray[np.bool_],
    system: IntArray,
    fresh: npt.NDArray[np.bool_],
    printed: Sequence[SystemNumber],
) -> Agreed:
    """Number the bars by the printed numbers, where these agree.

    Args:
        counted: (N,) numbers as counted.
        begins: (N,) whether a bar begins there, or goes on.
        system: (N,) rising index of the system.
        fresh: (N,) whether a final bar line stands before it.
        printed: candidates, several of a system perhaps.
    """
    votes, chosen = _consistent(_votes(counted, begins, system, fresh, printed))
    out = counted.copy()
    if not chosen:
        return Agreed(out, 0.0)
    first = chosen[0]
    back = counted[: first.at] + first.off
    # Counted back to an upbeat or bar 1, or within a longer score; else forward: a bar was missed on the way.
    plausible = not len(back) or back[0] in (0, 1) or first.off > ALONE
    out[: first.at] = back if plausible else np.minimum(counted[: first.at], first.number - int(begins[first.at]))
    for vote, following in zip(chosen, [*chosen[1:], None], strict=True):
        until = following.at if following else len(out)
        part = counted[vote.at : until] + vote.off
        if following is None:
            out[vote.at :] = part
        elif _step(vote, following) == _new_count(following) and following.begun > vote.at:
            begun = following.begun
            out[vote.at : begun] = part[: begun - vote.at]
            # A new count says so only in its second system.
            out[begun:until] = counted[begun:until] - counted[begun] + 1 + following.number - following.restarted
        else:
            out[vote.at : until] = np.minimum(part, following.number - int(begins[until]))
    return Agreed(out, votes)


def _votes(
    counted: IntArray,
    begins: npt.NDArray[np.bool_],
    system: IntArray,
    fresh: npt.NDArray[np.bool_],
    printed: Sequence[SystemNumber],
) -> list[_Vote]:
    """What each candidate would mean for the count, in the order of the bars."""
    out = []
    for index, number in sorted(set(printed)):
        here = np.flatnonzero((system == index) & begins)
        if len(here):
            at = int(here[0])
            begun = int(np.max(np.flatnonzero(fresh[: at + 1]), initial=0))
            out.append(_Vote(at, number, number - int(counted[at]), begun, int(counted[at] - counted[begun]) + 1))
    return out


def _consistent(votes: Sequence[_Vote]) -> tuple[float, list[_Vote]]:
    """The votes that agree best with each other, at most one of a system, and their weight."""
    if not votes:
        return 0.0, []
    best = [1.0 - _cost(vote.off) for vote in votes]
    before = [-1] * len(votes)
    for k, vote in enumerate(votes):
        for j in range(max(0, k - LOOK_BACK), k):
            total = best[j] + 1 - _step(votes[j], vote)
            if total > best[k]:
                best[k], before[k] = total, j
    at = int(np.argmax(best))
    total, chosen = best[at], []
    while at >= 0:
        chosen.append(votes[at])
        at = before[at]
    if total < FEWEST_VOTES and not (len(chosen) == 1 and abs(chosen[0].off) <= ALONE):
        return 0.0, []
    return total, chosen[::-1]


def _step(earlier: _Vote, later: _Vote) -> float:
    """The cost, in votes, of both being true."""
    if earlier.at == later.at:
        return float("inf")
    on = _cost(later.off - earlier.off) if later.number > earlier.number else float("inf")
    return min(on, _new_count(later)) if later.begun > earlier.at else on


def _new_count(vote: _Vote) -> float:
    """The cost, in votes, of a new count after the last final bar line."""
    off = vote.number - vote.restarted
    return A_NEW_COUNT + _cost(off) if abs(off) <= NEW_COUNT else float("inf")


def _cost(off: int) -> float:
    return OFF_BY_ONE * min(abs(off), FARTHEST_OFF)
