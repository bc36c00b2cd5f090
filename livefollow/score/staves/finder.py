"""Finding the staves of a page raster: five parallel curves, whatever the engraver, the scan or the camera did to them.

A staff is a path of traces (`lines`) that moves little from slice to slice, so skewed, bent and broken lines are
followed, and text, tables and borders are not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.fitting import Path, extend, refine
from livefollow.score.staves.lines import (
    INK,
    ByteArray,
    FloatArray,
    comb_trace,
    first_slices,
    line_mask,
    slices,
    slope,
    staff_space,
)
from livefollow.score.staves.pieces import BAR_REACH, Gap, Paper, StaffTrace, gap_between, merged

SMALLEST_PX = 40  # px: a smaller picture has no room for a staff
WORKING_SPACE = 20.0  # px: pages with a larger staff space are reduced to it first
SLICE_SPACES = 2.5  # width of a slice in staff spaces
MAX_SLOPE = 0.085  # of a staff against the page: 5 degrees
FAR_ASKEW = 0.05  # slope of a page that is levelled first: 3 degrees
HUGE = 45.0  # px: staves with a smaller space are not missed at first
SIXTH_LINE = 0.6  # share of the length that a line beside the staff must not reach
COARSER = 3.0  # factor by which a page is reduced on which no staff was found, again and again
TRIED = 9  # staff spaces that are tried for staves of one size
SPACES = (0.86, 1.14)  # the page's prevalent staves: shares of its staff space
LARGE_SPACES = (1.12, 1.72)  # the piano's staves where the soloists' are the more prevalent
SMALL_SPACES = (0.58, 0.87)  # solo parts above the piano's staves, ossias
LINE_THICKNESS = 0.33  # of a staff space: what is thicker is no staff line
BLANK_LINES = 0.25  # staff lines in a slice without any
TRACE = 0.38  # score a slice needs to count as staff
CLEAR = 0.01  # share of the width that must show five lines and nothing else
LONG = 0.5  # of the page: a staff that is shorter must be clear,
LONG_BESIDE = 0.6  # or this share of a clear one as long: pages lie side by side
SHORT_TRACE = 0.65  # mean score of a staff that is shorter
PARALLEL_TRACE = 0.2  # mean score of a staff that a parallel neighbour vouches for
MOST_STEPS_OFF = 3  # lines that a path is moved at most
MIN_SUPPORT = 3.0  # discounted sum of scores along a path that is worth following
MAX_GAP = 5.0  # slices without any trace that end a staff; a weak trace counts in part
END_BAR = 0.6  # staff spaces from the last that is seen of the lines to a bar line that ends them
MIN_LENGTH_SPACES = 11.0  # shortest staff


class StaffFinder:
    """Looks for the staves of one page; all results are in pixels of the raster given."""

    def __init__(self, dark: ByteArray) -> None:
        """Prepare a page.

        Args:
            dark: (h, w) darkness of the page's raster.
        """
        self._dark = dark
        self._look(1.0)

    def _look(self, zoom: float) -> None:
        """Prepare the page at `zoom` of its size, levelled when it is far askew, its staves WORKING_SPACE at most."""
        dark = self._dark
        if zoom < 1:
            dark = cv2.resize(dark, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
        space = None
        self._level = np.eye(2, 3)
        if min(dark.shape) >= SMALLEST_PX:
            rows, width = first_slices(dark)
            if abs(askew := slope(rows, width)) > FAR_ASKEW:
                self._level, size = _levelling(askew, dark.shape)
                dark = cv2.warpAffine(dark, self._level, size)
                rows, _ = first_slices(dark)
            space = staff_space(rows)
        self._zoom, self._coarser = zoom, zoom < 1
        self._space = space or 0.0
        if self._space > WORKING_SPACE:
            finer = WORKING_SPACE / self._space
            self._zoom, self._space = zoom * finer, WORKING_SPACE
            self._level[:, 2] *= finer
            dark = cv2.resize(dark, None, fx=finer, fy=finer, interpolation=cv2.INTER_AREA)
        lines = line_mask(dark, thickness=max(3, round(LINE_THICKNESS * self._space)))
        self._paper = Paper(lines, (dark > INK).astype(np.uint8))
        self._exact, self._centres = slices(self._paper.lines, SLICE_SPACES * max(self._space, 1.0))
        self._sums = np.pad(np.cumsum(self._exact, axis=1), ((0, 0), (1, 0)))

    def find(self) -> list[StaffTrace]:
        """All staves, from top to bottom; none on a page without music."""
        zoom = 1.0
        while not (staves := self._found()) and zoom * min(self._dark.shape) >= COARSER * SMALLEST_PX:
            zoom /= COARSER
            self._look(zoom)
        staves.sort(key=lambda s: float(s.centre.mean()))
        return [self._on_page(s) for s in staves]

    def _found(self) -> list[StaffTrace]:
        """The staves of this look; of a coarser one only huge ones, and nothing like ruled paper."""
        if not self._space or (self._coarser and self._space / self._zoom < HUGE):
            return []
        staves, cuts = self._passes([])
        gaps = [*cuts, *self._gaps_between(staves)]
        if any(self._crosses(staff, gap) for staff in staves for gap in gaps):
            staves, _ = self._passes(gaps)
        whole = merged(staves, self._paper, gaps)
        return [s for s in whole if not (self._coarser and _goes_on(self._paper.lines, s))]

    def _on_page(self, staff: StaffTrace) -> StaffTrace:
        """A staff of this look in pixels of the page."""
        return _moved(staff, cv2.invertAffineTransform(self._level)).scaled(1 / self._zoom)

    def parallel(self, staff: StaffTrace, low: float, high: float) -> StaffTrace | None:
        """The staff that runs parallel to a known one, `low` to `high` px below it (negative: above).

        Meant for a staff that is so full that it was not found on its own: what a known neighbour says of its course
        and length is taken for granted, so weaker traces suffice.
        """
        known = _moved(staff.scaled(self._zoom), self._level)
        space = float(np.median(known.space))
        trace, best = self._traces(space)
        centres, exact = self._centres, self._exact
        index = np.flatnonzero((centres > known.x[0]) & (centres < known.x[-1]))
        offsets = np.arange(round(low * self._zoom), round(high * self._zoom))
        rows = np.round(known.line(0, centres[index])).astype(int) + offsets[:, None]
        inside = (rows >= 0) & (rows < trace.shape[1])
        strength = np.where(inside, trace[index, np.clip(rows, 0, trace.shape[1] - 1)], 0).mean(1)
        if len(strength) == 0 or strength.max() < PARALLEL_TRACE or not inside[int(np.argmax(strength))].all():
            return None
        path = index, rows[int(np.argmax(strength))]
        fit = refine(exact, path, trace[path], best[path], centres)
        if fit is None:
            return None
        whole = 0.0, float(self._paper.ink.shape[1])
        return self._on_page(self._placed(fit, float(strength.max()), whole))

    def _placed(
        self, fit: tuple[FloatArray, FloatArray, FloatArray], score: float, within: tuple[float, float]
    ) -> StaffTrace:
        """The staff along a fitted path, on its right lines and with its ends, from `within[0]` to `within[1]`."""
        x, centre, space = fit
        centre = centre + _steps_off(self._paper, x, centre, space) * space
        return _with_ends(self._paper, x, centre, space, score, within)

    def _traces(self, space: float, shares: tuple[float, float] = SPACES) -> tuple[FloatArray, FloatArray]:
        """(trace, best space) of all slices and rows, for staff spaces between two shares of `space`."""
        low, high = shares
        return comb_trace(self._exact, space * np.linspace(low, high, TRIED))

    def _passes(self, gaps: Sequence[Gap]) -> tuple[list[StaffTrace], list[Gap]]:
        """Staves of every size that cross none of the gaps, and the gaps beside which they were cut."""
        staves: list[StaffTrace] = []
        cuts: list[Gap] = []
        for shares in (SPACES, LARGE_SPACES, SMALL_SPACES):
            found, cut = self._pass(shares, staves, gaps)
            staves, cuts = staves + found, cuts + cut
        return staves, cuts

    def _gaps_between(self, staves: list[StaffTrace]) -> list[Gap]:
        """Gaps between staves that lie on one line."""
        pairs = combinations(staves, 2)
        return [gap for a, b in pairs if (gap := gap_between(a, b, self._paper, ())) is not None]

    def _crosses(self, staff: StaffTrace, gap: Gap) -> bool:
        """Whether a staff goes on through a gap, though there is nothing in it."""
        inside = (self._centres > gap[0]) & (self._centres < gap[1])
        if staff.x[0] >= gap[0] or staff.x[-1] <= gap[1] or not inside.any():
            return False
        return bool(self._blank(np.flatnonzero(inside), staff.line(0, self._centres[inside]), staff.space).any())

    def _blank(self, index: npt.NDArray[np.int64], rows: FloatArray, space: FloatArray) -> npt.NDArray[np.bool_]:
        """Whether slices show no staff line at all about these rows."""
        reach = 2.5 * float(np.median(space))
        low, high = (np.clip(np.round(rows + d).astype(int), 0, self._exact.shape[1]) for d in (-reach, reach))
        return (self._sums[index, high] - self._sums[index, low]) < BLANK_LINES

    def _cut(
        self, path: Path, seed: int, space: FloatArray, gaps: Sequence[Gap]
    ) -> tuple[Path, tuple[float, float], list[Gap]]:
        """The part of a path about slice `seed` that crosses no gap, its limits in px, and the gaps that limit it."""
        index, rows = path
        centres = self._centres
        low, high = 0.0, float(self._paper.ink.shape[1])
        cuts = []
        blank = self._blank(index, rows.astype(float), space)
        changes = np.diff(np.r_[0, blank, 0].astype(np.int8))
        width = float(centres[1] - centres[0]) if len(centres) > 1 else high
        for first, last in zip(np.flatnonzero(changes == 1), np.flatnonzero(changes == -1) - 1, strict=True):
            within = float(centres[index[first]]) - 2 * width, float(centres[index[last]]) + 2 * width
            gap = next((g for g in gaps if min(within[1], g[1]) - max(within[0], g[0]) > width), None)
            if gap is None:
                x, course = centres[index], rows + 0.5
                before = slice(max(0, first - 4), max(first, 2))
                gap = self._paper.blank_behind_bar(x[before], course[before], space[before], within)
            if gap is not None:
                cuts.append(gap)
                if centres[seed] < (gap[0] + gap[1]) / 2:
                    high = min(high, gap[0] + BAR_REACH)
                else:
                    low = max(low, gap[1] - BAR_REACH)
        kept = ((centres[index] > low) & (centres[index] < high)) | (index == seed)
        return (index[kept], rows[kept]), (low, high), cuts

    def _is_enough(self, path: Path, trace: FloatArray, share: float) -> bool:
        """Whether a path is seen well and is long enough for a staff of `share` of the page's staff space."""
        length = len(path[0]) * SLICE_SPACES
        return length >= (MIN_LENGTH_SPACES - SLICE_SPACES) * share and float(trace[path].mean()) > TRACE

    def _pass(
        self, shares: tuple[float, float], found: list[StaffTrace], gaps: Sequence[Gap]
    ) -> tuple[list[StaffTrace], list[Gap]]:
        """Staves of one size that do not lie on one of `found`, and the gaps beside which they were cut."""
        trace, best = self._traces(self._space, shares)
        space = self._space * (shares[0] + shares[1]) / 2
        centres, exact = self._centres, self._exact
        everywhere = np.arange(len(trace))
        for staff in found:
            inside = (centres > staff.x[0]) & (centres < staff.x[-1])
            _erase(
                trace, staff.line(0, centres), inside, 3.2 * shares[0] * self._space + 2 * float(np.median(staff.space))
            )
        step = max(2, round(MAX_SLOPE * SLICE_SPACES * self._space))
        seen = trace >= TRACE
        support, forward, backward = _support(np.where(seen, trace, 0), step)
        support[~seen] = 0
        staves: list[StaffTrace] = []
        cuts: list[Gap] = []
        long = LONG * self._paper.ink.shape[1]
        clear = [float(s.x[-1] - s.x[0]) for s in found if s.score > SHORT_TRACE]
        while True:
            i, y = (int(c) for c in np.unravel_index(int(np.argmax(support)), support.shape))
            if support[i, y] < MIN_SUPPORT:
                break
            path = _follow(i, y, trace, (forward, backward), step)
            within = 0.0, float(self._paper.ink.shape[1])
            enough = self._is_enough(path, trace, shares[0])
            if enough:
                path, within, beside = self._cut(path, i, best[path], gaps)
                cuts += beside
                enough = self._is_enough(path, trace, shares[0])
            score = float(trace[path].mean())
            fit = refine(exact, path, trace[path], best[path], centres) if enough else None
            inside = (everywhere >= path[0][0]) & (everywhere <= path[0][-1])
            rows: FloatArray = np.interp(everywhere, *path)
            if fit is not None:
                staff = self._placed(fit, score, within)
                if (
                    _is_staff(staff, min(long, LONG_BESIDE * max(clear, default=long / LONG)))
                    and _clear(self._paper, staff) > CLEAR
                ):
                    staves.append(staff)
                    if score > SHORT_TRACE:
                        clear.append(float(staff.x[-1] - staff.x[0]))
                    rows = staff.line(0, centres)
            _erase(trace, rows, inside, 4.5 * space)
            _erase(support, rows, inside, 4.5 * space)
        return staves, cuts


