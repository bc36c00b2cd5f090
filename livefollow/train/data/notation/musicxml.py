"""Write a `Notation` as MusicXML for other engravers: note values, beams, tuplets and accidentals spelled out.

Note i of the notation gets the id `n{i}` and, where asked for, the colour `colour_of(i)`: one or the other identifies
it in the picture.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from math import lcm
from xml.sax.saxutils import escape

from livefollow.train.data.notation.notation import Clef, Notation, NotationError, Octave
from livefollow.train.data.notation.voices import Chord, accidentals, beam, chords_of, tie_starts, voices_of

TYPES = {-1: "breve", 0: "whole", 1: "half", 2: "quarter", 3: "eighth", 4: "16th", 5: "32nd", 6: "64th", 7: "128th"}
ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
MARKS = {"trill": "trill-mark", "mordent": "mordent", "prall": "inverted-mordent", "turn": "turn"}
MOST_VOICES = 4  # voices a staff may have in one bar


def colour_of(index: int) -> str:
    """A unique colour for note `index`."""
    return f"#{index + 1:06X}"


def index_of(colour: str) -> int | None:
    """The note of a colour, None for black and other colours."""
    try:
        return int(colour.removeprefix("#"), 16) - 1 if colour.startswith("#") and int(colour[1:], 16) else None
    except ValueError:
        return None


def write_musicxml(notation: Notation, *, coloured: bool = False, mordents: bool = True) -> str:
    """Write a piece as one MusicXML part.

    Args:
        notation: the piece.
        coloured: give each notehead `colour_of` its index.
        mordents: write them; MuseScore 3.2 stops reading at the first.

    Raises:
        NotationError: it has what this writer cannot write.
    """
    return _Writer(notation, coloured, mordents).write()


def measures_of(notation: Notation) -> list[Fraction]:
    """The beginnings of written measures, and the end: at bars, repeat signs and endings, but never within a note."""
    repeats = notation.repeats
    cuts = {*notation.bars, *repeats.starts, *repeats.ends, *(t for e in repeats.endings for t in (e.start, e.end))}
    ordered = sorted({Fraction(0), notation.end, *(t for t in cuts if 0 < t < notation.end)})
    crossed: set[Fraction] = set()
    for n in notation.notes:
        if not n.grace:
            crossed.update(ordered[bisect_right(ordered, n.onset) : bisect_left(ordered, n.onset + n.duration)])
    return [t for t in ordered if t not in crossed]


class _Writer:
    def __init__(self, notation: Notation, coloured: bool, mordents: bool) -> None:
        self.notation = notation
        self.coloured = coloured
        self.marks = {k: v for k, v in MARKS.items() if mordents or "mordent" not in v}
        self.cuts = measures_of(notation)
        whole = [n for n in notation.notes if not n.grace]
        times = [t for n in whole for t in (n.onset, n.duration)] + self.cuts
        self.divisions = lcm(16, *(t.denominator for t in times))
        if self.divisions > 100_000:
            raise NotationError("note values too odd")
        self.accidentals = accidentals(notation)
        self.tie_starts = tie_starts(notation)
        self.members: dict[Fraction, list[int]] = defaultdict(list)
        for i, n in enumerate(notation.notes):
            self.members[self.cuts[bisect_right(self.cuts, n.onset) - 1]].append(i)
        self.clefs = sorted(notation.clefs, key=lambda c: c.onset)
        self.lines = sorted(notation.octaves, key=lambda o: o.start)
        self.line: dict[int, Octave] = {}  # that is being drawn, by staff
        self.out: list[str] = []

    def write(self) -> str:
        bars = set(self.notation.bars)
        number = 0
        begun = Fraction(0)  # of a bar that the measures before have not filled
        for start, end in pairwise(self.cuts):
            number += start in bars
            whole, length = self._bar_length(start), end - start
            goes_on = 0 < begun <= whole - length
            upbeat = start == 0 and length < whole
            self._measure(number, start, end, implicit=upbeat or goes_on or start not in bars)
            begun = Fraction(0) if upbeat else (begun if goes_on else 0) + length
            begun = begun if begun < whole else Fraction(0)
        title = escape(self.notation.name)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<score-partwise version="3.1">'
            f"<work><work-title>{title}</work-title></work>"
            '<part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">\n'
            + "".join(self.out)
            + "</part></score-partwise>\n"
        )

    def _bar_length(self, onset: Fraction) -> Fraction:
        """Quarter notes of a whole bar; 0 where no time signature is known."""
        signatures = [(beats, beat_type) for t, beats, beat_type in self.notation.times if t <= onset]
        return Fraction(4 * signatures[-1][0], signatures[-1][1]) if signatures else Fraction(0)

    def _ticks(self, duration: Fraction) -> int:
        return int(duration * self.divisions)

    def _measure(self, number: int, start: Fraction, end: Fraction, *, implicit: bool) -> None:
        hidden = ' implicit="yes"' if implicit else ""
        self.out.append(f'<measure number="{number}"{hidden}>')
        self._left_barline(start)
        self._attributes(start)
        notes = self.notation.notes
        voices = voices_of(notes, chords_of(notes, self._members(start, end), end))
        first = True
        for staff in range(self.notation.staves):
            own = voices.get(staff, [])
            if len(own) > MOST_VOICES:
                raise NotationError("more than four voices in a bar")
            for k, chords in enumerate(own or [[]]):
                if not first:
                    self.out.append(f"<backup><duration>{self._ticks(end - start)}</duration></backup>")
                first = False
                others = [c for other in own if other is not chords for c in other]
                self._voice(chords, others, staff, 4 * staff + k + 1, start, end, leading=k == 0)
            # After the last voice: Verovio puts what it reads before the end of a line under it.
            self._end_line(staff, end)
        self._right_barline(end)
        self.out.append("</measure>\n")

    def _left_barline(self, start: Fraction) -> None:
        repeats = self.notation.repeats
        endings = [e for e in repeats.endings if e.start == start]
        if start in repeats.starts or endings:
            self.out.append('<barline location="left">')
            if start in repeats.starts:
                self.out.append("<bar-style>heavy-light</bar-style>")
            for e in endings:
                passes = ",".join(map(str, e.passes)) or "1"
                self.out.append(f'<ending number="{passes}" type="start">{passes}.</ending>')
            if start in repeats.starts:
                self.out.append('<repeat direction="forward"/>')
            self.out.append("</barline>")

    def _right_barline(self, end: Fraction) -> None:
        repeats = self.notation.repeats
        endings = [e for e in repeats.endings if e.end == end]
        last = end == self.notation.end
        if end in repeats.ends or endings or last:
            self.out.append('<barline location="right">')
            if end in repeats.ends or last:
                self.out.append("<bar-style>light-heavy</bar-style>")
            for e in endings:
                passes = ",".join(map(str, e.passes)) or "1"
                self.out.append(f'<ending number="{passes}" type="stop"/>')
            if end in repeats.ends:
                self.out.append('<repeat direction="backward"/>')
            self.out.append("</barline>")

    def _attributes(self, start: Fraction) -> None:
        parts = []
        if start == 0:
            parts.append(f"<divisions>{self.divisions}</divisions>")
        parts += [f"<key><fifths>{f}</fifths></key>" for at, f in self.notation.keys if at == start]
        parts += [
            f"<time><beats>{n}</beats><beat-type>{d}</beat-type></time>"
            for at, n, d in self.notation.times
            if at == start
        ]
        if start == 0:
            parts.append(f"<staves>{self.notation.staves}</staves>")
        parts += [_clef(c) for c in self.clefs if c.onset == start]
        if parts:
            self.out.append(f"<attributes>{''.join(parts)}</attributes>")

    def _members(self, start: Fraction, end: Fraction) -> list[int]:
        return [i for i in self.members[start] if self.notation.notes[i].onset < end]

    def _voice(
        self,
        chords: list[Chord],
        others: list[Chord],
        staff: int,
        number: int,
        start: Fraction,
        end: Fraction,
        *,
        leading: bool,
    ) -> None:
        """Write one voice of one measure; gaps are rests where no other voice of the staff sounds or rests."""
        if not chords:
            self._clef_changes(staff, start, end)
            self._end_line(staff, start)
            self.out.append(
                f'<note><rest measure="yes"/><duration>{self._ticks(end - start)}</duration>'
                f"<voice>{number}</voice><staff>{staff + 1}</staff></note>"
            )
            return
        beam(self.notation.notes, chords, start, self._beat(start))
        position = clefs_until = start
        for chord in [*chords, None]:
            upto = chord.onset if chord else end
            if upto > position:
                silent = leading and not any(o.onset < upto and o.end > position for o in others)
                self._gap(position, upto, start, staff, number, rests=silent)
            if chord:
                if leading:
                    self._clef_changes(staff, clefs_until, chord.onset)
                    clefs_until = chord.onset
                    self._end_line(staff, chord.onset)
                    self._begin_line(staff, chord.onset)
                self._chord(chord, number)
                position = chord.end
        if leading:
            self._clef_changes(staff, clefs_until, max(c.onset for c in self.clefs) if self.clefs else end, before=end)

    def _clef_changes(self, staff: int, after: Fraction, upto: Fraction, before: Fraction | None = None) -> None:
        changes = [c for c in self.clefs if c.staff == staff and after < c.onset <= upto and c.onset not in self.cuts]
        for clef in changes:
            if before is None or clef.onset < before:
                self.out.append(f"<attributes>{_clef(clef)}</attributes>")

    def _beat(self, start: Fraction) -> Fraction:
        beats, beat_type = next(((n, d) for at, n, d in reversed(self.notation.times) if at <= start), (4, 4))
        return Fraction(12 if beats % 3 == 0 and beat_type == 8 else 8, 8)

    def _begin_line(self, staff: int, at: Fraction) -> None:
        """Begin the octave line that holds for a chord at `at`; one that holds for no chord is not printed."""
        line = next((o for o in self.lines if o.staff == staff and o.start <= at < o.end), None)
        if line and staff not in self.line:
            self.line[staff] = line
            # `down`: written lower than it sounds.
            self._octave_shift(staff, line, "down" if line.octaves > 0 else "up")

    def _end_line(self, staff: int, at: Fraction) -> None:
        """End the octave line of a staff that holds no longer at `at`."""
        if staff in self.line and self.line[staff].end <= at:
            self._octave_shift(staff, self.line.pop(staff), "stop")

    def _octave_shift(self, staff: int, line: Octave, kind: str) -> None:
        size = 7 * abs(line.octaves) + 1
        # A number for each staff: lines of the same number cannot overlap.
        self.out.append(
            f'<direction><direction-type><octave-shift type="{kind}" size="{size}" number="{staff + 1}"/>'
            f"</direction-type><staff>{staff + 1}</staff></direction>"
        )

    def _gap(self, position: Fraction, upto: Fraction, start: Fraction, staff: int, voice: int, *, rests: bool) -> None:
        while position < upto:
            value = next((v for v in _VALUES if (position - start) % v == 0 and position + v <= upto), None)
            if value is None or not rests:
                self.out.append(f"<forward><duration>{self._ticks(upto - position)}</duration></forward>")
                return
            self.out.append(
                f"<note><rest/><duration>{self._ticks(value)}</duration><voice>{voice}</voice>"
                f"<type>{_VALUES[value]}</type><staff>{staff + 1}</staff></note>"
            )
            position += value

    def _chord(self, chord: Chord, voice: int) -> None:
        for group in chord.graces:
            for k, i in enumerate(group):
                self._note(i, voice, joined=k > 0, grace=True)
        for k, i in enumerate(chord.notes):
            self._note(i, voice, joined=k > 0, chord=chord)

    def _note(self, i: int, voice: int, *, joined: bool, grace: bool = False, chord: Chord | None = None) -> None:
        n = self.notation.notes[i]
        octave, degree = divmod(n.step, 7)
        colour = f' color="{colour_of(i)}"' if self.coloured else ""
        parts = [f'<note id="n{i}"{colour}>']
        parts += ["<grace/>"] * grace + ["<chord/>"] * joined
        alter = f"<alter>{n.alter}</alter>" if n.alter else ""
        parts.append(f"<pitch><step>{'CDEFGAB'[degree]}</step>{alter}<octave>{octave + 4}</octave></pitch>")
        if not grace:
            parts.append(f"<duration>{self._ticks(n.duration)}</duration>")
        ties = ["stop"] * n.tied + ["start"] * (i in self.tie_starts)
        parts += [f'<tie type="{t}"/>' for t in ties]
        size = ' size="cue"' if n.small else ""
        parts.append(f"<voice>{voice}</voice><type{size}>{TYPES[n.log]}</type>" + "<dot/>" * n.dots)
        if i in self.accidentals:
            parts.append(f"<accidental>{ACCIDENTALS[n.alter]}</accidental>")
        if n.scale != 1:
            parts.append(
                f"<time-modification><actual-notes>{n.scale.denominator}</actual-notes>"
                f"<normal-notes>{n.scale.numerator}</normal-notes></time-modification>"
            )
        if self.coloured:
            parts.append(f'<notehead color="{colour_of(i)}">normal</notehead>')
        parts.append(f"<staff>{n.staff + 1}</staff>")
        if chord and not joined:
            parts += [f'<beam number="{level}">{b}</beam>' for level, b in enumerate(chord.beams, 1)]
        notations = [f'<tied type="{t}"/>' for t in ties]
        if chord and not joined:
            notations += [f'<tuplet type="{t}"/>' for t in chord.tuplet.split()]
        if n.ornament in self.marks:
            notations.append(f"<ornaments><{self.marks[n.ornament]}/></ornaments>")
        if n.finger:
            notations.append(f"<technical><fingering>{n.finger}</fingering></technical>")
        if n.ornament == "arpeggio":
            notations.append("<arpeggiate/>")
        if notations:
            parts.append(f"<notations>{''.join(notations)}</notations>")
        self.out.append("".join(parts) + "</note>")


_VALUES = {Fraction(4, 2**k): TYPES[k] for k in range(7)}


def _clef(clef: Clef) -> str:
    change = f"<clef-octave-change>{clef.octaves}</clef-octave-change>" if clef.octaves else ""
    return f'<clef number="{clef.staff + 1}"><sign>{clef.sign}</sign><line>{clef.line}</line>{change}</clef>'
