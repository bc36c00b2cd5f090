"""Summarise the figures of many pieces: means over pieces, pooled ratios, and bootstrap intervals over pieces.

A piece that failed counts as zero: leaving out the hard ones would raise the mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.evaluate.cases import Case
from livefollow.evaluate.metrics import WITHIN_S, PieceFigures, median_seconds, within
from livefollow.follow.position import State
from livefollow.follow.track import Track
from livefollow.tables import FloatArray

DRAWS = 2000
LEVEL = 0.95
RECOVERED_S = (1.0, 3.0)


@dataclass(frozen=True, eq=False)
class Result:
    """The result of a follower on a case.

    Attributes:
        case: the case.
        track: what it said; None when it failed.
        figures: None when it failed, or the sound is not the piece.
        error: why it failed; empty when it did not.
        following_s: seconds it "followed" a sound that is not the piece; None where it is.
    """

    case: Case
    track: Track | None = None
    figures: PieceFigures | None = None
    error: str = ""
    following_s: float | None = None


@dataclass(frozen=True)
class IntervalEstimate:
    """A figure with its interval: the share LEVEL of the bootstrap's draws lies between low and high."""

    mean: float
    low: float
    high: float


def bootstrap(values: npt.ArrayLike, weights: npt.ArrayLike | None = None, seed: int = 0) -> IntervalEstimate:
    """Weighted mean over pieces with a percentile bootstrap interval (Efron and Tibshirani 1993, section 13.3).

    Pieces are drawn with their weights: a ratio pooled over onsets is `bootstrap(hits / onsets, onsets)`.

    Args:
        values: (n,) one per piece; n >= 1.
        weights: (n,) not negative; equal by default.
        seed: of the draws.

    Raises:
        ValueError: there are no values, or the weights are all zero.
    """
    v = np.asarray(values, np.float64)
    w = np.ones(len(v)) if weights is None else np.asarray(weights, np.float64)
    if not len(v) or not w.sum() > 0:
        raise ValueError("no pieces to draw from")
    drawn = np.random.default_rng(seed).integers(0, len(v), (DRAWS, len(v)))
    total = w[drawn].sum(1)
    means = (v[drawn] * w[drawn]).sum(1)[total > 0] / total[total > 0]
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return IntervalEstimate(float((v * w).sum() / w.sum()), float(low), float(high))


def summarize(results: Sequence[Result]) -> dict[str, IntervalEstimate]:
    """Compute a follower's figures over all cases; those without anything to measure are left out.

    R_tue: share of pieces followed to the end; R_on: share of onsets reached, pooled over onsets; R_on_piece: the
    same averaged over pieces; within_*s, page_ok, system_ok: shares of onsets, averaged over pieces; median_s: median
    |onset error| in seconds, the median over pieces without an interval; dx_px, dx_cm: |dx|, all onsets pooled, b where
    lost; dx_tracked_px, dx_tracked_cm: until lost; *_std likewise; recovered_*s: share of jumps and stops;
    false_jumps: per minute of plain play, pooled; wrong_page_s: seconds of an hour of playing, pooled; following_s:
    mean seconds of following what is not the piece; following: the same as a share of the frames.
    """
    pieces = [r for r in results if r.case.truth is not None]
    out: dict[str, IntervalEstimate] = {}
    if pieces:
        out |= _shares(pieces) | _distances(pieces) | _jumps(pieces)
    foreign = [r.following_s for r in results if r.following_s is not None]
    if foreign:
        out["following_s"] = bootstrap(foreign)
    deceived = [r.track for r in results if r.following_s is not None and r.track is not None]
    if deceived:
        out["following"] = bootstrap([float(np.mean(track.state == State.FOLLOWING)) for track in deceived])
    return out


def _shares(pieces: Sequence[Result]) -> dict[str, IntervalEstimate]:
    def mean(figure: Callable[[PieceFigures], float]) -> IntervalEstimate:
        return bootstrap([figure(r.figures) if r.figures else 0.0 for r in pieces])

    onsets = [_onsets(r) for r in pieces]
    out = {
        "R_tue": mean(lambda f: float(f.followed)),
        "R_on": bootstrap([r.figures.r_on if r.figures else 0.0 for r in pieces], onsets),
        "R_on_piece": mean(lambda f: f.r_on),
    }
    for limit in WITHIN_S:
        out[f"within_{limit:g}s"] = mean(lambda f, limit=limit: within(f.errors, limit))  # type: ignore[misc]
    out["page_ok"] = mean(lambda f: float(f.errors.page_ok.mean()))
    out["system_ok"] = mean(lambda f: float(f.errors.system_ok.mean()))
    medians = [median_seconds(r.figures.errors) if r.figures else math.inf for r in pieces]
    out["median_s"] = IntervalEstimate(float(np.median(medians)), math.nan, math.nan)
    return out


def _distances(pieces: Sequence[Result]) -> dict[str, IntervalEstimate]:
    everything = [r.figures.dx if r.figures else np.full(_onsets(r), r.case.lost_px) for r in pieces]
    out = _spread("dx", everything, pieces)
    some = [r for r in pieces if r.figures and r.figures.reached]
    if some:
        out |= _spread("dx_tracked", [r.figures.dx_tracked for r in some if r.figures], some)
    return out


def _spread(name: str, parts: Sequence[FloatArray], pieces: Sequence[Result]) -> dict[str, IntervalEstimate]:
    """Mean and standard deviation of |dx|, strip px, all onsets pooled; and in the cm of each piece's task."""
    out = {}
    in_cm = [part * r.case.cm_per_px for part, r in zip(parts, pieces, strict=True)]
    for unit, values in (("px", parts), ("cm", in_cm)):
        out[f"{name}_{unit}"] = bootstrap([value.mean() for value in values], [len(value) for value in values])
        out[f"{name}_std_{unit}"] = IntervalEstimate(float(np.concatenate(values).std()), math.nan, math.nan)
    return out


def _jumps(pieces: Sequence[Result]) -> dict[str, IntervalEstimate]:
    out = {}
    found = [[x.seconds for x in r.figures.recoveries] if r.figures else [math.inf] * len(r.case.jumps) for r in pieces]
    with_jumps = [np.array(f) for f in found if f]
    if with_jumps:
        for limit in RECOVERED_S:
            shares = [float(np.mean(f <= limit)) for f in with_jumps]
            out[f"recovered_{limit:g}s"] = bootstrap(shares, [len(f) for f in with_jumps])
    minutes = [(r.figures.false_jumps, r.figures.plain_s / 60) for r in pieces if r.figures and r.figures.plain_s > 0]
    if minutes:
        out["false_jumps"] = bootstrap([count / m for count, m in minutes], [m for _, m in minutes])
    hours = [(r.figures.wrong_page_s, r.figures.playing_s / 3600) for r in pieces if r.figures and r.figures.playing_s]
    if hours:
        out["wrong_page_s"] = bootstrap([seconds / h for seconds, h in hours], [h for _, h in hours])
    return out


def _onsets(result: Result) -> int:
    return len(result.case.truth) if result.case.truth else 0
