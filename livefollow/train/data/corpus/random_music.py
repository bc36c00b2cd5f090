"""Random but playable music on two staves, without limit, so that the reader cannot learn pieces by heart.

Every sign that a reader must know occurs, in all clefs and keys, more often than in composed music:
clef changes, chromatic notes, chords, tuplets, ledger lines, octave lines, grace and cue notes, rests, ties, two
voices on a staff. Each hand plays within a span, and the hands stay in their registers.

Octave lines last from some notes to many bars, so that engravers carry them on from system to system.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from fractions import Fraction

import numpy as np

from livefollow.train.data.notation.notation import (
    ORNAMENTS,
    Clef,
    Notation,
    Octave,
    WrittenNote,
    fifths_alters,
    value_of,
)
from livefollow.train.data.notation.repeats import Repeats

TIMES = ((4, 4), (3, 4), (2, 4), (6, 8), (3, 8), (9, 8), (12, 8), (2, 2), (5, 4))
TIME_WEIGHTS = (30, 22, 14, 14, 6, 4, 4, 4, 2)
# Sign, line, octaves → diatonic step of the middle line, and how likely each is per staff.
CLEFS = {
    ("G", 2, 0): (6, (0.86, 0.16)),
    ("F", 4, 0): (-6, (0.07, 0.76)),
    ("C", 3, 0): (0, (0.03, 0.03)),
    ("C", 4, 0): (-2, (0.015, 0.03)),
    ("C", 1, 0): (4, (0.015, 0.01)),
    ("F", 3, 0): (-4, (0.01, 0.01)),
}
COMMON = (("G", 2, 0), ("F", 4, 0))  # the clefs that are not old
F = Fraction
# Values of a beat of a quarter, as shares of it; tuplets with their factor.
SIMPLE = (
    ((F(1),), F(1), 30),
    ((F(1, 2), F(1, 2)), F(1), 26),
    ((F(1, 4),) * 4, F(1), 14),
    ((F(3, 4), F(1, 4)), F(1), 6),
    ((F(1, 4), F(3, 4)), F(1), 1),
    ((F(1, 2), F(1, 4), F(1, 4)), F(1), 5),
    ((F(1, 4), F(1, 4), F(1, 2)), F(1), 5),
    ((F(1, 4), F(1, 2), F(1, 4)), F(1), 2),
    ((F(1, 3),) * 3, F(2, 3), 7),
    ((F(2, 3), F(1, 3)), F(2, 3), 2),
    ((F(1, 6),) * 6, F(2, 3), 2),
    ((F(1, 5),) * 5, F(4, 5), 1),
    ((F(1, 8),) * 8, F(1), 1),
    ((F(1, 2), *(F(1, 8),) * 4), F(1), 1),
)
# Of a dotted quarter, as shares of a quarter.
COMPOUND = (
    ((F(3, 2),), F(1), 22),
    ((F(1, 2),) * 3, F(1), 36),
    ((F(1), F(1, 2)), F(1), 18),
    ((F(1, 2), F(1)), F(1), 5),
    ((F(1, 4),) * 6, F(1), 8),
    ((F(3, 4), F(1, 4), F(1, 2)), F(1), 6),
    ((F(1, 2), F(1, 4), F(1, 4), F(1, 2)), F(1), 5),
)
SPAN = 8  # diatonic steps a hand reaches at once: a ninth
WIDEST = 15  # half spaces from the middle line that notes go at most: three ledger lines and more
LOWEST, HIGHEST = -20, 25  # diatonic steps of the keyboard that are used
LINED = 0.5  # share of pieces with many octave lines
# By the clef's sign: octaves that a line moves by, and how likely each is. There is none where a C clef is.
LINES = {"G": ((1, 2, -1), (0.9, 0.05, 0.05)), "F": ((-1, 1), (0.9, 0.1))}
# Half spaces from the middle line that notes under an octave line keep within, away from it and towards it: what is
# nearer pushes the line out of the band, where nobody sees it.
UNDER_LINE = (-9, 11)
INSIDE = 0.3  # share of octave lines that begin within a bar, and of those that end within one
OLD_PIECES, OLD_CLEFS = 0.35, 0.6  # share of pieces with many old clefs, and share of their clefs that are old ones
FINGERED, FINGERINGS = 0.5, (0.05, 0.7)  # share of pieces with fingerings, and of notes that have one in those
MANY_SIGNS = 0.3  # share of pieces in a key of six or seven signs, beside those that have it by chance
NEW_KEY, NEW_TIME = 0.04, 0.02  # probability of a change at a bar
CROSSING = 0.25  # share of pieces in which the hands are all over the keyboard
WITHIN = 0.25  # of the chance of a new clef at a bar: at any note in it
LICENCE = "generated: CC0-1.0"


@dataclass
class _Style:
    """The probabilities of a piece's features, per occasion."""

    chord: float
    chromatic: float
    rest: float
    tie: float
    grace: float
    ornament: float
    second_voice: float
    clef_change: float
    octave: float
    octave_bars: float  # mean of what is drawn
    long: float
    cue: float
    leap: float
    pull: float  # of a hand's distance from the middle line, back to it with each note
    size: int  # of chords at most, less one
    old_clefs: float  # share of clefs that are drawn from the old ones, each as likely; the others are as in CLEFS
    finger: float


