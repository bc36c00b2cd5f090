"""`Reading`: what the reader finds in a score, the events that a pianist plays, in the order of the strip.

The reader says per column how probable an event is there. Its training targets are triangles: the column whose centre
is |d| px from an event gets max(0, 1 - |d| / COLUMN) of it, so that an event is one unit of mass on two neighbouring
columns, and its place is the centre of that mass, much finer than a column. `decode_columns` is the inverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.constants import COLUMN, N_PITCHES

BEAT_CLASSES = tuple(k / 2 for k in range(-6, 7))  # log2 of quarter notes until the next event: 1/8 to 8
BAR_LINE, REPEAT_START, REPEAT_END, FINAL = range(4)  # kinds of marks, in the order of the reader's outputs
N_MARKS = 4
MARK = np.dtype([("x", "f4"), ("kind", "i1"), ("p", "f4")])

PRESENT = 0.35  # mass from which a peak is an event, or a mark
FAINT = 0.2  # mass of two neighbouring columns below which they are not looked at

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Others:
    """What those who play or sing beside the piano have at each of E events; they may sound or not.

    Attributes:
        struck: (E, N_PITCHES) probability that they strike a pitch together with the event.
        around: (E, N_PITCHES) the same from each event until the next one has been struck.
        alone: (E,) whether they alone have the event.
    """

    struck: FloatArray
    around: FloatArray
    alone: npt.NDArray[np.bool_]

    def since(self, event: int) -> Others:
        """The same from an event on."""
        return Others(self.struck[event:], self.around[event:], self.alone[event:])


@dataclass(frozen=True, eq=False)
class Reading:
    """E events of (part of) a score, from left to right. An event is an onset as printed: all heads of both staves.

    Where the piano has nothing for long, the events of others stand between its own.

    Attributes:
        x: (E,) strip px, rising.
        pitches: (E, N_PITCHES) probability that the pianist strikes MIDI pitch LOWEST_PITCH + p at the event.
        beats: (E,) quarter notes until the next event, > 0.
        presence: (E,) probability that there is an event at all.
        system: (E,) index of the placement on the strip that the event is on.
        marks: (M,) of MARK: strip px, kind (BAR_LINE, REPEAT_START, REPEAT_END, FINAL) and probability; x rising.
        others: what others have; None where there is the piano alone.
        end: strip px up to which pages were read, whether anything was found there or not; 0 where that is not known.
    """

    x: npt.NDArray[np.float64]
    pitches: FloatArray
    beats: FloatArray
    presence: FloatArray
    system: npt.NDArray[np.int32]
    marks: npt.NDArray[np.void]
    others: Others | None = None
    end: float = 0.0

    def __len__(self) -> int:
        return len(self.x)


def concatenate(parts: Sequence[Reading], pitches: FloatArray | None = None) -> Reading:
    """Join readings that follow each other on the strip; of none, a reading without events.

    Args:
        parts: the readings.
        pitches: (E, N_PITCHES) theirs together, where they lie together already.
    """
    empty = Reading(
        np.empty(0),
        np.empty((0, N_PITCHES), np.float32),
        np.empty(0, np.float32),
        np.empty(0, np.float32),
        np.empty(0, np.int32),
        np.empty(0, MARK),
    )
    every = [empty, *parts]
    return Reading(
        np.concatenate([r.x for r in every]),
        np.concatenate([r.pitches for r in every]) if pitches is None else pitches,
        np.concatenate([r.beats for r in every]),
        np.concatenate([r.presence for r in every]),
        np.concatenate([r.system for r in every]),
        np.concatenate([r.marks for r in every]),
        _others(parts) if any(r.others for r in parts) else None,
        max(r.end for r in every),
    )


def _others(parts: Sequence[Reading]) -> Others:
    nobody = [Others(np.zeros_like(r.pitches), np.zeros_like(r.pitches), np.zeros(len(r), np.bool_)) for r in parts]
    every = [r.others or none for r, none in zip(parts, nobody, strict=True)]
    return Others(
        np.concatenate([o.struck for o in every]),
        np.concatenate([o.around for o in every]),
        np.concatenate([o.alone for o in every]),
    )


def decode_columns(
    onset: FloatArray, pitches: FloatArray, beats: FloatArray, marks: FloatArray, x0: float, system: int
) -> Reading:
    """Decode the reader's outputs for one system into events.

    Args:
        onset: (C,) mass of events in each column.
        pitches: (C, N_PITCHES) the same per pitch.
        beats: (C, len(BEAT_CLASSES)) probabilities of the classes, where there is an event.
        marks: (C, N_MARKS) mass of each kind of mark.
        x0: strip px of the first column's left edge.
        system: index of the placement.
    """
    column, weight = _peaks(onset)
    mass = (weight * onset[column]).astype(np.float32)
    total = mass.sum(1, keepdims=True)
    struck = np.clip(np.einsum("ek,ekp->ep", weight, pitches[column]), 0, 1)
    likely = np.einsum("ek,ekb->eb", mass / total, beats[column]) ** 2  # squared: the mode counts, not the tails
    expected = likely @ np.array(BEAT_CLASSES) / np.maximum(likely.sum(1), 1e-12)
    return Reading(
        _centres(column, mass, x0),
        struck.astype(np.float32),
        (2.0**expected).astype(np.float32),
        np.clip(total[:, 0], 0, 1),
        np.full(len(column), system, np.int32),
        _decode_marks(marks, x0),
        end=x0 + COLUMN * len(onset),
    )


def _decode_marks(marks: FloatArray, x0: float) -> npt.NDArray[np.void]:
    found = []
    for kind in range(N_MARKS):
        column, weight = _peaks(marks[:, kind])
        mass = weight * marks[column, kind]
        part = np.empty(len(column), MARK)
        part["x"], part["kind"], part["p"] = _centres(column, mass, x0), kind, np.clip(mass.sum(1), 0, 1)
        found.append(part)
    every = np.concatenate(found)
    return every[np.argsort(every["x"], kind="stable")]


def _centres(column: npt.NDArray[np.intp], mass: npt.NDArray[np.floating], x0: float) -> npt.NDArray[np.float64]:
    """(E,) strip px of the centres of mass."""
    share = mass / mass.sum(1, keepdims=True)
    return np.asarray(x0 + ((column + 0.5) * share).sum(1) * COLUMN, np.float64)


def _peaks(mass: FloatArray) -> tuple[npt.NDArray[np.intp], FloatArray]:
    """Find where mass is concentrated.

    A peak is a pair of neighbouring columns with more than the pairs beside it: a window of three would see two events
    2.5 columns apart as one. What the network spread further is in the columns beside the pair, unless those are
    another pair's; one between two pairs belongs to either by half.

    Returns:
        (E, 4) the columns of each peak, (E, 4) the share of each that belongs to it. Columns beyond the ends are the
        nearest there is, with share 0.
    """
    pair = np.concatenate([[0.0], mass[:-1] + mass[1:], [0.0]])
    inner = pair[1:-1]
    first = np.flatnonzero((inner > pair[:-2]) & (inner >= pair[2:]) & (inner >= FAINT))
    column = first[:, None] + np.arange(-1, 3)
    # One column more on either side: what lies beyond the ends is claimed there, and never asked for.
    claims = np.zeros(len(mass) + 2)
    np.add.at(claims, column[:, [0, 3]] + 1, 1)
    taken = np.zeros(len(mass) + 2, np.bool_)
    taken[column[:, 1:3] + 1] = True
    weight = np.ones(column.shape, np.float32)
    beside = column[:, [0, 3]]
    free = ~taken[beside + 1] & (beside >= 0) & (beside < len(mass))
    weight[:, [0, 3]] = free / np.maximum(claims[beside + 1], 1)
    column = np.clip(column, 0, len(mass) - 1)
    present = (weight * mass[column]).sum(1) >= PRESENT
    return column[present], weight[present]
