"""Align an engraved PDF and the places of its signs with the app's strip, to a `ScoreLook`.

Pages are rasterised, systems found and the strip cut by `livefollow.score`, as for any PDF of a user; only then is the
truth, in points of the page, mapped onto that strip. What the app does not see is missing, not filled in.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, STAFF_SPACE
from livefollow.score.score import Score
from livefollow.score.strip import MIDDLE_ROW, Placement, Strip
from livefollow.train.data.score_look import BAR_LINE, HEAD, MARK, ScoreLook

STAFF_MISS = 1.0  # staff spaces between the middle line an engraver says and the one the app found
ROW_MISS = 0.23 * STAFF_SPACE  # px that a head may be off its line or space: less than half of the way to the next
BACKWARDS = 0.3 * STAFF_SPACE  # px by which a chord with seconds may reach back before the one before it
SAME_MARK = 0.6 * STAFF_SPACE  # px within which bar lines of two staves are one
FEWEST_PLACED = 0.98  # share of heads on the piano's staves that must be on the strip
FEWEST_ALIGNED = 0.98  # of these, share that must be aligned; one may always be off


class MisalignedError(Exception):
    """The truth does not fit what the app sees; the message is the cause in a few words."""


@dataclass(frozen=True)
class Head:
    """A printed notehead. Quarter notes from the piece's beginning; page from 0; points from its top left."""

    onset: float
    grace: float
    duration: float
    pitch: int
    step: int  # diatonic, any origin
    tied: bool
    cue: bool
    page: int
    x: float
    y: float
    staff_y: float  # of the middle line of its staff


@dataclass(frozen=True)
class Sign:
    """A bar line, or the right end of clef, key or time signature at a system's begin, on one staff; points."""

    page: int
    x: float
    staff_y: float
    kind: int = BAR_LINE


@dataclass(frozen=True)
class Engraving:
    """A PDF and the places of its signs.

    Attributes:
        path: the PDF.
        heads: noteheads on any staff.
        marks: bar lines, those of each staff.
        prefixes: right edges of clefs, key and time signatures at the begins of systems.
    """

    path: Path
    heads: list[Head]
    marks: list[Sign] = field(default_factory=list)
    prefixes: list[Sign] = field(default_factory=list)


@dataclass(frozen=True)
class Alignment:
    """How well the truth fits what the app sees; counts of heads on the piano's staves.

    Attributes:
        pages: of the PDF.
        heads: all.
        placed: of these, on the strip.
        timely: of these, x rises with time in their system.
        fitting: of those placed, on a line or space, and one that the clef in force there gives their pitch.
        aligned: both.
        cut: outside the band (too far above or below the staff).
    """

    pages: int
    heads: int
    placed: int
    timely: int
    fitting: int
    aligned: int
    cut: int

    def check(self) -> None:
        """Raise MisalignedError if the share placed or aligned is too small."""
        if self.heads == 0 or self.placed < FEWEST_PLACED * self.heads:
            raise MisalignedError("staves not found")
        allowed = max(1.0, (1 - FEWEST_ALIGNED) * self.placed)
        if self.placed - self.timely > allowed:
            raise MisalignedError("x does not rise with time")
        if self.placed - self.aligned > allowed:
            raise MisalignedError("heads off their lines")


def read_look(engraving: Engraving) -> tuple[ScoreLook, Alignment, list[int]]:
    """Read a PDF as the app does and map the truth onto its strip.

    Returns:
        The look; how well it fits; and for each of the engraving's heads the band it is in, -1 where in none.

    Raises:
        ScoreError: the app cannot read the PDF.
        MisalignedError: no system was found.
    """
    with tempfile.TemporaryDirectory() as corrections, Score(engraving.path, data=Path(corrections)) as score:
        pages = sum(1 for _ in score.read())
        strip = score.strip
    if not strip.placements:
        raise MisalignedError("staves not found")
    index = _Index(strip)
    rows, others, bands = [], [], []
    for head in engraving.heads:
        found = index.find(head.page, head.staff_y, head.x)
        bands.append(found[1] if found else -1)
        if found and found[1] >= 0:
            rows.append((*_placed(head, *found), head.step))
        elif found:
            others.append(_placed(head, *found))
    heads = np.array([r[:-1] for r in rows], HEAD)
    steps = np.array([r[-1] for r in rows], int)
    order = np.argsort(heads["x"], kind="stable")
    heads, steps = heads[order], steps[order]
    timely, fitting = _timely(heads), _fitting(heads, steps)
    alignment = Alignment(
        pages,
        len(engraving.heads) - len(others),
        len(heads),
        int(timely.sum()),
        int(fitting.sum()),
        int((timely & fitting).sum()),
        int(((heads["row"] < 0) | (heads["row"] >= BAND_HEIGHT)).sum()),
    )
    look = ScoreLook(
        strip.bands,
        strip.image,
        np.array([(p.system.page, p.number, p.x0, p.x1) for p in strip.placements], np.int32),
        heads,
        _marks(engraving.marks, index),
        _prefixes(engraving.prefixes, index, strip),
        np.sort(np.array(others, HEAD), order="x"),
    )
    return look, alignment, bands


