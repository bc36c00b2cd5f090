"""The commands of the extra `train`: `livefollow data ...`, `livefollow train ...`, `livefollow export`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from livefollow.errors import LivefollowError
from livefollow.train import arguments as known
from livefollow.train.rl.settings import A2CSettings, PPOSettings, ReinforceSettings

DATA = {
    "scores": ("livefollow.train.data.scores.command", "engrave scores and write down where every notehead stands"),
    "performances": ("livefollow.train.data.performance.command", "play the scores like people, on many pianos"),
    "policy": ("livefollow.train.policy.data", "write down what the networks say of performances, for the policy"),
    "cases": ("livefollow.train.data.cases.command", "write benchmark cases from scores"),
    "inspect": ("livefollow.train.data.scores.inspect", "draw the truth onto scores, to look at it"),
}
TRAIN = {
    "reader": ("livefollow.train.reader.train", "learn to read staff systems"),
    "policy": ("livefollow.train.policy.train", "learn to move the cursor"),
    "listener": ("livefollow.train.listener.train", "learn to hear which pitches are struck"),
    "ppo": ("livefollow.train.paper.ppo", "the paper's agents: proximal policy optimisation"),
    "a2c": ("livefollow.train.paper.a2c", "the paper's agents: advantage actor critic"),
    "reinforce": ("livefollow.train.paper.reinforce", "the paper's agents: REINFORCE with a baseline"),
}
# What stands apart from torch, which the modules above need: help is there without it.
ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "train reader": known.add_reader_arguments,
    "train policy": known.add_policy_arguments,
    "train listener": known.add_leg_arguments,
    "train ppo": partial(known.add_run_arguments, settings=PPOSettings),
    "train a2c": partial(known.add_run_arguments, settings=A2CSettings),
    "train reinforce": partial(known.add_run_arguments, settings=ReinforceSettings),
    "export": known.add_export_arguments,
}
EXPORT = ("livefollow.train.export.main", "write a trained network as ONNX into a folder of models")
GROUPS = {
    "data": ("make what the networks learn from", DATA),
    "train": ("train a network, one leg at a time", TRAIN),
    "export": (EXPORT[1], None),
}


class MissingExtraError(LivefollowError):
    """A library of the extra `train` is not installed."""


def main(arguments: list[str]) -> int:
    """Run one of the commands; only the one asked for is imported.

    Args:
        arguments: beginning with one of GROUPS.

    Raises:
        MissingExtraError: the extra `train` is not installed.
    """
    group, *rest = arguments
    summary, members = GROUPS[group]
    parser = argparse.ArgumentParser(prog=f"livefollow {group}", description=summary)
    if members is None:
        _add(parser, group, EXPORT[0])
    else:
        commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
        for name, (module, about) in members.items():
            command = commands.add_parser(name, help=about, description=about)
            if rest[:1] == [name]:
                _add(command, f"{group} {name}", module)
    args = parser.parse_args(rest)
    return int(args.run(args))


def _add(parser: argparse.ArgumentParser, name: str, module: str) -> None:
    """Give a command its arguments and its `run`."""
    add_arguments = ARGUMENTS.get(name) or _import(name, module).add_arguments
    add_arguments(parser)
    parser.set_defaults(run=lambda args: _import(name, module).run(args))


def _import(name: str, module: str) -> Any:
    """The module of a command.

    Raises:
        MissingExtraError: something that it needs is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"`livefollow {name}` needs {error.name}: pip install 'livefollow[train]'") from error
