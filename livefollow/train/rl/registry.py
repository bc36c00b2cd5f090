"""The registry of algorithms: each is a command, `livefollow train NAME`, with its class's docstring as help."""

from __future__ import annotations

from livefollow.train.rl.a2c import A2C
from livefollow.train.rl.algorithm import Algorithm
from livefollow.train.rl.imitation import Imitation
from livefollow.train.rl.ppo import PPO
from livefollow.train.rl.regression import Regression
from livefollow.train.rl.reinforce import Reinforce

ALGORITHMS: dict[str, type[Algorithm]] = {
    "ppo": PPO,
    "a2c": A2C,
    "reinforce": Reinforce,
    "imitation": Imitation,
    "regression": Regression,
}


def name_of(algorithm: Algorithm) -> str:
    """The name under which an algorithm is registered."""
    return next(name for name, kind in ALGORITHMS.items() if type(algorithm) is kind)
