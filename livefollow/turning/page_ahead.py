"""When to turn where the screen shows two places: the page that is played, and beside it what comes next.

Half-turns: once the player is in the lower half of a page, the upper half of the screen shows the next page; once they
play there, the lower half follows. Two pages side by side: once they play the right one, the left one shows the page
after it, and the other way round. So nothing that the player looks at ever moves, what comes next is there long before
it is needed, and a turn that comes too early does no harm. `TurnPoints.ahead_x` says from where on the next page may be
shown; `TurnState.other` is the page beside the one that is played.

A pure function like `single_page.decide`, with the same state, settings and rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from livefollow.turning.rules import (
    Decision,
    PositionEvidence,
    decide_by,
    direction,
    doubted,
    halved,
    near_end,
    page_after,
    towards,
    turned,
    without_evidence,
)
from livefollow.turning.single_page import on_the_page
from livefollow.turning.types import DEFAULTS, Goal, Positioned, Turn, TurnKind, TurnPoints, TurnSettings, TurnState

DWELL_S = 2.0  # seconds for which the player has been in the next place before the one they left is turned away


def decide_ahead(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings = DEFAULTS,
    goal: Goal | None = None,
) -> Decision:
    """Decide whether a position changes what the screen shows.

    Args:
        state: as the previous call returned it.
        position: the newest; times must not go back.
        pages: turn points of every page with music, with its `ahead_x`; infinite to turn the page whole.
        settings: thresholds.
        goal: see `single_page.decide`.

    Returns:
        State for the next call, and the turn to make now, if any: HALF puts a page beside the one that is played,
        FORWARD makes that one the page that is played, WHOLE takes the one beside away again, BACK goes back.
    """
    return decide_by(_on_the_page, _on_the_page_beside, state, position, pages, settings, goal)


def _on_the_page(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    evidence: PositionEvidence,
    goal: Goal | None,
) -> Decision:
    """Decide while the cursor is on the page that is played: is the part before it finished?"""
    points = pages.get(state.shown)
    if points is None or points.ahead_x == float("inf"):
        return on_the_page(state, position, pages, settings, evidence, goal)
    if goal and (out := towards(replace(goal, sure=False), state, position, settings, evidence)):
        return replace(out[0], elsewhere=0), out[1]
    following = page_after(state.shown, pages)
    beyond = position.strip_x >= points.ahead_x
    state = replace(state, refused=state.refused and beyond)
    wanted = following if beyond else 0
    if state.refused or state.other == wanted:
        return without_evidence(state), None
    near = beyond and near_end(state, position, points, settings)
    if near and evidence.sure:
        return halved(without_evidence(state), position, following)
    if near and evidence.settled:
        return doubted(replace(state, elsewhere=0), position, following, settings)
    return _after_a_while(state, position, wanted, evidence)


def _after_a_while(state: TurnState, position: Positioned, wanted: int, evidence: PositionEvidence) -> Decision:
    """Show the page `wanted` beside, or none, once the cursor has been in the other part of the page long enough."""
    if not evidence.heard:
        return without_evidence(state), None
    if state.elsewhere != state.shown:
        return replace(without_evidence(state), elsewhere=state.shown, elsewhere_s=position.time_s), None
    if position.time_s - state.elsewhere_s < DWELL_S:
        return state, None
    if wanted:
        return halved(without_evidence(state), position, wanted)
    return replace(without_evidence(state), other=0), Turn(position.time_s, TurnKind.WHOLE, state.shown)


def _on_the_page_beside(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    evidence: PositionEvidence,
) -> Decision:
    """Decide while the cursor is on the page beside: once it stays there, that page is the one that is played."""
    if not evidence.heard:
        return without_evidence(state), None
    if position.page != state.elsewhere:
        state = replace(state, elsewhere=position.page, elsewhere_s=position.time_s, doubt_s=-1.0)
    points = pages.get(position.page)
    soon = position.strip_x + state.tempo * settings.look_ahead_s
    hurry = points is not None and soon >= points.ahead_x  # they are about to need what is not shown yet
    if position.time_s - state.elsewhere_s < (settings.crossing_s if hurry else DWELL_S):
        return state, None
    state, turn = turned(state, position, direction(state, position), position.page)
    return replace(state, leaving=0), turn
