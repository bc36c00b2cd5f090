"""REINFORCE with a baseline, with the paper's settings. What `ppo.py` says of its arguments holds here.

An environment plays a whole episode; then every action is made likelier by the discounted reward that followed it, less
what the value network expected there, in batches of drawn order. Nothing is learned within an episode. With several
environments, each plays one, and they are learned from together.

Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992; paper,
section 2.4 and Table 5.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from livefollow.train.course import Course, CourseSettings
from livefollow.train.paper_runs import add_run_arguments, run_training
from livefollow.train.rollout import Collector, Environments, Policy, Rollout


@dataclass(frozen=True)
class ReinforceSettings(CourseSettings):
    """One run. The comments are the command's help; the defaults are the paper's Table 5."""

    actors: int = 1  # environments, each of which plays an episode before anything is learned
    longest: int = 2000  # steps of an episode after which its rest is what the value network expects
    gamma: float = 0.9  # discount
    entropy: float = 0.05  # coefficient of the policy's entropy
    value: float = 0.5  # coefficient of the baseline's loss
    batch: int = 120  # steps that a gradient is taken from


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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow train reinforce`."""
    add_run_arguments(parser, ReinforceSettings)


def run(args: argparse.Namespace) -> int:
    """Train one of the paper's agents.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    return run_training(args, "reinforce", ReinforceSettings, train)
