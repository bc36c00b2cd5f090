"""Synchronous advantage actor critic.

Mnih et al., "Asynchronous methods for deep reinforcement learning", 2016; paper, sections 3.2 to 3.4 and Table 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livefollow.train.rl.algorithm import ActorCritic, Learner

if TYPE_CHECKING:
    from livefollow.train.rl.rollout import Rollout


@dataclass(frozen=True)
class A2C(ActorCritic):
    """Synchronous advantage actor critic (A2C)."""

    def update(self, learner: Learner, rollout: Rollout) -> None:
        """Learn from one rollout as a whole."""
        advantages = rollout.advantages(self.gamma, self.gae_lambda)
        returns = advantages + rollout.values[:-1]
        logits, values = learner.forward(tuple(o.flatten(0, 1) for o in rollout.observations))
        log_probabilities = logits.log_softmax(-1)
        chosen = log_probabilities.gather(1, rollout.actions.reshape(-1, 1))[:, 0]
        policy_loss = -(advantages.flatten() * chosen).mean()
        value_loss = (returns.flatten() - values).square().mean()
        self.learn(learner, policy_loss, value_loss, log_probabilities, reward=rollout.rewards.mean())
