"""Systems on pages with lines, frames, pencil, and several pages on a sheet.

A kind takes a clean page of a typeset test score and a seed, and gives the page that it makes of it with its systems in
the order in which they are played. A page is right when as many systems are found, in this order, each with as many
staves, their lines within half a staff space and their ends within one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from livefollow.score.systems import find_systems
from tests.benchmarks.score.troubled.trial import DATA, Trial, Trials
from tests.troubled import (
    Sheet,
    blank_sheet,
    box,
    circle,
    clean_sheet,
    frame,
    landscape,
    line,
    part,
    pasted,
    shadow,
    stroke,
    two_up,
)
from tests.warped import Warp, skew

SCORES = ["piano", "verovio", "musescore", "song"]  # of tests/data, with three systems on page 1 at least
Kind = Callable[[Sheet, int], Sheet]


def _random(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _left(sheet: Sheet) -> float:
    return min(t.left for t in sheet.truth)


def _right(sheet: Sheet) -> float:
    return max(t.right for t in sheet.truth)


def line_at_left(sheet: Sheet, seed: int) -> Sheet:
    away = _random(seed).uniform(0.3, 2.4) * sheet.truth[0].space
    return line(sheet, _left(sheet) - away, _random(seed + 1).uniform(0.4, 1.5))


def frame_round_page(sheet: Sheet, seed: int) -> Sheet:
    away = _random(seed).uniform(0.5, 2.5) * sheet.truth[0].space
    right = min(_right(sheet) + away, sheet.page.width - 1)
    width = _random(seed + 1).uniform(0.5, 4)
    return frame(sheet, _left(sheet) - away, 6, right, sheet.page.height - 6, width)


def black_edge(sheet: Sheet, seed: int) -> Sheet:
    away = _random(seed).uniform(0.2, 2) * sheet.truth[0].space
    if seed % 3 == 0:
        right = _right(sheet) + away
        return line(sheet, right, sheet.page.width - right)
    edged = line(sheet, 0, _left(sheet) - away)
    return line(edged, _right(sheet) + away, 200) if seed % 3 == 1 else edged


def top_edge(sheet: Sheet, seed: int) -> Sheet:
    def draw(image: np.ndarray) -> None:
        image[: sheet.px(sheet.truth[0].staves[0][0] - 25)] = 20

    return line_at_left(sheet, seed).drawn(draw)


def fold_shadow(sheet: Sheet, seed: int) -> Sheet:
    return shadow(sheet, _left(sheet) - _random(seed).uniform(-5, 15), _random(seed + 1).uniform(4, 40), 160)


def streaks(sheet: Sheet, seed: int) -> Sheet:
    for x in _random(seed).uniform(_left(sheet) - 5, _right(sheet), 3):
        sheet = line(sheet, float(x), 0.5)
    return sheet


def streak_through_clef(sheet: Sheet, seed: int) -> Sheet:
    return line(sheet, _left(sheet) + _random(seed).uniform(0, 3) * sheet.truth[0].space, 0.6)


def box_round_two(sheet: Sheet, seed: int) -> Sheet:
    return box(sheet, 1, 2, _random(seed).uniform(0.6, 3))


def boxes_round_one_and_three(sheet: Sheet, seed: int) -> Sheet:
    sheet = box(sheet, 0, 0, _random(seed).uniform(0.6, 2))
    return box(sheet, len(sheet.truth) - 3, len(sheet.truth) - 1, _random(seed).uniform(0.6, 2.5))


def box_round_bars(sheet: Sheet, seed: int) -> Sheet:
    """Of two systems, its sides somewhere among the notes."""
    upper, lower = sheet.truth[1:3]
    left, right = np.sort(_random(seed).uniform(upper.left, upper.right, 2))
    away = _random(seed + 1).uniform(0, 2) * upper.space
    return frame(sheet, left, upper.staves[0][0] - away, right, lower.staves[-1][1] + away)


def cut_strokes(sheet: Sheet, seed: int) -> Sheet:
    """Vi-de: two or three strokes through two systems and a bracket in the margin."""
    upper, lower = sheet.truth[1:3]
    rng = _random(seed)
    for x in rng.uniform(upper.left + 40, upper.right, 2 + seed % 2):
        over, under = rng.uniform(0, 2, 2) * upper.space
        slant = rng.uniform(-1, 1)
        sheet = stroke(sheet, (x, upper.staves[0][0] - over), (x + slant, lower.staves[-1][1] + under))
    x = max(3.0, lower.left - rng.uniform(0.5, 2) * upper.space)
    return stroke(sheet, (x, upper.staves[-1][0]), (x, lower.staves[0][1]))


def margin_bracket(sheet: Sheet, seed: int) -> Sheet:
    upper, lower = sheet.truth[1:3]
    x = max(3.0, lower.left - _random(seed).uniform(0.3, 2.3) * upper.space)
    over = _random(seed + 1).uniform(-1, 2) * upper.space
    return stroke(sheet, (x, upper.staves[0][0] - over), (x, lower.staves[-1][1] + over))


def circles_and_lines(sheet: Sheet, seed: int) -> Sheet:
    upper, lower = sheet.truth[1:3]
    rng = _random(seed)
    for first, last in ((upper, upper), (upper, lower), (lower, lower)):
        x = rng.uniform(first.left, first.right)
        far = rng.uniform(0, 3) * first.space
        sheet = circle(sheet, x, first.staves[0][0] - far, last.staves[-1][1] + far, rng.uniform(30, 120))
    a, b = rng.uniform(upper.left, upper.right, 2)
    return stroke(sheet, (a, upper.staves[-1][1]), (b, lower.staves[0][0]))


def _half(sheet: Sheet, drop: int = 0) -> Sheet:
    """The sheet without its last `drop` systems."""
    if not drop:
        return sheet
    first = sheet.truth[-drop].staves[0][0] - 4 * sheet.truth[0].space

    def draw(image: np.ndarray) -> None:
        image[sheet.px(first) :] = 255

    return replace(sheet.drawn(draw), truth=sheet.truth[:-drop])


def spread(sheet: Sheet, seed: int) -> Sheet:
    """Two pages on one sheet, the right one lower and with fewer systems."""
    return two_up(sheet, _half(sheet, seed % 3), _random(seed).uniform(5, 45))


def spread_aligned(sheet: Sheet, seed: int) -> Sheet:
    return two_up(sheet, _half(sheet, seed % 2))


def spread_small(sheet: Sheet, seed: int) -> Sheet:
    """Two pages reduced to one landscape sheet, the gutter a dark line, the scan a little askew."""
    both = two_up(_half(sheet, seed % 2), sheet, _random(seed).uniform(0, 30), _random(seed).uniform(0, 40))
    small = pasted(blank_sheet(842, 595, 2.78), both, 0, 0, 842 / both.page.width)
    return line(small, 421, 1.0)


def spread_dark_fold(sheet: Sheet, seed: int) -> Sheet:
    both = two_up(sheet, sheet, _random(seed).uniform(0, 40), 20)
    return shadow(both, both.page.width / 2, 12, 170)


def spread_half_empty(sheet: Sheet, seed: int) -> Sheet:
    empty = blank_sheet(sheet.page.width, sheet.page.height, sheet.page.scale)
    return two_up(sheet, empty) if seed % 2 else two_up(empty, sheet)


def landscape_page(sheet: Sheet, seed: int) -> Sheet:
    """One page as wide as two: not to be split."""
    return landscape(sheet)


def side_by_side(sheet: Sheet, seed: int) -> Sheet:
    """Short scores of one line each, left and right."""
    rng = _random(seed)
    out = blank_sheet(595, 842, 2.78)
    for row in range(5):
        a, b = (int(i) for i in rng.integers(0, len(sheet.truth), 2))
        y = 20 + 160 * row
        for x, index in ((rng.uniform(5, 15), a), (rng.uniform(315, 330), b)):
            zoom = 0.8
            width = zoom * (sheet.truth[index].right - sheet.truth[index].left)
            share = min(0.95, rng.uniform(190, 225) / width)
            out = pasted(out, part(sheet, index, share), x, y, zoom)
    return out


def coda_apart(sheet: Sheet, seed: int) -> Sheet:
    """The second system is set in two parts with a gap between them."""
    true = sheet.truth[1]
    gap = _random(seed).uniform(6, 12) * true.space
    parts = part(sheet, 1, 0.45), part(sheet, 1, 0.45)
    margin = 4 * true.space

    def draw(image: np.ndarray) -> None:
        image[sheet.px(true.staves[0][0] - margin) : sheet.px(true.staves[-1][1] + margin)] = 255

    y = true.staves[0][0] - margin
    x = true.left - margin
    left = pasted(replace(sheet.drawn(draw), truth=sheet.truth[:1]), parts[0], x, y)
    both = pasted(left, parts[1], x + 0.45 * (true.right - true.left) + gap, y)
    return replace(both, truth=both.truth + sheet.truth[2:])


def skewed_spread(sheet: Sheet, seed: int) -> Sheet:
    """As spread, and turned by half a degree: edges are not compared, only order and staves."""
    both = spread(sheet, seed)
    page, forward = Warp("skewed", skew(0.6 * (-1) ** seed)).apply(both.page)

    def moved(x: float, y: float) -> tuple[float, float]:
        x, y = forward(np.array([[x, y]]) * page.scale)[0] / page.scale
        return float(x), float(y)

    truth = []
    for t in both.truth:
        middle = (t.left + t.right) / 2
        staves = tuple((moved(middle, a)[1], moved(middle, b)[1]) for a, b in t.staves)
        height = (t.staves[0][0] + t.staves[-1][1]) / 2
        truth.append(replace(t, left=moved(t.left, height)[0], right=moved(t.right, height)[0], staves=staves))
    return Sheet(page, tuple(truth))


KINDS: dict[str, Kind] = {
    "line left of the staves": line_at_left,
    "frame round the page": frame_round_page,
    "black edge": black_edge,
    "black edge at the top and a line": top_edge,
    "fold shadow": fold_shadow,
    "three streaks": streaks,
    "streak through the clefs": streak_through_clef,
    "box round two systems": box_round_two,
    "boxes round one and three systems": boxes_round_one_and_three,
    "box round bars of two systems": box_round_bars,
    "cut strokes": cut_strokes,
    "bracket in the margin": margin_bracket,
    "circles, lines between systems": circles_and_lines,
    "two pages on a sheet": spread,
    "two pages, lines level": spread_aligned,
    "two pages, reduced, line in the gutter": spread_small,
    "two pages, dark fold": spread_dark_fold,
    "two pages, askew": skewed_spread,
    "two pages, one empty": spread_half_empty,
    "a landscape page": landscape_page,
    "short scores side by side": side_by_side,
    "coda apart on its line": coda_apart,
}


@cache
def _clean(name: str) -> Sheet:
    return clean_sheet(DATA, name)


def tried(name: str, sheet: Sheet, piano: tuple[int, ...] | None = None) -> Trial:
    """Find the systems of a sheet; `piano` is which of its staves are the piano's, where that counts as well."""
    start = time.process_time()
    found = find_systems(sheet.page)
    seconds = time.process_time() - start
    right = sheet.is_read(found) and (piano is None or all(s.piano == piano for s in found))
    return Trial(name, int(right), 1, seconds, () if right else ((sheet.page, found),))


def trials() -> dict[str, Trials]:
    """Every kind: one page of each score, each spoilt by a seed of its own."""

    def trials_of(kind: Kind) -> Trials:
        def made(_all: bool) -> Iterator[Trial]:
            for seed, name in enumerate(SCORES):
                yield tried(name, kind(_clean(name), seed))

        return made

    return {name: trials_of(kind) for name, kind in KINDS.items()}
