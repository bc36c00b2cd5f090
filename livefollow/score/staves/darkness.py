"""How dark each pixel's ink is, whatever it is drawn on: dark pages, tinted boxes, faint copies, grain.

A clean page passes through unchanged but for its uneven light; the rest is done only where a glance at the picture
asks for it. Both what looks for staves and what cuts out the bands see a page so.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.lines import FIRST_THICKNESS, ByteArray, FloatArray, first_slices, staff_space

CELL = 8  # px, side of the cells in which paper is looked at
PAPER_CELLS = 9  # cells that ink is never wider than
MARK_CELLS = (3, 9)  # height and width of the smallest tinted mark: nothing black but a beam is wider
HARD_EDGE = 0.13  # share of the light that tint takes before its outline is followed
LEAST_OUTLINE = 60  # cells along an outline: fewer are beams
BLACK = 45  # of 255: what is darker is no tinted paper
FLOOR = 30  # of 255: least light of paper
WHOLE_SHEET = 0.97  # of a picture: a sheet that is larger fills it

MIDDLE_GREY = 128  # of 255: paper that is darker is a negative's
NIGHT = 0.6  # of the picture's lightest tone: a region that is darker may be light on dark
LIGHTEST = 0.997  # share of pixels that are no lighter than the lightest tone
NIGHT_CELLS = 15  # cells, the width of the median by which regions are told
NIGHT_SHARE = 0.03  # of the page, the smallest region that is looked at
CORE_CELLS = 3  # cells from a region's outline to where its tones are looked at
LIGHT_INK = 30  # of 255 that ink is lighter than a dark page
ONE_SIDED = 3.0  # light ink stands out from a dark page by this factor more than anything darker
WIDE_LIGHT = 0.05  # share of a dark page that may be as light as ink for WIDE_CELLS each way: more is shaded paper
WIDE_CELLS = 5

FAINT = 110  # of 255: ink none of which is darker is faint
FULL = 230  # of 255: how dark its ink is made
BLOCK = 16  # px, side of the blocks in which ink is looked at
SEEN = 14  # of 255: a block that is nowhere darker is empty
WINDOW = 8  # blocks, side of the windows in which the ink's level is judged
FEWEST_BLOCKS = 4  # of them that are inked, in a window that has a level
FULL_OF_IT, ALIKE_BLOCKS = 0.9, 0.7  # share of inked blocks, and least to most ink in them, of grain rather than music
FADED = 0.1  # share of the windows whose ink is faint, from which on something is done
SOLID = 0.7  # mean to maximum of a block that is no writing: a black edge

GRAIN = 24  # of 255 that a pixel stands out from all around it to be a speck
GRAINY = 0.01  # share of specks from which on a picture is cleaned
CALM = 0.002  # share of specks that may remain
GRAIN_ROWS = (32, 320)  # rows looked at, of so many
GRAIN_BLURS = (1.2, 1.2)  # px, one after the other while specks remain
DITHERED = 64  # of 255: grain of the paper of a picture that was dithered
EVEN = 16  # of 255: grain that may remain of it
DITHER_BLURS = (1.2, 1.2)  # px, one after the other while more remains
RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)

WEAK, STRONG = (45, 150), 175  # of 255: ink that shines through, and the page's own
FLAT_PX, FLAT_SPACES = 5, 0.3  # px, and staff spaces: what is narrower has no flat tone; staff lines never have
FLAT_TONE = 40  # of 255 that a flat tone varies within it
SHINING = 0.1  # of the page's own flat ink: so much that is weaker shines through
FEWEST = 200  # px of it
BACK_ROWS = (30, 90)  # rows looked at, of so many
MIXED_ROWS, MIXED_PX = 3, 256  # bands, px: size of the cells in which weak ink and the page's own are looked for
TONE_STRAYS = 15  # of 255 that weak ink strays from its most frequent tone
FEWEST_IN_CELL = 8  # px
MIXED = 0.2  # share of the cells with the page's own ink in which there is weak ink, too
SMOOTHED = 9  # of 255: levels counted together
LARGE_SPACE = 30.0  # px: music that seems as large may be larger still,
REDUCED = 3  # and is looked at reduced by this factor
LONG_PX = 31  # px: what is as long is a staff line rather than part of a note
LINE_ROWS = 3  # px that a staff line is spread over
LINE_INK = 1.45  # times the limit of weak ink: a line that is spread over several rows has as much in all
VALLEY = 0.5  # of the peak of weak ink: so little is weaker still, or between it and the page's own


def darkness(image: ByteArray) -> ByteArray:
    """How much darker than the paper around it each pixel is, 0 (paper) to 255: uneven light divided out.

    Light music on a dark page counts as dark, ink behind a tinted box as without it, faint ink as black.
    """
    dark, dithered = _plain_darkness(image)
    return dark if dithered else _full_contrast(dark)


def looks(image: ByteArray) -> Iterator[ByteArray]:
    """The page's darkness as staves are looked for in it: without what shines through from its back, then as it is."""
    dark, dithered = _plain_darkness(image)
    front = _without_back(dark)
    if front is not dark:
        yield front
    yield dark if dithered else _full_contrast(dark)


