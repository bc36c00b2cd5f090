"""Where pages lie on the strip, and where each may be cut in two: between the systems nearest to its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from livefollow.score.strip import Placement

TAIL = 0.25  # of the space between two systems: belongs to the upper one, its low notes and pedal marks


@dataclass(frozen=True)
class PageSpan:
    """One page with music, as it lies on the strip.

    Attributes:
        start_x, last_system_x, end_x: strip px where its music and its last system start, and where its music ends.
        lower_x: strip px where the lower half starts; infinite where there is only one system.
        cut: y between the halves, points.
        systems: strip x0 and x1, top and bottom in points of each.
    """

    start_x: float
    last_system_x: float
    end_x: float
    lower_x: float
    cut: float
    systems: tuple[tuple[float, float, float, float], ...]

    def system_at(self, x: float) -> tuple[float, float] | None:
        """Return top and bottom, points, of the system at strip x; None if that is on another page."""
        return next(((top, bottom) for x0, x1, top, bottom in self.systems if x0 <= x < x1), None)

    def whole_until(self, y: float) -> float:
        """Return the y (points) between the last system that ends above `y` and the next; infinite if `y` cuts none."""
        for above, below in pairwise(self.systems):
            middle = (above[3] + below[2]) / 2
            if middle <= y < below[3] + TAIL * (below[2] - above[3]):
                return middle
        return float("inf")

    def first_part(self, top: float, room: float) -> tuple[float | None, float]:
        """Choose what to show of the page above a seam: as many whole systems as fit, and nothing of the next one.

        Args:
            top: y at the upper edge of the screen when the page is shown alone, points.
            room: down to the seam, points.

        Returns:
            y at the upper edge: None for where it would be when shown alone, lower if one more system fits that way;
            and the y below which the page is left blank, infinite if nothing is cut.
        """
        between = [below[2] - above[3] for above, below in pairwise(self.systems)]
        least = min(between, default=0.0)
        most = self.systems[0][2] - least / 2  # empty paper above the music may be left out
        ends = [system[3] + TAIL * gap for system, gap in zip(self.systems, [*between, least], strict=True)]
        whole = [end for end in ends if end - max(top, most) <= room]
        if not whole or whole[-1] - top <= room:
            return None, self.whole_until(top + room)
        start = whole[-1] - room
        return start, self.whole_until(start + room)


def page_spans_of(placements: Sequence[Placement]) -> dict[int, PageSpan]:
    """Return the pages of a score, by number, as far as it has been read."""
    pages: dict[int, list[Placement]] = {}
    for place in placements:
        pages.setdefault(place.system.page, []).append(place)
    return {page: _page_span(here) for page, here in pages.items()}


def _page_span(here: Sequence[Placement]) -> PageSpan:
    systems = tuple((float(p.x0), float(p.x1), p.system.top, p.system.bottom) for p in here)
    middle = (systems[0][2] + systems[-1][3]) / 2
    gaps = [((above[3] + below[2]) / 2, below[0]) for above, below in pairwise(systems)]
    cut, lower_x = min(gaps, key=lambda gap: abs(gap[0] - middle), default=(systems[0][2] * 0.9, float("inf")))
    return PageSpan(systems[0][0], systems[-1][0], systems[-1][1], lower_x, cut, systems)
