"""`livefollow data scores`: engrave LilyPond sources, tunes and random music, with exact truth.

Several processes make pieces, each piece in one of them. A run that was stopped continues where it was.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from livefollow.progress import ProgressBar
from livefollow.train.data.corpus.pieces import ONLY_ASKED, SPLITS, Piece, find_pieces, is_added
from livefollow.train.data.corpus.random_music import FEATURES
from livefollow.train.data.engraving.plan import DEFAULT_LOOKS, check_looks, looks_of
from livefollow.train.data.folders import default_data
from livefollow.train.data.notation.notation import Notation, melody_figures, shared_share
from livefollow.train.data.scores.make_piece import REPORT, PieceTask, make_piece, write_failure
from livefollow.train.data.scores.report import report, table

RANDOM_PIECES = 120
LEFT_S = 86_400  # what lies unfinished for longer is of a run that was interrupted
TASKS_PER_PROCESS = 40  # the engravers' libraries do not give all their memory back: then new processes go on
HELD_OUT = ("valid", "test")
SAME_MUSIC = 0.5  # share of melodic figures from which on two pieces are the same music


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow data scores` to its parser."""
    parser.add_argument(
        "--corpus",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder with msmd_split.json, or of your own .ly files",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"where datasets are kept (default {default_data()})")
    parser.add_argument(
        "--looks",
        default=",".join(DEFAULT_LOOKS),
        help="comma-separated, a/b: one of them at random (default %(default)s)",
    )
    parser.add_argument(
        "--splits",
        default=",".join(split for split in SPLITS if split not in ONLY_ASKED),
        help=f"comma-separated; beside the default ones there are {', '.join(ONLY_ASKED)}: the tunes to learn from in "
        "other keys, and songs for voice and piano (default %(default)s)",
    )
    parser.add_argument(
        "--random", type=int, default=RANDOM_PIECES, metavar="N", help="random pieces (default %(default)s)"
    )
    parser.add_argument(
        "--first-random", type=int, default=0, metavar="N", help="the first one's number (default %(default)s)"
    )
    parser.add_argument(
        "--random-style",
        nargs="+",
        type=feature,
        default=[],
        metavar="NAME=X",
        help="features of the random pieces that are not to be drawn, such as old_clefs=0.85, for pieces of numbers of "
        f"their own (--first-random): {', '.join(FEATURES)}",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only N pieces of each split, spread over it")
    parser.add_argument("--seed", type=int, default=0, help="of the looks (default %(default)s)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default %(default)s)"
    )
    parser.add_argument("--retry", action="store_true", help="try again what failed before")


def feature(text: str) -> tuple[str, float]:
    """Read `NAME=X`, a feature of random music and its probability.

    Raises:
        ArgumentTypeError: there is no such feature, or X is less than 0 or more than the feature can be.
    """
    name, _, value = text.partition("=")
    if name not in FEATURES:
        raise argparse.ArgumentTypeError(f"there is no feature {name!r}; there are {', '.join(FEATURES)}")
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    most = FEATURES[name]
    if not 0 <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r}: what follows {name}= is to be a number from 0 to {most:g}")
    return name, number


def run(args: argparse.Namespace) -> int:
    """Make the scores of a dataset and print the report; 130 when stopped by Ctrl-C.

    Raises:
        CorpusError: there is nothing to engrave, or no such look.
    """
    looks = [look for look in args.looks.split(",") if look]
    check_looks(looks)
    root = (args.data or default_data()) / "scores"
    pieces, left_out = find_pieces(args.corpus, args.random, args.first_random, dict(args.random_style))
    splits = [split for split in SPLITS if split in args.splits.split(",")]
    chosen = [p for split in splits for p in spread([q for q in pieces if q.split == split], args.limit)]
    tasks = [PieceTask(p, looks_of(p, looks, args.seed), root, args.seed, args.retry) for p in chosen]
    # Pieces that are held out come first: those added for training are compared with them.
    tasks.sort(key=lambda t: t.piece.split in ("train", "random"))
    began = time.monotonic()
    try:
        _make_all(tasks, max(1, args.jobs))
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from here.", file=sys.stderr)
        return 130
    withdraw_held_out(pieces, root, args.seed)
    _sweep(root / ".partial")
    summary = report(tasks, left_out, time.monotonic() - began)
    root.mkdir(parents=True, exist_ok=True)  # where nothing was to be made
    (root / "report.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    print(table(summary))
    print(f"Written to {root}; details in {root / 'report.json'}")
    return 0


def _sweep(workshop: Path) -> None:
    """Remove what interrupted runs left there; another run may be at work beside this one."""
    for scratch in workshop.glob("*"):
        with contextlib.suppress(OSError):  # the other run has just done so, or it may not be removed
            if time.time() - scratch.stat().st_mtime > LEFT_S:
                shutil.rmtree(scratch)


def spread(pieces: list[Piece], limit: int | None) -> list[Piece]:
    """Choose at most `limit` pieces, evenly spread."""
    if limit is None or limit >= len(pieces):
        return pieces
    return [pieces[k * len(pieces) // limit] for k in range(limit)]


def withdraw_held_out(pieces: list[Piece], root: Path, seed: int) -> None:
    """Withdraw pieces added for training that are the same music as a held-out one, whatever their titles.

    All pieces on disk are compared, whatever this run was asked for.

    Args:
        pieces: all of the corpus; says which held-out pieces there should be.
        root: DATA/scores.
        seed: of the looks.
    """
    added = {
        path.parent: melody_figures(notation)
        for path in sorted((root / "train").glob("*/notation.json"))
        if is_added((notation := Notation.load(path)).source)
    }
    if not added:
        return
    held_out = {
        path.parent.name: melody_figures(Notation.load(path))
        for split in HELD_OUT
        for path in sorted((root / split).glob("*/notation.json"))
    }
    missing = [p.name for p in pieces if p.split in HELD_OUT and p.name not in held_out]
    if missing:
        print(
            f"WARNING: {len(missing)} held-out pieces are not in {root}: {', '.join(missing)}. The pieces added for "
            "training could not be compared with them and may be the same music. Before you train on them, run this "
            f"command again with --splits {','.join(('train', *HELD_OUT))} and without --limit.",
            file=sys.stderr,
        )
    for folder, figures in added.items():
        same = next((n for n, other in held_out.items() if shared_share(figures, other) >= SAME_MUSIC), None)
        if same:
            looks = {path.stem for path in folder.glob("*.npz")}
            looks |= {path.name.removesuffix(REPORT) for path in folder.glob(f"*{REPORT}")}
            task = PieceTask(Piece("train", folder.name, ""), sorted(looks), root, seed, retry=False)
            for look in task.looks:
                write_failure(task, look, f"same music as {same}, which is held out")
            for name in ("notation.json", "music.json", "score.mid"):
                (folder / name).unlink(missing_ok=True)
            print(f"{folder.name} is withdrawn: the same music as {same}, which is held out.", file=sys.stderr)


def _make_all(tasks: list[PieceTask], jobs: int) -> None:
    waiting = [t for t in tasks if t.missing()]
    if len(waiting) < len(tasks):
        print(f"{len(tasks) - len(waiting)} pieces are done already.", file=sys.stderr)
    with ProgressBar(total=len(waiting), desc="scores", unit="piece") as bar:
        _make(waiting, jobs, bar)


def _make(waiting: list[PieceTask], jobs: int, bar: ProgressBar) -> None:
    while waiting:
        broken = []
        for first in range(0, len(waiting), jobs * TASKS_PER_PROCESS):
            for task, error in _made(waiting[first : first + jobs * TASKS_PER_PROCESS], jobs):
                if error:
                    broken.append(task)
                else:
                    bar.update()
        # A process that died took its neighbours with it: each of them alone, the culprit shows.
        alone = [t for t in broken if t.folder.is_dir() and t.missing()]
        waiting = [t for t in broken if t not in alone]
        for task in alone:
            for _, error in _made([task], 1):
                if error:
                    for look in task.missing():
                        write_failure(task, look, "the engraver crashed")
                bar.update()


def _made(tasks: list[PieceTask], jobs: int) -> Iterator[tuple[PieceTask, BaseException | None]]:
    """Yield tasks as they are done, with the error where the process died."""
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_quiet)
    try:
        futures: dict[Future[str], PieceTask] = {pool.submit(make_piece, task): task for task in tasks}
        for future in as_completed(futures):
            error = future.exception()
            if error and not isinstance(error, BrokenProcessPool):
                raise error
            yield futures[future], error
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def _quiet() -> None:
    """Set up a worker: Ctrl-C is left to the parent, and termination runs clean-up code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    import cv2  # noqa: PLC0415

    cv2.setNumThreads(1)
