"""Bar numbers against those that LilyPond prints at the beginning of each system of the MSMD pieces.

    python -m tests.benchmarks.score.bar_numbers CORPUS --cache DIR [--sample 50] [--part test]

CORPUS holds msmd_split.json and mutopia/. Each piece is engraved and read once into the cache. Systems count whose
number is printed, and pieces of which all of these systems are right. Counted: from the reader's marks and note values
alone; printed: with the numbers that stand in the PDF, too.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

from livefollow.networks.manifest import load_manifest
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import load_network
from livefollow.score.bars import Bars
from livefollow.score.printed_numbers import SystemNumber
from livefollow.score.reading import Reading, concatenate
from livefollow.score.score import Score
from livefollow.score.systems import System
from livefollow.train.data.engraving.lilypond_compiler import EngravingError, engrave

MODELS = Path(__file__).parents[3] / "models"
LEFT, RIGHT, ABOVE = 4.0, 6.0, 8.0  # staff spaces around the upper left corner of a system in which its number stands


@dataclass
class NumberedPiece:
    """One engraved book: what is read of it, and the numbers printed at its systems."""

    name: str
    reading: Reading
    starts: np.ndarray  # (systems,) strip px
    truth: np.ndarray  # (systems,) number of the first bar, -1 where none is printed


def printed(words: list[tuple[Any, ...]], system: System) -> int:
    """The number at a system, -1 for none."""
    space, left, top = system.staff_space, system.left, system.top
    near = [
        int(text)
        for x0, _, x1, y1, text, *_ in words
        if text.isdigit()
        and left - LEFT * space <= x0
        and x1 <= left + RIGHT * space
        and top - ABOVE * space < y1 < top
    ]
    return near[0] if len(near) == 1 else -1


def read(name: str, path: Path, reader: Reader) -> NumberedPiece:
    parts, truth, starts = [], [], []
    with Score(path, data=path.parent / "none") as score, pymupdf.open(path) as vector:
        done = 0
        for page in score.read():
            words = vector[page.number - 1].get_text("words")
            for index in range(done, len(score.strip.placements)):
                place = score.strip.placements[index]
                parts.append(reader.read(score.strip, index))
                truth.append(printed(words, place.system))
                starts.append(place.x0)
            done = len(score.strip.placements)
    return NumberedPiece(name, concatenate(parts), np.array(starts, float), np.array(truth))


def load(name: str, source: Path, cache: Path, reader: Reader) -> list[NumberedPiece]:
    """The books of a piece; engraved and read, or from the cache."""
    out = cache / name
    if not any(out.glob("*.pdf")):
        try:
            engrave(source, out)
        except EngravingError as error:
            print(f"{name}: {error}")
            return []
    pieces = []
    for path in sorted(out.glob("*.pdf")):
        kept = path.with_suffix(".npz")
        if not kept.exists():
            piece = read(f"{name}/{path.stem}", path, reader)
            r = piece.reading
            np.savez(
                kept,
                x=r.x,
                pitches=r.pitches,
                beats=r.beats,
                presence=r.presence,
                system=r.system,
                marks=r.marks,
                starts=piece.starts,
                truth=piece.truth,
            )
        with np.load(kept) as a:
            reading = Reading(*(a[key] for key in ("x", "pitches", "beats", "presence", "system", "marks")))
            pieces.append(NumberedPiece(f"{name}/{path.stem}", reading, a["starts"], a["truth"]))
    return pieces


def numbers(bars: Bars, starts: np.ndarray) -> np.ndarray:
    """Number of the first bar that begins in each system; -1 where none does."""
    first = np.searchsorted(bars.starts, starts)
    ends = np.append(first[1:], len(bars.starts))
    begins = [
        [k for k in range(a, b) if k == 0 or bars.numbers[k] != bars.numbers[k - 1]]
        for a, b in zip(first, ends, strict=True)
    ]
    return np.array([bars.numbers[k[0]] if k else -1 for k in begins])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the engraved pieces")
    parser.add_argument("--sample", type=int, help="take this many pieces at random")
    parser.add_argument("--part", default="test", help="of the split")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    names = sorted(json.loads((args.corpus / "msmd_split.json").read_text())[args.part].items())
    if args.sample:
        names = random.Random(args.seed).sample(names, min(args.sample, len(names)))
    reader = Reader(load_network(load_manifest(MODELS).network("reader"), READER, "cpu"))
    totals = {"counted": np.zeros(4, int), "printed": np.zeros(4, int)}
    for name, path in names:
        for piece in load(name, args.corpus / "mutopia" / path, args.cache, reader):
            known = piece.truth >= 0
            if not known.any():
                continue
            seen = [SystemNumber(int(k), int(piece.truth[k])) for k in np.flatnonzero(known)]
            starts = piece.starts.tolist()
            ways = {"counted": Bars(piece.reading, starts), "printed": Bars(piece.reading, starts, seen)}
            for way, bars in ways.items():
                right = (numbers(bars, piece.starts) == piece.truth)[known]
                totals[way] += [right.sum(), len(right), right.all(), 1]
                if not right.all():
                    print(f"{piece.name}, {way}: {right.sum()} of {len(right)} systems", flush=True)
    for way, (right, systems, whole, pieces) in totals.items():
        print(f"{way}: {right} of {systems} systems, {whole} of {pieces} pieces")


if __name__ == "__main__":
    main()
