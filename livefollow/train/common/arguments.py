"""Command line arguments from a dataclass of settings whose comments are the help."""

from __future__ import annotations

import argparse
import inspect
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

Settings = TypeVar("Settings")

KINDS: dict[str, Any] = {"int": int, "float": float, "str": str, "bool": bool, "Path | None": Path}


def add_settings(parser: argparse.ArgumentParser, settings: type[Any]) -> None:
    """Give a parser one argument per field: `t_max: int = 15  # steps of a rollout` becomes `--t-max N`."""
    helps = comments_of(settings)
    for field in fields(settings):
        kind, flag = KINDS[str(field.type)], "--" + field.name.replace("_", "-")
        told = helps[field.name] if field.default is None else f"{helps[field.name]} ({field.default})"
        if kind is bool:
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=field.default, help=told)
        else:
            name = {Path: "PATH", str: "NAME"}.get(kind, "N")
            parser.add_argument(flag, type=kind, default=field.default, metavar=name, help=told)


def read_settings(settings: type[Settings], args: argparse.Namespace) -> Settings:
    """The settings that the arguments say."""
    return settings(**{field.name: getattr(args, field.name) for field in fields(settings)})  # type: ignore[arg-type]


def comments_of(settings: type[Any]) -> dict[str, str]:
    """Comment of each field, those of base classes included."""
    out: dict[str, str] = {}
    for base in reversed(settings.__mro__[:-1]):
        for match in re.finditer(r"^    (\w+): [^#\n]+  # (.+)$", inspect.getsource(base), re.MULTILINE):
            out[match[1]] = match[2]
    return out
