"""Settings of every training run. Comments are the help of the commands, which tyro makes of them; no torch here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class RunSettings:
    """Settings of every training run."""

    minutes: float = 0.0  # stop after so many, to be gone on with later; 0: never
    steps: int = 0  # after which the run is over
    lr: float = 1e-3  # learning rate
    gradient_norm: float = 1.0  # to which gradients are clipped
    seed: int = 0  # of everything that is drawn; a continued run draws other numbers
    threads: int = 1  # of torch, on a CPU
    device: Literal["auto", "cpu", "cuda"] = "auto"  # auto: cuda where there is one
    init: Path | None = None  # weights to begin with, where there is no checkpoint: an exported .onnx, or a checkpoint
    state: Path | None = None  # folder of the checkpoint; by default where the platform keeps such things


@dataclass(frozen=True)
class SupervisedSettings(RunSettings):
    """Settings of a supervised run: one warm-up and one annealing, however often it is continued."""

    minutes: float = 70.0  # length of the run
    steps: int = 0  # its length in steps instead, where it is not 0
    lr: float = 2e-3  # peak learning rate, reached after the warm-up, annealed to 1 % along a cosine
    warmup: int = 100  # steps
    weight_decay: float = 1e-2  # of AdamW
    keep: float = 0.0  # share of the weights that the run begins with in those that it ends with: less is forgotten
    evaluate_min: float = 10.0  # minutes between evaluations
    workers: int = 1  # processes that prepare data
    data: Path | None = None  # the dataset; by default where `livefollow data` puts it
