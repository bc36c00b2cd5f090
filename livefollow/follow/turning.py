"""When to turn the page: a pure function of the position, fed one by one, with the state passed in and out.

No clock and no thread: time is that of the positions. The rules, in the order in which they give way:

* never twice: a page is turned only while the cursor is on the page that is shown, and turning changes what is shown;
* never backwards by itself, unless the player went back and the evidence for it held for `evidence_s`;
* never wrongly: after the cursor leapt it must have settled for `settle_s` before a page is turned on its word;
* rather early than late: turned `look_ahead_s` before the last system is over at the present tempo;
* unsure near the page's end, or lost so long that the player may be there: a half-turn, which shows both places.

A hand that turns the page is told to `turned_by_hand`, and wins: until the cursor has been on the page that it chose,
no position elsewhere is evidence of anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol


class Positioned(Protocol):
    """What of a position turning looks at; a row of a track has it too."""

    @property
    def time_s(self) -> float:
        """End of the frame, seconds."""

    @property
    def page(self) -> int:
        """From 1."""

    @property
    def strip_x(self) -> float:
        """Strip px."""

    @property
    def confidence(self) -> float:
        """0 to 1."""

    @property
    def state(self) -> str:
        """One of waiting, following, holding, lost, finished."""


@dataclass(frozen=True)
class PageSpan:
    """Where a page lies on the strip, strip px."""

    last_system_x: float  # where its last system starts
    end_x: float  # where its music ends


class Kind(StrEnum):
    """What is done to the page."""

    FORWARD = "forward"
    BACK = "back"
    HALF = "half"  # the upper half shows the next page already, the lower half stays
    WHOLE = "whole"  # a half-turn is taken back


@dataclass(frozen=True)
class Turn:
    """One decision."""

    time_s: float
    kind: Kind
    page: int  # shown from now on; with HALF and WHOLE the page that was shown before


@dataclass(frozen=True)
class Settings:
    """Lengths and thresholds; the viewer's slider sets `look_ahead_s`."""

    look_ahead_s: float = 1.5  # seconds before the last system is over
    evidence_s: float = 2.0  # seconds for which a position elsewhere must hold before its page is shown
    crossing_s: float = 0.3  # the same for the page after the one shown: the turn was missed
    settle_s: float = 1.0  # seconds after a leap of the cursor
    leap_px: float = 170.0  # strip px between two positions that are a leap
    jitter_px: float = 20.0  # strip px back between two positions that are no step back
    unsure_s: float = 0.3  # seconds for which doubt near the page's end must hold before a half-turn
    sure: float = 0.5  # confidence from which a position counts
    behind_px: float = 85.0  # strip px behind the place of the last turn that are still no way back
    tempo_s: float = 2.0  # time constant of the tempo, seconds
    start_tempo: float = 60.0  # strip px per second, until the player's own is known


@dataclass(frozen=True)
class TurnState:
    """What turning remembers from one position to the next.

    Attributes:
        shown: page on view, from 1.
        half: whether a half-turn shows the next page's upper half.
        tempo: strip px per second, smoothed; 0 before the first position that follows.
        turned_x: strip x of the cursor when the page was last turned forward.
        by_hand: the hand chose the page, and the cursor has not been there since.
        time_s, strip_x: of the position before; negative time before the first.
        leapt_s: when the cursor last leapt.
        elsewhere, elsewhere_s: page other than the one shown that the cursor is on, and since when; 0 for none.
        heard_s: when a position last counted.
        doubt_s: since when the position near the page's end is doubtful; negative for not.
    """

    shown: int = 1
    half: bool = False
    tempo: float = 0.0
    turned_x: float = float("-inf")
    by_hand: bool = False
    time_s: float = -1.0
    strip_x: float = 0.0
    leapt_s: float = float("-inf")
    elsewhere: int = 0
    elsewhere_s: float = 0.0
    heard_s: float = 0.0
    doubt_s: float = -1.0


DEFAULTS = Settings()


def decide(
    state: TurnState, position: Positioned, pages: Mapping[int, PageSpan], settings: Settings = DEFAULTS
) -> tuple[TurnState, Turn | None]:
    """What a position means for the page.

    Args:
        state: returned by the call before.
        position: the newest; times must not go back.
        pages: span of every page with music. A page that is missing is never turned by itself.
        settings: thresholds.

    Returns:
        State for the next call, and the turn to be made now, if any.
    """
    state = _observed(state, position, settings)
    if position.state in ("waiting", "finished"):
        return _without_evidence(state), None
    heard = position.state != "lost" and position.confidence >= settings.sure
    if heard or state.heard_s <= 0:
        state = replace(state, heard_s=position.time_s)
    settled = position.time_s - state.leapt_s >= settings.settle_s
    if position.page == state.shown:
        state = replace(state, by_hand=False, elsewhere=0)
        return _on_the_page(state, position, pages, settings, heard and settled, settled)
    return _elsewhere(state, position, settings, heard)


