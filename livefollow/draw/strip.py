"""`livefollow strip`: what the program sees of a score, as pictures and as a list of systems."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.errors import ScoreError
from livefollow.progress import ProgressBar
from livefollow.score.document import Page
from livefollow.score.score import Score
from livefollow.score.systems import System

LONGEST_PNG = 60_000  # px: image viewers give up on longer pictures
SYSTEM_COLOUR = (40, 120, 230)  # BGR
LINE_COLOUR = (60, 60, 220)
PIANO_COLOUR = (200, 110, 20)


def write_strip(path: Path, out: Path, *, password: str | None = None) -> str:
    """Write strip image, bands, pages with their systems drawn, and systems.json.

    Args:
        path: PDF, image, or folder of images.
        out: folder, created if missing.
        password: of an encrypted PDF.

    Returns:
        A sentence about what was found and written.

    Raises:
        ScoreError: the score cannot be read, or the folder cannot be written.
    """
    with Score(path, password=password) as score:
        try:
            out.mkdir(parents=True, exist_ok=True)
            rows: list[dict[str, Any]] = []
            count = score.document.page_count
            for page in ProgressBar(score.read(), total=count, desc="reading", unit="page"):
                _write_png(out / f"page-{page.number:04d}.png", draw_systems(page, score.systems[page.number]))
                rows += _rows(score, page)
            (out / "systems.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
            _write_long(out / "strip", score.strip.image)
            upper, lower = score.strip.bands
            _write_long(out / "bands", np.concatenate([upper, lower]))
        except OSError as error:
            raise ScoreError(f"Cannot write to {out}: {error.strerror or error}.") from error
        for remark in score.remarks:
            print(f"livefollow: {remark}", file=sys.stderr)
    pages, found = f"{count} page{'s' * (count != 1)}", f"{len(rows)} staff system{'s' * (len(rows) != 1)}"
    return f"{pages}, {found}, {score.strip.width} px of strip: written to {out}"


def _rows(score: Score, page: Page) -> list[dict[str, Any]]:
    """Return one entry of systems.json per system on the strip."""
    return [
        {
            "page": page.number,
            "page_width": round(page.width, 3),
            "page_height": round(page.height, 3),
            "system": place.number,
            "left": round(place.system.left, 3),
            "top": round(place.system.top, 3),
            "right": round(place.system.right, 3),
            "bottom": round(place.system.bottom, 3),
            "staff_space": round(place.system.staff_space, 4),
            "staves": [[round(s.top, 3), round(s.bottom, 3)] for s in place.system.staves],
            "strip_x0": place.x0,
            "strip_x1": place.x1,
        }
        for place in score.strip.placements
        if place.system.page == page.number
    ]


def _write_long(stem: Path, picture: npt.NDArray[np.uint8]) -> None:
    """Write one PNG, or several numbered ones if one would be too long to open."""
    if picture.shape[1] == 0:
        return
    starts = range(0, picture.shape[1], LONGEST_PNG)
    for part, x in enumerate(starts, 1):
        name = f"{stem.name}.png" if len(starts) == 1 else f"{stem.name}-{part}.png"
        _write_png(stem.with_name(name), picture[:, x : x + LONGEST_PNG])


def _write_png(path: Path, picture: npt.NDArray[np.uint8]) -> None:
    done, data = cv2.imencode(".png", picture)
    if not done:
        raise OSError(f"{path.name} could not be encoded")
    path.write_bytes(data.tobytes())


def draw_systems(page: Page, systems: list[System]) -> npt.NDArray[np.uint8]:
    """Draw the page in grey, with each staff line traced and each system boxed and numbered.

    Args:
        page: the raster the systems were found on.
        systems: in points.

    Returns:
        (h, w, 3) uint8 BGR.
    """
    picture = cv2.cvtColor(page.image, cv2.COLOR_GRAY2BGR)
    thickness = max(1, round(page.image.shape[1] / 1000))
    for number, system in enumerate(systems, 1):
        for i, staff in enumerate(system.staves):
            x = np.linspace(staff.left, staff.right, 200)
            colour = PIANO_COLOUR if i in system.piano else LINE_COLOUR
            for k in range(-2, 3):
                points = np.stack([x, staff.line(k, x)], axis=1) * page.scale
                cv2.polylines(picture, [np.round(points).astype(np.int32)], False, colour, thickness, cv2.LINE_AA)
        space = system.staff_space
        corners = np.array([system.left - space, system.top - space, system.right + space, system.bottom + space])
        left, top, right, bottom = (round(float(c)) for c in corners * page.scale)
        cv2.rectangle(picture, (left, top), (right, bottom), SYSTEM_COLOUR, 2 * thickness)
        size = 2.5 * space * page.scale / 22
        at = (max(0, left), top - 2 * thickness)
        cv2.putText(picture, str(number), at, cv2.FONT_HERSHEY_SIMPLEX, size, SYSTEM_COLOUR, 2 * thickness, cv2.LINE_AA)
    return picture
