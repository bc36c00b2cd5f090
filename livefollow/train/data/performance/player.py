"""Play a piece as a person who may be practising does: keys pressed, and when each score onset sounded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from livefollow.train.data.notation.music import Music, Note
from livefollow.train.data.notation.ornaments import grace_times, neighbours_above, strikes
from livefollow.train.data.performance.passage import EPS, Passage
from livefollow.train.data.performance.performance import KEY, ONSET, PerformedJump, Played
from livefollow.train.data.performance.route import phrase_starts, route
from livefollow.train.data.performance.styles import Style
from livefollow.train.data.performance.tempo import Clock, passage_clock

LEAST_DURATION_S = 0.06
MOST_ASYNCHRONY_S = 0.05
RESTRIKE_S = 0.045  # strings struck again sooner than this count as struck once
TUNING_HZ = (436.0, 446.0)
KEYBOARD = (21, 108)  # MIDI pitches of a piano's keys


def play(music: Music, style: Style, rng: np.random.Generator, longest_s: float | None = None) -> Played:
    """Play a piece in a style.

    Args:
        music: the piece.
        style: how.
        rng: decides; the same generator state plays the same.
        longest_s: a longer piece is played in excerpt, about that long without interruptions.

    Returns:
        The performance; its first key falls half a second or later.

    Raises:
        ValueError: the piece has no notes.
    """
    if not any(not n.grace for n in music.notes):
        raise ValueError(f"{music.name} has no notes")
    player = _Player(music, style, rng)
    marks = [tempo for _, tempo in music.tempo]
    longest = longest_s and longest_s * player.factor * float(np.mean(marks)) / 60 / (1 + 2 * style.hands_separately)
    for passage in route(music, style, rng, longest):
        player.play(passage)
    return player.finish()


@dataclass
class _Chord:
    """The notes that are struck at one onset."""

    notes: dict[int, Note] = field(default_factory=dict)  # by pitch
    graces: list[Note] = field(default_factory=list)


class _Player:
    """State of a performance as it goes from passage to passage."""

    def __init__(self, music: Music, style: Style, rng: np.random.Generator) -> None:
        self.music, self.style, self.rng = music, style, rng
        self.factor = float(np.exp(rng.uniform(*np.log(style.tempo))))
        self.tuning_hz = 440.0 if style.name == "score" else float(rng.uniform(*TUNING_HZ))
        self.velocity = rng.uniform(*style.velocity)
        self.phrases = phrase_starts(music.bars, music.end, rng)
        contrast = style.contrast
        self.loud = [rng.uniform(*contrast) if contrast else self.velocity for _ in self.phrases]
        self.above = neighbours_above(music)
        self.pedal_bars = float(rng.choice((0.5, 1.0, 1.0))) if rng.random() < style.pedalled else 0.0
        onsets = sorted({n.onset for n in music.notes if not n.grace})
        lasts = np.searchsorted(onsets, np.array(self.phrases[1:]) - EPS) - 1
        self.holds = [onsets[i] for i in lasts if i >= 0 and rng.random() < style.held]
        self.changes = self._pedal_changes()
        self.t = 0.5 if style.name == "score" else float(rng.uniform(0.5, 3.0))
        self.last_onset_s = -np.inf
        self.keys: list[tuple[float, float, int, int, float, int]] = []
        self.onsets: list[tuple[float, float, int]] = []
        self.jumps: list[PerformedJump] = []
        self.pauses: list[tuple[float, float]] = []
        self.pedal_s: list[float] = []
        self.passages = 0
        self.end = 0.0  # quarter note at which the passage before ends

    def _pedal_changes(self) -> npt.NDArray[np.float64]:
        """Quarter notes at which the pedal is changed; empty without pedal."""
        bars = np.array([*self.music.bars, self.music.end])
        if not self.pedal_bars or len(bars) < 2:
            return np.zeros(0)
        if self.pedal_bars < 1:
            bars = np.sort(np.concatenate([bars, (bars[1:] + bars[:-1]) / 2]))
        return bars

    def play(self, passage: Passage) -> None:
        """Play one passage after what was played before."""
        chords = self._chords(passage)
        if not chords:
            return
        first = min(chords)
        start_s = self.t + passage.wait_s
        clock = passage_clock(
            self.music,
            self.style,
            self.phrases,
            self.holds,
            # A hand that enters later than the passage begins is not waited for.
            (first if passage.entry else passage.start, passage.end),
            start_s,
            self.factor * passage.tempo,
            self.rng,
        )
        if self.onsets and passage.wait_s >= 1.0:
            self.pauses.append((self.t, passage.wait_s))
        before = len(self.onsets)
        if passage.slipped and self.onsets:
            self._slip()
        self._silence(start_s, passage)
        self._strike(chords, clock)
        if passage.entry and before and len(self.onsets) > before:
            self.jumps.append(PerformedJump(self.onsets[before][1], passage.entry, passage.repeat))
        inside = (self.changes >= passage.start) & (self.changes < passage.end)
        self.pedal_s += [clock(q) for q in self.changes[inside]]
        self.t, self.end = clock(passage.end), passage.end
        self.passages += 1

    def finish(self) -> Played:
        """The performance, as far as it has been played."""
        keys = np.array(sorted(self.keys), KEY)
        keys = keys[(keys["pitch"] >= KEYBOARD[0]) & (keys["pitch"] <= KEYBOARD[1])]
        return Played(
            _strings(keys), np.array(self.onsets, ONSET), self.jumps, self.pauses, self.pedal_s, self.tuning_hz, self.t
        )

    def _chords(self, passage: Passage) -> dict[float, _Chord]:
        chords: dict[float, _Chord] = defaultdict(_Chord)
        for note in self.music.notes:
            if not passage.start - EPS <= note.onset < passage.end - EPS:
                continue
            if passage.hand is not None and note.hand != passage.hand:
                continue
            chord = chords[note.onset]
            if note.grace:
                chord.graces.append(note)
            elif note.pitch not in chord.notes or chord.notes[note.pitch].duration < note.duration:
                chord.notes[note.pitch] = note
        return dict(sorted((q, c) for q, c in chords.items() if c.notes))

    def _silence(self, resumed_s: float, passage: Passage) -> None:
        """Let go of the keys where the player breaks off."""
        if not passage.entry or passage.repeat:
            return
        held = min(resumed_s - 0.02, self.t + self.rng.uniform(0.05, 0.6))
        self.keys = [(k[0], max(k[0] + LEAST_DURATION_S, min(k[1], held)), *k[2:]) for k in self.keys]

    def _slip(self) -> None:
        """Strike beside the keys of the onset at which the player breaks off."""
        for note in self.music.notes:
            if abs(note.onset - self.end) < EPS and not note.grace and self.rng.random() < 0.7:
                pitch = note.pitch + int(self.rng.choice((-2, -1, 1, 2)))
                at = self.t + self.rng.normal(0, self.style.asynchrony_s)
                self._add(at, self.t + 0.6, pitch, self.velocity, np.nan, note.hand)

    def _strike(self, chords: dict[float, _Chord], clock: Clock) -> None:
        style, rng = self.style, self.rng
        middles = np.array([clock(q) for q in chords])
        gaps = np.diff(middles, prepend=self.last_onset_s, append=np.inf)
        phrase = -1
        lag = articulation = 0.0
        for i, (q, chord) in enumerate(chords.items()):
            current = int(np.searchsorted(self.phrases, q + EPS, side="right"))
            if current != phrase:
                phrase = current
                lag, articulation = rng.normal(0, style.hands_s), rng.uniform(*style.articulation)
            # However fast the notes, none overtakes the next.
            reach = min(MOST_ASYNCHRONY_S, gaps[i] / 3, gaps[i + 1] / 3)
            times = self._spread(chord, middles[i], reach, gaps[i + 1], lag)
            struck = []
            for pitch, note in sorted(chord.notes.items()):
                up = clock(self._key_up(q, note.duration, articulation))
                struck += self._press(note, times[pitch], up, pitch == max(chord.notes), gaps[i + 1])
            if struck:
                rolled = max(struck) - min(struck) > 2 * MOST_ASYNCHRONY_S
                self.onsets.append((q, min(struck) if rolled else float(np.mean(struck)), self.passages))
            if chord.graces:
                self._graces(chord.graces, min(times.values()), gaps[i])
        self.last_onset_s = float(middles[-1])

    def _spread(self, chord: _Chord, middle: float, reach: float, gap: float, lag: float) -> dict[int, float]:
        """Seconds at which each key of a chord is struck, by pitch."""
        style, rng = self.style, self.rng
        pitches = sorted(chord.notes)
        scatter = rng.normal(0, style.asynchrony_s, len(pitches))
        scatter += [lag if chord.notes[p].hand else 0.0 for p in pitches]
        if len(pitches) > 1:
            scatter[-1] -= style.melody_lead_s
        scatter = np.clip(scatter, -reach, reach)
        marked = any(n.ornament == "arpeggio" for n in chord.notes.values()) and style.ornaments
        if len(pitches) > 1 and (marked or (len(pitches) > 2 and rng.random() < style.rolled)):
            total = min(rng.uniform(0.03, 0.09) * (len(pitches) - 1), 0.5 * gap)
            scatter = np.linspace(0, total, len(pitches)) - min(reach, 0.3 * total)
        return dict(zip(pitches, (middle + scatter).tolist(), strict=True))

    def _key_up(self, q: float, duration: float, articulation: float) -> float:
        """Quarter note at which a string is damped: key let go, and the pedal after it."""
        up = q + duration * articulation
        if len(self.changes):
            # A key let go as the pedal is changed does not ring on.
            later = self.changes[self.changes >= up - 0.15]
            up = max(up, float(later[0])) if len(later) else up
        return up

    def _press(self, note: Note, t: float, up: float, top: bool, gap: float) -> list[float]:
        """Press a note's key, with slips; returns the seconds of strikes that count for the score's onset."""
        style, rng = self.style, self.rng
        velocity = self._velocity(note.onset, top)
        slip = float(rng.random())
        up = max(up, t + LEAST_DURATION_S)
        if slip < style.missing:
            return []
        slip -= style.missing
        pitch, quarter = note.pitch, note.onset
        if slip < style.wrong:
            pitch, quarter = pitch + int(rng.choice((-2, -1, 1, 2))), np.nan
        elif slip < style.wrong + style.extra:
            self._add(t + rng.normal(0, 0.004), up, pitch + int(rng.choice((-1, 1))), velocity - 8, np.nan, note.hand)
        elif slip < style.wrong + style.extra + style.repeated and gap > 0.25:
            again = t + min(rng.uniform(0.12, 0.3), gap / 2)
            self._add(again, max(up, again + LEAST_DURATION_S), pitch, velocity, np.nan, note.hand)
        ornament = note.ornament if style.ornaments and not np.isnan(quarter) else ""
        for k, (at, until, key) in enumerate(strikes(ornament, pitch, t, up, self.above, self.factor, rng)):
            self._add(at, until, key, velocity - 4 * (k > 0), quarter if k == 0 else np.nan, note.hand)
        return [t]

    def _graces(self, graces: list[Note], t: float, gap: float) -> None:
        """Play grace notes just before the second their onset's first key falls."""
        ordered = sorted(graces, key=lambda n: (n.grace, n.pitch))
        steps = sorted({n.grace for n in ordered})
        times = grace_times(len(steps), t, gap, self.rng)
        for note in ordered:
            at = times[steps.index(note.grace)]
            self._add(at, at + (t - times[0]) / len(steps) + 0.02, note.pitch, self.velocity, np.nan, note.hand)

    def _velocity(self, q: float, top: bool) -> float:
        style = self.style
        i = int(np.clip(np.searchsorted(self.phrases, q + EPS, side="right"), 1, len(self.phrases) - 1))
        first, last = self.phrases[i - 1], self.phrases[i]
        swell = style.swell * np.sin(np.pi * np.clip((q - first) / (last - first), 0, 1))
        return float(self.loud[i - 1] + swell + style.melody * top + self.rng.normal(0, style.scatter))

    def _add(self, on: float, off: float, pitch: int, velocity: float, quarter: float, hand: int) -> None:
        self.keys.append((max(0.0, on), off, pitch, int(np.clip(round(velocity), 8, 124)), quarter, hand))


def _strings(keys: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """Each string sounds until it is struck again; two strikes at once are one, that of the score."""
    keep = np.ones(len(keys), bool)
    latest: dict[int, int] = {}
    for i, key in enumerate(keys):
        before = latest.get(int(key["pitch"]))
        if before is not None:
            if key["onset_s"] - keys[before]["onset_s"] < RESTRIKE_S:
                drop, kept = (before, i) if np.isnan(keys[before]["quarter"]) else (i, before)
                keep[drop] = False
                keys[kept]["offset_s"] = max(keys[before]["offset_s"], key["offset_s"])
                latest[int(key["pitch"])] = kept
                continue
            keys[before]["offset_s"] = min(keys[before]["offset_s"], key["onset_s"])
        latest[int(key["pitch"])] = i
    return keys[keep]
