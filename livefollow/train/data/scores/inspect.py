"""`livefollow data inspect`: draw the truth of a dataset on its scores, to check it by eye.

Heads are rings, red on the upper and blue on the lower staff, thin where tied, grey for grace and cue notes; bar lines
are green, repeats orange with a tooth to the side they turn to, final bar lines violet; prefixes are tinted yellow.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT
from livefollow.errors import LivefollowError
from livefollow.score.document import Document
from livefollow.train.data.score_look import BAR_LINE, FINAL, REPEAT_END, REPEAT_START, ScoreLook

ByteArray = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

STAFF_COLOURS: tuple[Colour, Colour] = ((40, 40, 220), (220, 90, 20))  # blue, green, red
SMALL_COLOUR: Colour = (130, 130, 130)
MARK_COLOURS: dict[int, Colour] = {
    BAR_LINE: (60, 160, 60),
    REPEAT_START: (0, 140, 255),
    REPEAT_END: (0, 140, 255),
    FINAL: (200, 60, 160),
}
PREFIX_TINT = np.array([0.75, 1.0, 1.0])
ZOOM = 2  # of the bands
PAGE_SCALE = 2.0  # px per point


class NoSuchLookError(LivefollowError):
    """There is no such piece or look in the dataset."""

    exit_code = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow data inspect` to its parser."""
    parser.add_argument("piece", type=Path, help="folder of a piece: DATA/scores/SPLIT/PIECE")
    parser.add_argument("--look", action="append", metavar="LOOK", help="only this look; may be given several times")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the pictures")


def run(args: argparse.Namespace) -> int:
    """Draw the looks of a piece: PIECE.LOOK.bands.png and PIECE.LOOK.page-N.png.

    Raises:
        NoSuchLookError: no such piece or look.
        ScoreError: a PDF cannot be read.
    """
    names = args.look or sorted(path.stem for path in args.piece.glob("*.npz"))
    if not names:
        raise NoSuchLookError(f"There are no scores in {args.piece}.")
    args.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = args.piece / f"{name}.npz"
        if not path.is_file():
            raise NoSuchLookError(f"{args.piece} has no look {name}.")
        look = ScoreLook.load(path)
        stem = args.out / f"{args.piece.name}.{name}"
        _write(stem.with_name(f"{stem.name}.bands.png"), draw_bands(look))
        with Document(path.with_suffix(".pdf")) as document:
            for number in range(1, document.page_count + 1):
                page = draw_page(look, document.render(number, PAGE_SCALE), document.page_size(number)[0], number)
                _write(stem.with_name(f"{stem.name}.page-{number}.png"), page)
    print(f"{len(names)} look{'s' * (len(names) != 1)} of {args.piece.name} drawn in {args.out}")
    return 0


def draw_bands(look: ScoreLook) -> ByteArray:
    """Draw the bands of all systems below each other with their truth, (h, w, 3) uint8 BGR."""
    width = int((look.systems[:, 3] - look.systems[:, 2]).max(initial=1)) * ZOOM
    rows = []
    for (page, system, x0, x1), prefix in zip(look.systems.tolist(), look.prefixes.tolist(), strict=True):
        grey = np.concatenate([look.bands[0, :, x0:x1], look.bands[1, :, x0:x1]])
        picture = cv2.resize(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), None, fx=ZOOM, fy=ZOOM)
        tinted = picture[:, int((prefix[0] - x0) * ZOOM) : int((prefix[1] - x0) * ZOOM)]
        tinted[:] = (tinted * PREFIX_TINT).astype(np.uint8)
        for x, kind in look.marks[(look.marks["x"] >= x0) & (look.marks["x"] < x1)].tolist():
            _draw_mark(picture, round((x - x0) * ZOOM), kind)
        for head in look.heads[(look.heads["x"] >= x0) & (look.heads["x"] < x1)]:
            y = float(head["row"]) + int(head["staff"]) * BAND_HEIGHT
            _draw_head(picture, (float(head["x"]) - x0) * ZOOM, y * ZOOM, head, 6)
        cv2.putText(picture, f"{page}/{system}", (2, 14), cv2.FONT_HERSHEY_PLAIN, 1, (0, 0, 0))
        row = np.full((picture.shape[0] + 4, width, 3), 255, np.uint8)
        row[: picture.shape[0], : picture.shape[1]] = picture
        row[-2:] = 0
        rows.append(row)
    return np.concatenate(rows)


def draw_page(look: ScoreLook, picture: ByteArray, width_pt: float, number: int) -> ByteArray:
    """Draw the truth's heads on a page, (h, w, 3) uint8 BGR.

    Args:
        look: the truth.
        picture: the page, (h, w, 3) uint8 RGB.
        width_pt: its width in points.
        number: of the page, from 1.
    """
    out = np.ascontiguousarray(picture[:, :, ::-1])
    scale = out.shape[1] / width_pt
    for head in look.heads[look.heads["page"] == number]:
        _draw_head(out, float(head["x_pt"]) * scale, float(head["y_pt"]) * scale, head, 4)
    return out


def _draw_head(picture: ByteArray, x: float, y: float, head: Any, radius: int) -> None:
    colour = SMALL_COLOUR if head["cue"] or head["grace"] else STAFF_COLOURS[int(head["staff"])]
    thickness = 1 if head["tied"] else 2
    cv2.circle(picture, (round(x * 8), round(y * 8)), radius * 8, colour, thickness, cv2.LINE_AA, shift=3)
    cv2.circle(picture, (round(x), round(y)), 1, (0, 255, 255), -1)


def _draw_mark(picture: ByteArray, x: int, kind: int) -> None:
    cv2.line(picture, (x, 0), (x, picture.shape[0] - 1), MARK_COLOURS[kind], 1)
    tooth = {REPEAT_START: 8, REPEAT_END: -8}.get(kind, 0)
    if tooth:
        cv2.line(picture, (x, 4), (x + tooth, 4), MARK_COLOURS[kind], 3)


def _write(path: Path, picture: ByteArray) -> None:
    done, data = cv2.imencode(".png", picture)
    if not done:
        raise OSError(f"{path.name} could not be encoded")
    path.write_bytes(data.tobytes())
