"""CPU and CUDA, for every agent: time to load, time of a frame, and whether both say the same.

    python -m tests.benchmarks.networks.providers [--models DIR] [--frames 1200]

On the demo, frame by frame as in the app. Where there is no CUDA the table says so, and has the CPU's rows.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livefollow.audio.file import FileSource
from livefollow.demo import demo_recording, demo_score
from livefollow.errors import DeviceError
from livefollow.features.frames import frames_of
from livefollow.features.tuning import TuningTracker
from livefollow.follow.agent import open_agent
from livefollow.networks.manifest import Provider, load_manifest
from livefollow.score.score import Score

WARM_UP = 20  # frames


@dataclass
class Run:
    """An agent that followed the demo on one provider."""

    load_s: float
    frame_ms: np.ndarray
    x: np.ndarray


def follow(agent: str, models: Path | None, provider: Provider, frames: np.ndarray) -> Run:
    """Load an agent and follow with it."""
    start = time.perf_counter()
    opened = open_agent(agent, models, provider)
    load_s = time.perf_counter() - start
    places, times = [], []
    with Score(demo_score()) as score:
        list(opened.read(score))
        for k in range(len(frames)):
            start = time.perf_counter()
            estimates = opened.step(frames[k : k + 1])
            times.append(1e3 * (time.perf_counter() - start))
            places += [estimate.x for estimate in estimates]
    return Run(load_s, np.array(times[WARM_UP:]), np.array(places))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--frames", type=int, default=1200)
    args = parser.parse_args()
    with FileSource(demo_recording()) as source:
        frames = np.concatenate(list(frames_of(source, TuningTracker())))[: args.frames]
    print("| agent | provider | loaded in | a frame, median / p99 | furthest from the CPU |\n|---|---|---|---|---|")
    missing = ""
    for agent in load_manifest(args.models).agents:
        on_cpu = follow(agent, args.models, "cpu", frames)
        runs = {"cpu": on_cpu}
        try:
            runs["cuda"] = follow(agent, args.models, "cuda", frames)
        except DeviceError as error:
            missing = error.message
        for provider, run in runs.items():
            off = float(np.abs(run.x - on_cpu.x).max(initial=0))
            median, p99 = np.percentile(run.frame_ms, [50, 99])
            print(f"| `{agent}` | {provider} | {run.load_s:.2f} s | {median:.2f} / {p99:.2f} ms | {off:.3f} px |")
    if missing:
        print(f"\nNot measured on a GPU: {missing}")


if __name__ == "__main__":
    main()
