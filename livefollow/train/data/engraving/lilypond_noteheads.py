"""Find every notehead of a LilyPond score: place on the page, onset and pitch.

No music is parsed. LilyPond itself reports the noteheads, twice: engravers (`noteheads.ily`) number them and write
moment, pitch, note value and staff position of each; and they print it, as they do bar lines, clefs, key and time
signatures, with a link over it that says what it is. So the PDF knows where each of them stands, whatever variables,
repeats and transpositions lie between source and page.

System and staff of a head are exact, too: its staff position says how far it stands from its staff's middle line, and
only one staff of the page has its middle line there, however many ledger lines lie between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pymupdf

from livefollow.train.data.engraving.lilypond_compiler import EngravingError, engrave
from livefollow.train.data.engraving.vector_staves import VectorSystem, vector_systems

SETTINGS = Path(__file__).with_name("noteheads.ily")
LINK = "http://livefollow/"
BEGIN_OF_LINE = "1"  # LilyPond's break direction of what stands at a line's begin
STAFF_TOLERANCE = 0.45  # staff spaces between where a head's staff should be and where one is


@dataclass(frozen=True)
class Notehead:
    """One printed notehead. Counts start at 0; points have their origin at the page's top left."""

    score: int  # of the source's scores, in the order of the book; onsets start at 0 in each
    onset: Fraction  # quarter notes since the score's start
    grace: Fraction  # quarter notes before the onset (negative) for grace notes, else 0
    duration: Fraction  # quarter notes
    pitch: int  # MIDI
    tied: bool  # continues a tied note: printed, but not struck again
    pdf: int
    page: int
    system: int  # on its page
    staff: int  # in its system
    x: float  # middle of the head, points
    y: float
    step: int = 0  # diatonic steps above middle C
    alter: int = 0  # semitones
    small: bool = False  # a grace note, or one in cue size
    voice: int = 0  # of LilyPond's Voice contexts
    context: int = 0  # of LilyPond's Staff contexts
    value: tuple[int, int, Fraction] = (2, 0, Fraction(1))  # as printed: log (2 is a quarter), dots, tuplet's factor
    ornaments: tuple[str, ...] = ()  # LilyPond's names, of the whole chord


@dataclass(frozen=True)
class PrintedSign:
    """A bar line, or a clef, key or time signature at the beginning of a line, on one staff; points."""

    pdf: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    glyph: str  # of a bar line, in LilyPond's notation


@dataclass
class ScoreFacts:
    """What LilyPond reports of one score besides noteheads; times in quarter notes since the score's start."""

    bars: list[Fraction] = field(default_factory=list)
    lines: list[tuple[Fraction, str]] = field(default_factory=list)  # (onset, glyph) of bar lines
    voltas: list[tuple[Fraction, Fraction, str]] = field(default_factory=list)  # (start, end, text) of endings
    tempo: list[tuple[Fraction, Fraction]] = field(default_factory=list)  # (onset, quarter notes a minute)
    times: list[tuple[Fraction, int, int]] = field(default_factory=list)  # (onset, beats, beat type)
    keys: list[tuple[Fraction, int, int]] = field(default_factory=list)  # (onset, Staff context, fifths)
    clefs: list[tuple[Fraction, int, str, int, int]] = field(
        default_factory=list
    )  # ..., glyph, position, transposition


@dataclass(frozen=True)
class EngravedScore:
    """A typeset LilyPond file with all that is known of its noteheads."""

    pdfs: list[Path]
    noteheads: list[Notehead]  # by score, onset, grace (earliest first), then from the top of the page down
    systems: list[list[list[VectorSystem]]]  # [pdf][page][system]
    unplaced: int  # heads the engraver saw that were not printed (merged with another), or on a one-line staff
    bar_lines: list[PrintedSign]
    prefixes: list[PrintedSign]
    facts: list[ScoreFacts]  # by score


@dataclass(frozen=True)
class _Link:
    pdf: int
    page: int
    box: pymupdf.Rect


