"""Who follows best: localizer, policy, or both, on what the networks say of cases: `python -m tests.benchmarks.policy`.

What reader and listener make of a case is kept in `--cache`, as in `heard_cases`. Beside the figures of `livefollow
evaluate`: corrections per minute of plain play, jitter, which is the standard deviation of the change of the cursor's
speed (strip px per frame, inside a system, while following), and the cost of a frame without reading and listening.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livefollow.evaluate.cases import find_cases, load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.evaluate.output import Measured, piece_table, table
from livefollow.evaluate.summary import Result
from livefollow.evaluate.track import Track
from livefollow.features.frames import frame_time_s
from livefollow.follow.cursor import PolicyCursor
from livefollow.follow.localizer import Localizer
from livefollow.follow.manifest import NetworkFile, load_manifest
from livefollow.follow.networks import load_network
from livefollow.score.strip import Strip
from tests.benchmarks.heard import Heard, Read, said_of

AGENTS = ("localizer", "policy", "livefollow")


@dataclass
class Followed:
    """A case that was followed."""

    track: Track
    corrections: int
    frame_ms: list[float]


def follow(score: Read, heard: Heard, policy: Path, agent: str) -> Followed:
    """What an agent would show."""
    strip = Strip()
    strip.placements.extend(score.placements)
    localizer = Localizer(score.reading)
    cursor = PolicyCursor(load_network(NetworkFile(policy, "policy"), "cpu"), corrected=agent == "livefollow")
    rows, frame_ms = [], []
    for k, (onsets, sounding, loudness) in enumerate(zip(heard.onsets, heard.sounding, heard.loudness, strict=True)):
        start = time.perf_counter()
        e = localizer.step(onsets, sounding, float(loudness))
        if agent != "localizer":
            e = cursor.follow(localizer, e, onsets, sounding)
        frame_ms.append((time.perf_counter() - start) * 1e3)
        point = strip.to_page(e.x)
        place = (point.page, point.system, point.x, point.top, point.bottom)
        rows.append((frame_time_s(k), *place, e.x, e.speed, e.confidence, str(e.state)))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Followed(Track(*columns), cursor.corrections, frame_ms)


def jitter(track: Track) -> np.ndarray:
    """(n,) changes of speed, strip px per frame, over three frames that follow inside one system."""
    step = np.diff(track.strip_x)
    same = (np.diff(track.page) == 0) & (np.diff(track.system) == 0) & (track.state[1:] == "following")
    return np.diff(step)[same[1:] & same[:-1]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--policy", type=Path, help="a policy's file (the one that comes with livefollow)")
    parser.add_argument("--agents", nargs="+", default=list(AGENTS), choices=AGENTS)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--pieces", action="store_true", help="a row for each case")
    args = parser.parse_args()
    policy = args.policy or load_manifest(args.models).network("policy").path
    for path in args.cases:
        rows: dict[str, list[Result]] = {agent: [] for agent in args.agents}
        done: dict[str, list[Followed]] = {agent: [] for agent in args.agents}
        plain_s = 0.0
        for folder in find_cases([path], args.only):
            case = load_case(folder)
            score, heard = said_of(case, args.models, args.cache)
            for agent in args.agents:
                followed = follow(score, heard, policy, agent)
                figures = evaluate(case, followed.track) if case.truth else None
                rows[agent].append(Result(case, followed.track, figures))
                done[agent].append(followed)
            plain_s += figures.plain_s if figures else 0.0
        measured = [Measured(agent, True, rows[agent], {}) for agent in args.agents]
        print(f"{path.name}, {len(rows[args.agents[0]])} cases\n{table(measured)}")
        for agent in args.agents:
            changes = np.concatenate([jitter(f.track) for f in done[agent]])
            ms = np.concatenate([f.frame_ms for f in done[agent]])
            corrections = sum(f.corrections for f in done[agent])
            per_minute = corrections / max(plain_s / 60, 1e-9)
            print(
                f"{agent:10} {corrections} corrections, {per_minute:.2f} a minute of plain play; "
                f"jitter {changes.std():.2f} px; a frame {np.percentile(ms, 50):.2f} / {np.percentile(ms, 99):.2f} ms"
            )
        if args.pieces:
            for row in measured:
                print(piece_table(row))


if __name__ == "__main__":
    main()