# The features of a piece, and how much each can be: all but these are probabilities.
FEATURES = {f.name: 1.0 for f in fields(_Style)} | {"octave_bars": 16.0, "leap": 8.0, "size": 6.0}


@dataclass
class _Hand:
    staff: int
    at: int  # diatonic step its hand is at
    clef: tuple[str, int, int]
    last: list[WrittenNote] = field(default_factory=list)
    line: Octave | None = None  # under which it is, or comes within the bar
    shifted: int = 0  # octaves that its last note sounded higher than written

    @property
    def middle(self) -> int:
        return CLEFS[self.clef][0]

    def shift(self, at: Fraction) -> int:
        """The octaves that notes sound higher than they are written at a moment."""
        return self.line.octaves if self.line and self.line.start <= at < self.line.end else 0


def random_music(seed: int, bars: int | None = None, fifths: int | None = None, **style: float) -> Notation:
    """Draw a piece from a seed.

    Args:
        seed: the same seed gives the same piece.
        bars: how many; 12 to 32 by default.
        fifths: its first key's sharps, less flats; drawn by default.
        **style: probabilities of its features that are not to be drawn, by their names in `_Style`.
    """
    return _Composer(seed, bars, fifths, style).compose()


class _Composer:
    def __init__(self, seed: int, bars: int | None, fifths: int | None, style: dict[str, float]) -> None:
        self.seed = seed
        self.random = np.random.default_rng(seed)
        r = self.random
        self.bars = bars or int(r.integers(12, 33))
        drawn = int(r.choice((-7, -6, 6, 7))) if r.random() < MANY_SIGNS else int(r.integers(-7, 8))
        self.fifths = drawn if fifths is None else fifths
        self.time = TIMES[int(r.choice(len(TIMES), p=np.array(TIME_WEIGHTS) / sum(TIME_WEIGHTS)))]
        # What came later has numbers of its own: a seed's other features are what they were before.
        own = np.random.default_rng((seed, 1))
        self.style = _Style(
            chord=float(r.beta(1.2, 2.5)),
            chromatic=float(r.beta(1, 7)),
            rest=float(r.beta(1, 12)),
            tie=float(r.beta(1, 10)),
            grace=float(r.beta(1, 25)),
            ornament=float(r.beta(1, 40)),
            second_voice=float(r.beta(0.6, 2)),
            clef_change=float(r.beta(2, 4) if r.random() < CROSSING else r.beta(1, 10)),
            octave=float(r.beta(3, 7) if r.random() < LINED else r.beta(1, 20)),
            octave_bars=float(r.uniform(1, 7)),
            long=float(r.beta(1.5, 3)),
            cue=float(r.beta(1, 40)),
            leap=float(r.uniform(0.8, 3.5)),
            pull=float(r.uniform(0.05, 0.15)),
            size=int(r.choice((3, 4))),
            old_clefs=OLD_CLEFS if own.random() < OLD_PIECES else 0.0,
            finger=float(own.uniform(*FINGERINGS)) if own.random() < FINGERED else 0.0,
        )
        self.style = replace(self.style, **style)  # type: ignore[arg-type]  # all are numbers
        self.notes: list[WrittenNote] = []
        self.clefs: list[Clef] = []
        self.octaves: list[Octave] = []
        self.hands = [self._hand(0), self._hand(1)]

    def compose(self) -> Notation:
        """Compose bar by bar, hand by hand."""
        onsets, keys, times = [], [(F(0), self.fifths)], [(F(0), *self.time)]
        at = F(0)
        for bar in range(self.bars):
            onsets.append(at)
            if bar and self.random.random() < NEW_KEY:
                self.fifths = int(np.clip(self.fifths + self.random.integers(-5, 6), -7, 7))
                keys += [(at, self.fifths)] * (self.fifths != keys[-1][1])
            if bar and self.random.random() < NEW_TIME:
                self.time = TIMES[int(self.random.integers(5))]
                times += [(at, *self.time)] * (self.time != times[-1][1:])
            length = F(4 * self.time[0], self.time[1])
            for hand in self.hands:
                self._bar(hand, at, length, first=bar == 0)
            at += length
        self._finger()
        self.notes.sort(key=lambda n: (n.onset, n.grace, n.staff, n.voice, n.step))
        return Notation(
            f"random-{self.seed:06d}",
            f"livefollow.train.data.corpus.random_music seed {self.seed}",
            LICENCE,
            2,
            self.notes,
            at,
            onsets,
            times,
            keys,
            self.clefs,
            [(F(0), float(self.random.integers(50, 150)))],
            [replace(line, end=min(line.end, at)) for line in self.octaves],
            self._repeats(onsets, at),
        )

    def _finger(self) -> None:
        """Say with which finger some notes are played: any, as a reader should pass all over."""
        r = np.random.default_rng((self.seed, 2))
        self.notes = [
            replace(n, finger=int(r.integers(1, 6)))
            if r.random() < self.style.finger and not (n.tied or n.grace)
            else n
            for n in self.notes
        ]

    def _repeats(self, onsets: list[Fraction], end: Fraction) -> Repeats:
        if len(onsets) < 4 or self.random.random() < 0.5:
            return Repeats()
        cuts = sorted({int(c) for c in self.random.integers(2, len(onsets), 2)})
        ends = [onsets[c] for c in cuts if c < len(onsets)] + ([end] if self.random.random() < 0.5 else [])
        return Repeats([e for e in ends if e < end], ends)

    def _hand(self, staff: int) -> _Hand:
        clef = self._clef([weights[staff] for _, weights in CLEFS.values()])
        self.clefs.append(Clef(F(0), staff, *clef))
        return _Hand(staff, CLEFS[clef][0] + int(self.random.integers(-3, 4)), clef)

    def _clef(self, weights: list[float]) -> tuple[str, int, int]:
        usual, old = np.array(weights), np.array([clef not in COMMON for clef in CLEFS])
        share = self.style.old_clefs
        p = (1 - share) * usual / usual.sum() + share * old / old.sum()
        return list(CLEFS)[int(self.random.choice(len(CLEFS), p=p))]

    def _change_clef(self, hand: _Hand, at: Fraction) -> None:
        """Change the clef; one of the other hand's is as likely as one of its own."""
        clef = self._clef([sum(weights) for _, weights in CLEFS.values()])
        if clef != hand.clef:
            self.clefs.append(Clef(at, hand.staff, *clef))
            hand.clef, hand.at = clef, CLEFS[clef][0] + int(self.random.integers(-3, 4))

    def _bar(self, hand: _Hand, at: Fraction, length: Fraction, *, first: bool) -> None:
        r, style = self.random, self.style
        if hand.line and hand.line.end <= at:
            hand.line = None
        if not first and not hand.line and r.random() < style.clef_change:
            self._change_clef(hand, at)
        if not first and r.random() < style.rest / 2:
            hand.last = []
            return  # the bar is empty
        if not hand.line and hand.clef[0] != "C" and r.random() < style.octave:
            self._begin_line(hand, at, length)
        # Where a line begins or ends there is one voice: all notes of a moment are under it, or none.
        begins_or_ends = hand.line and (hand.line.start >= at or hand.line.end <= at + length)
        voices = 2 if not begins_or_ends and r.random() < style.second_voice else 1
        for voice in range(voices):
            self._voice(hand, 10 * hand.staff + voice, at, length, voices)

    def _begin_line(self, hand: _Hand, at: Fraction, length: Fraction) -> None:
        """Begin an octave line in a bar; its end is in this one or a later one, or the piece's."""
        r = self.random
        kinds, weights = LINES[hand.clef[0]]
        beats = max(1, int(length))
        start = at + (int(r.integers(beats)) if r.random() < INSIDE else 0)
        end = at + length * int(r.geometric(1 / self.style.octave_bars))
        if r.random() < INSIDE:
            end = max(start + 1, end - int(r.integers(1, beats + 1)))
        hand.line = Octave(hand.staff, start, end, kinds[int(r.choice(len(kinds), p=weights))])
        self.octaves.append(hand.line)

    def _voice(self, hand: _Hand, voice: int, at: Fraction, length: Fraction, voices: int) -> None:
        r, style = self.random, self.style
        cue = r.random() < style.cue
        previous = hand.last if voices == 1 else []
        for start, duration, scale in self._rhythm(length):
            value = value_of(duration / scale)
            assert value is not None, f"no note value lasts {duration / scale} quarter notes"
            if start and voices == 1 and not hand.line and scale == 1 and r.random() < WITHIN * style.clef_change:
                self._change_clef(hand, at + start)
                previous = []
            shift = hand.shift(at + start)
            if shift != hand.shifted:
                previous, hand.shifted = [], shift
                hand.at = hand.middle + int(r.integers(-3, 9)) * int(np.sign(shift))
            if r.random() < style.rest:
                previous = []
                continue
            tied = (
                bool(previous) and previous[-1].onset + previous[-1].duration == at + start and r.random() < style.tie
            )
            pitches = (
                [(n.step - 7 * shift, n.alter) for n in previous] if tied else self._pitches(hand, voice, voices, shift)
            )
            chord = [
                WrittenNote(
                    at + start,
                    duration,
                    step + 7 * shift,
                    alter,
                    hand.staff,
                    voice,
                    *value[:2],
                    scale,
                    tied=tied,
                    small=cue,
                )
                for step, alter in pitches
            ]
            chord = [replace(n, tied=tied, small=cue) for n in chord]
            if not tied and not cue and r.random() < style.grace:
                self._graces(chord[-1])
            if not tied and r.random() < style.ornament:
                kind = str(r.choice(ORNAMENTS)) if len(chord) == 1 else "arpeggio"
                chord = [replace(n, ornament=kind) for n in chord]
            self.notes += chord
            previous = chord
        hand.last = previous if voices == 1 else []

    def _graces(self, note: WrittenNote) -> None:
        count = int(self.random.choice([1, 1, 1, 2, 3]))
        log = 3 if count == 1 else 4
        for k in range(count):
            step = note.step + int(self.random.choice([-1, 1, 2])) - (count - 1 - k) % 2
            alter = fifths_alters(self.fifths).get(step % 7, 0)
            grace = -F(count - k, 2 ** (log - 2))
            grace_note = replace(note, step=step, alter=alter, duration=F(1, 2 ** (log - 2)), log=log, dots=0)
            self.notes.append(replace(grace_note, scale=F(1), grace=grace))

    def _rhythm(self, length: Fraction) -> list[tuple[Fraction, Fraction, Fraction]]:
        """Draw the rhythm of a bar: (start, duration, tuplet factor) of its notes."""
        compound = self.time[1] == 8
        beat = F(3, 2) if compound else F(1)
        patterns = COMPOUND if compound else SIMPLE
        weights = np.array([w for *_, w in patterns], float)
        out: list[tuple[Fraction, Fraction, Fraction]] = []
        at = F(0)
        while at < length:
            longer = [k for k in (4, 3, 2) if at + k * beat <= length and value_of(k * beat) and at % (k * beat) == 0]
            if longer and self.random.random() < self.style.long:
                k = int(self.random.choice(longer))
                out.append((at, k * beat, F(1)))
                at += k * beat
                continue
            shares, scale, _ = patterns[int(self.random.choice(len(patterns), p=weights / weights.sum()))]
            for share in shares:
                out.append((at, share, scale))
                at += share
        return out

    def _pitches(self, hand: _Hand, voice: int, voices: int, shift: int) -> list[tuple[int, int]]:
        """Draw the steps and alterations of a chord, rising."""
        r = self.random
        # Drawn back to the staff, so that ledger lines come up but do not pile up.
        pull = (hand.middle - hand.at) * self.style.pull
        hand.at += round(float(r.normal(pull, self.style.leap)))
        if voices == 2:
            hand.at = hand.middle + abs(hand.at - hand.middle) * (1 if voice % 10 == 0 else -1)
        lowest, highest = (
            max(hand.middle - self._reach(-1, shift), LOWEST - 7 * shift),
            min(hand.middle + self._reach(1, shift), HIGHEST - 7 * shift),
        )
        hand.at = int(np.clip(hand.at, lowest + 2, highest - 2))
        count = 1 + int(r.binomial(int(self.style.size), 0.5)) if r.random() < self.style.chord else 1
        offsets = sorted({0, *(int(o) for o in r.choice([1, 2, 3, 4, 5, 6, 7, 8], count - 1, p=_INTERVALS))})
        direction = -1 if hand.staff == 0 else 1
        if voices == 2:
            direction = 1 if voice % 10 == 0 else -1
        steps = sorted(hand.at + direction * o for o in offsets if o <= SPAN)
        return [(step, self._alter(step)) for step in steps if lowest <= step <= highest]

    def _reach(self, way: int, shift: int) -> int:
        """Half spaces that notes stand above (way 1) or below (−1) the middle line at most."""
        if not shift:
            return WIDEST
        return UNDER_LINE[1] if way * shift > 0 else -UNDER_LINE[0]

    def _alter(self, step: int) -> int:
        alter = fifths_alters(self.fifths).get(step % 7, 0)
        if self.random.random() < self.style.chromatic:
            alter = int(np.clip(alter + self.random.choice([-1, 1]), -2, 2))
        return alter


_INTERVALS = np.array([3, 26, 14, 18, 16, 5, 14, 4]) / 100
