"""Damage to paper and ink before a page is scanned: weak or broken staff lines, faded ink, pencil, stains, dust.

All functions take bands (2, BAND_HEIGHT, w), uint8, and change them in place unless they say otherwise.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, STAFF_SPACE
from livefollow.score.strip import MIDDLE_ROW

ByteArray = npt.NDArray[np.uint8]

LINE_ROWS = MIDDLE_ROW + STAFF_SPACE * np.arange(-2, 3)
BARE = 170  # of 255: where the rows two off a staff line are lighter than this, nothing else is printed on the line
FINGERINGS = ("1", "2", "3", "4", "5", "p", "f", "x", "rit", "Ped", "!")


def change_lines(
    bands: ByteArray, ink: float, spread: float, breaks: float, rng: np.random.Generator, at_least: float = 0.0
) -> None:
    """Make bare staff lines paler, darker or thicker, and break them.

    Args:
        bands: changed in place; straight: staff lines at LINE_ROWS.
        ink: factor on the lines' darkness.
        spread: share of it that the row above or below gets too.
        breaks: gaps per 1,000 px of a line.
        rng: draws the gaps and the side of the spreading.
        at_least: thickness that paler or thinner lines get instead, px of black.
    """
    width = bands.shape[2]
    bare = (bands[:, LINE_ROWS - 2] > BARE) & (bands[:, LINE_ROWS + 2] > BARE)
    rows = [bands[:, LINE_ROWS + row] for row in (-1, 0, 1)]
    if at_least:
        darkness = np.sum([255.0 - row[:, :, ::4] for row in rows], 0)[bare[:, :, ::4]]
        thickness = float(np.median(darkness)) / 255 if len(darkness) else at_least
        ink = max(ink, at_least / max(thickness, 0.1))
    lines = np.full(bare.shape, ink, np.float32)
    for _ in range(rng.poisson(breaks * 10 * width / 1000)):
        start, length = int(rng.integers(width)), 1 + int(rng.exponential(3.0))
        lines[rng.integers(2), rng.integers(5), start : start + length] *= rng.uniform(0, 0.4)
    side = int(rng.choice((0, 2)))
    if spread:
        rows[side] = np.minimum(rows[side], 255 - (spread * (255 - rows[1])).astype(np.uint8))
    for i, row in enumerate(rows):
        bands[:, LINE_ROWS + i - 1] = np.where(bare, np.maximum(255 - (255 - row) * lines, 0), row).astype(np.uint8)


def spread_ink(bands: ByteArray, spread: float) -> ByteArray:
    """Spread ink (positive, to 1: by a pixel all round) or thin it (negative); returns new bands."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    flat = bands.reshape(-1, bands.shape[2])
    moved = cv2.erode(flat, cross) if spread > 0 else cv2.dilate(flat, cross)
    return np.asarray(cv2.addWeighted(flat, 1 - abs(spread), moved, abs(spread), 0), np.uint8).reshape(bands.shape)


