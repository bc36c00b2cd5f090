"""Three further variants of every kind of trouble, as files that a program is run on: for a table of before and after.

Other pieces, strengths and sides than in the other groups. A page is right when `livefollow strip` finds as many
systems as were engraved, with as many staves and, where a page comes turned, where they should be on the page as it
should stand.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.score.troubled import chamber, document, pages, phone, picture
from tests.benchmarks.score.troubled.trial import DATA
from tests.document_damage import Sheet as Scan
from tests.document_damage import sheets, write_pdf
from tests.troubled import Sheet, clean_sheet, frame, line

NEAR = 0.012  # of a page's height, that a system's top may be off
PATIENCE = 180  # s that a program may take for a score


@dataclass(frozen=True)
class Written:
    """A score as a file, and per page each system's number of staves and, where it counts, its top."""

    path: Path
    truth: list[list[tuple[int, float | None]]]
    said: str = ""


Make = Callable[[Path], Written]  # folder -> what is written there


def _of_picture(kind: picture.Kind, name: str, page: int, seed: int) -> Make:
    def make(folder: Path) -> Written:
        damaged = kind(picture.clean_page(name, page), seed)
        return Written(picture.write(damaged, folder / "score"), [[(n, None) for n in damaged.staves]])

    return make


def _of_sheet(made: Callable[[], Sheet]) -> Make:
    def make(folder: Path) -> Written:
        sheet = made()
        size = sheet.page.width, sheet.page.height
        path = picture.write(picture.Damaged(sheet.page.image, [], 85, size), folder / "score")
        return Written(path, [[(len(t.staves), None) for t in sheet.truth]])

    return make


def _of_pages(kind: pages.Kind, name: str, seed: int) -> Make:
    return _of_sheet(lambda: kind(clean_sheet(DATA, name), seed))


def _of_document(kind: document.Kind, name: str, seed: int) -> Make:
    def make(folder: Path) -> Written:
        made = kind(sheets(name), folder, seed)
        return Written(made.path, [list(page.systems) for page in made.pages], made.said)

    return make


def _thick_frame(away: float, width: float, sheet: Sheet, _seed: int) -> Sheet:
    left, right = min(t.left for t in sheet.truth), max(t.right for t in sheet.truth)
    far = away * sheet.truth[0].space
    return frame(sheet, left - far, 8, min(right + far, sheet.page.width - 1), sheet.page.height - 9, width)


def _edge_over_lines(sheet: Sheet, _seed: int) -> Sheet:
    return line(sheet, 0, min(t.left for t in sheet.truth) + 0.1 * sheet.truth[0].space)


