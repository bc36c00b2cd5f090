"""Proximal policy optimisation, with the paper's settings; the policy and what it observes are the caller's.

    environments: n of them stepping together, `rollout.Environments`: `reset() -> observation`,
        `step(actions (n,)) -> (observation, rewards (n,), ended (n,), info)`; what ended begins anew by itself.
    observation: a tuple of tensors (n, ...), of any dtype.
    network: called with those, one argument each → (logits (n, actions), values (n,)).
    evaluate: called with a policy (observation → logits, values) now and then → figures, one of which is `figure`.

    course = train("name", environments, network, evaluate, PPOSettings(), "tracked")

trains until patience is at its end, the steps are made, or the minutes are over; called again, it goes on. The best
network is in `course.folder / "checkpoint.pt"` under `best_network`, the figures in `figures.jsonl` beside it.

Schulman et al., "Proximal policy optimization algorithms", 2017; paper, section 2.4 and Table 5.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import nn

from livefollow.train.rl.rollout import Collector, Environments, Policy, Rollout
from livefollow.train.rl.run import Course
from livefollow.train.rl.settings import PPOSettings


def train(
    name: str,
    environments: Environments,
    network: nn.Module,
    evaluate: Callable[[Policy], dict[str, float]],
    settings: PPOSettings,
    figure: str,
) -> Course:
    """Train, or go on training.

    Args:
        name: of the run.
        environments: to act in; `settings.actors` is the caller's to follow.
        network: with fresh weights.
        evaluate: see above.
        settings: of the run.
        figure: of `evaluate` that decides which network is best; more is better.

    Raises:
        TrainingError: it cannot begin, or the loss is not a number.
    """
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


def update(course: Course, rollout: Rollout, settings: PPOSettings) -> None:
    """Learn from one rollout."""
    advantages = rollout.advantages(settings.gamma, settings.gae_lambda)
    returns = advantages + rollout.values[:-1]
    course.network.train()
    for _ in range(settings.epochs):
        for observations, actions, (old, advantage, target) in rollout.batches(
            settings.batch, rollout.log_probabilities, advantages, returns
        ):
            logits, values = course.forward(observations)
            log_probabilities = logits.log_softmax(-1)
            ratio = (log_probabilities.gather(1, actions[:, None])[:, 0] - old).exp()
            gain = (advantage - advantage.mean()) / (advantage.std(unbiased=False) + 1e-8)
            clipped = ratio.clamp(1 - settings.clip, 1 + settings.clip)
            policy_loss = -torch.minimum(ratio * gain, clipped * gain).mean()
            value_loss = 0.5 * F.mse_loss(values, target)  # half, as the paper's release; A2C's is whole there
            entropy = -(log_probabilities.exp() * log_probabilities).sum(-1).mean()
            loss = policy_loss + settings.value * value_loss - settings.entropy * entropy
            course.learn(
                loss,
                {
                    "reward": rollout.rewards.mean(),
                    "policy": policy_loss,
                    "value": value_loss,
                    "entropy": entropy,
                    "clipped": (ratio != ratio.clamp(1 - settings.clip, 1 + settings.clip)).float().mean(),
                },
            )
    course.network.eval()
