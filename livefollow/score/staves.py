"""Finding the staves of a page raster: five parallel curves, whatever the engraver, the scan or the camera did to them.

A staff is a path of traces (`lines`) that moves little from slice to slice, so skewed, bent and broken lines are
followed, and text, tables and borders are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.lines import INK, ByteArray, FloatArray, comb_trace, line_mask, slices, staff_space

Path = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]  # slice and row indices

SMALLEST_PX = 40  # px: a smaller picture has no room for a staff
WORKING_SPACE = 20.0  # px: pages with a larger staff space are reduced to it first
SLICE_SPACES = 2.5  # width of a slice in staff spaces
MAX_SLOPE_PX = 2  # px a staff may move from one slice to the next: 3 degrees
SPACE_TOLERANCE = 0.14  # staves of one pass differ by this share of the page's staff space
SMALL_STAFF = 0.75  # staff space of a second, smaller kind of staff (solo parts, ossias)
LINE_THICKNESS = 0.33  # of a staff space: what is thicker is no staff line
TRACE = 0.38  # score a slice needs to count as staff
SHORT_TRACE = 0.65  # mean score of a staff shorter than half the page
PARALLEL_TRACE = 0.2  # mean score of a staff that a parallel neighbour vouches for
SHIFT_MARGIN = 0.5  # lines: by how much more must be seen one line further to move there
MIN_SUPPORT = 3.0  # discounted sum of scores along a path that is worth following
MAX_GAP = 5.0  # slices without any trace that end a staff; a weak trace counts in part
MIN_LENGTH_SPACES = 11.0  # shortest staff


@dataclass(frozen=True, eq=False)
class StaffTrace:
    """A staff in raster pixels, sampled at knots along x.

    Attributes:
        x: (n,) knots, rising; the first and last are the ends of the staff lines.
        centre: (n,) y of the middle line at the knots.
        space: (n,) distance of two neighbouring lines at the knots.
        score: mean strength of the traces, 0 to 1.
    """

    x: FloatArray
    centre: FloatArray
    space: FloatArray
    score: float

    def line(self, k: float, x: npt.ArrayLike) -> FloatArray:
        """y of line `k` (-2 top, 0 middle, 2 bottom) at `x`."""
        at = np.asarray(x, np.float32)
        return np.asarray(np.interp(at, self.x, self.centre) + k * np.interp(at, self.x, self.space), np.float32)

    def scaled(self, zoom: float) -> StaffTrace:
        """The same staff on a raster `zoom` times as large."""
        return replace(self, x=self.x * zoom, centre=self.centre * zoom, space=self.space * zoom)


class StaffFinder:
    """Looks for the staves of one page; all results are in pixels of the raster given."""

    def __init__(self, dark: ByteArray) -> None:
        """Prepare a page.

        Args:
            dark: (h, w) darkness of the page's raster.
        """
        space = staff_space(dark) if min(dark.shape) >= SMALLEST_PX else None
        self._zoom = 1.0
        self._space = space or 0.0
        if self._space > WORKING_SPACE:
            self._zoom, self._space = WORKING_SPACE / self._space, WORKING_SPACE
            dark = cv2.resize(dark, None, fx=self._zoom, fy=self._zoom, interpolation=cv2.INTER_AREA)
        self._mask = line_mask(dark, thickness=max(3, round(LINE_THICKNESS * self._space)))
        self._ink = (dark > INK).astype(np.uint8)

    def find(self) -> list[StaffTrace]:
        """All staves, from top to bottom; none on a page without music."""
        staves: list[StaffTrace] = []
        for space in (self._space, SMALL_STAFF * self._space) if self._space else ():
            staves += self._pass(space, staves)
        staves.sort(key=lambda s: float(s.centre.mean()))
        return [s.scaled(1 / self._zoom) for s in staves]

    def parallel(self, staff: StaffTrace, low: float, high: float) -> StaffTrace | None:
        """The staff that runs parallel to a known one, `low` to `high` px below it (negative: above).

        Meant for a staff that is so full that it was not found on its own: what a known neighbour says of its course
        and length is taken for granted, so weaker traces suffice.
        """
        known = staff.scaled(self._zoom)
        space = float(np.median(known.space))
        trace, best, centres, exact = self._traces(space)
        index = np.flatnonzero((centres > known.x[0]) & (centres < known.x[-1]))
        offsets = np.arange(round(low * self._zoom), round(high * self._zoom))
        rows = np.round(known.line(0, centres[index])).astype(int) + offsets[:, None]
        inside = (rows >= 0) & (rows < trace.shape[1])
        strength = np.where(inside, trace[index, np.clip(rows, 0, trace.shape[1] - 1)], 0).mean(1)
        if len(strength) == 0 or strength.max() < PARALLEL_TRACE or not inside[int(np.argmax(strength))].all():
            return None
        path = index, rows[int(np.argmax(strength))]
        fit = _refine(exact, path, best[path], centres)
        if fit is None:
            return None
        return _with_ends(self._mask, self._ink, *fit, float(strength.max())).scaled(1 / self._zoom)

    def _traces(self, space: float) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """(trace, best space, slice centres, exact line shares) for staff spaces near `space`."""
        lines, centres = slices(cv2.dilate(self._mask, np.ones((3, 1), np.uint8)), SLICE_SPACES * space)
        exact, _ = slices(self._mask, SLICE_SPACES * space)
        trace, best = comb_trace(lines, exact, space * np.linspace(1 - SPACE_TOLERANCE, 1 + SPACE_TOLERANCE, 9))
        return trace, best, centres, exact

    def _pass(self, space: float, found: list[StaffTrace]) -> list[StaffTrace]:
        """Staves whose space is near `space` and that do not lie on one of `found`."""
        trace, best, centres, exact = self._traces(space)
        everywhere = np.arange(len(trace))
        for staff in found:
            inside = (centres > staff.x[0]) & (centres < staff.x[-1])
            _erase(trace, staff.line(0, centres), inside, 3.2 * space + 2 * float(np.median(staff.space)))
        support, forward, backward = _support(trace)
        staves = []
        while True:
            i, y = (int(c) for c in np.unravel_index(int(np.argmax(support)), support.shape))
            if support[i, y] < MIN_SUPPORT:
                break
            path = _follow(i, y, trace, forward, backward)
            score = float(trace[path].mean())
            enough = score > TRACE and len(path[0]) * SLICE_SPACES >= MIN_LENGTH_SPACES - SLICE_SPACES
            fit = _refine(exact, path, best[path], centres) if enough else None
            if fit is not None:
                found_one = _with_ends(self._mask, self._ink, *fit, score)
                if _is_staff(found_one, space, self._mask.shape[1]):
                    staves.append(found_one)
            inside = (everywhere >= path[0][0]) & (everywhere <= path[0][-1])
            rows = np.interp(everywhere, *path)
            _erase(trace, rows, inside, 4.5 * space)
            _erase(support, rows, inside, 4.5 * space)
        return staves


def _is_staff(staff: StaffTrace, space: float, width: int) -> bool:
    """Long enough, and when short, clear enough."""
    length = float(staff.x[-1] - staff.x[0])
    return length > MIN_LENGTH_SPACES * space and (staff.score > SHORT_TRACE or length >= 0.5 * width)


def _on_its_lines(mask: ByteArray, staff: StaffTrace) -> StaffTrace:
    """The staff moved by one line where thick beams over an outer line have pulled it off.

    At the very ends of a staff, before the clef and after the last note, nothing but its five lines is to be seen.
    """
    space = float(np.median(staff.space))
    seen = np.zeros(7)
    for near, far in ((staff.x[0] + 0.2 * space, staff.x[0] + space), (staff.x[-1] - space, staff.x[-1] - 0.2 * space)):
        x = np.arange(max(0, int(near)), min(mask.shape[1], int(far) + 1))
        rows = np.stack([np.round(staff.line(k, x) - 0.5).astype(int) for k in range(-3, 4)])
        near_rows = np.clip(rows + np.arange(-1, 2)[:, None, None], 0, mask.shape[0] - 1)
        seen += (mask[near_rows, x] > 0).any(0).mean(1)
    five = np.array([seen[k : k + 5].sum() for k in range(3)])
    step = int(np.argmax(five)) - 1
    if step == 0 or five[step + 1] < five[1] + SHIFT_MARGIN:
        return staff
    return replace(staff, centre=staff.centre + step * staff.space)


def _support(trace: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Discounted sum of traces along the best near-horizontal path through each cell, and its two halves."""
    kernel = np.ones((1, 2 * MAX_SLOPE_PX + 1), np.uint8)
    forward, backward = trace.copy(), trace.copy()
    for i in range(1, len(trace)):
        forward[i] += 0.9 * cv2.dilate(forward[i - 1 : i], kernel)[0]
        backward[-1 - i] += 0.9 * cv2.dilate(backward[len(trace) - i : len(trace) - i + 1], kernel)[0]
    return forward + backward - trace, forward, backward


