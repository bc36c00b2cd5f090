"""Baselines: cursors that cannot hear, and one that knows the truth. A follower is worth its distance from the best.

stand     stays on the first note
steady    moves along the unrolled score from the first onset to the last at constant speed, both known in advance
timer     a timer: shows the middle of the system that is due at the mean tempo, and turns when a page's time is over
oracle-k  knows the truth, k frames late

Each is a track of one row per frame, to a second after the last onset. Where the sound is not the piece, `stand` and
the oracle wait, and the others move on: they have no way to know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS, STAFF_SPACE
from livefollow.evaluate.cases import Case
from livefollow.evaluate.metrics import jump_times, waiting_steps
from livefollow.evaluate.truth import Truth
from livefollow.follow.position import State
from livefollow.follow.track import Track
from livefollow.tables import FloatArray, IntArray

AFTER_S = 1.0  # of track after the last onset


def stand(case: Case) -> Track:
    """A cursor on the first note; the case must have a truth."""
    truth = _truth(case)
    time_s = frame_times(truth)
    return _track(case, time_s, np.full(len(time_s), truth.at[0]), np.full(len(time_s), truth.unrolled[0]))


def steady(case: Case) -> Track:
    """A cursor at the piece's own mean speed: unrolled length / time from first to last onset."""
    truth = _truth(case)
    time_s = frame_times(truth)
    walked = steady_walk(truth, time_s)
    return _track(case, time_s, system_at(truth, walked), walked)


def timer(case: Case) -> Track:
    """The middle of the system that `steady` is in."""
    truth = _truth(case)
    time_s = frame_times(truth)
    at = system_at(truth, steady_walk(truth, time_s))
    middle = np.array([s.offset + (s.right - s.left) / 2 for s in truth.systems])
    return _track(case, time_s, at, middle[at])


def oracle(case: Case, delay: float = 0) -> Track:
    """The truth, `delay` frames late; linear along the unrolled score between onsets, waiting before a jump."""
    truth = _truth(case)
    time_s = frame_times(truth)
    heard = time_s - delay / FPS
    jumps = jump_times(truth, case.staff_space, case.jumps)
    at, walked = truth.place(heard, waiting_steps(truth, jumps))
    state = np.where(
        heard < truth.onset[0], State.WAITING, np.where(heard > truth.onset[-1], State.FINISHED, State.FOLLOWING)
    )
    return _track(case, time_s, at, walked, state)


CURSORS: dict[str, Callable[[Case], Track]] = {
    "stand": stand,
    "steady": steady,
    "timer": timer,
    "oracle-0": oracle,
    "oracle-1": lambda case: oracle(case, 1),
    "oracle-4": lambda case: oracle(case, 4),
}
WALKERS = ("steady", "timer")  # those that go on whatever sounds


def track_off_piece(name: str, duration_s: float) -> Track:
    """The track of a cursor where the sound is not the piece: wait at the top of the first page, or "follow" there."""
    n = max(1, int(duration_s * FPS))
    one, zero = np.ones(n, np.int64), np.zeros(n)
    state = np.full(n, State.FOLLOWING if name in WALKERS else State.WAITING)
    return Track((np.arange(n) + 1) / FPS, one, one, zero, zero, zero + 1, zero, zero, zero, state)


def frame_times(truth: Truth) -> FloatArray:
    """(n,) ends of the frames from the start to AFTER_S after the last onset, seconds."""
    return (np.arange(int(np.ceil((truth.onset[-1] + AFTER_S) * FPS))) + 1) / FPS


def steady_walk(truth: Truth, time_s: FloatArray) -> FloatArray:
    """(n,) points along the unrolled score at constant speed from the first onset to the last."""
    span = max(truth.onset[-1] - truth.onset[0], 1e-9)
    return np.asarray(truth.length * np.clip((time_s - truth.onset[0]) / span, 0, 1))


def system_at(truth: Truth, unrolled: FloatArray) -> IntArray:
    """(n,) index of the system at points along the unrolled score."""
    offsets = np.array([s.offset for s in truth.systems])
    return np.maximum(0, np.searchsorted(offsets, unrolled, side="right") - 1)


def _truth(case: Case) -> Truth:
    if case.truth is None:
        raise ValueError(f"{case.name} is not the piece")
    return case.truth


def _track(
    case: Case, time_s: FloatArray, at: IntArray, unrolled: FloatArray, state: npt.NDArray[np.str_] | None = None
) -> Track:
    """A track from systems and places along the unrolled score, points."""
    systems = _truth(case).systems

    def of_system(name: str) -> npt.NDArray[Any]:
        return np.array([getattr(s, name) for s in systems])[at]

    strip_x = unrolled / case.staff_space * STAFF_SPACE
    return Track(
        time_s=time_s,
        page=of_system("page"),
        system=of_system("number"),
        x_pt=of_system("left") + unrolled - of_system("offset"),
        top_pt=of_system("top"),
        bottom_pt=of_system("bottom"),
        strip_x=strip_x,
        speed=np.diff(strip_x, prepend=strip_x[0]),
        confidence=np.ones(len(time_s)),
        state=np.full(len(time_s), State.FOLLOWING) if state is None else state,
    )
