"""Metrics of the reader: events, pitches and note values found, compared with what is printed."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from livefollow.score.reading import Reading
from livefollow.train.reader.data import NO_BEATS, Printed, beat_classes

NEAR_PX = 8.0  # a notehead's width: what is found within is found
SURE = 0.5  # probability from which a pitch counts as read


@dataclass
class ReadingCounts:
    """Counts over systems; add them up."""

    notes: int = 0  # printed
    notes_found: int = 0  # read there with this pitch
    notes_read: int = 0
    events: int = 0
    events_found: int = 0
    events_read: int = 0
    beats: int = 0  # events found whose note value is known
    beats_exact: int = 0  # their class was read
    beats_near: int = 0  # it, or a neighbour: within half an octave
    marks: int = 0
    marks_found: int = 0
    marks_read: int = 0
    off_px: float = 0.0  # sum over events found of |x - true x|

    def __add__(self, other: ReadingCounts) -> ReadingCounts:
        """Add the counts of two sets of systems."""
        return ReadingCounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def figures(self) -> dict[str, float]:
        """Compute F1 of notes, events and marks, shares of note values, and the mean distance in px."""
        return {
            "note_f1": _f1(self.notes_found, self.notes, self.notes_read),
            "event_f1": _f1(self.events_found, self.events, self.events_read),
            "beats_exact": self.beats_exact / max(1, self.beats),
            "beats_near": self.beats_near / max(1, self.beats),
            "mark_f1": _f1(self.marks_found, self.marks, self.marks_read),
            "off_px": self.off_px / max(1, self.events_found),
        }


def compare(reading: Reading, printed: Printed) -> ReadingCounts:
    """Count hits and misses on one system.

    Args:
        reading: of the system alone.
        printed: x in the same px.
    """
    counts = ReadingCounts(events=len(printed.x), events_read=len(reading), notes=sum(map(len, printed.pitches)))
    read = reading.pitches >= SURE
    counts.notes_read = int(read.sum())
    pairs = nearest_pairs(printed.x, reading.x)
    counts.events_found = len(pairs)
    true_class, read_class = beat_classes(printed.beats), beat_classes(reading.beats)
    for i, k in pairs:
        counts.notes_found += int(read[k, printed.pitches[i]].sum())
        counts.off_px += abs(float(printed.x[i]) - float(reading.x[k]))
        if true_class[i] != NO_BEATS:
            away = abs(int(true_class[i]) - int(read_class[k]))
            counts.beats += 1
            counts.beats_exact += away == 0
            counts.beats_near += away <= 1
    for kind in np.unique(np.concatenate([printed.marks["kind"], reading.marks["kind"]])):
        true, found = (m["x"][m["kind"] == kind] for m in (printed.marks, reading.marks))
        counts.marks += len(true)
        counts.marks_read += len(found)
        counts.marks_found += len(nearest_pairs(true, found))
    return counts


def nearest_pairs(true: npt.NDArray[np.floating], found: npt.NDArray[np.floating]) -> list[tuple[int, int]]:
    """Match indices, nearest first, each once, none further apart than NEAR_PX."""
    if not len(true) or not len(found):
        return []
    away = np.abs(true[:, None].astype(float) - found[None].astype(float))
    i, k = np.nonzero(away <= NEAR_PX)
    pairs, used_i, used_k = [], set(), set()
    for n in np.argsort(away[i, k], kind="stable"):
        a, b = int(i[n]), int(k[n])
        if a not in used_i and b not in used_k:
            used_i.add(a)
            used_k.add(b)
            pairs.append((a, b))
    return pairs


def _f1(found: int, true: int, read: int) -> float:
    return 2 * found / max(1, true + read)