class _Index:
    """Finds the placement of the staff that an engraver means."""

    def __init__(self, strip: Strip) -> None:
        self._pages: dict[int, list[Placement]] = defaultdict(list)
        for place in strip.placements:
            self._pages[place.system.page].append(place)

    def find(self, page: int, staff_y: float, x: float) -> tuple[Placement, int] | None:
        """Find the placement and band (-1: no staff of the piano) of a staff, None where the app found none."""
        best, found = STAFF_MISS, None
        for place in self._pages.get(page + 1, []):
            for i, staff in enumerate(place.system.staves):
                miss = abs(float(staff.line(0, x)) - staff_y) / staff.staff_space
                beside = max(staff.left - x, x - staff.right, 0.0) / staff.staff_space > 2
                if miss < best and not beside:
                    piano = place.system.piano
                    best, found = miss, (place, piano.index(i) if i in piano else -1)
        return found


def _placed(head: Head, place: Placement, band: int) -> tuple[Any, ...]:
    """The head as a row of HEAD."""
    return (
        float(place.from_page(head.x, head.y)),
        band,
        float(place.band_row(band, head.x, head.y)) if band >= 0 else float("nan"),
        head.pitch,
        head.onset,
        head.grace,
        head.duration,
        head.tied,
        head.cue,
        place.system.page,
        place.number,
        head.x,
        head.y,
    )


def _timely(heads: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Mark the heads that stand to the right of all that sounds before them in their system."""
    good = np.ones(len(heads), bool)
    for members in _groups(heads, "page", "system"):
        moments: dict[tuple[float, float], list[int]] = defaultdict(list)
        for i in members:
            moments[float(heads["onset"][i]), float(heads["grace"][i])].append(i)
        columns = [moments[m] for m in sorted(moments)]
        x = np.array([np.median(heads["x"][c]) for c in columns])
        # A column out of place is one fault, not the fault of all that come after it.
        chain = _longest_rise(x)
        for k, column in enumerate(columns):
            good[column] = k in chain
    return good


def _longest_rise(x: npt.NDArray[np.float64]) -> set[int]:
    """Find the indices of a longest subsequence that rises (up to BACKWARDS)."""
    length, before = [1] * len(x), [-1] * len(x)
    for i in range(len(x)):
        near = range(max(0, i - 60), i)
        for j in near:
            if x[j] < x[i] + BACKWARDS and length[j] + 1 > length[i]:
                length[i], before[i] = length[j] + 1, j
    chain: set[int] = set()
    at = int(np.argmax(length)) if len(x) else -1
    while at >= 0:
        chain.add(at)
        at = before[at]
    return chain


def _fitting(heads: npt.NDArray[Any], steps: npt.NDArray[np.int_]) -> npt.NDArray[np.bool_]:
    """Mark the heads that lie on the line or space that their pitch has in the clef of their neighbours.

    The distance of a head's diatonic step from its place on the staff is the clef's (or octave line's): it is shared
    by at least one other head of that staff and system, or the head stands alone.
    """
    place = (MIDDLE_ROW + 0.5 - heads["row"]) / (STAFF_SPACE / 2)  # half spaces above the middle line
    position = np.round(place).astype(int)
    good = np.abs(place - position) * (STAFF_SPACE / 2) < ROW_MISS
    for members in _groups(heads, "page", "system", "staff"):
        clefs = steps[members] - position[members]
        counts = Counter(clefs.tolist())
        if len(members) > 3:
            good[members] &= np.array([counts[c] > 1 for c in clefs.tolist()])
    return good


def _groups(heads: npt.NDArray[Any], *names: str) -> list[npt.NDArray[np.int_]]:
    """Group the indices of heads that agree in these fields."""
    members: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, key in enumerate(zip(*(heads[name].tolist() for name in names), strict=True)):
        members[key].append(i)
    return [np.array(m, int) for m in members.values()]


def _marks(signs: Sequence[Sign], index: _Index) -> npt.NDArray[Any]:
    """Place bar lines on the strip, those of a system's staves merged."""
    found = sorted(
        (sign.kind, float(place.from_page(sign.x, sign.staff_y)))
        for sign in signs
        if (at := index.find(sign.page, sign.staff_y, sign.x)) and (place := at[0])
    )
    marks: list[tuple[float, int]] = []
    for kind, x in found:
        if not (marks and marks[-1][1] == kind and x - marks[-1][0] < SAME_MARK):
            marks.append((x, kind))
    return np.sort(np.array(marks, MARK), order="x")


def _prefixes(signs: Sequence[Sign], index: _Index, strip: Strip) -> npt.NDArray[np.float32]:
    """Measure the prefix of each system, from its left end to the rightmost of its signs."""
    right: Callable[[Placement], float] = lambda place: place.x0 + STAFF_SPACE  # noqa: E731
    ends = {id(place): right(place) for place in strip.placements}
    for sign in signs:
        at = index.find(sign.page, sign.staff_y, sign.x)
        if at:
            place = at[0]
            ends[id(place)] = max(ends[id(place)], float(place.from_page(sign.x, sign.staff_y)))
    return np.array([(right(p), ends[id(p)]) for p in strip.placements], np.float32).reshape(-1, 2)
