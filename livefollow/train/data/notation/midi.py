"""Write scores and performances as MIDI files, for other programs that follow scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mido  # type: ignore[import-not-found, import-untyped, unused-ignore]
import numpy as np
import numpy.typing as npt

from livefollow.train.data.notation.music import Music

TICKS = 480  # per quarter note
PLAYED_TEMPO = 120.0  # quarter notes per minute of a performance, whose ticks are just a measure of time
VELOCITY = 72


def write_performance(path: Path, keys: npt.NDArray[Any]) -> None:
    """Write the keys of a performance, to the millisecond.

    Args:
        path: file to write.
        keys: (n,) with the fields onset_s, offset_s, pitch and velocity.
    """
    per_second = TICKS * PLAYED_TEMPO / 60
    notes = [
        (round(k["onset_s"] * per_second), round(k["offset_s"] * per_second), int(k["pitch"]), int(k["velocity"]))
        for k in keys
    ]
    _write(path, notes, [(0, PLAYED_TEMPO)])


def write_score(path: Path, pieces: Sequence[tuple[float, Music]]) -> None:
    """Write printed music: every bar once, no grace notes.

    Args:
        path: file to write.
        pieces: the quarter note at which each piece begins, and the piece.
    """
    notes, tempo = [], []
    for begin, music in pieces:
        tempo += [(round((begin + at) * TICKS), mark) for at, mark in music.tempo]
        notes += [
            (round((begin + n.onset) * TICKS), round((begin + n.onset + n.duration) * TICKS), n.pitch, VELOCITY)
            for n in music.notes
            if not n.grace
        ]
    _write(path, notes, tempo)


def _write(path: Path, notes: list[tuple[int, int, int, int]], tempo: list[tuple[int, float]]) -> None:
    # At one tick a tempo comes first, then what ends, then what begins.
    events = [(t, 0, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(mark))) for t, mark in tempo]
    for on, off, pitch, velocity in notes:
        events.append((on, 2, mido.Message("note_on", note=pitch, velocity=velocity)))
        events.append((max(off, on + 1), 1, mido.Message("note_off", note=pitch, velocity=0)))
    events.sort(key=lambda event: event[:2])
    track = mido.MidiTrack()
    deltas = np.diff([t for t, _, _ in events], prepend=0)
    for delta, (_, _, message) in zip(deltas, events, strict=True):
        track.append(message.copy(time=int(delta)))
    file = mido.MidiFile(ticks_per_beat=TICKS)
    file.tracks.append(track)
    file.save(path)
