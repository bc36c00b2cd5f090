"""Half an hour of playing at its own speed: no frame may be dropped, and memory must stay where it is.

    python -m tests.benchmarks.viewer.soak [--minutes 30]

The whole app, offscreen, in a fresh process, on the demo's recording again and again. Linux only: memory is from /proc.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.viewer.latency import DEMO, long_sound, row
from tests.benchmarks.viewer.opened_app import SAMPLE_S, run

WARM_S = 120.0  # after which caches are full


def main() -> None:
    """Print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sound = long_sound(Path(folder) / "sound.wav", 60 * args.minutes + 30)
        seen = run(DEMO / "score.pdf", sound, 60 * args.minutes)
    memory = np.array(seen["memory"])
    times = SAMPLE_S * np.arange(1, len(memory) + 1)
    warm = times > min(WARM_S, times[-1] / 2)
    slope = np.polyfit(times[warm], memory[warm], 1)[0] * 3600 if warm.sum() > 1 else 0.0
    print(f"load average {os.getloadavg()[0]:.1f}; CPU {seen['CPU share']:.1%} of a core")
    print(f"{seen['frames']} frames, {seen['dropped']} dropped, {seen['figures']['overruns']} overruns")
    print(f"{seen['figures']['late']} of {len(seen['lags'])} paints more than 50 ms after their samples were read")
    print(
        f"resident memory, MiB, after {', '.join(f'{t / 60:.0f}' for t in times[:: max(1, len(times) // 6)])} minutes:"
    )
    print(", ".join(f"{m:.0f}" for m in memory[:: max(1, len(times) // 6)]))
    print(f"trend after {WARM_S / 60:.0f} minutes: {slope:+.1f} MiB an hour; peak {seen['peak, MiB']:.0f} MiB")
    print("\n| newest sample to …, ms | p50 | p95 | p99 | max |\n|---|---:|---:|---:|---:|")
    for what in ("position", "paint"):
        spread = seen["figures"][what]
        print(f"| {what} (work, last ten minutes) | {spread['p50']:.1f} | {spread['p95']:.1f} | ", end="")
        print(f"{spread['p99']:.1f} | {spread['most']:.1f} |")
    print(row("paint (all)", [1e3 * lag for lag in seen["lags"]]))


if __name__ == "__main__":
    main()
