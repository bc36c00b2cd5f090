"""Finding the staves of a page raster: five parallel curves, whatever the engraver, the scan or the camera did to them.

A page is cut into narrow vertical slices; in each slice the share of columns that carry a thin dark line is counted
per row. Five such rows at an equal distance are a staff's trace in that slice, and a staff is a path of traces that
moves little from slice to slice, so skewed, bent and broken lines are followed and text, tables and borders are not.
Everything after the counting works on a matrix of some 50 slices, which is what makes it fast.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
ByteArray = npt.NDArray[np.uint8]
Path = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]  # slice and row indices

LINE_CONTRAST = 18  # of 255: hairlines of vector engravings are no darker than this once anti-aliased
SPACE_RANGE = (4.5, 60.0)  # px between staff lines that are looked for
WORKING_SPACE = 20.0  # px: pages with a larger staff space are reduced to it first
SLICE_SPACES = 2.5  # width of a slice in staff spaces
MAX_SLOPE_PX = 2  # px a staff may move from one slice to the next: 3 degrees
SPACE_TOLERANCE = 0.14  # staves of one pass differ by this share of the page's staff space
LINE_THICKNESS = 0.33  # of a staff space: what is thicker is no staff line
TRACE = 0.38  # score a slice needs to count as staff
SHORT_TRACE = 0.65  # mean score of a staff shorter than half the page
MIN_SUPPORT = 3.0  # discounted sum of scores along a path that is worth following
MAX_GAP = 5  # slices without a trace inside a staff
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
        return np.asarray(
            np.interp(at, self.x, self.centre) + k * np.interp(at, self.x, self.space), np.float32
        )


def find_staves(dark: ByteArray) -> list[StaffTrace]:
    """Find all staves of a page, from top to bottom.

    Args:
        dark: (h, w) darkness of the page's raster.

    Returns:
        Staves in pixels of `dark`; an empty list for a page without music.
    """
    if min(dark.shape) < 40:
        return []
    space = staff_space(dark)
    if space is None:
        return []
    zoom = 1.0
    if space > WORKING_SPACE:
        zoom = WORKING_SPACE / space
        dark = cv2.resize(dark, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        space = WORKING_SPACE
    mask = line_mask(dark, thickness=max(3, round(LINE_THICKNESS * space)))
    staves: list[StaffTrace] = []
    for candidate in (space, 0.75 * space):
        staves += _pass(mask, candidate, staves)
    staves.sort(key=lambda s: float(s.centre.mean()))
    if zoom != 1.0:
        staves = [StaffTrace(s.x / zoom, s.centre / zoom, s.space / zoom, s.score) for s in staves]
    return staves


def darkness(image: ByteArray) -> ByteArray:
    """How much darker than the paper around it each pixel is, 0 (paper) to 255: uneven light divided out."""
    reduced = cv2.resize(image, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(reduced, np.ones((9, 9), np.uint8))
    paper = cv2.blur(paper, (9, 9))
    paper = cv2.resize(np.maximum(paper, 30), (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    return 255 - cv2.divide(image, paper, scale=255)


def line_mask(dark: ByteArray, thickness: int) -> ByteArray:
    """1 where something dark is thinner than `thickness` px vertically: staff lines, but also slurs and script."""
    thin = cv2.morphologyEx(dark, cv2.MORPH_TOPHAT, np.ones((thickness, 1), np.uint8))
    noise = float(np.percentile(thin[::7, ::7], 75))
    return (thin > max(LINE_CONTRAST, 2.5 * noise)).astype(np.uint8)


def staff_space(dark: ByteArray) -> float | None:
    """The page's prevalent staff space in px; None where nothing looks like a staff.

    Candidates are the lags at which the slices' row profiles repeat best (peaks minus troughs of the autocorrelation,
    over four multiples); a staff's lag has multiples that repeat as well, so the candidate that explains the greatest
    length of five lines is taken.
    """
    mask = line_mask(dark, thickness=9)
    rows, _ = _slices(mask, 32)
    wide, _ = _slices(cv2.dilate(mask, np.ones((3, 1), np.uint8)), 32)
    height = rows.shape[1]
    profile = rows - cv2.blur(rows, (61, 1))
    acf = np.fft.irfft(np.abs(np.fft.rfft(profile, 2 * height, axis=1)) ** 2, axis=1)[:, :height].sum(0)
    if acf[0] <= 0 or height < 8 * SPACE_RANGE[0]:
        return None
    lags = np.arange(SPACE_RANGE[0], min(SPACE_RANGE[1], height / 5), 0.25)
    at = [np.interp(k * lags, np.arange(height), acf / acf[0]) for k in np.arange(0.5, 5, 0.5)]
    comb = sum((5 - k) * (at[2 * k - 1] - (at[2 * k - 2] + at[2 * k]) / 2) for k in range(1, 5))
    peaks = 1 + np.flatnonzero((comb[1:-1] > comb[:-2]) & (comb[1:-1] >= comb[2:]))
    best, choice = 0.0, None
    for lag in lags[peaks[np.argsort(-comb[peaks])[:6]]]:
        trace, _ = _comb(wide, rows, lag * np.array([0.97, 1.0, 1.03], np.float32))
        staff_length = float(np.maximum(trace - 0.6, 0).sum())
        if staff_length > best:
            best, choice = staff_length, float(lag)
    return choice


def _slices(mask: ByteArray, width: float) -> tuple[FloatArray, FloatArray]:
    """Share of line pixels per slice and row: (n, h), and the slices' centres (n,) in px."""
    n = max(1, round(mask.shape[1] / width))
    rows = cv2.resize(mask * 255, (n, mask.shape[0]), interpolation=cv2.INTER_AREA).T.astype(np.float32) / 255
    return np.ascontiguousarray(rows), (np.arange(n, dtype=np.float32) + 0.5) * (mask.shape[1] / n)


