"""Rules of page turning that all layouts share: what a position tells, and what it may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from livefollow.follow.position import State
from livefollow.turning.types import Goal, Positioned, Turn, TurnKind, TurnPoints, TurnSettings, TurnState

Decision = tuple[TurnState, Turn | None]


@dataclass(frozen=True)
class PositionEvidence:
    """What a position tells about the player."""

    state: TurnState
    heard: bool  # the player was heard there
    settled: bool  # the cursor has not leapt recently

    @property
    def sure(self) -> bool:
        """Whether the player was heard there and the cursor has settled."""
        return self.heard and self.settled


Pages = Mapping[int, TurnPoints]
OnPage = Callable[[TurnState, Positioned, Pages, TurnSettings, PositionEvidence, Goal | None], Decision]
Beside = Callable[[TurnState, Positioned, Pages, TurnSettings, PositionEvidence], Decision]


def decide_by(
    on_page: OnPage,
    beside: Beside | None,
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    goal: Goal | None,
) -> Decision:
    """Decide about a position with the rules of a layout.

    Args:
        on_page: decides while the cursor is on the page that is played.
        beside: decides while it is on the page beside; None for a layout in which that is like any other page.
        state, position, pages, settings, goal: see `single_page.decide`.
    """
    state = observed(state, position, settings)
    if position.state in (State.WAITING, State.FINISHED):
        return without_evidence(state), None
    evidence = see(state, position, settings)
    state = evidence.state
    if position.page == state.shown:
        if evidence.sure and state.practised != state.shown:
            state = replace(state, played=True, practised=0)
        return on_page(replace(state, by_hand=False), position, pages, settings, evidence, goal)
    if beside and position.page == state.other and not state.by_hand:
        return beside(state, position, pages, settings, evidence)
    return elsewhere(state, position, pages, settings, evidence.heard)


def see(state: TurnState, position: Positioned, settings: TurnSettings) -> PositionEvidence:
    """Return what a position tells, with the state that remembers when one last counted."""
    heard = position.state is not State.LOST and position.confidence >= settings.sure
    if heard or state.heard_s <= 0:
        state = replace(state, heard_s=position.time_s)
    if heard and position.state is State.FOLLOWING and position.page != state.denied:
        state = replace(state, denied=0)
    return PositionEvidence(state, heard, position.time_s - state.leapt_s >= settings.settle_s)


def turned_by_hand(state: TurnState, page: int, other: int = 0, denied: int = 0) -> TurnState:
    """Return the state after a turn by hand to `page`, with `other` beside it; `denied`: see `TurnState`."""
    refused = state.at == page
    state = replace(without_evidence(state), shown=page, other=other, by_hand=True, refused=refused, denied=denied)
    return replace(state, leaving=0, turned_x=float("-inf"), practised=0)


def seconds_left(state: TurnState, strip_x: float, end_x: float) -> float:
    """Return the seconds until the player reaches a place at the present tempo; infinite while no tempo is known."""
    return (end_x - strip_x) / state.tempo if state.tempo > 0 else float("inf")


def near_end(state: TurnState, position: Positioned, points: TurnPoints, settings: TurnSettings) -> bool:
    """Whether the page must be turned now, if the player is where they seem to be."""
    # A cursor that has lost the player stops or strays, while the player may have gone on.
    unheard = position.time_s - state.heard_s
    end_x = min(points.last_event_x, points.end_x) if position.state is State.HOLDING else points.end_x
    left = seconds_left(state, position.strip_x, end_x) - unheard
    return position.strip_x >= points.last_system_x and left <= settings.look_ahead_s


def observed(state: TurnState, position: Positioned, settings: TurnSettings) -> TurnState:
    """Return the state with the tempo and leap of this position in it."""
    first = state.time_s < 0
    elapsed, advance = position.time_s - state.time_s, position.strip_x - state.strip_x
    leapt = not first and abs(advance) > settings.leap_px
    tempo = state.tempo
    if position.state is State.FOLLOWING and position.confidence >= settings.sure:
        # Only playing has a tempo: while the player holds, the previous one is the best guess at how they will go on.
        tempo = tempo or settings.start_tempo
        # Small steps back are jitter and count, or jitter would look like speed; larger ones are the player going back.
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


def towards(
    goal: Goal, state: TurnState, position: Positioned, settings: TurnSettings, evidence: PositionEvidence
) -> Decision | None:
    """Decide while the player is about to leave the page before its end; None once they have gone on instead."""
    if position.strip_x > goal.x + settings.behind_px:
        return None
    points = TurnPoints(float("-inf"), goal.x)
    if not (evidence.sure and near_end(state, position, points, settings)) or goal.page in (state.shown, state.other):
        return replace(state, refused=False, doubt_s=-1.0), None
    if state.refused:
        return state, None
    if goal.sure:
        kind = TurnKind.FORWARD if goal.page > state.shown else TurnKind.BACK
        until_x = goal.x + settings.behind_px
        return turned(state, position, kind, goal.page, until_x)
    return halved(state, position, goal.page)


def doubted(state: TurnState, position: Positioned, following: int, settings: TurnSettings) -> Decision:
    """Show both places after a while, if it is unclear whether the player is at the page's end."""
    doubt_s = position.time_s if state.doubt_s < 0 else state.doubt_s
    if position.time_s - doubt_s < settings.unsure_s:
        return replace(state, doubt_s=doubt_s), None
    return halved(state, position, following, doubt=True)


