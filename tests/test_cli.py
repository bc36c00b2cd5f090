"""The command line as a whole: what it imports, how it ends."""

import argparse
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from livefollow import __version__
from livefollow.cli.main import main

HEAVY = {"torch", "PyQt6", "onnxruntime", "madmom_infer", "madmom", "cv2", "sounddevice", "numpy", "scipy", "pymupdf"}


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, livefollow.cli.main; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_usage_errors_end_with_2() -> None:
    done = subprocess.run([sys.executable, "-m", "livefollow.cli.main", "strip"], capture_output=True, check=False)
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


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[argparse.Namespace]:
    """What the window would be opened with, in a folder with three files."""
    seen: list[argparse.Namespace] = []
    monkeypatch.setattr("livefollow.app.run", lambda args: seen.append(args) or 0)
    monkeypatch.chdir(tmp_path)
    for name in ("a.pdf", "b.pdf", "track"):
        (tmp_path / name).write_bytes(b"%PDF-")
    return seen


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["a.pdf"], ["a.pdf"]),
        (["--score", "a.pdf"], ["a.pdf"]),
        (["a.pdf", "--device", "3", "b.pdf"], ["a.pdf", "b.pdf"]),
        (["--stats", "--provider", "cpu", "a.pdf", "b.pdf"], ["a.pdf", "b.pdf"]),
        (["--score", "b.pdf", "--stats", "a.pdf"], ["b.pdf", "a.pdf"]),
        (["./track"], ["track"]),
        (["--", "a.pdf"], ["a.pdf"]),
        (["-v", "."], ["."]),
        ([], []),
    ],
)
def test_files_are_opened_in_their_order(words: list[str], files: list[str], opened: list[argparse.Namespace]) -> None:
    assert main(words) == 0
    assert [str(file) for file in opened[0].files] == files


def test_a_command_is_one_although_a_file_is_called_so(opened: list[argparse.Namespace]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["track", "a.pdf"])
    assert ended.value.code == 2
    assert not opened


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["c.pdf"], "c.pdf does not exist"),
        (["a.pdf", "c.pdf"], "c.pdf does not exist"),
        (["--score", "c.pdf"], "c.pdf does not exist"),
        (["--device", "3", "nowhere/c.pdf"], "nowhere/c.pdf does not exist"),
        (["trak"], "trak does not exist; check the name and the folder, or see `livefollow --help`"),
        (["a.pdf/b"], "a.pdf/b cannot be read (Not a directory)"),
        (["x" * 300 + ".pdf"], "cannot be read (File name too long)"),
    ],
)
def test_what_does_not_exist_is_said_before_there_is_a_window(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "PyQt6.QtWidgets", None)  # whoever comes so far cannot import it
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert main(words) == 4
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_names_that_cannot_be_encoded_are_shown_with_replacements(encoding: str, tmp_path: Path, data: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "HOME": str(tmp_path)}
    run = [sys.executable, "-m", "livefollow.cli.main"]
    out = tmp_path / "Klavierübung 🎹"
    seen = subprocess.run(
        [*run, "strip", str(data / "small.pdf"), "--out", str(out)], env=environment, capture_output=True, check=False
    )
    assert (seen.returncode, seen.stderr) == (0, b"")
    assert "Klavier" in seen.stdout.decode(encoding)
    assert (out / "systems.json").is_file()
    wrong = subprocess.run([*run, f"{out}/🎹.pdf"], env=environment, capture_output=True, check=False)
    assert wrong.returncode == 4
    assert b"Traceback" not in wrong.stderr
    assert "does not exist; check the name" in wrong.stderr.decode(encoding)


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes streams is needed")
@pytest.mark.parametrize(
    ("shell", "code", "says"),
    [
        ("{} strip {} --out {} 2>&-", 0, ""),  # progress bars have nowhere to go
        ("{} strip {} --out {} <&- >&- 2>&-", 0, ""),
        ("set -o pipefail; {} strip {} --out {} | true", 1, ""),
        ("{} strip {} --out {} > /dev/full", 1, "what is printed cannot be written: No space left on device."),
    ],
)
def test_streams_that_are_closed_or_full_are_no_crash(
    data: Path, tmp_path: Path, shell: str, code: int, says: str
) -> None:
    command = shell.format(f"{sys.executable} -m livefollow.cli.main", data / "small.pdf", tmp_path / "out")
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stderr == (f"livefollow: {says}\n" if says else "")
    assert (tmp_path / "out" / "systems.json").is_file()


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
