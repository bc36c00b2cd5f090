"""Engrave LilyPond sources, in LilyPond's plain look or a varied one, and read the piece as written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import mido  # type: ignore[import-not-found, import-untyped, unused-ignore]
import numpy as np

from livefollow.train.data.engraving.alignment import Engraving, Head, Sign
from livefollow.train.data.engraving.lilypond_compiler import EngravingError, without_links
from livefollow.train.data.engraving.lilypond_noteheads import (
    EngravedScore,
    Notehead,
    PrintedSign,
    ScoreFacts,
    engrave_noteheads,
)
from livefollow.train.data.engraving.lilypond_styles import look_settings, without_page_settings
from livefollow.train.data.notation.notation import Clef, Notation, WrittenNote, ornament_of_each
from livefollow.train.data.notation.repeats import Ending, Repeats, is_end, is_start, passes_of, snapped
from livefollow.train.data.score_look import BAR_LINE, FINAL, REPEAT_END, REPEAT_START

UNSET_TEMPO = 60  # quarter notes a minute that LilyPond assumes where a source says nothing
DEFAULT_TEMPO = 90.0
SIGNS = {"clefs.G": "G", "clefs.F": "F", "clefs.C": "C"}
ORNAMENT_NAMES = {
    "trill": "trill",
    "mordent": "mordent",
    "upmordent": "prall",
    "downmordent": "mordent",
    "prallmordent": "mordent",
    "prall": "prall",
    "prallprall": "trill",
    "pralldown": "prall",
    "prallup": "prall",
    "upprall": "prall",
    "downprall": "prall",
    "lineprall": "prall",
    "turn": "turn",
    "reverseturn": "turn",
    "slashturn": "turn",
    "haydnturn": "turn",
    "arpeggio": "arpeggio",
}
LICENCE = re.compile(r'\b(?:license|copyright)\s*=\s*[^"\n]*"([^"]+)"')


def engrave_plain(source: Path, scratch: Path, pdf: Path, timeout_s: float = 240.0) -> tuple[Engraving, EngravedScore]:
    """Engrave a source in its own layout.

    Args:
        source: a `.ly` file.
        scratch: folder for LilyPond's files.
        pdf: file to write, without links or metadata.
        timeout_s: limit for the compilation.

    Raises:
        EngravingError: LilyPond is missing or failed, or the file has no noteheads.
    """
    engraved = engrave_noteheads(source, scratch, timeout_s)
    return _engraving(engraved, pdf), engraved


def engrave_varied(source: Path, scratch: Path, pdf: Path, seed: int, timeout_s: float = 240.0) -> Engraving:
    """Engrave a source in a look drawn from a seed: staff size, page, margins, spacing, line weights.

    Raises:
        EngravingError: as `engrave_plain`.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    settings = scratch / "look.ily"
    settings.write_text(look_settings(seed), encoding="utf-8")
    engraved = engrave_noteheads(source, scratch, timeout_s, settings, without_page_settings)
    return _engraving(engraved, pdf)


