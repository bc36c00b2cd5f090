"""Damage engraved bands as if the page had been printed, used, and scanned or photographed.

The reader learns from engravings whose truth is exact; the pages it will read are mostly scans. `damage` changes the
bands of one system and says where their columns went. A page's systems share `AugmentSettings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT
from livefollow.score.strip import MIDDLE_ROW
from livefollow.train.reader.augment_marks import (
    LINE_ROWS,
    ByteArray,
    change_lines,
    erase,
    fade,
    show_through,
    spread_ink,
    stain,
    strew_dust,
    write_pencil,
)
from livefollow.train.reader.augment_settings import AugmentSettings, draw_settings

FloatArray = npt.NDArray[np.float64]

GRAIN_SIZE = (2 * BAND_HEIGHT + 64, 2048)
GRAIN_SIGMA = 40.0  # of 255
RASTER_BLUR = 0.3  # px: of bitonal scans by the app's rasteriser
BITONAL_LINE = 1.0  # px of black: printing and scanning in black and white keep the staff lines


@dataclass(frozen=True, eq=False)
class Damage:
    """Damaged bands, and the map to the original columns.

    Attributes:
        bands: (2, BAND_HEIGHT, w) uint8, as wide as the bands they were made from: what a wider scale pushed out at
            the right end is cut off, what a narrower one lays free is white.
        source: (w + 1,) x in the original bands of the left edges of all columns and the right edge of the last, on
            the row of the middle lines; rising.
    """

    bands: ByteArray
    source: FloatArray

    def moved(self, x: npt.ArrayLike) -> FloatArray:
        """Map x (px from the left end, as labels are) of the original bands to the damaged ones, visible or not: in
        front of the left end it is negative, and beyond what was cut off it is greater than the width.
        """
        x = np.asarray(x, np.float64)
        at = np.interp(x, self.source, np.arange(len(self.source)))
        return np.asarray(at + np.minimum(x - self.source[0], 0) + np.maximum(x - self.source[-1], 0))


def damage(bands: ByteArray, rng: np.random.Generator, settings: AugmentSettings | None = None) -> Damage:
    """Damage the bands of one system.

    Args:
        bands: (2, BAND_HEIGHT, w) uint8, white 255, as `Strip.bands`; not changed.
        rng: draws what happens; the same draws, the same picture.
        settings: how strong each kind of damage is; drawn by default.

    Returns:
        New bands of the same shape, and the map of their columns.

    Raises:
        ValueError: the bands have another shape or type.
    """
    if bands.dtype != np.uint8 or bands.ndim != 3 or bands.shape[:2] != (2, BAND_HEIGHT) or bands.shape[2] == 0:
        raise ValueError(f"bands must be (2, {BAND_HEIGHT}, w) uint8, not {bands.shape} {bands.dtype}")
    settings = draw_settings(rng) if settings is None else settings
    scanned = _scan(_use(bands.copy(), settings, rng), settings, rng)
    warped, source = _warp(scanned, settings, rng)
    return Damage(warped, source)


def _use(bands: ByteArray, settings: AugmentSettings, rng: np.random.Generator) -> ByteArray:
    """Apply damage to ink and paper."""
    if settings.line_ink != 1 or settings.line_spread or settings.line_breaks or settings.bitonal:
        at_least = BITONAL_LINE if settings.bitonal else 0.0
        change_lines(bands, settings.line_ink, settings.line_spread, settings.line_breaks, rng, at_least)
    if settings.spread:
        bands = spread_ink(bands, settings.spread)
    if settings.fade:
        fade(bands, settings.fade, rng)
    if settings.erased:
        erase(bands, settings.erased, rng)
    if settings.show_through:
        show_through(bands, settings.show_through, rng)
    if settings.pencil:
        write_pencil(bands, settings.pencil, rng)
    return bands


def _warp(bands: ByteArray, settings: AugmentSettings, rng: np.random.Generator) -> tuple[ByteArray, FloatArray]:
    """Rescale and bend the bands; returns them with the source of `Damage`.

    It comes last, as the app's own straightening does, whose resampling blurs a scan. What a staff's bend brings in
    from beyond its band repeats the band's outermost row.
    """
    width = bands.shape[2]
    source = np.arange(width + 1) / settings.scale_x
    source += settings.stretch * (_wave(width + 1, rng) - 1)  # to the right only: the first column stays in sight
    at_x = ((source[1:] + source[:-1]) / 2 - 0.5).astype(np.float32)
    rows = np.arange(BAND_HEIGHT, dtype=np.float32) - MIDDLE_ROW
    map_x = np.tile(at_x + settings.lean * rows[:, None], (2, 1))
    map_y = np.empty_like(map_x)
    slope = settings.tilt * np.linspace(-0.5, 0.5, width)
    for i in range(2):
        bend = (slope + settings.wander * _wave(width, rng)).astype(np.float32)
        part = map_y[i * BAND_HEIGHT : (i + 1) * BAND_HEIGHT]
        np.add(rows[:, None] / np.float32(settings.scale_y), bend + np.float32(MIDDLE_ROW), out=part)
        np.clip(part, 0, BAND_HEIGHT - 1, out=part)
        part += i * BAND_HEIGHT
    flat = bands.reshape(-1, width)
    out = cv2.remap(flat, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    return np.asarray(out, np.uint8).reshape(bands.shape), source


def _wave(width: int, rng: np.random.Generator) -> FloatArray:
    """Draw a smooth curve within -1 and 1 with a turn or a few per 1,000 px, (width,)."""
    x = np.arange(width) / 1000
    turns, phases = rng.uniform(0.3, 3.0, 2), rng.uniform(0, 2 * np.pi, 2)
    return np.asarray(0.5 * np.sin(2 * np.pi * (turns[:, None] * x + phases[:, None])).sum(0))


def _scan(bands: ByteArray, settings: AugmentSettings, rng: np.random.Generator) -> ByteArray:
    """Apply scanner or camera, and the file's compression."""
    if settings.stains:
        stain(bands, settings.stains, rng)
    if settings.dust:
        strew_dust(bands, settings.dust, rng)
    flat = bands.reshape(-1, bands.shape[2])
    if settings.blur:
        flat = cv2.GaussianBlur(flat, (0, 0), settings.blur)
    if settings.motion:
        smeared = cv2.blur(flat, (1, 5) if settings.motion_upright else (5, 1))
        flat = cv2.addWeighted(flat, 1 - settings.motion, smeared, settings.motion, 0)
    if not settings.bitonal and (settings.ink or settings.gamma != 1):
        greys = settings.ink + (255 - settings.ink) * np.linspace(0, 1, 256) ** settings.gamma
        flat = cv2.LUT(flat, np.round(greys).astype(np.uint8))
    if settings.noise:
        share = settings.noise / GRAIN_SIGMA
        flat = cv2.addWeighted(flat, 1, _grain(flat.shape, settings.coarse, rng), share, -128 * share)
    flat = _resample(np.asarray(flat, np.uint8), settings)
    if settings.jpeg:
        data = cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, settings.jpeg])[1]
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8).reshape(bands.shape)
    return np.asarray(flat, np.uint8).reshape(bands.shape)


