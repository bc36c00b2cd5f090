"""The settings and flags of `livefollow train ...` and `livefollow export`.

Settings stand apart from what uses them, so that help needs no torch. Comments are the help; tyro makes the flags.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

from livefollow.follow.paper.state import TASKS
from livefollow.train.common.settings import SupervisedSettings
from livefollow.train.rl.algorithm import Algorithm
from livefollow.train.rl.ppo import PPO
from livefollow.train.rl.registry import ALGORITHMS

PAPER_RUNS = {f"paper-{algorithm}-{task}": task for algorithm in ALGORITHMS for task in TASKS}

Settings = TypeVar("Settings", bound=Algorithm)


@dataclass(frozen=True)
class ReaderSettings(SupervisedSettings):
    """One run of the reader."""

    batch_px: int = 8000  # width of a batch's systems together
    widest: int = 1800  # px; what of a system is beyond is not read
    damaged: float = 0.7  # share of systems that look scanned
    random: float = 0.19  # share of systems that are random music
    validate: int = 40  # systems of each look in an evaluation
    beats_weight: float = 0.3  # of the note values' loss


@dataclass(frozen=True)
class ListenerSettings(SupervisedSettings):
    """One run of the listener."""

    corpus: Path | None = None  # folder with rooms/ in it
    batch: int = 16  # crops of 17 s
    pool: int = 3000  # crops that wait to be used again
    fill: int = 160  # crops before the first step
    echo: int = 4  # times that a crop is used in the mean
    validate_s: float = 60.0  # of each validation recording
    sounding_weight: float = 0.4  # of the loss of what sounds
    raise_onsets: float = 0.0  # added to the logits of onsets at the end: noise makes a network careful


@dataclass(frozen=True)
class PolicySettings(PPO):
    """One run of our policy; what is not named here is the paper's."""

    name: str = "policy"  # of the run, and of the folder of its state
    actors: int = 256  # cursors: trajectories differ more than a few actors can see
    reward_struck: float = 1.0  # taken from the reward for being off a note when its place counts; the paper's is 0
    reward_struck_px: float = 6.0  # from which on that is taken whole
    reward_jerk: float = 0.02  # taken for each px per frame that the speed changes by; the paper's is 0
    reward_stands: float = 0.05  # taken for standing while the player goes on; the paper's is 0
    reward_back: float = 0.02  # taken for each px that the cursor goes back; the paper's is 0
    without: str = ""  # parts of the observation that are hidden, separated by commas
    trajectories: Path | None = None  # where `livefollow data policy` put them
    evaluate_every: int = 100_000  # environment steps between evaluations


@dataclass(frozen=True)
class LocalizerSettings:
    """One search for the localizer's numbers."""

    cases: tuple[Path, ...] = ()  # folders of training cases, of livefollow data cases
    cache: Path = Path("heard")  # where what the networks say of cases is kept
    validate: tuple[Path, ...] = ()  # cases of other pieces: the numbers found are measured on them
    numbers: str = ""  # GROUP.NAME,...: those that are learned; by default what docs/sensitivity.md says matters
    evaluations: int = 200  # of all cases
    minutes: float = 0.0  # stop after so many, to be gone on with later; 0: never
    seconds: float = 0.0  # of each case; 0: all of it
    sigma: float = 0.3  # the first steps: numbers by so much of their ratio, or of their odds
    population: int = 0  # evaluations of a generation; 0: as CMA-ES thinks fit
    jobs: int = 1  # processes
    seed: int = 0  # of the search
    name: str = "localizer"  # of the run, and of the folder of its state
    state: Path | None = None  # folder of the state; by default where the platform keeps such things
    models: Path | None = None  # networks of one's own: a folder, or one .onnx file


@dataclass(frozen=True)
class PaperSettings(Generic[Settings]):
    """One run of the paper's agents: the pieces, and the settings of the algorithm."""

    algorithm: Settings
    task: Literal["nottingham", "msmd"] = "nottingham"  # which of the paper's
    data: Path | None = None  # the dataset; by default where `livefollow data` puts it
    name: str | None = None  # of the run; by default paper-ALGORITHM-TASK
    split_of: Literal["paper", "everything"] = "paper"  # MSMD: its 354 training pieces, or with those added since
    limit: int | None = None  # pieces of each split
    transposed: bool = False  # learn from Nottingham's tunes in other keys, too
    speed_step: float = 1.0  # px per frame by which an action changes the speed: an ablation, to be measured only
    no_difference: bool = False  # the state without the spectrogram's one-step difference: the same
    test: bool = False  # follow the test pieces with the best network, then leave


@dataclass(frozen=True)
class MmLocSettings(SupervisedSettings):
    """One run of MM-Loc, the paper's supervised baseline."""

    task: Literal["nottingham", "msmd"] = "nottingham"  # which of the paper's
    minutes: float = 30.0  # length of the run
    lr: float = 1e-3  # peak learning rate, reached after the warm-up, annealed to 1 % along a cosine
    batch: int = 64  # windows
    limit: int | None = None  # pieces of each split
    transposed: bool = False  # learn from Nottingham's tunes in other keys, too


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow export` to its parser."""
    kinds = ["listener", "reader", "policy", *PAPER_RUNS]
    parser.add_argument("kind", choices=kinds, metavar="NETWORK", help="%(choices)s")
    parser.add_argument("--state", type=Path, metavar="DIR", help="folder of the checkpoints")
    parser.add_argument("--models", type=Path, required=True, metavar="DIR", help="folder with manifest.json")
