"""`livefollow paper table3`: the paper's agents, baselines and livefollow's own followers in the paper's game."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

from livefollow.follow.paper.state import TASKS, PaperTask
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import looks_of, pieces_of
from livefollow.train.study.followers import (
    AgentInGame,
    AppAgent,
    ComparedFollower,
    Knowing,
    MidiOdtw,
    MmLoc,
    OmrOdtw,
    Oracle,
    Performed,
    Steady,
    is_of_the_paper,
    open_network,
)
from livefollow.train.study.table import TableRow, measure, text, write

RUNS = 10  # of sampled policies, as in the paper
BASELINES: Mapping[str, Callable[[Path | None], list[ComparedFollower]]] = {
    "oracle": lambda _: [Oracle()],
    "steady": lambda _: [Steady("mean"), Steady("median"), Steady("common")],
    "knowing": lambda _: [Knowing(), Knowing(nearest=True)],
    "odtw": lambda _: [MidiOdtw()],
    "omr": lambda models: [OmrOdtw(models)],
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_table_arguments(parser, RUNS)
    parser.add_argument("--task", choices=list(TASKS), default="nottingham", help="which of the paper's (nottingham)")
    parser.add_argument("--split", default="test", choices=["valid", "test"], help="whose pieces (test)")
    parser.add_argument("--limit", type=int, metavar="N", help="only N pieces, spread over the split")


def add_table_arguments(parser: argparse.ArgumentParser, runs: int) -> None:
    """Add the arguments of both tables.

    Args:
        parser: of the command.
        runs: by default.
    """
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"the dataset (default {default_data()})")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for table.csv, runs.csv, pieces.csv")
    parser.add_argument(
        "--agent",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="agents of the manifest, exported .onnx files or checkpoints of the paper's agents, beside the baselines",
    )
    parser.add_argument(
        "--policy",
        nargs="+",
        choices=["sampled", "greedy"],
        default=["sampled", "greedy"],
        help="whether actions are drawn, as in the paper, or the likeliest is taken (both)",
    )
    parser.add_argument("--runs", type=int, default=runs, metavar="N", help=f"of a sampled policy ({runs})")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn (0)")
    parser.add_argument(
        "--baselines",
        nargs="*",
        choices=list(BASELINES),
        default=[name for name in BASELINES if name != "omr"],
        help="beside the agents: %(choices)s (all but omr, which reads every score)",
    )
    parser.add_argument("--mm-loc", type=Path, metavar="CHECKPOINT", help="of `livefollow train mm-loc`: a row more")
    parser.add_argument("--models", type=Path, metavar="DIR", help="another folder of networks")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="of torch (1)")


def run(args: argparse.Namespace) -> int:
    """Follow all pieces and print the table.

    Raises:
        LivefollowError: there are no pieces, or an agent is not as it must be.
    """
    torch.set_num_threads(args.threads)
    task, data = TASKS[args.task], args.data or default_data()
    looks = looks_of(data, task, args.split, args.limit)
    pieces = pieces_of(data, task, args.split, args.limit)
    performed = [Performed(piece, piece, look) for piece, look in zip(pieces, looks, strict=True)]
    rows = follow_in_turn(followers_of(args, task), performed, task, args.seed)
    onsets = sum(len(piece.onset_x) for piece in pieces)
    print(f"{task.name}, {args.split}: {len(pieces)} pieces, {onsets} onsets; b {task.lost:g} px")
    print(text(rows))
    if args.out:
        write(args.out, [({"task": task.name, "split": args.split, "seed": args.seed}, rows)])
        print(f"Written to {args.out}")
    return 0


def followers_of(args: argparse.Namespace, task: PaperTask) -> list[ComparedFollower]:
    """The followers of a table: oracle, null cursors, baselines, and the agents that were asked for."""
    out = [follower for name, make in BASELINES.items() if name in args.baselines for follower in make(args.models)]
    if args.mm_loc:
        out.append(MmLoc(args.mm_loc))
    for name in dict.fromkeys(args.agent):
        if not is_of_the_paper(name, args.models):
            out.append(AppAgent(name, args.models))
            continue
        network = open_network(name, task, args.models)
        for policy in dict.fromkeys(args.policy):
            drawn = policy == "sampled"
            out.append(AgentInGame(f"{name}, {policy}", network, drawn, args.runs if drawn else 1))
    return out


def follow_in_turn(
    followers: Sequence[ComparedFollower], performed: Sequence[Performed], task: PaperTask, seed: int
) -> list[TableRow]:
    """Measure followers one after the other; those of the paper's agents also as its release counts."""
    rows = []
    for follower in followers:
        rows += measure(follower, performed, task, seed, released=isinstance(follower, AgentInGame))
    return rows