def _follow(i: int, y: int, trace: FloatArray, forward: FloatArray, backward: FloatArray) -> Path:
    """The path through cell (i, y) as slice and row indices, ended where the staff is no longer seen."""
    cells = {i: y}
    for step, potential in ((1, backward), (-1, forward)):
        j, row, last, unseen = i + step, y, i, 0.0
        while 0 <= j < len(trace) and unseen < MAX_GAP:
            low = max(0, row - MAX_SLOPE_PX)
            row = low + int(np.argmax(potential[j, low : row + MAX_SLOPE_PX + 1]))
            cells[j] = row
            unseen += max(0.0, 1 - trace[j, row] / TRACE)
            if trace[j, row] >= TRACE:
                last, unseen = j, 0.0
            j += step
        for k in [k for k in cells if (k - last) * step > 0]:
            del cells[k]
    index = np.array(sorted(cells))
    return index, np.array([cells[k] for k in index])


def _erase(matrix: FloatArray, rows: FloatArray, inside: npt.NDArray[np.bool_], reach: float) -> None:
    """Take out everything within `reach` px of `rows` in the slices `inside`, in place."""
    for i in np.flatnonzero(inside):
        matrix[i, max(0, int(rows[i] - reach)) : int(rows[i] + reach) + 1] = -1


