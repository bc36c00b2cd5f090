"""How well a pianist is followed on instruments in other tunings.

    python -m tests.benchmarks.follow.tunings CASES --cache DIR [--models DIR] [--hz HZ ...] [--semitones N ...]

Recordings are resampled, and so a little faster or slower. Each row with the tuning found, and at 440 Hz as if there
was nothing to find: what is there between them must be nothing where the instrument is in tune.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from livefollow.constants import SAMPLE_RATE
from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.evaluate.output import Measured, table
from livefollow.evaluate.summary import Result
from livefollow.features.frames import Framer
from livefollow.features.tuning import CONCERT_HZ, TuningTracker
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import load_manifest
from livefollow.networks.runtime import Network, load_network
from livefollow.train.localizer.heard import CaseHeard, Read, follow, kept, read

TUNINGS_HZ = (400.0, 415.0, 427.0, 432.0, 440.0, 446.0, 453.0, 460.0)
SEMITONES = (-2, -1, 1, 2)


def in_tuning(case: Case, speed: float, longest_s: float) -> tuple[Case, npt.NDArray[np.float32]]:
    """A case, its recording played faster."""
    sound, rate = soundfile.read(case.audio, dtype="float32", frames=round(longest_s * SAMPLE_RATE))
    if rate != SAMPLE_RATE or case.truth is None:
        raise SystemExit(f"{case.name} is not one of `livefollow data cases` that has a truth")
    kept_rows = case.truth.onset < longest_s - 1
    columns = {name: column[kept_rows] for name, column in vars(case.truth).items() if isinstance(column, np.ndarray)}
    truth = replace(case.truth, **{name: a for name, a in columns.items() if name in case.truth.__dataclass_fields__})
    truth = replace(truth, onset=truth.onset / speed)
    faster = soxr.resample(sound, SAMPLE_RATE * speed, SAMPLE_RATE) if speed != 1 else sound
    return replace(case, truth=truth, jumps=()), np.asarray(faster, np.float32)


def followed(case: Case, sound: npt.NDArray[np.float32], score: Read, network: Network, tracked: bool) -> Result:
    """What is made of it, the tuning found or not."""
    tuning = TuningTracker(None if tracked else CONCERT_HZ)
    said = Listener(network).push(Framer(tuning).push(sound))
    track = follow(score, CaseHeard(said.onsets, said.sounding, said.loudness), DEFAULTS, shifts=tracked)
    return Result(case, track, evaluate(case, track))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--number", type=int, default=10)
    parser.add_argument("--longest", type=float, default=60.0, help="seconds of each")
    parser.add_argument("--untuned", action="store_true")
    parser.add_argument("--hz", type=float, nargs="*", default=TUNINGS_HZ)
    parser.add_argument("--semitones", type=int, nargs="*", default=SEMITONES)
    args = parser.parse_args()
    manifest = load_manifest(args.models)
    network = load_network(manifest.network("listener"), LISTENER, "cpu")
    cases = [load_case(folder) for folder in find_cases([args.cases], args.only)][: args.number]
    scores = [kept(args.cache, read, manifest.network("reader").path, case.score) for case in cases]
    speeds = {f"{hz:g} Hz": hz / CONCERT_HZ for hz in args.hz}
    speeds |= {f"{semitones:+d} semitones": 2 ** (semitones / 12) for semitones in args.semitones}
    for name, speed in speeds.items():
        rows: dict[str, list[Result]] = {"found": []}
        if speed == 1 or args.untuned:
            rows["taken as 440 Hz"] = []
        for case, score in zip(cases, scores, strict=True):
            own, sound = in_tuning(case, speed, args.longest)
            for row, results in rows.items():
                results.append(followed(own, sound, score, network, row == "found"))
        tracks = [[r.track.strip_x for r in results if r.track is not None] for results in rows.values()]
        same = len(tracks) > 1 and all(map(np.array_equal, *tracks))
        print(f"{name}{', the same' if same else ''}")
        print(table([Measured(row, True, results, {}) for row, results in rows.items()]), flush=True)


if __name__ == "__main__":
    main()
