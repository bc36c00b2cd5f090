"""The truth of a benchmark case: for each score onset, when it was played and where it is printed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf

from livefollow.errors import LivefollowError
from livefollow.train.data.cases.scanned_pages import Skew
from livefollow.train.data.engraving.vector_staves import VectorSystem, vector_systems
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.performance import PerformedJump, Played
from livefollow.train.data.performance.soloist import SoloPart
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.data.sound.sampler import SamplerNote

TRUTH = ["onset_s", "page", "system", "x_pt", "y_pt", "system_top_pt", "system_bottom_pt"]
TICK = 1 / 960  # quarter notes within which two onsets are one
BETWEEN_QUARTERS = 4  # between two scores in the score MIDI
FURTHEST = 10.0  # staff spaces between a head and its system


@dataclass(frozen=True)
class TruthRow:
    """A row of `truth.csv`: a score onset, when it was played and where it is printed (points, counts from 1)."""

    onset_s: float
    page: int
    system: int
    x_pt: float
    y_pt: float
    system_top_pt: float
    system_bottom_pt: float

    def cells(self) -> list[str]:
        """The row's cells, formatted for the CSV."""
        places = (self.x_pt, self.y_pt, self.system_top_pt, self.system_bottom_pt)
        return [f"{self.onset_s:.3f}", str(self.page), str(self.system), *(f"{value:.2f}" for value in places)]

    def moved(self, skew: Skew) -> TruthRow:
        """The same on a page that was scanned askew; the system's edges are those at the onset."""
        x, y = skew(self.x_pt, self.y_pt)
        _, top = skew(self.x_pt, self.system_top_pt)
        _, bottom = skew(self.x_pt, self.system_bottom_pt)
        return replace(self, x_pt=x, y_pt=y, system_top_pt=top, system_bottom_pt=bottom)


@dataclass(frozen=True, eq=False)
class Book:
    """Scores that are bound into one PDF, each with a look of it and the look's own PDF."""

    musics: list[Music]
    looks: list[ScoreLook]
    pdfs: list[Path]

    @cached_property
    def pages(self) -> list[int]:
        """Of each score, the number of pages before its first one."""
        return [0, *accumulate(len(systems_of(pdf)) for pdf in self.pdfs[:-1])]

    @cached_property
    def begins(self) -> list[float]:
        """Of each score, the quarter notes before it in the book's score MIDI."""
        return [0.0, *accumulate(math.ceil(music.end) + float(BETWEEN_QUARTERS) for music in self.musics[:-1])]


@dataclass(frozen=True, eq=False)
class CasePerformance:
    """One performance of a case: several may be played one after the other, of the scores of a book."""

    music: Music
    look: ScoreLook
    pdf: Path
    played: Played
    after_s: float  # by which the performance is later than `played` says
    pages: int  # before the score's first one
    begin: float  # quarter notes before it in the case's score MIDI
    entry: str = ""  # how it follows on the part before: back, skip, or nothing where the player just goes on
    solo: SoloPart | None = None  # what others play beside it

    def keys(self) -> npt.NDArray[Any]:
        """Keys pressed, in seconds of the case."""
        keys = self.played.keys.copy()
        keys["onset_s"] += self.after_s
        keys["offset_s"] += self.after_s
        return keys

    def others(self) -> list[list[SamplerNote]]:
        """What others play, staff by staff, in seconds of the case."""
        staves = self.solo.staves if self.solo else []
        return [[replace(n, onset=n.onset + self.after_s) for n in notes] for notes in staves]

    def onsets(self) -> list[tuple[float, float]]:
        """Quarter notes and seconds of each score onset, the others' between the piano's, in the order played."""
        onsets = [(float(o["quarter"]), float(o["onset_s"])) for o in self.played.onsets]
        if self.solo is None:
            return onsets
        return sorted(onsets + [(float(o["quarter"]), float(o["onset_s"])) for o in self.solo.onsets])

    def jumps(self) -> list[PerformedJump]:
        """Jumps, in seconds of the case."""
        first = [PerformedJump(float(self.played.onsets["onset_s"][0]), self.entry)] if self.entry else []
        return [replace(jump, t=jump.t + self.after_s) for jump in (*first, *self.played.jumps)]

    def pauses(self) -> list[tuple[float, float]]:
        """Pauses, in seconds of the case."""
        return [(t + self.after_s, length) for t, length in self.played.pauses]


