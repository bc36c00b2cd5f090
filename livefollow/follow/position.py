"""Where the player is, in the terms of the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Position:
    """What there is to show from the end of one frame on.

    Attributes:
        time_s: end of the frame, seconds after the sound's first sample.
        page, system: from 1, the system on its page.
        x_pt: points, origin top left.
        top_pt, bottom_pt: outer staff lines of the system, points.
        strip_x: strip px.
        speed: strip px per frame.
        confidence: 0 to 1.
        state: waiting, following, holding, lost or finished.
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
    state: str


class State(StrEnum):
    """What the player does, as far as one knows."""

    WAITING = "waiting"  # not begun, or nothing of the score heard yet
    FOLLOWING = "following"
    HOLDING = "holding"  # the next onset is overdue: he has stopped, however long ago, or holds a note
    LOST = "lost"  # plays something else, or elsewhere
    FINISHED = "finished"  # and whatever sounds since is not the score


@dataclass(frozen=True)
class Estimate:
    """What is known after a frame.

    Attributes:
        x: strip px where the player is; while he is lost, where he was last.
        speed: strip px per frame.
        confidence: probability that he is there, 0 to 1.
        state: what he does.
    """

    x: float
    speed: float
    confidence: float
    state: State


@dataclass(frozen=True, eq=False)
class Belief:
    """Where the player may be, if he is near where he was.

    Attributes:
        first: number of the first of the W events; 0 is the silence before the piece.
        mass: (W,) probability that he is on each.
        phase: (W,) mean share of its time that is over then.
        silent: frames since an onset was heard clearly.
    """

    first: int
    mass: npt.NDArray[np.float64]
    phase: npt.NDArray[np.float64]
    silent: int
