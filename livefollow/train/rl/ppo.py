"""Proximal policy optimisation.

Schulman et al., "Proximal policy optimization algorithms", 2017; paper, sections 3.2 to 3.4 and Table 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livefollow.train.rl.algorithm import ActorCritic, Learner

if TYPE_CHECKING:
    from livefollow.train.rl.rollout import Rollout


@dataclass(frozen=True)
class PPO(ActorCritic):
    """Proximal policy optimisation."""

    gae_lambda: float = 0.95  # of the advantages: generalised estimates are PPO's in the paper
    clip: float = 0.2  # of the ratio between new and old probability
    epochs: int = 1  # times that a rollout is learned from
    batch: int = 120  # steps that a gradient is taken from

    def update(self, learner: Learner, rollout: Rollout) -> None:
        """Learn from one rollout, in batches of random order."""
        advantages = rollout.advantages(self.gamma, self.gae_lambda)
        returns = advantages + rollout.values[:-1]
        reward = rollout.rewards.mean()
        for _ in range(self.epochs):
            for observations, actions, (old, advantage, target) in rollout.batches(
                self.batch, rollout.log_probabilities, advantages, returns
            ):
                logits, values = learner.forward(observations)
                log_probabilities = logits.log_softmax(-1)
                ratio = (log_probabilities.gather(1, actions[:, None])[:, 0] - old).exp()
                gain = (advantage - advantage.mean()) / (advantage.std(unbiased=False) + 1e-8)
                clipped = ratio.clamp(1 - self.clip, 1 + self.clip)
                policy_loss = -(ratio * gain).minimum(clipped * gain).mean()
                value_loss = 0.5 * (values - target).square().mean()  # half, as the paper's release; A2C's is whole
                share = (ratio != clipped).float().mean()
                self.learn(learner, policy_loss, value_loss, log_probabilities, reward=reward, clipped=share)
