"""Which tests are `end_to_end`, and which `unit`: told by what a test uses, so that no file has to say it.

A test is end to end where it, a fixture of its, or a helper in `tests` that one of them calls reaches for what runs a
whole program: other processes, the command line, the whole window, films. All others are unit tests. What the package
starts by itself, as the child that reads a score, does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType, ModuleType

import pytest

# Modules; what is defined in one of them, or below it, counts as the module itself.
PROGRAMS = (
    "livefollow.app",
    "livefollow.cli",
    "livefollow.draw.film",
    "livefollow.viewer.window",
    "multiprocessing",
    "subprocess",
    "tests.traced",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test; before xdist looks at the marks, and `-m` chooses by them."""
    known: dict[object, bool] = {}
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        made = item._fixtureinfo.name2fixturedefs.values()
        used = [item.function, *(definitions[-1].func for definitions in made)]
        for function in used:
            if function not in known:
                known[function] = is_end_to_end([function])
        item.add_marker("end_to_end" if any(known[function] for function in used) else "unit")


def is_end_to_end(functions: Iterable[Callable[..., object]]) -> bool:
    """Whether one of the functions, or a helper in `tests` that they use, reaches for one of PROGRAMS."""
    waiting: list[object] = [*functions]
    seen: set[FunctionType] = set()
    while waiting:
        function = waiting.pop()
        if not isinstance(function, FunctionType) or function in seen or not function.__module__.startswith("tests."):
            continue
        seen.add(function)
        for used in _used(function):
            where = used.__name__ if isinstance(used, ModuleType) else str(getattr(used, "__module__", ""))
            if where.startswith(PROGRAMS):
                return True
            if where.startswith("tests."):
                waiting += [used] if isinstance(used, FunctionType) else vars(used).values()
    return False


def _used(function: FunctionType) -> Iterator[object]:
    """What is named in a function and known in its module: functions, classes, modules."""
    names: set[str] = set()
    waiting = [function.__code__]
    while waiting:
        code = waiting.pop()
        names.update(code.co_names)
        waiting += [part for part in code.co_consts if isinstance(part, CodeType)]
    for name in names & function.__globals__.keys():
        used = function.__globals__[name]
        if isinstance(used, FunctionType | ModuleType | type):
            yield used
