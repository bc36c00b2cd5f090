"""Spell a bar of written music: voices of chords without overlaps, beams, tuplet brackets, accidentals and ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from livefollow.train.data.notation.notation import Notation, NotationError, WrittenNote, fifths_alters

MOST_ALTERED = 2  # semitones: double sharps and flats


@dataclass
class Chord:
    """Notes of one voice struck together, with indices into the notation."""

    notes: list[int]
    onset: Fraction
    end: Fraction
    graces: list[list[int]] = field(default_factory=list)  # chords of grace notes before it
    beams: list[str] = field(default_factory=list)  # per level
    tuplet: str = ""  # start, stop, or start stop


def chords_of(notes: list[WrittenNote], members: Iterable[int], end: Fraction) -> list[Chord]:
    """Group the notes of one bar to chords with their grace notes, by onset.

    Args:
        notes: of the whole piece.
        members: indices of those in the bar.
        end: of the bar.

    Raises:
        NotationError: a note lasts beyond the bar.
    """
    found: dict[tuple[int, Fraction, Fraction], Chord] = {}
    graces: dict[tuple[int, Fraction], dict[Fraction, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i in members:
        n = notes[i]
        if n.grace:
            graces[n.voice, n.onset][n.grace].append(i)
            continue
        if n.onset + n.duration > end:
            raise NotationError("a note crosses a bar line")
        chord = found.setdefault((n.voice, n.onset, n.duration), Chord([], n.onset, n.onset + n.duration))
        chord.notes.append(i)
    chords = sorted(found.values(), key=lambda c: (c.onset, c.notes[0]))
    for (voice, onset), groups in graces.items():
        hosts = [c for c in chords if c.onset == onset]
        own = [c for c in hosts if notes[c.notes[0]].voice == voice]
        host = next(iter(own or hosts), None)
        if host:  # there is nothing to hang them on before a rest: they are left out
            host.graces += [groups[g] for g in sorted(groups)]
    return chords


def voices_of(notes: list[WrittenNote], chords: list[Chord]) -> dict[int, list[list[Chord]]]:
    """The voices of a measure, by staff; a written voice is split where its chords overlap."""
    written: dict[int, list[Chord]] = defaultdict(list)
    for chord in chords:
        written[notes[chord.notes[0]].voice].append(chord)
    staves: dict[int, list[list[Chord]]] = defaultdict(list)
    for number in sorted(written):
        voices: list[list[Chord]] = []
        for chord in written[number]:
            voice = next((x for x in voices if x[-1].end <= chord.onset), None)
            if voice is None:
                voices.append([chord])
            else:
                voice.append(chord)
        lower = sum(notes[c.notes[0]].staff for c in written[number])
        staves[int(2 * lower > len(written[number]))] += voices
    return staves


def beam(notes: list[WrittenNote], voice: list[Chord], start: Fraction, beat: Fraction) -> None:
    """Set the beams of a voice within each beat, and mark where tuplets begin and end.

    Args:
        notes: of the whole piece.
        voice: its chords in one bar; their `beams` and `tuplet` are set.
        start: of the bar.
        beat: quarter notes.
    """
    group: list[Chord] = []
    for chord, following in zip(voice, [*voice[1:], None], strict=True):
        n = notes[chord.notes[0]]
        if n.log >= 3:
            group.append(chord)
        joined = (
            following is not None
            and n.log >= 3
            and notes[following.notes[0]].log >= 3
            and following.onset == chord.end
            and (following.onset - start) // beat == (chord.onset - start) // beat
            and notes[following.notes[0]].scale == n.scale
        )
        if not joined:
            _join(group, notes)
            group = []
    run: list[Chord] = []
    for chord in voice:
        n = notes[chord.notes[0]]
        if run and (notes[run[0].notes[0]].scale != n.scale or run[-1].end != chord.onset):
            _bracket(run)
            run = []
        if n.scale != 1:
            run.append(chord)
            length = (chord.end - run[0].onset).denominator
            if length & (length - 1) == 0:  # whole parts of a beat again
                _bracket(run)
                run = []
    _bracket(run)


def _join(group: list[Chord], notes: list[WrittenNote]) -> None:
    """Set the beams of a group of chords, level by level."""
    if len(group) < 2:
        return
    levels = [notes[c.notes[0]].log - 2 for c in group]
    for k, chord in enumerate(group):
        before, after = levels[k - 1] if k else 0, levels[k + 1] if k + 1 < len(group) else 0
        for level in range(1, levels[k] + 1):
            back, on = before >= level, after >= level
            kind = "continue" if back and on else "end" if back else "begin" if on else ""
            chord.beams.append(kind or ("backward hook" if k else "forward hook"))


def _bracket(run: list[Chord]) -> None:
    if len(run) == 1:
        run[0].tuplet = "start stop"
    elif run:
        run[0].tuplet, run[-1].tuplet = "start", "stop"


def tie_starts(notation: Notation) -> set[int]:
    """Indices of the notes that are tied to a later one."""
    ending: dict[tuple[int, Fraction], int] = {}
    starts = set()
    for i, n in sorted(enumerate(notation.notes), key=lambda e: (e[1].onset, e[1].grace)):
        if n.tied and (n.pitch, n.onset) in ending:
            starts.add(ending[n.pitch, n.onset])
        ending[n.pitch, n.onset if n.grace else n.onset + n.duration] = i
    return starts


def accidentals(notation: Notation) -> set[int]:
    """Indices of notes that need an accidental: altered unlike the key, or unlike the bar's last on their line.

    Raises:
        NotationError: a note is altered by more than MOST_ALTERED.
    """
    bars, keys = list(notation.bars), list(notation.keys)
    needed, state, alters = set(), dict[tuple[int, int], int](), dict[int, int]()
    for i, n in sorted(enumerate(notation.notes), key=lambda e: (e[1].onset, e[1].grace)):
        if abs(n.alter) > MOST_ALTERED:
            raise NotationError("more than two sharps or flats on a note")
        while bars and bars[0] <= n.onset:
            bars.pop(0)
            state.clear()
        while keys and keys[0][0] <= n.onset:
            alters = fifths_alters(keys.pop(0)[1])
        now = state.get((n.staff, n.step), alters.get(n.step % 7, 0))
        if n.alter != now and not n.tied:
            needed.add(i)
            state[n.staff, n.step] = n.alter
    return needed
