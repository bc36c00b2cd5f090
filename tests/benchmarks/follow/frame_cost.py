"""What a frame costs, beside what it cost in another version of the program, and whether both say the same.

    python -m tests.benchmarks.follow.frame_cost CASES... --cache DIR --against FOLDER [--frames 1500]

FOLDER is another source tree; its `livefollow/follow` runs beside this one's in one process, on what the networks say
of cases (kept in `--cache`, as in `heard_cases`): in every frame the localizer and the policy's cursor of both, in
turn, and the listener, which is the same for both. Prints microseconds of processor time, and the greatest difference
between places, speeds and confidences; ends with 1 where it is more than a millionth.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

import livefollow.follow
from livefollow.constants import FRAME_WIDTH
from livefollow.evaluate.cases import find_cases, load_case
from livefollow.follow.policy.observation import POLICY
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import load_manifest
from livefollow.networks.runtime import load_network
from livefollow.train.localizer.heard import said_of

NEW, OLD = "livefollow.follow", "other_follow"
ALIKE = 1e-6
PERCENTILES = (10, 50)
QUIET = np.zeros((1, FRAME_WIDTH), np.float32)


def other(tree: Path, folder: Path) -> None:
    """Make the modules of another tree importable beside ours, under another name."""
    shutil.copytree(tree / "livefollow" / "follow", folder / OLD)
    for path in (folder / OLD).rglob("*.py"):
        path.write_text(path.read_text().replace(NEW, OLD))
    sys.path.insert(0, str(folder))


def follower(package: str, reading: Any, network: Any) -> tuple[Any, Any]:
    """A localizer and a cursor of a version."""
    localizer = importlib.import_module(f"{package}.hmm.localizer").Localizer(reading)
    return localizer, importlib.import_module(f"{package}.policy.cursor").PolicyCursor(network, corrected=True)


def main() -> int:
    """Follow with both, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--against", type=Path, default=Path(livefollow.follow.__file__).parents[2])
    parser.add_argument("--frames", type=int, default=1500, help="of each case, at most")
    args = parser.parse_args()
    manifest, clock = load_manifest(None), time.thread_time
    policy = load_network(manifest.network("policy"), POLICY, "cpu")
    listener = Listener(load_network(manifest.network("listener"), LISTENER, "cpu"))
    spent: dict[str, list[float]] = {name: [] for name in ("n", *(f"{part} {v}" for part in "lp" for v in (OLD, NEW)))}
    furthest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        other(args.against, Path(folder))
        for path in find_cases(args.cases, "*"):
            score, heard = said_of(load_case(path), None, args.cache)
            both = {version: follower(version, score.reading, policy) for version in (OLD, NEW)}
            rows = zip(heard.onsets, heard.sounding, heard.loudness.tolist(), strict=True)
            for number, (onsets, sounding, level) in zip(range(args.frames), rows, strict=False):
                begun = clock()
                listener.push(QUIET)
                spent["n"].append(clock() - begun)
                said = {}
                for version in (OLD, NEW) if number % 2 else (NEW, OLD):
                    localizer, cursor = both[version]
                    begun = clock()
                    here = localizer.step(onsets, sounding, level)
                    between = clock()
                    shown = cursor.follow(localizer, here, onsets, sounding)
                    spent[f"p {version}"].append(clock() - between)
                    spent[f"l {version}"].append(between - begun)
                    said[version] = np.array([here.x, here.speed, here.confidence, shown.x, shown.speed])
                furthest = max(furthest, float(np.abs(said[OLD] - said[NEW]).max()))
    print(f"{len(spent['n'])} frames; the furthest apart {furthest:.1e}")
    print("| µs | localizer | policy | listener | whole | whole / without policy |\n|---|---:|---:|---:|---:|---:|")
    for percent in PERCENTILES:
        us = {name: float(np.percentile(times, percent)) * 1e6 for name, times in spent.items()}
        for name, version in (("other", OLD), ("this", NEW)):
            localizer_us, policy_us = us[f"l {version}"], us[f"p {version}"]
            alone = localizer_us + us["n"]
            cells = (localizer_us, policy_us, us["n"], alone + policy_us)
            print(f"| {name}, p{percent} | {' | '.join(f'{c:.0f}' for c in cells)} | {1 + policy_us / alone:.3f} |")
    return 1 if furthest > ALIKE else 0


if __name__ == "__main__":
    sys.exit(main())