def field(shape: tuple[int, ...], px: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Draw smooth noise for bands of a shape: (2 * BAND_HEIGHT, w), about -2 to 2, patches of about `px`."""
    height, width = 2 * BAND_HEIGHT, shape[2]
    coarse = rng.standard_normal((2 + int(height / px), 2 + int(width / px)), np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))


def fade(bands: ByteArray, strength: float, rng: np.random.Generator) -> None:
    """Fade ink in patches, down to 1 - strength of its darkness."""
    pale = np.clip(field(bands.shape, rng.uniform(8, 60), rng) * 0.7 * strength, 0, strength)
    flat = bands.reshape(-1, bands.shape[2])
    lost = cv2.multiply(255 - flat, pale, dtype=cv2.CV_8U)
    cv2.add(flat, lost, dst=flat)


def show_through(bands: ByteArray, strength: float, rng: np.random.Generator) -> None:
    """Let the page behind shine through: these bands mirrored, moved and blurred, `strength` of their darkness."""
    flat = bands.reshape(-1, bands.shape[2])
    behind = np.roll(flat[:, ::-1], (int(rng.integers(10, 100)), int(rng.integers(bands.shape[2]))), (0, 1))
    behind = cv2.GaussianBlur(behind, (0, 0), rng.uniform(0.8, 2.0))
    cv2.addWeighted(flat, 1, 255 - behind, -strength, 0, dst=flat)


def write_pencil(bands: ByteArray, per_1000: float, rng: np.random.Generator) -> None:
    """Draw handwritten fingerings, words, arcs and rings."""
    width = bands.shape[2]
    for _ in range(rng.poisson(per_1000 * width / 1000)):
        band = bands[rng.integers(2)]
        grey = int(rng.uniform(40, 190))
        x, y = rng.uniform(0, width), rng.uniform(6, BAND_HEIGHT - 6)
        kind = rng.integers(4)
        if kind == 0:
            at, size = (int(x), int(y)), rng.uniform(0.25, 0.5)
            font = cv2.FONT_HERSHEY_SCRIPT_SIMPLEX if rng.random() < 0.5 else cv2.FONT_HERSHEY_SIMPLEX
            cv2.putText(band, str(rng.choice(FINGERINGS)), at, font, size, grey, 1, cv2.LINE_AA)
            continue
        turn = np.linspace(0, 1, 24)
        if kind == 1:  # a ring around something
            radius = rng.uniform(6, 18, 2)
            angle = 2 * np.pi * (turn * rng.uniform(0.9, 1.1) + rng.random())
            points = np.stack([x + radius[0] * np.cos(angle), y + radius[1] * np.sin(angle)], 1)
        elif kind == 2:  # an arc or a hairpin's line
            length, rise, bulge = rng.uniform(20, 120), rng.uniform(-12, 12), rng.uniform(-14, 14)
            points = np.stack([x + length * turn, y + rise * turn + 4 * bulge * turn * (1 - turn)], 1)
        else:  # a scribble
            steps = np.cumsum(np.cumsum(rng.normal(0, 1.2, (24, 2)), 0), 0)
            points = np.array([x, y]) + np.clip(steps, -40, 40)
        points += rng.normal(0, 0.3, points.shape)
        cv2.polylines(band, [np.round(points * 16).astype(np.int32)], False, grey, 1, cv2.LINE_AA, 4)


def erase(bands: ByteArray, per_1000: float, rng: np.random.Generator) -> None:
    """Blank patches of up to four staff spaces, as a torn edge or correction fluid does."""
    for _ in range(rng.poisson(per_1000 * bands.shape[2] / 1000)):
        centre = (int(rng.integers(bands.shape[2])), int(rng.integers(BAND_HEIGHT)))
        axes = (int(rng.integers(2, 2 * STAFF_SPACE)), int(rng.integers(2, 2 * STAFF_SPACE)))
        cv2.ellipse(bands[rng.integers(2)], centre, axes, rng.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)


def strew_dust(bands: ByteArray, per_1000: float, rng: np.random.Generator) -> None:
    """Add specks and hairs, most of them dark."""
    width = bands.shape[2]
    number = rng.poisson(per_1000 * width / 1000)
    places = (rng.random((number, 2)) * (width, BAND_HEIGHT) * 16).astype(np.int32)
    sizes = np.minimum(rng.exponential(0.5, number) + 0.2, 2.5) * 16
    greys = np.where(rng.random(number) < 0.75, rng.integers(0, 200, number), 255)
    for place, size, grey, staff in zip(places, sizes, greys, rng.integers(2, size=number), strict=True):
        cv2.circle(bands[staff], place.tolist(), int(size), int(grey), -1, cv2.LINE_AA, 4)


def stain(bands: ByteArray, per_1000: float, rng: np.random.Generator) -> None:
    """Add small stains, and the remains of shadows and creases after the app's correction of the light."""
    height, width = 2 * BAND_HEIGHT, bands.shape[2]
    size = (max(1, width // 8), height // 8)
    paper = np.full((size[1], size[0]), 255, np.float32)
    for _ in range(rng.poisson(per_1000 * width / 1000)):
        grey = rng.uniform(170, 245)
        centre = (int(rng.integers(size[0])), int(rng.integers(size[1])))
        if rng.random() < 0.4:  # a shadow's edge
            lean = int(rng.integers(-8, 9))
            cv2.line(
                paper, (centre[0] - lean, 0), (centre[0] + lean, size[1]), grey, int(rng.integers(1, 6)), cv2.LINE_AA
            )
        else:
            axes = (int(rng.integers(1, 4)), int(rng.integers(1, 4)))
            ring = int(rng.choice((-1, 1)))
            cv2.ellipse(paper, centre, axes, rng.uniform(0, 180), 0, 360, grey, ring, cv2.LINE_AA)
    paper = cv2.resize(cv2.blur(paper, (3, 3)), (width, height), interpolation=cv2.INTER_LINEAR)
    flat = bands.reshape(-1, width)
    cv2.multiply(flat, paper, dst=flat, scale=1 / 255, dtype=cv2.CV_8U)
