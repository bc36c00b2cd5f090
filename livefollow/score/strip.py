"""`Strip`: the unrolled score, with staff systems straightened, scaled to one staff space, and laid side by side.

Two pictures share one x axis. The *bands* show each of the piano's two staves on its own, straightened along its own
lines; our networks read them. The *strip image* shows both staves in 160 px; the paper's networks read that. A column
of the strip is a line across the system along what stands upright on the page, so what sounds together is in one
column even on a skewed scan or a photograph.

A strip grows page by page in one thread; others may read what is there.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, COLUMN, STAFF_SPACE, STRIP_HEIGHT
from livefollow.score.document import Page
from livefollow.score.staves.darkness import darkness
from livefollow.score.staves.lines import ByteArray, FloatArray
from livefollow.score.systems import Staff, System

MARGIN = 1.0  # staff spaces of paper kept left and right of a system
MIDDLE_ROW = BAND_HEIGHT // 2  # the row that a staff's middle line runs through
REACH = 12  # staff spaces above and below a staff's middle line that the strip image is chosen from
SHORTEST_GAP = 2 * STAFF_SPACE  # px between the two staves that closing up leaves
PACKED = 1  # zlib's level: paper is mostly white, and the quickest makes a tenth of it


@dataclass(frozen=True)
class PagePoint:
    """A place on a page: page and system from 1, points from the top left; top and bottom are outer staff lines."""

    page: int
    system: int
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, eq=False)
class Placement:
    """One system on the strip, and the maps between the two.

    Attributes:
        system: the system, in points.
        number: of the system on its page, from 1.
        x0: strip x of its left end; a multiple of COLUMN.
        width: strip px, a multiple of COLUMN.
        scale: strip px per point.
        rows: (STRIP_HEIGHT,) for each row of the strip image its distance in px from the upper staff's middle line,
            measured in the straightened system.
    """

    system: System
    number: int
    x0: int
    width: int
    scale: float
    rows: FloatArray

    @property
    def x1(self) -> int:
        """Strip x of its right end."""
        return self.x0 + self.width

    @property
    def staves(self) -> tuple[Staff, ...]:
        """The piano's staves, one or two."""
        return tuple(self.system.staves[i] for i in self.system.piano)

    @property
    def other_staves(self) -> tuple[Staff, ...]:
        """The system's other staves, from the top."""
        return tuple(staff for i, staff in enumerate(self.system.staves) if i not in self.system.piano)

    def tilt(self, x: npt.ArrayLike) -> FloatArray:
        """dx/dy on the page of the column through the system's middle at page x."""
        return np.interp(np.asarray(x, np.float64), [self.system.left, self.system.right], self.system.tilt)

    def middle(self, x: npt.ArrayLike) -> FloatArray:
        """y of the line halfway between the piano's outer staff lines at page x, points."""
        return np.asarray((self.staves[0].line(-2, x) + self.staves[-1].line(2, x)) / 2)

    def to_page(self, x: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Page point (x, y) where the strip columns at `x` cross the system's middle, points."""
        at = (np.asarray(x, np.float64) - self.x0) / self.scale + self.system.left - MARGIN * self.system.staff_space
        return at, self.middle(at)

    def from_page(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """Strip x of the columns through page points (x, y)."""
        x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
        at = x
        for _ in range(4):  # a contraction by tilt times slope each time
            at = x - self.tilt(at) * (y - self.middle(at))
        return (at - self.system.left + MARGIN * self.system.staff_space) * self.scale + self.x0

    def column_at(self, x: float, y: float) -> float:
        """Strip x of the column through the page point (x, y); of the system's end for what lies beyond it."""
        return float(np.clip(self.from_page(x, y), self.x0, self.x1))

    def column_on_staff(self, staff: Staff, x: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Page point (x, y) where the strip columns at `x` cross the middle line of a staff."""
        at, middle = self.to_page(x)
        y = staff.line(0, at)
        for _ in range(3):
            y = staff.line(0, at + self.tilt(at) * (y - middle))
        return at + self.tilt(at) * (y - middle), np.asarray(y)

    def band_row(self, staff: int, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """Row (px from the band's top edge) of page points (x, y) in the band of the piano's staff 0 or 1."""
        line = self.staves[staff]
        space = np.interp(np.asarray(x, np.float64), line.x, line.space)
        return np.asarray((np.asarray(y) - line.line(0, x)) / space * STAFF_SPACE + MIDDLE_ROW + 0.5)

    @property
    def heights(self) -> FloatArray:
        """Straightened heights of the knots that `knots` gives, px below the upper staff's middle line."""
        reach = float(REACH * STAFF_SPACE)
        if len(self.staves) == 1:
            return np.array([-reach, reach])
        upper, lower = self.staves
        gap = max(1, round((lower.top - upper.bottom) * self.scale))
        return np.array([-reach, 2.0 * STAFF_SPACE, 2.0 * STAFF_SPACE + gap, 4.0 * STAFF_SPACE + gap + reach])

    def knots(self, x: npt.ArrayLike) -> FloatArray:
        """(k, ...) y at page x of: REACH above, upper staff's bottom line, lower staff's top line, REACH below."""
        upper, lower = self.staves[0], self.staves[-1]
        if len(self.staves) == 1:
            return np.stack([upper.line(-REACH, x), upper.line(REACH, x)])
        return np.stack([upper.line(-REACH, x), upper.line(2, x), lower.line(-2, x), lower.line(REACH, x)])

    def image_row(self, x: float, y: float) -> float:
        """Row (px from the top edge) of the page point (x, y) in the strip image; NaN where it was left out."""
        height = float(np.interp(y, self.knots(x), self.heights))
        at = int(np.searchsorted(self.rows, height, side="right")) - 1
        if at < 0 or height - self.rows[at] >= 1:
            return float("nan")
        return at + height - float(self.rows[at])


@dataclass(frozen=True, eq=False)
class Cut:
    """A system that has been cut out of its page, and is not on a strip yet.

    Attributes:
        place: where it would be at a strip's left end.
        packed: its bands, packed: see `unpacked`.
        image: (STRIP_HEIGHT, width) its strip image; None where nobody wants it.
        others: its other staves, two at a time, from the top, packed as well.
    """

    place: Placement
    packed: bytes
    image: ByteArray | None
    others: tuple[bytes, ...] = ()

    @property
    def bands(self) -> ByteArray:
        """(2, BAND_HEIGHT, width): the piano's upper and lower staff, white 255."""
        return unpacked(self.packed, self.place.width)

    @property
    def other_bands(self) -> list[ByteArray]:
        """(2, BAND_HEIGHT, width) each: the other staves, two at a time, from the top."""
        return [unpacked(packed, self.place.width) for packed in self.others]


def unpacked(packed: bytes, width: int) -> ByteArray:
    """(2, BAND_HEIGHT, width): bands of a system; white where what was packed was something else."""
    unpacking, size = zlib.decompressobj(), 2 * BAND_HEIGHT * width
    try:
        pixels = unpacking.decompress(packed, size + 1)
    except zlib.error:
        pixels = b""
    if len(pixels) != size:
        return np.full((2, BAND_HEIGHT, width), 255, np.uint8)
    return np.frombuffer(pixels, np.uint8).reshape(2, BAND_HEIGHT, width)


class Strip:
    """The unrolled score, growing page by page.

    Attributes:
        placements: the systems on it, from left to right.
    """

    def __init__(self) -> None:
        self.placements: list[Placement] = []
        self._cuts: list[Cut] = []

    @property
    def width(self) -> int:
        """Strip px so far."""
        return self.placements[-1].x1 if self.placements else 0

    @property
    def bands(self) -> ByteArray:
        """(2, BAND_HEIGHT, width): the piano's upper and lower staff, white 255; a missing lower staff is white."""
        return np.concatenate([np.zeros((2, BAND_HEIGHT, 0), np.uint8), *(cut.bands for cut in self._cuts)], axis=2)

    def bands_of(self, index: int) -> ByteArray:
        """(2, BAND_HEIGHT, width of the placement): the bands of one system."""
        return self._cuts[index].bands

    def other_bands_of(self, index: int) -> list[ByteArray]:
        """(2, BAND_HEIGHT, width of the placement) each: the other staves of a system, two at a time, from the top."""
        return self._cuts[index].other_bands

    @property
    def image(self) -> ByteArray:
        """(STRIP_HEIGHT, width): the paper's strip image, white 255.

        Raises:
            LookupError: systems were cut without it.
        """
        images = [cut.image for cut in self._cuts if cut.image is not None]
        if len(images) < len(self._cuts):
            raise LookupError("the score was read without the strip image")
        return np.concatenate([np.zeros((STRIP_HEIGHT, 0), np.uint8), *images], axis=1)

    def add(self, page: Page, systems: Sequence[System]) -> None:
        """Append the systems of a page, except those marked skip.

        Args:
            page: the raster they were found on.
            systems: from top to bottom, in points.
        """
        self.put(cut_out(page, systems))

    def put(self, cuts: Sequence[Cut]) -> None:
        """Append systems that have been cut out."""
        for cut in cuts:
            self._cuts.append(cut)
            self.placements.append(replace(cut.place, x0=self.width))

    def at(self, x: float) -> Placement:
        """The system at strip x; the first or last beyond the ends.

        Raises:
            LookupError: the strip is empty.
        """
        if not self.placements:
            raise LookupError("no system has been read yet")
        return self.placements[max(0, bisect_right(self.placements, x, key=lambda p: p.x0) - 1)]

    def to_page(self, x: float) -> PagePoint:
        """The place on the page of strip x. Inverse of `from_page` on the systems' middle lines.

        Raises:
            LookupError: the strip is empty.
        """
        place = self.at(x)
        page_x, page_y = place.to_page(x)
        system = place.system
        return PagePoint(system.page, place.number, float(page_x), float(page_y), system.top, system.bottom)

    def from_page(self, page: int, x: float, y: float) -> float:
        """Strip x of the point (x, y) in points on a page, in the system nearest to it.

        Raises:
            LookupError: no system of that page is on the strip.
        """
        return self.nearest(page, x, y).column_at(x, y)

    def nearest(self, page: int, x: float, y: float) -> Placement:
        """The system nearest to the point (x, y) in points on a page.

        Raises:
            LookupError: no system of that page is on the strip.
        """
        here = [p for p in self.placements if p.system.page == page]
        if not here:
            raise LookupError(f"page {page} has no staff system on the strip")

        def away(place: Placement) -> tuple[float, float]:
            top, bottom = float(place.staves[0].line(-2, x)), float(place.staves[-1].line(2, x))
            system = place.system
            return max(top - y, y - bottom, 0.0), max(system.left - x, x - system.right, 0.0)

        return min(here, key=away)


def cut_out(page: Page, systems: Sequence[System], *, image: bool = True) -> list[Cut]:
    """Cut the systems of a page out, except those marked skip.

    Args:
        page: the raster they were found on.
        systems: from top to bottom, in points.
        image: whether the strip image is wanted, which only the paper's networks see; without it `Placement.rows` are
            zeros.
    """
    paper: ByteArray = 255 - darkness(page.image)
    cuts = []
    for number, system in enumerate(systems, 1):
        if system.skip:
            continue
        scale = STAFF_SPACE / system.staff_space
        length = (system.right - system.left + 2 * MARGIN * system.staff_space) * scale
        width = int(np.ceil(length / COLUMN)) * COLUMN
        place = Placement(system, number, 0, width, scale, np.zeros(STRIP_HEIGHT))
        others = place.other_staves
        pairs = [place.staves, *(others[k : k + 2] for k in range(0, len(others), 2))]
        packed, *beside = (zlib.compress(_bands(paper, page.scale, place, pair).tobytes(), PACKED) for pair in pairs)
        picture = None
        if image:
            straight = _straighten(paper, page.scale, place)
            rows = _choose_rows(straight, place.heights)
            picture = straight[np.round(rows - place.heights[0]).astype(int)]
            place = replace(place, rows=rows)
        cuts.append(Cut(place, packed, picture, tuple(beside)))
    return cuts


def _sample(paper: ByteArray, x: FloatArray, y: FloatArray, finer: int) -> ByteArray:
    """Sample a raster at (x, y) in px (float32, from its corner), the mean of `finer`² samples a pixel."""
    half = np.float32(0.5)
    fine = cv2.remap(paper, x - half, y - half, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    if finer == 1:
        return np.asarray(fine, np.uint8)
    size = (fine.shape[1] // finer, fine.shape[0] // finer)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.uint8)


def _finer(raster_scale: float, scale: float) -> int:
    """Samples per strip pixel and direction, enough to use every pixel of the raster."""
    return max(1, round(raster_scale / scale))


def _bands(paper: ByteArray, raster_scale: float, place: Placement, staves: Sequence[Staff]) -> ByteArray:
    """Cut the bands of one or two staves of a system, (2, BAND_HEIGHT, width)."""
    out = np.full((2, BAND_HEIGHT, place.width), 255, np.uint8)
    finer = _finer(raster_scale, place.scale)
    columns = place.x0 + (np.arange(place.width * finer) + 0.5) / finer
    steps = (((np.arange(BAND_HEIGHT * finer) + 0.5) / finer - MIDDLE_ROW - 0.5) / STAFF_SPACE).astype(np.float32)
    for i, staff in enumerate(staves):
        x, y = place.column_on_staff(staff, columns)
        lean = place.tilt(x).astype(np.float32)
        space, at_x, at_y = ((v * raster_scale).astype(np.float32) for v in (np.interp(x, staff.x, staff.space), x, y))
        below = steps[:, None] * space
        out[i] = _sample(paper, at_x + lean * below, at_y + below, finer)
    return out


def _straighten(paper: ByteArray, raster_scale: float, place: Placement) -> ByteArray:
    """Straighten a whole system from REACH above to REACH below, (rows, width)."""
    heights = place.heights
    finer = _finer(raster_scale, place.scale)
    at, middle = place.to_page(place.x0 + (np.arange(place.width * finer) + 0.5) / finer)
    rows = heights[0] + (np.arange(round(heights[-1] - heights[0]) * finer) + 0.5) / finer
    lean = place.tilt(at).astype(np.float32)
    knots, at_x, middle = ((v * raster_scale).astype(np.float32) for v in (place.knots(at), at, middle))
    part = np.clip(np.searchsorted(heights, rows, side="right") - 1, 0, len(heights) - 2)
    share = ((rows - heights[part]) / (heights[part + 1] - heights[part])).astype(np.float32)[:, None]
    y = knots[part] + share * (knots[part + 1] - knots[part])
    return _sample(paper, at_x + lean * (y - middle), y, finer)


def _choose_rows(straight: ByteArray, heights: FloatArray) -> FloatArray:
    """Choose the rows of the straightened system that the strip image keeps, so that few noteheads are lost.

    One stretch between the staves may be closed up, and the rest is cut above and below. What counts as lost is ink
    that survives an opening with a disc of half a staff space: noteheads, not stems, slurs or script.

    Returns:
        (STRIP_HEIGHT,) heights of the kept rows' upper edges.
    """
    first = heights[0]
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (STAFF_SPACE - 2, STAFF_SPACE - 3))
    solid = cv2.morphologyEx((straight < 128).astype(np.uint8), cv2.MORPH_OPEN, disc)
    mass = np.concatenate([[0.0], np.cumsum(solid.sum(1, dtype=np.float64) + 1e-3)])
    total = len(straight)
    low, high = (int(h - first) for h in heights[[1, -2]])  # rows of the gap between the staves
    surplus = total - STRIP_HEIGHT
    closable = max(0, high - low - SHORTEST_GAP)
    best, choice = np.inf, (0, 0, 0)
    for closed in range(0, min(closable, surplus) + 1):
        starts = (
            np.arange(low + SHORTEST_GAP // 2, high - SHORTEST_GAP // 2 - closed + 1) if closed else np.array([low])
        )
        if len(starts) == 0:
            break
        inner = mass[starts + closed] - mass[starts]
        above = np.arange(surplus - closed + 1)
        outer = mass[above] + mass[-1] - mass[total - (surplus - closed) + above]
        off_centre = 1e-4 * np.abs(above - (surplus - closed) / 2) + 1e-5 * closed
        cost = float(inner.min() + (outer + off_centre).min())
        if cost < best:
            best, choice = cost, (int(starts[np.argmin(inner)]), closed, int(np.argmin(outer + off_centre)))
    start, closed, above_rows = choice
    keep = np.delete(np.arange(total), np.arange(start, start + closed))
    return first + keep[above_rows : above_rows + STRIP_HEIGHT]
