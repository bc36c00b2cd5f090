"""The route of a player who practises: short attempts at the same bars, again and again.

Drawn to the statistics of 263 attempts in recorded rehearsals (10/25/50/75/90 %): an attempt has 4/7/16/31/72 onsets;
the pause before the next one lasts .35/.46/.75/1.9/3.6 s; 85 % go back, by 3/6/12/29/82 onsets, the others leave one or
two out; 56 % begin where the attempt before began, give or take an onset.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from livefollow.train.data.performance.passage import EPS, Passage

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.3, 20.0


@dataclass(frozen=True)
class Spread:
    """A log-normal distribution, by its median and the standard deviation of its logarithm."""

    median: float
    deviation: float

    def draw(self, rng: np.random.Generator) -> float:
        """Draw one value."""
        return float(self.median * np.exp(self.deviation * rng.standard_normal()))

    def count(self, rng: np.random.Generator) -> int:
        """Draw one value as a whole number, 1 or more."""
        return max(1, round(self.draw(rng)))


@dataclass(frozen=True)
class Rehearsal:
    """Statistics of how a player practises. Shares and probabilities are 0 … 1."""

    onsets: Spread = Spread(14, 1.1)  # of an attempt
    through: Spread = Spread(70, 0.7)  # onsets of the last attempt at a passage, which is played on from
    attempts: Spread = Spread(6, 0.9)  # at one passage
    pause_s: Spread = Spread(0.45, 1.5)  # between two attempts, beyond the shortest
    back: Spread = Spread(12, 1.4)  # onsets that the player goes back, to another start than before
    same: float = 0.66  # of the attempts that go back: begin where the one before began
    off_by_one: float = 0.2  # of these: an onset before or after it
    skip: float = 0.17  # attempts that leave out one or two onsets after the one before broke off
    to_bar: float = 0.6  # of the other starts: at the beginning of a bar
    from_start: float = 0.4  # rehearsals that begin with the piece
    elsewhere: float = 0.2  # passages after which the player goes anywhere in the piece
    again: float = 0.1  # passages after which the player begins the piece anew
    hands: float = 0.2  # passages practised with each hand alone first
    slow: float = 0.15  # passages read slowly
    slow_tempo: tuple[float, float] = (0.3, 0.5)  # × the player's
    tempo: tuple[float, float] = (0.8, 1.1)  # × the player's, of the other passages
    slipped: float = 0.4  # attempts that break off at a wrong key


class Rehearsing:
    """Draws one attempt after another, without end."""

    def __init__(
        self, onsets: Sequence[float], bars: Sequence[float], how: Rehearsal, rng: np.random.Generator
    ) -> None:
        """Begin at the first onset, or at a drawn one.

        Args:
            onsets: printed onsets, quarter notes, rising, one at least.
            bars: where bars begin, quarter notes, rising.
            how: the player practises.
            rng: decides.
        """
        self._onsets, self._bars, self._how, self._rng = onsets, bars, how, rng
        self._bar_starts = sorted({self._from(bar) for bar in bars}) or [0]
        self._start = 0 if rng.random() < how.from_start else int(rng.choice(self._bar_starts))
        self._stop = self._start  # number of the first onset that was not played
        self._begun = False

    def __iter__(self) -> Iterator[Passage]:
        """Attempts in the order played.

        Each ends just after its last onset, so `wait_s` is the pause from that onset to the next attempt's first.
        """
        how, rng = self._how, self._rng
        while True:
            hands = [int(hand) for hand in rng.permutation(2)] if rng.random() < how.hands else []
            tempo = float(rng.uniform(*(how.slow_tempo if rng.random() < how.slow else how.tempo)))
            for hand in (*hands, None):
                for _ in range(max(1, how.attempts.count(rng) // (1 + len(hands)))):
                    yield self._attempt(how.onsets, tempo, hand)
                    self._start = self._retry()
            yield self._attempt(how.through, tempo, None)
            self._start = self._next_passage()

    def _attempt(self, length: Spread, tempo: float, hand: int | None) -> Passage:
        """The attempt that begins at the current start."""
        rng, before = self._rng, self._stop
        self._stop = min(self._start + length.count(rng), len(self._onsets))
        start, end = self._onsets[self._start], self._onsets[self._stop - 1] + 2 * EPS
        if not self._begun:
            self._begun = True
            return Passage(start, end, tempo=tempo, hand=hand)
        return Passage(
            start,
            end,
            entry="back" if self._start < before else "skip" if self._start > before else "stop",
            wait_s=min(SHORTEST_PAUSE_S + self._how.pause_s.draw(rng), LONGEST_PAUSE_S),
            tempo=tempo,
            hand=hand,
            slipped=bool(rng.random() < self._how.slipped),
        )

    def _retry(self) -> int:
        """Where the next attempt at the same passage begins."""
        how, rng = self._how, self._rng
        if rng.random() < how.skip and self._stop + 2 < len(self._onsets):
            return self._stop + int(rng.integers(1, 3))
        if rng.random() < how.same:
            beside = int(rng.choice((-1, 1))) if rng.random() < how.off_by_one else 0
            return min(max(0, self._start + beside), len(self._onsets) - 1)
        new = max(0, self._stop - how.back.count(rng))
        return self._bar_of(new) if rng.random() < how.to_bar else new

    def _next_passage(self) -> int:
        """Where the next passage begins."""
        how, rng = self._how, self._rng
        chance = rng.random()
        if chance < how.again:
            return 0
        if chance < how.again + how.elsewhere or self._stop >= len(self._onsets):
            return int(rng.choice(self._bar_starts))
        return self._bar_of(self._stop)

    def _bar_of(self, onset: int) -> int:
        """Number of the first onset of the bar that an onset is in."""
        bar = bisect_right(self._bars, self._onsets[onset] + EPS) - 1
        return self._from(self._bars[bar]) if bar >= 0 else 0

    def _from(self, quarter: float) -> int:
        """Number of the first onset at a quarter note or after it; the last one where there is none."""
        return min(bisect_right(self._onsets, quarter - EPS), len(self._onsets) - 1)