def elsewhere(
    state: TurnState, position: Positioned, pages: Mapping[int, TurnPoints], settings: TurnSettings, heard: bool
) -> Decision:
    """Decide while the cursor is on a page that is not shown: turned away in time, or has the player gone there?"""
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
    """Return the seconds for which the player must have been elsewhere."""
    if state.by_hand:
        return settings.hand_s
    crossed = position.page == state.shown + 1 and position.time_s - state.leapt_s >= settings.settle_s
    # Who breaks off with the page's last notes is soon believed on the next, less surely than who plays there.
    needed = settings.crossing_s if crossed and position.confidence >= settings.crossing_sure else settings.evidence_s
    # What is on the screen already is neither urgent nor surprising, nor is a page that was turned in vain.
    known = position.page == state.other or _in_vain(state, position.page)
    return min(needed, settings.settle_s) if known else needed


def _in_vain(state: TurnState, page: int) -> bool:
    """Whether a page was turned, and the player has not been heard on the next one."""
    return page == state.leaving and not state.played


def looks_ahead(state: TurnState, position: Positioned, pages: Mapping[int, TurnPoints]) -> bool:
    """Whether the page shown is the one that the player, in the last system of the page before, needs next."""
    points = pages.get(position.page)
    near = points is not None and position.strip_x >= points.last_system_x
    return near and page_after(position.page, pages) == state.shown


def direction(state: TurnState, position: Positioned) -> TurnKind:
    """Return the direction from the page shown to that of the position."""
    return TurnKind.FORWARD if position.page > state.shown else TurnKind.BACK


def turned(
    state: TurnState, position: Positioned, kind: TurnKind, page: int, until_x: float = float("inf")
) -> tuple[TurnState, Turn]:
    """Turn to another page; the player may still be on the previous one."""
    ahead = kind is TurnKind.FORWARD or until_x < float("inf")
    state = replace(
        without_evidence(state),
        shown=page,
        other=0,
        played=False,
        practised=page if _in_vain(state, page) else state.practised,
        by_hand=False,
        refused=False,
        leaving=state.shown if ahead else 0,
        turned_x=position.strip_x if ahead else float("-inf"),
        until_x=until_x,
    )
    return state, Turn(position.time_s, kind, page)


def halved(state: TurnState, position: Positioned, other: int, doubt: bool = False) -> tuple[TurnState, Turn]:
    """Show another page beside this one."""
    state = replace(state, other=other, doubt_s=-1.0)
    return state, Turn(position.time_s, TurnKind.HALF, state.shown, other, doubt)


def without_evidence(state: TurnState) -> TurnState:
    """Return the state without any evidence for another page."""
    return replace(state, elsewhere=0, doubt_s=-1.0)


def page_after(page: int, pages: Mapping[int, TurnPoints]) -> int:
    """Return the next page with music, 0 after the last: blank pages and title pages are skipped."""
    return min((p for p in pages if p > page), default=0)
