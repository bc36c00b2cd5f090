"""What turning a page looks at, knows of the score, remembers, and decides: the words that all layouts share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from livefollow.follow.position import State


class Positioned(Protocol):
    """What of a position turning looks at; a row of a track has it too."""

    @property
    def time_s(self) -> float:
        """End of the frame, seconds."""

    @property
    def page(self) -> int:
        """Of the document, from 1."""

    @property
    def strip_x(self) -> float:
        """Place on the strip, px."""

    @property
    def confidence(self) -> float:
        """0 to 1."""

    @property
    def state(self) -> State:
        """What the player does."""


@dataclass(frozen=True)
class TurnPoints:
    """Where a page lies on the strip, strip px."""

    last_system_x: float  # where its last system starts
    end_x: float  # where its music ends
    ahead_x: float = float("inf")  # from where on `turning_ahead` shows the next page beside it
    last_event_x: float = float("inf")  # where its last notes are struck, if that is known


@dataclass(frozen=True)
class Goal:
    """Where the player goes on before the page is over: back to the start of a repeat."""

    x: float  # strip px where he leaves
    page: int  # where he goes
    sure: bool = False  # said by the player; else read from the score, and he may as well go on


class TurnKind(StrEnum):
    """What is done to the page."""

    FORWARD = "forward"
    BACK = "back"
    HALF = "half"  # another page is seen beside a part of this one
    WHOLE = "whole"  # a half-turn is taken back


@dataclass(frozen=True)
class Turn:
    """One decision to change what is shown."""

    time_s: float
    kind: TurnKind
    page: int  # shown from now on; with HALF and WHOLE the page that was shown before
    other: int = 0  # with HALF the page that is seen beside it
    doubt: bool = False  # made because it is not clear where the player is


@dataclass(frozen=True)
class TurnSettings:
    """Lengths and thresholds; the viewer's slider sets `look_ahead_s`."""

    look_ahead_s: float = 1.5  # seconds before the last system is over
    evidence_s: float = 2.0  # seconds for which a position elsewhere must hold before its page is shown
    hand_s: float = 2.0  # the same after the hand has turned elsewhere, of one who plays on
    crossing_s: float = 0.3  # the same for the page after the one shown: the turn was missed
    settle_s: float = 1.0  # seconds after a leap of the cursor
    leap_px: float = 170.0  # strip px between two positions that are a leap
    jitter_px: float = 20.0  # strip px back between two positions that are no step back
    unsure_s: float = 0.3  # seconds for which doubt near the page's end must hold before a half-turn
    sure: float = 0.5  # confidence from which a position counts
    back_sure: float = 0.8  # the same for going back: a page turned away wrongly is the worst of all
    behind_px: float = 85.0  # strip px behind the place of the last turn that are still no way back
    tempo_s: float = 2.0  # time constant of the tempo, seconds
    start_tempo: float = 60.0  # strip px per second, until the player's own is known


@dataclass(frozen=True)
class TurnState:
    """What turning remembers from one position to the next.

    Attributes:
        shown: page on view, from 1.
        other: page that a half-turn shows beside it, 0 for none.
        tempo: strip px per second, smoothed; 0 before the first position that follows.
        leaving, turned_x, until_x: page that was turned away while the player was still on it, and from where to
            where on the strip he is to be expected there.
        by_hand: the hand chose the page, and the cursor has not been there since.
        refused: the hand chose the page that the cursor is on, and the cursor has not left the place since.
        denied: page to which a turn was taken back, and the player was heard nowhere else since; 0 for none.
        time_s, at, strip_x: of the position before, `at` its page; negative time before the first.
        leapt_s: when the cursor last leapt.
        elsewhere, elsewhere_s, elsewhere_x: page other than the one shown that the cursor is on, since when and from
            where on; 0 for none.
        heard_s: when a position last counted.
        doubt_s: since when the position near the page's end is doubtful; negative for not.
    """

    shown: int = 1
    other: int = 0
    tempo: float = 0.0
    leaving: int = 0
    turned_x: float = float("-inf")
    until_x: float = float("inf")
    by_hand: bool = False
    refused: bool = False
    denied: int = 0
    time_s: float = -1.0
    at: int = 0
    strip_x: float = 0.0
    leapt_s: float = float("-inf")
    elsewhere: int = 0
    elsewhere_s: float = 0.0
    elsewhere_x: float = 0.0
    heard_s: float = 0.0
    doubt_s: float = -1.0

    @property
    def half(self) -> bool:
        """Whether a half-turn shows another page."""
        return self.other > 0


DEFAULTS = TurnSettings()
