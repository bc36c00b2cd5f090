"""`livefollow data performances`: play every piece of a dataset by simulated players, on sampled pianos."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.progress import ProgressBar
from livefollow.storage import whole_file
from livefollow.train.data.held_out import EVALUATION_SPLITS, HELD_OUT_PIANO
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.exercises import SPLIT, write_exercises
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.recordings import HeldOutError, recordings_of, save_recording
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.sound.noise import write_clips
from livefollow.train.data.sound.pianos import SCORE_PIANO, is_held_out, open_piano, training_pianos

# By which the styles of a piece are drawn in a training split, without replacement.
WEIGHTS = {
    "plain": 0.2,
    "soft": 0.15,
    "contrasts": 0.2,
    "slow_practice": 0.1,
    "stumbling": 0.1,
    "jumps": 0.05,
    "repeats": 0.05,
    "hands_separately": 0.05,
    "rehearsal": 0.1,
}
EXERCISES = 120
LONGEST_S = 240.0  # of a training performance: longer pieces are played in excerpt, another one each time


@dataclass(frozen=True)
class RenderTask:
    """A performance to render."""

    music: Path
    out: Path  # of the npz
    style: str
    piano: str
    seed: int
    longest_s: float | None
    corpus: Path


@dataclass(frozen=True)
class Done:
    """The result of a task: its sound's length, or what went wrong."""

    task: RenderTask
    seconds: float = 0.0  # of sound
    error: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    parser.add_argument("--corpus", type=Path, required=True, help="folder with pianos/ and rooms/ in it")
    parser.add_argument("--data", type=Path, required=True, help="the dataset, with scores/ in it")
    parser.add_argument(
        "--split", nargs="+", default=["train", SPLIT], metavar="SPLIT", help=f"folders of scores/ (train {SPLIT})"
    )
    parser.add_argument(
        "--exercises", type=int, default=EXERCISES, metavar="N", help=f"of the split {SPLIT} ({EXERCISES})"
    )
    parser.add_argument("--styles", nargs="+", choices=list(PRESETS), metavar="STYLE", help=", ".join(PRESETS))
    parser.add_argument("--pianos", nargs="+", metavar="PIANO", help="all that the split may use by default")
    parser.add_argument("--per-piece", type=int, default=3, metavar="N", help="performances of each piece (3)")
    parser.add_argument("--seed", type=int, default=0, help="decides everything (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N pieces of each split")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Render what is missing, print a report and write it to `DATA/performances/report.json`.

    Raises:
        LivefollowError: the dataset or a piano is missing, or a training split asks for the held-out piano.
    """
    splits = [split for split in args.split if split != SPLIT or args.exercises]
    write_exercises(args.data, args.exercises)
    tasks = []
    for split in splits:
        tasks += plan(
            args.data, args.corpus, split, args.styles, args.pianos, args.per_piece, args.seed, limit=args.limit
        )
    for name in sorted({task.piano for task in tasks}):
        open_piano(name, args.corpus)  # complains before the work begins
    write_clips(args.data)
    missing = [task for task in tasks if not task.out.exists()]
    bar = ProgressBar(render_all(missing, args.jobs), total=len(missing), desc="performances", unit="piece")
    failures = [done for done in bar if done.error]
    report = summary(args.data, splits)
    report["failures"] = {done.task.out.relative_to(args.data).as_posix(): done.error for done in failures}
    (args.data / "performances").mkdir(exist_ok=True)
    with whole_file(args.data / "performances" / "report.json") as partial:
        partial.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))
    return 1 if failures else 0


def plan(
    data: Path,
    corpus: Path,
    split: str,
    styles: Sequence[str] | None,
    pianos: Sequence[str] | None,
    per_piece: int,
    seed: int,
    limit: int | None = None,
) -> list[RenderTask]:
    """Draw which performances a split is to have; the same arguments draw the same.

    A piece's performances have different styles as long as there are any left. On evaluation splits styles come in
    their order and whole pieces are played, on the held-out piano; `score` is always on MSMD's.

    Raises:
        LivefollowError: the split has no pieces.
        HeldOutError: a training split is to be played on the held-out piano.
    """
    evaluation = split in EVALUATION_SPLITS
    pianos = list(pianos or ([HELD_OUT_PIANO] if evaluation else training_pianos()))
    if not evaluation and any(is_held_out(name) for name in pianos):
        raise HeldOutError(f"{HELD_OUT_PIANO} is held out: the split {split} must not be played on it")
    paths = sorted((data / "scores" / split).glob("*/music.json"))
    if not paths:
        raise LivefollowError(f"{data / 'scores' / split} has no pieces: run livefollow data scores first")
    wanted = list(styles or (["score", "plain", "stumbling"] if evaluation else WEIGHTS))
    tasks = []
    for path in paths[:limit]:
        piece = path.parent.name
        rng = np.random.default_rng([seed, zlib.crc32(f"{split}/{piece}".encode())])
        for k in range(per_piece):
            if k % len(wanted) == 0:
                weights = np.array([WEIGHTS.get(style, 0.1) for style in wanted])
                order = wanted if evaluation else rng.choice(wanted, len(wanted), False, weights / weights.sum())
            style = str(order[k % len(wanted)])
            piano = str(rng.choice(pianos))
            piano = SCORE_PIANO if style == "score" else piano
            own = int(rng.integers(0, 2**31))
            out = data / "performances" / split / piece / f"{style}-{own}-{piano}.npz"
            tasks.append(RenderTask(path, out, style, piano, own, None if evaluation else LONGEST_S, corpus))
    return tasks


def render(task: RenderTask) -> Done:
    """Play and render one performance; an error is returned in the result, not raised."""
    try:
        music = Music.load(task.music)
        played = play(music, PRESETS[task.style], np.random.default_rng(task.seed), task.longest_s)
        dry = open_piano(task.piano, task.corpus).render(played.notes(), SAMPLE_RATE, played.tuning_hz)
        save_recording(task.out, music.name, task.style, task.piano, task.seed, played, dry)
    except Exception as error:
        return Done(task, error=f"{type(error).__name__}: {error}")
    return Done(task, len(dry) / SAMPLE_RATE)


def render_all(tasks: Sequence[RenderTask], jobs: int) -> Iterator[Done]:
    """Render in several processes; yields each task's result as soon as it is there."""
    if jobs <= 1 or len(tasks) <= 1:
        yield from map(render, tasks)
        return
    # A forked FluidSynth would share its parent's state.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        for future in as_completed([pool.submit(render, task) for task in tasks]):
            yield future.result()


def summary(data: Path, splits: Iterable[str]) -> dict[str, object]:
    """What lies on disk: recordings, minutes by split, style and piano, onsets and jumps."""
    minutes: dict[str, Counter[str]] = defaultdict(Counter)
    count: Counter[str] = Counter()
    for split in splits:
        for recording in recordings_of(data, split):
            for group, name in (("split", split), ("style", recording.style), ("piano", recording.piano)):
                minutes[group][name] += recording.seconds / 60  # type: ignore[assignment]
            count["recordings"] += 1
            count["onsets"] += len(recording.played.onsets)
            count["keys"] += len(recording.played.keys)
            count["jumps"] += sum(not jump.repeat for jump in recording.played.jumps)
    return {
        **count,
        **{f"minutes_by_{group}": {k: round(v, 1) for k, v in sorted(c.items())} for group, c in minutes.items()},
    }