def notation_of(engraved: EngravedScore, bands: list[int], name: str, source: str, text: str) -> Notation:
    """Build the piece as written, its scores one after the other.

    Args:
        engraved: what LilyPond told.
        bands: per notehead 0 upper, 1 lower, -1 not the piano's (`read_look`).
        name: of the piece.
        source: for the record.
        text: of the source file, for its licence.
    """
    offsets = _offsets(engraved)
    contexts = _staff_of_context(engraved.noteheads, bands)
    notes = _written(engraved.noteheads, bands, offsets)
    facts = [(offset, f) for offset, f in zip(offsets, engraved.facts, strict=False)]
    tempo = sorted({offset + at: float(speed) for offset, f in facts for at, speed in f.tempo}.items())
    keys = {offset + at: fifths for offset, f in facts for at, context, fifths in f.keys if context in contexts}
    bars = {Fraction(0), *offsets[:-1], *(offset + at for offset, f in facts for at in f.bars)}
    found = LICENCE.search(text)
    return Notation(
        name,
        source,
        found[1] if found else "see source",
        1 + max((n.staff for n in notes), default=0),
        notes,
        offsets[-1],
        [b for b in sorted(bars) if b < offsets[-1]],
        sorted({offset + at: (offset + at, n, d) for offset, f in facts for at, n, d in f.times}.values()),
        _changes(sorted(keys.items())),
        [
            Clef(offset + at, contexts[context], SIGNS[glyph], 3 + position // 2, round(octaves / 7))
            for offset, f in facts
            for at, context, glyph, position, octaves in f.clefs
            if context in contexts and glyph in SIGNS
        ],
        _tempo(tempo, engraved.pdfs[0].parent),
        repeats=Repeats(
            sorted({offset + at for offset, f in facts for at, glyph in f.lines if is_start(glyph)}),
            sorted({offset + at for offset, f in facts for at, glyph in f.lines if is_end(glyph)}),
            [ending for offset, f in facts for ending in _endings(f, offset)],
            offsets[:-1],
        ),
    )


def _endings(facts: ScoreFacts, offset: Fraction) -> list[Ending]:
    bars = [offset + at for at in {*facts.bars, *(at for at, glyph in facts.lines if glyph)}]
    return snapped([Ending(offset + a, offset + b, passes_of(text)) for a, b, text in facts.voltas], bars)


def _offsets(engraved: EngravedScore) -> list[Fraction]:
    """The beginning of each score when they follow each other, and the end of the last."""
    ends = [max([at for at, _ in f.lines] + f.bars, default=Fraction(0)) for f in engraved.facts]
    for n in engraved.noteheads:
        ends[n.score] = max(ends[n.score], n.onset + n.duration)
    offsets = [Fraction(0)]
    for end in ends:
        offsets.append(offsets[-1] + end)
    return offsets


def _staff_of_context(noteheads: list[Notehead], bands: list[int]) -> dict[int, int]:
    """Map each Staff context to the band in which most of its heads are printed."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for n, band in zip(noteheads, bands, strict=True):
        counts[n.context][band] += 1
    most = {context: c.most_common(1)[0][0] for context, c in counts.items()}
    return {context: band for context, band in most.items() if band >= 0}


def _written(noteheads: list[Notehead], bands: list[int], offsets: list[Fraction]) -> list[WrittenNote]:
    chords: dict[tuple[int, Fraction, Fraction, int], list[int]] = defaultdict(list)
    for i, n in enumerate(noteheads):
        chords[n.score, n.onset, n.grace, n.voice].append(i)
    ornaments: dict[int, str] = {}
    for members in chords.values():
        named = {ORNAMENT_NAMES[o] for i in members for o in noteheads[i].ornaments if o in ORNAMENT_NAMES}
        ornaments.update(zip(members, ornament_of_each(named, [noteheads[i].step for i in members]), strict=True))
    notes = [
        WrittenNote(
            offsets[n.score] + n.onset,
            n.duration,
            n.step,
            n.alter,
            band,
            n.voice,
            *n.value,
            grace=n.grace,
            tied=n.tied,
            small=n.small and not n.grace,
            ornament=ornaments[i],
        )
        for i, (n, band) in enumerate(zip(noteheads, bands, strict=True))
        if band >= 0
    ]
    return sorted(notes, key=lambda n: (n.onset, n.grace, n.staff, n.voice, n.step))


def _changes(values: list[tuple[Fraction, int]]) -> list[tuple[Fraction, int]]:
    """Drop entries that change nothing."""
    kept: list[tuple[Fraction, int]] = []
    for at, value in values:
        if not kept or kept[-1][1] != value:
            kept.append((at, value))
    return kept


def _tempo(tempo: list[tuple[Fraction, float]], folder: Path) -> list[tuple[Fraction, float]]:
    """The tempo map; where the printed score names none, that of the source's MIDI block."""
    if any(speed != UNSET_TEMPO for _, speed in tempo):
        return [(Fraction(0), tempo[0][1]), *tempo[1:]]
    for path in sorted(folder.glob("*.mid*")):
        for message in mido.MidiFile(path, clip=True):
            if message.type == "set_tempo" and message.tempo != mido.bpm2tempo(UNSET_TEMPO):
                return [(Fraction(0), round(float(mido.tempo2bpm(message.tempo)), 3))]
    return [(Fraction(0), DEFAULT_TEMPO)]


def _engraving(engraved: EngravedScore, pdf: Path) -> Engraving:
    """Bind all PDFs of a source into one, with the places of its signs."""
    without_links(engraved.pdfs[0], pdf, engraved.pdfs[1:])
    first = np.concatenate([[0], np.cumsum([len(pages) for pages in engraved.systems])])
    offsets = _offsets(engraved)
    heads = [
        Head(
            float(offsets[n.score] + n.onset),
            float(n.grace),
            float(n.duration),
            n.pitch,
            n.step,
            n.tied,
            n.small and not n.grace,
            int(first[n.pdf]) + n.page,
            n.x,
            n.y,
            engraved.systems[n.pdf][n.page][n.system].staves[n.staff].lines[2],
        )
        for n in engraved.noteheads
    ]

    def sign(s: PrintedSign, x: float, kind: int = BAR_LINE) -> Sign:
        middle = (s.y0 + s.y1) / 2
        lines = [staff.lines[2] for system in engraved.systems[s.pdf][s.page] for staff in system.staves]
        nearest = min(lines, key=lambda y: abs(y - middle), default=middle)
        return Sign(int(first[s.pdf]) + s.page, x, nearest, kind)

    marks = [sign(line, (line.x0 + line.x1) / 2, kind) for line in engraved.bar_lines for kind in kinds_of(line.glyph)]
    return Engraving(pdf, heads, marks, [sign(p, p.x1) for p in engraved.prefixes])


def kinds_of(glyph: str) -> list[int]:
    """The kinds of mark of a bar line with this LilyPond glyph."""
    kinds = [kind for kind, is_kind in ((REPEAT_END, is_end), (REPEAT_START, is_start)) if is_kind(glyph)]
    if kinds:
        return kinds
    return [FINAL if glyph in ("|.", "..") else BAR_LINE]


def source_text(path: Path) -> str:
    """Read the text of a source file.

    Raises:
        EngravingError: there is no such file.
    """
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise EngravingError(f"{path.name}: {error.strerror}") from error
