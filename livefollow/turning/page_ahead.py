"""When to turn where the screen shows two places: the page that is played, and beside it what comes next.

Half-turns: once the player is in the lower half of a page, the upper half of the screen shows the next page; once he
plays there, the lower half follows. Two pages side by side: once he plays the right one, the left one shows what comes
next, and the other way round. So nothing that he looks at ever moves, what comes next is there long before he needs
it, and a turn that came too early is no harm. A `TurnPoints`'s `ahead_x` says from where on the next page may be shown;
the page of `TurnState.other` is the one beside.

A pure function like `turning.decide`, with the same state, settings and rules, and `turning.turned_by_hand`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from livefollow.follow.position import State
from livefollow.turning.single_page import (
    PositionEvidence,
    direction,
    doubted,
    elsewhere,
    halved,
    near_end,
    observed,
    on_the_page,
    page_after,
    see,
    towards,
    turned,
    without_evidence,
)
from livefollow.turning.types import DEFAULTS, Goal, Positioned, Turn, TurnKind, TurnPoints, TurnSettings, TurnState

DWELL_S = 2.0  # seconds for which the player has been in the next place before the one he left is turned away


def decide_ahead(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings = DEFAULTS,
    goal: Goal | None = None,
) -> tuple[TurnState, Turn | None]:
    """What a position means for the screen.

    Args:
        state: returned by the call before.
        position: the newest; times must not go back.
        pages: points of every page with music, with its `ahead_x`; where that is infinite the page is turned whole.
        settings: thresholds.
        goal: see `turning.decide`.

    Returns:
        State for the next call, and the turn to be made now, if any: HALF puts a page beside the one that is played,
        FORWARD makes that one the page that is played, WHOLE takes the one beside away again, BACK goes back.
    """
    state = observed(state, position, settings)
    if position.state in (State.WAITING, State.FINISHED):
        return without_evidence(state), None
    sight = see(state, position, settings)
    state = sight.state
    if position.page == state.shown:
        state = replace(state, by_hand=False)
        return _on_the_page(state, position, pages, settings, sight, goal)
    if position.page == state.other and not state.by_hand:
        return _next_door(state, position, pages, settings, sight)
    return elsewhere(state, position, pages, settings, sight.heard)


def _on_the_page(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    sight: PositionEvidence,
    goal: Goal | None,
) -> tuple[TurnState, Turn | None]:
    """The cursor is on the page that is played: is the part before it done with?"""
    points = pages.get(state.shown)
    if points is None or points.ahead_x == float("inf"):
        return on_the_page(replace(state, elsewhere=0), position, pages, settings, sight, goal)
    if goal and (out := towards(replace(goal, sure=False), state, position, settings, sight)):
        return replace(out[0], elsewhere=0), out[1]
    following = page_after(state.shown, pages)
    beyond = position.strip_x >= points.ahead_x
    state = replace(state, refused=state.refused and beyond)
    wanted = following if beyond else 0
    if state.refused or state.other == wanted:
        return without_evidence(state), None
    near = beyond and near_end(state, position, points, settings)
    if near and sight.sure:
        return halved(without_evidence(state), position, following)
    if near and sight.settled:
        return doubted(replace(state, elsewhere=0), position, following, settings)
    return _after_a_while(state, position, wanted, sight)


def _after_a_while(
    state: TurnState, position: Positioned, wanted: int, sight: PositionEvidence
) -> tuple[TurnState, Turn | None]:
    """The page `wanted` beside, or none, once the cursor has been in the other part of the page for long enough."""
    if not sight.heard:
        return without_evidence(state), None
    if state.elsewhere != state.shown:
        return replace(without_evidence(state), elsewhere=state.shown, elsewhere_s=position.time_s), None
    if position.time_s - state.elsewhere_s < DWELL_S:
        return state, None
    if wanted:
        return halved(without_evidence(state), position, wanted)
    return replace(without_evidence(state), other=0), Turn(position.time_s, TurnKind.WHOLE, state.shown)


def _next_door(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    sight: PositionEvidence,
) -> tuple[TurnState, Turn | None]:
    """The cursor is on the page beside: once it stays there, that is the one that is played."""
    if not sight.heard:
        return without_evidence(state), None
    if position.page != state.elsewhere:
        state = replace(state, elsewhere=position.page, elsewhere_s=position.time_s, doubt_s=-1.0)
    points = pages.get(position.page)
    soon = position.strip_x + state.tempo * settings.look_ahead_s
    hurry = points is not None and soon >= points.ahead_x  # he is about to need what is not there yet
    if position.time_s - state.elsewhere_s < (settings.crossing_s if hurry else DWELL_S):
        return state, None
    state, turn = turned(state, position, direction(state, position), position.page)
    return replace(state, leaving=0), turn