def _refine(
    exact: FloatArray, path: Path, spaces: FloatArray, centres: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray] | None:
    """Sub-pixel (x, centre, space) in the slices of a path, smoothed along the staff; None where nothing fits."""
    index, rows = path
    typical = float(np.median(spaces))
    reach = max(2, round(0.3 * typical))
    k = np.arange(-2, 3, dtype=np.float32)
    expected = rows[:, None] + 0.5 + k * spaces[:, None]  # (m, 5)
    around = np.arange(-reach, reach + 1)
    at = np.clip(np.floor(expected)[..., None].astype(int) + around, 0, exact.shape[1] - 1)  # (m, 5, 2 reach + 1)
    profile = exact[index[:, None, None], at]
    peak = np.argmax(profile * (1 - 0.5 * np.abs(around) / (reach + 1)), axis=-1)[..., None]
    near = profile * (np.abs(np.arange(2 * reach + 1) - peak) <= max(1, round(0.15 * typical)))
    weight = near.sum(-1)
    seen = np.take_along_axis(profile, peak, -1)[..., 0]
    y = (near * (at + 0.5)).sum(-1) / np.maximum(weight, 1e-6)
    w = np.where(np.abs(y - expected) < 0.35 * typical, seen, 0)
    space, centre = _line_fit(np.broadcast_to(k, y.shape), y, w)
    good = ((w > 0.15).sum(-1) >= 3) & (np.abs(space - typical) < 0.2 * typical)
    good &= np.abs(centre - expected[:, 2]) < 0.6 * typical
    if good.sum() < 2:
        return None
    x = centres[index[good]]
    return x, _smooth(x, centre[good], 7), _smooth(x, space[good], 9)


