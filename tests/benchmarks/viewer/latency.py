"""How soon the app shows what it hears, how soon it is there, and how much memory a long score takes.

    python -m tests.benchmarks.viewer.latency [--minutes 5] [--runs 5] [--pages 100]

The whole app, offscreen, on the demo's recording at its own speed; each run is a fresh process. *Work* is from the
moment when the samples that complete a frame are read to the end of the paint that shows it; *all* is from the moment
when the newest of those samples sounds: the waits for blocks, threads and the resampler are in it. Linux only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from tests.benchmarks.score.opening import bind
from tests.benchmarks.viewer.opened_app import run

DEMO = Path(__file__).parents[3] / "assets" / "demo"


def long_sound(path: Path, seconds: float) -> Path:
    """Write the demo's recording again and again, for so long."""
    sound, native = soundfile.read(DEMO / "performance.ogg", dtype="float32")
    with soundfile.SoundFile(path, "w", native, 1 if sound.ndim == 1 else sound.shape[1]) as file:
        left = round(seconds * native)
        while left > 0:
            file.write(sound[:left])
            left -= len(sound)
    return path


def row(name: str, ms: list[float]) -> str:
    """A row of the table of latencies."""
    return f"| {name} | {' | '.join(f'{v:.1f}' for v in np.percentile(ms, (50, 95, 99, 100)))} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=100)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        score = DEMO / "score.pdf"
        sound = long_sound(folder / "sound.wav", 60 * args.minutes + 30)
        busy = os.getloadavg()[0]
        starts = [run(score, sound, 0.5) for _ in range(args.runs)]
        for what in ("first page, s", "listening, s"):
            times = [start[what] for start in starts]
            print(f"to {what}: median {statistics.median(times):.2f}, most {max(times):.2f}", flush=True)
        bind(score, args.pages, folder / "long.pdf")
        long = run(folder / "long.pdf", sound, 0)
        print(f"{args.pages} pages: peak {long['peak, MiB']:.0f} MiB, page reader {long['child peak, MiB']:.0f} MiB")
        seen = run(score, sound, 60 * args.minutes)
        figures = seen["figures"]
        print(f"load average {busy:.1f} to {os.getloadavg()[0]:.1f}; CPU {seen['CPU share']:.1%} of a core")
        print(f"{seen['frames']} frames, {seen['dropped']} dropped, {figures['late']} painted after 50 ms")
        print("\n| newest sample to …, ms | p50 | p95 | p99 | max |\n|---|---:|---:|---:|---:|")
        for what in ("position", "paint"):
            spread = figures[what]
            print(f"| {what} (work) | {' | '.join(f'{spread[k]:.1f}' for k in ('p50', 'p95', 'p99', 'most'))} |")
        print(row("paint (all)", [1e3 * lag for lag in seen["lags"]]))


if __name__ == "__main__":
    main()
