"""Does what is installed run? Builds the wheel, installs it into a fresh environment, and uses it from elsewhere.

    python packaging/smoke_test.py

Needs a package index and some minutes; the window is shown on no screen. Ends with code 0, or says what went wrong.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "assets" / "demo"
SHOWN_S = 3.0  # that the window is left alone once it has started
BAD = re.compile(r" ERROR | CRITICAL |does not speak")  # in the log
START_S = 60.0  # that it may take to start on a busy machine


def main() -> int:
    """Run all steps."""
    with tempfile.TemporaryDirectory(prefix="livefollow-") as name:
        folder = Path(name)
        livefollow = install(folder)
        environment = {
            **{key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        said = run([livefollow, "--version"], environment, folder)
        check(said.startswith("livefollow "), f"--version says {said!r}")
        run([livefollow, "strip", DEMO / "score.pdf", "--out", folder / "seen"], environment, folder)
        check(any((folder / "seen").iterdir()), "strip wrote nothing")
        csv = folder / "track.csv"
        audio = DEMO / "performance.ogg"
        run([livefollow, "track", "--score", DEMO / "score.pdf", "--audio", audio, "--csv", csv], environment, folder)
        check("following" in csv.read_text(), "the demo is not followed")
        show_window(livefollow, environment, folder)
    print("All well.")
    return 0


def install(folder: Path) -> Path:
    """The installed command, in a new environment that has only what the wheel asks for."""
    step("build the wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    source = folder / "source"  # a copy: what an earlier build left in the tree is not in it
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("livefollow", "models"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder / "wheel", source], check=True)
    (wheel,) = (folder / "wheel").glob("livefollow-*.whl")
    step("install it")
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    subprocess.run([python, *pip[1:], "install", f"{wheel}[cpu]"], check=True)
    torch = subprocess.run([python, "-c", "import torch"], capture_output=True, check=False)
    check(torch.returncode != 0, "the app brings torch")
    return programs / "livefollow"


def run(command: list[str | Path], environment: dict[str, str], folder: Path) -> str:
    """What a command prints; it must succeed."""
    step(" ".join(str(part) for part in command[1:3]))
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"{command[1]} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def show_window(livefollow: Path, environment: dict[str, str], folder: Path) -> None:
    """Open the demo in a window, leave it, and have it quit: in order, with nothing bad in its log."""
    step("a window")
    log = folder / "state" / "livefollow" / "log" / "livefollow.log"
    settings = folder / "config" / "livefollow" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"language": "de"}')
    window = subprocess.Popen([livefollow, "--score", DEMO / "score.pdf"], env=environment, cwd=folder)
    try:
        until = time.monotonic() + START_S
        while "score.pdf" not in settings.read_text() and window.poll() is None and time.monotonic() < until:
            time.sleep(0.1)  # it is written there, among the recent ones, once it is open
        time.sleep(SHOWN_S)
        check(window.poll() is None, f"the window ended by itself with {window.returncode}")
        check("score.pdf" in settings.read_text(), "the score was not opened")
        window.send_signal(signal.SIGTERM)
        check(window.wait(START_S) == 0, f"the window ended with {window.returncode}")
    finally:
        if window.poll() is None:
            window.kill()
            window.wait()
    bad = [line for line in log.read_text().splitlines() if BAD.search(line)]
    check(not bad, "the log says: " + "; ".join(bad))


def step(what: str) -> None:
    """Say what is done now."""
    print(f"- {what}", flush=True)


def check(well: bool, sentence: str) -> None:
    """End with a sentence if something is not well."""
    if not well:
        sys.exit(sentence)


if __name__ == "__main__":
    sys.exit(main())
