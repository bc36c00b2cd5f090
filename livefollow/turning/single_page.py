"""When to turn the page: a pure function that takes positions one by one, with the state passed in and out.

No clock and no thread: time is that of the positions. The rules, from the strongest to the weakest:

* never twice: a page is turned only while the cursor is on the page that is shown, and turning changes what is shown;
* never backwards, unless the player went back and the evidence for that held for `evidence_s`;
* never wrongly: after the cursor leapt it must have settled for `settle_s` before it can turn a page;
* a missed end is turned at once only where the player surely is on the next page (`crossing_sure`): who breaks off with
  a page's last notes has not gone on;
* rather early than late: turned `look_ahead_s` before the last system is over at the present tempo. When the
  player holds, it is over with its last notes: there is nothing more to read;
* unsure near the page's end, or lost for so long that the player may be there: a half-turn, which shows both places;
* the end of a page that is practised, so that it was turned and the player went back: a half-turn, too, until they
  have played on;
* a `Goal` is where the player will leave the page before its end, for a repeat: turned there in time, or half-turned
  if the player may also go on.

The page shown is the page followed, but a turn by hand wins (`turned_by_hand`). Until the cursor has been on the page
that the player chose:

| the cursor | the page chosen by hand |
|---|---|
| is where it was when the player turned back, near the page's end | stays: that turn is not made again |
| is in the last system of the page before | stays: the player has looked ahead |
| waits, holds, is unsure, or is lost elsewhere | stays |
| has followed a player elsewhere for `hand_s`, surely and moving | gives way |
| does so on the page that an undone turn had led to | stays, until the player has been heard on another page |

For the layout that shows a single page; `page_ahead` is for those that show what comes next beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from livefollow.turning.rules import (
    Decision,
    PositionEvidence,
    decide_by,
    doubted,
    halved,
    near_end,
    page_after,
    towards,
    turned,
)
from livefollow.turning.types import DEFAULTS, Goal, Positioned, Turn, TurnKind, TurnPoints, TurnSettings, TurnState


def decide(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings = DEFAULTS,
    goal: Goal | None = None,
) -> Decision:
    """Decide whether a position turns the page.

    Args:
        state: as the previous call returned it.
        position: the newest; times must not go back.
        pages: turn points of every page with music. A missing page is never turned by itself.
        settings: thresholds.
        goal: where the player will leave the page before its end, if they will.

    Returns:
        State for the next call, and the turn to make now, if any.
    """
    return decide_by(on_the_page, None, state, position, pages, settings, goal)


def on_the_page(
    state: TurnState,
    position: Positioned,
    pages: Mapping[int, TurnPoints],
    settings: TurnSettings,
    evidence: PositionEvidence,
    goal: Goal | None,
) -> Decision:
    """Decide while the cursor is on the page that is shown: does it end soon?"""
    state = replace(state, elsewhere=0)
    calm = replace(state, doubt_s=-1.0)
    points = pages.get(state.shown)
    if points is None:
        return calm, None
    if goal and (out := towards(goal, state, position, settings, evidence)):
        return out
    following = page_after(state.shown, pages)
    if not following or not near_end(state, position, points, settings):
        calm = replace(calm, refused=False)
        # Not at once: a player who slows down a little has not left the page's end.
        later = replace(settings, look_ahead_s=settings.look_ahead_s + settings.settle_s)
        if state.half and evidence.sure and not near_end(state, position, points, later):
            return replace(calm, other=0), Turn(position.time_s, TurnKind.WHOLE, state.shown)
    elif evidence.settled and not state.refused:
        practised = state.practised == state.shown
        if evidence.sure and not practised:
            return turned(state, position, TurnKind.FORWARD, following)
        if not state.half:
            known = evidence.sure  # that they are at the end of a page that they practise
            return halved(calm, position, following) if known else doubted(state, position, following, settings)
    return calm, None
