"""Hours of playing at their own speed: no frame may be lost, none late, and memory must stay where it is.

    python -m tests.benchmarks.reliability.soak LOG.jsonl [--hours 8] [--run 1]

`livefollow track --realtime` on the demo again and again, a run of so many hours at a time, until the runs written down
in LOG.jsonl add up: what was interrupted goes on where the last whole run ended, and is counted as far as its memory
goes. Prints what all runs in LOG.jsonl saw; `--hours 0` only does that. Linux only: memory is from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from livefollow.constants import FPS
from tests.benchmarks.viewer.latency import DEMO, long_sound

SAMPLE_S = 30.0  # between two looks at the memory
WARM_S = 300.0  # after which caches are full
ROW_BYTES = 88  # that `track` keeps of a frame until it writes them: ten numbers, and a latency
LATE_S = 60.0  # after its sound that a run may take to end


def main() -> None:
    """Run what is missing, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--hours", type=float, default=8.0, help="all runs together")
    parser.add_argument("--run", type=float, default=1.0, help="hours of a run")
    args = parser.parse_args()
    while (left_h := args.hours - heard_h(read(args.log))) > 1e-6:
        follow(args.log, min(args.run, left_h))
    print(report(read(args.log)))


def read(log: Path) -> list[dict[str, Any]]:
    """What has been written down so far."""
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def heard_h(said: list[dict[str, Any]]) -> float:
    """Hours of sound of the whole runs."""
    return float(sum(entry["hours"] for entry in said if "frames" in entry))


def follow(log: Path, hours: float) -> None:
    """One run; its memory is written down while it runs, all else at its end."""
    begun = time.time()
    with tempfile.TemporaryDirectory() as name, log.open("a") as out:

        def write(**entry: Any) -> None:
            print(json.dumps({"run": begun, "hours": hours} | entry), file=out, flush=True)

        sound = long_sound(Path(name) / "sound.wav", 3600 * hours)
        command = [
            sys.executable,
            "-m",
            "livefollow.cli.main",
            "track",
            "--realtime",
            "--score",
            str(DEMO / "score.pdf"),
        ]
        command += ["--audio", str(sound), "--csv", f"{name}/track.csv"]
        started = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            while process.poll() is None and time.monotonic() - started < 3600 * hours + LATE_S:
                write(after_s=time.monotonic() - started, rss_mib=resident_mib(process.pid), load=os.getloadavg()[0])
                try:
                    process.wait(SAMPLE_S)
                except subprocess.TimeoutExpired:
                    continue
            process.kill()
            assert process.stdout
            said = process.stdout.read()
        write(expected=round(3600 * hours * FPS), **json.loads(said.splitlines()[-1]))


def resident_mib(process: int) -> float | None:
    """Resident memory of a process now, MiB; None of one that has just ended."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024 if "VmRSS:" in status else None


def report(said: list[dict[str, Any]]) -> str:
    """What all runs saw, as text."""
    whole = [entry for entry in said if "frames" in entry]
    lines = [f"{len(whole)} whole runs, {heard_h(said):.2f} h of sound"]
    if whole:
        frames = sum(entry["frames"] for entry in whole)
        missing = sum(max(0, entry["expected"] - entry["frames"]) for entry in whole)
        lost = sum(entry["lost_frames"] for entry in whole)
        lines.append(f"{frames} frames, {lost} lost, {missing} less than the sound is long")
        for share in ("p50", "p99", "max"):
            ms = [entry["latency_ms"][share] for entry in whole]
            lines.append(
                f"sound to position, {share}: median of the runs {np.median(ms):.1f} ms, worst {max(ms):.1f} ms"
            )
    loads = [entry["load"] for entry in said if "load" in entry]
    if loads:
        lines.append(f"load average {min(loads):.1f} to {max(loads):.1f}, median {np.median(loads):.1f}")
    for begun in dict.fromkeys(entry["run"] for entry in said):
        seen = [e for e in said if e["run"] == begun and e.get("rss_mib") and e["after_s"] > WARM_S]
        if len(seen) > 2:
            hours, mib = (np.array([e[key] for e in seen]) for key in ("after_s", "rss_mib"))
            hours = hours / 3600
            track_mib = ROW_BYTES * FPS * 3600 / 2**20  # an hour
            slope = np.polyfit(hours, mib, 1)[0]
            lines.append(
                f"memory over {hours[-1]:.2f} h: {mib[0]:.1f} → {mib[-1]:.1f} MiB, {slope:+.1f} MiB an hour, "
                f"{slope - track_mib:+.1f} without the track itself"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
