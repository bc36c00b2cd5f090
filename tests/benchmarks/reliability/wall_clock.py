"""The computer's clock is set back and forth while somebody plays: nothing of following may notice.

    python -m tests.benchmarks.reliability.wall_clock

`livefollow track --realtime` on the demo, with libfaketime (Debian: faketime), which gives every second another time of
day, an hour earlier or a day later, and leaves the monotonic clock alone, as setting a clock does. Prints what was
followed beside the same run with a clock that nobody touches; ends with 1 where a frame is missing or differs.
"""

from __future__ import annotations

import csv
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from livefollow.errors import LivefollowError
from tests.benchmarks.viewer.latency import DEMO

OFFSETS = ("-3600", "+0", "+86400", "-60")  # seconds
EVERY_S = 1.0


def library() -> Path:
    """Where libfaketime lies.

    Raises:
        LivefollowError: it is not installed.
    """
    for found in Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"):
        return found
    raise LivefollowError("libfaketime is not installed (Debian: faketime).")


def follow(folder: Path, *, touched: bool) -> tuple[list[dict[str, str]], int]:
    """The rows of the track, and how often the clock was set meanwhile."""
    said, out = folder / "offset", folder / "track.csv"
    said.write_text("+0")
    fake = {
        "LD_PRELOAD": str(library()),
        "FAKETIME_TIMESTAMP_FILE": str(said),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    command = [sys.executable, "-m", "livefollow.cli.main", "track", "--realtime", "--csv", str(out)]
    command += ["--score", str(DEMO / "score.pdf"), "--audio", str(DEMO / "performance.ogg")]
    run = subprocess.Popen(command, env=os.environ | (fake if touched else {}))
    times = 0
    for offset in itertools.cycle(OFFSETS):
        if run.poll() is not None:
            break
        said.write_text(offset)
        times += 1
        time.sleep(EVERY_S)
    if run.returncode:
        raise LivefollowError(f"It ended with {run.returncode}.")
    with out.open() as file:
        return list(csv.DictReader(file)), times


def main() -> int:
    """Follow twice, and compare."""
    with tempfile.TemporaryDirectory() as name:
        plain, _ = follow(Path(name), touched=False)
        touched, times = follow(Path(name), touched=True)
    differ = sum(a != b for a, b in itertools.zip_longest(plain, touched))
    print(f"the clock was set {times} times; {len(touched)} frames of {len(plain)}, {differ} of them differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
