"""Supervised regression of the best action, on the states of one who takes it: what the paper warns of (section 3.5).

The learner never sees where its own mistakes lead, and most actions are "as before": the least mean error is near a
prediction that is always about the same. How nearly it is, is shown: `spread`, the variance of what is predicted over
that of what is to be predicted; 1 is as it should be, 0 is a constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livefollow.train.rl.algorithm import Algorithm, Learner

if TYPE_CHECKING:
    from livefollow.train.rl.rollout import Collector, Policy, Rollout


@dataclass(frozen=True)
class Regression(Algorithm):
    """Regression of the action of a cursor that knows the way, on that cursor's states (paper, section 3.5)."""

    actors: int = 32  # environments
    entropy: float = 0.0  # coefficient of the policy's entropy
    t_max: int = 15  # steps of a rollout
    batch: int = 120  # steps that a gradient is taken from

    def collect(self, collector: Collector, policy: Policy) -> Rollout:
        """Collect the next `t_max` steps of the teacher."""
        return collector.collect(policy, self.t_max, guided=1.0)

    def update(self, learner: Learner, rollout: Rollout) -> None:
        """Learn from one rollout, in batches of random order."""
        returns = rollout.advantages(self.gamma, 1.0) + rollout.values[:-1]
        for observations, _, (advised, target) in rollout.batches(self.batch, rollout.advised, returns):
            logits, values = learner.forward(observations)
            log_probabilities = logits.log_softmax(-1)
            # The mean of the actions as numbers, in the order in which they are numbered.
            order = log_probabilities.new_tensor(range(logits.shape[1]))
            predicted, wanted = log_probabilities.exp() @ order, advised.to(order.dtype)
            spread = predicted.detach().var(unbiased=False) / wanted.var(unbiased=False).clamp(min=1e-6)
            loss, value_loss = (predicted - wanted).square().mean(), (values - target).square().mean()
            self.learn(learner, loss, value_loss, log_probabilities, spread=spread)
