"""Where the player is, in the terms of the page."""

from __future__ import annotations

from dataclasses import dataclass


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
