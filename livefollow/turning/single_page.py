"""When to turn the page: a pure function of the position, fed one by one, with the state passed in and out.

No clock and no thread: time is that of the positions. The rules, in the order in which they give way:

* never twice: a page is turned only while the cursor is on the page that is shown, and turning changes what is shown;
* never backwards by itself, unless the player went back and the evidence for it held for `evidence_s`;
* never wrongly: after the cursor leapt it must have settled for `settle_s` before a page is turned on its word;
* rather early than late: turned `look_ahead_s` before the last system is over at the present tempo. For one who holds,
  it is over with its last notes: there is nothing more to read;
* unsure near the page's end, or lost so long that the player may be there: a half-turn, which shows both places;
* a `Goal` is where the player will leave the page before its end, for a repeat: turned there in time, or half-turned
  where he may as well go on.

The page shown is the page followed, but the hand wins. It is told to `turned_by_hand`; until the cursor has been on the
page that it chose:

| the cursor | the page that the hand chose |
|---|---|
| is where it was when the hand turned back, near the page's end | stays: what was turned back is not turned again |
| is in the last system of the page before | stays: the player has looked ahead |
| waits, holds, is unsure, or is lost elsewhere | stays |
| follows for `hand_s`, surely and moving, a player who is elsewhere | gives way |
| does so on the page to which a turn was taken back | stays, until the player has been heard on another page |

This is the layout that shows a single page; `turning_ahead` is for those that show what comes next beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from livefollow.follow.position import State
from livefollow.turning.types import DEFAULTS, Goal, Positioned, Turn, TurnKind, TurnPoints, TurnSettings, TurnState


def decide(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings = DEFAULTS,
    goal: Goal | None = None,
) -> tuple[TurnState, Turn | None]:
    """What a position means for the page.

    Args:
        state: returned by the call before.
        position: the newest; times must not go back.
        pages: points of every page with music. A page that is missing is never turned by itself.
        settings: thresholds.
        goal: where the player will leave the page that he is on before its end, if he will.

    Returns:
        State for the next call, and the turn to be made now, if any.
    """
    state = observed(state, position, settings)
    if position.state in (State.WAITING, State.FINISHED):
        return without_evidence(state), None
    sight = see(state, position, settings)
    state = sight.state
    if position.page == state.shown:
        state = replace(state, by_hand=False, elsewhere=0)
        return on_the_page(state, position, pages, settings, sight, goal)
    return elsewhere(state, position, pages, settings, sight.heard)


@dataclass(frozen=True)
class PositionEvidence:
    """What a position is worth."""

    state: TurnState
    heard: bool  # the player was heard there
    settled: bool  # the cursor has not leapt of late

    @property
    def sure(self) -> bool:
        """Whether the player was heard there, and the cursor has settled."""
        return self.heard and self.settled


def see(state: TurnState, position: Positioned, settings: TurnSettings) -> PositionEvidence:
    """What a position is worth, and the state that remembers when one last was."""
    heard = position.state is not State.LOST and position.confidence >= settings.sure
    if heard or state.heard_s <= 0:
        state = replace(state, heard_s=position.time_s)
    if heard and position.state is State.FOLLOWING and position.page != state.denied:
        state = replace(state, denied=0)
    return PositionEvidence(state, heard, position.time_s - state.leapt_s >= settings.settle_s)


def turned_by_hand(state: TurnState, page: int, other: int = 0, denied: int = 0) -> TurnState:
    """The state after the player turned to `page` himself, with `other` beside it, away from `denied` if it was not."""
    refused = state.at == page
    state = replace(without_evidence(state), shown=page, other=other, by_hand=True, refused=refused, denied=denied)
    return replace(state, leaving=0, turned_x=float("-inf"))


def seconds_left(state: TurnState, strip_x: float, end_x: float) -> float:
    """Until the player is at a place at the present tempo, seconds; infinite while no tempo is known."""
    return (end_x - strip_x) / state.tempo if state.tempo > 0 else float("inf")


def near_end(state: TurnState, position: Positioned, points: TurnPoints, settings: TurnSettings) -> bool:
    """Whether the page must be turned now, if the player is where he seems to be."""
    # A cursor that has lost the player stands, or strays: the player himself may have gone on.
    unheard = position.time_s - state.heard_s
    end_x = min(points.last_event_x, points.end_x) if position.state is State.HOLDING else points.end_x
    left = seconds_left(state, position.strip_x, end_x) - unheard
    return position.strip_x >= points.last_system_x and left <= settings.look_ahead_s


def observed(state: TurnState, position: Positioned, settings: TurnSettings) -> TurnState:
    """The state with this position's tempo and leap in it."""
    first = state.time_s < 0
    elapsed, advance = position.time_s - state.time_s, position.strip_x - state.strip_x
    leapt = not first and abs(advance) > settings.leap_px
    tempo = state.tempo
    if position.state is State.FOLLOWING and position.confidence >= settings.sure:
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
        at=position.page,
        strip_x=position.strip_x,
        leapt_s=position.time_s if leapt else state.leapt_s,
    )


