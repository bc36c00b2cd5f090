"""Damages every kind of file that livefollow reads beside scores: each must be read, or answered by a sentence.

    python -m tests.benchmarks.reliability.malformed [--count 200] [--seed 0]

So many mutants of each kind: bits flipped, bytes cut out, put in, or doubled, ends cut off, numbers made odd. What the
user made must still be there afterwards, as it was or kept aside; a network that is not the one that was shipped must
be refused. Prints a Markdown table; ends with 1 where anything else happened. Scores have a command of their own,
`tests.benchmarks.score.mutated_pdfs`.
"""

from __future__ import annotations

import argparse
import logging
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile
from tqdm import tqdm

from livefollow.audio.file import FileSource
from livefollow.audio.source import SourceState
from livefollow.demo import demo_folder
from livefollow.errors import LivefollowError
from livefollow.evaluate.cases import load_case
from livefollow.follow.track import load_track
from livefollow.networks.listener import LISTENER
from livefollow.networks.manifest import MANIFEST, load_manifest, models_folder
from livefollow.networks.runtime import load_network
from livefollow.score.corrections import Corrections
from livefollow.score.systems import Staff, System
from livefollow.viewer.library.setlist import read_setlist, setlist_text
from livefollow.viewer.settings.preferences import Preferences, open_preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import OwnRepeat, Place, ScoreMemory
from tests.broken import delete_chunk, duplicate_chunk, flip_bits, swap_chunks, tamper_numbers, truncate

Damage = Callable[[bytes, random.Random], bytes]

DAMAGES: tuple[Damage, ...] = (flip_bits, truncate, delete_chunk, duplicate_chunk, swap_chunks, tamper_numbers)
LONGEST_S = 10.0
SOUND_S, RATE = 2.0, 44100
SOUNDS = {"wav": "PCM_16", "flac": "PCM_16", "ogg": "VORBIS", "mp3": "MPEG_LAYER_III"}
HASH = "0" * 64  # of a score's content


class Kind(NamedTuple):
    """A kind of file.

    Attributes:
        make: writes a sound one into a folder, and says where it is.
        read: whether the program has read it; a `LivefollowError` says why not.
        kept: whether one that cannot be read is the user's, and must be kept aside.
    """

    make: Callable[[Path], Path]
    read: Callable[[Path], bool]
    kept: bool = False


def main() -> int:
    """Damage, read, count."""
    parser = argparse.ArgumentParser(description="Damages every kind of file that livefollow reads beside scores.")
    parser.add_argument("--count", type=int, default=200, help="mutants of each kind")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    bad: list[str] = []
    print("| file | mutants | read | answered by a sentence | bad | longest s |\n|---|---:|---:|---:|---:|---:|")
    for name, kind in KINDS.items():
        outcomes, longest_s = damaged(name, kind, args.count, args.seed, bad)
        counts = " | ".join(str(outcomes[outcome]) for outcome in ("read", "sentence", "bad"))
        print(f"| {name} | {args.count} | {counts} | {longest_s:.2f} |", flush=True)
    print(*bad, sep="\n")
    return 1 if bad else 0


def damaged(name: str, kind: Kind, count: int, seed: int, bad: list[str]) -> tuple[Counter[str], float]:
    """What became of mutants of one kind, and the seconds of the slowest; what must not be is added to `bad`."""
    rng = random.Random(f"{name} {seed}")
    outcomes: Counter[str] = Counter()
    longest_s = 0.0
    for number in tqdm(range(count), desc=name, leave=False):
        with tempfile.TemporaryDirectory() as folder:
            path = kind.make(Path(folder))
            damage = DAMAGES[number % len(DAMAGES)]
            path.write_bytes(really(damage, path.read_bytes(), rng))
            begun = time.perf_counter()
            try:
                outcome = "read" if kind.read(path) else "sentence"
            except LivefollowError as error:
                outcome = "sentence" if str(error).endswith(".") else f"no sentence: {error}"
            except Exception as error:  # whatever else comes out is what is looked for
                outcome = repr(error)
            seconds = time.perf_counter() - begun
            if seconds > LONGEST_S:
                outcome = f"took {seconds:.0f} s"
            elif kind.kept and outcome == "sentence" and not any(path.parent.glob(f"{path.stem}*")):
                outcome = "lost"
        longest_s = max(longest_s, seconds)
        if outcome not in ("read", "sentence"):
            bad.append(f"{name} {number}, {damage.__name__}: {outcome}")
            outcome = "bad"
        outcomes[outcome] += 1
    return outcomes, longest_s


def really(damage: Damage, data: bytes, rng: random.Random) -> bytes:
    """Damaged data that are not what they were."""
    changed = damage(data, rng)
    return changed if changed != data else flip_bits(data, rng)


