"""`livefollow train ppo`: the paper's agents, by proximal policy optimisation."""

from __future__ import annotations

import argparse

from livefollow.train.paper.train import run_training
from livefollow.train.rl.ppo import train
from livefollow.train.rl.settings import PPOSettings


def run(args: argparse.Namespace) -> int:
    """Train one of the paper's agents.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    return run_training(args, "ppo", PPOSettings, train)
