"""Measure how somebody practises: the attempts of a performance, and their statistics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from livefollow.train.data.performance.performance import Played

SAME_ONSETS = 1  # onsets between two starts that count as the same


@dataclass(frozen=True)
class Attempt:
    """One go at a passage.

    Attributes:
        seconds: from its first onset to its last.
        onsets: score onsets that were played.
        pause_s: from its last onset to the first of the next attempt; NaN of the last attempt.
        back: score onsets from where it broke off back to where the next begins; negative where that one leaves some
            out; NaN of the last attempt.
        same: the next begins where this one began.
    """

    seconds: float
    onsets: int
    pause_s: float
    back: float
    same: bool


def attempts(played: Played) -> list[Attempt]:
    """The attempts of a performance, in the order played: what was played between two jumps or stops."""
    onsets = played.onsets
    score = np.unique(onsets["quarter"])
    place = np.searchsorted(score, onsets["quarter"])
    resumed = np.searchsorted(onsets["onset_s"], [j.t for j in played.jumps if not j.repeat])
    edges = np.unique(np.concatenate([[0], resumed, [len(onsets)]]))
    out = []
    for first, last in pairwise(edges.tolist()):
        seconds = float(onsets["onset_s"][last - 1] - onsets["onset_s"][first])
        if last == len(onsets):
            out.append(Attempt(seconds, last - first, np.nan, np.nan, False))
            continue
        pause = float(onsets["onset_s"][last] - onsets["onset_s"][last - 1])
        back = float(place[last - 1] + 1 - place[last])
        same = abs(int(place[last]) - int(place[first])) <= SAME_ONSETS
        out.append(Attempt(seconds, last - first, pause, back, same))
    return out


@dataclass(frozen=True)
class AttemptStatistics:
    """Statistics of many attempts; spreads are their 10, 25, 50, 75 and 90 % quantiles.

    Attributes:
        count: attempts.
        seconds, onsets, pause_s: (5,) of an attempt, and of the pause after it.
        back: (5,) onsets that the player goes back, of those who do.
        goes_back: share of attempts after which the player goes back.
        same: share of attempts after which the player begins where the attempt began.
    """

    count: int
    seconds: npt.NDArray[np.float64]
    onsets: npt.NDArray[np.float64]
    pause_s: npt.NDArray[np.float64]
    back: npt.NDArray[np.float64]
    goes_back: float
    same: float


QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
# 263 attempts in eleven recorded rehearsals.
RECORDED = AttemptStatistics(
    263,
    np.array([0.7, 1.5, 3.3, 7.6, 15.5]),
    np.array([4.0, 7, 16, 31, 72]),
    np.array([0.35, 0.46, 0.75, 1.9, 3.6]),
    np.array([3.0, 6, 12, 29, 82]),
    0.85,
    0.56,
)


def statistics(performances: Iterable[Played]) -> AttemptStatistics:
    """Statistics of the attempts in some performances.

    Raises:
        ValueError: nobody goes back in them.
    """
    every = [attempt for played in performances for attempt in attempts(played)]
    followed = [attempt for attempt in every if np.isfinite(attempt.back)]
    back = [attempt.back for attempt in followed if attempt.back > 0]
    if not back:
        raise ValueError("nobody goes back")
    return AttemptStatistics(
        len(every),
        np.quantile([a.seconds for a in every], QUANTILES),
        np.quantile([a.onsets for a in every], QUANTILES),
        np.quantile([a.pause_s for a in followed], QUANTILES),
        np.quantile(back, QUANTILES),
        len(back) / len(followed),
        float(np.mean([a.same for a in followed])),
    )
