"""From a path of traces to smooth curves: a staff's middle line and staff space, to a fraction of a pixel."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.score.staves.lines import FloatArray

NATURAL = 0.02  # staff spaces that a line strays from its course
STIFF_CENTRE = 50.0  # weight of the squared second differences against the squared errors
STIFF_SPACE = 1000.0
END_SLICES, ASTRAY = (
    5,
    0.1,
)  # at one end of a staff, and staff spaces by which a ruler that is too stiff misses it there
Path = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]  # slice and row indices


def refine(
    exact: FloatArray, path: Path, trace: FloatArray, spaces: FloatArray, centres: FloatArray
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
    x, centre, space = centres[index[good]], centre[good], space[good]
    weight = w[good].sum(-1)
    straight = _robust_curve(x, centre, weight, 0.1 * typical, degrees=(1, 1, 1))
    centre = straight + np.unwrap(centre - straight, period=typical)  # here and there a path takes another line
    course = _robust_curve(x, centre, weight, 0.1 * typical, degrees=(1, 1, 1, 3, 3, 5, 5))
    near_it = np.abs(centre - course) < 0.25 * typical
    if near_it.sum() < 2:
        return None
    at, trust = index[good][near_it], trace[good][near_it]
    scale = NATURAL * typical
    centre, course = centre[near_it], course[near_it]
    grid, smooth = _smooth(at, centre, trust, scale, STIFF_CENTRE)
    astray = np.abs(np.interp(at, grid, smooth) - centre)
    if max(np.median(astray[:END_SLICES]), np.median(astray[-END_SLICES:])) > ASTRAY * typical:
        grid, off = _smooth(at, centre - course, trust, scale, STIFF_CENTRE)  # a ruler that is bent already
        smooth = np.interp(grid, at, course) + off
    _, space = _smooth(at, space[near_it], trust, scale, STIFF_SPACE)
    return centres[grid], smooth, space


def _robust_curve(
    x: FloatArray, y: FloatArray, weight: FloatArray, scale: float, degrees: tuple[int, ...]
) -> FloatArray:
    """A polynomial through most of the points (x, y), its degree raised step by step; they may stray by `scale`."""
    at = (x - x.mean()) / max(float(np.ptp(x)), 1.0) * 2
    curve = np.full_like(y, np.median(y))
    for degree in degrees:
        trust = weight / (1 + ((y - curve) / (3 * scale if degree == 1 else scale)) ** 2)
        curve = np.polyval(np.polyfit(at, y, min(degree, max(1, len(x) // 4)), w=np.sqrt(trust)), at)
    return curve


def _line_fit(x: FloatArray, y: FloatArray, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weighted straight-line fits along the last axis: (slope, value at x = 0)."""
    total = np.maximum(w.sum(-1), 1e-6)
    mx, my = (w * x).sum(-1) / total, (w * y).sum(-1) / total
    dx = x - mx[..., None]
    slope = (w * dx * (y - my[..., None])).sum(-1) / np.maximum((w * dx * dx).sum(-1), 1e-6)
    return slope, my - slope * mx


def _smooth(
    index: npt.NDArray[np.int64], values: FloatArray, trust: FloatArray, scale: float, stiffness: float
) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Whittaker's smoother, made robust: as close to trusted values as a stiff ruler allows.

    Args:
        index: (m,) slices, rising.
        values: (m,) a value in each.
        trust: (m,) how clearly the staff is seen there, 0 to 1.
        scale: how far a good value strays; what is several times further off hardly counts.
        stiffness: weight of the squared second differences.

    Returns:
        All slices from the first to the last, and the smooth value in each.
    """
    grid = np.arange(index[0], index[-1] + 1)
    n = len(grid)
    y, w = np.zeros(n), np.zeros(n)
    y[index - index[0]] = values
    w[index - index[0]] = np.clip(trust, 0.05, 1) ** 2
    bend = np.diff(np.eye(n), 2, axis=0)
    ruler = stiffness * bend.T @ bend
    smooth: FloatArray = np.interp(grid, index, np.full(len(index), np.median(values)) if n < 3 else values)
    for far in (8, 4, 2, 1, 1):
        near = w / (1 + ((y - smooth) / (far * scale)) ** 2)
        smooth = np.linalg.solve(np.diag(near + 1e-9) + ruler, near * y)
    return grid, smooth


def extend(at: FloatArray, x: FloatArray, values: FloatArray) -> FloatArray:
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
