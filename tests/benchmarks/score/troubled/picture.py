"""Staff systems on typeset pages whose picture was spoilt: inverted, shaded, cut out, dithered, faint, noisy, askew.

KINDS maps a name to a function (clean page, seed) -> damaged picture; each is applied to pages of tests/data, written
to a file, and opened as a score. A page is right when its systems are as many as were engraved and have as many staves.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

from livefollow.score.document import Document, Page
from livefollow.score.score import Score
from tests.benchmarks.score.troubled.trial import DATA, Trial, Trials
from tests.warped import Warp, bend, camera

FEW = [("piano", 0), ("song", 0), ("small", 0), ("musescore", 0)]
MORE = [("piano", 1), ("melody", 0), ("wide", 0), ("large", 0), ("verovio", 0)]
Picture = npt.NDArray[np.uint8]  # (h, w) grey or (h, w, 3) BGR


@dataclass(frozen=True)
class Clean:
    """A typeset page: its raster, its systems as [top, bottom, left, right] in px, and their numbers of staves."""

    page: Page
    boxes: list[tuple[float, float, float, float]]
    staves: list[int]
    back: Picture  # another page of music of the same size


@dataclass(frozen=True)
class Damaged:
    """A picture of a page and the staves of each system on it; a snippet is written without the page's size."""

    picture: Picture
    staves: list[int]
    jpeg: int = 0  # quality; 0: lossless
    size: tuple[float, float] | None = None  # points; None: the picture is the file


Kind = Callable[[Clean, int], Damaged]


@cache
def clean_page(name: str, index: int) -> Clean:
    true = json.loads((DATA / f"{name}.systems.json").read_text())[index]
    with Document(DATA / f"{name}.pdf") as document:
        page = document.page(index + 1)
    with Document(DATA / ("piano.pdf" if name != "piano" else "wide.pdf")) as document:
        back = document.page(1).image
    height, width = page.image.shape
    boxes = [tuple(s[k] * page.scale for k in ("top", "bottom", "left", "right")) for s in true]
    return Clean(page, boxes, [len(s["staves"]) for s in true], cv2.resize(back, (width, height)))


def whole(change: Callable[[Picture, np.random.Generator], Picture], jpeg: int = 0) -> Kind:
    """A kind that keeps the page's outline."""

    def kind(clean: Clean, seed: int) -> Damaged:
        picture = change(clean.page.image.copy(), np.random.default_rng(seed))
        return Damaged(picture, clean.staves, jpeg, (clean.page.width, clean.page.height))

    return kind


def toned(paper: tuple[int, int, int], ink: tuple[int, int, int]) -> Callable[[Picture, np.random.Generator], Picture]:
    """Paper and ink of these colours, BGR."""

    def change(grey: Picture, rng: np.random.Generator) -> Picture:
        share = grey[..., None] / 255.0
        return np.rint(share * np.array(paper) + (1 - share) * np.array(ink)).astype(np.uint8)

    return change


def chain(*changes: Callable[[Picture, np.random.Generator], Picture]) -> Callable[..., Picture]:
    """One after the other."""

    def change(grey: Picture, rng: np.random.Generator) -> Picture:
        for each in changes:
            grey = each(grey, rng)
        return grey

    return change


def grey_of(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture


def noise(sigma: float) -> Callable[[Picture, np.random.Generator], Picture]:
    return lambda p, rng: np.clip(p + rng.normal(0, sigma, p.shape), 0, 255).astype(np.uint8)


def speckles(share: float) -> Callable[[Picture, np.random.Generator], Picture]:
    """Salt and pepper, half each."""

    def change(p: Picture, rng: np.random.Generator) -> Picture:
        at = rng.random(p.shape[:2])
        p[at < share / 2] = 0
        p[at > 1 - share / 2] = 255
        return p

    return change


def turned(degrees: float) -> Callable[[Picture, np.random.Generator], Picture]:
    def change(p: Picture, rng: np.random.Generator) -> Picture:
        height, width = p.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.88)  # nothing is cut off
        return cv2.warpAffine(p, turn, (width, height), flags=cv2.INTER_AREA, borderValue=(255, 255, 255))

    return change


