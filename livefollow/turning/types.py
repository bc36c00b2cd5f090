"""Types that page turning shares: positions in, turn points of the score, settings, state, and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from livefollow.follow.position import State


class Positioned(Protocol):
    """The part of a position that page turning reads; a row of a track has it too."""

    @property
    def time_s(self) -> float:
        """Time at the end of the frame, seconds."""

    @property
    def page(self) -> int:
        """Page number, from 1."""

    @property
    def strip_x(self) -> float:
        """Place on the strip, px."""

    @property
    def confidence(self) -> float:
        """Confidence from 0 to 1."""

    @property
    def state(self) -> State:
        """State of the following."""


@dataclass(frozen=True)
class TurnPoints:
    """Places of a page on the strip that decide its turns, strip px."""

    last_system_x: float  # where its last system starts
    end_x: float  # where its music ends
    ahead_x: float = float("inf")  # from where on `page_ahead` shows the next page beside it
    last_event_x: float = float("inf")  # where its last notes are struck, if that is known


@dataclass(frozen=True)
class Goal:
    """Where the player leaves the page before its end: by a link."""

    x: float  # strip px where they leave the page
    page: int  # where they go
    sure: bool = False  # set by the player; else read from the score, and they may also go on
    enter: float = 0.0  # strip px where they go on


class TurnKind(StrEnum):
    """The kinds of turn."""

    FORWARD = "forward"
    BACK = "back"
    HALF = "half"  # another page is seen beside a part of this one
    WHOLE = "whole"  # a half-turn is undone


@dataclass(frozen=True)
class Turn:
    """One decision to change what is shown."""

    time_s: float
    kind: TurnKind
    page: int  # shown from now on; with HALF and WHOLE the page that was shown before
    other: int = 0  # with HALF the page that is seen beside it
    doubt: bool = False  # made because it is unclear where the player is


@dataclass(frozen=True)
class TurnSettings:
    """Durations and thresholds; a slider in the window sets `look_ahead_s`."""

    look_ahead_s: float = 1.5  # seconds before the last system is over
    evidence_s: float = 2.0  # seconds for which a position elsewhere must hold before its page is shown
    hand_s: float = 2.0  # the same after a turn by hand to another page
    crossing_s: float = 0.3  # the same for the page after the one shown: the turn was missed
    settle_s: float = 1.0  # seconds after a leap of the cursor
    leap_px: float = 170.0  # strip px between two positions that are a leap
    jitter_px: float = 20.0  # strip px back between two positions that do not count as going back
    unsure_s: float = 0.3  # seconds for which doubt near the page's end must hold before a half-turn
    sure: float = 0.5  # confidence from which a position counts
    crossing_sure: float = 0.9  # the same for the page after the one shown, within evidence_s
    back_sure: float = 0.8  # the same for going back: turning a page away wrongly is the worst error
    behind_px: float = 85.0  # strip px behind the last turn that do not yet count as going back
    tempo_s: float = 2.0  # time constant of the tempo, seconds
    start_tempo: float = 60.0  # strip px per second, until the player's own is known


@dataclass(frozen=True)
class TurnState:
    """What page turning remembers from one position to the next.

    Attributes:
        shown: page that is shown, from 1.
        other: page that a half-turn shows beside it, 0 for none.
        tempo: strip px per second, smoothed; 0 before the first position that follows.
        leaving, turned_x, until_x: page that was turned away while the player was still on it, and the stretch of
            the strip where they are expected there.
        played: whether the player has been heard on the page shown since it was turned to.
        practised: page that had been turned when the player went back to it, so that they practise its end; 0 for none.
        by_hand: the player chose the page, and the cursor has not been there since.
        refused: the player turned back to the page that the cursor is on, and the cursor has not left its end since.
        denied: page that an undone turn had led to, until the player is heard on another page; 0 for none.
        time_s, at, strip_x: time, page and place of the previous position; negative time before the first.
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
    played: bool = False
    practised: int = 0
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
