"""What is seen of a score at one moment, in the terms of its pages: no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from livefollow.follow.position import State


class Layout(StrEnum):
    """How pages are laid out."""

    SINGLE = "single"
    HALF = "half"  # half-turns
    TWO = "two"  # side by side


class Spot(StrEnum):
    """Where a second page is seen."""

    NOWHERE = "nowhere"
    UPPER = "upper"  # over the upper part of the first
    LOWER = "lower"
    BESIDE = "beside"  # to the right of the first


@dataclass(frozen=True)
class Highlight:
    """Where on a page the music is, points from the top left."""

    page: int  # from 1
    x: float
    top: float  # outer staff lines of the system
    bottom: float
    left: float  # ends of its staff lines
    right: float


@dataclass(frozen=True)
class View:
    """What is seen: a page, and perhaps another."""

    page: int  # from 1; of two beside each other the left one
    other: int = 0  # 0 for none
    spot: Spot = Spot.NOWHERE  # of the other one
    cut: float = 0.0  # y on `page`, points, where its part and that of the other meet
    other_from: float | None = None  # y on `other` at the upper edge of its part; None where it lies as it would alone
    other_to: float = float("inf")  # y on `other` from which on it is left blank: what stands there is not seen whole


@dataclass(frozen=True)
class Words:
    """What the bar says."""

    state: State
    confidence: int  # percent
    second: int
    unsure: bool = False
