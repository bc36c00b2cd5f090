"""`livefollow train reinforce`: the paper's agents, by REINFORCE with a baseline."""

from __future__ import annotations

import argparse

from livefollow.train.paper.train import run_training
from livefollow.train.rl.reinforce import train
from livefollow.train.rl.settings import ReinforceSettings


def run(args: argparse.Namespace) -> int:
    """Train one of the paper's agents.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    return run_training(args, "reinforce", ReinforceSettings, train)
