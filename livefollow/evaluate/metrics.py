"""Metrics: how far a track is from the truth. Pure functions, each a figure of one piece.

The position counted for an onset at t is the last row with time_s <= t + HEARING_S: a follower needs two frames to
hear a note. From it and the truth come, per onset,

* dx, strip px: unrolled place of the cursor minus that of the onset, at 7 px a staff space (paper, section 2.3);
* seconds: the performance time at which the player is where the cursor is, minus t, the truth interpolated inside
  the cursor's system and of several visits the nearest;

both infinite where the cursor is on no system that was played. A piece is lost at its first onset with |dx| > b,
b being the case's, `Case.lost_px`; in the GRACE_S after the player jumped it is not: recovery is a figure of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from livefollow.constants import FPS, STAFF_SPACE, TRACKING_WINDOW
from livefollow.evaluate.cases import Case, Jump
from livefollow.evaluate.truth import FALL_S, OFF_PAGE, Truth
from livefollow.follow.position import State
from livefollow.follow.track import Track
from livefollow.tables import BoolArray, FloatArray

HEARING_S = 0.1
GRACE_S = 3.0
WITHIN_S = (0.05, 0.1, 0.5, 1.0, 5.0)
BACK_SPACES = 6.0  # staff spaces back between two onsets, or two rows, that are a jump
REACH_PT = 20.0  # a cursor beside its system's notes counts this far beside them at most
FOUND_S, HOLD_S = 1.0, 2.0  # recovered: within FOUND_S for HOLD_S


@dataclass(frozen=True, eq=False)
class Errors:
    """The errors of a track at each onset of a piece.

    Attributes:
        onset: (n,) seconds.
        seconds: (n,) onset error; positive is ahead of the player; infinite off the music.
        dx: (n,) strip px; positive is ahead; infinite off the music.
        page_ok, system_ok: (n,) whether the right one was shown.
    """

    onset: FloatArray
    seconds: FloatArray
    dx: FloatArray
    page_ok: BoolArray
    system_ok: BoolArray


@dataclass(frozen=True)
class Recovery:
    """The time until the follower was with the player again after a jump or stop."""

    time_s: float  # when playing resumed
    kind: str
    seconds: float  # infinite: never


@dataclass(frozen=True, eq=False)
class PieceFigures:
    """Everything measured on one piece.

    Attributes:
        errors: per onset.
        reached: onsets before the first lost one.
        recoveries: one per jump.
        false_jumps: of the cursor in plain play.
        plain_s: seconds of plain play.
        wrong_page_s: seconds of playing in which a page was shown that the player was not on, nor came to next.
        playing_s: seconds from the first onset to the last.
        lost_px: b, strip px.
    """

    errors: Errors
    reached: int
    recoveries: tuple[Recovery, ...]
    false_jumps: int
    plain_s: float
    wrong_page_s: float
    playing_s: float
    lost_px: float

    @property
    def onsets(self) -> int:
        """Number of onsets."""
        return len(self.errors.onset)

    @property
    def followed(self) -> bool:
        """Whether the piece was followed to its end; R_tue is the share of such pieces (paper, section 4.1)."""
        return self.reached == self.onsets

    @property
    def r_on(self) -> float:
        """Share of onsets reached before the piece was lost (paper, section 4.1), of this piece."""
        return self.reached / self.onsets

    @property
    def dx(self) -> FloatArray:
        """(n,) |dx| in strip px of all onsets, b at most: a lost piece goes on counting."""
        return clipped_dx(self.errors, self.lost_px)

    @property
    def dx_tracked(self) -> FloatArray:
        """(reached,) |dx| in strip px until the piece was lost, b at most. Flatters what is lost early."""
        return self.dx[: self.reached]


def onset_errors(truth: Truth, track: Track, staff_space: float) -> Errors:
    """Compute the errors of a track at every onset.

    Args:
        truth: of the performance.
        track: what the follower said.
        staff_space: points.
    """
    rows = track.row_at(truth.onset + HEARING_S)
    n = len(truth)
    seconds, dx = np.full(n, np.inf), np.full(n, np.inf)
    at = locate_rows(truth, track)[rows]
    for i in np.flatnonzero(at != OFF_PAGE):
        system, x = truth.systems[at[i]], float(track.x_pt[rows[i]])
        seconds[i] = min((visit.when(x) - truth.onset[i] for visit in system.visits), key=abs)
        dx[i] = (system.unrolled(x, REACH_PT) - truth.unrolled[i]) / staff_space * STAFF_SPACE
    return Errors(truth.onset, seconds, dx, track.page[rows] == truth.page, at == truth.at)


def locate_rows(truth: Truth, track: Track) -> np.ndarray:
    """(n,) index of the played system that each row of a track shows; OFF_PAGE for none."""
    boxes = np.stack([track.page, track.top_pt, track.bottom_pt], 1)
    different, which = np.unique(boxes, axis=0, return_inverse=True)
    found = [truth.locate(int(page), top, bottom) for page, top, bottom in different.tolist()]
    return np.array(found)[which.reshape(-1)]


def wrong_page_s(truth: Truth, track: Track) -> float:
    """Seconds between the first onset and the last in which a wrong page was shown.

    Between two onsets, each heard HEARING_S later, the page of either is right: who turns in time shows the next one.
    """
    heard = truth.onset + HEARING_S
    until = np.append(track.time_s[1:], np.inf)
    total = 0.0
    for i, (start, stop) in enumerate(pairwise(heard.tolist())):
        rows = slice(int(track.row_at(start)), int(track.row_at(stop)) + 1)
        wrong = (track.page[rows] != truth.page[i]) & (track.page[rows] != truth.page[i + 1])
        shown = np.minimum(until[rows], stop) - np.maximum(track.time_s[rows], start)
        total += float(shown[wrong].clip(0).sum())
    return total


def jumped_steps(truth: Truth, staff_space: float) -> BoolArray:
    """(n - 1,): steps of the truth that no tempo explains: repeats, stumbles, skips."""
    lost = TRACKING_WINDOW / STAFF_SPACE
    return truth.far_steps(BACK_SPACES * staff_space, lost * staff_space)


def jump_times(truth: Truth, staff_space: float, told: Sequence[Jump]) -> FloatArray:
    """Times at which the player resumed after jumps and stops, seconds, rising: those told and those in the truth."""
    seen = truth.onset[1:][jumped_steps(truth, staff_space)].tolist()
    return np.array(sorted({*seen, *(j.time_s for j in told)}))


def waiting_steps(truth: Truth, jumps: FloatArray) -> BoolArray:
    """(n - 1,): steps between onsets at whose end the player resumes after a jump or stop, having waited."""
    resumed = np.searchsorted(np.maximum.accumulate(truth.onset), jumps - FALL_S)
    waits = np.zeros(len(truth) - 1, np.bool_)
    waits[resumed[(resumed > 0) & (resumed < len(truth))] - 1] = True
    return waits


def onsets_reached(errors: Errors, jumps: FloatArray, lost_px: float) -> int:
    """Onsets before the first with |dx| > b outside the GRACE_S after a jump. Paper, section 4.1."""
    grace = after_jumps(errors.onset, jumps)
    lost = np.flatnonzero(~(np.abs(errors.dx) <= lost_px) & ~grace)
    return int(lost[0]) if len(lost) else len(errors.onset)


def after_jumps(time_s: FloatArray, jumps: FloatArray) -> BoolArray:
    """(n,): whether a time, seconds, lies in the GRACE_S after a jump."""
    since = time_s[:, None] - jumps[None, :]
    return np.asarray(((since >= 0) & (since < GRACE_S)).any(1))


def clipped_dx(errors: Errors, lost_px: float) -> FloatArray:
    """(n,) |dx| in strip px, b where it is more or the cursor is off the music."""
    return np.minimum(np.abs(errors.dx), lost_px)


def within(errors: Errors, limit_s: float) -> float:
    """Share of onsets with |seconds| <= limit_s."""
    return float(np.mean(np.abs(errors.seconds) <= limit_s))


def median_seconds(errors: Errors) -> float:
    """Median of |seconds|; infinite when more than half the onsets are off the music."""
    return float(np.median(np.abs(errors.seconds)))


def recovery(errors: Errors, jump_s: float) -> float:
    """Seconds from a jump to the first onset from which |seconds| <= FOUND_S for HOLD_S; infinite: never."""
    onset, good = errors.onset, np.abs(errors.seconds) <= FOUND_S
    for i in np.flatnonzero(onset >= jump_s):
        if np.all(good[(onset >= onset[i]) & (onset <= onset[i] + HOLD_S)]):
            return float(onset[i] - jump_s)
    return float("inf")


def recoveries(truth: Truth, errors: Errors, staff_space: float, told: Sequence[Jump]) -> tuple[Recovery, ...]:
    """The recovery after every jump that the case names, or else that the truth shows."""
    jumps = told or [Jump(t, "seen") for t in jump_times(truth, staff_space, ()).tolist()]
    return tuple(Recovery(j.time_s, j.kind, recovery(errors, j.time_s)) for j in jumps)


def false_jumps(truth: Truth, track: Track, staff_space: float, jumps: FloatArray) -> tuple[int, float]:
    """Count the cursor's jumps in plain play that led it away from the player.

    Plain play is from the first onset to the last without the GRACE_S after the player's jumps. The cursor jumps
    between two rows when it goes back by more than BACK_SPACES or forward by more than b; the jump is false when
    |dx| against the player's place at that moment is larger after it than before.

    Returns:
        Number of false jumps, seconds of plain play.
    """
    at = locate_rows(truth, track)
    on = np.flatnonzero(at != OFF_PAGE)
    cursor = np.array([truth.systems[at[k]].unrolled(float(track.x_pt[k])) for k in on])
    time_s = track.time_s[on]
    player = truth.place(time_s, waiting_steps(truth, jumps))[1]
    steps = np.diff(cursor) / staff_space * STAFF_SPACE
    leaps = (steps < -BACK_SPACES * STAFF_SPACE) | (steps > TRACKING_WINDOW)
    away = np.abs(cursor[1:] - player[1:]) > np.abs(cursor[:-1] - player[1:])
    first, last = float(truth.onset[0]), float(truth.onset[-1])
    plain = (time_s >= first) & (time_s <= last) & ~after_jumps(time_s, jumps)
    grid = np.arange(round(first * FPS), round(last * FPS)) / FPS
    return int(np.count_nonzero(leaps & away & plain[1:])), float(np.count_nonzero(~after_jumps(grid, jumps)) / FPS)


def seconds_following(track: Track) -> float:
    """Seconds in the state `following`: of a recording that is not the piece, all of them wrong."""
    return float(np.count_nonzero(track.state == State.FOLLOWING) / FPS)


def evaluate(case: Case, track: Track) -> PieceFigures:
    """Compute all figures of a piece.

    Args:
        case: with a truth.
        track: what a follower said of it.

    Raises:
        ValueError: the case has no truth: `seconds_following` is its only figure.
    """
    truth = case.truth
    if truth is None:
        raise ValueError(f"{case.name} is not the piece")
    errors = onset_errors(truth, track, case.staff_space)
    jumps = jump_times(truth, case.staff_space, case.jumps)
    false, plain_s = false_jumps(truth, track, case.staff_space, jumps)
    found = recoveries(truth, errors, case.staff_space, case.jumps)
    reached = onsets_reached(errors, jumps, case.lost_px)
    wrong, playing = wrong_page_s(truth, track), float(truth.onset[-1] - truth.onset[0])
    return PieceFigures(errors, reached, found, false, plain_s, wrong, playing, case.lost_px)
