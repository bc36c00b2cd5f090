"""What is hard to read, and how much of it the reader reads.

    python -m tests.benchmarks.networks.hard_to_read DATA [--models DIR ...] [--pieces N]

Random music that nothing was learned from, engraved by MuseScore, Verovio and LilyPond: octave lines, within a system
and carried on from the one before; keys of six and seven signs; changes of clef; ledger lines; a font that is held
out; dense prints as if scanned; old clefs; fingerings. F1 of the notes at the events that are asked for; and of the
notes under octave lines, how many are read right, and how many in another octave; and of all notes where neither
scans nor changes of clef are asked for, how many are read by the clef that they are under. What is engraved is kept
in `DATA/hard_to_read`, so that another network is measured in seconds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import LOWEST_PITCH
from livefollow.errors import LivefollowError
from livefollow.networks.manifest import load_manifest
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import load_network
from livefollow.score.reading import Reading
from livefollow.train.data.corpus.random_music import OLD_CLEFS, random_music
from livefollow.train.data.engraving.alignment import Engraving, MisalignedError, read_look
from livefollow.train.data.engraving.lilypond_notation import engrave_notation
from livefollow.train.data.engraving.musescore import engrave_musescore
from livefollow.train.data.engraving.verovio import engrave_verovio
from livefollow.train.data.notation.notation import Notation
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.reader.augment import damage
from livefollow.train.reader.data import Printed, printed_systems
from livefollow.train.reader.metrics import SURE, nearest_pairs
from livefollow.train.reader.train import moved

FIRST_SEED = 900_000  # from which on nothing was learned
BARS = 24
ENGRAVERS = ("musescore", "verovio")
EVERY_ENGRAVER = ("lilypond", *ENGRAVERS)
HELD_OUT = ("musescore-Gonville", "verovio-Gootville")  # one design, held out from both
OCTAVE = 12
Style = dict[str, float]


@dataclass(frozen=True)
class Hard:
    """A kind of what is hard to read.

    Attributes:
        name: of the row, and of its folder.
        style: of the random music.
        signs: of its keys; drawn as usual by default.
        engravers: of EVERY_ENGRAVER, with a font's name where it is not to be drawn.
        scanned: damaged as print and scanners do it.
        after_clef: only what comes after a change of clef on its system.
        lines: of the octave lines over the events: within the system, carried on; all events by default.
    """

    name: str
    style: Style = field(default_factory=dict)
    signs: tuple[int, ...] = ()
    engravers: tuple[str, ...] = ENGRAVERS
    scanned: bool = False
    after_clef: bool = False
    lines: str = ""


LINES = {"octave": 0.3, "octave_bars": 5.0, "clef_change": 0.0, "old_clefs": 0.0, "finger": 0.0}
ORDINARY = {"octave": 0.0, "clef_change": 0.03, "old_clefs": 0.0, "finger": 0.0}
DENSE = ORDINARY | {"chord": 0.75, "size": 4, "second_voice": 0.5, "chromatic": 0.15, "clef_change": 0.05}
KINDS = (
    Hard("ordinary", ORDINARY, (-3, -1, 0, 2, 4)),
    Hard("octave lines within a system", LINES, engravers=EVERY_ENGRAVER, lines="within"),
    Hard("octave lines carried on", LINES, engravers=EVERY_ENGRAVER, lines="carried"),
    Hard("six and seven signs", ORDINARY, (-7, -6, 6, 7)),
    Hard("after a change of clef", ORDINARY | {"clef_change": 0.4}, (-3, -1, 0, 2, 4), after_clef=True),
    Hard("ledger lines", ORDINARY | {"leap": 4.5, "pull": 0.02}, (-3, -1, 0, 2, 4)),
    Hard("held-out font", ORDINARY, (-3, -1, 0, 2, 4), HELD_OUT),
    Hard("dense, as scanned", DENSE, (-5, -3, 1, 4, 6), scanned=True),
    Hard("old clefs", ORDINARY | {"old_clefs": OLD_CLEFS}, (-3, -1, 0, 2, 4)),
    Hard("fingerings", ORDINARY | {"finger": 0.6}, (-3, -1, 0, 2, 4), EVERY_ENGRAVER),
)


@dataclass
class Read:
    """Counts over events; add them up."""

    notes: int = 0
    found: int = 0
    read: int = 0
    lined: int = 0  # of the notes, under octave lines
    lined_found: int = 0
    lined_off: int = 0  # read an octave or two off, and not where they are

    def __add__(self, other: Read) -> Read:
        """Add the counts of two sets of events."""
        return Read(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, eq=False)
class Page:
    """One engraving: the piece as written, and as the app sees it."""

    notation: Notation
    look: ScoreLook


def engraved(notation: Notation, engraver: str, seed: int, folder: Path) -> Engraving:
    """Engrave a piece."""
    name, _, font = engraver.partition("-")
    pdf = folder / "score.pdf"
    if name == "lilypond":
        return engrave_notation(notation, folder / "scratch", pdf, seed)
    if name == "musescore":
        return engrave_musescore(notation, pdf, seed, (font,) if font else ("Emmentaler", "Bravura"))
    return engrave_verovio(notation, pdf, font or "Leipzig", seed)


def pages(hard: Hard, kept: Path, pieces: int) -> Iterator[Page]:
    """The engravings of a kind, made once; what an engraver does not take is said and left out."""
    # The kinds of octave lines share their music.
    first = FIRST_SEED + 1000 * next(k for k, other in enumerate(KINDS) if other.style == hard.style)
    for k in range(pieces):
        fifths = hard.signs[k % len(hard.signs)] if hard.signs else None
        notation = random_music(first + k, BARS, fifths, **hard.style)
        for engraver in hard.engravers:
            path = kept / f"{notation.name}-{fifths}-{engraver}.npz"
            if not path.is_file():
                kept.mkdir(parents=True, exist_ok=True)
                try:
                    with tempfile.TemporaryDirectory() as folder:
                        read_look(engraved(notation, engraver, first + k, Path(folder)))[0].save(path)
                except (LivefollowError, MisalignedError) as error:
                    print(f"{hard.name}: {notation.name} by {engraver}: {error}")
                    continue
            yield Page(notation, ScoreLook.load(path))


def onsets_of(printed: Printed, heads: npt.NDArray[Any], x0: int) -> npt.NDArray[np.float64]:
    """The onset of each event: that of its nearest head of a pitch it has."""
    out = []
    for x, pitches in zip(printed.x, printed.pitches, strict=True):
        own = heads[np.isin(heads["pitch"], pitches + LOWEST_PITCH)]
        out.append(float(own["onset"][np.abs(own["x"] - x0 - x).argmin()]))
    return np.array(out)


def lined_pitches(page: Page, heads: npt.NDArray[Any], onset: float, lines: str) -> set[int]:
    """The pitches struck at an onset under octave lines that began on this system, or before it."""
    begin = float(heads["onset"].min())
    found = set()
    for line in page.notation.octaves:
        if line.start <= onset < line.end and (line.start < begin) == (lines == "carried"):
            own = heads[(np.abs(heads["onset"] - onset) < 1e-4) & (heads["staff"] == line.staff) & ~heads["tied"]]
            found |= {int(p) - LOWEST_PITCH for p in own["pitch"][own["grace"] == 0]}
    return found


def counted(hard: Hard, page: Page, reader: Reader, rng: np.random.Generator) -> Read:
    """Count what is read of the events that a kind asks for."""
    total = Read()
    struck = page.look.heads[(page.look.heads["grace"] == 0) & ~page.look.heads["tied"]]
    for (_, _, x0, x1), truth in zip(page.look.systems, printed_systems(page.look), strict=True):
        heads = struck[(struck["x"] >= x0) & (struck["x"] < x1)]
        if not len(truth.x):
            continue
        onsets, printed = onsets_of(truth, heads, int(x0)), truth
        bands = page.look.bands[:, :, x0:x1]
        if hard.scanned:
            spoilt = damage(np.ascontiguousarray(bands), rng)
            bands, printed = spoilt.bands, moved(truth, spoilt.moved)
        lined = [lined_pitches(page, heads, t, hard.lines) if hard.lines else set() for t in onsets]
        changes = [float(c.onset) for c in page.notation.clefs if onsets[0] < c.onset <= onsets[-1]]
        first = min(changes, default=np.inf) if hard.after_clef else -np.inf
        wanted = [t >= first and (bool(under) or not hard.lines) for t, under in zip(onsets, lined, strict=True)]
        total += compared(reader.read_bands(bands, 0, 0), printed, wanted, lined)
    return total


def read_by_clef(page: Page, reader: Reader) -> tuple[Counter[str], Counter[str]]:
    """How many notes there are under each clef, as sign and line, and how many of them are read."""
    there, found = Counter[str](), Counter[str]()
    struck = page.look.heads[(page.look.heads["grace"] == 0) & ~page.look.heads["tied"]]
    for (_, _, x0, x1), printed in zip(page.look.systems, printed_systems(page.look), strict=True):
        heads = struck[(struck["x"] >= x0) & (struck["x"] < x1)]
        if not len(printed.x):
            continue
        reading = reader.read_bands(page.look.bands[:, :, x0:x1], 0, 0)
        pairs = dict(nearest_pairs(printed.x, reading.x))
        for i, onset in enumerate(onsets_of(printed, heads, int(x0))):
            read = set(np.flatnonzero(reading.pitches[pairs[i]] >= SURE).tolist()) if i in pairs else set()
            for head in heads[np.abs(heads["onset"] - onset) < 1e-4]:
                own = [c for c in page.notation.clefs if c.staff == head["staff"] and float(c.onset) <= onset + 1e-4]
                clef = f"{own[-1].sign}{own[-1].line}"
                there[clef] += 1
                found[clef] += int(head["pitch"]) - LOWEST_PITCH in read
    return there, found


def compared(reading: Reading, printed: Printed, wanted: list[bool], lined: list[set[int]]) -> Read:
    """Compare a reading with those of a system's events that are wanted."""
    total = Read()
    there = {i: set(np.flatnonzero(reading.pitches[k] >= SURE)) for i, k in nearest_pairs(printed.x, reading.x)}
    for i in np.flatnonzero(wanted).tolist():
        true, read = {int(p) for p in printed.pitches[i]}, {int(p) for p in there.get(i, ())}
        off = {p for p in lined[i] - read if {p + k * OCTAVE for k in (-2, -1, 1, 2)} & (read - true)}
        total += Read(len(true), len(true & read), len(read), len(lined[i]), len(lined[i] & read), len(off))
    return total


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, nargs="*", default=[None])
    parser.add_argument("--pieces", type=int, default=3)
    args = parser.parse_args()
    made = {
        hard.name: list(pages(hard, args.data / "hard_to_read" / ((hard.lines and "lines") or hard.name), args.pieces))
        for hard in KINDS
    }
    for models in args.models:
        reader = Reader(load_network(load_manifest(models).network("reader"), READER, "cpu"))
        print(f"\n{models or 'as shipped'}\n\n| | notes | F1 | under lines | right | another octave |")
        print("|---|---:|---:|---:|---:|---:|")
        for hard in KINDS:
            rng = np.random.default_rng(7)
            n = sum((counted(hard, page, reader, rng) for page in made[hard.name]), Read())
            f1 = 2 * n.found / max(1, n.notes + n.read)
            under = [f"{k / n.lined:.3f}" for k in (n.lined_found, n.lined_off)] if n.lined else ["", ""]
            print(f"| {hard.name} | {n.notes} | {f1:.3f} | {n.lined or ''} | {under[0]} | {under[1]} |", flush=True)
        there, found = Counter[str](), Counter[str]()
        # The kinds of octave lines share their music.
        for hard in KINDS:
            for page in [] if hard.scanned or hard.after_clef or hard.lines == "carried" else made[hard.name]:
                for total, own in zip((there, found), read_by_clef(page, reader), strict=True):
                    total.update(own)
        print("\n| clef | notes | read |\n|---|---:|---:|")
        for clef, notes in there.most_common():
            print(f"| {clef} | {notes} | {found[clef] / notes:.3f} |")


if __name__ == "__main__":
    main()
