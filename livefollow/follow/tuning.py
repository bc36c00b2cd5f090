"""Whole semitones between what is heard and what is printed: pianos at 415 Hz, digital ones that transpose.

What is a fraction of a semitone is taken out of the frames (`features.tuning`). Which semitone fits the score is asked
only while the player is not known to be in it: for each shift a search over the whole score, fed by the same evidence
as the localizer's own. Part of the stepping thread.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from livefollow.constants import FPS
from livefollow.follow.hmm.emission import Evidence
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import Chart
from livefollow.follow.hmm.search import Search
from livefollow.follow.position import Estimate, State
from livefollow.networks.listener import FloatArray

MOST_SEMITONES = 2  # up and down
AGAIN_S = 15.0  # of what was heard, that is heard again with another shift
ENTERS = 0.02  # share of the players in a frame who begin, or begin anew, anywhere in the score
MEMORY = 40.0  # onsets for which evidence counts
BETTER = 9.0  # nats by which another shift must explain more than the one in force
FITS = 6.0  # nats by which it must explain more than music that is not the score
FAINT = 0.05  # an onset less probable than this is not looked at
LEAST_HEARD = 0.3  # onsets in a frame, below which it says nothing
LEAST = 1e-30  # likelihood

SEARCHED = (State.WAITING, State.LOST)

Row = tuple[FloatArray, FloatArray, float]  # onsets and sounding pitches of a frame, (88,) each, and its level, dB


def moved(pitches: FloatArray, semitones: int) -> FloatArray:
    """(…, 88) probabilities of keys that lie so many semitones higher; what leaves the keyboard is dropped."""
    if not semitones:
        return pitches
    out = np.zeros_like(pitches)
    if semitones > 0:
        out[..., semitones:] = pitches[..., :-semitones]
    else:
        out[..., :semitones] = pitches[..., -semitones:]
    return out


def heard_by(localizer: Localizer, row: Row, shift: ShiftSearch) -> Estimate:
    """The estimate after a frame, moved by the shift that fits; with another shift, after all that was heard anew."""
    estimate = _step(localizer, row, shift.semitones)
    if estimate.state not in SEARCHED:
        shift.settled()
    elif shift.hear(localizer.chart, row):
        if estimate.state is State.WAITING:
            localizer.place(float(localizer.chart.places[0]))
        for before in shift.again():
            estimate = _step(localizer, before, shift.semitones)
    return estimate


def _step(localizer: Localizer, row: Row, semitones: int) -> Estimate:
    onsets, sounding, level = row
    return localizer.step(moved(onsets, semitones), moved(sounding, semitones), level)


class ShiftSearch:
    """Finds the shift that fits a score.

    Attributes:
        semitones: by which what is heard is to be moved up to be what is printed.
    """

    def __init__(self) -> None:
        """Take the instrument to be in tune."""
        self.semitones = 0
        self._rows: deque[Row] = deque(maxlen=round(AGAIN_S * FPS))
        self._chart: Chart | None = None
        self._searches: dict[int, Search] = {}
        self._fit: dict[int, float] = {}
        self._other: dict[int, float] = {}

    def settled(self) -> None:
        """The player is in the score: nothing is asked any more, and what was heard is forgotten."""
        self._rows.clear()
        self._searches.clear()

    def hear(self, chart: Chart, row: Row) -> bool:
        """Hear a frame while the player is not known to be in the score.

        Args:
            chart: of the score, as far as it is read.
            row: the frame as it was heard, not moved.

        Returns:
            Whether another shift is in force now; `again` gives what is to be heard anew.
        """
        self._rows.append(row)
        onsets = row[0]
        if float(onsets[onsets >= FAINT].sum()) < LEAST_HEARD:
            return False
        if not self._searches:
            self._begin(chart)
        elif chart is not self._chart:
            self._chart = chart
            for search in self._searches.values():
                search.extend(chart.real)
        for semitones, search in self._searches.items():
            self._step(semitones, search, chart.emission(moved(onsets, semitones)))
        best = max(self._fit, key=lambda s: self._fit[s])
        better = self._fit[best] - self._fit[self.semitones]
        if best == self.semitones or better < BETTER or self._fit[best] - self._other[best] < FITS:
            return False
        self.semitones = best
        return True

    def again(self) -> list[Row]:
        """What was heard since the player was last known to be in the score, at most AGAIN_S, not moved."""
        return list(self._rows)

    def _begin(self, chart: Chart) -> None:
        self._chart = chart
        shifts = range(-MOST_SEMITONES, MOST_SEMITONES + 1)
        self._searches = {semitones: Search(chart.real, chart.settings) for semitones in shifts}
        self._fit = dict.fromkeys(shifts, 0.0)
        self._other = dict.fromkeys(shifts, 0.0)

    def _step(self, semitones: int, search: Search, evidence: Evidence) -> None:
        """One shift's search goes on; its masses are kept at a sum of 1."""
        entering = np.full(len(search.events), ENTERS / len(search.events), np.float32)
        search.scale(1 - ENTERS)
        likelihood = max(search.step(evidence, entering), LEAST)
        search.scale(1 / likelihood)
        keep = float(np.exp(-evidence.heard / MEMORY))
        self._fit[semitones] = keep * self._fit[semitones] + float(np.log(likelihood)) + evidence.reference
        other = float(np.log(max(float(evidence.others.max()), LEAST)))
        self._other[semitones] = keep * self._other[semitones] + other + evidence.reference
