"""Links: from a place of the score the player goes on at another one. Repeats, D.C., D.S., coda, Fine, verses, cuts.

A link back is taken so many times, then the player goes on. One ahead is taken in every pass, in a certain one, or in
the last: once all links back that lead over it have been taken, as "al Coda" and "al Fine" mean it. Follower and page
turning share these pure functions; what they remember of the way is `PlayedWay`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

END = float("inf")  # where a Fine leads: the piece is over
EVERY_PASS, LAST_PASS = -1, 0  # in which pass a link ahead is taken, beside the pass of a number
MOST_PASSES = 99
NEAR_PX = 200.0  # strip px from a link's origin, or target: about a bar


@dataclass(frozen=True)
class Link:
    """A link: at strip x `leave` the player goes on at strip x `enter`.

    Attributes:
        leave: strip px.
        enter: strip px; END where the piece is over.
        passes: of a link back, how many times it is taken; of a link ahead, EVERY_PASS, LAST_PASS, or the number (from
            1) of the pass in which it is taken.
        sure: said by the player, or by words in the score; the repeats that signs ask for may be left out.
    """

    leave: float
    enter: float
    passes: int = 1
    sure: bool = False

    @property
    def back(self) -> bool:
        """Whether it leads back."""
        return self.enter <= self.leave

    def over(self, other: Link) -> bool:
        """Whether it leads back over the origin of another one."""
        return self.back and self.enter <= other.leave <= self.leave


@dataclass(frozen=True)
class PlayedWay:
    """What is remembered of where the player has been.

    Attributes:
        x: previous strip x; negative before the first.
        taken: how many times each link back has been taken.
    """

    x: float = -1.0
    taken: Mapping[Link, int] = field(default_factory=dict)


def after(way: PlayedWay, x: float, links: Sequence[Link]) -> PlayedWay:
    """Return what is remembered once the player is at strip x.

    A link back has been taken when the player goes from near its origin to near its target. It is as new again once
    they begin at its target, or before it, in another way; one that only signs ask for, also once they have gone on.
    """
    leapt_back = x < way.x - NEAR_PX
    took = [link for link in links if leapt_back and link.back and _leads(link, way.x, x)]
    taken = dict(way.taken)
    for link in links:
        if link in took:
            taken[link] = taken.get(link, 0) + 1
        elif link.sure:
            if leapt_back and not took and x < link.enter + NEAR_PX:
                taken.pop(link, None)
        elif x > link.leave + NEAR_PX or x < link.enter - NEAR_PX:
            taken.pop(link, None)
    if way.x == x and taken == way.taken:
        return way
    return PlayedWay(x, taken)


def by_hand(way: PlayedWay, x: float, links: Sequence[Link]) -> PlayedWay:
    """Return what is remembered once the player has gone to strip x by hand: a new way, unless they took a link so."""
    known = after(way, x, links)
    taken = any(count > way.taken.get(link, 0) for link, count in known.taken.items())
    ahead = any(not link.back and _leads(link, way.x, x) for link in links)
    return known if taken or ahead else PlayedWay()


def is_due(link: Link, way: PlayedWay, links: Sequence[Link]) -> bool:
    """Whether the player takes a link when they come to its origin now.

    Args:
        link: one of `links`.
        way: from `after`.
        links: all of the score.
    """
    if link.back:
        return way.taken.get(link, 0) < link.passes
    if link.passes == EVERY_PASS:
        return True
    over = [each for each in links if each.over(link)]
    over = [each for each in over if each.sure] or over
    gone_back = [way.taken.get(each, 0) for each in over]
    if link.passes == LAST_PASS:
        return all(count >= each.passes for count, each in zip(gone_back, over, strict=True))
    return sum(gone_back) + 1 == link.passes


def _leads(link: Link, left: float, entered: float) -> bool:
    return abs(left - link.leave) < NEAR_PX and abs(entered - link.enter) < 2 * NEAR_PX