def diffused(paper: int, zoom: float = 1.0, ink: int = 0) -> Callable[[Picture, np.random.Generator], Picture]:
    """1 bit by error diffusion."""

    def change(p: Picture, rng: np.random.Generator) -> Picture:
        left = cv2.resize(p, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA) / 255.0 * (paper - ink) + ink
        left = np.pad(left, 1)
        out = np.zeros_like(left)
        # a diagonal front: what Floyd and Steinberg spread goes right, and down to the left, the middle and the right
        rows, columns = left.shape
        for front in range(3 * rows + columns):
            y = np.arange(max(1, (front - columns + 3) // 2), min(rows - 1, front // 2 + 1))
            x = front - 2 * y
            y, x = y[(x > 0) & (x < columns - 1)], x[(x > 0) & (x < columns - 1)]
            out[y, x] = np.where(left[y, x] > 127, 255, 0)
            error = left[y, x] - out[y, x]
            for dy, dx, share in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
                left[y + dy, x + dx] += error * share / 16
        return out[1:-1, 1:-1].astype(np.uint8)

    return change


def ordered(paper: int, size: int, zoom: float = 1.0) -> Callable[[Picture, np.random.Generator], Picture]:
    """1 bit by Bayer's matrix."""
    matrix = np.zeros((1, 1))
    while len(matrix) < size:
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])

    def change(p: Picture, rng: np.random.Generator) -> Picture:
        p = cv2.resize(p, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        tiles = [-(-p.shape[i] // size) for i in (0, 1)]
        limit = (np.tile(matrix, tiles)[: p.shape[0], : p.shape[1]] + 0.5) / size**2 * 255
        return np.where(p / 255.0 * paper > limit, 255, 0).astype(np.uint8)

    return change


def boxed(first: int, last: int, strength: tuple[float, float, float], by: float = 0.0) -> Callable[..., Damaged]:
    """Systems `first` to `last` (from 0, as far as there are) behind a box that leaves these shares of B, G, R."""

    def kind(clean: Clean, seed: int) -> Damaged:
        rng = np.random.default_rng(seed)
        picture = cv2.cvtColor(clean.page.image, cv2.COLOR_GRAY2BGR).astype(np.float64)
        last_one = min(last, len(clean.boxes) - 1)
        boxes = clean.boxes[min(first, last_one) : last_one + 1]
        space = (boxes[0][1] - boxes[0][0]) / 16
        top, bottom = boxes[0][0] - (3 + 2 * rng.random()) * space, boxes[-1][1] + (2 + 3 * rng.random()) * space
        left, right = boxes[0][2] - 4 * space + by * picture.shape[1], boxes[0][3] + 2 * space
        picture[int(top) : int(bottom), max(0, int(left)) : int(right)] *= strength
        return Damaged(picture.astype(np.uint8), clean.staves, 0, (clean.page.width, clean.page.height))

    return kind


def marked(colours: list[tuple[float, float, float]], jpeg: int = 0) -> Kind:
    """Each system but the first drawn over with a pen that leaves these shares of B, G, R."""

    def kind(clean: Clean, seed: int) -> Damaged:
        rng = np.random.default_rng(seed)
        picture = cv2.cvtColor(clean.page.image, cv2.COLOR_GRAY2BGR).astype(np.float64)
        for i, (top, bottom, left, right) in enumerate(clean.boxes[1:]):
            a, b = sorted(rng.uniform(left, right, 2)) if i % 2 else (left, right)
            grow = (bottom - top) * 0.05
            picture[int(top - grow) : int(bottom + grow), int(a) : int(b)] *= colours[i % len(colours)]
        return Damaged(picture.astype(np.uint8), clean.staves, jpeg, (clean.page.width, clean.page.height))

    return kind


def shadow(depth: float, soft: float) -> Callable[[Picture, np.random.Generator], Picture]:
    """A hand's shadow from a lower corner: `depth` of the light is taken, edges `soft` px."""

    def change(p: Picture, rng: np.random.Generator) -> Picture:
        height, width = p.shape[:2]
        light = np.ones((height, width), np.float32)
        side = width if rng.random() < 0.5 else 0
        fingers = np.linspace(-0.5, 0.5, 4)
        for finger in fingers:
            tip = (int(width / 2 + finger * 0.5 * width), int(height * rng.uniform(0.2, 0.6)))
            cv2.line(light, (side, height), tip, 1 - depth, int(0.09 * width))
        return (p * cv2.GaussianBlur(light, (0, 0), soft)).astype(np.uint8)

    return change


def vignette(corner: float) -> Callable[[Picture, np.random.Generator], Picture]:
    """Light that falls off to `corner` in the corners."""

    def change(p: Picture, rng: np.random.Generator) -> Picture:
        y, x = (np.linspace(-1, 1, n) for n in p.shape[:2])
        away = (x[None] ** 2 + y[:, None] ** 2) / 2
        return (p * (1 - (1 - corner) * away)).astype(np.uint8)

    return change


def photographed(*changes: Callable[[Picture, np.random.Generator], Picture], sag: float = 0.004) -> Kind:
    """Bent, seen from the side, lit unevenly, noisy, JPEG; `changes` to the light on top."""

    def kind(clean: Clean, seed: int) -> Damaged:
        rng = np.random.default_rng(seed)
        tilt, turn = rng.uniform(-0.06, 0.06), rng.uniform(-1.5, 1.5)
        lens = camera(tilt, 0.03, turn)
        warp = Warp("", lambda p, size: bend(sag)(lens(p, size), size), photographed=True)
        picture = chain(*changes)(warp.apply(clean.page, seed)[0].image, rng)
        return Damaged(picture, clean.staves, 75, (clean.page.width, clean.page.height))

    return kind


def bleeding(strength: float, then: Callable[..., Picture] | None = None) -> Kind:
    """The page behind, mirrored and sharp, at `strength` of its ink."""

    def kind(clean: Clean, seed: int) -> Damaged:
        rng = np.random.default_rng(seed)
        down, right = rng.integers(-20, 20, 2)
        back = np.roll(clean.back[:, ::-1], (down, right), (0, 1))
        picture = np.minimum(clean.page.image, 255 - strength * (255.0 - back)).astype(np.uint8)
        picture = then(picture, rng) if then else picture
        return Damaged(picture, clean.staves, 0, (clean.page.width, clean.page.height))

    return kind


def cut(share: float, px: int, pdf: bool = False, staves: int | None = None) -> Kind:
    """The beginning of a system, `share` of its width, `px` wide; `staves` of the uppermost alone."""

    def kind(clean: Clean, seed: int) -> Damaged:
        which = seed % len(clean.boxes)
        top, bottom, left, right = clean.boxes[which]
        count = clean.staves[which]
        space = 5 / 835 * clean.page.image.shape[1]
        if staves and staves < count:
            height = json_staff_bottom(clean, which, staves - 1) - top
            bottom, count = top + height, staves
        rows = slice(max(0, int(top - 4 * space)), int(bottom + 3 * space))
        columns = slice(max(0, int(left - 3 * space)), int(left + share * (right - left)))
        part = clean.page.image[rows, columns]
        part = cv2.resize(part, (px, round(px * part.shape[0] / part.shape[1])), interpolation=cv2.INTER_AREA)
        size = None
        if pdf:
            size = (columns.stop - columns.start) / clean.page.scale, (rows.stop - rows.start) / clean.page.scale
        return Damaged(part, [count], 0, size)

    return kind


def json_staff_bottom(clean: Clean, system: int, staff: int) -> float:
    """y of the lowest line of a staff, px: staves of a system are taken to be equally far apart."""
    top, bottom, *_ = clean.boxes[system]
    n = clean.staves[system]
    pitch = (bottom - top) / (n - 1 + 0.45)
    return top + (staff + 0.45) * pitch


def framed(clean: Clean, seed: int) -> Damaged:
    """Dark, in a light frame."""
    page = 255 - clean.page.image
    edge = int(0.04 * page.shape[1])
    picture = cv2.copyMakeBorder(page, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=240)
    return Damaged(picture, clean.staves, 80, (clean.page.width, clean.page.height))


def half_dark(clean: Clean, seed: int) -> Damaged:
    """Dark from half-way between two systems down."""
    page = clean.page.image.copy()
    middle = len(clean.boxes) // 2
    if middle:
        start = int((clean.boxes[middle - 1][1] + clean.boxes[middle][0]) / 2)
        page[start:] = 255 - page[start:]
    return Damaged(page, clean.staves, 0, (clean.page.width, clean.page.height))


def on_a_table(clean: Clean, seed: int) -> Damaged:
    """A sheet photographed on a dark table that fills more than half of the picture."""
    page = clean.page.image
    height, width = page.shape
    rng = np.random.default_rng(seed)
    grain = cv2.blur(rng.normal(60, 60, (int(1.5 * height), int(1.5 * width))), (151, 3))
    picture = np.clip(grain, 0, 255)
    picture[height // 4 : height // 4 + height, width // 4 : width // 4 + width] = page * 0.85
    return Damaged(cv2.GaussianBlur(picture, (0, 0), 0.8).astype(np.uint8), clean.staves, 80)


KINDS: dict[str, Kind] = {
    "dark: black": whole(lambda p, rng: 255 - p),
    "dark: screenshot, JPEG": whole(toned((40, 34, 30), (225, 220, 220)), jpeg=60),
    "dark: blue": whole(toned((110, 40, 15), (255, 250, 240))),
    "dark: chalkboard, noise": whole(chain(toned((70, 95, 45), (190, 240, 245)), noise(12)), jpeg=75),
    "dark: mid-grey": whole(toned((120, 120, 120), (255, 255, 255))),
    "dark: light frame": framed,
    "dark: lower half": half_dark,
    "dark: askew, noise": whole(chain(turned(2), lambda p, rng: 255 - p, noise(15)), jpeg=70),
    "light: on a dark table": on_a_table,
    "shaded: grey box 25 %": boxed(1, 2, (0.75,) * 3),
    "shaded: grey box 12 %": boxed(0, 1, (0.88,) * 3),
    "shaded: dark box 55 %": boxed(1, 1, (0.45,) * 3),
    "shaded: box over half a line": boxed(1, 2, (0.7,) * 3, by=0.4),
    "shaded: purple, blue, red pen": marked([(0.5, 0.35, 0.5), (0.95, 0.5, 0.4), (0.4, 0.4, 0.95)]),
    "shaded: yellow pen, JPEG": marked([(0.1, 0.97, 0.98)], jpeg=60),
    "shaded: dark pens, JPEG": marked([(0.6, 0.2, 0.4), (0.3, 0.45, 0.1)], jpeg=75),
    "snippet: two bars, png": cut(0.4, 583),
    "snippet: two bars, pdf": cut(0.4, 900, pdf=True),
    "snippet: one bar": cut(0.25, 260),
    "snippet: one line, tiny": cut(1.0, 420),
    "snippet: one staff": cut(0.5, 500, staves=1),
    "snippet: one staff, large": cut(0.3, 2400, staves=1),
    "dithered: diffused": whole(diffused(225)),
    "dithered: diffused, 300 dpi": whole(diffused(235, 1.5)),
    "dithered: diffused, grey paper": whole(diffused(190, 1.5)),
    "dithered: ordered 4": whole(ordered(225, 4)),
    "dithered: ordered 8, 300 dpi": whole(ordered(215, 8, 1.5)),
    "dithered: diffused, speckled": whole(chain(diffused(230, 1.5), speckles(0.02))),
    "faint: 216 on 250, JPEG": whole(toned((250,) * 3, (216,) * 3), jpeg=75),
    "faint: 215 on 250": whole(toned((250,) * 3, (215,) * 3)),
    "faint: 225 on 245, noise": whole(chain(toned((245,) * 3, (222,) * 3), noise(2))),
    "faint: askew, JPEG": whole(chain(turned(2), toned((250,) * 3, (216,) * 3), noise(1)), jpeg=75),
    "faint: fading": whole(lambda p, rng: (255 - (255.0 - p) * np.linspace(0.1, 1, p.shape[1])).astype(np.uint8)),
    "speckled: 3 %": whole(speckles(0.03)),
    "speckled: 5 %": whole(speckles(0.05)),
    "speckled: 5 %, bitonal": whole(chain(lambda p, rng: np.where(p > 140, 255, 0).astype(np.uint8), speckles(0.05))),
    "noise: 30": whole(noise(30)),
    "noise: 45": whole(noise(45)),
    "noise: 35, JPEG": whole(noise(35), jpeg=50),
    "askew: 6°": whole(turned(6)),
    "askew: -7°": whole(turned(-7)),
    "askew: 8°": whole(turned(8)),
    "askew: 6°, noise": whole(chain(turned(6), noise(12)), jpeg=70),
    "bleed: 30 %": bleeding(0.3),
    "bleed: 40 %": bleeding(0.4),
    "bleed: 50 %": bleeding(0.5),
    "bleed: 40 %, askew": bleeding(0.4, chain(turned(1.5), noise(6))),
    "photo: vignette": photographed(vignette(0.25)),
    "photo: shadow of a hand": photographed(shadow(0.5, 12)),
    "photo: hard shadow": photographed(shadow(0.6, 3)),
    "photo: bent, vignette": photographed(vignette(0.35), sag=0.01),
}


def write(damaged: Damaged, path: Path) -> Path:
    """The picture as a file: a PDF of the page's size, or an image."""
    kind = ".jpg" if damaged.jpeg else ".png"
    flags = [cv2.IMWRITE_JPEG_QUALITY, damaged.jpeg] if damaged.jpeg else []
    data = cv2.imencode(kind, damaged.picture, flags)[1].tobytes()
    if damaged.size is None:
        path.with_suffix(kind).write_bytes(data)
        return path.with_suffix(kind)
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=damaged.size[0], height=damaged.size[1])
        page.insert_image(page.rect, stream=data)
        pdf.save(path.with_suffix(".pdf"))
    return path.with_suffix(".pdf")


def tried(name: str, number: int, damaged: Damaged) -> Trial:
    """Open a picture as a score and find the systems of its only page, which was page `number` of a score."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(damaged, Path(folder) / "score")
        with Score(path, data=Path(folder)) as score:
            score.document.page(1)
            start = time.process_time()
            page, found = score.detect(1)
            seconds = time.process_time() - start
    right = [len(s.staves) for s in found] == damaged.staves
    wrong = () if right else ((page, found),)
    return Trial(f"{name} {number}", int(right), 1, seconds, wrong, str(damaged.staves))


def trials(kinds: dict[str, Kind] = KINDS) -> dict[str, Trials]:
    """Every kind: four pages or nine, each spoilt by a seed of its own."""

    def trials_of(kind: Kind) -> Trials:
        def made(every: bool) -> Iterator[Trial]:
            for seed, (name, index) in enumerate(FEW + MORE if every else FEW):
                yield tried(name, index + 1, kind(clean_page(name, index), seed))

        return made

    return {name: trials_of(kind) for name, kind in kinds.items()}
