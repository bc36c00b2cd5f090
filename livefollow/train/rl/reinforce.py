"""REINFORCE with a baseline.

An environment plays a whole episode; then every action becomes likelier by the discounted reward that followed it, less
what the value network expected there, in batches of random order. Nothing is learned within an episode. With several
environments, each plays one, and all episodes are learned from together.

Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992; paper,
sections 3.2 to 3.4 and Table 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livefollow.train.rl.algorithm import Algorithm, Learner

if TYPE_CHECKING:
    from livefollow.train.rl.rollout import Collector, Policy, Rollout


@dataclass(frozen=True)
class Reinforce(Algorithm):
    """REINFORCE with a baseline."""

    actors: int = 1  # environments, each of which plays an episode before anything is learned
    longest: int = 2000  # steps of an episode after which its rest is what the value network expects
    batch: int = 120  # steps that a gradient is taken from

    def collect(self, collector: Collector, policy: Policy) -> Rollout:
        """Collect one episode of each environment."""
        return collector.collect(policy, self.longest, episodes=True)

    def update(self, learner: Learner, rollout: Rollout) -> None:
        """Learn from one episode of each environment."""
        advantages = rollout.advantages(self.gamma, 1.0)
        returns = advantages + rollout.values[:-1]
        reward = rollout.rewards[rollout.counted].mean()
        for observations, actions, (advantage, target) in rollout.batches(self.batch, advantages, returns):
            logits, values = learner.forward(observations)
            log_probabilities = logits.log_softmax(-1)
            policy_loss = -(advantage * log_probabilities.gather(1, actions[:, None])[:, 0]).mean()
            value_loss = (target - values).square().mean()
            self.learn(learner, policy_loss, value_loss, log_probabilities, reward=reward)
