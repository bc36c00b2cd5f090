"""Passages that could not be read, of music that is printed elsewhere, too.

Who plays on through one is heard at its copy, where it was read. That they have not gone there, only the order tells:
what comes before the copy and after it is what comes before and after the passage. So they are shown in the passage,
as far along as they are heard to be in its copy, until they have come to where the page can be read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
        behind: strip px of the last event before the passage.
        before: strip px of the one before the copy, or where it would be.
        after: strip px of `end`.
        scale: width of the passage by that of its copy.
    """

    copy: int
    end: int
    resumes: int
    behind: float
    before: float
    after: float
    scale: float

    def place(self, x: float) -> float:
        """Strip px in the passage of one who is heard at strip x of its copy; its beginning, if elsewhere."""
        return self.behind + self.scale * (x - self.before) if self.before <= x <= self.after else self.behind


def unread_passage(reading: Reading, event: int, entered: int, s: Ambiguity) -> UnreadPassage | None:
    """The passage that is played by one who has entered the score elsewhere, if that is its copy.

    Args:
        reading: of the score.
        event: where the player seemed to be: some events behind the passage, perhaps.
        entered: event that they entered, about.
        s: what copies are.
    """
    left, copy = _between_alike(reading, event, entered, s)
    passage = _passage(reading, left, left + 1, copy, s) if abs(copy - left) > s.unread_longest else None
    passage = passage or _passage(reading, *about_a_gap(reading.x, event, s), entered, s)
    if passage and passage.copy == entered:
        # Where in the copy they were found says nothing of where it begins: it is taken to be as wide as the passage.
        return replace(passage, before=passage.after - (passage.after - passage.before) * passage.scale, scale=1.0)
    return passage


def beyond_unread(reading: Reading, event: int, found: int, s: Ambiguity) -> int:
    """How many events further on the same music comes soon behind a passage that could not be read.

    Args:
        reading: of the score.
        event: where the player was last seen; somewhere about the passage, or 0 is returned.
        found: event that they are found on now.
        s: what copies are.
    """
    (left, resumes), n = about_a_gap(reading.x, event, s), s.unread_context
    if not left or 0 <= found - left <= s.unread_longest or found < n:
        return 0
    alike = _alike(reading.pitches[resumes - 1 : resumes + s.unread_longest], reading.pitches[found - n : found])
    return resumes - 1 + int(alike.argmax()) + n - found if len(alike) and alike.max() > s.unread_alike else 0


def about_a_gap(x: npt.NDArray[np.floating], event: int, s: Ambiguity) -> tuple[int, int]:
    """The last event before a line, or a good part of one, on which nothing was read, and the first one behind it.

    There what comes before says nothing: the line may be the first of what is printed again. Who plays it may have
    seemed to be as far behind it as it is wide, or on an event that was read there by mistake; one between two gaps is
    passed over.

    Args:
        x: (E,) strip px of the events.
        event: where the player seems to be.
        s: what a gap is.

    Returns:
        Both events; 0 and 0 where a player is at no gap.
    """
    left = 1 + np.flatnonzero(np.diff(x) >= s.unread_gap)
    if not len(left):
        return 0, 0
    apart = np.diff(left) > 1
    first, behind = left[np.append(True, apart)], left[np.append(apart, True)] + 1
    here, start, stop = x[min(max(event, 1), len(x)) - 1], x[first - 1], x[behind - 1]
    room = stop - start
    near = (here >= start - room * s.unread_before) & (here <= stop + room)
    if not near.any():
        return 0, 0
    widest = int(np.where(near, room, 0).argmax())
    return int(first[widest]), int(behind[widest])


def _passage(reading: Reading, left: int, resumes: int, copy: int, s: Ambiguity) -> UnreadPassage | None:
    """The passage between two events of which a copy begins with another one, if the same comes after both."""
    if not left or left <= copy <= left + s.unread_longest:
        return None
    pitches, places, first = reading.pitches, reading.x, copy - 1 + s.unread_shortest
    if left >= len(pitches) - s.unread_slack:
        return _at_the_end(reading, left, copy, s) if abs(copy - left) > s.unread_longest else None
    alike = _alike(pitches[first : first + s.unread_longest], pitches[resumes - 1 : resumes - 1 + s.unread_context])
    if copy < left:  # what is printed before the passage ends there
        alike = alike[: max(0, left - first)]
    behind, before = float(places[left - 1]), _before(reading, copy)
    # The same music takes about as much room: who has gone further back, or less far, is in no copy of what is missing.
    # What comes after may come several times: where it takes most nearly as much, it is meant.
    gap, rooms = float(places[resumes - 1]) - behind, places[first : first + len(alike)] - before
    fits = (s.unread_narrowest * gap <= rooms) & (rooms <= s.unread_widest * gap) & (alike > s.unread_alike)
    fits &= alike >= alike.max(initial=0) - s.unread_equal
    if not fits.any():
        return None
    ends = np.flatnonzero(fits)
    end = first + int(ends[np.abs(np.log(rooms[ends] / gap)).argmin()]) + 1
    after = float(places[end - 1])
    return UnreadPassage(copy, end, resumes, behind, before, after, gap / (after - before))


def _at_the_end(reading: Reading, left: int, copy: int, s: Ambiguity) -> UnreadPassage | None:
    """The passage behind the last event, where more is printed and no final bar line: its copy is a line at most."""
    marks = reading.marks
    if reading.end < reading.x[-1] + s.unread_gap or (marks["x"][marks["kind"] == FINAL] > reading.x[-1]).any():
        return None
    beyond = np.flatnonzero(reading.system > reading.system[copy - 1] + 1)
    end = int(beyond[0]) + 1 if len(beyond) else len(reading)
    behind, before, after = float(reading.x[left - 1]), _before(reading, copy), float(reading.x[end - 1])
    return UnreadPassage(copy, end, end + len(reading), behind, before, after, 1.0)


def _before(reading: Reading, event: int) -> float:
    """Strip px of the event before one; before the first as if a system had ended there."""
    if event > 1:
        return float(reading.x[event - 2])
    between = np.diff(reading.x)[np.diff(reading.system) > 0]
    return float(reading.x[0] - (np.median(between) if len(between) else 0.0))


def _between_alike(reading: Reading, event: int, entered: int, s: Ambiguity) -> tuple[int, int]:
    """The last event before the passage, and the first of its copy, by what comes before both; 0 where nothing fits.

    Of the events behind which something may be missing, it is the one with most room behind it.
    """
    pitches, n = reading.pitches, s.unread_context
    room = np.append(np.diff(reading.x), np.inf)
    start = max(0, entered - s.unread_late - n)
    before = pitches[start : entered + s.unread_slack]
    most, left, copy = 0.0, 0, 0
    for last in range(min(event, len(pitches)), max(n - 1, event - s.unread_behind), -1):
        alike = _alike(before, pitches[last - n : last])
        if len(alike) and float(alike.max()) > s.unread_alike and room[last - 1] > most:
            most, left, copy = float(room[last - 1]), last, start + int(alike.argmax()) + n + 1
    return left, copy


def _alike(where: FloatArray, what: FloatArray) -> FloatArray:
    """(m - n + 1,), or none, mean cosine of n events' pitches and each n that follow each other among m."""
    where, what = (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + NOTHING) for rows in (where, what))
    cosines, count = where @ what.T, len(where) - len(what) + 1
    if count < 1 or not len(what):  # the score ends where the passage would go on
        return np.empty(0, np.float32)
    return np.asarray(np.mean([cosines[k : k + count, k] for k in range(len(what))], axis=0))
