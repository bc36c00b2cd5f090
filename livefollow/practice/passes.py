"""Passes, stops, and leaps of a performance that was followed: pure functions of its positions.

A pass is a stretch played on without leaping. The follower says frame by frame where the player is, and is wrong now
and then: a leap counts only once what follows it has held for a while, and one that is taken back is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from livefollow.follow.position import State
from livefollow.practice.bar_map import BarMap, FloatArray

SURE = 0.5  # confidence from which a position counts
SETTLED_S = 0.7  # after a leap, for which the player must play on there
BACK_BEATS = 0.75  # quarter notes back that are a leap, and no correction of the place
AHEAD_BEATS = 2.5  # quarter notes ahead from one frame to the next that are a leap
TAKEN_BACK_S = 4.0  # within which a leap that was none, or a doubt, is over
FASTEST = 3.0  # quarter notes a second that a player may have gone on meanwhile
STOP_S = 0.5  # for which the follower says that the next note is overdue
OVERDUE_S = 1.0  # for which it goes on in tempo before it says so
RETURN_BARS = 1.0  # bars around the ends of a link within which a leap is that link
FRAME_S = 0.05

BoolArray = npt.NDArray[np.bool_]


class Leap(StrEnum):
    """Why the player went on elsewhere."""

    BACK = "back"  # to play something again
    SKIP = "skip"  # ahead
    RETURN = "return"  # as a repeat, a link or a loop says, back or ahead


@dataclass(frozen=True, eq=False)
class Frames:
    """The positions of a session, frame by frame.

    Attributes:
        time_s: (n,) end of the frame, seconds, rising.
        x: (n,) strip px.
        confidence: (n,) 0 to 1.
        state: (n,) values of `State`.
    """

    time_s: FloatArray
    x: FloatArray
    confidence: FloatArray
    state: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.time_s)


@dataclass(frozen=True)
class Stop:
    """The player has waited where the score does not.

    Attributes:
        time_s: when the next note was due.
        seconds: until it came, or the player went elsewhere.
        x: strip px of the note before it, or a little more.
    """

    time_s: float
    seconds: float
    x: float


@dataclass(frozen=True)
class Pass:
    """A stretch that was played without leaping.

    Attributes:
        first, end: frames, the last one excluded.
        arrived: how the player came here from the pass before; None for the first, or after being lost.
        known: stretches of frames of it in which the place is known; between them it is that before.
    """

    first: int
    end: int
    arrived: Leap | None
    known: tuple[tuple[int, int], ...]

    def places(self, frames: Frames) -> FloatArray:
        """(end - first,) strip px where the player was."""
        inside = np.zeros(self.end - self.first, bool)
        for a, b in self.known:
            inside[a - self.first : b - self.first] = True
        last = np.maximum.accumulate(np.where(inside, np.arange(len(inside)), 0))
        return frames.x[self.first : self.end][last]


def sure_frames(frames: Frames) -> BoolArray:
    """(n,) whether the place is known: while the player waits, as well as it was when they came there."""
    following = frames.state == State.FOLLOWING
    holding = frames.state == State.HOLDING
    sure = following & (frames.confidence >= SURE)
    last = np.maximum.accumulate(np.where(following, np.arange(len(frames)), -1))
    return sure | (holding & (last >= 0) & sure[np.maximum(last, 0)])


def held_back(frames: Frames, bars: BarMap) -> Frames:
    """Put the player who waits where they were when the next note was due: the follower had gone on in tempo."""
    x, beat = frames.x.copy(), bars.beat(frames.x)
    edges = np.flatnonzero(np.diff((frames.state == State.HOLDING).astype(np.int8), prepend=0, append=0))
    for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        due = int(np.searchsorted(frames.time_s, frames.time_s[a] - OVERDUE_S))
        step = np.diff(beat[due : a + 1])
        if b - a >= STOP_S / FRAME_S and not ((step <= -BACK_BEATS) | (step >= AHEAD_BEATS)).any():
            x[due:b] = x[due]
    return replace(frames, x=x)


def find_passes(frames: Frames, bars: BarMap) -> list[Pass]:
    """Find the passes, in order.

    Args:
        frames: see `held_back`.
        bars: of the score.
    """
    sure = sure_frames(frames)
    beat = bars.beat(frames.x)
    out: list[Pass] = []
    for known in _joined(_stretches(sure, beat), frames, beat):
        first, end = known[0][0], known[-1][1]
        arrived: Leap | None = None
        if out:
            before = out[-1].end - 1
            step = beat[first] - beat[before]
            if step <= -BACK_BEATS or step >= AHEAD_BEATS:
                arrived = Leap.BACK if step < 0 else Leap.SKIP
                if _is_return(frames.x[before], frames.x[first], bars):
                    arrived = Leap.RETURN
        out.append(Pass(first, end, arrived, tuple(known)))
    return out


def _stretches(sure: BoolArray, beat: FloatArray) -> list[tuple[int, int]]:
    """Cut the sure frames where the place leaps or is doubtful."""
    step = np.diff(beat, prepend=beat[:1])
    leap = (step <= -BACK_BEATS) | (step >= AHEAD_BEATS)
    edges = np.flatnonzero(leap | np.diff(sure, prepend=False))
    cuts = [0, *edges.tolist(), len(sure)]
    return [(a, b) for a, b in pairwise(cuts) if b > a and sure[a]]


def _joined(stretches: list[tuple[int, int]], frames: Frames, beat: FloatArray) -> list[list[tuple[int, int]]]:
    """Leave out short ones, which the follower took back, and put together what goes on after one."""
    time_s, following = frames.time_s, frames.state == State.FOLLOWING
    long = [
        (a, b)
        for a, b in stretches
        if np.count_nonzero(following[a:b]) * FRAME_S >= SETTLED_S and beat[b - 1] > beat[a]
    ]
    out: list[list[tuple[int, int]]] = []
    for a, b in long:
        if out:
            before = out[-1][-1][1] - 1
            step = float(beat[a] - beat[before])
            waited = float(time_s[a] - time_s[before])
            ahead = AHEAD_BEATS + FASTEST * waited
            if -BACK_BEATS < step < ahead and waited <= TAKEN_BACK_S:
                out[-1].append((a, b))
                continue
        out.append([(a, b)])
    return out


def _is_return(left: float, came: float, bars: BarMap) -> bool:
    """Whether a leap from one place to another is one that the score or a loop asks for."""
    length = float(np.median(bars.right - bars.left))
    near = RETURN_BARS * length
    return any(abs(end - left) <= near and abs(start - came) <= near for start, end in bars.returns)


def find_stops(frames: Frames, passes: list[Pass]) -> list[Stop]:
    """Find where the player waited although the next note was due.

    Args:
        frames: see `held_back`.
        passes: in them.
    """
    out: list[Stop] = []
    holding = frames.state == State.HOLDING
    for one in passes:
        inside = holding[one.first : one.end]
        edges = np.flatnonzero(np.diff(inside.astype(np.int8), prepend=0, append=0))
        runs = zip(edges[::2] + one.first, edges[1::2] + one.first, strict=True)
        for a, b in _merged([(int(a), int(b)) for a, b in runs], frames):
            seconds = float(frames.time_s[b - 1] - frames.time_s[a]) + FRAME_S
            if seconds >= STOP_S:
                due = max(one.first, int(np.searchsorted(frames.time_s, frames.time_s[a] - OVERDUE_S)))
                waited = float(frames.time_s[b - 1] - frames.time_s[due])
                out.append(Stop(float(frames.time_s[due]), waited, float(frames.x[a])))
    return out


def _merged(runs: list[tuple[int, int]], frames: Frames) -> list[tuple[int, int]]:
    """Put runs of frames together between which the player has not gone on."""
    out: list[tuple[int, int]] = []
    for a, b in runs:
        if out and frames.x[a] == frames.x[out[-1][0]] and frames.time_s[a] - frames.time_s[out[-1][1] - 1] < STOP_S:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out
