"""Find staff systems: which staves are played together, and which two of them are the piano's.

Staves belong to one system when something dark runs from one down to the other at their left end (the systemic line,
a brace or a bracket) or when bar lines pass through both (`joins`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from livefollow.score.document import Page
from livefollow.score.staves.columns import chains, nearest, reading_order
from livefollow.score.staves.darkness import looks
from livefollow.score.staves.finder import StaffFinder
from livefollow.score.staves.joins import Group, Joints, without_strays
from livefollow.score.staves.lines import FloatArray
from livefollow.score.staves.pianos import piano_staves
from livefollow.score.staves.pieces import StaffTrace

WHOLE = 0.6  # of the longest staff: what is shorter may be a fragment
PARTNER = (6.0, 16.0)  # staff spaces between the middle lines of a staff and a partner that was missed
MOST_LEAN = 0.15  # beyond a right angle to the staves: more is no camera's doing
FEWEST_LEANS = 6  # ends of systems that are needed to know how a page was photographed


@dataclass(frozen=True, eq=False)
class Staff:
    """Five parallel curves on a page, in points (origin top left).

    Attributes:
        x: (n,) knots, rising; the first and last are the ends of the staff lines.
        centre: (n,) y of the middle line at the knots.
        space: (n,) distance of two neighbouring lines at the knots.
    """

    x: FloatArray
    centre: FloatArray
    space: FloatArray

    @cached_property
    def left(self) -> float:
        """x of the left end, points."""
        return float(self.x[0])

    @cached_property
    def right(self) -> float:
        """x of the right end, points."""
        return float(self.x[-1])

    @cached_property
    def top(self) -> float:
        """Mean y of the top line, points."""
        return float(np.mean(self.centre - 2 * self.space))

    @cached_property
    def bottom(self) -> float:
        """Mean y of the bottom line, points."""
        return float(np.mean(self.centre + 2 * self.space))

    @cached_property
    def staff_space(self) -> float:
        """Median distance of two neighbouring lines, points."""
        return float(np.median(self.space))

    def line(self, k: npt.ArrayLike, x: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """y of line `k` at `x`: -2 is the top line, 0 the middle line, 2 the bottom line; any step between."""
        at = np.asarray(x, np.float64)
        return np.interp(at, self.x, self.centre) + np.asarray(k) * np.interp(at, self.x, self.space)


@dataclass(frozen=True, eq=False)
class System:
    """A staff system: staves that are played together.

    Attributes:
        page: page number, from 1.
        staves: from top to bottom.
        piano: indices of the piano's staves: two neighbours, or one where the system has one staff.
        skip: the user says this is not to be played (an ossia, an incipit).
        tilt: dx/dy of what stands upright in the system, at its left and at its right end.
    """

    page: int
    staves: tuple[Staff, ...]
    piano: tuple[int, ...]
    skip: bool = False
    tilt: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def left(self) -> float:
        """x of the leftmost staff end, points."""
        return min(s.left for s in self.staves)

    @cached_property
    def right(self) -> float:
        """x of the rightmost staff end, points."""
        return max(s.right for s in self.staves)

    @cached_property
    def top(self) -> float:
        """Mean y of the uppermost staff line, points."""
        return self.staves[0].top

    @cached_property
    def bottom(self) -> float:
        """Mean y of the lowest staff line, points."""
        return self.staves[-1].bottom

    @cached_property
    def staff_space(self) -> float:
        """Staff space of the piano's staves, points."""
        return float(np.mean([self.staves[i].staff_space for i in self.piano]))


def find_systems(page: Page) -> list[System]:
    """Find all staff systems of a page, in playing order; none on a page without music.

    Args:
        page: a page raster; a placeholder has no systems.
    """
    if page.placeholder:
        return []
    for dark in looks(page.image):
        finder = StaffFinder(dark)
        traces = _without_fragments(finder.find())
        if traces:
            break
    else:
        return []
    joints = Joints(dark, float(np.median([t.space.mean() for t in traces])))
    groups = _groups(traces, joints)
    if np.median([len(g.staves) for g in groups]) >= 2:
        alone = [g.staves[0] for g in groups if len(g.staves) == 1]
        missed = [m for staff in alone if (m := _missed_partner(finder, joints, staff, traces))]
        if missed:
            traces = sorted([*traces, *missed], key=lambda t: float(t.centre.mean()))
            groups = _groups(traces, joints)
        long = WHOLE * max(map(_length, traces))
        groups = [g for g in groups if len(g.staves) > 1 or _length(g.staves[0]) >= long]
    systems = []
    for group, piano in zip(groups, piano_staves(groups), strict=True):
        staves = tuple(_to_points(t, page.scale) for t in _with_common_ends(group.staves))
        systems.append(System(page.number, staves, piano))
    return _with_tilt(reading_order(systems, (page.width, page.height)))


