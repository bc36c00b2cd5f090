"""Play or sing what is printed beside the piano's staves, in time with a pianist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.train.data.notation.music import Music, Note
from livefollow.train.data.performance.performance import ONSET, Played
from livefollow.train.data.sound.sampler import SamplerNote

TOGETHER_S = 0.03  # standard deviation of a soloist's onsets about the pianist's
DRAG_S = 0.04  # by which a phrase is late or early, standard deviation
PHRASE = 8  # notes that share that
LEGATO = 0.95  # of a note's written length
LEAST_DURATION_S = 0.08
VELOCITY = (60, 105)
TEMPO_FROM = 8  # onsets by whose tempo the soloist begins before the pianist, or goes on after them
FIRST_S = 0.1  # nobody is heard before
TICK = 1 / 960  # quarter notes within which two onsets are one
OCTAVES = (0, -12, 12)  # by which a part may be moved into a compass


@dataclass(frozen=True)
class SoloPart:
    """What the others play.

    Attributes:
        staves: for each of their staves the notes, one at a time, by onset.
        onsets: (m,) of `ONSET`: those that the piano does not strike, when the two together are there.
    """

    staves: list[list[SamplerNote]]
    onsets: npt.NDArray[np.void]


def play_beside(music: Music, played: Played, rng: np.random.Generator) -> SoloPart:
    """Play the others' notes of a piece to a performance without jumps.

    Args:
        music: the piece, with others.
        played: the piano's performance: an excerpt or the whole, straight through.
        rng: decides.
    """
    quarters, first = np.unique(played.onsets["quarter"], return_index=True)
    seconds = np.maximum.accumulate(played.onsets["onset_s"][first])
    whole = quarters[-1] + TICK >= max(n.onset for n in music.notes)
    until = np.inf if whole else float(quarters[-1])
    struck = {round(float(q) / TICK) for q in quarters}
    staves: list[list[SamplerNote]] = []
    silent: dict[float, float] = {}
    for staff in sorted({n.hand for n in music.others}):
        line = _one_at_a_time([n for n in music.others if n.hand == staff and not n.grace and n.onset <= until])
        onsets = np.array([n.onset for n in line])
        due = _seconds(onsets, quarters, seconds)
        at = due + rng.normal(0, TOGETHER_S, len(line))
        at += np.repeat(rng.normal(0, DRAG_S, len(line) // PHRASE + 1), PHRASE)[: len(line)]
        at = np.maximum.accumulate(at)
        ends = _seconds(onsets + LEGATO * np.array([n.duration for n in line]), quarters, seconds)
        ends = np.minimum(ends, np.append(at[1:], np.inf))
        velocity = int(rng.integers(*VELOCITY))
        notes = []
        for note, when, on, off in zip(line, due.tolist(), at.tolist(), ends.tolist(), strict=True):
            if on < FIRST_S:
                continue
            notes.append(SamplerNote(on, max(LEAST_DURATION_S, off - on), note.pitch, velocity))
            if round(note.onset / TICK) not in struck:
                silent.setdefault(note.onset, when)
        staves.append(notes)
    rows = [(quarter, silent[quarter], 0) for quarter in sorted(silent)]
    return SoloPart(staves, np.array(rows, ONSET))


def in_compass(notes: Sequence[SamplerNote], compass: tuple[int, int]) -> list[SamplerNote]:
    """A part in the octave that suits a compass best; single notes beyond it are moved, too."""
    low, high = compass

    def beyond(by: int) -> int:
        return sum(not low <= n.pitch + by <= high for n in notes)

    by = min(OCTAVES, key=beyond)
    out = []
    for note in notes:
        pitch = note.pitch + by
        pitch += 12 * max(0, -(-(low - pitch) // 12)) - 12 * max(0, -(-(pitch - high) // 12))
        out.append(SamplerNote(note.onset, note.duration, pitch, note.velocity))
    return out


def _one_at_a_time(notes: Sequence[Note]) -> list[Note]:
    """The top of what begins together."""
    tops: dict[float, Note] = {}
    for note in notes:
        if note.onset not in tops or tops[note.onset].pitch < note.pitch:
            tops[note.onset] = note
    return [tops[onset] for onset in sorted(tops)]


def _seconds(
    at: npt.NDArray[np.float64], quarters: npt.NDArray[np.float64], seconds: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """When quarter notes are played, at the pianist's tempo before their first onset and after their last."""
    out = np.interp(at, quarters, seconds)
    n = min(TEMPO_FROM, len(quarters) - 1)
    if n:
        first, last = (np.ptp(seconds[part]) / np.ptp(quarters[part]) for part in (slice(n + 1), slice(-n - 1, None)))
        out += np.minimum(at - quarters[0], 0) * first + np.maximum(at - quarters[-1], 0) * last
    return np.asarray(out)
