"""The localizer's numbers, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from livefollow.follow.hmm.settings import DEFAULTS, Settings


@dataclass(frozen=True)
class Number:
    """One of them.

    Attributes:
        name: `group.name`.
        value: its default.
        unit, source, meaning: as the settings say.
    """

    name: str
    value: float
    unit: str
    source: str
    meaning: str


def numbers() -> Iterator[Number]:
    """All of them, group by group."""
    for group in fields(Settings):
        settings = getattr(DEFAULTS, group.name)
        for one in fields(settings):
            yield Number(f"{group.name}.{one.name}", getattr(settings, one.name), **one.metadata)


def with_number(settings: Settings, name: str, value: float) -> Settings:
    """Settings with one number changed, rounded where it counts something.

    Raises:
        AttributeError: no number is called so.
    """
    group_name, _, number_name = name.partition(".")
    group = getattr(settings, group_name)
    kind = type(getattr(group, number_name))
    rounded = kind(round(value) if kind is int else value)
    return replace(settings, **{group_name: replace(group, **{number_name: rounded})})


def changed(text: str) -> Settings:
    """The default settings with some changed: `group.name=value,...`."""
    settings = DEFAULTS
    for pair in filter(None, text.split(",")):
        name, _, value = pair.partition("=")
        settings = with_number(settings, name, float(value))
    return settings