def _groups(traces: list[StaffTrace], joints: Joints) -> list[Group]:
    """Group the staves to systems: neighbours that are joined."""
    return without_strays([group for chain in chains(traces) for group in joints.groups(chain)])


def _missed_partner(
    finder: StaffFinder, joints: Joints, staff: StaffTrace, traces: list[StaffTrace]
) -> StaffTrace | None:
    """Find the missed partner of a staff that seems alone, along the curve of that staff."""
    space = float(np.median(staff.space))
    for low, high in ((-PARTNER[1], -PARTNER[0]), PARTNER):
        partner = finder.parallel(staff, low * space, high * space)
        if partner is None:
            continue
        clear = all(abs(float(partner.centre.mean() - t.centre.mean())) > PARTNER[0] * space for t in traces)
        upper, lower = (partner, staff) if low < 0 else (staff, partner)
        if clear and len(joints.groups([upper, lower])) == 1:
            return partner
    return None


def _with_common_ends(group: Sequence[StaffTrace]) -> list[StaffTrace]:
    """Extend staves that were lost on the way, parallel to the longest: staves of a system end together."""
    longest = max(group, key=_length)
    reach = 2 * float(np.median(longest.space))
    out = []
    for staff in group:
        left = longest.x[longest.x < staff.x[0]] if staff.x[0] - longest.x[0] > reach else longest.x[:0]
        right = longest.x[longest.x > staff.x[-1]] if longest.x[-1] - staff.x[-1] > reach else longest.x[:0]
        x = np.concatenate([left, staff.x, right])
        nearest = np.clip(x, staff.x[0], staff.x[-1])
        centre = staff.line(0, nearest) + longest.line(0, x) - longest.line(0, nearest)
        out.append(StaffTrace(x, centre, np.interp(x, staff.x, staff.space), staff.score))
    return out


def _with_tilt(systems: list[System]) -> list[System]:
    """Add the tilt to systems, from where their staves begin and end below each other.

    On a level or skewed scan what is upright stands at right angles to the staves; a camera adds a tilt that changes
    evenly over the page, so one plane is fitted to all systems of the page, without outliers.
    """

    def slope(system: System) -> float:
        staff = system.staves[system.piano[0]]
        return float(np.polyfit(staff.x, staff.centre, 1)[0]) if len(staff.x) > 2 else 0.0

    seen = []
    for system in systems:
        first, last = system.staves[0], system.staves[-1]
        for end in (0, -1) if first is not last else ():
            y0, y1 = float(first.centre[end]), float(last.centre[end])
            lean = float(last.x[end] - first.x[end]) / (y1 - y0)
            seen.append((float(first.x[end] + last.x[end]) / 2, (y0 + y1) / 2, lean + slope(system)))
    plane = np.zeros(3)
    if len(seen) >= FEWEST_LEANS:
        x, y, lean = np.array(seen).T
        basis = np.stack([np.ones_like(x), x / 500 - 0.5, y / 500 - 0.5], axis=-1)
        trust = np.abs(lean) < MOST_LEAN
        for _ in range(5):
            if trust.sum() < FEWEST_LEANS:
                break
            plane = np.linalg.lstsq(basis[trust], lean[trust], rcond=None)[0]
            off = np.abs(lean - basis @ plane)
            trust = off <= max(0.003, 2.5 * float(np.median(off)))
    out = []
    for system in systems:
        y = (system.top + system.bottom) / 2
        left, right = (float(plane @ [1, x / 500 - 0.5, y / 500 - 0.5]) for x in (system.left, system.right))
        out.append(replace(system, tilt=(left - slope(system), right - slope(system))))
    return out


def _to_points(trace: StaffTrace, scale: float) -> Staff:
    return Staff(trace.x / scale, trace.centre / scale, trace.space / scale)


def _length(trace: StaffTrace) -> float:
    return float(trace.x[-1] - trace.x[0])


def _without_fragments(traces: list[StaffTrace]) -> list[StaffTrace]:
    """Leave out short staves that start at no other staff's left end: ossias, and beams that look like staves.

    What goes on behind another staff on its line, such as a coda set apart, is no fragment.
    """
    longest = max(map(_length, traces), default=0)
    kept = []
    for i, trace in enumerate(traces):
        neighbours = [n for n in (nearest(trace, traces[:i][::-1]), nearest(trace, traces[i + 1 :])) if n is not None]
        near = 2 * float(np.median(trace.space))
        aligned = any(abs(float(trace.x[0] - n.x[0])) < near for n in neighbours)
        inside = any(n.x[0] < trace.x[0] - near and n.x[-1] > trace.x[-1] - near for n in neighbours)
        goes_on = any(n.x[-1] < trace.x[0] and abs(float(n.centre[-1] - trace.centre[0])) < near for n in traces)
        if _length(trace) >= WHOLE * longest or aligned or goes_on or not inside:
            kept.append(trace)
    return kept