def _levelling(askew: float, shape: tuple[int, ...]) -> tuple[npt.NDArray[np.float64], tuple[int, int]]:
    """The map that turns lines of slope `askew` level, and the (width, height) that the whole page then takes."""
    height, width = shape
    cos, sin = 1 / math.hypot(1, askew), askew / math.hypot(1, askew)
    turn = np.array([[cos, sin], [-sin, cos]])
    corners = turn @ np.array([[0, width, 0, width], [0, 0, height, height]], np.float64)
    low, high = corners.min(1), np.ceil(corners.max(1) - corners.min(1)).astype(int)
    return np.hstack([turn, -low[:, None]]), (int(high[0]), int(high[1]))


def _moved(staff: StaffTrace, by: npt.NDArray[np.float64]) -> StaffTrace:
    """A staff turned and moved by a (2, 3) map."""
    if by[0, 1] == 0:
        return staff
    x, centre = by @ np.stack([staff.x, staff.centre, np.ones_like(staff.x)])
    run = np.gradient(staff.x), np.gradient(staff.centre)
    before, after = run[1] / run[0], np.gradient(centre) / np.gradient(x)
    space = staff.space * np.hypot(1, after) / np.hypot(1, before)  # at right angles to the lines it stays the same
    return replace(staff, x=x.astype(np.float32), centre=centre.astype(np.float32), space=space.astype(np.float32))


