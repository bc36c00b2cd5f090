"""The commands of the extra `train`: `livefollow data ...`, `train ...`, `export`, `paper ...` and `inspect ...`."""

from __future__ import annotations

import argparse
import inspect
from importlib import import_module
from typing import Any, NamedTuple

from livefollow.errors import LivefollowError
from livefollow.train import arguments as known
from livefollow.train.rl.registry import ALGORITHMS


class Command(NamedTuple):
    """A command: the module with its `run`, a line of help, and its settings.

    A module without settings also has `add_arguments`.
    """

    module: str
    about: str
    settings: Any = None


DATA = {
    "scores": Command(
        "livefollow.train.data.scores.command", "engrave scores and write down where every notehead stands"
    ),
    "performances": Command("livefollow.train.data.performance.command", "play the scores like people, on many pianos"),
    "policy": Command(
        "livefollow.train.policy.data", "write down what the networks say of performances, for the policy"
    ),
    "cases": Command("livefollow.train.data.cases.command", "write benchmark cases from scores"),
    "inspect": Command("livefollow.train.data.scores.inspect", "draw the truth onto scores, to look at it"),
}
TRAIN = {
    "reader": Command("livefollow.train.reader.train", "learn to read staff systems", known.ReaderSettings),
    "policy": Command("livefollow.train.policy.train", "learn to move the cursor", known.PolicySettings),
    "listener": Command(
        "livefollow.train.listener.train", "learn to hear which pitches are struck", known.ListenerSettings
    ),
    "localizer": Command(
        "livefollow.train.localizer.train", "learn the localizer's numbers from cases", known.LocalizerSettings
    ),
    "mm-loc": Command(
        "livefollow.train.paper.mm_loc", "the paper's supervised baseline: where in a window it is", known.MmLocSettings
    ),
} | {
    name: Command(
        "livefollow.train.paper.train",
        f"the paper's agents: {inspect.getdoc(algorithm)}",
        known.PaperSettings[algorithm],  # type: ignore[valid-type]
    )
    for name, algorithm in ALGORITHMS.items()
}
EXPORT = Command("livefollow.train.export.main", "write a trained network as ONNX into a folder of models")
PAPER = {
    "table3": Command("livefollow.train.study.table3", "followers in the paper's game, on its test pieces"),
    "table4": Command("livefollow.train.study.table4", "the same on its sixteen pieces, as if played by people"),
    "import": Command("livefollow.train.study.released", "make a network of the paper's release one of livefollow's"),
}
INSPECT = {
    "optimal": Command("livefollow.train.study.inspect_optimal", "the best that the paper's three actions allow"),
    "values": Command("livefollow.train.study.inspect_values", "how well an agent thinks that it does, and does"),
    "state": Command("livefollow.train.study.inspect_state", "what an agent sees, its reward and its policy"),
    "gradients": Command("livefollow.train.study.inspect_gradients", "what of sound and sheet an action hangs on"),
    "tsne": Command("livefollow.train.study.inspect_tsne", "states that an agent holds to be alike (extra `inspect`)"),
}
GROUPS = {
    "data": ("make what the networks learn from", DATA),
    "train": ("train a network", TRAIN),
    "paper": ("the tables of the paper, and its networks", PAPER),
    "inspect": ("pictures of what the paper's agents do, and why", INSPECT),
}


class MissingExtraError(LivefollowError):
    """A library of the extra `train` is not installed."""


def main(arguments: list[str]) -> int:
    """Run one of the commands, importing only that one.

    Args:
        arguments: beginning with `export` or one of GROUPS.

    Raises:
        MissingExtraError: the extra `train` is not installed.
    """
    group, *rest = arguments
    if group == "export":
        return _run_export(rest)
    summary, members = GROUPS[group]
    if rest and rest[0] in members:
        return _run(f"{group} {rest[0]}", members[rest[0]], rest[1:])
    parser = argparse.ArgumentParser(prog=f"livefollow {group}", description=summary)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in members.items():
        commands.add_parser(name, help=command.about)
    parser.parse_args(rest)
    return 0


def _run(name: str, command: Command, arguments: list[str]) -> int:
    prog = f"livefollow {name}"
    if command.settings is not None:
        tyro = _import(name, "tyro")
        config = (tyro.conf.OmitArgPrefixes, tyro.conf.FlagCreatePairsOff)
        settings = tyro.cli(command.settings, prog=prog, description=command.about, args=arguments, config=config)
        return int(_import(name, command.module).run(settings))
    parser = argparse.ArgumentParser(prog=prog, description=command.about)
    module = _import(name, command.module)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(arguments)))


def _run_export(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="livefollow export", description=EXPORT.about)
    known.add_export_arguments(parser)
    args = parser.parse_args(arguments)
    return int(_import("export", EXPORT.module).run(args))


def _import(name: str, module: str) -> Any:
    """Import the module of a command.

    Raises:
        MissingExtraError: something that it needs is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"`livefollow {name}` needs {error.name}: pip install 'livefollow[train]'") from error
