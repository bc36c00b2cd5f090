"""What is seen of a score at one moment, in points on its pages, without pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from livefollow.follow.position import State


class Layout(StrEnum):
    """Page layouts that can be chosen."""

    SINGLE = "single"
    HALF = "half"  # half-turns
    TWO = "two"  # side by side


class Spot(StrEnum):
    """Position of the second page on the screen."""

    NOWHERE = "nowhere"
    UPPER = "upper"  # over the upper part of the first
    LOWER = "lower"
    BESIDE = "beside"  # to the right of the first


@dataclass(frozen=True)
class Highlight:
    """The place to highlight on a page, points from the top left."""

    page: int  # from 1
    x: float
    top: float  # outer staff lines of the system
    bottom: float
    left: float  # ends of its staff lines
    right: float
    bar: tuple[float, float] | None = None  # ends of the bar there; None if unknown


@dataclass(frozen=True)
class View:
    """One or two pages that are seen."""

    page: int  # from 1; of two beside each other the left one
    other: int = 0  # 0 for none
    spot: Spot = Spot.NOWHERE  # of the other one
    cut: float = 0.0  # y on `page`, points, where its part and that of the other page meet
    other_from: float | None = None  # y on `other` at the upper edge of its part; None to place it as when shown alone
    other_to: float = float("inf")  # y on `other` below which it is left blank: what is there would be cut


@dataclass(frozen=True)
class Words:
    """What the status bar says."""

    state: State
    confidence: int  # percent
    second: int
    unsure: bool = False