def turned_by_hand(state: TurnState, page: int) -> TurnState:
    """The state after the player turned to `page` himself."""
    return replace(_without_evidence(state), shown=page, half=False, by_hand=True, turned_x=float("-inf"))


def seconds_left(state: TurnState, strip_x: float, span: PageSpan) -> float:
    """Until the page's music is over at the present tempo, seconds; infinite while no tempo is known."""
    return (span.end_x - strip_x) / state.tempo if state.tempo > 0 else float("inf")


def _observed(state: TurnState, position: Positioned, settings: Settings) -> TurnState:
    """The state with this position's tempo and leap in it."""
    first = state.time_s < 0
    elapsed, advance = position.time_s - state.time_s, position.strip_x - state.strip_x
    leapt = not first and abs(advance) > settings.leap_px
    tempo = state.tempo
    if position.state == "following":
        # Only playing has a tempo: while the player holds, the one before is the best guess at how he goes on.
        tempo = tempo or settings.start_tempo
        # Small steps back are jitter and count, or it would look like speed; larger ones are the player going back.
        if not first and elapsed > 0 and not leapt and advance > -settings.jitter_px:
            share = min(1.0, elapsed / settings.tempo_s)
            tempo = max(0.0, tempo + share * (advance / elapsed - tempo))
    return replace(
        state,
        tempo=tempo,
        time_s=position.time_s,
        strip_x=position.strip_x,
        leapt_s=position.time_s if leapt else state.leapt_s,
    )


def _on_the_page(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, PageSpan],
    settings: Settings,
    sure: bool,
    settled: bool,
) -> tuple[TurnState, Turn | None]:
    """The cursor is on the page that is shown: is it over soon?"""
    span = pages.get(state.shown)
    following = _page_after(state.shown, pages)
    if span is None or not following:
        return replace(state, doubt_s=-1.0), None
    # A cursor that has lost the player stands, or strays: the player himself may have gone on.
    unheard = position.time_s - state.heard_s
    near = (
        position.strip_x >= span.last_system_x
        and seconds_left(state, position.strip_x, span) - unheard <= settings.look_ahead_s
    )
    if near and sure:
        return _turned(state, position, Kind.FORWARD, following)
    if near and not state.half and settled:
        doubt_s = position.time_s if state.doubt_s < 0 else state.doubt_s
        if position.time_s - doubt_s < settings.unsure_s:
            return replace(state, doubt_s=doubt_s), None
        return replace(state, half=True, doubt_s=-1.0), Turn(position.time_s, Kind.HALF, state.shown)
    state = replace(state, doubt_s=-1.0)
    if state.half and sure and not near:
        return replace(state, half=False), Turn(position.time_s, Kind.WHOLE, state.shown)
    return state, None


def _elsewhere(
    state: TurnState, position: Positioned, settings: Settings, heard: bool
) -> tuple[TurnState, Turn | None]:
    """The cursor is on a page that is not shown: behind, because it was turned in time, or has the player gone?"""
    to_be_expected = position.page < state.shown and position.strip_x >= state.turned_x - settings.behind_px
    if not heard or state.by_hand or to_be_expected:
        return _without_evidence(state), None
    if position.page != state.elsewhere:
        state = replace(state, elsewhere=position.page, elsewhere_s=position.time_s)
    crossed = position.page == state.shown + 1 and position.time_s - state.leapt_s >= settings.settle_s
    needed = settings.crossing_s if crossed else settings.evidence_s
    if position.time_s - state.elsewhere_s < needed:
        return state, None
    return _turned(state, position, Kind.FORWARD if position.page > state.shown else Kind.BACK, position.page)


def _turned(state: TurnState, position: Positioned, kind: Kind, page: int) -> tuple[TurnState, Turn]:
    turned_x = position.strip_x if kind is Kind.FORWARD else float("-inf")
    state = replace(_without_evidence(state), shown=page, half=False, turned_x=turned_x)
    return state, Turn(position.time_s, kind, page)


def _without_evidence(state: TurnState) -> TurnState:
    return replace(state, elsewhere=0, doubt_s=-1.0)


def _page_after(page: int, pages: Mapping[int, PageSpan]) -> int:
    """The next page with music, 0 after the last: blank pages and title pages are turned over at once."""
    return min((p for p in pages if p > page), default=0)
