"""From the pixels of a page to the traces of staff lines: how much like a staff's middle each slice of each row is.

A page is cut into narrow vertical slices. Per slice and row, the share of columns is counted that carry a thin dark
line; five such rows at an equal distance are a staff's trace. Some 50 to 100 slices stand for the whole page, which
is what makes finding staves fast.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]  # float32 or float64
ByteArray = npt.NDArray[np.uint8]

INK = 40  # of 255: darker than this is drawn, not paper
LINE_CONTRAST = 18  # of 255: hairlines of vector engravings are no darker than this once anti-aliased
CLEAN = 2.0  # of 255: above it a picture counts as noisy
NOISE_FACTOR = 2.5  # a line stands out by this factor of the picture's noise, and of that about it: of a dark table's
NOISE_SHARE = 75  # per cent of the pixels that are no more than noise: staff lines never cover more than the rest
LOCAL_SHARE, LOCAL_FACTOR = 60, 4.2  # the same in a tile, which staff lines may cover by a fifth
NOISIER = 1.5  # times the picture's noise: a tile that has less is as quiet as any
NOISE_STEP = 7  # px between those that are looked at
NOISE_TILE = 112  # px, side of the squares in which noise is looked at
FIRST_THICKNESS, FIRST_SLICE = 9, 32.0  # px, lines and slices where the staff space is not known yet
STEEPEST = 0.2  # of lines that are looked for: 11 degrees
SLOPE_STEPS = (1, 3, 9)  # slices that are compared lie so far apart: ever more exactly
SPACE_RANGE = (4.5, 60.0)  # px between staff lines that are looked for


def line_mask(dark: ByteArray, thickness: int) -> ByteArray:
    """1 where something dark is thinner than `thickness` px vertically: staff lines, but also slurs and script.

    On a noisy picture the darkness is first averaged along the lines, which hairlines survive and noise does not.
    """
    kernel = np.ones((thickness, 1), np.uint8)
    thin = cv2.morphologyEx(dark, cv2.MORPH_TOPHAT, kernel)
    least: float = LINE_CONTRAST
    noise = float(np.percentile(thin[::NOISE_STEP, ::NOISE_STEP], NOISE_SHARE))
    if noise > CLEAN:
        thin = cv2.morphologyEx(cv2.blur(dark, (2 * thickness + 1, 1)), cv2.MORPH_TOPHAT, kernel)
        noise = float(np.percentile(thin[::NOISE_STEP, ::NOISE_STEP], NOISE_SHARE))
        least = max(LINE_CONTRAST / 2, NOISE_FACTOR * noise)
    about = _noise_about(thin)
    about = LOCAL_FACTOR * np.where(about > NOISIER * noise, about, 0)
    if about.max() <= least:
        return (thin > least).astype(np.uint8)
    size = (thin.shape[1], thin.shape[0])
    return (thin > cv2.resize(np.maximum(about, least), size, interpolation=cv2.INTER_LINEAR)).astype(np.uint8)


def _noise_about(thin: ByteArray) -> FloatArray:
    """The noise of each whole tile of a picture of what is thin, float32; zero of one that has no room for a tile."""
    side = NOISE_TILE // NOISE_STEP
    looked_at = thin[::NOISE_STEP, ::NOISE_STEP]
    rows, columns = (n // side for n in looked_at.shape)
    if not rows * columns:
        return np.zeros((1, 1), np.float32)
    tiles = looked_at[: rows * side, : columns * side].reshape(rows, side, columns, side).swapaxes(1, 2)
    return np.percentile(tiles.reshape(rows, columns, -1), LOCAL_SHARE, axis=2).astype(np.float32)


def slope(rows: FloatArray, width: float) -> float:
    """dy/dx at which the page's thin lines run, from how far each slice's row profile is moved against the next.

    Args:
        rows: (n, h) share of line pixels per slice and row.
        width: of a slice, px.
    """
    profile = rows - cv2.blur(rows, (61, 1))
    size = cv2.getOptimalDFTSize(2 * rows.shape[1])
    waves = np.fft.rfft(profile, size, axis=1)
    best, reach = 0.0, math.ceil(STEEPEST * width)
    for apart in SLOPE_STEPS:
        if len(rows) <= apart:
            break
        together = np.fft.irfft((waves[apart:] * waves[:-apart].conj()).sum(0), size)
        first = round(best * apart * width) - reach
        lags = np.arange(first, first + 2 * reach + 1)
        fit = together[lags]
        at = int(np.argmax(fit))
        if 0 < at < len(fit) - 1:
            before, there, after = fit[at - 1 : at + 2]
            best = float(lags[at] + 0.5 * (before - after) / min(before - 2 * there + after, -1e-9)) / (apart * width)
        reach = 2  # px, three times what the last step left open
    return best


def staff_space(rows: FloatArray) -> float | None:
    """The prevalent staff space in px of a page in slices, (n, h); None where nothing looks like a staff.

    Candidates are the lags at which the slices' row profiles repeat best (peaks minus troughs of the autocorrelation,
    over four multiples); a staff's lag has multiples that repeat as well, so the candidate that explains the greatest
    length of five lines is taken.
    """
    height = rows.shape[1]
    profile = rows - cv2.blur(rows, (61, 1))
    size = cv2.getOptimalDFTSize(2 * height)
    acf = np.fft.irfft(np.abs(np.fft.rfft(profile, size, axis=1)) ** 2, axis=1)[:, :height].sum(0)
    if acf[0] <= 0 or height < 8 * SPACE_RANGE[0]:
        return None
    lags = np.arange(SPACE_RANGE[0], min(SPACE_RANGE[1], height / 5), 0.25)
    at = [np.interp(k * lags, np.arange(height), acf / acf[0]) for k in np.arange(0.5, 5, 0.5)]
    comb = sum((5 - k) * (at[2 * k - 1] - (at[2 * k - 2] + at[2 * k]) / 2) for k in range(1, 5))
    peaks = 1 + np.flatnonzero((comb[1:-1] > comb[:-2]) & (comb[1:-1] >= comb[2:]))
    best, choice = 0.0, None
    for lag in lags[peaks[np.argsort(-comb[peaks])[:6]]]:
        trace, _ = comb_trace(rows, lag * np.array([0.97, 1.0, 1.03], np.float32))
        staff_length = float(np.maximum(trace - 0.6, 0).sum())
        if staff_length > best:
            best, choice = staff_length, float(lag)
    return choice


def first_slices(dark: ByteArray) -> tuple[FloatArray, float]:
    """The slices of a page of which nothing is known yet, (n, h), and their width in px."""
    rows, _ = slices(line_mask(dark, thickness=FIRST_THICKNESS), FIRST_SLICE)
    return rows, dark.shape[1] / len(rows)


def slices(mask: ByteArray, width: float) -> tuple[FloatArray, FloatArray]:
    """Share of line pixels per slice and row: (n, h), and the slices' centres (n,) in px."""
    n = max(1, round(mask.shape[1] / width))
    rows = cv2.resize(mask * 255, (n, mask.shape[0]), interpolation=cv2.INTER_AREA).T.astype(np.float32) / 255
    return np.ascontiguousarray(rows), (np.arange(n, dtype=np.float32) + 0.5) * (mask.shape[1] / n)


