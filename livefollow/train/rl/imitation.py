"""Imitation of a teacher who knows the way, on the states that the learner comes to itself.

What is learned is the teacher's action in each state; the value is learned as by the others, so that reinforcement
learning can go on from here (`--init`). Some of the actors do as the teacher says: they see the pieces to their ends
before the learner gets that far.

Ross, Gordon and Bagnell, "A reduction of imitation learning and structured prediction to no-regret online learning",
2011. No algorithm of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livefollow.train.rl.algorithm import Algorithm, Learner

if TYPE_CHECKING:
    from livefollow.train.rl.rollout import Collector, Policy, Rollout


@dataclass(frozen=True)
class Imitation(Algorithm):
    """Imitation of a cursor that knows the way, to begin with; none of the paper's algorithms."""

    lr: float = 5e-4  # of Adam
    actors: int = 32  # environments
    entropy: float = 0.0  # coefficient of the policy's entropy
    t_max: int = 15  # steps of a rollout
    guided: float = 0.25  # share of the actors that do what the teacher says
    epochs: int = 1  # times that a rollout is learned from
    batch: int = 120  # steps that a gradient is taken from

    def collect(self, collector: Collector, policy: Policy) -> Rollout:
        """Collect the next `t_max` steps, with the teacher's actions."""
        return collector.collect(policy, self.t_max, guided=self.guided)

    def update(self, learner: Learner, rollout: Rollout) -> None:
        """Learn from one rollout, in batches of random order."""
        returns = rollout.advantages(self.gamma, 1.0) + rollout.values[:-1]
        reward = rollout.rewards.mean()
        for _ in range(self.epochs):
            for observations, _, (advised, target) in rollout.batches(self.batch, rollout.advised, returns):
                logits, values = learner.forward(observations)
                log_probabilities = logits.log_softmax(-1)
                policy_loss = -log_probabilities.gather(1, advised[:, None])[:, 0].mean()
                value_loss = (values - target).square().mean()
                agreed = (logits.argmax(-1) == advised).float().mean()
                self.learn(learner, policy_loss, value_loss, log_probabilities, reward=reward, agreed=agreed)
