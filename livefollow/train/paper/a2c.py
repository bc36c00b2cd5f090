"""`livefollow train a2c`: the paper's agents, by advantage actor critic."""

from __future__ import annotations

import argparse

from livefollow.train.paper.train import run_training
from livefollow.train.rl.a2c import train
from livefollow.train.rl.settings import A2CSettings


def run(args: argparse.Namespace) -> int:
    """Train one of the paper's agents.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    return run_training(args, "a2c", A2CSettings, train)
