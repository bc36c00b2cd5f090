"""Runs of the paper's agents, whatever the algorithm: pieces, network, and how well a policy follows.

livefollow train ppo --task nottingham --data DATA
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import torch
from torch import nn

from livefollow.follow.paper.state import NOTTINGHAM, TASKS, PaperTask
from livefollow.train.common.arguments import read_settings
from livefollow.train.common.runs import TrainingError, training_device, write_curves
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece, pieces_of
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.paper.vector_environment import CPU, ScoreFollowingVector
from livefollow.train.rl.rollout import Environments, Policy
from livefollow.train.rl.run import Course, steps_before
from livefollow.train.rl.settings import CourseSettings

FIGURE = "r_on"  # share of tracked onsets: what the best network is chosen by (paper, section 3.3)
TOGETHER = 64  # pieces that are followed at once in an evaluation

Settings = TypeVar("Settings", bound=CourseSettings)
Evaluate = Callable[[Policy], dict[str, float]]
Train = Callable[[str, Environments, nn.Module, Evaluate, Settings, str], Course]


def run_training(args: argparse.Namespace, algorithm: str, settings: type[Settings], train: Train[Settings]) -> int:
    """Train, or go on training, an agent of the paper.

    Args:
        args: of `add_run_arguments`.
        algorithm: its name.
        settings: of the algorithm.
        train: the algorithm.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    task, data = TASKS[args.task], args.data or default_data()
    if args.transposed and task != NOTTINGHAM:
        raise TrainingError("Only Nottingham's tunes are there in other keys: leave --transposed out")
    name = args.name or f"paper-{algorithm}-{task.name}"
    wanted = read_settings(settings, args)
    torch.manual_seed(wanted.seed)
    network = PaperNetwork(task)
    if args.test:
        return test(name, network, pieces_of(data, task, "test", args.limit), task, wanted)
    learned_from = pieces_of(data, task, "train", args.limit)
    if args.transposed:
        learned_from += pieces_of(data, task, "transposed", args.limit)
    valid = pieces_of(data, task, "valid", args.limit)
    print(f"{len(learned_from)} pieces, {sum(p.numel() for p in network.parameters())} weights", flush=True)
    seed = [wanted.seed, steps_before(name, wanted)]
    device = training_device(wanted.device)
    environments = ScoreFollowingVector(learned_from, task, wanted.actors, seed, device)
    course = train(name, environments, network, lambda policy: follow_all(policy, valid, task, device), wanted, FIGURE)
    print(f"{course.save()}; curves in {write_curves(course.folder)}")
    return 0


def test(name: str, network: nn.Module, pieces: Sequence[PaperPiece], task: PaperTask, settings: CourseSettings) -> int:
    """Follow pieces with a run's best network and print the figures.

    Raises:
        TrainingError: there is no such run.
    """
    course = Course(name, network, settings, FIGURE)
    if not course.steps:
        raise TrainingError(f"{course.folder} has no checkpoint: there is nothing to test")
    course.take_best()
    figures = follow_all(course.policy, pieces, task, course.device)
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
