"""Scores as they come out of scanners, phones and folders, made of our own test scores."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image

from livefollow.score.document import Document

DATA = Path(__file__).parent / "data"
Picture = npt.NDArray[np.uint8]
Top = float  # of a system, as a share of its page's height


@dataclass(frozen=True)
class Sheet:
    """One page.

    Attributes:
        picture: (h, w) grey.
        systems: number of staves and place of each system, from top to bottom.
        starts: of each system: left, upper staff's top, lower staff's top, staff height; px.
    """

    picture: Picture
    systems: tuple[tuple[int, Top], ...]
    starts: tuple[tuple[float, float, float, float], ...]


def sheets(name: str) -> list[Sheet]:
    """The pages of a test score."""
    truth = json.loads((DATA / f"{name}.systems.json").read_text())
    out = []
    with Document(DATA / f"{name}.pdf") as document:
        for page, systems in zip(document.pages(), truth, strict=True):
            scale = page.scale
            starts = tuple(
                (
                    s["left"] * scale,
                    s["staves"][0][0] * scale,
                    s["staves"][-1][0] * scale,
                    (s["staves"][0][1] - s["staves"][0][0]) * scale,
                )
                for s in systems
            )
            tops = tuple((len(s["staves"]), s["top"] / page.height) for s in systems)
            out.append(Sheet(page.image, tops, starts))
    return out


def scanned(sheet: Sheet, random: np.random.Generator) -> Sheet:
    """A page as a scanner sees it: a little askew, grey and noisy."""
    rows, columns = sheet.picture.shape
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), random.uniform(-0.7, 0.7), 1)
    askew = cv2.warpAffine(sheet.picture, turn, (columns, rows), borderValue=255)
    noisy = askew.astype(np.float32) * random.uniform(0.88, 0.97) + random.normal(0, 4, askew.shape)
    return replace(sheet, picture=np.clip(noisy, 0, 255).astype(np.uint8))


def turned(sheet: Sheet, quarters: int) -> Sheet:
    """A page turned by quarters clockwise; its systems are those of the page as it should stand."""
    return replace(sheet, picture=np.ascontiguousarray(np.rot90(sheet.picture, -quarters)))


def enlarged(sheet: Sheet, long_side: int) -> Sheet:
    """A page with so many pixels along its longer side."""
    factor = long_side / max(sheet.picture.shape)
    return replace(sheet, picture=cv2.resize(sheet.picture, None, fx=factor, fy=factor).astype(np.uint8))


def one_clef(sheet: Sheet, lower: bool) -> Sheet:
    """A page whose two staves begin alike, as the secondo's (lower clef) or the primo's do."""
    picture = sheet.picture.copy()
    for left, upper_top, lower_top, height in sheet.starts:
        source, goal = (lower_top, upper_top) if lower else (upper_top, lower_top)
        space = height / 4
        x0, x1 = round(left + 0.2 * space), round(left + 6 * space)
        rows = round(8 * space)
        y0, y1 = round(source - 2 * space), round(goal - 2 * space)
        picture[y1 : y1 + rows, x0:x1] = sheet.picture[y0 : y0 + rows, x0:x1]
    return replace(sheet, picture=picture)


def write_pdf(pages: list[Sheet], path: Path, points_per_px: float = 0.0) -> Path:
    """Write pages as JPEGs in a PDF; A4 long unless points per pixel are given."""
    with pymupdf.open() as pdf:
        for page in pages:
            rows, columns = page.picture.shape
            unit = points_per_px or 842 / max(rows, columns)
            sheet = pdf.new_page(width=columns * unit, height=rows * unit)
            data = cv2.imencode(".jpg", page.picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()
            sheet.insert_image(sheet.rect, stream=data)
        pdf.save(path)
    return path


def write_picture(page: Sheet, path: Path) -> Path:
    """Write a page in the format of the path's suffix."""
    Image.fromarray(page.picture).save(path, lossless=True)  # of WebP; others pass it over
    return path
