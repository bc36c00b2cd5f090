"""The practice report of a session: how each bar went, where the player stopped and went back, and how fast it was.

Only what is sure counts: a bar that was followed with doubt has no figures.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from livefollow.follow.position import State
from livefollow.practice.bar_map import SAME_PX, BarMap, FloatArray, IntArray
from livefollow.practice.passes import (
    FRAME_S,
    Frames,
    Leap,
    Pass,
    Stop,
    find_passes,
    find_stops,
    held_back,
    sure_frames,
)

LONGEST_WAIT_S = 10.0  # of a wait that counts as practised: who waits longer does something else
SURE_SHARE = 0.8  # of a bar's frames that must be sure
PLAYED_SHARE = 0.6  # of a bar, quarter notes, from which it counts as played
SLACK = 0.15  # of a bar's time that may be lost without a sign of hesitation
SLOW = 1.0  # of a bar's time lost, from which it is all hesitation
LATE_S = 0.5  # by which the follower leaves a place late, and finds the next one
PACE_FRAMES = 40  # after a leap, in which its pace is measured
FEWEST_BARS = 3  # of a pass, from which it has a tempo of its own
LONGEST_BEAT_S, SHORTEST_BEAT_S = 6.0, 0.1  # of a quarter note: what is beyond is no tempo
FEWEST_STOPS = 2  # at one bar, to be named
OFTEN = 3  # times that a passage must have been played, to be named
OFTEN_SHARE = 0.75  # of the most frequent bar's times that the bars of a passage have
OFTENER = 1.5  # times as often as the other bars


@dataclass(frozen=True)
class BarPass:
    """A bar played from its first note to the next bar's.

    Attributes:
        bar: index.
        time_s: when it began.
        seconds: how long it took, stops included.
        stopped: seconds of stops in it.
    """

    bar: int
    time_s: float
    seconds: float
    stopped: float


@dataclass(frozen=True)
class PlayedJump:
    """The player went elsewhere.

    Attributes:
        time_s: when they had arrived.
        left, came: strip px from where and to where.
        kind: why.
    """

    time_s: float
    left: float
    came: float
    kind: Leap


@dataclass(frozen=True, eq=False)
class Report:
    """What a session shows. Arrays have an element for each of the N bars of `bars`.

    Attributes:
        bars: of the score.
        seconds: for which was played.
        times: how often each bar was played.
        doubtful: whether a bar was played, but followed with doubt.
        stops: in each bar: before the first note of it, or within.
        broken_off: how often the player went back out of a bar.
        hesitation: 0 fluent to 1 hesitating; NaN for bars that were not played through, or followed with doubt.
        tempo: median, quarter notes a minute; NaN where there is none.
        slower, faster: quartiles of its times: half of them lie between.
        passes: each bar that was played through.
        jumps: in order.
        waits: stops, in order.
    """

    bars: BarMap
    seconds: float
    times: IntArray
    doubtful: npt.NDArray[np.bool_]
    stops: IntArray
    broken_off: IntArray
    hesitation: FloatArray
    tempo: FloatArray
    slower: FloatArray
    faster: FloatArray
    passes: tuple[BarPass, ...]
    jumps: tuple[PlayedJump, ...]
    waits: tuple[Stop, ...]


@dataclass(frozen=True)
class Summary:
    """What one sentence says of a session; None for what there is nothing to say about.

    Attributes:
        seconds: for which was played.
        passage: numbers of the first and last bar of what was played most, and how often.
        stops: number of the bar that most stops were at, whether they were before its first note, and how many.
    """

    seconds: float
    passage: tuple[int, int, int] | None
    stops: tuple[int, bool, int] | None


def make_report(frames: Frames, bars: BarMap) -> Report:
    """Make the report of a session."""
    frames = held_back(frames, bars)
    passes = find_passes(frames, bars)
    waits = find_stops(frames, passes)
    played = bar_passes(frames, passes, waits, bars)
    n = len(bars)
    times, sure_times = _times(frames, passes, bars)
    jumps = _jumps(frames, passes, bars)
    stops, broken_off = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for wait in waits:
        stops[bars.next_bar(wait.x)[0]] += 1
    for jump in jumps:
        if jump.kind is Leap.BACK:
            broken_off[int(bars.at(jump.left))] += 1
    tempo, slower, faster = _tempi(played, bars)
    doubtful = times > sure_times
    doubtful &= sure_times < np.maximum(1, SURE_SHARE * times)
    hesitation = _hesitation(played, passes, frames, bars, stops, broken_off, sure_times)
    measured = np.zeros(n, bool)
    measured[[one.bar for one in played]] = True
    hesitation[doubtful | ~(measured | (stops > 0) | (broken_off > 0))] = np.nan
    return Report(
        bars,
        practised_s(frames),
        times,
        doubtful,
        stops,
        broken_off,
        hesitation,
        tempo,
        slower,
        faster,
        tuple(played),
        tuple(jumps),
        tuple(waits),
    )


def practised_s(frames: Frames) -> float:
    """Seconds for which the player played, short waits included."""
    if not len(frames):
        return 0.0
    gaps = np.minimum(np.diff(frames.time_s, prepend=frames.time_s[0] - FRAME_S), FRAME_S)
    holding = frames.state == State.HOLDING
    total = float(gaps[frames.state == State.FOLLOWING].sum())
    edges = np.flatnonzero(np.diff(holding.astype(np.int8), prepend=0, append=0))
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        total += min(float(gaps[a:b].sum()), LONGEST_WAIT_S)
    return total


def bar_passes(frames: Frames, passes: list[Pass], waits: list[Stop], bars: BarMap) -> list[BarPass]:
    """Find each bar that was played through, from its first event to the next bar's, in one system or over its end."""
    out: list[BarPass] = []
    wait_at = np.array([wait.time_s for wait in waits])
    wait_s = np.array([wait.seconds for wait in waits])
    sure = sure_frames(frames)
    for one in passes:
        x = np.maximum.accumulate(one.places(frames))
        first, last = int(np.searchsorted(bars.starts, x[0] - SAME_PX)), int(bars.at(x[-1]))
        at = np.searchsorted(x, bars.starts[first : last + 1] - SAME_PX) + one.first
        for k in range(len(at) - 1):
            a, b = int(at[k]), int(at[k + 1])
            if b <= a or sure[a:b].mean() < SURE_SHARE:
                continue
            begin, end = float(frames.time_s[a]), float(frames.time_s[b])
            stopped = float(wait_s[(wait_at >= begin) & (wait_at < end)].sum()) if len(waits) else 0.0
            out.append(BarPass(first + k, begin, end - begin, stopped))
    return out


