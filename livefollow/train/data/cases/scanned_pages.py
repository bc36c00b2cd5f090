"""Make an engraved PDF look as if it had been printed, scanned askew and saved in black and white."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

DPI = 200
MOST_SKEW = 1.2  # degrees
MOST_SHIFT_PT = 6.0
DUST = 4e-5  # specks per pixel


@dataclass(frozen=True)
class Skew:
    """The map of one page's points to the scan: a 2 × 3 matrix."""

    matrix: npt.NDArray[np.float64]

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Map a point of the engraved page to the scanned one."""
        moved = self.matrix @ (x, y, 1.0)
        return float(moved[0]), float(moved[1])


def scan(pdf: Path, out: Path, rng: np.random.Generator) -> list[Skew]:
    """Scan a PDF.

    Args:
        pdf: an engraved one.
        out: file to write: pages of the same size, one bitonal picture each.
        rng: draws skew, shift, blur, ink, noise and threshold; the same draws the same file.

    Returns:
        Page by page, where points went.
    """
    skews = []
    with pymupdf.open(pdf) as document, pymupdf.open() as scanned:  # type: ignore[no-untyped-call, unused-ignore]
        for page in document:
            pixels = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False)
            grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]
            skew = _draw_skew(page.rect.width, page.rect.height, rng)
            skews.append(skew)
            picture = _age(_move(grey, skew), rng)
            new = scanned.new_page(width=page.rect.width, height=page.rect.height)
            new.insert_image(new.rect, stream=_bitonal_png(picture))
        scanned.set_metadata({})
        scanned.xref_set_key(-1, "ID", "null")
        scanned.save(out, deflate=True, garbage=3, no_new_id=True)
    return skews


def _draw_skew(width: float, height: float, rng: np.random.Generator) -> Skew:
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-MOST_SKEW, MOST_SKEW), 1.0)
    matrix[:, 2] += rng.uniform(-MOST_SHIFT_PT, MOST_SHIFT_PT, 2)
    return Skew(np.asarray(matrix, np.float64))


def _move(grey: npt.NDArray[np.uint8], skew: Skew) -> npt.NDArray[np.float32]:
    matrix = skew.matrix.copy()
    matrix[:, 2] *= DPI / 72
    size = (grey.shape[1], grey.shape[0])
    moved = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_AREA, borderValue=255)
    return np.asarray(moved, np.float32)


def _age(grey: npt.NDArray[np.float32], rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Blur, ink unevenly, add noise and dust, and threshold; True is white."""
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, 0.9))
    uneven = cv2.resize(rng.normal(0, 12, (6, 5)).astype(np.float32), grey.shape[::-1], interpolation=cv2.INTER_CUBIC)
    grey = grey + uneven + rng.normal(0, 14, grey.shape).astype(np.float32)
    white = grey > rng.uniform(165, 205)
    specks = rng.random(grey.shape, np.float32)
    white[specks < DUST] = False
    white[specks > 1 - DUST] = True
    return np.asarray(white)


def _bitonal_png(white: npt.NDArray[np.bool_]) -> bytes:
    done, data = cv2.imencode(".png", white.astype(np.uint8) * 255, [cv2.IMWRITE_PNG_BILEVEL, 1])
    if not done:
        raise ValueError("the page could not be written as PNG")
    return bytes(data)