def engrave_noteheads(
    source: Path,
    out: Path,
    timeout_s: float = 240.0,
    settings: Path = SETTINGS,
    edit: Callable[[str], str] | None = None,
) -> EngravedScore:
    """Typeset a LilyPond file and find its noteheads.

    Args:
        source: a `.ly` file, with its includes beside it.
        out: folder for the PDFs and the record of noteheads.
        timeout_s: limit for the compilation.
        settings: a LilyPond file read before the source, which includes `noteheads.ily`.
        edit: applied to the text of the source and of the files beside it.

    Returns:
        The PDFs with their noteheads and systems.

    Raises:
        EngravingError: LilyPond is missing or failed, or the file has no noteheads.
    """
    pdfs = engrave(source, out, timeout_s, settings=settings, edit=edit)
    facts: dict[int, ScoreFacts] = defaultdict(ScoreFacts)
    heads: dict[str, list[str]] = {}
    for dump in sorted(out.glob("*.noteheads")):
        for row in dump.read_text(encoding="utf-8", errors="replace").splitlines():
            kind, score, *cells = row.split("\t")
            if kind == "head":
                heads[cells[0]] = [score, *cells[1:]]
            else:
                _add_fact(facts[int(score)], kind, cells)
    if not heads:
        raise EngravingError(f"{source.name}: the score has no noteheads")
    systems: list[list[list[VectorSystem]]] = []
    for pdf in pdfs:
        with pymupdf.open(pdf) as document:
            systems.append([vector_systems(page) for page in document])
    noteheads: list[Notehead] = []
    bar_lines: list[PrintedSign] = []
    prefixes: list[PrintedSign] = []
    for kind, detail, link in _read_links(pdfs):
        if kind == "head" and detail in heads and (head := _notehead(heads[detail], link, systems)):
            noteheads.append(head)
        elif kind == "bar" and detail:
            glyph = "".join(chr(int(code)) for code in detail.split("-"))
            bar_lines.append(_sign(link, glyph))
        elif kind == "prefix" and detail == BEGIN_OF_LINE:
            prefixes.append(_sign(link))
    noteheads.sort(key=lambda n: (n.score, n.onset, n.grace, n.pdf, n.page, n.y))
    count = max([int(cells[0]) for cells in heads.values()] + list(facts)) + 1
    return EngravedScore(
        pdfs, noteheads, systems, len(heads) - len(noteheads), bar_lines, prefixes, [facts[i] for i in range(count)]
    )


def _add_fact(facts: ScoreFacts, kind: str, cells: list[str]) -> None:
    onset = 4 * Fraction(cells[0])
    match kind, cells[1:]:
        case "bar", _:
            facts.bars.append(onset)
        case "line", [glyph]:
            facts.lines.append((onset, glyph))
        case "volta", [end, text]:
            facts.voltas.append((onset, 4 * Fraction(end), text))
        case "tempo", [speed]:
            facts.tempo.append((onset, 4 * Fraction(speed)))
        case "time", [fraction]:
            beats, beat_type = fraction.split("/")
            facts.times.append((onset, int(beats), int(beat_type)))
        case "key", [staff, fifths]:
            facts.keys.append((onset, int(staff), int(Fraction(fifths))))
        case "clef", [staff, glyph, position, transposition]:
            facts.clefs.append((onset, int(staff), glyph, int(position), int(transposition)))


def _read_links(pdfs: list[Path]) -> Iterator[tuple[str, str, _Link]]:
    """Yield (kind, detail, place) of everything that was printed with a link."""
    for i, pdf in enumerate(pdfs):
        with pymupdf.open(pdf) as document:
            for page in document:
                for link in page.get_links():
                    kind, _, detail = (link.get("uri") or "").removeprefix(LINK).partition("/")
                    yield kind, detail, _Link(i, page.number, link["from"])


def _sign(link: _Link, glyph: str = "") -> PrintedSign:
    return PrintedSign(link.pdf, link.page, link.box.x0, link.box.y0, link.box.x1, link.box.y1, glyph)


def _notehead(cells: list[str], link: _Link, systems: list[list[list[VectorSystem]]]) -> Notehead | None:
    """Build the head of one record; None where no staff fits it."""
    (score, onset, grace, length, pitch, step, alter, position, tied, small) = cells[:10]
    voice, context, log, dots, scale, ornaments = cells[10:]
    x, y = (link.box.x0 + link.box.x1) / 2, (link.box.y0 + link.box.y1) / 2
    place = _staff_of(int(position), y, systems[link.pdf][link.page])
    if place is None:
        return None
    return Notehead(
        score=int(score),
        onset=4 * Fraction(onset),
        grace=4 * Fraction(grace),
        duration=4 * Fraction(length),
        pitch=int(pitch),
        tied=tied == "1",
        pdf=link.pdf,
        page=link.page,
        system=place[0],
        staff=place[1],
        x=x,
        y=y,
        step=int(step),
        alter=round(Fraction(alter)),
        small=small == "1",
        voice=int(voice),
        context=int(context),
        value=(int(log), int(dots), Fraction(scale)),
        ornaments=tuple(o for o in ornaments.split(",") if o),
    )


def _staff_of(position: int, y: float, systems: list[VectorSystem]) -> tuple[int, int] | None:
    """Find the (system, staff) whose middle line fits a head's staff position, None where there is none."""
    best, found = STAFF_TOLERANCE, None
    for i, system in enumerate(systems):
        for j, staff in enumerate(system.staves):
            miss = abs(y + position * staff.space / 2 - staff.lines[2]) / staff.space
            if miss < best:
                best, found = miss, (i, j)
    return found
