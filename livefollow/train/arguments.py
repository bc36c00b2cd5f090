"""The arguments of `livefollow train ...` and `livefollow export`, and the settings that they make.

They stand apart from what uses them, so that help needs neither torch nor anything else of the extra `train`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path

from livefollow.follow.paper.state import TASKS
from livefollow.train.common.arguments import add_settings
from livefollow.train.data.folders import default_data
from livefollow.train.rl.settings import CourseSettings, PPOSettings

PAPER_RUNS = {f"paper-{algorithm}-{task}": task for algorithm in ("ppo", "a2c", "reinforce") for task in TASKS}


@dataclass(frozen=True)
class LegSettings:
    """One leg. The comments are the command's help."""

    minutes: float = 70.0  # length of the leg
    steps: int = 0  # its length in steps instead, where it is not 0
    lr: float = 2e-3  # peak learning rate, reached after the warm-up, annealed to 1 % along a cosine
    warmup: int = 100  # steps
    weight_decay: float = 1e-2  # of AdamW
    clip: float = 1.0  # norm of the gradient
    evaluate_min: float = 10.0  # minutes between evaluations
    seed: int = 0  # of everything that is drawn; each leg draws anew, and so does one that goes on
    threads: int = 1  # of torch, on a CPU
    workers: int = 1  # processes that prepare data
    device: str = "auto"  # auto, cpu or cuda
    init: Path | None = None  # weights to begin with, where there is no checkpoint: an exported .onnx, or a checkpoint
    state: Path | None = None  # folder of the checkpoint; by default where the platform keeps such things
    data: Path | None = None  # the dataset, where `livefollow data` put it
    corpus: Path | None = None  # folder with rooms/ in it


@dataclass(frozen=True)
class ReaderSettings(LegSettings):
    """One leg of the reader's training. The comments are the command's help."""

    batch_px: int = 8000  # width of a batch's systems together
    widest: int = 1800  # px; what of a system is beyond is not read
    damaged: float = 0.7  # share of systems that look scanned
    validate: int = 40  # systems of each look in an evaluation
    beats_weight: float = 0.3  # of the note values' loss


@dataclass(frozen=True)
class ListenerSettings(LegSettings):
    """One leg of the listener's training. The comments are the command's help."""

    batch: int = 16  # crops of 17 s
    pool: int = 3000  # crops that wait to be used again
    fill: int = 160  # crops before the first step
    echo: int = 4  # times that a crop is used in the mean
    validate_s: float = 60.0  # of each validation recording
    sounding_weight: float = 0.4  # of the loss of what sounds


@dataclass(frozen=True)
class PolicySettings(PPOSettings):
    """One run. The comments are the command's help; what is not named here is the paper's."""

    actors: int = 256  # cursors: lessons differ more than a few actors can see
    restless: float = 0.0  # taken from the reward for each change of speed; the paper's is 0
    without: str = ""  # parts of the observation that are hidden, separated by commas
    lessons: Path | None = None  # where `livefollow data policy` put them
    evaluate_every: int = 100_000  # environment steps between evaluations


def add_leg_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments every training command has."""
    defaults = LegSettings()
    for name, kind, text in (
        ("minutes", float, "length of the leg"),
        ("steps", int, "its length in steps instead"),
        ("lr", float, "peak learning rate"),
        ("evaluate_min", float, "minutes between evaluations"),
        ("seed", int, "of everything that is drawn"),
        ("threads", int, "of torch, on a CPU"),
        ("workers", int, "processes that prepare data"),
    ):
        value = getattr(defaults, name)
        flag = "--" + name.replace("_", "-")
        parser.add_argument(flag, type=kind, default=value, metavar="N", help=f"{text} ({value})")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="(auto)")
    parser.add_argument("--init", type=Path, metavar="FILE", help="weights to begin with where there is no checkpoint")
    parser.add_argument("--state", type=Path, metavar="DIR", help="folder of the checkpoint")
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"the dataset (default {default_data()})")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder with rooms/ in it, for the listener")


def add_reader_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow train reader`."""
    add_leg_arguments(parser)
    parser.add_argument(
        "--validate", type=int, default=ReaderSettings.validate, metavar="N", help="systems of each look"
    )


def add_policy_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow train policy`."""
    parser.add_argument("--name", default="policy", help="of the run, and of the folder of its state (policy)")
    for field in fields(PolicySettings):
        flag = "--" + field.name.replace("_", "-")
        kind = {"int": int, "float": float, "str": str}.get(str(field.type), Path)
        default = field.default
        parser.add_argument(flag, type=kind, default=default, metavar="N", help=f"({default})")


def add_run_arguments(parser: argparse.ArgumentParser, settings: type[CourseSettings]) -> None:
    """The arguments of a training command."""
    parser.add_argument("--task", choices=list(TASKS), default="nottingham", help="which of the paper's (nottingham)")
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"the dataset (default {default_data()})")
    parser.add_argument("--name", metavar="NAME", help="of the run (paper-ALGORITHM-TASK)")
    parser.add_argument("--limit", type=int, metavar="N", help="pieces of each split")
    parser.add_argument("--transposed", action="store_true", help="learn from Nottingham's tunes in other keys, too")
    parser.add_argument("--test", action="store_true", help="follow the test pieces with the best network, then leave")
    add_settings(parser, settings)


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow export`."""
    kinds = ["listener", "reader", "policy", *PAPER_RUNS]
    parser.add_argument("kind", choices=kinds, metavar="NETWORK", help="%(choices)s")
    parser.add_argument("--state", type=Path, metavar="DIR", help="folder of the checkpoints")
    parser.add_argument("--models", type=Path, required=True, metavar="DIR", help="folder with manifest.json")
