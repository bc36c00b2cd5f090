"""Judge page turns: what `turning.single_page` turns to along a track, compared with the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from livefollow.constants import STAFF_SPACE
from livefollow.evaluate.cases import Case
from livefollow.evaluate.metrics import locate_rows
from livefollow.evaluate.truth import OFF_PAGE, Truth
from livefollow.follow.position import State
from livefollow.follow.track import Track
from livefollow.turning.single_page import decide
from livefollow.turning.types import DEFAULTS, Turn, TurnKind, TurnPoints, TurnSettings, TurnState

MARGIN_S = 0.3  # a page must be there this long before it is played from
SETTLED_S = 1.0  # after the next page's first onset a further turn is no part of this one
VERDICTS = ("good", "early", "late", "double")


@dataclass(frozen=True)
class Change:
    """A change of page by the player: from the end of one page to the next.

    Attributes:
        page: the next one.
        start_s: first onset on the page before, of this visit.
        open_s: first onset of the last system before the change.
        due_s: first onset on the next page.
        verdict: one of VERDICTS.
            By the first turn that shows `page` between `start_s` and SETTLED_S after `due_s`:
            double: another forward turn comes next, in that time too;
            good: not before `open_s` and at least MARGIN_S before `due_s`;
            early: before `open_s`;
            late: after that, or never.
    """

    page: int
    start_s: float
    open_s: float
    due_s: float
    verdict: str = "late"


@dataclass(frozen=True)
class TurnFigures:
    """All page turns of a piece, judged.

    Attributes:
        changes: one per page end that the player passed, judged.
        false: turns that are neither part of a change nor show the page that the player is on at that moment
            (back after a repeat, forward after a skip). Where the sound is not the piece, all turns are.
        corrections: turns that show the page that the player is on, after a jump of theirs or a wrong turn.
        halves: half-turns, made when unsure.
    """

    changes: tuple[Change, ...]
    false: int
    corrections: int
    halves: int

    def count(self, verdict: str) -> int:
        """Count the changes with a verdict."""
        return sum(change.verdict == verdict for change in self.changes)


class TurnInput(NamedTuple):
    """The inputs of turning, one per frame."""

    time_s: float
    page: int
    strip_x: float
    confidence: float
    state: State


def turn_points(truth: Truth, staff_space: float) -> dict[int, TurnPoints]:
    """Where the pages lie on the unrolled score, strip px: the truth's systems, not those the follower found.

    Where a page ends is known if the player passed its end once; of others it is not known, and nothing turns them.
    """
    scale = STAFF_SPACE / staff_space
    passed = {int(truth.page[i]) for i in _passed(truth)}
    spans = {}
    for page, s in {s.page: s for s in truth.systems}.items():
        last_event = s.offset + s.right - s.left if page in passed else np.inf
        spans[page] = TurnPoints(s.offset * scale, (last_event + s.gap) * scale, last_event_x=last_event * scale)
    return spans


def turns_of(case: Case, track: Track, settings: TurnSettings = DEFAULTS) -> list[Turn]:
    """Find the turns that a track leads to, its places mapped to the unrolled score of the truth.

    A row on no system that was played keeps the place of the row before and counts as lost.
    """
    if case.truth is None:
        return page_changes(track)
    truth = case.truth
    pages, at = turn_points(truth, case.staff_space), locate_rows(truth, track)
    state, turns = TurnState(shown=min(pages)), []
    strip_x, page = 0.0, state.shown
    for k in range(len(track)):
        on = at[k] != OFF_PAGE
        if on:
            system = truth.systems[at[k]]
            strip_x = system.unrolled(float(track.x_pt[k])) / case.staff_space * STAFF_SPACE
            page = system.page
        shown_state = State(track.state[k]) if on else State.LOST
        row = TurnInput(float(track.time_s[k]), page, strip_x, float(track.confidence[k]), shown_state)
        state, turn = decide(state, row, pages, settings)
        if turn:
            turns.append(turn)
    return turns


def page_changes(track: Track) -> list[Turn]:
    """Find where the page that is followed changes: the turns of a follower whose score's pages are not known.

    A place that is shown while the player is waited for, or lost, turns no page.
    """
    played = np.flatnonzero(~np.isin(track.state, (State.WAITING, State.LOST)))
    page, time_s = track.page[played], track.time_s[played]
    k = np.flatnonzero(np.diff(page)) + 1
    kinds = [TurnKind.FORWARD if page[i] > page[i - 1] else TurnKind.BACK for i in k]
    return [Turn(float(time_s[i]), kind, int(page[i])) for i, kind in zip(k, kinds, strict=True)]


def timer_turns(truth: Truth, settings: TurnSettings = DEFAULTS) -> list[Turn]:
    """Compute the turns of a timer at mean tempo: the look-ahead before a page's time is over.

    A page's time is its share of the unrolled score, from the first onset to the last; nothing is heard.
    """
    span = float(truth.onset[-1] - truth.onset[0])
    starts = [s for before, s in pairwise(truth.systems) if s.page != before.page]
    due = [float(truth.onset[0]) + span * s.offset / truth.length for s in starts]
    return [Turn(t - settings.look_ahead_s, TurnKind.FORWARD, s.page) for t, s in zip(due, starts, strict=True)]


def judge(truth: Truth | None, turns: Sequence[Turn]) -> TurnFigures:
    """Judge turns by the truth.

    Args:
        truth: None where the sound is not the piece.
        turns: in order of time.
    """
    made = [t for t in turns if t.kind in (TurnKind.FORWARD, TurnKind.BACK)]
    halves = sum(t.kind is TurnKind.HALF for t in turns)
    if truth is None:
        return TurnFigures((), len(made), 0, halves)
    used: set[int] = set()
    changes = []
    for change in page_ends(truth):
        last_s = change.due_s + SETTLED_S
        window = [i for i, t in enumerate(made) if i not in used and change.start_s <= t.time_s <= last_s]
        hit = next((i for i in window if made[i].page == change.page), None)
        verdict = "late"
        if hit is not None:
            used.add(hit)
            verdict = _verdict(change, made[hit].time_s)
            if hit + 1 in window and made[hit + 1].kind is TurnKind.FORWARD:
                used.add(hit + 1)
                verdict = "double"
        changes.append(Change(change.page, change.start_s, change.open_s, change.due_s, verdict))
    rest = [t for i, t in enumerate(made) if i not in used]
    right = sum(t.page == _page_at(truth, t.time_s) for t in rest)
    return TurnFigures(tuple(changes), len(rest) - right, right, halves)


def page_ends(truth: Truth) -> list[Change]:
    """Find the page ends that the player passed, in the order played, without jumps to other pages."""
    page, line = truth.page, truth.at
    out = []
    for i in _passed(truth):
        start = _run_start(page, i)
        open_at = max(start, _run_start(line, i))
        out.append(
            Change(int(page[i + 1]), float(truth.onset[start]), float(truth.onset[open_at]), float(truth.onset[i + 1]))
        )
    return out


def _passed(truth: Truth) -> list[int]:
    """The onsets after which the player went on from the end of a page to the beginning of the next.

    Of pages with a blank one between them nothing is said: it may as well be one that they have leapt over.
    """
    last = {s.page: k for k, s in enumerate(truth.systems)}
    return [
        i
        for i in np.flatnonzero(np.diff(truth.page) == 1).tolist()
        if truth.system[i + 1] == 1 and truth.at[i] == last[int(truth.page[i])]
    ]


def verdicts(figures: Sequence[TurnFigures]) -> dict[str, int]:
    """Sum up pieces: pages, verdicts, false turns, corrections and half-turns."""
    total: Counter[str] = Counter(change.verdict for f in figures for change in f.changes)
    return {
        "pages": sum(total.values()),
        **{verdict: total[verdict] for verdict in VERDICTS},
        "false": sum(f.false for f in figures),
        "corrections": sum(f.corrections for f in figures),
        "half": sum(f.halves for f in figures),
    }


def _verdict(change: Change, time_s: float) -> str:
    if time_s < change.open_s:
        return "early"
    return "good" if time_s <= change.due_s - MARGIN_S else "late"


def _page_at(truth: Truth, time_s: float) -> int:
    """The page that the player is on."""
    before = np.searchsorted(np.maximum.accumulate(truth.onset), time_s, side="right") - 1
    return int(truth.page[max(0, int(before))])


def _run_start(values: np.ndarray, i: int) -> int:
    """First index of the run of equal values that ends at i."""
    different = np.flatnonzero(values[:i] != values[i])
    return int(different[-1]) + 1 if len(different) else 0
