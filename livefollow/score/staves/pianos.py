"""Which two staves of a system are the piano's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from livefollow.score.staves.joins import Group

LARGER = 1.12  # staff space of the piano's staves over the soloists' where those are printed smaller
AS_LARGE = 0.94  # of the largest staff's space
AS_MANY = 0.7  # of the most bar lines through two neighbours


def piano_staves(groups: Sequence[Group]) -> list[tuple[int, ...]]:
    """For each system of a page the indices of the piano's staves: two neighbours, or one where there is one staff.

    The piano's staves are the larger ones, and bar lines go through both; of several such pairs it is the lowest.
    Systems with as many staves are taken together, for a bar line may be lost in one.
    """
    bars: dict[int, list[int]] = defaultdict(list)
    for group in groups:
        counts = [joint.bars for joint in group.joints]
        bars[len(counts)] = [a + b for a, b in zip(bars[len(counts)] or [0] * len(counts), counts, strict=True)]
    return [_piano(group, bars[len(group.joints)]) for group in groups]


def _piano(group: Group, bars: Sequence[int]) -> tuple[int, ...]:
    if not bars:
        return (0,)
    spaces = np.array([float(np.median(s.space)) for s in group.staves])
    pairs = list(range(len(bars)))
    if spaces.max() > LARGER * spaces.min():
        large = spaces >= AS_LARGE * spaces.max()
        pairs = [i for i in pairs if large[i] and large[i + 1]] or pairs
    most = max(bars[i] for i in pairs)
    upper = max(i for i in pairs if bars[i] >= AS_MANY * most)
    return upper, upper + 1
