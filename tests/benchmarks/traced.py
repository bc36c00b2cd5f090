"""What leaves the computer, and what is written, in an hour of use: all that the kernel is asked for, in short.

    python -m tests.benchmarks.traced [--track-minutes 60] [--window-minutes 10]

In an empty home, under strace: `livefollow track` on that much of the demo's recording, again and again, as fast as it
goes, then the window offscreen at its own speed. docs/privacy.md shows what it prints. Ends with 1 where something left
the computer or was written elsewhere than in livefollow's own folders.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.viewer.latency import DEMO, long_sound
from tests.traced import Trace, fresh_home, of_system, run_traced

REPOSITORY = Path(__file__).parents[2]
SLOWEST = 5.0  # times as long as it should take: a traced program on a busy machine
START_S = 300.0


def main() -> int:
    """Trace both, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--track-minutes", type=float, default=60.0)
    parser.add_argument("--window-minutes", type=float, default=10.0)
    args = parser.parse_args()
    private = True
    for name, minutes in (("track", args.track_minutes), ("window", args.window_minutes)):
        if minutes:
            private &= traced(name, 60 * minutes)
    return 0 if private else 1


def traced(name: str, seconds: float) -> bool:
    """Run the window or a command for so long, and say what it did; whether it kept everything to itself."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environment, own = fresh_home(place)
        out = place / "out"
        out.mkdir()
        sound = long_sound(place / "sound.wav", seconds + (30 if name == "window" else 0))
        files: list[str | Path] = ["--score", DEMO / "score.pdf", "--audio", sound]
        commands: dict[str, Sequence[str | Path]] = {
            "track": ["livefollow.cli.main", "track", *files, "--csv", out / "track.csv"],
            "window": ["tests.system.app_with_trace", str(seconds), out / "trace.csv", *files],
        }
        done, trace = run_traced(
            [sys.executable, "-m", *commands[name]], environment, REPOSITORY, SLOWEST * seconds + START_S
        )
        if done.returncode:
            raise SystemExit(f"{name} ended with {done.returncode}: {done.stderr}")
        elsewhere = trace.outside([*own, out])
        print(f"{name}, {seconds / 60:.0f} minutes of sound: sockets {len(trace.sockets)}, ", end="")
        print(f"look-ups {len(trace.lookups)}, files elsewhere {len(elsewhere)}")
        if seen := [*trace.sockets, *trace.lookups, *sorted(map(str, elsewhere))]:
            print(*seen, sep="\n")
            return False
        say_written(trace, place)
    return True


def say_written(trace: Trace, place: Path) -> None:
    """The files that were written, relative to the place; those of services of the system and in passing counted."""
    ours = [path.relative_to(place) for path in trace.written if not of_system(path)]
    lasting = {re.sub(r"\.\w{8}$", ".*", str(path)) for path in ours if path.parts[0] != "tmp"}  # of `mkstemp`
    print(*(f"  {path}" for path in sorted(lasting)), sep="\n")
    print(f"  in the temporary folder: {sum(path.parts[0] == 'tmp' for path in ours)}")
    for system, count in Counter(map(of_system, trace.written)).items():
        if system:
            print(f"  of the {system}: {count}")


if __name__ == "__main__":
    sys.exit(main())
