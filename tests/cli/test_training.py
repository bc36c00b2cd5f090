"""Help is there without what the commands need."""

import subprocess
import sys

import pytest

from livefollow.cli.training import DATA, TRAIN

BLOCKING = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "gymnasium", "onnx", "tensorboard"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from livefollow.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
COMMANDS = [*(["train", name] for name in TRAIN), *(["data", name] for name in DATA), ["export"], ["train"], ["data"]]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BLOCKING, *words], capture_output=True, text=True, check=False)


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
