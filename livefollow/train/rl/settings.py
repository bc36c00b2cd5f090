"""The settings of each algorithm; the comments are the commands' help."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
