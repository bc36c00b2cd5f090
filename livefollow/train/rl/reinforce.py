"""REINFORCE with a baseline, with the paper's settings. What `ppo.py` says of its arguments holds here.

An environment plays a whole episode; then every action is made likelier by the discounted reward that followed it, less
what the value network expected there, in batches of drawn order. Nothing is learned within an episode. With several
environments, each plays one, and they are learned from together.

Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992; paper,
section 2.4 and Table 5.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from livefollow.train.rl.rollout import Collector, Environments, Policy, Rollout
from livefollow.train.rl.run import Course
from livefollow.train.rl.settings import ReinforceSettings


def train(
    name: str,
    environments: Environments,
    network: nn.Module,
    evaluate: Callable[[Policy], dict[str, float]],
    settings: ReinforceSettings,
    figure: str,
) -> Course:
    """Train, or go on training; arguments and errors as in `ppo.train`."""
    course = Course(name, network, settings, figure)
    collector = Collector(environments, course.device)
    while course.goes_on:
        rollout = collector.collect(course.exploring, settings.longest, episodes=True)
        update(course, rollout, settings)
        course.count(int(rollout.of_first_episodes.sum()), collector.lengths)
        if course.evaluation_due():
            with course.pause():
                course.record(evaluate(course.policy))
    return course


def update(course: Course, rollout: Rollout, settings: ReinforceSettings) -> None:
    """Learn from one episode of each environment."""
    advantages = rollout.advantages(settings.gamma, 1.0)
    returns = advantages + rollout.values[:-1]
    reward = rollout.rewards[rollout.of_first_episodes].mean()
    course.network.train()
    for observations, actions, (advantage, target) in rollout.batches(
        settings.batch, advantages, returns, among=rollout.of_first_episodes
    ):
        logits, values = course.forward(observations)
        log_probabilities = logits.log_softmax(-1)
        policy_loss = -(advantage * log_probabilities.gather(1, actions[:, None])[:, 0]).mean()
        value_loss = (target - values).square().mean()
        entropy = -(log_probabilities.exp() * log_probabilities).sum(-1).mean()
        loss = policy_loss + settings.value * value_loss - settings.entropy * entropy
        shown = {"reward": reward, "policy": policy_loss, "value": value_loss, "entropy": entropy}
        course.learn(loss, shown)
    course.network.eval()
