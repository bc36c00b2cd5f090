"""A score as livefollow's reader reads it, made to sound: what OMR-ODTW follows in."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from livefollow.constants import FPS, LOWEST_PITCH, SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.features.frames import Framer, bands_of
from livefollow.follow.paper.state import PaperTask, sheet_of
from livefollow.networks.manifest import load_manifest
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import load_network
from livefollow.score.reading import Reading, concatenate
from livefollow.score.score import Score
from livefollow.train.data.sound.pianos import SCORE_PIANO, open_piano
from livefollow.train.data.sound.sampler import SamplerNote
from livefollow.train.paper.data import PEAK, PaperPiece

TEMPO = 100.0  # quarter notes per minute: the reader reads no tempo marks
STRUCK = 0.5  # probability from which a pitch is played
VELOCITY = 72
HELD = 0.98  # share of the time until the next event that its notes are held
START_S = 0.5  # of silence before the first note, as in the scores' own sound


def read_as_piece(pdf: Path, task: PaperTask, models: Path | None = None) -> PaperPiece:
    """Read a score and play what was read, from left to right, at TEMPO.

    Raises:
        LivefollowError: it cannot be read, nothing was found in it, or there is no FluidSynth.
    """
    reader = Reader(load_network(load_manifest(models).network("reader"), READER, "cpu"))
    with Score(pdf) as score:
        for _ in score.read():
            pass
        reading = concatenate([reader.read(score.strip, i) for i in range(len(score.strip.placements))])
        sheet = sheet_of(task, score.strip)
    if len(reading) < 2:
        raise LivefollowError(f"No notes could be read in {pdf}")
    onsets_s = START_S + np.concatenate([[0.0], np.cumsum(reading.beats[:-1])]) * 60 / TEMPO
    sound = open_piano(SCORE_PIANO, Path()).render(notes_of(reading, onsets_s), SAMPLE_RATE)
    frames = bands_of(Framer().push(sound * np.float32(PEAK / max(1e-9, float(np.abs(sound).max())))))
    return PaperPiece(pdf.parent.name, sheet, frames.astype(np.float16), onsets_s * FPS - 1, reading.x * task.strip_px)


def notes_of(reading: Reading, onsets_s: np.ndarray) -> list[SamplerNote]:
    """The notes of a reading, each held until the next event."""
    notes = []
    for onset, beats, pitches in zip(onsets_s.tolist(), reading.beats.tolist(), reading.pitches, strict=True):
        struck = np.flatnonzero(pitches >= STRUCK) + LOWEST_PITCH
        notes += [SamplerNote(onset, HELD * beats * 60 / TEMPO, int(pitch), VELOCITY) for pitch in struck]
    return notes
