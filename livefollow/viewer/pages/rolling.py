"""The layout that fits the width and goes on by system: pure geometry and order, in device pixels.

The screen has a place for each of a few systems. The system that is played stays where it is; a place whose system has
been played shows the next one that is not seen yet. So nothing that the player looks at ever moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livefollow.viewer.pages.layout import Boxes, Pane

FEWEST = 2  # systems on the screen: what comes next must be seen; they are made smaller for it
DWELL_S = 1.0  # for which the next system has been played before the one left is replaced
EDGE_PT = 6.0  # paper above and below a system that stands alone on its page


@dataclass(frozen=True)
class SystemSlice:
    """The part of a page with one system, points.

    Attributes:
        page: from 1.
        top, bottom: of the part.
    """

    page: int
    top: float
    bottom: float


def slices_of(systems: Sequence[tuple[int, float, float]]) -> list[SystemSlice]:
    """Cut pages between their systems.

    Args:
        systems: page, top and bottom (points) of each, in the order of the strip.
    """
    out = []
    for k, (page, top, bottom) in enumerate(systems):
        above = next((b for p, _, b in reversed(systems[:k]) if p == page and b < top), None)
        below = next((t for p, t, _ in systems[k + 1 :] if p == page and t > bottom), None)
        gaps = [gap for gap in ((top - above) if above else None, (below - bottom) if below else None) if gap]
        around = min(gaps, default=(bottom - top) / 2 + EDGE_PT) / 2
        out.append(SystemSlice(page, top - around, bottom + around))
    return out


class Rolling:
    """Which system is in which place of the screen.

    Attributes:
        places: index of the system in each place, from the top; negative for none.
    """

    def __init__(self, slices: Sequence[SystemSlice]) -> None:
        """Begin with the first systems.

        Args:
            slices: of all systems, as far as the score is read.
        """
        self.slices = list(slices)
        self.places: list[int] = []
        self._since_s: float | None = None  # when the player came to the system that is played
        self._played = -1

    def fit(self, boxes: Boxes, width: int, height: int) -> tuple[int, float]:
        """Return how many systems are on a screen (px), and px per point."""
        tallest = max((s.bottom - s.top for s in self.slices), default=1.0)
        widest = max((boxes(page).width for page in {s.page for s in self.slices}), default=1.0)
        scale = max(0.01, min(width / widest, height / (FEWEST * tallest)))
        count = max(FEWEST, int(height / (tallest * scale)))
        if count != len(self.places):
            first = min((k for k in self.places if k >= 0), default=0)
            self.places = self._from(first, count)
        return count, scale

    def panes(self, boxes: Boxes, width: int, height: int) -> tuple[Pane, ...]:
        """Return the panes of a screen, from the top; those of one page may be several."""
        count, scale = self.fit(boxes, width, height)
        tall = height / count
        out = []
        for k, index in enumerate(self.places):
            if not 0 <= index < len(self.slices):
                continue
            part, box = self.slices[index], boxes(self.slices[index].page)
            room = (part.bottom - part.top) * scale
            top = k * tall + max(0.0, (tall - room) / 2)
            x = round((width - box.width * scale) / 2 - box.left * scale)
            y = round(top - part.top * scale)
            out.append(Pane(part.page, 0, round(top), width, round(min(room, tall)), x, y, scale))
        return tuple(out)

    def seams(self) -> list[int]:
        """Return the places (from 1) below which another system follows than the next one."""
        pairs = zip(self.places, self.places[1:], strict=False)
        return [k for k, (above, below) in enumerate(pairs, 1) if below >= 0 and below != above + 1]

    def show(self, index: int) -> None:
        """Show a system at the top, and those after it."""
        self.places = self._from(index, max(FEWEST, len(self.places)))
        self._played, self._since_s = index, None

    def step(self, forward: bool) -> int | None:
        """Return the system to show at the top after a turn by hand; None at the ends of the score."""
        seen = [k for k in self.places if k >= 0]
        if not seen:
            return None
        on = max(1, len(self.places) - 1)
        index = max(seen) if forward else max(0, min(seen) - on)
        moves = index != min(seen) and (not forward or index + 1 < len(self.slices))
        return index if moves else None

    def follow(self, ahead: Sequence[int], time_s: float) -> bool:
        """Go on to what the player plays.

        Args:
            ahead: the system that is played, and those that follow it on the player's way.
            time_s: of the position; may not go back.

        Returns:
            Whether the screen has changed.
        """
        if not ahead:
            return False
        before = list(self.places)
        if ahead[0] not in self.places:
            self.show(ahead[0])
            self._put(ahead)
            self._since_s = time_s
            return self.places != before
        if ahead[0] != self._played or self._since_s is None or time_s < self._since_s:
            self._played, self._since_s = ahead[0], time_s
        if time_s - self._since_s >= DWELL_S:
            self._put(ahead)
        return self.places != before

    def index_of(self, page: int, y: float) -> int | None:
        """Return the index of the system of a page that is nearest to a height, points; None without one."""
        here = [(max(part.top - y, y - part.bottom, 0.0), k) for k, part in enumerate(self.slices) if part.page == page]
        return min(here)[1] if here else None

    def _put(self, ahead: Sequence[int]) -> None:
        """Show what follows in the places after that of the system that is played."""
        count, at = len(self.places), self.places.index(ahead[0])
        for k, index in enumerate(ahead[:count]):
            self.places[(at + k) % count] = index

    def _from(self, index: int, count: int) -> list[int]:
        return [k if k < len(self.slices) else -1 for k in range(index, index + count)]
