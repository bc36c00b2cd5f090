"""Staff systems on the MSMD pieces against the staff lines of their vector PDFs, and noteheads lost by the crops.

    python -m tests.benchmarks.score.systems_msmd CORPUS --cache DIR [--sample 60] [--jobs 2] [--pictures DIR]

CORPUS holds msmd_split.json and mutopia/. Each piece is engraved once into the cache. A system counts as found when a
found system has as many staves and every boundary (left, right, and each staff's top and bottom) within half a staff
space of the truth. A notehead is lost in the bands when its centre lies in neither band of the piano's staves, and in
the strip image when its row was cut off or closed up.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pymupdf

from livefollow.constants import BAND_HEIGHT
from livefollow.draw.strip import draw_systems
from livefollow.score.document import Document
from livefollow.score.strip import Strip
from livefollow.score.systems import System, find_systems
from livefollow.train.data.engraving.lilypond_compiler import EngravingError, engrave
from livefollow.train.data.engraving.vector_staves import VectorSystem, vector_systems


@dataclass
class SystemTally:
    """Counts of one piece."""

    name: str
    error: str = ""
    pages: int = 0
    true: int = 0
    found: int = 0
    right: int = 0
    worst: list[float] = field(default_factory=list)  # staff spaces, largest boundary error of each matched system
    seconds: list[float] = field(default_factory=list)
    noteheads: int = 0
    lost_bands: int = 0
    lost_image: int = 0
    wrong_pages: list[int] = field(default_factory=list)


def boundary_error(found: System, true: VectorSystem) -> float:
    """Largest distance of corresponding boundaries in staff spaces; infinite when the staves' numbers differ."""
    if len(found.staves) != len(true.staves):
        return float("inf")
    off = [found.left - true.left, found.right - true.right]
    for a, b in zip(found.staves, true.staves, strict=True):
        off += [a.top - b.top, a.bottom - b.bottom]
    return max(abs(o) for o in off) / true.staves[0].space


def noteheads(page: pymupdf.Page) -> list[tuple[float, float]]:
    """Centres of the noteheads on a page engraved with point-and-click links, points."""
    links = [link for link in page.get_links() if re.search(r":\d+:\d+:\d+$", link.get("uri") or "")]
    return [((r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2) for r in (link["from"] for link in links)]


def count_lost(strip: Strip, page: int, heads: list[tuple[float, float]], tally: SystemTally) -> None:
    """Add the noteheads of a page, and those lost, to the tally."""
    for x, y in heads:
        place = strip.at(strip.from_page(page, x, y))
        rows = [place.band_row(i, x, y) for i in range(len(place.staves))]
        tally.noteheads += 1
        tally.lost_bands += not any(0 <= row < BAND_HEIGHT for row in rows)
        tally.lost_image += bool(np.isnan(place.image_row(x, y)))


def measure(name: str, source: Path, cache: Path, pictures: Path | None) -> SystemTally:
    """Engrave (unless cached) and measure one piece."""
    cv2.setNumThreads(1)
    tally = SystemTally(name)
    out = cache / name
    if not any(out.glob("*.pdf")):
        try:
            engrave(source, out)
        except EngravingError as error:
            tally.error = str(error)
            return tally
    for path in sorted(out.glob("*.pdf")):
        with Document(path) as document, pymupdf.open(path) as vector:
            strip = Strip()
            for page, drawn in zip(document.pages(), vector, strict=True):
                start = time.process_time()
                found = find_systems(page)
                tally.seconds.append(time.process_time() - start)
                true = vector_systems(drawn)
                errors = [min((boundary_error(f, t) for f in found), default=float("inf")) for t in true]
                right = sum(e <= 0.5 for e in errors)
                tally.pages += 1
                tally.true += len(true)
                tally.found += len(found)
                tally.right += right
                tally.worst += [e for e in errors if np.isfinite(e)]
                strip.add(page, found)
                if found:
                    count_lost(strip, page.number, noteheads(drawn), tally)
                if right < len(true) or len(found) > len(true):
                    tally.wrong_pages.append(page.number)
                    if pictures:
                        cv2.imwrite(str(pictures / f"{name}-{path.stem}-{page.number}.png"), draw_systems(page, found))
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the engraved pieces")
    parser.add_argument("--sample", type=int, help="take this many pieces at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pictures", type=Path, help="draw the pages that fail here")
    args = parser.parse_args()
    tallies = run(args.corpus, args.cache, args.sample, args.seed, args.jobs, args.pictures)
    print(summary(tallies))


def run(
    corpus: Path, cache: Path, sample: int | None = None, seed: int = 0, jobs: int = 2, pictures: Path | None = None
) -> list[SystemTally]:
    """Measure all pieces, or a seeded sample of them; prints each that is not perfect."""
    split = json.loads((corpus / "msmd_split.json").read_text())
    pieces = sorted((name, path) for part in split.values() for name, path in part.items())
    if sample:
        pieces = random.Random(seed).sample(pieces, sample)
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    tallies = []
    with ProcessPoolExecutor(jobs) as pool:
        tasks = [pool.submit(measure, name, corpus / "mutopia" / path, cache, pictures) for name, path in pieces]
        for done, task in enumerate(as_completed(tasks), 1):
            tally = task.result()
            tallies.append(tally)
            if tally.error or tally.wrong_pages:
                what = tally.error or f"{tally.right} of {tally.true} systems right, {tally.found} found"
                print(f"[{done}/{len(tasks)}] {tally.name}: {what}, pages {tally.wrong_pages}", flush=True)
    return tallies


def summary(tallies: list[SystemTally]) -> str:
    """The figures of the README's table."""

    def total(name: str) -> int:
        return int(sum(getattr(t, name) for t in tallies))

    worst = np.concatenate([t.worst for t in tallies])
    seconds = np.concatenate([t.seconds for t in tallies])
    return (
        f"{sum(not t.error for t in tallies)} of {len(tallies)} pieces engraved, {total('pages')} pages\n"
        f"systems: {total('true')} true, {total('found')} found, {total('right')} right to half a staff space "
        f"({total('right') / total('true'):.4%}); boundary error median {np.median(worst):.3f}, "
        f"p99 {np.quantile(worst, 0.99):.3f} staff spaces\n"
        f"noteheads: {total('noteheads')}, lost in the bands {total('lost_bands')} "
        f"({total('lost_bands') / total('noteheads'):.4%}), in the strip image {total('lost_image')} "
        f"({total('lost_image') / total('noteheads'):.4%})\n"
        f"find_systems: median {np.median(seconds):.3f} s, p99 {np.quantile(seconds, 0.99):.3f} CPU s a page"
    )


if __name__ == "__main__":
    main()
