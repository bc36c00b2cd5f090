"""Train the paper's agents with any algorithm: pieces, network, and the evaluation of a policy.

livefollow train ppo --task nottingham --data DATA
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from livefollow.follow.paper.state import NOTTINGHAM, TASKS, PaperTask
from livefollow.train.arguments import PAPER_RUNS, PaperSettings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece, pieces_of
from livefollow.train.paper.following import Way, play
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.paper.vector_environment import CPU, ScoreFollowingVector
from livefollow.train.rl.algorithm import Algorithm
from livefollow.train.rl.registry import name_of
from livefollow.train.rl.rollout import Policy
from livefollow.train.rl.run import PolicyTraining, train

FIGURE = "r_on"  # share of tracked onsets: what the best network is chosen by (paper, section 4.1)


def run(settings: PaperSettings[Any]) -> int:
    """Train an agent of the paper, or continue an interrupted run.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    algorithm: Algorithm = settings.algorithm
    task, data = TASKS[settings.task], settings.data or default_data()
    if settings.transposed and task != NOTTINGHAM:
        raise TrainingError("Only Nottingham's tunes are there in other keys: leave --transposed out")
    if settings.speed_step <= 0:
        raise TrainingError("--speed-step: more than 0 px per frame")
    played = replace(task, speed_step=settings.speed_step, difference=not settings.no_difference)
    name = settings.name or f"paper-{name_of(algorithm)}-{task.name}"
    if played != task and name in PAPER_RUNS:
        raise TrainingError("An agent of another game must not be taken for the paper's: name it with --name")
    own = Run(name, algorithm)
    network = PaperNetwork(task)
    if settings.test:
        return test(own, network, pieces_of(data, task, "test", settings.limit), played)
    learned_from = pieces_of(data, task, "train", settings.limit, added=settings.split_of == "everything")
    if settings.transposed:
        learned_from += pieces_of(data, task, "transposed", settings.limit)
    valid = pieces_of(data, task, "valid", settings.limit)
    print(f"{len(learned_from)} pieces, {sum(p.numel() for p in network.parameters())} weights", flush=True)
    # With the steps, so that a run that goes on does not see the same episodes again.
    seed = [algorithm.seed, own.steps]
    environments = ScoreFollowingVector(learned_from, played, algorithm.actors, seed, own.device)
    train(own, environments, network, lambda policy: follow_all(policy, valid, played, own.device), FIGURE)
    own.say(own.finish())
    return 0


def test(own: Run[Algorithm], network: PaperNetwork, pieces: Sequence[PaperPiece], task: PaperTask) -> int:
    """Follow pieces with a run's best network and print the figures.

    Raises:
        TrainingError: there is no such run.
    """
    if not own.steps:
        raise TrainingError(f"{own.folder} has no checkpoint: there is nothing to test")
    training = PolicyTraining(own, network, FIGURE)
    training.take_best()
    figures = follow_all(training.policy, pieces, task, own.device)
    print("  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    return 0


def follow_all(
    policy: Policy, pieces: Sequence[PaperPiece], task: PaperTask, device: torch.device = CPU
) -> dict[str, float]:
    """Follow each piece once from its first onset, with the likeliest action of each state.

    Returns:
        r_on: share of all onsets reached before the cursor was lost; r_on_mean: the same averaged over pieces; r_tue:
        share of pieces followed to their end; dx: mean |dx| of tracked frames, strip px.
    """
    return figures_of(play(policy, pieces, task, device))


def figures_of(ways: Sequence[Way]) -> dict[str, float]:
    """The figures of the ways of a follower through pieces; see `follow_all`."""
    reached, onsets = np.array([[len(way.at_onsets), len(way.onsets)] for way in ways]).T
    off = np.concatenate([way.tracked / way.task.strip_px for way in ways])
    return {
        "r_on": float(reached.sum() / onsets.sum()),
        "r_on_mean": float(np.mean(reached / onsets)),
        "r_tue": float(np.mean([not way.is_lost for way in ways])),
        "dx": float(off.mean()) if len(off) else float("nan"),
    }