def comb_trace(exact: FloatArray, spaces: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Per slice and row: how much like the middle line of a staff it is, and the space that fits best.

    Args:
        exact: (n, h) share of line pixels.
        spaces: (m,) staff spaces to try, px.

    Returns:
        Score, 1 for five clean lines, and space in px, both (n, h).
    """
    n, height = exact.shape
    margin = int(np.ceil(2.2 * spaces[-1])) + 1
    between = np.pad(exact, ((0, 0), (margin, margin)))
    lines = between.copy()  # a line may be a row off and lie across two
    lines[:, 1:] += between[:, :-1]
    lines[:, :-1] += between[:, 1:]
    np.minimum(lines, 1, out=lines)
    best = np.zeros((n, height), np.float32)
    top = np.full((n, height), -1, np.float32)
    for s in spaces:
        five = [lines[:, margin + round(k * s) :][:, :height] for k in (-2, -1, 0, 1, 2)]
        four = [between[:, margin + round(k * s) :][:, :height] for k in (-1.5, -0.5, 0.5, 1.5)]
        lowest, second = np.minimum(five[0], five[1]), np.maximum(five[0], five[1])
        for line in five[2:]:
            second = np.minimum(second, np.maximum(lowest, line))
            lowest = np.minimum(lowest, line)
        score = 0.1 * sum(five) + 0.5 * second - 0.2 * sum(four)
        better = score > top
        top[better] = score[better]
        best[better] = s
    return top, best
