"""Where the player is: `Estimate` on the strip, `Position` on the page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # turning, which needs positions alone, does not load OpenCV
    from livefollow.score.strip import Placement, Strip


class State(StrEnum):
    """What the player seems to do; a track's CSV has the values."""

    WAITING = "waiting"  # not begun, or nothing of the score heard yet
    FOLLOWING = "following"
    HOLDING = "holding"  # the next onset is overdue: they have stopped, however long ago, or hold a note
    LOST = "lost"  # plays something else, or elsewhere
    FINISHED = "finished"  # and whatever sounds since is not the score


PLAYING = (State.FOLLOWING, State.HOLDING)  # in the piece, and the place is known


@dataclass(frozen=True, kw_only=True)
class Position:
    """What is shown from the end of one frame on.

    `on_strip` makes a live one; `found_on` puts one from a track on the strip of an open score.

    Attributes:
        time_s: end of the frame, seconds after the sound's first sample.
        page, system: from 1, the system on its page.
        x_pt: points, origin top left.
        top_pt, bottom_pt: outer staff lines of the system, points.
        strip_x: strip px.
        speed: strip px per frame.
        confidence: 0 to 1.
        state: what the player does.
        placement: the system on the strip; None where the score at hand has none there.
        heard: where the player was heard, if that is another place than the cursor's, which glides there; for looking
            back, when only what was heard counts.
    """

    time_s: float
    page: int
    system: int
    x_pt: float
    top_pt: float
    bottom_pt: float
    strip_x: float
    speed: float
    confidence: float
    state: State
    placement: Placement | None = field(default=None, compare=False, repr=False)
    heard: Position | None = field(default=None, compare=False, repr=False)

    def found_on(self, strip: Strip) -> Position:
        """Find the same point of the page on a strip.

        Raises:
            LookupError: no system of its page is on the strip.
        """
        middle = (self.top_pt + self.bottom_pt) / 2
        placement = strip.nearest(self.page, self.x_pt, middle)
        return replace(self, strip_x=placement.column_at(self.x_pt, middle), placement=placement)


@dataclass(frozen=True)
class Estimate:
    """What an agent says after a frame.

    Attributes:
        x: strip px where the player is; while they are lost, where they were last.
        speed: strip px per frame.
        confidence: probability that they are there, 0 to 1.
        state: what they do.
        heard: strip px where they were heard, where x is a cursor's that glides there.
    """

    x: float
    speed: float
    confidence: float
    state: State
    heard: float | None = None


@dataclass(frozen=True, eq=False)
class Belief:
    """Where the player may be, if they are near where they were.

    Attributes:
        first: number of the first of the W events; 0 is the silence before the piece.
        mass: (W,) probability that they are on each.
        phase: (W,) mean share of its time that is over then.
        silent: frames since an onset was heard clearly.
    """

    first: int
    mass: npt.NDArray[np.float64]
    phase: npt.NDArray[np.float64]
    silent: int


def on_strip(placement: Placement, estimate: Estimate, time_s: float) -> Position:
    """Turn an estimate into a position on its page.

    Args:
        placement: the system that its place is in.
        estimate: after a frame.
        time_s: end of the frame, seconds after the sound's first sample.
    """
    x, _ = placement.to_page(estimate.x)
    system = placement.system
    return Position(
        time_s=time_s,
        page=system.page,
        system=placement.number,
        x_pt=float(x),
        top_pt=system.top,
        bottom_pt=system.bottom,
        strip_x=estimate.x,
        speed=estimate.speed,
        confidence=estimate.confidence,
        state=estimate.state,
        placement=placement,
    )
