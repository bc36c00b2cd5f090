"""Kills a process that saves and records, at random moments: every file must be whole, or what it was before.

    python -m tests.benchmarks.reliability.power_cut [--times 200]

The process writes settings, the memory of a score and a setlist without a pause, and records at the sound's own speed.
Prints a Markdown table; ends with 1 where a file was broken.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from tqdm import tqdm

from livefollow.errors import LivefollowError
from livefollow.follow.position import Position, State
from livefollow.follow.track import load_track
from livefollow.storage import write_whole
from livefollow.viewer.library.setlist import read_setlist, setlist_text
from livefollow.viewer.practice.recorder import Recorder
from livefollow.viewer.settings.preferences import Preferences, open_preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import OwnRepeat, Place, ScoreMemory

RATE, BLOCK_S = 48000, 0.05
SHORTEST_S, LONGEST_S = 1.5, 4.0  # from the first block on until the process is killed
PIECES = 200  # of the setlist, and repeats in the memory: files of several blocks of a disk
SETTINGS, MEMORY, SETLIST, TAKES = "settings.json", "score.memory.json", "pieces.setlist", "takes"


def main() -> int:
    """Kill, look, count."""
    parser = argparse.ArgumentParser(description="Kills a process that saves and records, at random moments.")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--write", type=Path, help="be that process, in this folder")
    args = parser.parse_args()
    if args.write:
        write_for_ever(args.write)
    moments = random.Random(0)
    whole = dict.fromkeys(CHECKS, 0)
    broken: list[str] = []
    lost_s: list[float] = []
    for _ in tqdm(range(args.times), unit="kill"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lived_s = run_and_kill(folder, moments.uniform(SHORTEST_S, LONGEST_S))
            for kind, check in CHECKS.items():
                try:
                    check(folder)
                    whole[kind] += 1
                except (OSError, ValueError, LivefollowError, soundfile.LibsndfileError) as error:
                    broken.append(f"{kind}: {error!r}")
            lost_s.append(lived_s - recorded_s(folder))
    print(f"| file, {args.times} times killed | whole | broken |\n|---|---:|---:|")
    for kind, count in whole.items():
        print(f"| {kind} | {count} | {args.times - count} |")
    print(f"\nOf a recording the last {np.median(lost_s):.1f} s are lost in the median, {max(lost_s):.1f} s at most.")
    print(*broken, sep="\n")
    return 1 if broken else 0


def run_and_kill(folder: Path, after_s: float) -> float:
    """Let a process write into a folder, and kill it.

    Returns:
        Seconds from the moment in which it had begun to record.
    """
    command = [sys.executable, "-m", "tests.benchmarks.reliability.power_cut", "--write", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        begun = time.monotonic()
        time.sleep(after_s)
        process.kill()
        return time.monotonic() - begun


def write_for_ever(folder: Path) -> None:
    """Change every file again and again; the number of the change is in each."""
    settings = open_preferences(folder)
    memory = RecordFile(folder / MEMORY, ScoreMemory)
    recorder = Recorder(folder / TAKES, "score")
    silence = np.zeros((round(BLOCK_S * RATE), 1), np.float32)
    begun, number = time.monotonic(), 0
    while True:
        settings.change(recent=tuple(f"/music/{piece} {number}.pdf" for piece in range(12)))
        repeat = OwnRepeat(Place(1, float(number), 1.0), Place(2, float(number), 2.0))
        memory.change(repeats=(repeat,) * PIECES)
        pieces = [folder / f"{number} {piece}.pdf" for piece in range(PIECES)]
        write_whole(folder / SETLIST, setlist_text(pieces, folder))
        recorder.hear(silence, RATE, number * BLOCK_S)
        recorder.follow([position(number)])
        if not number:
            print("begun", flush=True)
        number += 1
        time.sleep(max(0.0, begun + number * BLOCK_S - time.monotonic()))


def position(number: int) -> Position:
    """Where the player is at a change."""
    return Position(
        time_s=number * BLOCK_S,
        page=1,
        system=1,
        x_pt=float(number),
        top_pt=50.0,
        bottom_pt=90.0,
        strip_x=float(number),
        speed=1.0,
        confidence=1.0,
        state=State.FOLLOWING,
    )


def check_settings(folder: Path) -> None:
    """They are of one change.

    Raises:
        ValueError: they are not, or there was something to complain of.
    """
    settings = RecordFile(folder / SETTINGS, Preferences)
    settings.close()
    _same([name.split()[1] for name in settings.values.recent], str(settings.complaint))


def check_memory(folder: Path) -> None:
    """It is of one change.

    Raises:
        ValueError: it is not.
    """
    said = json.loads((folder / MEMORY).read_text(encoding="utf-8"))
    _same([repeat[0][1] for repeat in said["repeats"]])


def check_setlist(folder: Path) -> None:
    """It is of one change, and complete.

    Raises:
        LivefollowError: it cannot be read.
        ValueError: it is of several, or too short.
    """
    pieces = read_setlist(folder / SETLIST)
    _same([piece.name.split()[0] for piece in pieces], "" if len(pieces) == PIECES else f"{len(pieces)} pieces")


def check_sound(folder: Path) -> None:
    """It can be played to its end.

    Raises:
        LibsndfileError: it cannot.
        ValueError: there is not one file.
    """
    (path,) = (folder / TAKES).glob("*.wav")
    soundfile.read(path)


def check_positions(folder: Path) -> None:
    """They are a track.

    Raises:
        LivefollowError: they are none.
    """
    (path,) = (folder / TAKES).glob("*.csv")
    load_track(path)


def recorded_s(folder: Path) -> float:
    """Seconds of sound that are there."""
    (path,) = (folder / TAKES).glob("*.wav")
    return float(soundfile.info(path).duration)


def _same(numbers: list[object], complaint: str = "") -> None:
    if complaint or len(set(numbers)) != 1:
        raise ValueError(complaint or f"parts of {len(set(numbers))} changes")


CHECKS: dict[str, Callable[[Path], None]] = {
    "settings": check_settings,
    "memory of a score": check_memory,
    "setlist": check_setlist,
    "recorded sound": check_sound,
    "recorded positions": check_positions,
}

if __name__ == "__main__":
    sys.exit(main())