def paper_of(image: ByteArray) -> npt.NDArray[np.bool_] | None:
    """Where the sheet lies on a picture, (h, w), if there is something darker around it; None where it fills it.

    The largest bright region with the gaps in its outline closed; its very edge, which is blurred, is left out.
    """
    cells = _cells(image)
    # What is around the picture is dark: a narrow strip of table at its edge is no ink.
    wide = np.pad(cells, PAPER_CELLS)
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((PAPER_CELLS, PAPER_CELLS), np.uint8))
    paper = wide[PAPER_CELLS:-PAPER_CELLS, PAPER_CELLS:-PAPER_CELLS]
    light = float(np.percentile(paper, 100 * LIGHTEST))
    n, parts, stats, _ = cv2.connectedComponentsWithStats((paper >= NIGHT * light).astype(np.uint8), connectivity=4)
    if n < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    outline, _ = cv2.findContours((parts == largest).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = np.zeros_like(cells)
    cv2.fillConvexPoly(sheet, cv2.convexHull(np.concatenate(outline)), 1)
    if sheet.mean() > WHOLE_SHEET:
        return None
    sheet = cv2.erode(sheet, np.ones((3, 3), np.uint8), borderValue=1)
    size = (image.shape[1], image.shape[0])
    return np.asarray(cv2.resize(sheet, size, interpolation=cv2.INTER_NEAREST) > 0)


def darkness_at(image: ByteArray, x: FloatArray, y: FloatArray) -> ByteArray:
    """How much darker than the paper around them the points (x, y) px are, 0 to 255; of negatives, lighter.

    For a few points of a picture: paper is the median of what is asked for.
    """
    at_x, at_y = np.broadcast_arrays(x - 0.5, y - 0.5)
    points = at_x.astype(np.float32), at_y.astype(np.float32)
    seen = cv2.remap(image, *points, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    paper = float(np.median(seen))
    return np.asarray(np.clip(paper - seen if paper >= MIDDLE_GREY else seen - paper, 0, 255), np.uint8)


def _plain_darkness(image: ByteArray) -> tuple[ByteArray, bool]:
    """The darkness of faint ink as it is, and whether the page was dithered: its ink is black or there is none."""
    cells = _cells(image)
    plain = _dark_on_light(image, cells)
    dithered = _grain(plain) >= DITHERED
    plain = _without_dither(plain) if dithered else _without_grain(plain)
    if plain is not image:
        cells = _cells(plain)
    return np.asarray(255 - cv2.divide(plain, _paper(plain, cells), scale=255)), dithered


def _without_back(dark: ByteArray) -> ByteArray:
    """The darkness without ink that is distinctly weaker than the page's own, where both have flat tones."""
    count = _flat_tones(dark, FLAT_PX)
    if not _shines(count):
        return dark
    side = round(FLAT_SPACES * _largest_space(dark))
    if side > FLAT_PX:
        count = _flat_tones(dark, side)
        if not _shines(count):
            return dark
    count = np.convolve(count, np.ones(SMOOTHED) / SMOOTHED, "same")
    peak = WEAK[0] + int(np.argmax(count[slice(*WEAK)]))
    valleys = peak + np.flatnonzero(count[peak:STRONG] < VALLEY * count[peak])
    if len(valleys) == 0 or count[WEAK[0] // 2 : peak].min(initial=np.inf) > VALLEY * count[peak]:
        return dark
    if not _beside_own_ink(dark, peak):
        return dark
    valley = int(valleys[0]) + SMOOTHED
    table = np.clip((np.arange(256.0) - valley) * 255 / (255 - valley), 0, 255)
    front = cv2.LUT(dark, np.rint(table).astype(np.uint8))
    return np.asarray(cv2.max(front, _strong_lines(dark, LINE_INK * valley)))


def _strong_lines(dark: ByteArray, least: float) -> ByteArray:
    """Level thin lines with more than `least` of ink, which may be spread over rows that are each lighter than that."""
    thin = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_TOPHAT, np.ones((FIRST_THICKNESS, 1), np.uint8)))
    ink = cv2.boxFilter(thin, cv2.CV_16S, (1, LINE_ROWS), normalize=False)
    strong = cv2.morphologyEx((ink > least).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, LONG_PX), np.uint8))
    return thin * np.asarray(cv2.dilate(strong, np.ones((LINE_ROWS, 1), np.uint8)))


