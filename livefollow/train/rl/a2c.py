"""Synchronous advantage actor critic, with the paper's settings. What `ppo.py` says of its arguments holds here.

Mnih et al., "Asynchronous methods for deep reinforcement learning", 2016; paper, section 2.4 and Table 5.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from livefollow.train.rl.rollout import Collector, Environments, Policy, Rollout
from livefollow.train.rl.run import Course
from livefollow.train.rl.settings import A2CSettings


def train(
    name: str,
    environments: Environments,
    network: nn.Module,
    evaluate: Callable[[Policy], dict[str, float]],
    settings: A2CSettings,
    figure: str,
) -> Course:
    """Train, or go on training; arguments and errors as in `ppo.train`."""
    course = Course(name, network, settings, figure)
    collector = Collector(environments, course.device)
    while course.goes_on:
        rollout = collector.collect(course.exploring, settings.t_max)
        update(course, rollout, settings)
        course.count(rollout.steps, collector.lengths)
        if course.evaluation_due():
            with course.pause():
                course.record(evaluate(course.policy))
    return course


def update(course: Course, rollout: Rollout, settings: A2CSettings) -> None:
    """Learn from one rollout, all of it at once."""
    advantages = rollout.advantages(settings.gamma, settings.gae_lambda)
    returns = advantages + rollout.values[:-1]
    course.network.train()
    logits, values = course.forward(tuple(o.flatten(0, 1) for o in rollout.observations))
    log_probabilities = logits.log_softmax(-1)
    chosen = log_probabilities.gather(1, rollout.actions.reshape(-1, 1))[:, 0]
    policy_loss = -(advantages.flatten() * chosen).mean()
    value_loss = (returns.flatten() - values).square().mean()
    entropy = -(log_probabilities.exp() * log_probabilities).sum(-1).mean()
    loss = policy_loss + settings.value * value_loss - settings.entropy * entropy
    shown = {"reward": rollout.rewards.mean(), "policy": policy_loss, "value": value_loss, "entropy": entropy}
    course.learn(loss, shown)
    course.network.eval()
