"""What the networks say of cases, once for all settings of the localizer: kept in a folder, by what they were given."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from livefollow.audio.file import FileSource
from livefollow.constants import FPS
from livefollow.evaluate.cases import Case
from livefollow.evaluate.truth import Truth
from livefollow.features.frames import frame_time_s, frames_of
from livefollow.features.tuning import TuningTracker
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.track import Track
from livefollow.follow.tuning import ShiftSearch
from livefollow.networks.listener import LISTENER, FloatArray, Listener
from livefollow.networks.manifest import NetworkFile, load_manifest
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import load_network
from livefollow.score.reading import Reading, concatenate
from livefollow.score.score import Score
from livefollow.score.strip import Placement, Strip

T = TypeVar("T")
HEARD_S = 1.0  # of the sound beyond the last onset that counts
X = 6  # the column of a track that has the strip px


@dataclass
class Read:
    """What the reader makes of a score."""

    placements: list[Placement]
    reading: Reading


@dataclass
class CaseHeard:
    """What the listener makes of a recording, row by row."""

    onsets: FloatArray
    sounding: FloatArray
    loudness: FloatArray


def kept(cache: Path, make: Callable[[Path, Path], T], network: Path, what: Path) -> T:
    """What a network makes of a file, or what it made of it before; anew where another version kept that."""
    key = hashlib.sha256(network.read_bytes() + what.read_bytes()).hexdigest()[:24]
    path = cache / f"{key}.pickle"
    if path.is_file():
        with suppress(ModuleNotFoundError, AttributeError, pickle.UnpicklingError, EOFError), path.open("rb") as file:
            known: T = pickle.load(file)
            return known
    made = make(network, what)
    cache.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pickle.dump(made, file)
    return made


def read(network: Path, pdf: Path) -> Read:
    """Read a score."""
    reader = Reader(load_network(NetworkFile(network, "reader"), READER, "cpu"))
    parts: list[Reading] = []
    with Score(pdf) as score:
        for _ in score.read():
            parts += [reader.read(score.strip, i) for i in range(len(parts), len(score.strip.placements))]
        return Read(score.strip.placements, concatenate(parts))


def hear(network: Path, audio: Path) -> CaseHeard:
    """Listen to a recording."""
    listener = Listener(load_network(NetworkFile(network, "listener"), LISTENER, "cpu"))
    with FileSource(audio) as source:
        said = [listener.push(frames) for frames in frames_of(source, TuningTracker())]
    onsets, sounding, loudness = zip(*((s.onsets, s.sounding, s.loudness) for s in said), strict=True)
    return CaseHeard(np.concatenate(onsets), np.concatenate(sounding), np.concatenate(loudness))


def follow(score: Read, heard: CaseHeard, settings: Settings, *, shifts: bool = True) -> Track:
    """What the program would show; with or without looking for the semitone that fits."""
    strip = Strip()
    strip.placements.extend(score.placements)
    localizer, shift = Localizer(score.reading, settings), ShiftSearch()
    rows: list[tuple[Any, ...]] = []
    for k, (onsets, sounding, loudness) in enumerate(zip(heard.onsets, heard.sounding, heard.loudness, strict=True)):
        row = onsets, sounding, float(loudness)
        if shifts:
            localizer, e = shift.step(localizer, row)
        else:
            e = localizer.step(*row)
        if not rows or e.x != rows[-1][X]:
            point = strip.to_page(e.x)
            place = (point.page, point.system, point.x, point.top, point.bottom)
        rows.append((frame_time_s(k), *place, e.x, e.speed, e.confidence, str(e.state)))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Track(*columns)


def said_of(case: Case, models: Path | None, cache: Path) -> tuple[Read, CaseHeard]:
    """What the networks say of a case."""
    manifest = load_manifest(models)
    reader, listener = (manifest.network(name).path for name in ("reader", "listener"))
    return kept(cache, read, reader, case.score), kept(cache, hear, listener, case.audio)


@dataclass(frozen=True)
class Known:
    """A case, and what the networks say of it."""

    case: Case
    score: Read
    heard: CaseHeard


def beginning(known: Known, seconds: float) -> Known:
    """The first seconds of a case: more pieces in the same time."""
    frames, case = round(seconds * FPS), known.case
    heard = CaseHeard(*(getattr(known.heard, f.name)[:frames] for f in fields(CaseHeard)))
    if case.truth is not None:
        played = case.truth.onset < seconds - HEARD_S
        truth = Truth(*(getattr(case.truth, f.name)[played] for f in fields(Truth)))
        case = replace(case, truth=truth, jumps=tuple(jump for jump in case.jumps if jump.time_s < seconds - HEARD_S))
    return Known(case, known.score, heard)