def _flat_tones(dark: ByteArray, side: int) -> npt.NDArray[np.float64]:
    """How often each level is the tone of a flat square of `side` px, (256,), from a few bands of rows."""
    low = _flat(dark, side)
    return np.bincount(low[low > 0], minlength=256).astype(np.float64)


def _flat(dark: ByteArray, side: int) -> ByteArray:
    """A few bands of rows, (n, w), with the tone of the flat square of `side` px around each pixel; 0 where none is."""
    rows, each = BACK_ROWS
    square = np.ones((side, side), np.uint8)
    bands = dark[: len(dark) // each * each].reshape(-1, each, dark.shape[1])[:, :rows].reshape(-1, dark.shape[1])
    if bands.size == 0:
        return bands
    low, high = cv2.erode(bands, square), cv2.dilate(bands, square)
    low[cv2.subtract(high, low) >= FLAT_TONE] = 0
    return np.asarray(low)


def _beside_own_ink(dark: ByteArray, tone: int) -> bool:
    """Whether ink of a weak tone lies beside the page's own, as what shines through does and what fades does not."""
    rows, columns = MIXED_ROWS * BACK_ROWS[0], MIXED_PX
    low = _flat(dark, FLAT_PX)
    low = low[: len(low) // rows * rows, : low.shape[1] // columns * columns]
    cells = low.reshape(len(low) // rows, rows, -1, columns)
    weak = (np.abs(cells.astype(np.int16) - tone) < TONE_STRAYS).sum((1, 3)) >= FEWEST_IN_CELL
    own = (cells >= max(STRONG, tone + 5 * TONE_STRAYS)).sum((1, 3)) >= FEWEST_IN_CELL
    return bool((weak & own).sum() >= MIXED * max(1, own.sum()))


def _largest_space(dark: ByteArray) -> float:
    """Staff space in px, also of music that is enlarged beyond what is looked for at first; 0 where there is none."""
    space = staff_space(first_slices(dark)[0]) or 0.0
    if 0 < space < LARGE_SPACE:
        return space
    small = cv2.resize(dark, None, fx=1 / REDUCED, fy=1 / REDUCED, interpolation=cv2.INTER_AREA)
    return max(space, REDUCED * (staff_space(first_slices(small)[0]) or 0.0))


def _shines(count: npt.NDArray[np.float64]) -> bool:
    """Whether there is much weaker ink beside the page's own, among flat tones."""
    return bool(count[slice(*WEAK)].sum() >= max(FEWEST, SHINING * count[STRONG:].sum()))


def _cells(image: ByteArray) -> ByteArray:
    size = (max(1, image.shape[1] // CELL), max(1, image.shape[0] // CELL))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def _dark_on_light(image: ByteArray, cells: ByteArray) -> ByteArray:
    """The picture with its light-on-dark regions inverted."""
    levels = np.cumsum(np.bincount(image[::5, ::5].ravel(), minlength=256))
    light = float(np.searchsorted(levels, LIGHTEST * levels[-1]))
    if (cells < NIGHT * light).mean() < NIGHT_SHARE:
        return image
    light_cells = cells
    if min(cells.shape) > NIGHT_CELLS:
        cells = cv2.medianBlur(cells, NIGHT_CELLS)
    night = (cells < NIGHT * light).astype(np.uint8)
    if night.mean() < NIGHT_SHARE:
        return image
    size = (image.shape[1], image.shape[0])
    n, parts, stats, _ = cv2.connectedComponentsWithStats(night, connectivity=4)
    for part in range(1, n):
        if stats[part, cv2.CC_STAT_AREA] < NIGHT_SHARE * night.size:
            continue
        region = np.asarray(parts == part, np.uint8)
        inner = cv2.resize(cv2.erode(region, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST) > 0
        core = cv2.erode(region, np.ones((2 * CORE_CELLS + 1,) * 2, np.uint8))
        within = cv2.resize(core, size, interpolation=cv2.INTER_NEAREST) > 0
        if not within.any():  # a scan's black edge is no dark paper
            continue
        darkest, middle, lightest = np.percentile(image[within][::7], (1, 50, 99))
        if lightest - middle < max(LIGHT_INK, ONE_SIDED * (middle - darkest)):
            continue
        wide = cv2.erode(light_cells, np.ones((WIDE_CELLS, WIDE_CELLS), np.uint8))
        if (wide[core > 0] > (middle + lightest) / 2).mean() > WIDE_LIGHT:
            continue
        outer = cv2.resize(cv2.dilate(region, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST) > 0
        paper = light if (~outer).any() else 255.0
        table = paper * np.clip((lightest - np.arange(256.0)) / (lightest - middle), 0, 1)
        image = np.where(inner, cv2.LUT(image, np.rint(table).astype(np.uint8)), image)
        image[outer & ~inner] = round(paper)  # the outline is known to a cell
    return image


def _paper(image: ByteArray, cells: ByteArray) -> ByteArray:
    """How light the paper is at each pixel: even light, but for tinted boxes and marks, whose outlines are followed."""
    size = (image.shape[1], image.shape[0])
    lightest = cv2.dilate(cells, np.ones((PAPER_CELLS, PAPER_CELLS), np.uint8))
    even = cv2.blur(lightest, (PAPER_CELLS, PAPER_CELLS))
    near = _tinted(image, cells.shape[0], cells.shape[1])
    edges = ((even.astype(np.int16) - near > HARD_EDGE * even) & (near > BLACK)).astype(np.uint8)
    edges = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    areas = cv2.connectedComponentsWithStats(edges)[2][1:, cv2.CC_STAT_AREA]
    if areas.max(initial=0) < LEAST_OUTLINE:
        return np.asarray(cv2.resize(np.maximum(even, FLOOR), size, interpolation=cv2.INTER_LINEAR))
    about = np.ones((3, 3), np.uint8)
    zone = cv2.dilate(edges, np.ones((5, 5), np.uint8)) > 0
    followed = np.maximum(np.where(zone & (near > BLACK), near, even), FLOOR)
    low, high = (cv2.resize(f(followed, about), size, interpolation=cv2.INTER_LINEAR) for f in (cv2.erode, cv2.dilate))
    return np.asarray(np.minimum(np.maximum(image, low), high))  # at an outline paper is as light as it is seen


def _tinted(image: ByteArray, rows: int, columns: int) -> ByteArray:
    """How light paper is per cell, tinted marks included: only what is smaller than a mark is ink."""
    part = image[: rows * CELL, : columns * CELL]  # a whole number of pixels a cell, which is far faster
    halves = cv2.resize(part, (2 * columns, 2 * rows), interpolation=cv2.INTER_AREA)
    lightest = cv2.dilate(halves, np.ones((2, 2), np.uint8))[1::2, 1::2]
    return np.asarray(cv2.morphologyEx(lightest, cv2.MORPH_CLOSE, np.ones(MARK_CELLS, np.uint8)))


def _full_contrast(dark: ByteArray) -> ByteArray:
    """Faint ink made as dark as print, on the whole page or where it fades."""
    if min(dark.shape) < BLOCK:
        return dark
    coarse = dark[: len(dark) // BLOCK * BLOCK : 2, : dark.shape[1] // BLOCK * BLOCK : 2]
    side = BLOCK // 2
    blocks = coarse.reshape(len(coarse) // side, side, -1, side)
    darkest = blocks.max((1, 3))
    darkest[(darkest <= SEEN) | (blocks.mean((1, 3)) >= SOLID * darkest)] = 0
    levels = _ink_levels(darkest, -(-dark.shape[0] // (WINDOW * BLOCK)), -(-dark.shape[1] // (WINDOW * BLOCK)))
    inked = levels > 0
    if not inked.any():
        return dark
    if (levels[inked] < FAINT).mean() < FADED:
        return dark
    around = cv2.dilate(levels, np.ones((3, 3), np.uint8))  # of what is near, the darkest ink is full ink
    around[around == 0] = np.percentile(levels[inked], 90)
    gain = np.maximum(1, FULL / around)
    size = (levels.shape[1] * WINDOW * BLOCK, levels.shape[0] * WINDOW * BLOCK)
    gains = cv2.resize(gain, size, interpolation=cv2.INTER_LINEAR)[: dark.shape[0], : dark.shape[1]]
    return np.asarray(cv2.multiply(dark, gains, dtype=cv2.CV_8U))


def _ink_levels(darkest: ByteArray, rows: int, columns: int) -> FloatArray:
    """How dark ink is in each of so many windows, from the darkest pixel of each inked block; 0 where there is none.

    What inks all blocks of a window alike is grain.
    """
    padded = np.zeros((rows * WINDOW, columns * WINDOW), np.uint8)
    padded[: darkest.shape[0], : darkest.shape[1]] = darkest
    windows = np.sort(padded.reshape(rows, WINDOW, columns, WINDOW).swapaxes(1, 2).reshape(rows, columns, -1), axis=2)
    count = np.count_nonzero(windows, axis=2)
    calm, level = (
        np.take_along_axis(windows, np.rint(WINDOW**2 - 1 - share * np.maximum(count - 1, 0)).astype(int)[..., None], 2)
        for share in (0.9, 0.1)
    )
    grain = (count > FULL_OF_IT * WINDOW**2) & (calm[..., 0] > ALIKE_BLOCKS * level[..., 0])
    return np.where((count >= FEWEST_BLOCKS) & ~grain, level[..., 0], 0).astype(np.float32)


def _without_grain(image: ByteArray) -> ByteArray:
    """A speckled or noisy picture smoothed as much as it needs."""
    if _specks(image) < GRAINY:
        return image
    around = cv2.erode(image, RING), cv2.dilate(image, RING)
    alone = (cv2.add(image, GRAIN) < around[0]) | (cv2.subtract(image, GRAIN) > around[1])
    image = np.where(alone, cv2.medianBlur(image, 3), image)
    for sigma in GRAIN_BLURS:
        if _specks(image) < CALM:
            break
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)
    return image


def _without_dither(image: ByteArray) -> ByteArray:
    """A dithered picture smoothed until its paper is even."""
    for sigma in DITHER_BLURS:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)
        if _grain(image) < EVEN:
            break
    return image


def _grain(image: ByteArray) -> float:
    """How much neighbouring pixels differ on the calmest quarter of a picture, its paper, from a few bands of rows."""
    rows, each = GRAIN_ROWS
    square = np.ones((3, 3), np.uint8)
    bands = [image[top : top + rows] for top in range(min(each // 2, len(image) // 2), len(image), each)]
    differ = [cv2.subtract(cv2.dilate(band, square), cv2.erode(band, square)).ravel() for band in bands]
    return float(np.percentile(np.concatenate(differ)[::8], 25)) if differ else 0.0


def _specks(image: ByteArray) -> float:
    """Share of pixels that are distinctly darker or lighter than all around them, from a few bands of rows."""
    rows, each = GRAIN_ROWS
    found = total = 0
    for top in range(min(each // 2, len(image) // 2), len(image), each):
        band = image[top : top + rows]
        found += int(np.count_nonzero(cv2.add(band, GRAIN) < cv2.erode(band, RING)))
        found += int(np.count_nonzero(cv2.subtract(band, GRAIN) > cv2.dilate(band, RING)))
        total += band.size
    return found / max(total, 1)
