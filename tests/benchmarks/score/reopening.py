"""How soon a long score can be followed: read for the first time on one thread and on two, and opened again.

    python -m tests.benchmarks.score.reopening [--pages 100] [--rounds 1]

The first page of the demo, again and again, as one score; the ways take turns, so that all meet the same machine.
Prints a Markdown table of medians: seconds until something can be followed, and until all can be; of this process, the
seconds of CPU and the bytes that are kept.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from livefollow.follow import score_reader
from livefollow.follow.agent import open_agent
from livefollow.score.page_cache import PageCache
from livefollow.score.score import Score
from tests.benchmarks.score.opening import bind, peak_mib
from tests.benchmarks.viewer.latency import DEMO

WAYS = {"read, one thread": (1, False), "read, two threads": (2, False), "opened again": (2, True)}


def read(path: Path, cache: PageCache | None, threads: int) -> tuple[float, float, float]:
    """Read a score; seconds until the first page, until the last, and of CPU."""
    agent = open_agent()
    with Score(path, data=path.parent, cache=cache) as score, patch.object(score_reader, "THREADS", threads):
        begun, cpu = time.perf_counter(), time.process_time()
        pages = agent.read(score)
        next(pages)
        first_s = time.perf_counter() - begun
        for _ in pages:
            pass
        return first_s, time.perf_counter() - begun, time.process_time() - cpu


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "long.pdf"
        bind(DEMO / "score.pdf", args.pages, path)
        kept = PageCache(folder / "kept")
        read(path, kept, 2)
        seen: dict[str, list[tuple[float, float, float]]] = {way: [] for way in WAYS}
        for _ in range(args.rounds):
            for way, (threads, again) in WAYS.items():
                seen[way].append(read(path, kept if again else None, threads))
        print(f"{args.pages} pages, {kept.size / 1e6:.1f} MB kept, peak {peak_mib('self'):.0f} MiB")
        print("| | first followed, s | all, s | CPU, s |\n|---|---:|---:|---:|")
        for way, times in seen.items():
            print(
                f"| {way} | {' | '.join(f'{statistics.median(column):.2f}' for column in zip(*times, strict=True))} |"
            )


if __name__ == "__main__":
    main()