def on_the_page(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    sight: PositionEvidence,
    goal: Goal | None,
) -> tuple[TurnState, Turn | None]:
    """The cursor is on the page that is shown: is it over soon?"""
    calm = replace(state, doubt_s=-1.0)
    points = pages.get(state.shown)
    if points is None:
        return calm, None
    if goal and (out := towards(goal, state, position, settings, sight)):
        return out
    following = page_after(state.shown, pages)
    if not following or not near_end(state, position, points, settings):
        calm = replace(calm, refused=False)
        if state.half and sight.sure:
            return replace(calm, other=0), Turn(position.time_s, TurnKind.WHOLE, state.shown)
    elif sight.sure and not state.refused:
        return turned(state, position, TurnKind.FORWARD, following)
    elif sight.settled and not state.refused and not state.half:
        return doubted(state, position, following, settings)
    return calm, None


def towards(
    goal: Goal, state: TurnState, position: Positioned, settings: TurnSettings, sight: PositionEvidence
) -> tuple[TurnState, Turn | None] | None:
    """The player will leave the page before its end, and until then nothing else counts; None once he has not."""
    if position.strip_x > goal.x + settings.behind_px:
        return None
    points = TurnPoints(float("-inf"), goal.x)
    if not (sight.sure and near_end(state, position, points, settings)) or goal.page in (state.shown, state.other):
        return replace(state, refused=False, doubt_s=-1.0), None
    if state.refused:
        return state, None
    if goal.sure:
        kind = TurnKind.FORWARD if goal.page > state.shown else TurnKind.BACK
        until_x = goal.x + settings.behind_px
        return turned(state, position, kind, goal.page, until_x)
    return halved(state, position, goal.page)


def doubted(
    state: TurnState, position: Positioned, following: int, settings: TurnSettings
) -> tuple[TurnState, Turn | None]:
    """It is not clear whether the player is at the page's end: after a while both places are shown."""
    doubt_s = position.time_s if state.doubt_s < 0 else state.doubt_s
    if position.time_s - doubt_s < settings.unsure_s:
        return replace(state, doubt_s=doubt_s), None
    return halved(state, position, following, doubt=True)


def elsewhere(
    state: TurnState, position: Positioned, pages: Mapping[int, TurnPoints], settings: TurnSettings, heard: bool
) -> tuple[TurnState, Turn | None]:
    """The cursor is on a page that is not shown: behind, because it was turned in time, or has the player gone?"""
    to_be_expected = (
        position.page == state.leaving and state.turned_x - settings.behind_px <= position.strip_x <= state.until_x
    )
    back = position.page < state.shown and position.page != state.other
    doubtful = (back or state.by_hand) and position.confidence < settings.back_sure
    overruled = state.by_hand and (position.state is not State.FOLLOWING or looks_ahead(state, position, pages))
    if not heard or doubtful or overruled or to_be_expected or position.page == state.denied:
        return without_evidence(state), None
    if position.page != state.elsewhere:
        state = replace(
            state, elsewhere=position.page, elsewhere_s=position.time_s, elsewhere_x=position.strip_x, doubt_s=-1.0
        )
    if position.time_s - state.elsewhere_s < _needed(state, position, settings):
        return state, None
    if state.by_hand and abs(position.strip_x - state.elsewhere_x) <= settings.jitter_px:
        return state, None
    return turned(state, position, direction(state, position), position.page)


def _needed(state: TurnState, position: Positioned, settings: TurnSettings) -> float:
    """Seconds for which the player must have been elsewhere."""
    if state.by_hand:
        return settings.hand_s
    crossed = position.page == state.shown + 1 and position.time_s - state.leapt_s >= settings.settle_s
    needed = settings.crossing_s if crossed else settings.evidence_s
    # What is seen already is no hurry, and no surprise.
    return min(needed, settings.settle_s) if position.page == state.other else needed


def looks_ahead(state: TurnState, position: Positioned, pages: Mapping[int, TurnPoints]) -> bool:
    """Whether the page shown is the one that a player in the last system of his will need next."""
    points = pages.get(position.page)
    near = points is not None and position.strip_x >= points.last_system_x
    return near and page_after(position.page, pages) == state.shown


def direction(state: TurnState, position: Positioned) -> TurnKind:
    """Which way it is from the page shown to the position's."""
    return TurnKind.FORWARD if position.page > state.shown else TurnKind.BACK


def turned(
    state: TurnState, position: Positioned, kind: TurnKind, page: int, until_x: float = float("inf")
) -> tuple[TurnState, Turn]:
    """Another page; the player may still be on the one before."""
    ahead = kind is TurnKind.FORWARD or until_x < float("inf")
    state = replace(
        without_evidence(state),
        shown=page,
        other=0,
        by_hand=False,
        refused=False,
        leaving=state.shown if ahead else 0,
        turned_x=position.strip_x if ahead else float("-inf"),
        until_x=until_x,
    )
    return state, Turn(position.time_s, kind, page)


def halved(state: TurnState, position: Positioned, other: int, doubt: bool = False) -> tuple[TurnState, Turn]:
    """Another page beside this one."""
    state = replace(state, other=other, doubt_s=-1.0)
    return state, Turn(position.time_s, TurnKind.HALF, state.shown, other, doubt)


def without_evidence(state: TurnState) -> TurnState:
    """The state in which nothing speaks for another page."""
    return replace(state, elsewhere=0, doubt_s=-1.0)


def page_after(page: int, pages: Mapping[int, TurnPoints]) -> int:
    """The next page with music, 0 after the last: blank pages and title pages are turned over at once."""
    return min((p for p in pages if p > page), default=0)
