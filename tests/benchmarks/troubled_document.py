"""Scores that come turned, without a resolution, as folders, or for four hands, and pages that are misread.

    python -m tests.benchmarks.troubled_document [KIND ...] [--seeds 3] [--pictures DIR]

A kind takes a typeset test score and a seed, and writes the score that it makes of it. A page is right when it shows as
many systems as were engraved, with as many staves and where they should be on the page as it should stand; of four
hands, when the strip has the player's pages and no others. Kinds that begin with `misread` spoil what was found on a
clean page: it is right when the page is called misread, and no other one is. Prints right pages by kind.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from livefollow.draw.strip import draw_systems
from livefollow.score.document import Document
from livefollow.score.doubts import doubts, look_at
from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from livefollow.score.systems import System, find_systems
from tests.document_damage import DATA, Sheet, enlarged, one_clef, scanned, sheets, turned, write_pdf, write_picture

SCORES = ["piano", "large", "verovio"]
NEAR = 0.012  # of a page's height, that a system's top may be off
Systems = list[System]


@dataclass(frozen=True)
class Made:
    """A score that was made: its path, its pages, whose are played, and what must be said of it."""

    path: Path
    pages: list[Sheet]
    part: DuetPart = DuetPart.ALL
    said: str = ""


Kind = Callable[[list[Sheet], Path, int], Made]


def turning(quarters: int, only: int = -1) -> Kind:
    """Scans turned by quarters clockwise, all of them or only page `only` (from 0)."""

    def kind(pages: list[Sheet], folder: Path, seed: int) -> Made:
        random = np.random.default_rng(seed)
        pages = [scanned(page, random) for page in (pages if only < 0 else [*pages, *pages][: only + 2])]
        made = [turned(page, quarters) if only in (-1, i) else page for i, page in enumerate(pages)]
        return Made(write_pdf(made, folder / "turned.pdf"), pages)

    return kind


def a_point_a_pixel(long_side: int) -> Kind:
    """Pages of so many pixels, each a point large."""

    def kind(pages: list[Sheet], folder: Path, seed: int) -> Made:
        large = [enlarged(scanned(page, np.random.default_rng(seed)), long_side + 97 * seed) for page in pages[:1]]
        return Made(write_pdf(large, folder / "large.pdf", points_per_px=1.0), large)

    return kind


def pictures(suffix: str) -> Kind:
    """A folder of pictures."""

    def kind(pages: list[Sheet], folder: Path, seed: int) -> Made:
        pages = [scanned(page, np.random.default_rng(seed)) for page in pages]
        for number, page in enumerate(pages, 9):
            write_picture(page, folder / f"IMG_{number}{suffix}")
        return Made(folder, pages)

    return kind


def single_pages(pages: list[Sheet], folder: Path, _seed: int) -> Made:
    """A folder of PDFs with a page each, and of pictures between them."""
    for number, page in enumerate([*pages, *pages], 9):
        if number % 3:
            write_pdf([page], folder / f"page {number}.pdf")
        else:
            write_picture(page, folder / f"page {number}.png")
    return Made(folder, [*pages, *pages])


def with_heic(pages: list[Sheet], folder: Path, seed: int) -> Made:
    """A folder with a photo that cannot be read."""
    made = pictures(".jpg")(pages, folder, seed)
    (folder / f"IMG_{20 + seed}.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(50))
    return replace(made, said=f"IMG_{20 + seed}.HEIC is left out")


def four_hands(part: DuetPart, cover: bool = False) -> Kind:
    """Secondo and primo on facing pages, perhaps behind a cover."""

    def kind(pages: list[Sheet], folder: Path, seed: int) -> Made:
        random = np.random.default_rng(seed)
        own = [one_clef(scanned(pages[i // 2 % len(pages)], random), lower=i % 2 == 0) for i in range(4)]
        front = [Sheet(np.full_like(own[0].picture, 255), (), ())] if cover else []
        return Made(write_pdf([*front, *own], folder / "hands.pdf"), [*front, *own], part)

    return kind


KINDS: dict[str, Kind] = {
    "quarter right": turning(1),
    "quarter left": turning(3),
    "upside down": turning(2),
    "duplex, second upside down": turning(2, only=1),
    "duplex, second on its side": turning(1, only=1),
    "600 dpi A4 at 72": a_point_a_pixel(7016),
    "48 megapixels at 72": a_point_a_pixel(8000),
    "300 dpi A3 at 72": a_point_a_pixel(5300),
    "folder of WebP": pictures(".webp"),
    "folder of PDFs and PNGs": single_pages,
    "folder with HEIC": with_heic,
    "four hands, left": four_hands(DuetPart.LEFT),
    "four hands, right": four_hands(DuetPart.RIGHT),
    "four hands behind a cover": four_hands(DuetPart.LEFT, cover=True),
}


def fused(systems: Systems, i: int) -> Systems:
    """Two systems taken for one."""
    i = min(i, len(systems) - 2)
    both = replace(systems[i], staves=(*systems[i].staves, *systems[i + 1].staves), piano=(2, 3))
    return [*systems[:i], both, *systems[i + 2 :]]


def missed(systems: Systems, i: int) -> Systems:
    return [*systems[:i], *systems[i + 1 :]]


def halved(systems: Systems, i: int) -> Systems:
    """A system of which one staff was not seen."""
    return [*systems[:i], replace(systems[i], staves=systems[i].staves[1:], piano=(0,)), *systems[i + 1 :]]


def none_at_all(_systems: Systems, _i: int) -> Systems:
    return []


MISREAD = {
    "misread: two systems in one": fused,
    "misread: a system missed": missed,
    "misread: a staff missed": halved,
    "misread: nothing found": none_at_all,
}


def right_pages(made: Made, folder: Path, drawn: Path | None = None) -> int:
    """How many pages of a score are right."""
    right = 0
    with Score(made.path, data=folder) as score:
        score.corrections.part = made.part
        pages = list(score.read())
        if made.said and not any(made.said in remark for remark in score.remarks):
            return 0
        if made.part is not DuetPart.ALL and not score.four_hands.likely:
            return 0
        for page, sheet in zip(pages, made.pages, strict=True):
            found = score.systems[page.number]
            as_engraved = [len(s.staves) for s in found] == [n for n, _ in sheet.systems] and all(
                abs(s.top / page.height - top) < NEAR for s, (_, top) in zip(found, sheet.systems, strict=True)
            )
            played = any(place.system.page == page.number for place in score.strip.placements)
            mine = played == (score.plays(page.number) and bool(sheet.systems))
            right += as_engraved and mine
            if drawn and not (as_engraved and mine):
                cv2.imwrite(f"{drawn}-{page.number}.png", draw_systems(page, found))
    return right


def told(name: str, spoil: Callable[[Systems, int], Systems], seed: int) -> tuple[int, int]:
    """(pages of a score that are judged right, pages) when one page of it is spoilt."""
    with Document(DATA / f"{name}.pdf") as document:
        pages = list(document.pages())
    found = {page.number: find_systems(page) for page in pages}
    spoilt = 1 + seed % len(pages)
    found[spoilt] = spoil(found[spoilt], seed % len(found[spoilt]))
    called = doubts({page.number: look_at(page, found[page.number]) for page in pages})
    return sum((number in called) == (number == spoilt) for number in found), len(pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", help="words in the kinds' names; all by default")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--pictures", type=Path, help="draw the pages that are wrong here")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    clean = {name: sheets(name) for name in SCORES}
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    print("| kind | pages right | of | s a page |\n|---|---|---|---|")
    for kind in [k for k in (*KINDS, *MISREAD) if not args.kinds or any(word in k for word in args.kinds)]:
        right = count = 0
        start = time.process_time()
        for seed in range(args.seeds):
            name = SCORES[seed % len(SCORES)]
            if kind in MISREAD:
                good, pages = told(name, MISREAD[kind], seed)
            else:
                with tempfile.TemporaryDirectory() as scores, tempfile.TemporaryDirectory() as data:
                    made = KINDS[kind](clean[name], Path(scores), seed)
                    drawn = args.pictures / f"{kind}-{seed}" if args.pictures else None
                    good, pages = right_pages(made, Path(data), drawn), len(made.pages)
            right, count = right + good, count + pages
        print(f"| {kind} | {right} | {count} | {(time.process_time() - start) / count:.2f} |", flush=True)


if __name__ == "__main__":
    main()