def _resample(flat: ByteArray, settings: AugmentSettings) -> ByteArray:
    """Resample to the scan's resolution, threshold there if it is bitonal, and scale back."""
    height, width = flat.shape
    threshold = _threshold(flat, settings.threshold) if settings.bitonal else 0.0
    if settings.bitonal > 1:
        size = (settings.bitonal * width, settings.bitonal * height)
        fine = cv2.resize(flat, size, interpolation=cv2.INTER_CUBIC)
        cv2.threshold(fine, threshold, 255, cv2.THRESH_BINARY, dst=fine)
        coarse = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.GaussianBlur(coarse, (3, 3), RASTER_BLUR), np.uint8)
    if settings.resolution < 1:
        size = (max(1, round(settings.resolution * width)), round(settings.resolution * height))
        flat = np.asarray(cv2.resize(flat, size, interpolation=cv2.INTER_AREA), np.uint8)
    if settings.bitonal:
        flat = np.asarray(cv2.threshold(flat, threshold, 255, cv2.THRESH_BINARY)[1], np.uint8)
    if settings.resolution < 1:
        flat = np.asarray(cv2.resize(flat, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    return flat


def _threshold(flat: ByteArray, share: float) -> float:
    """The grey of the threshold, at which most of the staff lines stay."""
    near = LINE_ROWS + np.arange(-1, 2)[:, None]
    darkest = flat.reshape(2, BAND_HEIGHT, -1)[:, near, ::4].min(1)
    weak = float(np.percentile(darkest, 85, axis=(1, 2)).min())  # of the two: a missing lower staff is white
    return max(95 + 90 * share, min(210.0, weak + 30))


def _grain(shape: tuple[int, ...], coarse: bool, rng: np.random.Generator) -> ByteArray:
    """Noise around 128, (height, width), cut at random from a stored picture: drawing it each time takes 3 ms."""
    picture = _grain_picture(coarse)
    top, left = int(rng.integers(GRAIN_SIZE[0] - shape[0])), int(rng.integers(GRAIN_SIZE[1]))
    columns = np.arange(left, left + shape[1])
    return picture[top : top + shape[0]].take(columns[:: rng.choice((-1, 1))], axis=1, mode="wrap")


@cache
def _grain_picture(coarse: bool) -> ByteArray:
    noise = np.random.default_rng(0).standard_normal(GRAIN_SIZE, np.float32)
    if coarse:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.9), np.float32)
        noise /= noise.std()
    return np.clip(128 + GRAIN_SIGMA * noise, 0, 255).astype(np.uint8)
