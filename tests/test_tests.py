"""The tests themselves: none leans on another, and each is of the kind that it is marked as."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from livefollow.cli.main import main
from tests.kinds import is_end_to_end

TESTS = Path(__file__).parent


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, and every name that it imports from one, as a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def test_no_test_imports_another() -> None:
    files = sorted(TESTS.rglob("*.py"))
    tests = {".".join(("tests", *f.relative_to(TESTS).with_suffix("").parts)) for f in files if f.match("test_*.py")}
    assert len(tests) > 100
    leaning = {str(f.relative_to(TESTS)): sorted({*imported(f)} & tests) for f in files}
    assert {file: names for file, names in leaning.items() if names} == {}


def test_relative_imports_do_not_get_round_it() -> None:
    relative = [str(f) for f in TESTS.rglob("*.py") if any(name.startswith(".") for name in imported(f))]
    assert relative == []


def starts_a_process() -> None:
    subprocess.run(["true"], check=True)


def runs_a_command() -> None:
    main(["--version"])


def asks_a_helper() -> None:
    starts_a_process()


def computes() -> None:
    assert Path("a").name == "a"


@pytest.mark.parametrize(
    ("function", "whole"), [(starts_a_process, True), (runs_a_command, True), (asks_a_helper, True), (computes, False)]
)
def test_tests_that_run_programs_are_end_to_end(function: Callable[[], None], whole: bool) -> None:
    assert is_end_to_end([function]) == whole


def test_every_test_is_of_one_kind(request: pytest.FixtureRequest) -> None:
    kinds = [{mark.name for mark in item.iter_markers()} & {"unit", "end_to_end"} for item in request.session.items]
    assert {len(kind) for kind in kinds} == {1}
