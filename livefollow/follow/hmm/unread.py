"""Passages that could not be read, of music that is printed elsewhere, too.

Who plays on through one is heard at its copy, where it was read. That they have not gone there, only the order tells:
what comes before the copy and after it is what comes before and after the passage. So what is on the screen stays until
the player has come to where the page can be read again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.follow.hmm.settings import Ambiguity
from livefollow.score.reading import FINAL, Reading

FloatArray = npt.NDArray[np.float32]

NOTHING = 1e-9  # of pitches: no division by nothing


@dataclass(frozen=True)
class UnreadPassage:
    """One that is being played; events are those of the score model, the first note is event 1.

    Attributes:
        copy: the first event of its copy.
        end: the first event after that.
        resumes: the first event after the passage itself: the same music as `end`. None is so late as that where the
            passage is the end of the score.
        x: strip px that is shown meanwhile.
    """

    copy: int
    end: int
    resumes: int
    x: float


def unread_passage(reading: Reading, event: int, entered: int, x: float, s: Ambiguity) -> UnreadPassage | None:
    """The passage that is played by one who has entered the score elsewhere, if that is its copy.

    Args:
        reading: of the score.
        event: where the player seemed to be: some events behind the passage, perhaps.
        entered: event that they entered, about.
        x: strip px that is shown.
        s: what copies are.
    """
    passage = _passage(reading, *_between_alike(reading.pitches, event, entered, s), x, s)
    return passage or _passage(reading, _behind_a_gap(reading.x, event, s), entered, x, s)


def _passage(reading: Reading, left: int, copy: int, x: float, s: Ambiguity) -> UnreadPassage | None:
    """The passage behind an event of which a copy begins with another one, if the same comes after both."""
    if not left or abs(copy - left) <= s.unread_longest:
        return None
    pitches, places, first = reading.pitches, reading.x, copy - 1 + s.unread_shortest
    if left >= len(pitches) - s.unread_slack:
        return _at_the_end(reading, copy, x)
    alike = _alike(pitches[first : first + s.unread_longest], pitches[left : left + s.unread_context])
    if not len(alike) or float(alike.max()) <= s.unread_alike:
        return None
    end = first + int(alike.argmax()) + 1
    # The same music takes about as much room: who has gone further back, or less far, is in no copy of what is missing.
    gap, room = places[left] - places[left - 1], places[end - 1] - places[copy - 1]
    if not s.unread_narrowest * gap <= room <= s.unread_widest * gap:
        return None
    return UnreadPassage(copy, end, left + 1, x)


def _at_the_end(reading: Reading, copy: int, x: float) -> UnreadPassage | None:
    """The passage behind the last event, if no final bar line says that there is none: its copy is a line at most."""
    marks = reading.marks
    if (marks["x"][marks["kind"] == FINAL] > reading.x[-1]).any():
        return None
    beyond = np.flatnonzero(reading.system > reading.system[copy - 1] + 1)
    end = int(beyond[0]) + 1 if len(beyond) else len(reading)
    return UnreadPassage(copy, end, end + len(reading), x)


def _between_alike(pitches: FloatArray, event: int, entered: int, s: Ambiguity) -> tuple[int, int]:
    """The last event before the passage, and the first of its copy, by what comes before both; 0 where nothing fits."""
    n = s.unread_context
    start = max(0, entered - s.unread_slack - n)
    before = pitches[start : entered + s.unread_slack]
    most, left, copy = s.unread_alike, 0, 0
    for last in range(min(event, len(pitches)), max(n - 1, event - s.unread_behind), -1):
        alike = _alike(before, pitches[last - n : last])
        if len(alike) and float(alike.max()) > most:
            most, left, copy = float(alike.max()), last, start + int(alike.argmax()) + n + 1
    return left, copy


def _behind_a_gap(x: npt.NDArray[np.floating], event: int, s: Ambiguity) -> int:
    """The last event before a line, or a good part of one, on which nothing was read; 0 where the player is at none.

    There what comes before says nothing: the line may be the first of what is printed again.
    """
    first = max(1, event - s.unread_behind)
    gaps = np.diff(x[first - 1 : event + 1])
    return first + int(gaps.argmax()) if len(gaps) and gaps.max() >= s.unread_gap else 0


def _alike(where: FloatArray, what: FloatArray) -> FloatArray:
    """(m - n + 1,), or none, mean cosine of n events' pitches and each n that follow each other among m."""
    where, what = (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + NOTHING) for rows in (where, what))
    cosines, count = where @ what.T, len(where) - len(what) + 1
    if count < 1 or not len(what):  # the score ends where the passage would go on
        return np.empty(0, np.float32)
    return np.asarray(np.mean([cosines[k : k + count, k] for k in range(len(what))], axis=0))