def _pass(mask: ByteArray, space: float, found: list[StaffTrace]) -> list[StaffTrace]:
    """Staves whose space is near `space` and that do not lie on one of `found`."""
    lines, centres = _slices(cv2.dilate(mask, np.ones((3, 1), np.uint8)), SLICE_SPACES * space)
    exact, _ = _slices(mask, SLICE_SPACES * space)
    trace, best = _comb(lines, exact, space * np.linspace(1 - SPACE_TOLERANCE, 1 + SPACE_TOLERANCE, 9))
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
        inside = (everywhere >= path[0][0]) & (everywhere <= path[0][-1])
        enough = score > TRACE and len(path[0]) * SLICE_SPACES >= MIN_LENGTH_SPACES - SLICE_SPACES
        fit = _refine(exact, path, best[path], centres) if enough else None
        rows = np.interp(everywhere, *path)
        _erase(trace, rows, inside, 4.5 * space)
        _erase(support, rows, inside, 4.5 * space)
        if fit is not None:
            staff = _with_ends(mask, *fit, score)
            length = float(staff.x[-1] - staff.x[0])
            short = length < 0.5 * mask.shape[1]
            if length > MIN_LENGTH_SPACES * space and (score > SHORT_TRACE or not short):
                staves.append(staff)
    return staves


def _comb(lines: FloatArray, exact: FloatArray, spaces: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Per slice and row: how much like the middle line of a staff it is, and the space that fits best."""
    n, height = lines.shape
    margin = int(np.ceil(2.2 * spaces[-1])) + 1
    padded = np.pad(lines, ((0, 0), (margin, margin)))
    between = np.pad(exact, ((0, 0), (margin, margin)))
    best = np.zeros((n, height), np.float32)
    top = np.full((n, height), -1, np.float32)
    for s in spaces:
        five = [padded[:, margin + round(k * s) :][:, :height] for k in (-2, -1, 0, 1, 2)]
        four = [between[:, margin + round(k * s) :][:, :height] for k in (-1.5, -0.5, 0.5, 1.5)]
        lowest, second = np.minimum(five[0], five[1]), np.maximum(five[0], five[1])
        for line in five[2:]:
            second = np.minimum(second, np.maximum(lowest, line))
            lowest = np.minimum(lowest, line)
        score = 0.1 * sum(five) + 0.5 * second - 0.15 * sum(four)
        better = score > top
        top[better] = score[better]
        best[better] = s
    return top, best


def _support(trace: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Discounted sum of traces along the best near-horizontal path through each cell, and its two halves."""
    kernel = np.ones((1, 2 * MAX_SLOPE_PX + 1), np.uint8)
    forward, backward = trace.copy(), trace.copy()
    for i in range(1, len(trace)):
        forward[i] += 0.9 * cv2.dilate(forward[i - 1 : i], kernel)[0]
        backward[-1 - i] += 0.9 * cv2.dilate(backward[len(trace) - i : len(trace) - i + 1], kernel)[0]
    return forward + backward - trace, forward, backward


def _follow(
    i: int, y: int, trace: FloatArray, forward: FloatArray, backward: FloatArray
) -> Path:
    """The path through cell (i, y) as slice and row indices, ended where the staff is not seen for MAX_GAP slices."""
    cells = {i: y}
    for step, potential in ((1, backward), (-1, forward)):
        j, row, last = i + step, y, i
        while 0 <= j < len(trace) and abs(j - last) <= MAX_GAP:
            low = max(0, row - MAX_SLOPE_PX)
            row = low + int(np.argmax(potential[j, low : row + MAX_SLOPE_PX + 1]))
            cells[j] = row
            if trace[j, row] >= TRACE:
                last = j
            j += step
        for k in [k for k in cells if (k - last) * step > 0]:
            del cells[k]
    index = np.array(sorted(cells))
    return index, np.array([cells[k] for k in index])


def _erase(matrix: FloatArray, rows: npt.NDArray[np.float32], inside: npt.NDArray[np.bool_], reach: float) -> None:
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
    mask: ByteArray, x: FloatArray, centre: FloatArray, space: FloatArray, score: float
) -> StaffTrace:
    """The staff with its ends moved to the first and last pixel column where most of the five lines are there."""
    reach = 2 * SLICE_SPACES * float(np.median(space))
    xs = np.arange(max(0, int(x[0] - reach)), min(mask.shape[1], int(x[-1] + reach) + 1))
    k = np.arange(-2, 3)[:, None, None]
    y = _extend(xs, x, centre) + k * _extend(xs, x, space) + np.arange(-1, 2)[None, :, None] - 0.5  # (5, 3, n)
    rows = np.clip(np.round(y).astype(int), 0, mask.shape[0] - 1)
    seen = (mask[rows, xs] > 0).any(1).sum(0) >= 3
    length = max(3, round(1.5 * float(np.median(space))))
    at = np.flatnonzero(seen & (np.convolve(seen, np.ones(length) / length, "same") > 0.6))
    left, right = (float(xs[at[0]]), float(xs[at[-1]] + 1)) if len(at) else (float(x[0]), float(x[-1]))
    inner = x[(x > left + 1) & (x < right - 1)]
    knots = np.concatenate([[left], inner, [right]]).astype(np.float32)
    return StaffTrace(knots, _extend(knots, x, centre), _extend(knots, x, space), score)