def _is_staff(staff: StaffTrace, long: float) -> bool:
    """Long enough, and when short, clear enough."""
    length = float(staff.x[-1] - staff.x[0])
    return length > MIN_LENGTH_SPACES * float(np.median(staff.space)) and (staff.score > SHORT_TRACE or length >= long)


def _clear(paper: Paper, staff: StaffTrace) -> float:
    """Share of the staff's width that shows, for a space at a time, its lines and nothing else between them.

    Every staff has such places, before its clef and between its notes; neither words nor beams have.
    """
    mask, ink = paper.lines, paper.ink
    x = np.arange(max(0, int(staff.x[0])), min(mask.shape[1], int(staff.x[-1])))

    def rows(steps: Sequence[float]) -> npt.NDArray[np.int64]:
        return np.stack([np.clip(np.round(staff.line(k, x) - 0.5), 1, len(mask) - 2).astype(int) for k in steps])

    lines = rows(range(-2, 3))
    seen = (mask[lines - 1, x] | mask[lines, x] | mask[lines + 1, x]).sum(0) >= 4
    between = ink[rows([-1.7, -1.5, -1.3, -0.7, -0.5, -0.3, 0.3, 0.5, 0.7, 1.3, 1.5, 1.7]), x].any(0)
    clear = (seen & ~between).astype(np.uint8)[None]
    width = round(1.0 * float(np.median(staff.space)))
    return float(cv2.morphologyEx(clear, cv2.MORPH_OPEN, np.ones((1, width), np.uint8)).mean())