def tempo_of(one: BarPass, bars: BarMap) -> float:
    """Quarter notes a minute of a bar that was played through; NaN where the player stopped in it."""
    beat_s = one.seconds / float(bars.beats[one.bar])
    if one.stopped or not SHORTEST_BEAT_S <= beat_s <= LONGEST_BEAT_S:
        return float("nan")
    return 60.0 / beat_s


def summarise(report: Report) -> Summary:
    """Say the most important of a session."""
    return Summary(report.seconds, _passage(report), _most_stops(report))


def _times(frames: Frames, passes: list[Pass], bars: BarMap) -> tuple[IntArray, IntArray]:
    """Return how often each bar was played, and how often of that surely."""
    n = len(bars)
    sure_times = np.zeros(n, np.int64)
    edges = np.append(bars.beat(bars.starts), bars.event_beat[-1] + 1e-3)
    for one in passes:
        x = one.places(frames)
        low, high = float(bars.beat(x.min())), float(bars.beat(x.max()))
        share = (np.minimum(high, edges[1:]) - np.maximum(low, edges[:-1])) / np.maximum(np.diff(edges), 1e-6)
        # The last event of a bar is reached, not its end.
        sure_times += (share >= PLAYED_SHARE) | _reached(bars, float(x.min()), float(x.max()))
    doubt = (frames.state == State.FOLLOWING) & ~sure_frames(frames)
    visited = bars.at(frames.x[doubt])
    unsure = np.bincount(visited, minlength=n) * FRAME_S > 1.0
    return sure_times + unsure, sure_times


def _reached(bars: BarMap, low: float, high: float) -> npt.NDArray[np.bool_]:
    """(N,) whether first and last event of each bar lie between two places."""
    after = np.append(bars.starts[1:], np.inf)
    last = bars.event_x[np.maximum(0, np.searchsorted(bars.event_x, after - SAME_PX) - 1)]
    return (bars.starts >= low - SAME_PX) & (last <= high + SAME_PX)


