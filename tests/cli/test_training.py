"""Help is there without what the commands need."""

import dataclasses
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from livefollow.cli import training
from livefollow.cli.training import DATA, TRAIN
from livefollow.train.rl.registry import ALGORITHMS

BLOCKING = """
import os, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in os.environ["MISSING"].split():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from livefollow.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
COMMANDS = [*(["train", name] for name in TRAIN), *(["data", name] for name in DATA), ["export"], ["train"], ["data"]]


def run(*words: str, missing: str = "torch gymnasium onnx tensorboard") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKING, *words],
        capture_output=True,
        text=True,
        env=os.environ | {"MISSING": missing},
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_needs_no_torch(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: livefollow {' '.join(command)} ")


@pytest.mark.parametrize("words", [["train", "reader"], ["export", "reader", "--models", "."]], ids=" ".join)
def test_what_is_missing_is_said_when_it_is_needed(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert "pip install 'livefollow[train]'" in done.stderr


def test_without_tyro_the_extra_is_named() -> None:
    assert run("train", "--help", missing="tyro").returncode == 0
    done = run("train", "ppo", "--help", missing="tyro")
    assert done.returncode == 1
    assert done.stderr == "livefollow: `livefollow train ppo` needs tyro: pip install 'livefollow[train]'\n"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The settings that a command was run with."""
    pytest.importorskip("tyro", reason="needs the extra `train`")
    seen: list[object] = []

    class Module:
        @staticmethod
        def run(settings: object) -> int:
            seen.append(settings)
            return 0

    load = training._import
    monkeypatch.setattr(training, "_import", lambda name, m: Module if m.startswith("livefollow") else load(name, m))
    return seen


def test_flags_are_the_settings(given: list[object]) -> None:
    numbers = ["--t-max", "7", "--gamma", ".5", "--lr", "3e-4"]
    words = ["--state", "x", "--task", "msmd", "--transposed", "--device", "cpu"]
    assert training.main(["train", "ppo", *numbers, *words]) == 0
    (settings,) = given
    assert (settings.task, settings.transposed, settings.test, settings.name) == ("msmd", True, False, None)
    assert settings.algorithm == ALGORITHMS["ppo"](t_max=7, state=Path("x"), gamma=0.5, lr=3e-4, device="cpu")


@pytest.mark.parametrize("name", TRAIN)
def test_without_flags_the_defaults_hold(name: str, given: list[object]) -> None:
    assert training.main(["train", name]) == 0
    kind = TRAIN[name].settings
    expected = kind(ALGORITHMS[name]()) if name in ALGORITHMS else kind()
    assert given == [expected]
    assert dataclasses.is_dataclass(given[0])


def test_a_flag_that_there_is_not_is_a_usage_error(given: list[object]) -> None:
    with pytest.raises(SystemExit) as ended:
        training.main(["train", "a2c", "--clip", "3"])
    assert ended.value.code == 2
    assert not given


@pytest.mark.parametrize("name", TRAIN)
def test_every_flag_has_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Which is the comment of the setting."""
    pytest.importorskip("tyro", reason="needs the extra `train`")
    with pytest.raises(SystemExit):
        training.main(["train", name, "--help"])
    told = capsys.readouterr().out
    kind = ALGORITHMS.get(name, TRAIN[name].settings)
    sources = "".join(inspect.getsource(base) for base in kind.__mro__ if dataclasses.is_dataclass(base))
    for field in dataclasses.fields(kind):
        assert f"--{field.name.replace('_', '-')} " in told
        comment = re.search(rf"^    {field.name}: .*  # (\w+)", sources, re.MULTILINE)
        assert comment, f"{field.name} has no comment"
        assert comment[1] in told
