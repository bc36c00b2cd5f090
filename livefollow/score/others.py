"""What others than the pianist have on the page: soloists' staves, joined to what the piano's staves say.

Each of their staves is read by itself, on the columns of its system. What they have together with the piano, or while
it plays on, is noted at the piano's events: it may sound there. Where the piano has nothing for long, their events
stand between its own, and share the time to its next one. So do those before its first one on a system: an upbeat, or
the end of a rest that began on the system before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_PITCHES
from livefollow.score.reading import FloatArray, Others, Reading, concatenate

TOGETHER_PX = 6.0  # strip px within which two events are one: less than a notehead's width
AHEAD_PX = 12.0  # strip px by which a solo event is before the piano's first one: less may be how it is printed
LONG_BEATS = 3.0  # quarter notes without the piano from which on others' events stand for themselves
AGREE = 1.5  # times longer or shorter that the note values of both may say the time is; beyond, the others' count
HALF = 0.5  # of an event's time: where the next one is on another system


def with_others(piano: Reading, others: Sequence[Reading]) -> Reading:
    """Join the events of one system.

    Args:
        piano: what its two staves say.
        others: what each other staff of the system says.

    Returns:
        The piano's events with those of the others; its marks. The piano's own reading where nobody else has any.
    """
    solo = _joined(others)
    if not len(solo):
        return piano
    # Of each solo event the piano's event at or before it, -1 for none, and whether they are one.
    at = np.searchsorted(piano.x, solo.x + TOGETHER_PX) - 1
    together = (at >= 0) & (solo.x - np.append(piano.x, 0.0)[at] <= TOGETHER_PX)
    beats = piano.beats.astype(np.float64)
    alone: list[int] = []
    alone_beats: list[float] = []
    for gap in np.unique(at[~together]).tolist():
        inside = np.flatnonzero((at == gap) & ~together)
        if gap < 0 and len(piano):
            inside = inside[solo.x[inside] < piano.x[0] - AHEAD_PX]
        parts = solo.beats[inside].astype(np.float64)
        said = 0.0
        if gap >= 0:
            before = int(inside[0]) - 1
            joint = before >= 0 and together[before] and at[before] == gap
            first = float(solo.beats[before]) if joint else _until(piano, gap, float(solo.x[inside[0]]))
            parts, said = np.append(first, parts), float(beats[gap])
        total = float(parts.sum())
        if gap >= 0:
            if max(total, said) < LONG_BEATS:
                continue
            if total <= said * AGREE and said <= total * AGREE:
                parts *= said / total
            beats[gap], parts = parts[0], parts[1:]
        alone += inside.tolist()
        alone_beats += parts.tolist()
    return _merged(piano, beats, solo, np.array(alone, int), np.array(alone_beats))


def _until(piano: Reading, event: int, x: float) -> float:
    """Quarter notes from an event of the piano to a place after it, by how far it is."""
    if event + 1 >= len(piano):
        return float(piano.beats[event]) * HALF
    return float(piano.beats[event] * (x - piano.x[event]) / (piano.x[event + 1] - piano.x[event]))


def _joined(others: Sequence[Reading]) -> Reading:
    """The events of several staves as those of one: what stands together is one event, until the next of any."""
    every = concatenate(others)
    if not len(every):
        return every
    order = np.argsort(every.x, kind="stable")
    x = every.x[order]
    first = np.flatnonzero(np.diff(x, prepend=-np.inf) > TOGETHER_PX)
    return replace(
        every,
        x=x[first],
        pitches=np.maximum.reduceat(every.pitches[order], first),
        beats=np.minimum.reduceat(every.beats[order], first),
        presence=np.maximum.reduceat(every.presence[order], first),
        system=every.system[order][first],
    )


def _merged(
    piano: Reading,
    beats: npt.NDArray[np.float64],
    solo: Reading,
    alone: npt.NDArray[np.int_],
    alone_beats: npt.NDArray[np.float64],
) -> Reading:
    """The piano's events, with their beats anew, and those of the solo's that stand for themselves, in order."""
    nothing = np.zeros((len(alone), N_PITCHES), np.float32)
    x = np.concatenate([piano.x, solo.x[alone]])
    order = np.argsort(x, kind="stable")
    x = x[order]
    theirs = order >= len(piano)
    near = _nearest(solo.x, x)
    joint = np.abs(solo.x[near] - x) <= TOGETHER_PX
    return Reading(
        x,
        np.concatenate([piano.pitches, nothing])[order],
        np.concatenate([beats, alone_beats])[order].astype(np.float32),
        np.concatenate([piano.presence, solo.presence[alone]])[order],
        np.concatenate([piano.system, solo.system[alone]])[order],
        piano.marks,
        Others(solo.pitches[near] * joint[:, None], _around(x, solo), theirs),
        piano.end,
    )


def _nearest(places: npt.NDArray[np.float64], x: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """(n,) index of the place, of some that rise, that is nearest to each x."""
    after = np.clip(np.searchsorted(places, x), 1, max(1, len(places) - 1))
    after = np.minimum(after, len(places) - 1)
    before = np.maximum(after - 1, 0)
    return np.where(np.abs(places[before] - x) <= np.abs(places[after] - x), before, after)


def _around(x: npt.NDArray[np.float64], solo: Reading) -> FloatArray:
    """(E, N_PITCHES) what others may be heard to strike from each event until the next one has been struck."""
    out = np.zeros((len(x), N_PITCHES), np.float32)
    # From the note that is still held to the one that comes with the next event.
    first = np.maximum(np.searchsorted(solo.x, x - TOGETHER_PX) - 1, 0)
    stop = np.searchsorted(solo.x, np.append(x[1:], np.inf) + TOGETHER_PX, side="right")
    first[:1] = 0
    for event in np.flatnonzero(stop > first).tolist():
        out[event] = solo.pitches[first[event] : stop[event]].max(0)
    return out
