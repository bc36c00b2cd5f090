"""`livefollow --self-test` tells what works from what does not, and touches nothing of the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from livefollow.demo import demo_folder, demo_recording, demo_score
from livefollow.networks.manifest import models_folder


def self_test(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return subprocess.run(
        [sys.executable, "-m", "livefollow.cli.main", "--self-test", *words],
        env=environment | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_is_followed_and_nothing_is_left_behind(tmp_path: Path) -> None:
    done = self_test(tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("onsets within 0.5 s\nAll well.\n")
    assert "reader on cpu, listener on cpu" in done.stdout
    assert "\nMIDI: " in done.stdout  # there or not
    assert not any((tmp_path / "home").rglob("*livefollow*"))


def test_a_network_that_is_damaged_is_named(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(models_folder(), models)
    (models / "listener.onnx").write_bytes(b"half a file")
    done = self_test(tmp_path / "home", "--models", models)
    assert done.returncode == 1
    assert "listener.onnx" in done.stderr
    assert "Traceback" not in done.stderr
    assert "All well" not in done.stdout


def test_the_demo_lies_where_the_program_looks_for_it() -> None:
    assert demo_score().is_file()
    assert demo_recording().is_file()
    assert demo_folder() == demo_score().parent
