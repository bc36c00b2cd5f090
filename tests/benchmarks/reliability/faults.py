"""What goes wrong around the app while somebody plays: full disks, scores that go away, sleep, a second window.

    python -m tests.benchmarks.reliability.faults [NAME ...] [--seconds 15]

The whole app, offscreen, on the demo at its own speed; for each fault a process of its own, in folders of its own.
Prints a Markdown table: positions shown of those due, the longest time without one, and what the player was told;
ends with 1 where the app ended, hung, or stopped following. Linux; file systems are mounted, so as root.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from livefollow.constants import FPS
from tests.benchmarks.reliability.used_app import UsedApp
from tests.benchmarks.viewer.latency import DEMO, long_sound

SMALL_KIB = 256  # of the disk that fills up
ENOUGH = 0.9  # of the positions that are due: a busy machine starts late
LEFT_S = 1.0  # after the last sound within which the last position must have come
SLEEPS_S = (1.0, 30.0, 600.0)


class Trial:
    """One fault.

    Attributes:
        folder: empty; `home` in it is where the app keeps what it keeps.
        score, sound: copies that a fault may do anything to.
        seconds: that the app follows.
    """

    def __init__(self, folder: Path, sound: Path, seconds: float) -> None:
        self.folder, self.sound, self.seconds = folder, sound, seconds
        self.home = folder / "home"
        self.home.mkdir()
        self.score = folder / "score.pdf"
        shutil.copy(DEMO / "score.pdf", self.score)

    def start(self, *, record: bool = False) -> UsedApp:
        """Start the app, and wait until it follows."""
        return UsedApp(self.home, self.seconds, self.score, self.sound, record=record)


@contextmanager
def mounted(at: Path, options: str) -> Iterator[Path]:
    """A file system in memory."""
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=False, stderr=subprocess.DEVNULL)  # a fault may have done it


def fill(folder: Path) -> None:
    """Leave no room on a disk."""
    with (folder / "fill").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            pass


def nothing(trial: Trial) -> dict[str, Any]:
    """Nothing goes wrong."""
    return trial.start().end()


def full(trial: Trial) -> dict[str, Any]:
    """The disk was full before."""
    with mounted(trial.home, f"size={SMALL_KIB}k"):
        fill(trial.home)
        return trial.start().end()


def fills(trial: Trial) -> dict[str, Any]:
    """The disk fills up while a take is recorded."""
    with mounted(trial.home, f"size={SMALL_KIB}k"):
        app = trial.start(record=True)
        fill(trial.home)
        return app.end()


def read_only(trial: Trial) -> dict[str, Any]:
    """Nothing can be written at home."""
    with mounted(trial.home, "size=1m"):
        subprocess.run(["mount", "-o", "remount,ro", str(trial.home)], check=True)
        return trial.start(record=True).end()


def deleted(trial: Trial) -> dict[str, Any]:
    """The score is deleted."""
    app = trial.start()
    trial.score.unlink()
    return app.end()


def overwritten(trial: Trial) -> dict[str, Any]:
    """Another score is written over it."""
    app = trial.start()
    trial.score.write_bytes((DEMO.parents[1] / "tests" / "data" / "small.pdf").read_bytes())
    return app.end()


def cut_short(trial: Trial) -> dict[str, Any]:
    """It is cut to half of its length."""
    app = trial.start()
    os.truncate(trial.score, trial.score.stat().st_size // 2)
    return app.end()


def unplugged(trial: Trial) -> dict[str, Any]:
    """Its drive goes away."""
    with mounted(trial.folder / "stick", "size=8m") as stick:
        trial.score = Path(shutil.copy(trial.score, stick))
        app = trial.start()
        subprocess.run(["umount", "-l", str(stick)], check=True)
        return app.end()


def asleep(seconds: float) -> Callable[[Trial], dict[str, Any]]:
    """The computer sleeps, with the child that reads pages."""

    def sleep(trial: Trial) -> dict[str, Any]:
        trial.seconds += seconds
        app = trial.start()
        time.sleep(2)
        children = Path(f"/proc/{app.process.pid}/task/{app.process.pid}/children").read_text().split()
        for each in (signal.SIGSTOP, signal.SIGCONT):
            for process in (app.process.pid, *map(int, children)):
                os.kill(process, each)
            if each is signal.SIGSTOP:
                time.sleep(seconds)
        return app.end() | {"slept": seconds}

    return sleep


def twice(trial: Trial) -> dict[str, Any]:
    """Two instances follow, with one home; the settings are whole afterwards."""
    first, second = trial.start(), trial.start()
    other = second.end()
    seen = first.end()
    json.loads((trial.home / "config" / "livefollow" / "settings.json").read_text())
    return seen if "failed" not in other else other


FAULTS: dict[str, Callable[[Trial], dict[str, Any]]] = {
    "nothing": nothing,
    "disk full before": full,
    "disk fills up while recording": fills,
    "read-only home": read_only,
    "score deleted": deleted,
    "score overwritten by another": overwritten,
    "score cut short": cut_short,
    "drive of the score unplugged": unplugged,
    **{f"asleep for {seconds:g} s": asleep(seconds) for seconds in SLEEPS_S},
    "two instances": twice,
}


def judged(seen: dict[str, Any], seconds: float) -> str:
    """What is wrong; empty where all is well."""
    if "failed" in seen:
        return str(seen["failed"])
    if seen["positions"] < ENOUGH * seconds * FPS:
        return "following stopped"
    if seen["errors"]:
        return f"errors: {seen['errors'][0]}"
    return ""


def main() -> int:
    """Try, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAULTS))
    parser.add_argument("--seconds", type=float, default=15.0)
    args = parser.parse_args()
    bad = 0
    print("| fault | positions | longest without, s | at once | told | |\n|---|---:|---:|---:|---|---|")
    with tempfile.TemporaryDirectory() as name:
        sound = long_sound(Path(name) / "sound.wav", args.seconds + sum(SLEEPS_S) + 30)
        for fault in args.names or FAULTS:
            with tempfile.TemporaryDirectory() as folder:
                seen = FAULTS[fault](Trial(Path(folder), sound, args.seconds))
                told = "; ".join(s for s in seen.get("said", []) if not s.startswith(("Opening", "Read ")))
                wrong = judged(seen, args.seconds)
            bad += bool(wrong)
            gap, most = seen.get("longest gap, s", 0.0), seen.get("most at once", 0)
            told = told.replace(folder, "")
            print(
                f"| {fault} | {seen.get('positions', 0)} | {gap:.2f} | {most} | {told} | {wrong or 'goes on'} |",
                flush=True,
            )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