def _line_fit(x: FloatArray, y: FloatArray, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weighted straight-line fits along the last axis: (slope, value at x = 0)."""
    total = np.maximum(w.sum(-1), 1e-6)
    mx, my = (w * x).sum(-1) / total, (w * y).sum(-1) / total
    dx = x - mx[..., None]
    slope = (w * dx * (y - my[..., None])).sum(-1) / np.maximum((w * dx * dx).sum(-1), 1e-6)
    return slope, my - slope * mx


def _smooth(x: FloatArray, values: FloatArray, width: int) -> FloatArray:
    """Running straight-line fit that forgets outliers: follows bends, not notes."""
    n = len(values)
    width = min(width, n)
    low = np.clip(np.arange(n) - width // 2, 0, n - width)
    windows = low[:, None] + np.arange(width)
    xs, vs = x[windows] - x[:, None], values[windows]
    keep = np.ones_like(vs)
    smooth = np.median(vs, axis=-1)
    for _ in range(3):
        slope, smooth = _line_fit(xs, vs, keep)
        off = np.abs(vs - slope[:, None] * xs - smooth[:, None])
        keep = (off <= np.maximum(0.3, 2.0 * np.median(off, axis=-1))[:, None]).astype(np.float32)
    return smooth.astype(np.float32)


def _extend(at: FloatArray, x: FloatArray, values: FloatArray) -> FloatArray:
    """Interpolate inside, continue straight outside the knots."""
    out = np.interp(at, x, values)
    n = min(4, len(x))
    if n >= 2:
        for side, ends in ((at < x[0], slice(0, n)), (at > x[-1], slice(-n, None))):
            if side.any():
                edge = x[0] if ends.start == 0 else x[-1]
                slope = np.polyfit(x[ends], values[ends], 1)[0]
                out[side] = (values[0] if ends.start == 0 else values[-1]) + slope * (at[side] - edge)
    return np.asarray(out, np.float32)


def _with_ends(
    mask: ByteArray, ink: ByteArray, x: FloatArray, centre: FloatArray, space: FloatArray, score: float
) -> StaffTrace:
    """The staff with its ends moved to the first and last pixel column where it is seen.

    Most of the five lines must be there; at the right end a bar line hides them and counts as well.
    """
    typical = float(np.median(space))
    reach = 2 * SLICE_SPACES * typical
    xs = np.arange(max(0, int(x[0] - reach)), min(mask.shape[1], int(x[-1] + reach) + 1))
    middle, gaps = _extend(xs, x, centre), _extend(xs, x, space)

    def at(steps: FloatArray, picture: ByteArray) -> npt.NDArray[np.bool_]:
        rows = np.round(middle + steps[:, None] * gaps - 0.5).astype(int)
        return picture[np.clip(rows, 0, picture.shape[0] - 1), xs] > 0

    lines = np.stack([at(np.arange(-2, 3) + d / typical, mask) for d in (-1, 0, 1)]).any(0).sum(0) >= 3
    bars = (at(np.arange(-2, 2.01, 0.25), ink).mean(0) > 0.9) & (xs > x[-1] - reach)
    seen = lines | bars
    length = max(3, round(1.5 * typical))
    there = np.flatnonzero(seen & (np.convolve(seen, np.ones(length) / length, "same") > 0.5))
    left, right = (float(xs[there[0]]), float(xs[there[-1]] + 1)) if len(there) else (float(x[0]), float(x[-1]))
    inner = x[(x > left + 1) & (x < right - 1)]
    knots = np.concatenate([[left], inner, [right]]).astype(np.float32)
    return _on_its_lines(mask, StaffTrace(knots, _extend(knots, x, centre), _extend(knots, x, space), score))
