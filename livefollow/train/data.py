"""`livefollow data`: scores, performances and cases to learn from and to measure on (extra `train`)."""

from __future__ import annotations

import argparse
from importlib import import_module

from livefollow.errors import LivefollowError

COMMANDS = {
    "scores": ("livefollow.train.scores", "engrave scores and write down where every notehead stands"),
    "performances": ("livefollow.train.performances", "play the scores like people, on many pianos"),
    "cases": ("livefollow.train.cases", "write benchmark cases from scores"),
    "inspect": ("livefollow.train.inspect_scores", "draw the truth onto scores, to look at it"),
}


class MissingExtraError(LivefollowError):
    """A library of the extra `train` is not installed."""


def main(arguments: list[str]) -> int:
    """Run one of the data commands; only the one asked for is imported.

    Raises:
        MissingExtraError: the extra `train` is not installed.
    """
    parser = argparse.ArgumentParser(prog="livefollow data", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = arguments[0] if arguments else ""
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == chosen:
            try:
                tool = import_module(module)
            except ModuleNotFoundError as error:
                message = f"`livefollow data {name}` needs {error.name}: pip install 'livefollow[train]'"
                raise MissingExtraError(message) from error
            tool.add_arguments(command)
            command.set_defaults(run=tool.run)
    args = parser.parse_args(arguments)
    return int(args.run(args))
