"""What the pixels say of a staff that was fitted: whether it is one, which line is its middle, where it ends."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.staves.fitting import extend
from livefollow.score.staves.lines import ByteArray, FloatArray
from livefollow.score.staves.pieces import Paper, StaffTrace

SLICE_SPACES = 2.5  # width of a slice in staff spaces
SIXTH_LINE = 0.6  # share of the length that a line beside the staff must not reach
MOST_STEPS_OFF = 3  # lines that a path is moved at most
END_BAR = 0.6  # staff spaces from the last that is seen of the lines to a bar line that ends them


def clear_share(paper: Paper, staff: StaffTrace) -> float:
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


def goes_on(mask: ByteArray, staff: StaffTrace) -> bool:
    """Whether a sixth line runs above or below the five, as on ruled paper."""
    x = np.arange(max(0, int(staff.x[0])), min(mask.shape[1], int(staff.x[-1])))

    def seen(k: float) -> float:
        rows = np.round(staff.line(k, x) - 0.5).astype(int) + np.arange(-1, 2)[:, None]
        inside = (rows >= 0) & (rows < len(mask))
        return float((inside & (mask[np.clip(rows, 0, len(mask) - 1), x] > 0)).any(0).mean())

    return max(seen(-3), seen(3)) > SIXTH_LINE


def steps_off(paper: Paper, x: FloatArray, centre: FloatArray, space: FloatArray) -> int:
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


def with_ends(
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
