"""`Algorithm`: settings, how experience is collected, and how it is learned from.

A new one is a file like `a2c.py` and a line in `registry.py`. Algorithms do not import torch, so that help, which needs
only their settings, works without it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from livefollow.train.common.settings import RunSettings

if TYPE_CHECKING:
    from torch import Tensor

    from livefollow.train.rl.rollout import Collector, Policy, Rollout


class Learner(Protocol):
    """What an algorithm needs to learn; implemented by `rl.run.PolicyTraining`."""

    def forward(self, observations: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
        """Compute logits (n, actions) and values (n,), with gradients."""

    def learn(self, loss: Tensor, parts: dict[str, Tensor]) -> None:
        """Take a gradient step on a loss, and show its parts."""


@dataclass(frozen=True)
class Algorithm(RunSettings, ABC):
    """Settings of all algorithms; the defaults are the paper's Table 5."""

    steps: int = 10_000_000  # environment steps at which the run is over
    lr: float = 1e-4  # of Adam
    gradient_norm: float = 0.5  # to which gradients are clipped
    actors: int = 8  # environments
    last_lr: float = 0.0  # to which the rate falls until the last step, by the same share with each; 0: it stays
    evaluate_every: int = 50_000  # environment steps between evaluations
    patience: int = 50  # evaluations without a better figure before the rate is refined
    refinements: int = 2  # of the rate, before the run is over
    refine: float = 0.1  # factor on the rate
    average: float = 0.0  # decay, per update, of the mean of the weights that is judged and kept instead; 0: none
    gamma: float = 0.9  # discount
    entropy: float = 0.05  # coefficient of the policy's entropy
    value: float = 0.5  # coefficient of the value's loss
    compiled: bool = False  # by torch.compile: on a CPU a step takes two thirds of the time; needs a C++ compiler

    @abstractmethod
    def collect(self, collector: Collector, policy: Policy) -> Rollout:
        """Collect the experience of one update by acting."""

    @abstractmethod
    def update(self, learner: Learner, rollout: Rollout) -> None:
        """Learn from what was collected."""

    def learn(
        self, learner: Learner, policy_loss: Tensor, value_loss: Tensor, log_probabilities: Tensor, **shown: Tensor
    ) -> None:
        """Take a gradient step that lowers the policy's and the value's loss and raises the policy's entropy.

        Args:
            learner: takes the step.
            policy_loss: a number.
            value_loss: a number.
            log_probabilities: (n, actions).
            shown: further values to be shown.
        """
        entropy = -(log_probabilities.exp() * log_probabilities).sum(-1).mean()
        loss = policy_loss + self.value * value_loss - self.entropy * entropy
        learner.learn(loss, shown | {"policy": policy_loss, "value": value_loss, "entropy": entropy})


@dataclass(frozen=True)
class ActorCritic(Algorithm):
    """Base of the algorithms that learn from a few steps of each environment."""

    t_max: int = 15  # steps of a rollout
    gae_lambda: float = 1.0  # of the advantages; 1: the returns of the rollout, less the values

    def collect(self, collector: Collector, policy: Policy) -> Rollout:
        """Collect the next `t_max` steps, wherever the episodes are."""
        return collector.collect(policy, self.t_max)
