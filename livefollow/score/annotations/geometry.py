"""Shapes of annotations, in points: for the screen, for the eraser and for PDFs alike."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from livefollow.score.annotations.kinds import Annotation, Ink, Point, Stamp, StampKind, Text

Spot = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

ROUND = 12  # corners of a circle: more are not seen at the width of a stroke
TEXT_LEAD = 1.2  # height of a line, of the font's size
LEAST_STAMP_PT = 2.0
STAMP_LINE = 0.07  # width of a stamp's lines, of its height
BRACKET_LINE_PT, BRACKET_HOOK_PT = 1.4, 5.0
ARC = 10  # parts of a half circle


def along(u: float, v: float, turned: int) -> Spot:
    """Turn a way to the right and down, as the page was seen when it stood turned by quarters, into one on the page."""
    return ((u, v), (v, -u), (-u, -v), (-v, u))[turned % 4]


def to_display(x: float, y: float, quarters: int, size: Spot) -> Spot:
    """Turn a point of the page in its file clockwise with the page.

    Args:
        x, y: points.
        quarters: by which the page stands turned.
        size: width and height of the page as it stands then.
    """
    width, height = size
    return ((x, y), (width - y, x), (width - x, height - y), (y, height - x))[quarters % 4]


def to_file(x: float, y: float, quarters: int, size: Spot) -> Spot:
    """Inverse of `to_display`."""
    width, height = size
    return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[quarters % 4]


def outline(points: Sequence[Point]) -> list[list[Spot]]:
    """Return the polygons that together cover a stroke, all in the same direction.

    Filled by the nonzero rule they are one shape: nothing is darker where they overlap.
    """
    if len(points) == 1:
        return [_tapered(points[0], points[0])]
    return [_tapered(a, b) for a, b in itertools.pairwise(points)]


def _tapered(a: Point, b: Point) -> list[Spot]:
    """Return two half circles around the ends of a segment, joined by straight sides."""
    heading = math.atan2(b[1] - a[1], b[0] - a[0])
    out = []
    for (x, y, width), start in ((b, heading - math.pi / 2), (a, heading + math.pi / 2)):
        for k in range(ROUND // 2 + 1):
            angle = start + math.pi * k / (ROUND // 2)
            out.append((x + width / 2 * math.cos(angle), y + width / 2 * math.sin(angle)))
    return out


def stamp_lines(kind: StampKind, height: float) -> tuple[list[list[Spot]], float]:
    """Return the lines of a stamp around its middle, and their width, points."""
    if kind is StampKind.BRACKET:
        hook, half = min(BRACKET_HOOK_PT, height / 2), height / 2
        return [[(hook / 2, -half), (-hook / 2, -half), (-hook / 2, half), (hook / 2, half)]], BRACKET_LINE_PT
    lines = [[(x * height, y * height) for x, y in line] for line in _STAMPS[kind]]
    return lines, max(STAMP_LINE, _WEIGHTS.get(kind, STAMP_LINE)) * height


def stamp_box(stamp: Stamp) -> Box:
    """Return the box of a stamp on its page."""
    lines, width = stamp_lines(stamp.kind, stamp.height)
    spots = [along(u, v, stamp.turned) for line in lines for u, v in line]
    return _around([(stamp.x + u, stamp.y + v, width) for u, v in spots])


def text_box(text: Text) -> Box:
    """Return the box of a text on its page."""
    half = text.size * TEXT_LEAD / 2
    corners = [along(u, v, text.turned) for u, v in ((0, -half), (text.width, half))]
    return _around([(text.x + u, text.y + v, 0.0) for u, v in corners])


def box_of(annotation: Annotation) -> Box:
    """Return the box of an annotation on its page, its lines' widths included."""
    match annotation:
        case Ink():
            return _around(annotation.points)
        case Text():
            return text_box(annotation)
        case Stamp():
            return stamp_box(annotation)


def scaled(annotation: Annotation, factor: float) -> Annotation:
    """Return an annotation in other units."""
    match annotation:
        case Ink(points, colour, highlighter):
            return Ink(tuple((x * factor, y * factor, w * factor) for x, y, w in points), colour, highlighter)
        case Text(x, y, text, size, width, colour, turned):
            return Text(x * factor, y * factor, text, size * factor, width * factor, colour, turned)
        case Stamp(kind, x, y, height, colour, turned):
            return Stamp(kind, x * factor, y * factor, height * factor, colour, turned)


def touches(annotation: Annotation, x: float, y: float, radius: float) -> bool:
    """Whether a circle touches an annotation."""
    left, top, right, bottom = box_of(annotation)
    if not (left - radius <= x <= right + radius and top - radius <= y <= bottom + radius):
        return False
    if not isinstance(annotation, Ink):
        return True
    points = annotation.points
    if len(points) == 1:
        return math.hypot(x - points[0][0], y - points[0][1]) <= radius + points[0][2] / 2
    return any(distance(x, y, a, b) <= radius + max(a[2], b[2]) / 2 for a, b in itertools.pairwise(points))


def distance(x: float, y: float, a: Sequence[float], b: Sequence[float]) -> float:
    """Return the distance of a point from the segment between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, ((x - a[0]) * dx + (y - a[1]) * dy) / length)) if length else 0.0
    return math.hypot(x - a[0] - share * dx, y - a[1] - share * dy)


def _around(points: Sequence[Point]) -> Box:
    return (
        min(x - width / 2 for x, _, width in points),
        min(y - width / 2 for _, y, width in points),
        max(x + width / 2 for x, _, width in points),
        max(y + width / 2 for _, y, width in points),
    )


def _arc(x: float, y: float, radius: float, start: float, end: float) -> list[Spot]:
    """Return points of an arc between two angles in half circles, clockwise from the right."""
    parts = max(2, round(ARC * abs(end - start)))
    angles = [math.pi * (start + (end - start) * k / parts) for k in range(parts + 1)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


# Lines around the middle, in heights of the stamp.
_STAMPS: dict[StampKind, list[list[Spot]]] = {
    StampKind.BREATH: [_arc(-0.22, -0.12, 0.38, -0.25, 0.35)],
    StampKind.CAESURA: [[(-0.3, 0.5), (0.0, -0.5)], [(0.05, 0.5), (0.35, -0.5)]],
    # Scissors: two rings, two blades that cross.
    StampKind.CUT: [
        _arc(-0.26, 0.32, 0.15, 0, 2),
        _arc(0.26, 0.32, 0.15, 0, 2),
        [(-0.17, 0.2), (0.24, -0.5)],
        [(0.17, 0.2), (-0.24, -0.5)],
    ],
    # Two glasses, the bridge, and the beginning of the temples.
    StampKind.GLASSES: [
        _arc(-0.52, 0.1, 0.38, 0, 2),
        _arc(0.52, 0.1, 0.38, 0, 2),
        _arc(0, 0.06, 0.15, -1, 0),
        [(-0.9, 0.04), (-1.12, -0.34)],
        [(0.9, 0.04), (1.12, -0.34)],
    ],
}
_WEIGHTS = {StampKind.BREATH: 0.16, StampKind.CAESURA: 0.1, StampKind.GLASSES: 0.11}
