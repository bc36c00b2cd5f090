"""How well each event of a score, and other music, explains the onsets that one frame heard.

Onsets are Bernoulli variables per pitch; a probability o of an onset counts as o of one and 1 - o of none, so that the
log-likelihood is linear in o: for all events it is one sparse product (only pitches that are heard count).

An event explains onsets in three ways: it is struck (*attack*: its notes are expected), it was struck a moment ago
(*tail*: those of its notes that come late are), or it sounds on (*sustain*: its notes come again, a little likelier
than others). Notes that none of them explains, one by one or in a chord, are *strays*; music that is not the score is
made of nothing else. Which pitches those have is what the score's have: music in the same key is no evidence.

What others have beside the piano (`Others`) may be heard at any time about its event, and is no stray then; that it is
not heard says nothing.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_PITCHES
from livefollow.follow.hmm.company import NOBODY, OCTAVES, Beside
from livefollow.follow.hmm.hands import PRINTED, split_of
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.pitches import moved
from livefollow.score.growing import Growing
from livefollow.score.reading import Others, Reading

Array = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]

BOTH_HANDS = np.array([1.0, 0.0, 0.0])
N_STAGES = 3  # of an event: struck, just struck, sounding on
HARMONICS = (12, 19, 24, -12)  # semitones at which listeners hear what is not there
NEIGHBOURS = (-1, 1)
LEAST, MOST = -60.0, 60.0  # nats: single precision has no less, and sums of more overflow
FEWEST = 0.5  # notes that an event is taken to have, at least
MOST_RATE = 0.3  # onset probability of a note of other music, at most
BESIDE = (0.1, 0.8, 0.1)  # shares of a pitch's count that its neighbours get: other music has those, too
RARELY = 0.02  # an octave in which others sound less often than that is not looked at
NO_COUNT = 1e-9  # notes of a pitch that the score does not have


@dataclass(frozen=True)
class Evidence:
    """What one frame says. Likelihoods are relative to `exp(reference)`.

    Attributes:
        events: (3, E) of each event struck, just struck, and sounding on.
        others: (3,) of nobody playing, and of sparse and dense music that is not the score.
        reference: log-likelihood.
        heard: sum of the onset probabilities.
        by_hand: (3, n) of each of some events struck by both hands, the upper, the lower alone; little where a hand has
            no notes.
        first: the first of those n events.
    """

    events: FloatArray
    others: Array
    reference: float
    heard: float
    by_hand: FloatArray
    first: int = 0


class Emission:
    """The events' expectations; E events, the first is the silence before the piece."""

    def __init__(self, reading: Reading, settings: Settings) -> None:
        """Take the events of a reading."""
        self._settings = settings.observation
        base = np.full(N_PITCHES, self._settings.extra)
        self._attack_base, self._attack_rest = _logit(base), float(np.log1p(-base).sum())
        self._count = np.zeros(N_PITCHES)
        self._share = Growing(np.empty((0, N_PITCHES), np.float32))
        # (N_PITCHES, E): a row is what one heard pitch says of all events.
        self._weights = Growing(np.empty((N_PITCHES, 0), np.float32), axis=1)
        self._unheard, self._late = np.empty(0, np.float32), np.empty(0, np.float32)
        # The key above which the upper hand plays; by hand, nobody hears the other one's; and whether a hand has notes.
        self._split = np.empty(0, np.float32)
        self._unheard_by = np.empty((2, 0), np.float32)
        self.has = np.empty((2, 0), np.float32)
        # (2, N_PITCHES, E), of pitches of others as printed: weight where they strike it, and whether it may be theirs.
        self._beside: FloatArray | None = None
        self._silence: Evidence | None = None  # of a frame in which nothing is heard
        self._take(np.zeros((1, N_PITCHES), np.float32), None)
        self._take(reading.pitches, reading.others)

    def extended(self, reading: Reading) -> Emission:
        """The emission of a longer reading that begins with the same events; only what is new costs time."""
        longer = copy.copy(self)
        known = len(self) - 1
        longer._take(reading.pitches[known:], reading.others and reading.others.since(known))
        return longer

    def _take(self, pitches: FloatArray, others: Others | None) -> None:
        """Append events, (n, N_PITCHES) probabilities, and what others have there."""
        s = self._settings
        pitches = np.where(pitches < s.faint, np.float32(0), pitches)
        expected = np.maximum(self._expected(pitches), np.float32(s.extra))
        nothing = np.log1p(-expected)
        before, self._silence = len(self), None
        self._take_hands(pitches, nothing - np.float32(np.log1p(-s.extra)))
        weights = np.log(expected) - nothing - np.float32(_logit(np.array(s.extra)))
        self._weights = self._weights.extended(weights.T)
        self._unheard = np.concatenate([self._unheard, (nothing - np.float32(np.log1p(-s.extra))).sum(1)])
        late = np.exp(np.float32(np.log1p(-s.late)) * pitches.sum(1))
        self._late = np.concatenate([self._late, late])
        sounds = _sounding_on(pitches, others) if others else pitches
        self._share = self._share.extended(sounds / np.maximum(sounds.sum(1, keepdims=True), FEWEST))
        self._count = self._count + pitches.sum(0)  # anew: shorter ones keep theirs
        # How common each pitch is, mean 1: some as in the score, the others anything.
        count = np.convolve(self._count + NO_COUNT, BESIDE, "same")
        shape = 1 - s.in_key + s.in_key * count / count.mean()
        rates = np.stack([rate * shape for rate in (s.stray, s.still, s.sparse, s.dense, s.chord)])
        rates = np.minimum(rates, MOST_RATE)
        self._rates, self._rests = _logit(rates), np.log1p(-rates).sum(1)
        if others or self._beside is not None:
            if self._beside is None:
                self._beside = np.zeros((2, N_PITCHES, before), np.float32)
            more = self._theirs(others) if others else np.zeros((2, *pitches.shape), np.float32)
            self._beside = np.concatenate([self._beside, more.swapaxes(1, 2)], 2)

    def _take_hands(self, pitches: FloatArray, nothing: FloatArray) -> None:
        """Append what each hand has of (n, N_PITCHES) pitches; `nothing`: log-likelihoods of not hearing them."""
        split = split_of(pitches)
        upper = np.arange(N_PITCHES) > split[:, None]
        unheard = np.stack([(nothing * upper).sum(1), (nothing * ~upper).sum(1)])
        has = 1 - np.stack([np.prod(1 - pitches * upper, 1), np.prod(1 - pitches * ~upper, 1)])
        has[:, has.max(0) < PRINTED] = 1  # others' events are nobody's hand
        self._split = np.concatenate([self._split, split])
        self._unheard_by = np.concatenate([self._unheard_by, unheard.astype(np.float32)], 1)
        self.has = np.concatenate([self.has, has.astype(np.float32)], 1)

    def __len__(self) -> int:
        return len(self._unheard)

    def __call__(
        self,
        onsets: FloatArray,
        beside: Beside = NOBODY,
        hands: Array = BOTH_HANDS,
        span: tuple[int, int] | None = None,
    ) -> Evidence:
        """Evidence of one frame's onset probabilities.

        Args:
            onsets: (N_PITCHES,).
            beside: what is known of others.
            hands: (3,) probability that both hands play, the upper, and the lower alone.
            span: events from where to where, where one hand alone is thought of; all of them by default.
        """
        heard = np.flatnonzero(onsets >= self._settings.faint)
        if len(heard):
            return self._evidence(onsets, heard, beside, hands, span or (0, len(self)))
        if self._silence is None:
            self._silence = self._evidence(onsets, heard, NOBODY, BOTH_HANDS, (0, 0))
        return self._silence

    def _evidence(
        self, onsets: FloatArray, heard: npt.NDArray[np.intp], beside: Beside, hands: Array, span: tuple[int, int]
    ) -> Evidence:
        s = self._settings
        o = np.minimum(onsets[heard], s.most_certain).astype(np.float64)
        total = float(o.sum())
        logs = self._rates[:, heard] @ o + self._rests
        reference = float(logs.max())
        stray, still, sparse, dense, chord = np.exp(np.maximum(logs - reference, LEAST)).tolist()
        base = float(self._attack_base[heard] @ o) + self._attack_rest
        events = np.empty((N_STAGES, len(self)), np.float32)
        attack, tail, sustain = events
        weights, certain = self._weights.now[heard], o.astype(np.float32)
        if self._beside is not None:
            struck, about = _sounding_in(beside.octaves, self._beside, heard)
            weights = np.maximum(weights, struck)
        fit = certain @ weights
        np.exp(np.clip(fit + self._unheard + np.float32(base - reference), LEAST, MOST), out=attack)
        first, stop = span
        by_hand = np.empty((len(hands), 0), np.float32)
        if total >= s.heard:
            rows = np.where(heard[:, None] > self._split[first:stop], weights[:, first:stop], 0)
            by_hand = self._by_hand(certain @ rows, fit, base - reference, attack, hands, first)
        # Late notes have the small base rate of strays: nothing else is expected any more.
        late, on = np.float32(s.tail_fit) * fit, np.float32(s.sustain_fit) * fit
        if self._beside is not None:
            nats = np.float32(s.beside + (s.beside_present - s.beside) * beside.present)
            theirs = nats * (certain @ about)
            late += theirs
            on += theirs
        np.exp(np.minimum(late, MOST), out=tail)
        tail *= np.float32(stray) * self._late
        np.exp(np.minimum(on, MOST), out=sustain)
        sustain *= np.float32((1 - s.stray_chords) * stray)
        added = s.wrong * chord
        events[1:] += np.float32(s.stray_chords * chord)
        attack += np.float32(added)
        others = np.array(
            [
                still,
                (1 - s.sparse_chords) * sparse + s.sparse_chords * chord,
                (1 - s.dense_chords) * dense + s.dense_chords * chord,
            ]
        )
        if len(heard):
            best = float(attack[1:].max(initial=0))
            events += np.float32(s.misread * best)
            added += s.misread * best
            others[1:] += s.foreign * best
        by_hand += np.float32(added)
        return Evidence(events, others, reference, total, by_hand, first)

    def _by_hand(
        self, upper: FloatArray, fit: FloatArray, nats: float, attack: FloatArray, hands: Array, first: int
    ) -> FloatArray:
        """Let one hand play alone, too.

        Args:
            upper: (n,) fit of the upper hand's notes of some events.
            fit: (E,) of both hands'.
            nats: to be added to fits.
            attack: (E,) likelihood that each is struck by both hands; is changed to that of either or both.
            hands: (3,) probabilities.
            first: of the n events.

        Returns:
            (3, n) likelihoods that each is struck by both hands, the upper, the lower alone.
        """
        span = slice(first, first + len(upper))
        alone = np.stack([upper, fit[span] - upper]) + self._unheard_by[:, span]
        alone = np.exp(np.clip(alone + np.float32(nats), LEAST, MOST)) * self.has[:, span]
        by_hand = np.concatenate([attack[None, span], alone])
        shares = hands.astype(np.float32)
        attack[span] = shares @ by_hand / (shares[0] + shares[1:] @ self.has[:, span])
        return by_hand

    def held(self, sounding: FloatArray, first: int, stop: int) -> Array:
        """(stop - first,) factors of the likelihood of events, from the (N_PITCHES,) probabilities that pitches sound.

        They say little: pedal and long notes go on sounding. So they only choose between neighbouring events.
        """
        return np.exp(self._settings.sounding * (self._share.now[first:stop] @ sounding).astype(np.float64))

    def _theirs(self, others: Others) -> FloatArray:
        """(2, n, N_PITCHES) of others at some events: the weights of what they strike, what is no stray for them."""
        s = self._settings
        struck = self._expected(others.struck) * np.float32(s.solo / s.hit)
        weights = np.log(np.maximum(struck, np.float32(s.extra))) - np.float32(math.log(s.extra))
        near = np.maximum.reduce([moved(others.around, shift) for shift in NEIGHBOURS])
        return np.stack([weights, np.maximum(others.around, np.float32(s.beside_near) * near)])

    def _expected(self, pitches: FloatArray) -> FloatArray:
        """(n, N_PITCHES) probability that each pitch is heard when the event is struck."""
        s = self._settings
        around = np.zeros(pitches.shape, np.float32)
        for shifts, probability in ((HARMONICS, s.octave), (NEIGHBOURS, s.neighbour)):
            for shift in shifts:
                to, source = (slice(shift, None), slice(-shift)) if shift > 0 else (slice(shift), slice(-shift, None))
                np.maximum(around[:, to], np.float32(probability) * pitches[:, source], out=around[:, to])
        return np.asarray(np.float32(s.hit) * pitches + (1 - pitches) * around)


def _sounding_in(octaves: Sequence[float], theirs: FloatArray, heard: npt.NDArray[np.intp]) -> FloatArray:
    """(2, H, E) of the pitches heard what (2, N_PITCHES, E) printed ones say, wherever others may sound."""
    out = np.zeros((2, len(heard), theirs.shape[2]), np.float32)
    for share, shift in zip(octaves, OCTAVES, strict=True):
        source = heard - shift
        at = np.flatnonzero((source >= 0) & (source < N_PITCHES))
        if share >= RARELY and len(at):
            struck, about = theirs[:, source[at]]
            out[0, at] = np.maximum(out[0, at], struck + np.float32(math.log(share)))
            out[1, at] = np.maximum(out[1, at], about * np.float32(share))
    return out


def _sounding_on(pitches: FloatArray, others: Others) -> FloatArray:
    """(n, N_PITCHES) what sounds at each event: where others are alone their notes and the pianist's before."""
    own = np.maximum.accumulate(np.where(others.alone, 0, np.arange(len(pitches))))
    return np.maximum(pitches[own], others.struck * others.alone[:, None])


def _logit(p: Array) -> Array:
    return np.asarray(np.log(p) - np.log1p(-p))
