"""`livefollow paper table4`: the paper's sixteen pieces, from the score's own sound to a piano in a room."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import torch

from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import MSMD
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece
from livefollow.train.study.followers import Performed
from livefollow.train.study.performances import LABEL, PIECES, SIMULATED, perform, recorded, recorded_conditions
from livefollow.train.study.table import text, write
from livefollow.train.study.table3 import add_table_arguments, follow_in_turn, followers_of

RUNS = 50  # of sampled policies, as in the paper

Playing = Callable[[Path], PaperPiece | None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_table_arguments(parser, RUNS)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="folder with pianos/ and rooms/")
    parser.add_argument(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="real recordings, a folder for each condition, with PIECE.wav and PIECE.csv (quarter, onset_s)",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N of the pieces")


def run(args: argparse.Namespace) -> int:
    """Follow all pieces in each condition and print the tables.

    Raises:
        LivefollowError: pieces, a piano or a room are missing, or an agent is not as it must be.
    """
    torch.set_num_threads(args.threads)
    looks = looks_of_pieces(args.data or default_data())[: args.limit]
    followers = followers_of(args, MSMD)
    scores = [perform(SIMULATED[0], look, args.corpus, args.seed) for look in looks]
    tables = []
    for name, playing in _conditions(args):
        heard = [playing(look) for look in looks]
        performed = [Performed(p, s, look) for p, s, look in zip(heard, scores, looks, strict=True) if p is not None]
        if not performed:
            raise LivefollowError(f"{name} has no recording of any of the pieces: {', '.join(PIECES)}")
        rows = follow_in_turn(followers, performed, MSMD, args.seed)
        tables.append(({"condition": name, "seed": args.seed}, rows))
        print(f"{name}: {len(performed)} pieces\n{text(rows)}\n", flush=True)
    if args.out:
        write(args.out, tables)
        print(f"Written to {args.out}")
    return 0


def looks_of_pieces(data: Path) -> list[Path]:
    """The looks of the paper's pieces, as LilyPond engraves them.

    Raises:
        LivefollowError: some are missing.
    """
    looks = [data / "scores" / "test" / name / "lilypond.npz" for name in PIECES]
    missing = [look.parent.name for look in looks if not look.is_file()]
    if missing:
        raise LivefollowError(
            f"{data} lacks {', '.join(missing)}: run livefollow data scores --splits test --looks lilypond first"
        )
    return looks


def _conditions(args: argparse.Namespace) -> list[tuple[str, Playing]]:
    """The conditions, by name, with what plays a piece in each."""

    def simulated(condition: int) -> Playing:
        return lambda look: perform(SIMULATED[condition], look, args.corpus, args.seed)

    def real(folder: Path) -> Playing:
        return lambda look: recorded(folder, look)

    out = [(f"{condition.name} ({LABEL})", simulated(k)) for k, condition in enumerate(SIMULATED)]
    if args.recordings:
        out += [(name, real(args.recordings / name)) for name in recorded_conditions(args.recordings)]
    return out