def _goes_on(mask: ByteArray, staff: StaffTrace) -> bool:
    """Whether a sixth line runs above or below the five, as on ruled paper."""
    x = np.arange(max(0, int(staff.x[0])), min(mask.shape[1], int(staff.x[-1])))

    def seen(k: float) -> float:
        rows = np.round(staff.line(k, x) - 0.5).astype(int) + np.arange(-1, 2)[:, None]
        inside = (rows >= 0) & (rows < len(mask))
        return float((inside & (mask[np.clip(rows, 0, len(mask) - 1), x] > 0)).any(0).mean())

    return max(seen(-3), seen(3)) > SIXTH_LINE


def _steps_off(paper: Paper, x: FloatArray, centre: FloatArray, space: FloatArray) -> int:
    """By how many lines a path lies beside the staff's middle line: ledger lines and thick beams can pull it off.

    The right five lines are those that are seen alone: before the clef, between notes, in rests there is no sixth.
    """
    typical = float(np.median(space))
    mask, ink = paper.lines, paper.ink
    reach = 3 * SLICE_SPACES * typical
    xs = np.arange(max(0, int(x[0] - reach)), min(mask.shape[1], int(x[-1] + reach) + 1))
    middle, gaps = extend(xs, x, centre), extend(xs, x, space)

    def at(picture: ByteArray, steps: FloatArray) -> ByteArray:
        rows = np.round(middle + steps[:, None] * gaps - 0.5).astype(int)
        return picture[np.clip(rows + np.arange(-1, 2)[:, None, None], 0, len(picture) - 1), xs].max(0)

    most = MOST_STEPS_OFF
    lines = at(mask, np.arange(-most - 2.0, most + 3)) > 0
    drawn = at(ink, np.arange(-most - 3.0, most + 4)) > 0
    between = at(ink, np.arange(-most - 1.5, most + 2)) > 0
    width = np.ones((1, round(0.5 * typical)), np.uint8)
    alone = []
    for first in range(2 * most + 1):
        five = lines[first : first + 5].all(0) & ~drawn[first] & ~drawn[first + 6] & ~between[first : first + 4].any(0)
        alone.append(float(cv2.morphologyEx(five.astype(np.uint8)[None], cv2.MORPH_OPEN, width).sum()))
    best = int(np.argmax(alone))
    return best - most if alone[best] > 2 * alone[most] + 0.4 * typical else 0


