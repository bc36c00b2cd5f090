"""The computer's clock is set back and forth while somebody plays: nothing of following may notice.

    python -m tests.benchmarks.reliability.wall_clock

`livefollow track --realtime` on the demo, with a `time.time` that is an hour earlier, a day later, or a minute earlier
in every other second, while the monotonic clock goes on, as it does when a clock is set. Prints what was followed
beside the same run with a clock that nobody touches; ends with 1 where a frame is missing or differs.
"""

from __future__ import annotations

import csv
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.viewer.latency import DEMO

# Run by Python before anything else: https://docs.python.org/3/library/site.html
CUSTOMIZE = """
import time
before = time.time
time.time = lambda: before() + (0, -3600, 0, 86400, 0, -60)[int(time.monotonic()) % 6]
"""


def follow(folder: Path, *, touched: bool) -> list[dict[str, str]]:
    """The rows of the track."""
    out = folder / "track.csv"
    (folder / "sitecustomize.py").write_text(CUSTOMIZE if touched else "")
    command = [sys.executable, "-m", "livefollow.cli.main", "track", "--realtime", "--csv", str(out)]
    command += ["--score", str(DEMO / "score.pdf"), "--audio", str(DEMO / "performance.ogg")]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(folder)}, check=True)
    with out.open() as file:
        return list(csv.DictReader(file))


def main() -> int:
    """Follow twice, and compare."""
    with tempfile.TemporaryDirectory() as name:
        plain, touched = (follow(Path(name), touched=touched) for touched in (False, True))
    differ = sum(a != b for a, b in itertools.zip_longest(plain, touched))
    print(f"{len(touched)} frames of {len(plain)}, {differ} of them differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
