"""Scores that come turned, without a resolution, as folders, or for four hands, and pages that are misread.

A kind takes a typeset test score and a seed, and writes the score that it makes of it. A page is right when it shows as
many systems as were engraved, with as many staves and where they should be on the page as it should stand; of four
hands, when the strip has the player's pages and no others. Kinds that begin with `misread` spoil what was found on a
clean page: a page is right when it is called misread if it was spoilt, and is not if it was not.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from livefollow.score.document import Document, Page
from livefollow.score.doubts import doubts, inspect_page
from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from livefollow.score.systems import System, find_systems
from tests.benchmarks.score.troubled.trial import DATA, Trial, Trials
from tests.document_damage import Sheet, enlarged, one_clef, scanned, sheets, turned, write_pdf, write_picture

SCORES = ["piano", "large", "verovio"]
FEW, MANY = 3, 9  # seeds
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


def wrong_pages(made: Made, folder: Path) -> list[tuple[Page, Systems]]:
    """The pages of a score that are not right, with the systems found on each; keeps its data in a folder."""
    wrong = []
    with Score(made.path, data=folder) as score:
        score.corrections.part = made.part
        pages = list(score.read())
        unsaid = bool(made.said) and not any(made.said in remark for remark in score.remarks)
        unlikely = made.part is not DuetPart.ALL and not score.four_hands.likely
        for page, sheet in zip(pages, made.pages, strict=True):
            found = score.systems[page.number]
            as_engraved = [len(s.staves) for s in found] == [n for n, _ in sheet.systems] and all(
                abs(s.top / page.height - top) < NEAR for s, (_, top) in zip(found, sheet.systems, strict=True)
            )
            played = any(place.system.page == page.number for place in score.strip.placements)
            mine = played == (score.plays(page.number) and bool(sheet.systems))
            if unsaid or unlikely or not (as_engraved and mine):
                wrong.append((page, found))
    return wrong


def misread(spoil: Callable[[Systems, int], Systems], name: str, seed: int) -> Trial:
    """Spoil what was found on one page of a score, and see which pages are called misread."""
    with Document(DATA / f"{name}.pdf") as document:
        pages = list(document.pages())
    found = {page.number: find_systems(page) for page in pages}
    spoilt = 1 + seed % len(pages)
    found[spoilt] = spoil(found[spoilt], seed % len(found[spoilt]))
    start = time.process_time()
    called = doubts({page.number: inspect_page(page, found[page.number]) for page in pages})
    seconds = time.process_time() - start
    wrong = tuple((page, found[page.number]) for page in pages if (page.number in called) != (page.number == spoilt))
    return Trial(name, len(pages) - len(wrong), len(pages), seconds, wrong)


@cache
def _clean(name: str) -> list[Sheet]:
    return sheets(name)


def trials() -> dict[str, Trials]:
    """Every kind: a score for each seed, the scores in turn."""

    def score(kind: Kind, name: str, seed: int) -> Trial:
        with tempfile.TemporaryDirectory() as scores, tempfile.TemporaryDirectory() as data:
            made = kind(_clean(name), Path(scores), seed)
            start = time.process_time()
            wrong = wrong_pages(made, Path(data))
            seconds = time.process_time() - start
        return Trial(name, len(made.pages) - len(wrong), len(made.pages), seconds, tuple(wrong))

    def in_turn(one: Callable[[str, int], Trial]) -> Trials:
        def made(every: bool) -> Iterator[Trial]:
            for seed in range(MANY if every else FEW):
                yield one(SCORES[seed % len(SCORES)], seed)

        return made

    named: dict[str, Callable[[str, int], Trial]] = {
        **{name: partial(score, kind) for name, kind in KINDS.items()},
        **{name: partial(misread, spoil) for name, spoil in MISREAD.items()},
    }
    return {name: in_turn(one) for name, one in named.items()}
