"""Where the player is in the open score, and where pages lie on the strip. Window thread only."""

from __future__ import annotations

from livefollow.follow.position import Estimate, Position, State, on_strip
from livefollow.score.strip import Strip
from livefollow.turning.stage import Stage
from livefollow.viewer.settings.score_memory import Place


class Places:
    """Finds places of the open score, as far as it is read.

    Attributes:
        chosen: by the player, and not left since; None while they play.
    """

    def __init__(self) -> None:
        """Begin without a score."""
        self._strip: Strip | None = None
        self._stage: Stage | None = None
        self.chosen: Place | None = None

    def open(self, strip: Strip, stage: Stage) -> None:
        """Take the strip and stage of a score.

        Args:
            strip: of the score, may still grow.
            stage: takes the positions.
        """
        self._strip, self._stage, self.chosen = strip, stage, None

    def close(self) -> None:
        """Forget the score that is closed."""
        self._strip = self._stage = self.chosen = None

    @property
    def begun(self) -> bool:
        """Whether the player has begun to play."""
        newest = self._stage.newest if self._stage else None
        return newest is not None and newest.state is not State.WAITING

    @property
    def first_page(self) -> int:
        """First page with music; 0 if none is known."""
        placements = self._strip.placements if self._strip else []
        return placements[0].system.page if placements else 0

    @property
    def system_starts(self) -> list[float]:
        """Strip x of the left end of each system."""
        return [float(p.x0) for p in self._strip.placements] if self._strip else []

    @property
    def pages_read(self) -> frozenset[int]:
        """Pages with music that have been read."""
        return frozenset(p.system.page for p in self._strip.placements) if self._strip else frozenset()

    def is_read(self, place: Place) -> bool:
        """Whether the page of a place has been read."""
        return place.page in self.pages_read

    def here(self) -> Place | None:
        """Return where the player is, or has pointed; None if unknown."""
        if self.chosen:
            return self.chosen
        newest = self._stage.newest if self._stage else None
        return Place(newest.page, newest.x_pt, (newest.top_pt + newest.bottom_pt) / 2) if newest else None

    def here_x(self) -> float | None:
        """Return the strip x of `here`; None if unknown."""
        if self.chosen is None:
            newest = self._stage.newest if self._stage else None
            return newest.strip_x if newest and newest.placement else None
        try:
            return self.x_of(self.chosen)
        except LookupError:
            return None

    def x_of(self, place: Place) -> float:
        """Return the strip x of a place.

        Raises:
            LookupError: its page has not been read.
        """
        return self._open_strip().from_page(*place)

    def at(self, x: float) -> Place:
        """Return the place at a strip x.

        Raises:
            LookupError: nothing has been read.
        """
        point = self._open_strip().to_page(x)
        return Place(point.page, point.x, point.y)

    def waiting_at(self, place: Place) -> Position:
        """Return the position of a player who has not yet begun to play at a place.

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