def _faded(from_: float, to: float, axis: int) -> picture.Kind:
    def change(p: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
        ramp = np.linspace(from_, to, p.shape[axis])
        return np.asarray(255 - (255.0 - p) * (ramp if axis else ramp[:, None]), np.uint8)

    return picture.whole(change, jpeg=80)


def _margins(share: float, px: int, margin: int) -> picture.Kind:
    def kind(clean: picture.Clean, seed: int) -> picture.Damaged:
        cut = picture.cut(share, px)(clean, seed)
        around = cv2.copyMakeBorder(cut.picture, *(margin,) * 4, cv2.BORDER_CONSTANT, value=255)
        return replace(cut, picture=around)

    return kind


def _two_turned(quarters: int, name: str, seed: int, folder: Path) -> Written:
    """A score all of whose pages come turned."""
    made = document.turning(quarters)(sheets(name), folder, seed)
    return Written(made.path, [list(page.systems) for page in made.pages])


def _plain(name: str, folder: Path) -> Written:
    """Single pages as PDFs in a folder."""
    scans: list[Scan] = sheets(name)
    for number, page in enumerate(scans, 1):
        write_pdf([page], folder / f"{number}.pdf")
    return Written(folder, [list(page.systems) for page in scans])


def _chamber(variant: chamber.Variant) -> Make:
    return _of_sheet(lambda: chamber.chamber_sheet(variant)[0])


P = picture
KINDS: dict[str, list[Make]] = {
    "line, frame, black edge, fold": [
        _of_pages(pages.line_at_left, "large", 21),
        _of_pages(pages.black_edge, "wide", 22),
        _of_pages(pages.fold_shadow, "small", 23),
    ],
    "frame or edge over the systemic lines": [
        _of_pages(partial(_thick_frame, 0.1, 5), "song", 1),
        _of_pages(partial(_thick_frame, 0.4, 3), "small", 1),
        _of_pages(_edge_over_lines, "song", 1),
    ],
    "streaks": [
        _of_pages(pages.streaks, "large", 24),
        _of_pages(pages.streak_through_clef, "wide", 25),
        _of_pages(pages.streaks, "small", 26),
    ],
    "pencil: boxes, cuts, brackets": [
        _of_pages(pages.box_round_two, "large", 27),
        _of_pages(pages.cut_strokes, "wide", 28),
        _of_pages(pages.margin_bracket, "large", 29),
    ],
    "soloists in small print": [
        _chamber(chamber.Variant("2 at 0.66", 2, 0.66, 24, seed=61)),
        _chamber(chamber.Variant("song at 0.7", 1, 0.7, 24, lyrics=True, bracket=False, seed=62)),
        _chamber(chamber.Variant("3 at 0.8", 3, 0.8, 18, seed=63)),
    ],
    "two pages on a sheet": [
        _of_pages(pages.spread, "large", 31),
        _of_pages(pages.spread_small, "wide", 32),
        _of_pages(pages.spread_dark_fold, "small", 33),
    ],
    "short scores side by side": [
        _of_pages(pages.side_by_side, "large", 34),
        _of_pages(pages.side_by_side, "wide", 35),
        _of_pages(pages.coda_apart, "large", 36),
    ],
    "turned by quarters": [
        partial(_two_turned, 1, "wide", 41),
        partial(_two_turned, 2, "song", 42),
        _of_document(document.turning(3, only=1), "large", 43),
    ],
    "light on dark": [
        _of_picture(P.whole(P.chain(P.toned((60, 50, 45), (235,) * 3), P.noise(8)), jpeg=65), "large", 0, 51),
        _of_picture(P.whole(lambda p, rng: 255 - p), "wide", 0, 52),
        _of_picture(P.half_dark, "melody", 0, 53),
    ],
    "tinted boxes, highlighter": [
        _of_picture(P.boxed(1, 3, (0.6, 0.8, 0.9)), "large", 0, 54),
        _of_picture(P.boxed(0, 1, (0.5,) * 3, by=0.3), "wide", 0, 55),
        _of_picture(P.marked([(0.2, 0.9, 0.4), (0.9, 0.5, 0.9)], jpeg=70), "large", 1, 56),
    ],
    "no resolution": [
        _of_document(document.a_point_a_pixel(6500), "wide", 57),
        _of_document(document.a_point_a_pixel(7800), "song", 58),
        _of_document(document.a_point_a_pixel(4900), "small", 59),
    ],
    "snippets": [
        _of_picture(P.cut(0.35, 480), "wide", 0, 3),
        _of_picture(_margins(0.4, 620, 420), "song", 0, 4),
        _of_picture(P.cut(0.3, 1500), "large", 1, 2),
    ],
    "dithered": [
        _of_picture(P.whole(P.diffused(215, 1.3)), "large", 0, 64),
        _of_picture(P.whole(P.ordered(220, 8, 1.5)), "song", 1, 65),
        _of_picture(P.whole(P.ordered(232, 4, 1.25)), "small", 0, 66),
    ],
    "faint": [
        _of_picture(P.whole(P.toned((244,) * 3, (205,) * 3), jpeg=70), "wide", 0, 67),
        _of_picture(P.whole(P.chain(P.toned((250,) * 3, (222,) * 3), P.noise(1.5))), "large", 0, 68),
        _of_picture(P.whole(P.chain(P.turned(-1.5), P.toned((248,) * 3, (212,) * 3)), jpeg=80), "song", 1, 69),
    ],
    "fading": [
        _of_picture(_faded(1, 0.12, 1), "large", 1, 71),
        _of_picture(_faded(0.14, 0.9, 0), "song", 0, 72),
        _of_picture(_faded(1, 0.15, 0), "wide", 0, 73),
    ],
    "speckles, noise": [
        _of_picture(P.whole(P.speckles(0.04)), "large", 0, 74),
        _of_picture(P.whole(P.noise(38), jpeg=60), "wide", 0, 75),
        _of_picture(P.whole(P.noise(30)), "song", 1, 76),
    ],
    "askew": [
        _of_picture(P.whole(P.turned(-7.5)), "song", 1, 77),
        _of_picture(P.whole(P.chain(P.turned(7), P.noise(10)), jpeg=70), "large", 0, 78),
        _of_picture(P.whole(P.turned(-6)), "small", 0, 79),
    ],
    "shining through": [
        _of_picture(P.bleeding(0.35), "wide", 0, 81),
        _of_picture(P.bleeding(0.45), "song", 1, 82),
        _of_picture(P.bleeding(0.5, P.noise(5)), "large", 1, 83),
    ],
    "folders": [
        _of_document(document.pictures(".webp"), "song", 91),
        partial(_plain, "large"),
        _of_document(document.with_heic, "wide", 92),
    ],
    "phone pictures": [
        _of_picture(phone.KINDS["cylinder, hand"], "large", 0, 93),
        _of_picture(phone.KINDS["curl at the gutter"], "wide", 0, 94),
        _of_picture(phone.KINDS["from 12 degrees, lamp"], "song", 0, 95),
    ],
}


@dataclass(frozen=True)
class Outcome:
    """What a program made of a score: pages right, pages, and wrong pages of which it says that they look misread."""

    right: int
    pages: int
    said: int


def judged(program: str, written: Written) -> Outcome:
    """Run a program on a score."""
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as out:
        try:
            done = subprocess.run(
                [program, "strip", str(written.path), "--out", out],
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(0, len(written.truth), 0)
        listed = Path(out) / "systems.json"
        for system in json.loads(listed.read_text()) if listed.exists() else ():
            found[system["page"]].append((len(system["staves"]), system["top"] / system["page_height"]))
    wrong = [number for number, true in enumerate(written.truth, 1) if not _matches(found[number], true)]
    if written.said not in done.stderr:
        wrong = list(range(1, len(written.truth) + 1))
    said = sum(f"Page {number} looks misread" in done.stderr for number in wrong)
    return Outcome(len(written.truth) - len(wrong), len(written.truth), said)


def _matches(found: list[tuple[int, float]], true: list[tuple[int, float | None]]) -> bool:
    return [n for n, _ in found] == [n for n, _ in true] and all(
        b is None or abs(a - b) < NEAR for (_, a), (_, b) in zip(found, true, strict=True)
    )


def compare(programs: list[str], words: list[str]) -> Iterator[str]:
    """Lines of a table: pages of each kind that each program reads right, and wrong ones that it calls misread."""
    yield "| kind | pages | " + " | ".join(f"{p}: right, said" for p in programs) + " |"
    yield "|---|---:|" + "---:|" * len(programs)
    totals = [Outcome(0, 0, 0)] * len(programs)
    for name, makes in KINDS.items():
        if words and not any(word in name for word in words):
            continue
        sums = [Outcome(0, 0, 0)] * len(programs)
        for make in makes:
            with tempfile.TemporaryDirectory() as folder:
                written = make(Path(folder))
                sums = [_added(s, judged(p, written)) for s, p in zip(sums, programs, strict=True)]
        yield _row(name, sums)
        totals = [_added(a, b) for a, b in zip(totals, sums, strict=True)]
    yield _row("all", totals)


def _added(a: Outcome, b: Outcome) -> Outcome:
    return Outcome(a.right + b.right, a.pages + b.pages, a.said + b.said)


def _row(name: str, outcomes: list[Outcome]) -> str:
    return f"| {name} | {outcomes[0].pages} | " + " | ".join(f"{o.right}, {o.said}" for o in outcomes) + " |"
