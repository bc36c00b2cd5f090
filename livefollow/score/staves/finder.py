"""Finding the staves of a page raster: five parallel curves, whatever the engraver, the scan or the camera did to them.

A staff is a path of traces (`lines`) that moves little from slice to slice, so skewed, bent and broken lines are
followed, and text, tables and borders are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.evidence import SLICE_SPACES, clear_share, goes_on, steps_off, with_ends
from livefollow.score.staves.fitting import Path, refine
from livefollow.score.staves.levelling import levelling, moved
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
from livefollow.score.staves.paths import TRACE, erase, follow, support_of
from livefollow.score.staves.pieces import BAR_REACH, Gap, Paper, StaffTrace, gap_between, merged

SMALLEST_PX = 40  # px: a smaller picture has no room for a staff
WORKING_SPACE = 20.0  # px: pages with a larger staff space are reduced to it first
MAX_SLOPE = 0.085  # of a staff against the page: 5 degrees
FAR_ASKEW = 0.05  # slope of a page that is levelled first: 3 degrees
HUGE = 45.0  # px: staves with a smaller space are not missed at first
COARSER = 3.0  # factor by which a page is reduced on which no staff was found, again and again
TRIED = 9  # staff spaces that are tried for staves of one size
SPACES = (0.86, 1.14)  # the page's prevalent staves: shares of its staff space
LARGE_SPACES = (1.12, 1.72)  # the piano's staves where the soloists' are the more prevalent
SMALL_SPACES = (0.58, 0.87)  # solo parts above the piano's staves, ossias
LINE_THICKNESS = 0.33  # of a staff space: what is thicker is no staff line
BLANK_LINES = 0.25  # staff lines in a slice without any
CLEAR = 0.01  # share of the width that must show five lines and nothing else
LONG = 0.5  # of the page: a staff that is shorter must be clear,
LONG_BESIDE = 0.6  # or this share of a clear one as long: pages lie side by side
SHORT_TRACE = 0.65  # mean score of a staff that is shorter
PARALLEL_TRACE = 0.2  # mean score of a staff that a parallel neighbour vouches for
MIN_SUPPORT = 3.0  # discounted sum of scores along a path that is worth following
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
                self._level, size = levelling(askew, dark.shape)
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
        return [s for s in whole if not (self._coarser and goes_on(self._paper.lines, s))]

    def _on_page(self, staff: StaffTrace) -> StaffTrace:
        """A staff of this look in pixels of the page."""
        return moved(staff, cv2.invertAffineTransform(self._level)).scaled(1 / self._zoom)

    def parallel(self, staff: StaffTrace, low: float, high: float) -> StaffTrace | None:
        """The staff that runs parallel to a known one, `low` to `high` px below it (negative: above).

        Meant for a staff that is so full that it was not found on its own: what a known neighbour says of its course
        and length is taken for granted, so weaker traces suffice.
        """
        known = moved(staff.scaled(self._zoom), self._level)
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
        centre = centre + steps_off(self._paper, x, centre, space) * space
        return with_ends(self._paper, x, centre, space, score, within)

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
            erase(
                trace, staff.line(0, centres), inside, 3.2 * shares[0] * self._space + 2 * float(np.median(staff.space))
            )
        step = max(2, round(MAX_SLOPE * SLICE_SPACES * self._space))
        seen = trace >= TRACE
        support, forward, backward = support_of(np.where(seen, trace, 0), step)
        support[~seen] = 0
        staves: list[StaffTrace] = []
        cuts: list[Gap] = []
        long = LONG * self._paper.ink.shape[1]
        clear = [float(s.x[-1] - s.x[0]) for s in found if s.score > SHORT_TRACE]
        while True:
            i, y = (int(c) for c in np.unravel_index(int(np.argmax(support)), support.shape))
            if support[i, y] < MIN_SUPPORT:
                break
            path = follow(i, y, trace, (forward, backward), step)
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
                    and clear_share(self._paper, staff) > CLEAR
                ):
                    staves.append(staff)
                    if score > SHORT_TRACE:
                        clear.append(float(staff.x[-1] - staff.x[0]))
                    rows = staff.line(0, centres)
            erase(trace, rows, inside, 4.5 * space)
            erase(support, rows, inside, 4.5 * space)
        return staves, cuts


def _is_staff(staff: StaffTrace, long: float) -> bool:
    """Long enough, and when short, clear enough."""
    length = float(staff.x[-1] - staff.x[0])
    return length > MIN_LENGTH_SPACES * float(np.median(staff.space)) and (staff.score > SHORT_TRACE or length >= long)
