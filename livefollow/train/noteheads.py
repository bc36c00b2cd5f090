"""Where every notehead of a LilyPond score stands on the page, when it sounds and at what pitch.

No music is parsed. LilyPond itself tells, twice, about each notehead: an engraver (`noteheads.ily`) writes its moment,
pitch and staff position beside the place in the source it comes from, and the PDF has a point-and-click link over the
printed head that names the same place. The two are joined on (file, line, char). A source note that is used several
times (a variable, an unfolded repeat) has as many records as links: both are put in order, by time here, by page,
system and x there.

System and staff of a head are exact, too: its staff position says how far it stands from its staff's middle line, and
only one staff of the page has its middle line there, however many ledger lines lie between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, permutations
from pathlib import Path
from urllib.parse import unquote

import pymupdf

from livefollow.train.engrave import EngravingError, engrave
from livefollow.train.vector_staves import VectorSystem, vector_systems

SETTINGS = Path(__file__).with_name("noteheads.ily")
LINK = re.compile(r"^textedit://(.*):(\d+):(\d+):\d+$")
STAFF_TOLERANCE = 0.45  # staff spaces between where a head's staff should be and where one is
MOST_AT_ONCE = 4  # uses of one source note at one moment that are told apart by trying every order


@dataclass(frozen=True)
class Notehead:
    """One printed notehead. Counts start at 0; points have their origin at the page's top left."""

    score: int  # of the source's scores, in the order of the book; onsets start anew in each
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


@dataclass(frozen=True)
class EngravedScore:
    """A typeset LilyPond file with all it says about its noteheads."""

    pdfs: list[Path]
    noteheads: list[Notehead]  # by score, onset, grace (earliest first), then from the top of the page down
    systems: list[list[list[VectorSystem]]]  # [pdf][page][system]
    unplaced: int  # heads the engraver saw that found no link or no staff (cut out, or on a one-line staff)


@dataclass(frozen=True)
class _Record:
    score: int
    onset: Fraction
    grace: Fraction
    duration: Fraction
    pitch: int
    staff_position: int
    tied: bool


@dataclass(frozen=True)
class _Link:
    pdf: int
    page: int
    x: float
    y: float


_Source = tuple[str, int, int]  # file name, line, char


def engrave_noteheads(source: Path, out: Path, timeout_s: float = 240.0) -> EngravedScore:
    """Typeset a LilyPond file and read off its noteheads.

    Args:
        source: a `.ly` file, with its includes beside it.
        out: folder for the PDFs and the record of noteheads.
        timeout_s: limit for the compilation.

    Returns:
        The PDFs with their noteheads and systems.

    Raises:
        EngravingError: LilyPond is missing or failed, or the file has no noteheads.
    """
    pdfs = engrave(source, out, timeout_s, settings=SETTINGS)
    dump = out / f"{source.stem}.noteheads"
    if not dump.is_file():
        raise EngravingError(f"{source.name}: the score has no noteheads")
    records = _read_records(dump)
    links, systems = _read_links(pdfs)
    noteheads: list[Notehead] = []
    total = sum(len(r) for r in records.values())
    for place, uses in records.items():
        noteheads += _match(uses, links.get(place, []), systems)
    noteheads.sort(key=lambda n: (n.score, n.onset, n.grace, n.pdf, n.page, n.y))
    return EngravedScore(pdfs, noteheads, systems, total - len(noteheads))


def _read_records(dump: Path) -> dict[_Source, list[_Record]]:
    records: dict[_Source, list[_Record]] = defaultdict(list)
    for row in dump.read_text(encoding="utf-8", errors="replace").splitlines():
        score, onset, grace, duration, pitch, position, tied, file, line, char = row.split("\t")
        records[(Path(file).name, int(line), int(char))].append(
            _Record(
                int(score) - 1,
                4 * Fraction(onset),
                4 * Fraction(grace),
                4 * Fraction(duration),
                int(pitch),
                int(position),
                tied == "1",
            )
        )
    return records


def _read_links(pdfs: list[Path]) -> tuple[dict[_Source, list[_Link]], list[list[list[VectorSystem]]]]:
    links: dict[_Source, list[_Link]] = defaultdict(list)
    systems: list[list[list[VectorSystem]]] = []
    for i, pdf in enumerate(pdfs):
        with pymupdf.open(pdf) as document:  # type: ignore[no-untyped-call]
            systems.append([vector_systems(page) for page in document])
            for page in document:
                for link in page.get_links():
                    match = LINK.match(link.get("uri") or "")
                    if match:
                        box = link["from"]
                        place = (Path(unquote(match[1])).name, int(match[2]), int(match[3]))
                        links[place].append(_Link(i, page.number, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2))
    return links, systems


def _match(uses: list[_Record], links: list[_Link], systems: list[list[list[VectorSystem]]]) -> list[Notehead]:
    """The noteheads of one place in the source; none where records and links differ in number."""
    if len(uses) != len(links):
        return []
    noteheads = []
    for use, link in _pairs(uses, links, systems):
        _, place = _staff_of(use.staff_position, link, systems)
        if place:
            noteheads.append(
                Notehead(
                    use.score,
                    use.onset,
                    use.grace,
                    use.duration,
                    use.pitch,
                    use.tied,
                    link.pdf,
                    link.page,
                    *place,
                    link.x,
                    link.y,
                )
            )
    return noteheads


def _pairs(
    uses: list[_Record], links: list[_Link], systems: list[list[list[VectorSystem]]]
) -> Iterator[tuple[_Record, _Link]]:
    """Records in the order of time with links in the order of reading."""
    positions = {use.staff_position for use in uses}

    def reading_order(link: _Link) -> tuple[int, int, int, float]:
        # The link's own staff position is not known yet; of those in question one fits a staff best.
        _, place = min((_staff_of(p, link, systems) for p in positions), key=lambda fit: fit[0])
        return link.pdf, link.page, place[0] if place else 0, link.x

    ordered = iter(sorted(links, key=reading_order))
    uses = sorted(uses, key=lambda r: (r.score, r.onset, r.grace))
    for _, group in groupby(uses, key=lambda r: (r.score, r.onset, r.grace)):
        together = list(group)
        theirs = [next(ordered) for _ in together]
        if 1 < len(together) <= MOST_AT_ONCE:
            # One variable in two staves at once: each record with the link whose staff fits its position.
            theirs = list(
                min(
                    permutations(theirs),
                    key=lambda order: sum(
                        _staff_of(use.staff_position, link, systems)[0]
                        for use, link in zip(together, order, strict=True)
                    ),
                )
            )
        yield from zip(together, theirs, strict=True)


def _staff_of(
    position: int, link: _Link, systems: list[list[list[VectorSystem]]]
) -> tuple[float, tuple[int, int] | None]:
    """(system, staff) whose middle line is where a head's staff position says, None where no staff is.

    With it how far off the middle line is, in staff spaces (`STAFF_TOLERANCE` for none).
    """
    best, found = STAFF_TOLERANCE, None
    for i, system in enumerate(systems[link.pdf][link.page]):
        for j, staff in enumerate(system.staves):
            miss = abs(link.y + position * staff.space / 2 - staff.lines[2]) / staff.space
            if miss < best:
                best, found = miss, (i, j)
    return best, found