def _jumps(frames: Frames, passes: list[Pass], bars: BarMap) -> list[PlayedJump]:
    """Return the leaps with their places, corrected by how late the follower is."""
    out = []
    for before, one in pairwise(passes):
        if one.arrived:
            gone = int(np.searchsorted(frames.time_s, frames.time_s[before.end - 1] - LATE_S))
            left = float(frames.x[max(before.first, gone)])
            beat, time_s = bars.beat(one.places(frames)), frames.time_s[one.first : one.end]
            after = min(len(beat) - 1, PACE_FRAMES)
            pace = float(beat[after] - beat[0]) / max(FRAME_S, float(time_s[after] - time_s[0]))
            came = float(np.interp(beat[0] - LATE_S * max(0.0, pace), bars.event_beat, bars.event_x))
            out.append(PlayedJump(float(time_s[0]), left, came, one.arrived))
    return out


def _tempi(played: list[BarPass], bars: BarMap) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Median and quartiles of the tempi of each bar."""
    out = np.full((3, len(bars)), np.nan)
    by_bar: dict[int, list[float]] = {}
    for one in played:
        tempo = tempo_of(one, bars)
        if np.isfinite(tempo):
            by_bar.setdefault(one.bar, []).append(tempo)
    for bar, tempi in by_bar.items():
        out[:, bar] = np.percentile(tempi, (50, 25, 75))
    return out[0], out[1], out[2]


def _hesitation(
    played: list[BarPass],
    passes: list[Pass],
    frames: Frames,
    bars: BarMap,
    stops: IntArray,
    broken_off: IntArray,
    times: IntArray,
) -> FloatArray:
    """(N,) mean over the times that each bar was played: 0 in tempo, 1 with a stop, broken off, or at half the tempo.

    The tempo of a pass is the median of its bars; of a short one, that of the session.
    """
    beat_s = np.array([(one.seconds - one.stopped) / float(bars.beats[one.bar]) for one in played])
    usual = float(np.median(beat_s)) if len(beat_s) else 1.0
    begins = np.array([frames.time_s[one.first] for one in passes])
    of = np.searchsorted(begins, [one.time_s + FRAME_S / 2 for one in played], side="right") - 1
    own = {k: float(np.median(beat_s[of == k])) for k, count in Counter(of.tolist()).items() if count >= FEWEST_BARS}
    lost = np.zeros(len(bars))
    for one, k in zip(played, of.tolist(), strict=True):
        if not one.stopped:
            expected = own.get(k, usual) * float(bars.beats[one.bar])
            lost[one.bar] += float(np.clip((one.seconds / expected - 1 - SLACK) / (SLOW - SLACK), 0, 1))
    total = lost + stops + broken_off
    visits = np.maximum(times, np.bincount([one.bar for one in played], minlength=len(bars)))
    return np.minimum(1.0, total / np.maximum(1, np.maximum(visits, broken_off)))


def _passage(report: Report) -> tuple[int, int, int] | None:
    """Find what was played clearly more often than the rest."""
    times = report.times
    most = int(times.max(initial=0))
    if most < OFTEN:
        return None
    often = times >= OFTEN_SHARE * most
    peak = int(np.argmax(times))
    first = last = peak
    while first > 0 and often[first - 1]:
        first -= 1
    while last + 1 < len(often) and often[last + 1]:
        last += 1
    rest = np.delete(times, slice(first, last + 1))
    rest = rest[rest > 0]
    count = int(np.median(times[first : last + 1]))
    if len(rest) and count < OFTENER * float(np.median(rest)):
        return None
    numbers = report.bars.numbers
    return int(numbers[first]), int(numbers[last]), count


def _most_stops(report: Report) -> tuple[int, bool, int] | None:
    """Find the bar with most stops; None without at least two at one."""
    at = [report.bars.next_bar(wait.x) for wait in report.waits]
    counted = Counter(bar for bar, _ in at)
    if not counted:
        return None
    bar, count = max(counted.items(), key=lambda item: (item[1], -item[0]))
    if count < FEWEST_STOPS:
        return None
    before = sum(1 for other, is_first in at if other == bar and is_first)
    return int(report.bars.numbers[bar]), before * 2 > count, count
