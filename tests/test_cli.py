"""The command line as a whole: what it imports, how it ends."""

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from livefollow import __version__
from livefollow.cli import main

HEAVY = {"torch", "PyQt6", "onnxruntime", "madmom_infer", "madmom", "cv2", "sounddevice", "numpy", "scipy", "pymupdf"}


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, livefollow.cli; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_usage_errors_end_with_2() -> None:
    done = subprocess.run([sys.executable, "-m", "livefollow.cli", "strip"], capture_output=True, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ["--provider", "cuda", "track", "--score", "s.pdf", "--audio", "a.wav", "--csv", "t.csv"],
        ["--agent", "track", "-v", "track", "--score", "s.pdf", "--audio", "a.wav", "--csv", "t.csv"],
        ["--list-devices", "strip", "s.pdf", "--out", "."],
        ["-v", "train"],
    ],
)
def test_options_before_a_command_are_not_passed_over(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "stand after it: livefollow " in capsys.readouterr().err


def test_any_command_may_be_verbose(tmp_path: Path) -> None:
    assert main(["-v", "frames", str(tmp_path / "a.wav"), "--out", str(tmp_path)]) == 6


@pytest.mark.parametrize("words", [[], ["--device", "3"], ["--score"], ["--score", "s.pdf", "--device", "USB"]])
def test_without_a_command_the_window_opens(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[argparse.Namespace] = []
    monkeypatch.setattr("livefollow.app.run", lambda args: seen.append(args) or 0)
    assert main(words) == 0
    wanted = {"3": 3, "USB": "USB"}.get(words[-1]) if words else None
    assert seen[0].device == wanted


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_frames_of_what_is_no_recording_end_with_6(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.wav").write_text("no sound")
    assert main(["frames", str(tmp_path / "a.wav"), "--out", str(tmp_path)]) == 6
    assert capsys.readouterr().err.startswith("livefollow: ")


def test_the_two_onnx_runtimes_are_exclusive_extras_and_torch_is_not_in_the_base() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    names = " ".join(project["dependencies"])
    assert "onnxruntime" not in names
    assert "torch" not in names
    assert any("onnxruntime-gpu" in d for d in project["optional-dependencies"]["gpu"])
