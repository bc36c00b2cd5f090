"""Number the bars: found between the reader's bar lines, counted, and corrected by printed or told numbers.

A first bar is an upbeat, and not counted, where the note values around it are read well enough to say so; what a repeat
or a line's end cuts from a bar goes on with its number. Numbers printed at the systems win where they agree with each
other, and the player's word wins over both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from livefollow.score.printed_bars import agreed
from livefollow.score.printed_numbers import SystemNumber
from livefollow.score.reading import BAR_LINE, FINAL, REPEAT_END, REPEAT_START, Reading

PRESENT = 0.5  # probability from which a bar line counts
SAME_LINE_PX = 25.0  # strip px: lines nearer to each other with nothing between are one: a double bar, a repeat
EMPTY_PX = 32.0  # strip px from which a stretch in which nothing is struck is a bar: of rests, or of tied notes
PREFIX_PX = 60.0  # strip px that clef and key take at the beginning of a system
AROUND = 8  # bars on either side that tell how long a bar is
EVEN = 0.12  # of the usual length: bars that differ by less are of that length
EXACT = 0.04  # of the usual length: the same where only a bar line stands between two parts
SECTION = 0.35  # of the usual length: the longest upbeat after a double bar
READ_WELL = 0.6  # share of the bars around that must be of the usual length, for a shorter one to be believed
SHORTER = 0.85  # of the usual length: what is shorter may be an upbeat, or a part of a bar
ONE_SHORTER = 0.45  # of the usual length: the same of a first bar of one note
AS_SHORT = 2  # other bars as short as the first one: it is no upbeat
LEAD_PX = 55.0  # strip px more before the first note than in other systems: a rest stands there, not an upbeat


class ToldNumber(NamedTuple):
    """A bar number that the player has told: that of the bar at strip x."""

    x: float
    number: int


@dataclass(frozen=True)
class _Stretch:
    """The music between two bar lines.

    Attributes:
        x: strip px of its first event, or of the line before it where there is none.
        beats: of its events, quarter notes.
        events: how many there are.
        system: index of the placement.
        cut: whether it may be the rest of a bar: a repeat, or the system's beginning, stands before it.
        marked: whether a repeat or a final bar line does.
        fresh: whether a final bar line stands before it.
    """

    x: float
    beats: float
    events: int
    system: int
    cut: bool
    marked: bool
    fresh: bool


class Bars:
    """The bars of a score, as far as it has been read.

    Attributes:
        known: whether there are bar lines; without them there is one long bar, and nothing to count.
        starts: (N,) strip px of the first event of each bar, or part of a bar.
        numbers: (N,) of each; 0 is an upbeat. Rising, unless the score starts a new count.
    """

    def __init__(
        self,
        reading: Reading,
        systems: Sequence[float] = (0.0,),
        printed: Sequence[SystemNumber] = (),
        said: Sequence[ToldNumber] = (),
        endings: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Find the bars and number them.

        Args:
            reading: whose marks of any kind are bar lines; double bars and repeats end bars too.
            systems: strip px of the left end of each, rising.
            printed: what may be numbers of the systems' first bars.
            said: by the player, in the order said: the last one of a bar counts.
            endings: see `endings.find_endings`; a second one has the numbers of the first one.
        """
        stretches = _stretches(reading, np.asarray(systems if len(systems) else (0.0,), np.float64))
        self.known = bool((reading.marks["p"] >= PRESENT).any())
        self.starts: npt.NDArray[np.float64] = np.array([s.x for s in stretches])
        self._begins = _begins(stretches)
        counted = (
            np.cumsum(self._begins) - int(_is_upbeat(stretches, self._begins, reading, systems))
            if stretches
            else np.empty(0)
        )
        counted = counted.astype(np.int64)
        fresh = np.array([s.fresh for s in stretches], bool)
        system = np.array([s.system for s in stretches], np.int64)
        once = counted
        for first, second in endings:
            once = self._once(once, first, second)
        # Most editions count two endings once; those that count on are believed where their numbers say so.
        found = [agreed(way, self._begins, system, fresh, printed) for way in (once, counted)]
        numbers = max(found, key=lambda each: each.votes).numbers
        self.numbers: npt.NDArray[np.int64] = self._corrected(numbers, said)

    def at(self, x: float) -> int:
        """The number of the bar at strip x."""
        return int(self.numbers[self._index(x)]) if len(self.numbers) else 1

    def start(self, number: int, near: float = 0.0) -> float:
        """Find the strip x of the first event of a bar.

        Args:
            number: of the bar.
            near: strip x; of several bars with that number the nearest one is meant.

        Raises:
            LookupError: there is no such bar, or it has not been read yet.
        """
        found = self.starts[(self.numbers == number) & self._begins]
        if not len(found):
            raise LookupError(f"there is no bar {number}")
        return float(found[np.argmin(np.abs(found - near))])

    def _index(self, x: float) -> int:
        return max(0, int(np.searchsorted(self.starts, x, side="right")) - 1)

    def _once(self, counted: npt.NDArray[np.int64], first: float, second: float) -> npt.NDArray[np.int64]:
        """Give a second ending the numbers of the first one."""
        a, b = np.searchsorted(self.starts, [first, second])
        if not a < b < len(counted):
            return counted
        return np.where(np.arange(len(counted)) >= b, counted - counted[b] + counted[a], counted)

    def _corrected(self, numbers: npt.NDArray[np.int64], said: Sequence[ToldNumber]) -> npt.NDArray[np.int64]:
        """Correct the numbers by the player's, each from its bar on to the next bar that the player has numbered.

        They count for the bars before it too where the first one then is an upbeat or bar 1: all were off by one.
        """
        out = numbers.copy()
        by_bar = {self._index(x): number for x, number in said} if len(numbers) else {}
        for k, (index, number) in enumerate(sorted(by_bar.items())):
            shift = number - out[index]
            everywhere = k == 0 and out[0] + shift in (0, 1)
            out[0 if everywhere else index :] += shift
        return out


