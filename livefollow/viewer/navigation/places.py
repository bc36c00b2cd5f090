"""Where the player is in the open score, and where its pages lie on the strip. The window's thread's alone."""

from __future__ import annotations

from livefollow.follow.position import Estimate, Position, State, on_strip
from livefollow.score.strip import Strip
from livefollow.turning.stage import Stage
from livefollow.viewer.settings.score_memory import Place


class Places:
    """Finds places of the open score, as far as it is read.

    Attributes:
        chosen: by the player, and not left since; None while he plays.
    """

    def __init__(self) -> None:
        """No score is open."""
        self._strip: Strip | None = None
        self._stage: Stage | None = None
        self.chosen: Place | None = None

    def open(self, strip: Strip, stage: Stage) -> None:
        """A score is open.

        Args:
            strip: of it, which may still grow.
            stage: that takes the positions.
        """
        self._strip, self._stage, self.chosen = strip, stage, None

    def close(self) -> None:
        """The score is closed."""
        self._strip = self._stage = self.chosen = None

    @property
    def begun(self) -> bool:
        """Whether the player has begun to play."""
        newest = self._stage.newest if self._stage else None
        return newest is not None and newest.state is not State.WAITING

    @property
    def first_page(self) -> int:
        """The first page with music; 0 where none is known."""
        placements = self._strip.placements if self._strip else []
        return placements[0].system.page if placements else 0

    @property
    def system_starts(self) -> list[float]:
        """Strip x of the left end of each system that is on the strip."""
        return [float(p.x0) for p in self._strip.placements] if self._strip else []

    @property
    def pages_read(self) -> frozenset[int]:
        """The pages with music that have been read."""
        return frozenset(p.system.page for p in self._strip.placements) if self._strip else frozenset()

    def is_read(self, place: Place) -> bool:
        """Whether the page of a place has been read."""
        return place.page in self.pages_read

    def here(self) -> Place | None:
        """Where the player is, or has pointed."""
        if self.chosen:
            return self.chosen
        newest = self._stage.newest if self._stage else None
        return Place(newest.page, newest.x_pt, (newest.top_pt + newest.bottom_pt) / 2) if newest else None

    def here_x(self) -> float | None:
        """Strip x of where the player is; None where it is not known."""
        if self.chosen is None:
            newest = self._stage.newest if self._stage else None
            return newest.strip_x if newest and newest.placement else None
        try:
            return self.x_of(self.chosen)
        except LookupError:
            return None

    def x_of(self, place: Place) -> float:
        """Strip x of a place.

        Raises:
            LookupError: its page has not been read.
        """
        return self._open_strip().from_page(*place)

    def at(self, x: float) -> Place:
        """The place at a strip x.

        Raises:
            LookupError: nothing has been read.
        """
        point = self._open_strip().to_page(x)
        return Place(point.page, point.x, point.y)

    def waiting_at(self, place: Place) -> Position:
        """The position of one who has not begun to play at a place.

        Raises:
            LookupError: its page has not been read.
        """
        placement = self._open_strip().nearest(*place)
        x = placement.column_at(place.x_pt, place.y_pt)
        return on_strip(placement, Estimate(x, speed=0.0, confidence=1.0, state=State.WAITING), time_s=0.0)

    def _open_strip(self) -> Strip:
        if self._strip is None:
            raise LookupError("no score")
        return self._strip
