"""`Notation`: a piece as written, with spelled pitches, note values, voices and clefs; the input of other engravers.

Times are quarter notes from the beginning of the piece, as printed. `music` tells what of it is played.
"""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, dataclass, field, fields, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from livefollow.errors import LivefollowError
from livefollow.train.data.notation.music import Music, Note, Section
from livefollow.train.data.notation.repeats import Repeats, play_order

VERSION = 1
FIFTHS = (3, 0, 4, 1, 5, 2, 6)  # degrees a fifth apart: F C G D A E B
SHARPS, FLATS = FIFTHS, FIFTHS[::-1]  # degrees in the order they are altered
SCALE = (0, 2, 4, 5, 7, 9, 11)  # semitones of C D E F G A B
ORNAMENTS = ("trill", "mordent", "prall", "turn")  # of the top note of a chord; an arpeggio is of all its notes
SPREAD = "arpeggio"


class NotationError(LivefollowError):
    """The piece cannot be written as MusicXML; the message is the cause in a few words."""


@dataclass(frozen=True)
class WrittenNote:
    """One notehead as written."""

    onset: Fraction
    duration: Fraction  # quarter notes: value with dots, times the tuplet's factor
    step: int  # diatonic steps above middle C, as it sounds
    alter: int  # semitones
    staff: int  # 0 upper, 1 lower
    voice: int
    log: int = 2  # of the note value: 0 whole, 1 half, 2 quarter
    dots: int = 0
    scale: Fraction = Fraction(1)  # of the tuplet: 2/3 for triplets
    grace: Fraction = Fraction(0)  # quarter notes before the onset (negative)
    tied: bool = False  # continues the note of the same pitch before it
    small: bool = False  # cue size (grace notes are small anyway)
    ornament: str = ""  # one of Note.ornament
    finger: int = 0  # 1 to 5, printed beside it; 0: none

    @property
    def pitch(self) -> int:
        """The MIDI pitch."""
        octave, degree = divmod(self.step, 7)
        return 60 + 12 * octave + SCALE[degree] + self.alter


@dataclass(frozen=True)
class Clef:
    """A clef from `onset` on: sign G, F or C on `line` (1 is the lowest), sounding `octaves` higher."""

    onset: Fraction
    staff: int
    sign: str
    line: int
    octaves: int = 0


@dataclass(frozen=True)
class Octave:
    """An 8va line: what is written from `start` to before `end` on `staff` sounds `octaves` higher."""

    staff: int
    start: Fraction
    end: Fraction
    octaves: int


