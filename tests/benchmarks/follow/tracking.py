"""What following costs on one core, against the length of the score: 1, 10 and 100 pages.

    python -m tests.benchmarks.follow.tracking [--models DIR] [--provider cpu] [--seconds 60] [--pages N ...] [--busy]

Copies of the demo's first page are bound into larger PDFs, and the demo's recording is followed in them: once all is
read, and, for the longest of the frames that find the score a page longer, while it is read. Each run is a fresh
process, bound to one core; prints a Markdown table. With --busy, for a machine that others use, times are those of the
processor spent on it, not of the clock. Linux only: memory comes from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import numpy as np
import soundfile

from livefollow.audio.file import FileSource
from livefollow.evaluate.offline import cost, read_score, replay
from livefollow.features.frames import frames_of
from livefollow.follow.agent import Agent, open_agent
from livefollow.follow.follower import Follower
from livefollow.score.score import Score
from tests.benchmarks.score.opening import bind, peak_mib

DEMO = Path(__file__).parents[3] / "assets" / "demo"


def measure(path: Path, sound: Path, args: argparse.Namespace) -> dict[str, float]:
    """One run, in this process, which is bound to one core from now on: the columns of the table."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if args.busy:
        time.perf_counter = time.process_time
    agent = open_agent(args.agent, args.models, args.provider)
    with Score(path, data=path.parent) as score:
        pages = score.document.page_count
        reading_s = read_score(agent, score)
        done = cost(replay(agent, score, sound))
    peak = peak_mib("self")
    with Score(path, data=path.parent) as score:
        growing_s = longest_while_read(open_agent(args.agent, args.models, args.provider), score, sound)
    return {
        "pages": pages,
        "reading, s a page": reading_s / pages,
        **{f"{name}, ms": value for name, value in done["latency_ms"].items()},
        "longest while read, ms": 1e3 * growing_s,
        "real-time factor": done["real_time_factor"],
        "peak memory, MiB": peak,
    }


def longest_while_read(agent: Agent, score: Score, sound: Path) -> float:
    """Seconds of the longest frame, when a page is read after each of the first ones."""
    follower = Follower(agent, score.strip)
    with FileSource(sound) as source:
        frames = np.concatenate(list(islice(frames_of(source), score.document.page_count + 1)))
    taken = [0.0]
    for number, _ in enumerate(agent.read(score)):
        follower.push(frames[number : number + 1], number)
        taken.append(follower.busy_s)
    return max(taken)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs="+", type=int, default=[1, 10, 100])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--agent")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--provider", default="cpu")
    parser.add_argument("--busy", action="store_true", help="processor time in place of the clock's")
    parser.add_argument("--measure", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        path, sound = args.measure
        print(json.dumps(measure(path, sound, args)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        with soundfile.SoundFile(DEMO / "performance.ogg") as file:
            soundfile.write(sound, file.read(round(args.seconds * file.samplerate)), file.samplerate)
        for row, pages in enumerate(args.pages):
            path = Path(folder) / f"{pages}.pdf"
            bind(DEMO / "score.pdf", pages, path)
            command = [sys.executable, "-m", "tests.benchmarks.follow.tracking", *sys.argv[1:]]
            columns = json.loads(subprocess.check_output([*command, "--measure", str(path), str(sound)]))
            if row == 0:
                print(f"| {' | '.join(columns)} |\n|{'---:|' * len(columns)}")
            print(f"| {' | '.join(f'{value:.3g}' for value in columns.values())} |", flush=True)


if __name__ == "__main__":
    main()
