"""Links, as the localizer uses them: where the player may go on from an event, and where the piece is over.

A link that the player takes in this pass is expected as strongly as going on; one whose pass it is not, hardly. Printed
repeat signs are apart from this: see `transitions`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from livefollow.follow.hmm.settings import Settings
from livefollow.score.links.ways import END, Link, PlayedWay, after, by_hand, is_due

EARLIER = 2  # events before the one that the cursor has gone on to
BEFORE_PX = 1.0  # strip px: an event at the end of a link is behind it


class LinkedPlaces:
    """The links of a score by its events, and which of them have been taken.

    Attributes:
        links: all of them.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin without links."""
        self._transition = settings.transition
        self.links: Sequence[Link] = ()
        self._way = PlayedWay()
        self._from: dict[int, list[tuple[Link, int, float]]] = {}  # event → link, the event it leads to, and weight
        self._ends: dict[int, list[Link]] = {}  # event → the Fines at it

    def take(self, links: Sequence[Link], places: npt.NDArray[np.float64]) -> None:
        """Take the links of a score, or more of its events; what is known of the way stays.

        Args:
            links: strip px; those whose places have not been read yet lead nowhere.
            places: (E,) strip px of the events, the first of which is the silence before the piece.
        """
        self.links = links
        self._from, self._ends = {}, {}
        s = self._transition
        for link in links:
            last = int(np.searchsorted(places[1:], link.leave - BEFORE_PX))
            if not last or (link.leave > places[-1] and not link.back and link.enter != END):
                continue
            if link.enter == END:
                self._ends.setdefault(last, []).append(link)
                continue
            target = int(np.searchsorted(places[1:], link.enter - BEFORE_PX)) + 1
            if target >= len(places):
                continue
            for back, weight in enumerate((1.0, s.repeat_early, s.repeat_earlier)):
                if last - back >= 1 and last - back != target:
                    self._from.setdefault(last - back, []).append((link, target, weight))

    def place(self, x: float) -> None:
        """The player's hand says that they go on from strip x."""
        self._way = by_hand(self._way, x, self.links)

    def is_at(self, x: float) -> None:
        """Where the player is now, strip px."""
        if self.links:
            self._way = after(self._way, x, self.links)

    def entering(self, event: int) -> list[tuple[int, float]]:
        """Where links lead from an event, each with its chance per frame."""
        s = self._transition
        return [
            (target, s.link * weight * (1.0 if is_due(link, self._way, self.links) else s.link_later))
            for link, target, weight in self._from.get(event, ())
        ]

    def lead(self, event: int, began: int) -> bool:
        """Whether a link from about an event leads to about another one."""
        near = self._transition.repeat_near
        return any(
            abs(target - began) <= near
            for source in range(event - near, event + near + 1)
            for _, target, _ in self._from.get(source, ())
        )

    def is_over(self, event: int) -> bool:
        """Whether the piece is over with an event, or one just before it: the cursor goes on in tempo for a while."""
        ends = (link for e in range(event - EARLIER, event + 1) for link in self._ends.get(e, ()))
        return any(is_due(link, self._way, self.links) for link in ends)
