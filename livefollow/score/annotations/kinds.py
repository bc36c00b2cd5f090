"""The kinds of annotations, and their form in JSON.

Coordinates are points of the page as it stands in its file, from the top left: neither zoom, nor corrected systems, nor
a page that is rotated in the window moves them. `turned` are the quarters clockwise by which the page stood rotated
when something was written upright on it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from livefollow.constants import MAX_PAGE_PT

MOST_POINTS = 20_000  # of a stroke
MOST_LETTERS = 1_000  # of a text
WIDEST_PT = 200.0  # of a stroke
TALLEST_PT = MAX_PAGE_PT  # of a text or stamp
FARTHEST_PT = 2 * MAX_PAGE_PT
DECIMALS = 2  # of coordinates in JSON: 1/100 pt is 1/50 of a pixel at the largest zoom
COLOUR = re.compile(r"#[0-9a-f]{6}")
HALVES = re.compile("[\ud800-\udfff]")  # of letters: no file can hold them

Point = tuple[float, float, float]  # x, y, and width of the stroke there


class StampKind(StrEnum):
    """Signs that are set with one click, or dragged."""

    BREATH = "breath"
    CAESURA = "caesura"
    CUT = "cut"
    GLASSES = "glasses"
    BRACKET = "bracket"


@dataclass(frozen=True)
class Ink:
    """A stroke of the pencil or of the highlighter."""

    points: tuple[Point, ...]  # at least one
    colour: str  # #rrggbb, as on white paper
    highlighter: bool = False  # translucent: what is below it can be read


@dataclass(frozen=True)
class Text:
    """A line of text; a fingering is one too."""

    x: float  # left end, as it is read
    y: float  # middle of its height
    text: str
    size: float  # of the font
    width: float  # as it was measured
    colour: str
    turned: int = 0


@dataclass(frozen=True)
class Stamp:
    """A sign set on a page, such as a breath or eyeglasses."""

    kind: StampKind
    x: float  # middle
    y: float
    height: float
    colour: str
    turned: int = 0


Annotation = Ink | Text | Stamp


def encode(annotation: Annotation) -> dict[str, Any]:
    """Return the JSON object of an annotation."""
    match annotation:
        case Ink():
            kind = "highlighter" if annotation.highlighter else "pencil"
            points = [[_rounded(value) for value in point] for point in annotation.points]
            return {"kind": kind, "colour": annotation.colour, "points": points}
        case Text():
            said: dict[str, Any] = {"kind": "text", "text": HALVES.sub("\N{REPLACEMENT CHARACTER}", annotation.text)}
            numbers: tuple[str, ...] = ("x", "y", "size", "width")
        case Stamp():
            said = {"kind": annotation.kind.value}
            numbers = ("x", "y", "height")
    said |= {name: _rounded(getattr(annotation, name)) for name in numbers}
    return said | {"colour": annotation.colour} | ({"turned": annotation.turned} if annotation.turned else {})


def decode(said: dict[str, Any]) -> Annotation:
    """Return the annotation of a JSON object.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, OverflowError: it is none.
    """
    kind, colour = said["kind"], said["colour"].lower()
    if not COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is no colour like #82b9ff")
    if kind in ("pencil", "highlighter"):
        points = tuple((_place(x), _place(y), _number(width, 0, WIDEST_PT)) for x, y, width in said["points"])
        if not 0 < len(points) <= MOST_POINTS:
            raise ValueError(f"a stroke of {len(points)} points")
        return Ink(points, colour, kind == "highlighter")
    x, y, turned = _place(said["x"]), _place(said["y"]), int(said.get("turned", 0)) % 4
    if kind == "text":
        text = one_line(said["text"])
        if not text or len(text) > MOST_LETTERS:
            raise ValueError("a text without letters, or with too many")
        size, width = _number(said["size"], 1, TALLEST_PT), _number(said["width"], 0, FARTHEST_PT)
        return Text(x, y, text, size, width, colour, turned)
    return Stamp(StampKind(kind), x, y, _number(said["height"], 1, TALLEST_PT), colour, turned)


def one_line(text: str) -> str:
    """Return what a text annotation holds of a text: one line of whole letters."""
    return " ".join(HALVES.sub("", text).split())


def _rounded(value: float) -> float:
    return round(value, DECIMALS)


def _place(value: Any) -> float:
    return _number(value, -FARTHEST_PT, FARTHEST_PT)


def _number(value: Any, lowest: float, highest: float) -> float:
    number = float(value)
    if not (math.isfinite(number) and lowest <= number <= highest):
        raise ValueError(f"{value!r} is not between {lowest:g} and {highest:g}")
    return number
