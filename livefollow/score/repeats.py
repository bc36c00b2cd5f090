"""The repeats of a score, from its repeat signs."""

from __future__ import annotations

from dataclasses import replace

from livefollow.score.links.ways import NEAR_PX, Link
from livefollow.score.reading import FINAL, REPEAT_END, REPEAT_START, Reading

PRESENT = 0.5  # probability from which a mark counts


def read_repeats(reading: Reading) -> tuple[Link, ...]:
    """Pair the repeat signs of a reading: each end with the last start before it, or with where the part began."""
    out, begin = [], 0.0
    marks = reading.marks[reading.marks["p"] >= PRESENT]
    for x, kind in zip(marks["x"].tolist(), marks["kind"].tolist(), strict=True):
        if kind == REPEAT_START:
            begin = x
        elif kind == REPEAT_END:
            out.append(Link(x, begin))
            begin = x
        elif kind == FINAL:
            begin = x
    # The first repeat begins with the first event, not at the strip's end.
    first = float(reading.x[0]) if len(reading) else 0.0
    return tuple(replace(r, enter=max(r.enter, first)) for r in out if r.leave - max(r.enter, first) > NEAR_PX / 2)
