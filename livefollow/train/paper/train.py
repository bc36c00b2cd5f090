"""Train the paper's agents with any algorithm: pieces, network, and the evaluation of a policy.

livefollow train ppo --task nottingham --data DATA
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from livefollow.follow.paper.state import NOTTINGHAM, TASKS, PaperTask
from livefollow.train.arguments import PaperSettings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece, pieces_of
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.paper.vector_environment import CPU, ScoreFollowingVector
from livefollow.train.rl.algorithm import Algorithm
from livefollow.train.rl.registry import name_of
from livefollow.train.rl.rollout import Policy
from livefollow.train.rl.run import PolicyTraining, train

FIGURE = "r_on"  # share of tracked onsets: what the best network is chosen by (paper, section 4.1)
TOGETHER = 64  # pieces that are followed at once in an evaluation


def run(settings: PaperSettings[Any]) -> int:
    """Train an agent of the paper, or continue an interrupted run.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    algorithm: Algorithm = settings.algorithm
    task, data = TASKS[settings.task], settings.data or default_data()
    if settings.transposed and task != NOTTINGHAM:
        raise TrainingError("Only Nottingham's tunes are there in other keys: leave --transposed out")
    own = Run(settings.name or f"paper-{name_of(algorithm)}-{task.name}", algorithm)
    network = PaperNetwork(task)
    if settings.test:
        return test(own, network, pieces_of(data, task, "test", settings.limit), task)
    learned_from = pieces_of(data, task, "train", settings.limit, added=settings.split_of == "everything")
    if settings.transposed:
        learned_from += pieces_of(data, task, "transposed", settings.limit)
    valid = pieces_of(data, task, "valid", settings.limit)
    print(f"{len(learned_from)} pieces, {sum(p.numel() for p in network.parameters())} weights", flush=True)
    # With the steps, so that a run that goes on does not see the same episodes again.
    seed = [algorithm.seed, own.steps]
    environments = ScoreFollowingVector(learned_from, task, algorithm.actors, seed, own.device)
    train(own, environments, network, lambda policy: follow_all(policy, valid, task, own.device), FIGURE)
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
    reached, onsets, ends, off = [], [], [], []
    for first in range(0, len(pieces), TOGETHER):
        own = pieces[first : first + TOGETHER]
        environments = ScoreFollowingVector(own, task, len(own), 0, device)
        observation = environments.reset(np.arange(len(own)))
        going = torch.ones(len(own), dtype=torch.bool, device=device)
        while going.any():
            logits, _ = policy(tuple(o[going] for o in observation))
            actions = torch.zeros(len(own), dtype=torch.int64, device=device)
            actions[going] = logits.argmax(-1).to(device)
            observation, _, ended, info = environments.step(actions)
            off += info["dx"][going & ~info["lost"]].abs().tolist()
            for i in (going & ended).nonzero()[:, 0].tolist():
                # What falls within the frame in which the cursor is lost is not reached.
                lost, frame = bool(info["lost"][i]), int(info["frame"][i])
                heard = own[i].onset_frame <= (frame - 1 if lost else np.inf)
                reached.append(int(heard.sum()))
                onsets.append(len(heard))
                ends.append(not lost)
            going &= ~ended
    return {
        "r_on": sum(reached) / sum(onsets),
        "r_on_mean": float(np.mean(np.array(reached) / onsets)),
        "r_tue": float(np.mean(ends)),
        "dx": float(np.mean(off)) / task.strip_px if off else float("nan"),
    }
