"""How soon a player is found where a link leads, and whether the page has been turned there, with it and without.

Reader and listener err as good ones do (`tests.simulated`). The refrain is printed twice, so that sound alone does not
say to which of the two a D.C. leads.

D.C., D.S. al Coda and verses, made up; two systems of four bars make a page.

    python -m tests.benchmarks.follow.linked [PER_FRAME ...]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.settings import DEFAULTS, Settings
from livefollow.follow.position import PLAYING, Estimate
from livefollow.score.links.ways import END, LAST_PASS, Link, PlayedWay, after
from livefollow.train.data.notation.music import Music
from livefollow.turning.goals import goal_of, page_finder
from livefollow.turning.single_page import decide
from livefollow.turning.types import TurnPoints, TurnState
from tests.performed import QUARTER_S, perform
from tests.pieces import etude
from tests.simulated import engraved, misread
from tests.turning.plays import Row

BARS, REFRAIN, AGAIN = 16, 4, 8  # bars of a piece, of its refrain, and before this comes again
SYSTEM, PAGE = 4, 8  # bars
PIECES = 5
STRENGTH = 1.0
LATE_S, GIVEN_UP_S = 0.1, 6.0  # for a note to be heard; after which a place counts as not found
NEAR_PX = 60.0
BEATS = 4

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LinkedCase:
    """A way through a piece, as bars from and to, and the links that ask for it."""

    name: str
    route: tuple[tuple[int, int], ...]
    links: Callable[[Callable[[int], float]], Sequence[Link]]


CASES = (
    LinkedCase(
        "D.C. al Fine",
        ((0, BARS), (0, 6)),
        lambda at: [Link(at(BARS), at(0), sure=True), Link(at(6), END, LAST_PASS, sure=True)],
    ),
    LinkedCase(
        "D.S. al Coda",
        ((0, 12), (2, 6), (12, BARS)),
        lambda at: [Link(at(12), at(2), sure=True), Link(at(6), at(12), LAST_PASS, sure=True)],
    ),
    LinkedCase("not taken", ((0, BARS),), lambda at: [Link(at(12), at(2), sure=True), Link(at(6), at(10), sure=True)]),
    LinkedCase("three verses", ((0, 7), (1, 7), (1, 7), (7, BARS)), lambda at: [Link(at(7), at(1), 2, sure=True)]),
)


def piece(seed: int) -> Music:
    """An etude whose first bars come again."""
    music = etude(BARS, seed=seed)
    refrain = [n for n in music.notes if n.onset < BEATS * REFRAIN]
    shift = BEATS * AGAIN
    others = [n for n in music.notes if not shift <= n.onset < shift + BEATS * REFRAIN]
    again = [replace(n, onset=n.onset + shift) for n in refrain]
    return replace(music, notes=sorted([*others, *again], key=lambda n: (n.onset, n.pitch)))


def lags(case: LinkedCase, seed: int, linked: bool, settings: Settings) -> tuple[list[float], float, list[float]]:
    """Seconds after the first note of each jump until its place is shown; share of all notes on which it is right.

    And, of the jumps to another page, seconds until that is shown; negative where it was shown before.
    """
    music = piece(seed)
    reading = misread(engraved(music)[0], np.random.default_rng(seed), STRENGTH)
    bar_x = [float(mark["x"]) for mark in engraved(music)[0].marks]
    route = [(float(BEATS * a), float(BEATS * b)) for a, b in case.route]
    heard = perform(music, route, [1.0] + [0.0] * (len(route) - 1), STRENGTH)
    localizer = Localizer(reading, settings)
    at_bar = [*bar_x, float(reading.x[-1]) + NEAR_PX]
    links = tuple(case.links(lambda bar: at_bar[bar])) if linked else ()
    localizer.lead(links)
    estimates = [localizer.step(o, s, float(level)) for o, s, level in zip(*heard.frames, strict=True)]
    shown = np.array([estimate.x for estimate in estimates])
    pages = pages_shown(estimates, links, at_bar)
    out: list[float] = []
    turns: list[float] = []
    now = 1.0
    for (a, b), later in zip(route, [*route[1:], None], strict=True):
        now += (b - a) * QUARTER_S
        if later:
            out.append(_found(shown, heard.onset_s, heard.x, now))
            page = 1 + int(later[0] // (BEATS * PAGE))
            if page != 1 + int((b - 1) // (BEATS * PAGE)):
                turns.append(_turned(pages, page, now))
    at = np.minimum(len(shown) - 1, ((heard.onset_s + LATE_S) * FPS).astype(int) - 1)
    return out, float(np.mean(np.abs(shown[at] - heard.x) < NEAR_PX)), turns


def pages_shown(estimates: Sequence[Estimate], links: Sequence[Link], at_bar: Sequence[float]) -> list[int]:
    """The page that is shown after each frame, of single pages."""
    edges = [0.0, *(at_bar[bar] for bar in range(PAGE, BARS + 1, PAGE))]
    points = {page: TurnPoints(at_bar[PAGE * page - SYSTEM], end) for page, end in enumerate(edges[1:], 1)}
    page_at = page_finder(edges[:-1], sorted(points))
    state, way, out = TurnState(), PlayedWay(), []
    for k, estimate in enumerate(estimates):
        x = estimate.x
        if estimate.state in PLAYING:
            way = after(way, x, links)
        row = Row((k + 1) / FPS, page_at(x), x, estimate.confidence, estimate.state)
        state, _ = decide(state, row, points, goal=goal_of(way, x, links, page_at))
        out.append(state.shown)
    return out


def _turned(pages: Sequence[int], page: int, jump_s: float) -> float:
    """Seconds after a jump from which on its page is shown."""
    first = int(jump_s * FPS)
    there = next((k for k in range(first, min(len(pages), first + int(GIVEN_UP_S * FPS))) if pages[k] == page), None)
    if there is None:
        return GIVEN_UP_S
    while there and pages[there - 1] == page:
        there -= 1
    return there / FPS - jump_s


def _found(shown: FloatArray, onset_s: FloatArray, x: FloatArray, jump_s: float) -> float:
    for frame in range(int((jump_s + LATE_S) * FPS), min(len(shown), int((jump_s + GIVEN_UP_S) * FPS))):
        time_s = (frame + 1) / FPS
        true = x[max(0, int(np.searchsorted(onset_s, time_s - LATE_S, side="right")) - 1)]
        if abs(shown[frame] - true) < NEAR_PX:
            return time_s - jump_s
    return GIVEN_UP_S


def main(chances: Sequence[float]) -> None:
    """Print a row for each case, without links and with each chance per frame."""
    print(
        f"{'case':<14} {'links':<9} {'median s':>8} {'mean s':>7} {'within 1 s':>10} {'right notes':>11} turned in time"
    )
    for case in CASES:
        for chance in (None, *chances):
            transition = replace(DEFAULTS.transition, link=chance or DEFAULTS.transition.link)
            done = [
                lags(case, seed, chance is not None, replace(DEFAULTS, transition=transition)) for seed in range(PIECES)
            ]
            found = np.array([lag for some, _, _ in done for lag in some])
            right = np.mean([share for _, share, _ in done])
            turns = [late for _, _, some in done for late in some]
            name = "none" if chance is None else f"{chance:g}"
            row = f"{np.median(found):8.2f} {found.mean():7.2f} {(found <= 1).mean():10.2f}" if len(found) else 27 * " "
            turned = f"{sum(late <= 0 for late in turns)} of {len(turns)}, mean {np.mean(turns):.1f} s" if turns else ""
            print(f"{case.name:<14} {name:<9} {row} {right:11.3f} {turned}", flush=True)


if __name__ == "__main__":
    main([float(word) for word in sys.argv[1:]] or [DEFAULTS.transition.link])