def make_settings(folder: Path) -> Path:
    """Settings with every kind of value in them."""
    settings = open_preferences(folder)
    settings.change(device="Piano", recent=("/music/a.pdf", "/music/ü.pdf"), look_ahead_s=2.0, full_screen=True)
    settings.close()
    return settings.path


def make_memory(folder: Path) -> Path:
    """What is remembered of a score."""
    memory = RecordFile(folder / f"{HASH}.memory.json", ScoreMemory)
    repeat = OwnRepeat(Place(1, 10.0, 20.0), Place(2, 30.0, 40.0))
    memory.change(page=3, zoom=2.0, start=Place(1, 1.5, 2.5), repeats=(repeat, repeat))
    memory.close()
    return memory.path


def make_corrections(folder: Path) -> Path:
    """A system that was drawn by hand, and a page that was turned."""
    ends = np.array([50.0, 500.0], np.float32)
    staff = Staff(ends, np.full(2, 100.0, np.float32), np.full(2, 5.0, np.float32))
    corrections = Corrections(HASH, folder)
    corrections.add(1, [], System(1, (staff,), (0,)))
    corrections.turn({2: 1})
    return corrections.path


def make_setlist(folder: Path) -> Path:
    """A setlist of twenty scores."""
    path = folder / "evening.setlist"
    path.write_text(setlist_text([folder / f"{number}.pdf" for number in range(20)], folder), encoding="utf-8")
    return path


def make_sound(extension: str) -> Callable[[Path], Path]:
    """A recording in a format."""
    rows = np.sin(np.arange(round(SOUND_S * RATE)) / 20).astype(np.float32)

    def make(folder: Path) -> Path:
        path = folder / f"sound.{extension}"
        soundfile.write(path, rows, RATE, subtype=SOUNDS[extension])
        return path

    return make


def make_copy(name: str) -> Callable[[Path], Path]:
    """The demo, of which one file is damaged."""

    def make(folder: Path) -> Path:
        shutil.copytree(demo_folder(), folder / "case", ignore=shutil.ignore_patterns("*.ly"))
        return folder / "case" / name

    return make


def make_track(folder: Path) -> Path:
    """Positions of the demo's truth, as a track has them."""
    path = folder / "track.csv"
    rows = [f"{time_s:.2f},1,1,{100 + time_s:.1f},50,90,following" for time_s in np.arange(0, 10, 0.05)]
    path.write_text("\n".join(["time_s,page,system,x_pt,top_pt,bottom_pt,state", *rows]))
    return path


def make_models(name: str) -> Callable[[Path], Path]:
    """The networks that come with livefollow, of which one file is damaged."""

    def make(folder: Path) -> Path:
        models = folder / "models"
        models.mkdir()
        shutil.copy(models_folder() / name, models)
        return models / name

    return make


def read_record(kind: type[Preferences] | type[ScoreMemory]) -> Callable[[Path], bool]:
    """Settings, or a memory: what cannot be read is said."""

    def read(path: Path) -> bool:
        record = RecordFile(path, kind)
        record.close()
        return not record.complaint

    return read


def read_corrections(path: Path) -> bool:
    """Corrections: where they cannot be read, there are none."""
    corrections = Corrections(HASH, path.parent)
    return bool(corrections.pages or corrections.turns)


def read_sound(path: Path) -> bool:
    """A recording, to its end."""
    with FileSource(path) as source:
        while source.status.state is SourceState.RUNNING:
            source.read()
        return not source.status.note


def read_network(path: Path) -> bool:
    """A network that came with livefollow: any change of it is refused.

    Raises:
        ModelError: it is refused.
    """
    shipped = load_manifest().network(path.stem)
    load_network(replace(shipped, path=path), LISTENER)
    return True


def always(read: Callable[[Path], object]) -> Callable[[Path], bool]:
    """What is read, or else raises."""

    def reads(path: Path) -> bool:
        read(path)
        return True

    return reads


KINDS = {
    "settings": Kind(make_settings, read_record(Preferences), kept=True),
    "memory of a score": Kind(make_memory, read_record(ScoreMemory), kept=True),
    "corrected staves": Kind(make_corrections, read_corrections, kept=True),
    "setlist": Kind(make_setlist, always(read_setlist), kept=True),
    "track": Kind(make_track, always(load_track)),
    "case: truth": Kind(make_copy("truth.csv"), always(lambda path: load_case(path.parent))),
    "case: about it": Kind(make_copy("meta.json"), always(lambda path: load_case(path.parent))),
    **{f"{name.upper()} recording": Kind(make_sound(name), read_sound) for name in SOUNDS},
    "manifest": Kind(make_models(MANIFEST), always(lambda path: load_manifest(path.parent))),
    "network": Kind(make_models("listener.onnx"), read_network),
}

if __name__ == "__main__":
    sys.exit(main())