def parts_of(book: Book, played: Sequence[tuple[int, Played]], gaps: Sequence[float]) -> list[CasePerformance]:
    """Arrange performances one after the other.

    Args:
        book: the scores.
        played: in the order played, the number of the score from 0, and its performance.
        gaps: seconds of silence after each performance.
    """
    parts: list[CasePerformance] = []
    after, last = 0.0, (-1, math.inf)  # where the part before broke off
    for (number, performance), gap in zip(played, gaps, strict=True):
        # The performance begins with a silence of its own.
        shift = after - float(performance.onsets["onset_s"][0]) if parts else 0.0
        music, look, pdf = book.musics[number], book.looks[number], book.pdfs[number]
        place = number, float(performance.onsets["quarter"][0])
        goes_on = number == last[0] + 1 and place[1] <= min(n.onset for n in music.notes if not n.grace) + TICK
        entry = "" if not parts or goes_on else "back" if place <= last else "skip"
        parts.append(
            CasePerformance(music, look, pdf, performance, shift, book.pages[number], book.begins[number], entry)
        )
        last = number, float(performance.onsets["quarter"][-1])
        after = performance.end_s + shift + gap
    return parts


def truth_rows(parts: Sequence[CasePerformance]) -> list[TruthRow]:
    """Where each score onset is printed, in the order played; heads of one onset are merged.

    Onsets of which no head was placed in the look are left out.

    Raises:
        LivefollowError: heads lie in no system of the PDF.
    """
    rows = []
    for part in parts:
        places = _places(part)
        for quarter, onset_s in part.onsets():
            place = places.get(round(quarter / TICK))
            if place:
                rows.append(replace(place, onset_s=onset_s + part.after_s))
    return rows


def staff_space(pdf: Path) -> float:
    """Median staff space of a PDF's staves, points.

    Raises:
        LivefollowError: it has no staves.
    """
    spaces = [staff.space for page in systems_of(pdf) for system in page for staff in system.staves]
    if not spaces:
        raise LivefollowError(f"{pdf} has no staves")
    return median(spaces)


@cache
def systems_of(pdf: Path) -> list[list[VectorSystem]]:
    """The systems of an engraved PDF, page by page."""
    with pymupdf.open(pdf) as document:  # type: ignore[no-untyped-call, unused-ignore]
        return [vector_systems(page) for page in document]


def _places(part: CasePerformance) -> dict[int, TruthRow]:
    """Onset in ticks → where it is printed; its second is not set."""
    heads = np.concatenate([part.look.heads, part.look.others])
    struck = heads[(heads["grace"] == 0) & ~heads["tied"]]
    by_onset: dict[int, list[Any]] = defaultdict(list)
    for head in struck:
        by_onset[round(float(head["onset"]) / TICK)].append(head)
    systems = systems_of(part.pdf)
    places = {}
    for tick, group in by_onset.items():
        # Cue notes stand a little off, others' heads are not the pianist's; they count where there is nothing else.
        chosen = [head for head in group if head["staff"] >= 0] or group
        chosen = [head for head in chosen if not head["cue"]] or chosen
        page, number = min((int(head["page"]), int(head["system"])) for head in chosen)
        chosen = [head for head in chosen if (head["page"], head["system"]) == (page, number)]
        x, y = (median(float(head[name]) for head in chosen) for name in ("x_pt", "y_pt"))
        system = _system(systems[page - 1], number, y, part.pdf)
        places[tick] = TruthRow(0.0, page + part.pages, number, x, y, system.top, system.bottom)
    return places


def _system(systems: list[VectorSystem], number: int, y: float, pdf: Path) -> VectorSystem:
    if number > len(systems):
        raise LivefollowError(f"{pdf.name}: a page has {len(systems)} systems, but heads in system {number}")
    system = systems[number - 1]
    reach = FURTHEST * system.staves[0].space
    if not system.top - reach < y < system.bottom + reach:
        raise LivefollowError(f"{pdf.name}: a head at {y:.0f} pt is not in system {number}")
    return system
