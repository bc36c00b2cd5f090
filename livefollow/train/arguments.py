"""The arguments of `livefollow train ...` and `livefollow export`, and the settings that they make.

They stand apart from what uses them, so that help needs neither torch nor anything else of the extra `train`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from livefollow.follow.paper_state import TASKS
from livefollow.train.settings_arguments import add_settings

PAPER_RUNS = {f"paper-{algorithm}-{task}": task for algorithm in ("ppo", "a2c", "reinforce") for task in TASKS}


def default_data() -> Path:
    """The folder datasets are kept in when none is named."""
    return platformdirs.user_cache_path("livefollow") / "data"


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
class CourseSettings:
    """One run. The comments are the command's help; the defaults are the paper's Table 5."""

    steps: int = 10_000_000  # environment steps at which the run is over
    minutes: float = 0.0  # stop after so many, to be gone on with later; 0: never
    actors: int = 8  # environments
    lr: float = 1e-4  # of Adam
    last_lr: float = 0.0  # to which the rate falls until the last step, by the same share with each; 0: it stays
    gradient_norm: float = 0.5  # to which gradients are clipped
    evaluate_every: int = 50_000  # environment steps between evaluations
    patience: int = 50  # evaluations without a better figure before the rate is refined
    refinements: int = 2  # of the rate, before the run is over
    refine: float = 0.1  # factor on the rate
    average: float = 0.0  # decay, per update, of the mean of the weights that is judged and kept instead; 0: none
    seed: int = 0  # of everything that is drawn
    threads: int = 1  # of torch, on a CPU
    device: str = "auto"  # auto, cpu or cuda
    init: Path | None = None  # weights to begin with, where there is no checkpoint: an exported .onnx, or a checkpoint
    state: Path | None = None  # folder of the checkpoint; by default where the platform keeps such things


@dataclass(frozen=True)
class PPOSettings(CourseSettings):
    """One run. The comments are the command's help; the defaults are the paper's Table 5."""

    t_max: int = 15  # steps of a rollout
    gamma: float = 0.9  # discount
    gae_lambda: float = 0.95  # of the advantages
    entropy: float = 0.05  # coefficient of the policy's entropy
    value: float = 0.5  # coefficient of the value's loss
    clip: float = 0.2  # of the ratio between new and old probability
    epochs: int = 1  # times that a rollout is learned from
    batch: int = 120  # steps that a gradient is taken from


@dataclass(frozen=True)
class PolicySettings(PPOSettings):
    """One run. The comments are the command's help; what is not named here is the paper's."""

    actors: int = 256  # cursors: lessons differ more than a few actors can see
    restless: float = 0.0  # taken from the reward for each change of speed; the paper's is 0
    without: str = ""  # parts of the observation that are hidden, separated by commas
    lessons: Path | None = None  # where `livefollow data policy` put them
    evaluate_every: int = 100_000  # environment steps between evaluations


@dataclass(frozen=True)
class A2CSettings(CourseSettings):
    """One run. The comments are the command's help; the defaults are the paper's Table 5."""

    t_max: int = 15  # steps of a rollout
    gamma: float = 0.9  # discount
    gae_lambda: float = 0.95  # of the advantages
    entropy: float = 0.05  # coefficient of the policy's entropy
    value: float = 0.5  # coefficient of the value's loss


@dataclass(frozen=True)
class ReinforceSettings(CourseSettings):
    """One run. The comments are the command's help; the defaults are the paper's Table 5."""

    actors: int = 1  # environments, each of which plays an episode before anything is learned
    longest: int = 2000  # steps of an episode after which its rest is what the value network expects
    gamma: float = 0.9  # discount
    entropy: float = 0.05  # coefficient of the policy's entropy
    value: float = 0.5  # coefficient of the baseline's loss
    batch: int = 120  # steps that a gradient is taken from


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
