"""What joins the staves of a system: the line, brace or bracket at their left end, and bar lines through them.

Such a stroke begins at a staff's top line and ends at a staff's bottom line. A frame, a scanner's streak, the shadow
of a fold, or a pencilled box inks the gap between two staves just as well, but runs on beyond them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.lines import INK, ByteArray, FloatArray
from livefollow.score.staves.pieces import StaffTrace

SHADE = 1.75  # staff spaces: what is dark as far as this each way is a shadow or a scan's edge, and nothing drawn
JOINED = 0.75  # share of the gap between two staves that a stroke inks
COVERED = 0.6  # share of a staff's height that a stroke which begins or ends there inks
BEYOND = 0.75  # inked share of what lies beyond a staff that makes a stroke run on
OVERHANG = 1.5  # staff spaces that a bracket or brace reaches over a staff
BAR_OVERHANG = 0.8  # staff spaces that a bar line in a scan may reach over a staff
BEND = 0.3  # staff spaces by which a stroke may be off from one staff to the next
BAR_LINES = 2  # bar lines through both staves that join them when the left end is torn off; one, when it is unseen
BAR_SHARE = 0.5  # of the bar lines between neighbouring staves of the system
HIDDEN_REACH = 0.75  # staff spaces on either side of the staves' left ends where something may hide a stroke
HIDING = 110  # of 255: mean darkness along the gap of what hides one
CUT_OFF = 1.0  # staff spaces from the page's edge where staves begin that are cut off there
MOST_CUTS = 3  # joints of one system that pencil can have made
AS_FAR = 0.8  # of the usual distance between systems: so far apart staves are joined by bar lines, or not at all


@dataclass(frozen=True)
class Joint:
    """What joins a staff to the next one below.

    Attributes:
        left: a stroke at the left end.
        bars: number of bar lines through both.
        hidden: the left end is cut off, or lies under a frame, a black edge or a streak, which may hide a stroke.
    """

    left: bool
    bars: int
    hidden: bool = False


@dataclass(frozen=True, eq=False)
class Group:
    """Staves of one system.

    Attributes:
        staves: from top to bottom.
        joints: of each staff but the last to the next.
    """

    staves: tuple[StaffTrace, ...]
    joints: tuple[Joint, ...]

    def split(self, after: Sequence[int]) -> list[Group]:
        """The groups that are left when the joints `after` (indices, rising) are undone."""
        edges = [0, *(i + 1 for i in after), len(self.staves)]
        return [Group(self.staves[a:b], self.joints[a : b - 1]) for a, b in pairwise(edges)]


class Joints:
    """Looks for strokes between staves that lie one below the other."""

    def __init__(self, dark: ByteArray, space: float) -> None:
        """Prepare a page.

        Args:
            dark: (h, w) darkness of the page's raster.
            space: staff space, px.
        """
        square = np.ones((round(SHADE * space),) * 2, np.uint8)
        self._dark = dark
        drawn = cv2.subtract(dark, cv2.morphologyEx(dark, cv2.MORPH_OPEN, square)) > INK
        self._ink = cv2.dilate(drawn.astype(np.uint8), np.ones((1, 3), np.uint8))

    def groups(self, chain: Sequence[StaffTrace]) -> list[Group]:
        """The systems of a chain of staves, from top to bottom."""
        joints = [self._joint(chain, i) for i in range(len(chain) - 1)]
        apart = []
        for i, joint in enumerate(joints):
            if not joint.left and not _barred(joints, i):
                apart.append(i)
        return _in_step(Group(tuple(chain), tuple(joints)), apart)

    def _joint(self, chain: Sequence[StaffTrace], i: int) -> Joint:
        upper, lower = chain[i], chain[i + 1]
        space = _space(upper, lower)
        slope = upper.slope
        y = float(upper.line(2, upper.x[0]))  # the ends as they would be at the upper edge of the gap
        left = min(float(s.x[0] + slope * (s.centre[0] - y)) for s in (upper, lower))
        x = np.arange(left - 3 * space, max(upper.x[-1], lower.x[-1]) + space, dtype=np.float32)
        edges = [upper.line(-2, x), upper.line(2, x), lower.line(-2, x), lower.line(2, x)]
        if float(np.mean(edges[2] - edges[1])) < 1:
            return Joint(False, 0)
        gap, above, below = (self._inked(self._ink, x, edges[k], edges[k + 1], edges[1], slope) for k in (1, 0, 2))
        through = (gap > 0.93) & (above > 0.9) & (below > 0.9)
        starts, ends = (np.flatnonzero(np.diff(np.r_[0, through, 0].astype(np.int8)) == d) for d in (1, -1))
        first = x[np.minimum(starts, len(x) - 1)]
        both = (first > left + 2 * space) & (first < min(upper.x[-1], lower.x[-1]) + space)
        thin = (ends - starts < space) & both
        middles = [(s + e - 1) // 2 for s, e in zip(starts[thin], ends[thin], strict=True)]
        bars = sum(self._ends_at_staves(chain, i, float(x[m]), BAR_OVERHANG) for m in middles)
        beside = np.flatnonzero((x > left - 2.5 * space) & (x < left + space) & (gap >= JOINED))
        best_first = beside[np.argsort(-gap[beside], kind="stable")]
        if any(self._ends_at_staves(chain, i, float(x[c]), OVERHANG) for c in best_first):
            return Joint(True, bars)
        if left < CUT_OFF * space:
            return Joint(False, bars, True)
        at_end = x[np.abs(x - left) < HIDDEN_REACH * space]
        above_gap, below_gap = upper.line(2, at_end), lower.line(-2, at_end)
        covered = self._inked(self._dark, at_end, above_gap, below_gap, above_gap, slope) >= HIDING
        return Joint(False, bars, bool(covered.any()))

    def _ends_at_staves(self, chain: Sequence[StaffTrace], i: int, x: float, overhang: float) -> bool:
        """Whether a stroke in gap `i`, at x on its upper edge, begins at one staff of the chain and ends at another."""
        upper = chain[i]
        slope = upper.slope
        y = float(upper.line(2, x))
        lower_x = x - slope * (float(chain[i + 1].line(-2, x)) - y)
        return self._ends(chain[i::-1], x, -1, overhang) and self._ends(chain[i + 1 :], lower_x, 1, overhang)

    def _ends(self, staves: Sequence[StaffTrace], x: float, way: int, overhang: float) -> bool:
        """Whether a stroke that reaches the first of these staves ends at it or at one of those behind it.

        Args:
            staves: in the direction in which the stroke is followed.
            x: px, where it meets the first one.
            way: -1 up, 1 down.
            overhang: staff spaces that it may go beyond the last one.
        """
        for k, staff in enumerate(staves):
            space, slope = staff.typical_space, staff.slope
            near, far = float(staff.line(-2 * way, x)), float(staff.line(2 * way, x))
            x_far = x - slope * (far - near)
            beyond = staves[k + 1] if k + 1 < len(staves) else None
            reach = overhang * space
            if beyond is not None:
                next_edge = float(beyond.line(-2 * way, x_far))
                reach = min(reach, 0.8 * max(1.0, way * (next_edge - far)))
            if self._share(x_far, far + way * 0.15 * space, far + way * reach, slope, 0.1 * space)[0] < BEYOND:
                return self._share(x, near, far, slope, BEND * space)[0] >= COVERED
            if beyond is None:
                return False
            share, x = self._share(x_far, far, next_edge, slope, BEND * space)
            if share < JOINED:
                return False
        return False

    def _share(self, x: float, y0: float, y1: float, slope: float, bend: float) -> tuple[float, float]:
        """Inked share of the best stroke near x from row y0 to y1, and its x at y1."""
        rows = np.arange(min(y0, y1), max(y0, y1) + 0.5)
        columns = np.arange(x - bend, x + bend + 0.5)
        at = np.round(columns - slope * (rows[:, None] - y0)).astype(int)
        y = np.round(rows - 0.5).astype(int)[:, None]
        height, width = self._ink.shape
        inside = (at >= 0) & (at < width) & (y >= 0) & (y < height)
        share = np.where(inside, self._ink[np.clip(y, 0, height - 1), np.clip(at, 0, width - 1)], 0).mean(0)
        best = int(np.argmax(share - 1e-3 * np.abs(columns - x)))
        return float(share[best]), float(columns[best] - slope * (y1 - y0))

    def _inked(
        self, ink: ByteArray, x: FloatArray, a: FloatArray, b: FloatArray, reference: FloatArray, slope: float
    ) -> npt.NDArray[np.float64]:
        """Mean of a picture per column between the curves a and b, along lines at right angles to the staff."""
        rows = max(4, round(float(np.mean(b - a))))
        y = a + np.linspace(0, 1, rows, dtype=np.float32)[:, None] * (b - a)
        at = (x - slope * (y - reference)).astype(np.float32)
        return np.asarray(cv2.remap(ink, at, y.astype(np.float32), cv2.INTER_NEAREST).mean(0))


def without_strays(groups: Sequence[Group]) -> list[Group]:
    """The groups of a page, those parted that only a stroke at the left end makes unlike all others.

    A pencilled box or bracket may end exactly where staves do. Systems are told from it by what the page's others look
    like: staves as far apart as systems are, no bar line through both, and parts that are as large as other systems.
    """
    middles = [[float(s.centre.mean()) for s in g.staves] for g in groups]
    between = [b[0] - a[-1] for a, b in pairwise(middles) if b[0] > a[-1]]
    far = AS_FAR * float(np.median(between)) if between else np.inf
    out = []
    for group, y in zip(groups, middles, strict=True):
        usual = {len(other.staves) for other in groups if other is not group}
        weak = [i for i in range(len(group.joints)) if y[i + 1] - y[i] >= far and not _barred(group.joints, i)]
        ways = (group.split(cuts) for n in range(1, MOST_CUTS + 1) for cuts in combinations(weak, n))
        parted = next((parts for parts in ways if all(len(p.staves) in usual for p in parts)), [group])
        out += [group] if len(group.staves) in usual else parted
    return out


def _in_step(whole: Group, apart: Sequence[int]) -> list[Group]:
    """The groups of a chain that is parted after the staves `apart`, those put together that a hidden stroke may join.

    Solo staves stand over the piano's, and bar lines do not reach down to it. Where something hides the left ends, a
    page is taken for such music if all of it falls into equal systems, each with the piano's staves at the bottom.
    """
    groups = whole.split(apart)
    sizes = [len(group.staves) for group in groups]
    hidden = [whole.joints[i].hidden for i in apart]
    for size in dict.fromkeys([max(sizes), *np.cumsum(sizes)[1 : len(sizes) // 2].tolist()]):
        cuts, ends = _cuts(sizes, size), np.cumsum(sizes) - 1
        if cuts is None or len(cuts) == len(sizes) - 1:
            continue
        inner = [k for k in range(len(apart)) if k not in cuts]
        lowest = [sizes[k] for k in [*cuts, len(sizes) - 1]]
        if min(lowest) > 1 and all(hidden[k] and sizes[k] == 1 for k in inner):
            return whole.split([int(ends[k]) for k in cuts])
    return groups


def _cuts(sizes: Sequence[int], size: int) -> list[int] | None:
    """Behind which of the groups to cut so that all parts but the last have `size` staves; None where that fails."""
    cuts, count = [], 0
    for k, n in enumerate(sizes):
        count += n
        if count == size and k < len(sizes) - 1:
            cuts.append(k)
            count = 0
        elif count > size:
            return None
    return cuts if count == size else None


def _barred(joints: Sequence[Joint], i: int) -> bool:
    """Whether enough bar lines go through joint `i` to hold without anything at the left end."""
    beside = max((joints[k].bars for k in (i - 1, i + 1) if 0 <= k < len(joints)), default=0)
    least = 1 if joints[i].hidden else BAR_LINES
    return joints[i].bars >= max(least, BAR_SHARE * beside)


def _space(upper: StaffTrace, lower: StaffTrace) -> float:
    return (upper.typical_space + lower.typical_space) / 2