def _stretches(reading: Reading, systems: npt.NDArray[np.float64]) -> list[_Stretch]:
    """Cut the music of each system at its bar lines, in order."""
    marks = reading.marks[reading.marks["p"] >= PRESENT]
    out: list[_Stretch] = []
    fresh = False
    ends = np.append(systems[1:], np.inf)
    for index, (left, right) in enumerate(zip(systems.tolist(), ends.tolist(), strict=True)):
        of = (reading.x >= left) & (reading.x < right)
        x, beats = reading.x[of], reading.beats[of]
        here = marks[(marks["x"] >= left) & (marks["x"] < right)]
        lines = [left, *here["x"].tolist(), right]
        kinds = [-1, *here["kind"].tolist(), -1]
        cut, marked = True, False  # a line's beginning may stand within a bar
        begun = left
        for k in range(len(lines) - 1):
            inside = (x >= lines[k]) & (x < lines[k + 1])
            kind, following = kinds[k], kinds[k + 1]
            if k and lines[k] - begun > SAME_LINE_PX:
                cut, marked, begun = False, False, lines[k]
            marked = marked or kind in (REPEAT_START, REPEAT_END, FINAL)
            fresh = fresh or kind == FINAL
            first = k == 0
            width = lines[k + 1] - lines[k]
            empty = following in (BAR_LINE, REPEAT_END, FINAL) and width >= EMPTY_PX + (PREFIX_PX if first else 0.0)
            if inside.any() or (empty and len(x) > 0):
                at = float(x[inside][0]) if inside.any() else lines[k] + (PREFIX_PX if first else 0.0)
                out.append(
                    _Stretch(
                        at, float(beats[inside].sum()), int(inside.sum()), index, cut or marked, marked or fresh, fresh
                    )
                )
                cut, marked, fresh, begun = False, False, False, lines[k + 1]
    return out


def _usual(beats: npt.NDArray[np.float64], index: int) -> float:
    """The usual length of the bars around an index, quarter notes; 0 where the note values disagree."""
    around = np.delete(beats, index)[max(0, index - AROUND) : index + AROUND]
    around = around[around > 0]
    if len(around) < 2:
        return 0.0
    usual = float(np.median(around))
    even = np.abs(around - usual) <= EVEN * usual
    return usual if even.mean() >= READ_WELL else 0.0


def _begins(stretches: Sequence[_Stretch]) -> npt.NDArray[np.bool_]:
    """(N,) whether a bar begins with a stretch or continues in it."""
    beats = np.array([s.beats for s in stretches])
    out = np.ones(len(stretches), bool)
    for k in range(1, len(stretches)):
        before, here = beats[k - 1], beats[k]
        if stretches[k].fresh or not out[k - 1]:
            continue
        usual = _usual(beats, k)
        parts = max(before, here) <= SHORTER * usual and min(before, here) > 0
        # Where no repeat and no line's end divides it, a double bar may: before a section's upbeat.
        tolerance = EVEN if stretches[k].cut else EXACT
        upbeat = stretches[k].cut or here <= SECTION * usual
        out[k] = not (parts and upbeat and abs(before + here - usual) <= tolerance * usual)
    return out


def _is_upbeat(
    stretches: Sequence[_Stretch], begins: npt.NDArray[np.bool_], reading: Reading, systems: Sequence[float]
) -> bool:
    """Whether the first bar is clearly shorter than the others."""
    if len(stretches) < 3:
        return False
    beats = np.array([s.beats for s in stretches])
    # The values of long notes are read least surely: a single one must be much shorter than a bar.
    limit = SHORTER if stretches[0].events > 1 else ONE_SHORTER
    if not beats[0] or beats[0] > limit * _usual(beats, 0):
        return False
    # Bars as short as the first one, within the music and each with its own number: the metre changes.
    within = begins & np.append(begins[1:], True) & ~np.array([s.marked for s in stretches])
    if int((np.abs(beats - beats[0]) <= EVEN * beats[0])[1:][within[1:]].sum()) >= AS_SHORT:
        return False
    # Beats are those of notes: where a rest stands before the first one the bar is longer than they are.
    first = np.searchsorted(reading.x, systems)
    leads = [reading.x[at] - left for at, left in zip(first, systems, strict=True) if at < len(reading)]
    return len(leads) < 2 or leads[0] - float(np.median(leads[1:])) < LEAD_PX
