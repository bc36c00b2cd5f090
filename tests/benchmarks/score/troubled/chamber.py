"""Chamber music and songs with a piano, engraved by LilyPond: soloists in print as large as the piano's or smaller.

A page is right as `pages` says, and when the piano's staves are the right ones.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from livefollow.score.document import Document
from livefollow.train.data.engraving.vector_staves import vector_systems
from tests.benchmarks.score.troubled.pages import tried
from tests.benchmarks.score.troubled.trial import Trial, Trials
from tests.troubled import Sheet, Truth


@dataclass(frozen=True)
class Variant:
    """A page: `solos` staves of `size` times the piano's size above it, `below` of them below it."""

    name: str
    solos: int
    size: float
    bars: int = 12
    lyrics: bool = False
    bracket: bool = True
    below: int = 0
    seed: int = 0
    paper: str = "a4"


VIOLIN = "treble", 14  # clef, and lowest step above C
CELLO = "bass", 4
CHAMBER = {
    "soloists in small print": [
        Variant(f"{n} at {size}", n, size, bars, seed=k)
        for k, (n, size, bars) in enumerate(
            [(1, 0.6, 30), (1, 0.85, 40), (2, 0.7, 30), (2, 0.8, 24), (3, 0.6, 18), (3, 0.75, 24), (4, 0.67, 18)]
        )
    ],
    "songs in small print": [
        Variant(f"song {n} at {size}", n, size, 24, lyrics=True, bracket=False, seed=9 + k)
        for k, (n, size) in enumerate([(1, 0.65), (1, 0.75), (2, 0.8), (1, 1.0)])
    ],
    "a soloist below the piano": [
        Variant(f"below {n} at {size}", n, size, 18, below=1, seed=20 + k)
        for k, (n, size) in enumerate([(2, 0.75), (1, 1.0), (3, 0.67)])
    ],
}


def _music(rng: random.Random, bars: int, low: int) -> str:
    names = ["c", "d", "e", "f", "g", "a", "b"]
    marks = ["", "'", "''", "'''"]
    out = []
    for _ in range(bars):
        rhythm = rng.choice([["4"] * 4, ["8"] * 8, ["2", "4", "4"], ["8", "8", "4", "2"], ["1"]])
        out.append(" ".join(names[(p := rng.randint(low, low + 9)) % 7] + marks[p // 7] + r for r in rhythm))
    return " |\n".join(out)


def _source(v: Variant) -> str:
    rng = random.Random(v.seed)
    sized = f"\\magnifyStaff #{v.size}" if v.size != 1 else ""
    solos = [
        f"\\new Staff \\with {{ {sized} }} {{ \\clef {clef} {_music(rng, v.bars, low)} }}"
        + (" \\addlyrics { " + "la lo lu " * 40 + "}" if v.lyrics else "")
        for clef, low in [CELLO if i == 2 else VIOLIN for i in range(v.solos)]
    ]
    above, below = solos[: v.solos - v.below], solos[v.solos - v.below :]
    group = "\\new StaffGroup" if v.bracket and len(above) > 1 else "\\new ChoirStaff" if len(above) > 1 else ""
    piano = (
        f"\\new PianoStaff << \\new Staff {{ {_music(rng, v.bars, 14)} }} "
        f"\\new Staff {{ \\clef bass {_music(rng, v.bars, 3)} }} >>"
    )
    return (
        f'\\version "2.24.0" #(set-default-paper-size "{v.paper}") \\header {{ tagline = ##f title = "Study" }}\n'
        f"\\score {{ << {group} << {' '.join(above)} >> {piano} {' '.join(below)} >> \\layout {{ }} }}\n"
    )


def chamber_sheet(variant: Variant) -> tuple[Sheet, tuple[int, ...]]:
    """The first page engraved, and the indices of the piano's staves."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.ly"
        source.write_text(_source(variant))
        subprocess.run(["lilypond", "-s", "-o", str(source.with_suffix("")), str(source)], check=True, timeout=600)
        with Document(source.with_suffix(".pdf")) as document, pymupdf.open(source.with_suffix(".pdf")) as vector:
            page = document.page(1)
            systems = vector_systems(vector[0])
    truth = tuple(Truth(s.left, s.right, tuple((t.top, t.bottom) for t in s.staves)) for s in systems)
    upper = variant.solos - variant.below
    return Sheet(page, truth), (upper, upper + 1)


def trials() -> dict[str, Trials]:
    """Every kind: each variant of it once."""

    def trials_of(variants: list[Variant]) -> Trials:
        def made(_all: bool) -> Iterator[Trial]:
            for variant in variants:
                yield tried(variant.name, *chamber_sheet(variant))

        return made

    return {name: trials_of(variants) for name, variants in CHAMBER.items()}
