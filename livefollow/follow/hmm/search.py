"""Where else in the whole score the player may be: a forward filter over all events without tempo.

It goes on only when something is heard, and asks nothing of the time between: tempo is for where the player is known
to be. It is fed by the player's chances to leave the place where they are believed to be, and its masses compete with
that belief and with music that is not the score. A handful of vector operations on E numbers per frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.follow.hmm.emission import N_STAGES, Evidence
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.hmm.tempo_filter import ATTACK, SKIPS, SUSTAIN, TAIL, Alone, own_next

FloatArray = npt.NDArray[np.float32]

FAINT = np.float32(1e-9)  # masses below go on with both hands
LEAST = np.float32(1e-25)  # masses below are nothing: single precision has no less
ABOUT = 2  # events to either side of one that are the same place


@dataclass(frozen=True)
class Alternation:
    """How those go on of whom one hand plays, perhaps.

    Attributes:
        beginning: (2,) probability that the upper hand, and the lower, plays alone where one begins.
        behind: (2, E) the next event of each hand after an event; E where it has none.
    """

    beginning: FloatArray
    behind: npt.NDArray[np.intp]


class Search:
    """The filter over E events, those of `Emission`: the first is the silence before the piece.

    Attributes:
        mass: (3, E) of attack, tail and sustain; their sum is the belief that the player is found here.
        events: (E,) the same of all three together.
        one_hand: (2, E) probability that players there play with the upper hand alone, and with the lower.
        age: (E,) mean number of events that players there have gone on since they began.
    """

    def __init__(self, real: npt.NDArray[np.float64], settings: Settings, alone: Alone = None) -> None:
        """Take the events: (E,) probability that each is there and played; whether it is others' alone, if any is."""
        self.mass = np.zeros((N_STAGES, 0), np.float32)
        self.one_hand = np.zeros((2, 0), np.float32)
        self.age = np.zeros(0, np.float32)
        self._settings = settings
        self._total: float | None = None  # of `events`, and their best, once somebody has asked
        self._best: tuple[int, float] | None = None
        self.extend(real, alone)

    def extend(self, real: npt.NDArray[np.float64], alone: Alone = None) -> None:
        """Take the events of a longer score that begins with the same ones; arguments as at first."""
        more = np.zeros((N_STAGES, len(real) - self.mass.shape[1]), np.float32)
        self.mass = np.concatenate([self.mass, more], 1)
        self.one_hand = np.concatenate([self.one_hand, more[1:]], 1)
        self._count(self.mass.sum(0))
        self.age = np.concatenate([self.age, np.zeros(more.shape[1], np.float32)])
        self._struck = real.astype(np.float32)
        self._passed = np.float32(self._settings.duration.in_no_time) * (1 - self._struck)
        self._on = np.float32(self._settings.transition.search_on)
        self._rests: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]] | None = None
        if alone is not None and len((at := own_next(alone))[0]):
            # Those who come to one rest stand together.
            self._rests = *at, np.flatnonzero(np.diff(at[1], prepend=-1))

    def step(self, evidence: Evidence, entering: FloatArray, hands: Alternation | None = None) -> float:
        """Go on by a frame.

        Args:
            evidence: of the frame.
            entering: (E,) mass of players who begin at each event in this frame.
            hands: how those go on of whom one hand plays, perhaps.

        Returns:
            The sum of the masses, × likelihood relative to the evidence's reference.
        """
        mass, rest = self.mass, self.mass
        heard = evidence.heard >= self._settings.observation.heard
        tail_stays = self._settings.duration.tail_stays
        if heard:
            gone = self._on * mass
            rest = mass - gone
        attack, tail, sustain = rest[ATTACK].copy(), rest[TAIL], rest[SUSTAIN]
        sustain += np.float32(1 - tail_stays) * tail
        tail *= np.float32(tail_stays)
        tail += attack
        rest[ATTACK] = entering
        alternating = None
        if heard:
            on = gone.sum(0)
            aged = rest.sum(0) - entering
            aged *= self.age
            older = on * self.age
            if self._rests is not None:
                self._over_rests(on, older, rest[ATTACK], aged)
            if hands:
                alternating = self._alternate(hands, on, older, rest, aged)
            for k in range(1, SKIPS + 1):
                on, older = on[:-1], older[:-1]
                rest[ATTACK, k:] += self._struck[k:] * on
                aged[k:] += (self._struck[k:] + self._passed[k:]) * (older + np.float32(k) * on)
                on, older = self._passed[k:] * on, self._passed[k:] * older
                sustain[k:] += on
            self.age = aged / (rest.sum(0) + LEAST)
        if alternating:
            self._weigh(*alternating, evidence, rest)
        else:
            rest *= evidence.events
        self.mass = rest
        self._count(np.add.reduce(rest, 0))
        return self.total

    def expect(self, practising: float) -> None:
        """Say how surely the player practises: it takes less then to find them elsewhere."""
        transition = self._settings.transition
        share = min(1.0, practising)
        self._on = np.float32((1 - share) * transition.search_on + share * transition.search_on_again)

    def _over_rests(self, on: FloatArray, older: FloatArray, attack: FloatArray, aged: FloatArray) -> None:
        """Some of those who come to what is others' alone go on with the piano's own next event: time is not asked."""
        assert self._rests
        source, own, first = self._rests
        share, behind = np.float32(self._settings.transition.rests), own[first]
        struck = self._struck[own] * (share * on[source])
        attack[behind] += np.add.reduceat(struck, first)
        aged[behind] += np.add.reduceat(struck * (self.age[source] + (own - source)), first)
        on[source] *= 1 - share
        older[source] *= 1 - share

    def _alternate(
        self, hands: Alternation, on: FloatArray, older: FloatArray, rest: FloatArray, aged: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Those of whom one hand alone plays go on with its own next event, or the one after it.

        Returns:
            (2, E) masses of those with one hand, of each: who stay on an event, who strike it, who pass it in silence.
        """
        count, s = len(on), self._settings.hands
        moving = (self.one_hand + np.float32(s.change) * (np.float32(s.apart) - self.one_hand)) * on
        moving[moving < FAINT] = 0
        stay = self.one_hand * (rest[TAIL] + rest[SUSTAIN])
        strike, passing = hands.beginning[:, None] * rest[ATTACK], np.zeros_like(stay)
        on -= moving.sum(0)
        older[:] = on * self.age
        for hand, behind in enumerate(hands.behind):
            source = np.flatnonzero(moving[hand])
            source = source[behind[source] < count]
            masses, target = moving[hand, source], behind[source]
            ages, steps = masses * self.age[source], target - source
            for _ in range(2):
                struck = self._struck[target]
                strike[hand] += np.bincount(target, masses * struck, count).astype(np.float32)
                aged += np.bincount(target, (ages + steps * masses) * struck, count).astype(np.float32)
                passed = self._passed[target]
                masses, ages = masses * passed, ages * passed
                passing[hand] += np.bincount(target, masses, count).astype(np.float32)
                aged += np.bincount(target, ages + steps * masses, count).astype(np.float32)
                on_again = behind[target] < count
                source, target, masses, ages = source[on_again], target[on_again], masses[on_again], ages[on_again]
                target = behind[target]
                steps = target - source
        rest[ATTACK] += strike.sum(0) - hands.beginning.sum() * rest[ATTACK]
        rest[SUSTAIN] += passing.sum(0)
        return stay, strike, passing

    def _weigh(
        self, stay: FloatArray, strike: FloatArray, passing: FloatArray, evidence: Evidence, rest: FloatArray
    ) -> None:
        """Weigh the masses of `rest` by the evidence, those with one hand, from `_alternate`, by what it would play."""
        by_hand = np.repeat(evidence.events[None, ATTACK], 1 + len(strike), 0)
        first = evidence.first
        by_hand[:, first : first + evidence.by_hand.shape[1]] = evidence.by_hand
        both = rest[ATTACK] - strike.sum(0)
        strike *= by_hand[1:]
        heard = rest[TAIL] + rest[SUSTAIN] + LEAST
        rest[ATTACK] = both * by_hand[0] + strike.sum(0)
        rest[1:] *= evidence.events[1:]
        goes_on = (rest[TAIL] + rest[SUSTAIN]) / heard
        self.one_hand = np.asarray(((stay + passing) * goes_on + strike) / (rest.sum(0) + LEAST))

    def scale(self, factor: float) -> None:
        """Multiply all masses, so that they stay comparable with those outside; the faintest are dropped."""
        self.mass *= np.float32(factor)
        self.mass[self.mass < LEAST] = 0
        self._count(self.events * np.float32(factor))

    def best(self) -> tuple[int, float, float]:
        """The likeliest event, the mass of the events about it, and all mass."""
        if self._best is None:
            best = int(self.events.argmax())
            self._best = best, self.about(best)
        return *self._best, self.total

    def about(self, event: int) -> float:
        """The mass of the events about one."""
        return float(self.events[max(0, event - ABOUT) : event + ABOUT + 1].sum())

    def take(self, start: int, stop: int) -> FloatArray:
        """Take out the masses of events, (3, stop - start)."""
        taken = self.mass[:, start:stop].copy()
        self.mass[:, start:stop] = 0
        self.events[start:stop] = 0
        self._count(self.events)
        return taken

    def shift(self, events: slice, offset: int, share: float) -> None:
        """Move a share of the masses of some events to those that are `offset` events further on, or back.

        There they count as having begun with the first of them at the earliest.
        """
        first, stop = max(events.start, -offset), min(events.stop, len(self.events) - max(0, offset))
        moved = np.float32(share) * self.mass[:, first:stop]
        self.mass[:, first:stop] -= moved
        self.mass[:, first + offset : stop + offset] += moved
        self.age[first + offset : stop + offset] = np.minimum(self.age[first:stop], np.arange(stop - first))
        self._count(self.mass.sum(0))

    def put(self, event: int, mass: float) -> None:
        """Add the mass of players who are on an event."""
        self.mass[SUSTAIN, event] += np.float32(mass)

    @property
    def total(self) -> float:
        """The belief that the player is found here."""
        if self._total is None:
            self._total = float(self.events.sum(dtype=np.float64))
        return self._total

    def _count(self, events: FloatArray) -> None:
        """Take note of the (E,) masses of events, which have changed."""
        self.events = events
        self._total = self._best = None
