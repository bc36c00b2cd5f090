"""How well the localizer follows what the networks say of cases: `python -m tests.benchmarks.heard_cases CASES...`.

What reader and listener make of a case is kept in `--cache`, so that settings of the localizer can be compared in
seconds: `--set stop=0.02` changes one, and may be given several times, one row each. The figures are those of
`livefollow evaluate`.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from itertools import repeat
from pathlib import Path
from typing import TypeVar

import numpy as np

from livefollow.audio.file import FileSource
from livefollow.evaluate.cases import find_cases, load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.evaluate.output import Measured, piece_table, table
from livefollow.evaluate.summary import Result
from livefollow.evaluate.track import Track
from livefollow.features.frames import frame_time_s, frames_of
from livefollow.follow.listener import FloatArray, Listener
from livefollow.follow.localizer import Localizer
from livefollow.follow.manifest import NetworkFile, load_manifest
from livefollow.follow.networks import load_network
from livefollow.follow.priors import Settings
from livefollow.follow.reader import Reader
from livefollow.follow.reading import Reading, concatenate
from livefollow.score.score import Score
from livefollow.score.strip import Placement, Strip

T = TypeVar("T")


@dataclass
class Read:
    """What the reader makes of a score."""

    placements: list[Placement]
    reading: Reading


@dataclass
class Heard:
    """What the listener makes of a recording, row by row."""

    onsets: FloatArray
    sounding: FloatArray
    loudness: FloatArray


def kept(cache: Path, make: Callable[[Path, Path], T], network: Path, what: Path) -> T:
    """What a network makes of a file, or what it made of it before."""
    key = hashlib.sha256(network.read_bytes() + what.read_bytes()).hexdigest()[:24]
    path = cache / f"{key}.pickle"
    if path.is_file():
        with path.open("rb") as file:
            known: T = pickle.load(file)
        return known
    made = make(network, what)
    cache.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pickle.dump(made, file)
    return made


def read(network: Path, pdf: Path) -> Read:
    """Read a score."""
    reader = Reader(load_network(NetworkFile(network, "reader"), "cpu"))
    parts: list[Reading] = []
    with Score(pdf) as score:
        for _ in score.read():
            parts += [reader.read(score.strip, i) for i in range(len(parts), len(score.strip.placements))]
        return Read(score.strip.placements, concatenate(parts))


def hear(network: Path, audio: Path) -> Heard:
    """Listen to a recording."""
    listener = Listener(load_network(NetworkFile(network, "listener"), "cpu"))
    with FileSource(audio) as source:
        said = [listener.push(frames) for frames in frames_of(source)]
    onsets, sounding, loudness = zip(*((s.onsets, s.sounding, s.loudness) for s in said), strict=True)
    return Heard(np.concatenate(onsets), np.concatenate(sounding), np.concatenate(loudness))


def follow(score: Read, heard: Heard, settings: Settings) -> Track:
    """What the program would show."""
    strip = Strip()
    strip.placements.extend(score.placements)
    localizer = Localizer(score.reading, settings)
    rows = []
    for k, (onsets, sounding, loudness) in enumerate(zip(heard.onsets, heard.sounding, heard.loudness, strict=True)):
        e = localizer.step(onsets, sounding, float(loudness))
        point = strip.to_page(e.x)
        place = (point.page, point.system, point.x, point.top, point.bottom)
        rows.append((frame_time_s(k), *place, e.x, e.speed, e.confidence, str(e.state)))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Track(*columns)


def measured(folder: Path, models: Path | None, cache: Path, settings: Settings) -> Result:
    """One case."""
    case, manifest = load_case(folder), load_manifest(models)
    reader, listener = (manifest.network(name).path for name in ("reader", "listener"))
    track = follow(kept(cache, read, reader, case.score), kept(cache, hear, listener, case.audio), settings)
    if case.truth is None:
        return Result(case, track, None, following_s=float(np.count_nonzero(track.state == "following")) / 20)
    return Result(case, track, evaluate(case, track))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[""], metavar="NAME=VALUE[,NAME=VALUE]")
    parser.add_argument("--pieces", action="store_true", help="a row for each case")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    for path in args.cases:
        folders = find_cases([path], args.only)
        rows = []
        for change in args.set:
            settings = changed(change)
            with ProcessPoolExecutor(args.jobs) as pool:
                jobs = pool.map(measured, folders, repeat(args.models), repeat(args.cache), repeat(settings))
                rows.append(Measured(change or "as it is", True, list(jobs), {}))
        print(f"{path.name}, {len(folders)} cases\n{table(rows)}")
        if args.pieces:
            for row in rows:
                print(piece_table(row))


def changed(text: str) -> Settings:
    """The default settings with some changed."""
    kinds = {f.name: type(getattr(Settings(), f.name)) for f in fields(Settings)}
    pairs = dict(pair.split("=") for pair in text.split(",") if pair)
    return replace(Settings(), **{name: kinds[name](value) for name, value in pairs.items()})


if __name__ == "__main__":
    main()
