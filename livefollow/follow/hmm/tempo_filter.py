"""Where the player is among the events around, and how fast: a forward filter over events × tempi.

A player on an event is in one of three states: attack (struck in this frame), tail (in the frames just before) and
sustain. In sustain the filter keeps how much of the time to the next event has gone, the *phase*, as a mean per event
and tempo; the chance to go on depends on it (`Dwell`). An event that is there may be left out or be invented by the
reader: then it passes in silence, in its own time or in none. An event that others alone have passes in its own time
when nothing is heard of it; the pianist may leave out all of them up to their own next one, too.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.dwell import Dwell
from livefollow.follow.hmm.emission import N_STAGES, Evidence
from livefollow.follow.hmm.settings import MINUTE_S, Settings

Array = npt.NDArray[np.float64]

ATTACK, TAIL, SUSTAIN = range(N_STAGES)
WINDOW = 64  # events
BEHIND = 16  # events kept behind the player when the window moves
SKIPS = 3  # events that may pass in no time
STALE = 8.0  # phase of one who has stopped
TINY = 1e-30  # of probability: no division by nothing
SLOWEST = 1e-3  # phase per frame
MASK_STEP = 0.03  # of a probability: smaller changes are not taken note of
FloatArray = npt.NDArray[np.float32]
Alone = npt.NDArray[np.bool_] | None
# Frames since an event was struck, mean: in its tail; as its tail ends; of an event that passed in silence.
IN_TAIL, AFTER_TAIL, PASSED = 1.3, 2.3, 0.5


class TempoFilter:
    """The filter over K tempi and the W events of a window.

    The E events of the score are those of `Emission`: the first is the silence before the piece.

    Attributes:
        tempi: (K,) quarter notes per second.
        first: index of the window's first event.
        columns: (3, W) probabilities of attack, tail and sustain, whatever the tempo, sum 1.
        phase: (K, W) mean phase of those in sustain.
        masked: probability that an event of the pianist is not heard.
    """

    def __init__(self, beats: Array, real: Array, settings: Settings, alone: Alone = None) -> None:
        """Take the events.

        Args:
            beats: (E,) quarter notes until the next event.
            real: (E,) probability that an event is there and played.
            settings: priors.
            alone: (E,) whether an event is others' alone, if any is.
        """
        self._settings, self._dwell = settings.duration, Dwell(settings)
        s = self._settings
        n = s.n_tempi
        self.tempi = np.geomspace(s.slowest, s.fastest, n) / MINUTE_S
        mix = np.eye(n) * (1 - 2 * s.tempo_step - s.tempo_leap) + s.tempo_leap / n
        mix += s.tempo_step * (np.eye(n, k=1) + np.eye(n, k=-1))
        self._mix = mix / mix.sum(0)
        self._log_tempi = np.log(self.tempi)
        self.first = 0
        self._mass = np.zeros((N_STAGES, n, WINDOW))
        self._weights: Array | None = None  # (3, W) of the masses, that they have not been multiplied by yet
        self.columns = np.zeros((N_STAGES, WINDOW))
        self.phase = np.zeros((n, WINDOW))
        self._chance = np.zeros((N_STAGES, n, WINDOW))
        self.masked = 0.0
        self._unplayed: FloatArray | None = None
        self._open = False  # whether the player may go on beyond the last event
        self.extend(beats, real, alone)

    def extend(self, beats: Array, real: Array, alone: Alone = None) -> None:
        """Take the events of a longer score that begins with the same ones; arguments as at first."""
        self._beats, self._real, self._alone = beats, real, alone
        self._look()

    @property
    def mass(self) -> Array:
        """(3, K, W) probabilities of attack, tail and sustain, sum 1."""
        if self._weights is not None:
            self._mass *= self._weights[:, None]
            self._weights = None
        return self._mass

    def tempo_prior(self, tempo: float, spread: float) -> Array:
        """(K,) probabilities about a tempo, quarter notes per second; spread in octaves."""
        prior = np.exp(-((np.log2(self.tempi / tempo) / spread) ** 2) / 2)
        return np.asarray(prior / prior.sum())

    def seed(self, start: int, mass: npt.NDArray[np.floating], phase: float, tempi: Array) -> None:
        """Begin anew.

        Args:
            start: index of the first event with mass.
            mass: (3, n) of the events from there on, in any scale.
            phase: of those in sustain.
            tempi: (K,) probabilities.
        """
        self.first = max(0, start - BEHIND)
        at = start - self.first
        n = min(mass.shape[1], WINDOW - at)
        own = self.mass
        own[:] = 0
        own[:, :, at : at + n] = tempi[:, None] * mass[:, None, :n]
        own /= own.sum()
        self.columns = own.sum(1)
        self.phase[:] = phase
        self._look()

    def go_on(self) -> None:
        """Go on by a frame, whatever is heard."""
        mass, phase, chance = self.mass, self.phase, self._chance
        chance[SUSTAIN] = self._dwell.hazard(self._rows, phase)
        chance[SUSTAIN, :, self._end :] = 0
        gone = mass * chance
        arrived = self._mix @ np.add.reduce(gone, 0) @ self._ways
        silent = arrived[:, WINDOW:]
        mass -= gone
        attack, tail, sustain = mass
        moved = (1 - self._settings.tail_stays) * tail
        phase += self._step
        phase *= sustain
        phase += moved * self._after_tail
        phase += silent * self._after_silence
        tail *= self._settings.tail_stays
        tail += attack
        np.multiply(sustain, self._settings.again, out=attack)
        attack += arrived[:, :WINDOW]
        sustain += moved
        sustain += silent
        phase /= sustain + TINY
        np.minimum(phase, 2 * STALE, out=phase)
        self.columns = np.add.reduce(mass, 1)

    def seen(self, evidence: Evidence, offset: int = 0) -> Array:
        """(3, W) likelihoods of a frame's evidence, were the player as many events further on, or back."""
        first = self.first + offset
        seen = evidence.events[:, max(0, first) : max(0, first + WINDOW)]
        weights, at = np.zeros((N_STAGES, WINDOW)), max(0, -first)
        weights[:, at : at + seen.shape[1]] = seen
        return weights

    def see(self, weights: Array) -> float:
        """Weigh what is believed by (3, W) likelihoods; that of all of it, relative to the evidence's reference."""
        self.columns *= weights
        total = float(self.columns.sum())
        self._weigh(weights, total if total > 0 else 1.0)
        return total

    def mask(self, masked: float, unplayed: FloatArray | None = None) -> None:
        """The pianist's events are not heard with some probability.

        Args:
            masked: all of them: others are louder.
            unplayed: (E,) those that only a hand has that does not play.
        """
        if abs(masked - self.masked) > MASK_STEP or (self.masked and not masked):
            self.masked = masked
            self._look()
        if unplayed is not None:
            self._unplayed = unplayed
            self._look()

    def open_end(self, goes_on: bool) -> None:
        """Say whether one who has played the last event may go on: they may be where it sounds the same, earlier."""
        if goes_on is not self._open:
            self._open = goes_on
            self._look()

    def prefer(self, factor: Array) -> None:
        """Weigh the first events of the window by (n,) factors."""
        weights = np.ones((N_STAGES, WINDOW))
        weights[:, : len(factor)] = factor
        self.columns *= weights
        self._weigh(weights, float(self.columns.sum()))

    def events(self) -> Array:
        """(W,) probability that the player is on each event of the window."""
        return np.asarray(np.add.reduce(self.columns, 0))

    def phases(self) -> Array:
        """(W,) mean phase of a player on each event of the window."""
        return np.asarray((self.mass[SUSTAIN] * self.phase).sum(0) / (self.events() + TINY))

    def at(self, event: int) -> tuple[float, float]:
        """Mean phase and tempo, quarter notes per second, of a player on an event of the window."""
        local = event - self.first
        share = self.mass[:, :, local]
        by_tempo = np.add.reduce(share, 0)
        total = float(by_tempo.sum()) + TINY
        phase = float(share[SUSTAIN] @ self.phase[:, local]) / total
        return phase, math.exp(float(by_tempo @ self._log_tempi) / total)

    def follow(self, event: int) -> None:
        """Move the window where the player is about to leave it."""
        if event - self.first > WINDOW - 2 * BEHIND and self.first + WINDOW < len(self._beats):
            by = event - BEHIND - self.first
            for part in (self.mass, self.columns, self.phase):
                part[..., :-by] = part[..., by:]
                part[..., -by:] = 0
            self.first += by
            self._look()

    def shift(self, offset: int) -> None:
        """The player is as many events further on, or back, as `offset` says, and goes on just as before."""
        self.first += offset
        if self.first < 0:
            before = -self.first
            for part in (self.mass, self.columns, self.phase):
                part[..., :-before] = part[..., before:]
                part[..., -before:] = 0
            self.first = 0
        self._look()

    def _weigh(self, weights: Array, total: float) -> None:
        """Weigh the masses by (3, W), and 1 / total, as the columns have been; once for all of a frame."""
        self.columns /= total
        self._weights = (weights if self._weights is None else self._weights * weights) / total

    def _arrivals(self) -> Array:
        """(W, 2 W) where those who leave an event arrive: struck, and passing in silence."""
        ways, at = np.zeros((WINDOW, 2 * WINDOW)), np.arange(WINDOW)
        on = np.ones(WINDOW)
        if self._to_own is not None:
            ways[:, :WINDOW] = self._to_own
            on = self._waits
        for k in range(1, SKIPS + 1):
            on, source = on[:-1], at[:-k]
            ways[source, source + k] += self._struck[k:] * on
            passed = self._passed[k:] * on
            ways[source, WINDOW + source + k] = passed if self._in_time is None else self._in_time[k:] * on
            on = passed
        return ways

    def _look(self) -> None:
        """What of the events is in the window."""
        n = max(0, min(WINDOW, len(self._beats) - self.first))
        self._end = n - 1 if self.first + n == len(self._beats) and not self._open else WINDOW
        beats, real = np.full(WINDOW, np.inf), np.ones(WINDOW)
        beats[:n] = self._beats[self.first : self.first + n]
        real[:n] = self._real[self.first : self.first + n]
        self._struck, self._passed = real, self._settings.in_no_time * (1 - real)
        # (W,) events that pass in their own time, where those are others than in no time; (W, W) probability that one
        # who leaves an event goes to their own next one, where it is not the next.
        self._in_time: Array | None = None
        self._to_own: Array | None = None
        if self._alone is not None:
            self._beside_others(np.pad(self._alone[self.first : self.first + n], (0, WINDOW - n)))
        if self._unplayed is not None:
            unplayed = self._unplayed[self.first : self.first + n]
            unplayed = np.pad(unplayed, (0, WINDOW - len(unplayed)))
            before = self._passed if self._in_time is None else self._in_time
            self._in_time = before + unplayed * self._struck
            self._struck = self._struck * (1 - unplayed)
        self._step = np.maximum(self.tempi[:, None] / (beats * FPS), SLOWEST)
        self._after_tail, self._after_silence = AFTER_TAIL * self._step, PASSED * self._step
        self._ways = self._arrivals()
        self._rows = self._dwell.rows(self._step)
        self._chance[ATTACK] = self._dwell.hazard(self._rows, np.zeros_like(self._step))
        self._chance[TAIL] = self._dwell.hazard(self._rows, IN_TAIL * self._step)
        self._chance[:, :, self._end :] = 0  # nothing follows the last event: who has played it stays there

    def _beside_others(self, alone: npt.NDArray[np.bool_]) -> None:
        """Take note of which events of the window are others' alone, (W,), and that others may be louder."""
        if not (alone.any() or self.masked):
            return
        source, own = own_next(alone)
        skipped = self._settings.rest_skipped
        if len(source):
            self._to_own = np.zeros((WINDOW, WINDOW))
            self._to_own[source, own] = skipped * self._struck[own]
            self._waits = np.ones(WINDOW)
            self._waits[source] = 1 - skipped
        masked = np.where(alone, 0.0, self.masked)
        self._in_time = np.where(alone, 1 - self._struck, self._passed + masked * self._struck)
        self._passed = np.where(alone, 0.0, self._passed)
        self._struck = self._struck * (1 - masked)


def own_next(alone: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The events before one that is others' alone, and for each the pianist's own next one, where there is one."""
    own = np.flatnonzero(~alone)
    source = np.flatnonzero(alone) - 1
    at = np.searchsorted(own, source, side="right")
    known = (source >= 0) & (at < len(own))
    return source[known], own[at[known]]