def _support(trace: FloatArray, step: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Discounted sum of traces along the best path through each cell that moves `step` px a slice at most.

    Returns:
        The sum, and its halves from the left and from the right.
    """
    kernel = np.ones((1, 2 * step + 1), np.uint8)
    forward, backward = trace.copy(), trace.copy()
    for i in range(1, len(trace)):
        forward[i] += 0.9 * cv2.dilate(forward[i - 1 : i], kernel)[0]
        backward[-1 - i] += 0.9 * cv2.dilate(backward[len(trace) - i : len(trace) - i + 1], kernel)[0]
    return forward + backward - trace, forward, backward


def _follow(i: int, y: int, trace: FloatArray, halves: tuple[FloatArray, FloatArray], most: int) -> Path:
    """The path through cell (i, y) as slice and row indices, ended where the staff is no longer seen.

    Args:
        i: slice.
        y: row.
        trace: (n, h).
        halves: support from the left and from the right.
        most: px from slice to slice.
    """
    cells = {i: y}
    for step, potential in zip((-1, 1), halves, strict=True):
        j, row, last, unseen = i + step, y, i, 0.0
        while 0 <= j < len(trace) and unseen < MAX_GAP:
            low = max(0, row - most)
            row = low + int(np.argmax(potential[j, low : row + most + 1]))
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


def _with_ends(
    paper: Paper, x: FloatArray, centre: FloatArray, space: FloatArray, score: float, within: tuple[float, float]
) -> StaffTrace:
    """The staff with its ends moved to the first and last pixel column `within` two where it is seen.

    Most of the five lines must be there; at the right end a bar line hides them and counts as well.
    """
    typical = float(np.median(space))
    reach = 2 * SLICE_SPACES * typical
    mask, ink = paper.lines, paper.ink
    low, high = max(0.0, within[0], x[0] - reach), min(mask.shape[1], within[1] + 1, x[-1] + reach + 1)
    xs = np.arange(int(low), int(high))
    middle, gaps = (extend(xs.astype(np.float32), x, values) for values in (centre, space))

    def at(steps: FloatArray, picture: ByteArray) -> npt.NDArray[np.bool_]:
        rows = np.round(middle + steps[:, None] * gaps - 0.5).astype(int)
        return picture[np.clip(rows, 0, picture.shape[0] - 1), xs] > 0

    lines = np.stack([at(np.arange(-2, 3) + d / typical, mask) for d in (-1, 0, 1)]).any(0).sum(0) >= 3
    solid = (at(np.arange(-2, 2.01, 0.25), ink).mean(0) > 0.9).astype(np.uint8)[None]
    wide = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((1, round(1.5 * typical)), np.uint8))
    bars = (solid[0] > wide[0]) & (xs > x[-1] - reach)  # what is wider than a bar line is no longer the page
    beside = cv2.dilate(lines.astype(np.uint8)[None], np.ones((1, 2 * round(END_BAR * typical) + 1), np.uint8))[0] > 0
    seen = lines | (bars & beside)
    length = max(3, round(1.5 * typical))
    there = np.flatnonzero(seen & (np.convolve(seen, np.ones(length) / length, "same") > 0.5))
    left, right = (float(xs[there[0]]), float(xs[there[-1]] + 1)) if len(there) else (float(x[0]), float(x[-1]))
    inner = x[(x > left + 1) & (x < right - 1)]
    knots = np.concatenate([[left], inner, [right]]).astype(np.float32)
    return StaffTrace(knots, extend(knots, x, centre), extend(knots, x, space), score)