@dataclass(frozen=True)
class Notation:
    """A piece of music as written.

    Attributes:
        notes: by onset, grace, staff, voice, step.
        end: of the last bar.
        bars: onset of each bar, the first 0.
        times: (onset, beats, beat type).
        keys: (onset, fifths): sharps, less flats.
        tempo: (onset, quarter notes a minute), the first at 0.
    """

    name: str
    source: str
    licence: str
    staves: int
    notes: list[WrittenNote]
    end: Fraction
    bars: list[Fraction]
    times: list[tuple[Fraction, int, int]]
    keys: list[tuple[Fraction, int]]
    clefs: list[Clef]
    tempo: list[tuple[Fraction, float]]
    octaves: list[Octave] = field(default_factory=list)
    repeats: Repeats = field(default_factory=Repeats)

    def music(self) -> Music:
        """Convert to what is played: ties merged, ornaments on their notes, repeats as orders of play."""
        struck: dict[tuple[Fraction, Fraction, int], WrittenNote] = {}
        lasting: dict[tuple[Fraction, Fraction, int], Fraction] = {}
        open_ties: dict[tuple[int, Fraction], tuple[Fraction, Fraction, int]] = {}
        for note in sorted(self.notes, key=lambda n: (n.onset, n.grace)):
            origin = open_ties.get((note.pitch, note.onset)) if note.tied else None
            key = origin or (note.onset, note.grace, note.pitch)
            if key not in struck or (note.ornament and not origin):
                struck[key] = note
            end = note.onset + note.duration if not note.grace else note.onset
            lasting[key] = max(lasting.get(key, Fraction(0)), end - key[0] if not note.grace else note.duration)
            open_ties[note.pitch, end] = key
        notes = [
            Note(float(onset), float(lasting[key]), note.pitch, note.staff, float(grace), note.ornament)
            for key, note in sorted(struck.items())
            for onset, grace, _ in [key]
        ]
        with_repeats, straight = play_order(self.repeats, self.end)
        return Music(
            self.name,
            self.source,
            self.licence,
            notes,
            [float(b) for b in self.bars],
            [(float(at), speed) for at, speed in self.tempo],
            [Section(float(a), float(b)) for a, b in with_repeats],
            [Section(float(a), float(b)) for a, b in straight],
        )

    def save(self, path: Path) -> None:
        """Write as JSON; fractions as text, notes as rows."""
        names = [f.name for f in fields(WrittenNote)]
        data = {"version": VERSION, **asdict(self), "columns": names}
        data["notes"] = [[getattr(n, name) for name in names] for n in self.notes]
        path.write_text(json.dumps(data, default=str) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Notation:
        """Read what `save` wrote.

        Raises:
            ValueError: it is of another version.
        """
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("version", None) != VERSION:
            raise ValueError(f"{path} was written by another version: make the dataset again")
        names = data.pop("columns")
        exact = {"onset", "duration", "scale", "grace"}
        rows: list[dict[str, Any]] = [
            {k: Fraction(v) if k in exact else v for k, v in zip(names, row, strict=True)} for row in data["notes"]
        ]
        data["notes"] = [WrittenNote(**row) for row in rows]
        data["end"] = Fraction(data["end"])
        data["bars"] = [Fraction(b) for b in data["bars"]]
        for key in ("times", "keys", "tempo"):
            data[key] = [(Fraction(onset), *rest) for onset, *rest in data[key]]
        data["clefs"] = [Clef(**c | {"onset": Fraction(c["onset"])}) for c in data["clefs"]]
        data["octaves"] = [
            Octave(**o | {"start": Fraction(o["start"]), "end": Fraction(o["end"])}) for o in data["octaves"]
        ]
        data["repeats"] = Repeats.from_json(data["repeats"])
        return cls(**data)


def transposed(notation: Notation, fifths: int, steps: int, name: str) -> Notation:
    """Transpose a piece to another key.

    Args:
        notation: the piece.
        fifths: by how many the key moves: 2 with `steps` 1 is a tone up, −2 with −1 a tone down.
        steps: by how many diatonic steps notes move; clefs stay.
        name: of the new piece.

    Raises:
        NotationError: a key signature of more than seven signs, or a note altered by more than two semitones.
    """

    def moved(note: WrittenNote) -> WrittenNote:
        # On the line of fifths F C G D A E B, an altered note lies 7 further.
        degree = note.step % 7
        alter, place = divmod(FIFTHS.index(degree) + 7 * note.alter + fifths, 7)
        if (degree + steps) % 7 != FIFTHS[place]:
            raise ValueError(f"{steps} steps are not {fifths} fifths")
        if abs(alter) > 2:
            raise NotationError("a note altered by more than two semitones")
        return replace(note, step=note.step + steps, alter=alter)

    keys = [(at, key + fifths) for at, key in notation.keys]
    if any(abs(key) > 7 for _, key in keys):
        raise NotationError("a key signature of more than seven signs")
    return replace(notation, name=name, notes=[moved(n) for n in notation.notes], keys=keys)


def ornament_of_each(ornaments: set[str], steps: list[int]) -> list[str]:
    """Distribute a chord's ornaments to its notes.

    Args:
        ornaments: of the chord.
        steps: diatonic step of each of its notes.
    """
    if SPREAD in ornaments and len(steps) > 1:
        return [SPREAD] * len(steps)
    single = next((o for o in ORNAMENTS if o in ornaments), "")
    return [single if step == max(steps) else "" for step in steps]


@functools.cache
def value_of(duration: Fraction) -> tuple[int, int, Fraction] | None:
    """Find log, dots and tuplet factor of the single note value of a duration in quarter notes; None for none."""
    for log in range(8):
        for dots, longer in enumerate((Fraction(1), Fraction(3, 2), Fraction(7, 4))):
            if duration == Fraction(4, 2**log) * longer:
                return log, dots, Fraction(1)
    return None


def melody_figures(notation: Notation, length: int = 8) -> set[tuple[int, ...]]:
    """Collect the figures of `length` notes in the upper line, as steps and ratios of durations.

    Args:
        notation: a piece; of what sounds together only the top of the upper staff counts.
        length: notes to a figure.
    """
    top: dict[Fraction, WrittenNote] = {}
    for note in notation.notes:
        if note.staff == 0 and not note.grace and not note.tied:
            highest = top.get(note.onset)
            top[note.onset] = note if highest is None or note.pitch > highest.pitch else highest
    line = [top[t] for t in sorted(top)]
    moves = [(b.pitch - a.pitch, b.onset - a.onset) for a, b in pairwise(line)]
    figures = set()
    for i in range(len(moves) - length + 2):
        part = moves[i : i + length - 1]
        unit = part[0][1]
        figures.add(tuple(x for pitch, time in part for x in (pitch, round(24 * time / unit))))
    return figures


def shared_share(a: set[tuple[int, ...]], b: set[tuple[int, ...]]) -> float:
    """The share of the smaller of two sets of figures that is in the other: 1 for the same music."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def fifths_alters(fifths: int) -> dict[int, int]:
    """Map degrees (0 is C) to semitones by a key signature."""
    order, alter = (SHARPS, 1) if fifths > 0 else (FLATS, -1)
    return dict.fromkeys(order[: abs(fifths)], alter)
