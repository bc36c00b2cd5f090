"""Who follows best: localizer, policy, or both, on what the networks say of cases.

    python -m tests.benchmarks.follow.policy CASES... --cache DIR

What reader and listener make of a case is kept in `--cache`, as in `heard_cases`. Beside the figures of `livefollow
evaluate`: corrections, and of them those per minute of plain play; while following inside a system, the share of the
time in which it stands, and in a minute steps back of more than a staff space, and jerks, changes of its speed by more
than JERK_PX; page turns; and processor time of a frame without reading and listening, median and p99.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livefollow.constants import FPS, STAFF_SPACE
from livefollow.evaluate.cases import find_cases, load_case
from livefollow.evaluate.metrics import after_jumps, evaluate, jump_times
from livefollow.evaluate.output import Measured, piece_table, table, turn_table
from livefollow.evaluate.page_turns import TurnFigures, judge, turns_of
from livefollow.evaluate.summary import Result
from livefollow.features.frames import frame_time_s
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.policy.cursor import PolicyCursor
from livefollow.follow.policy.observation import POLICY
from livefollow.follow.position import State
from livefollow.follow.track import Track
from livefollow.networks.manifest import NetworkFile, load_manifest
from livefollow.networks.runtime import load_network
from livefollow.score.strip import Strip
from livefollow.train.localizer.heard import CaseHeard, Read, said_of

AGENTS = ("localizer", "policy", "livefollow")
STANDS_PX = 0.25  # per frame: less is standing
JERK_PX = 3.0  # per frame: a change of speed that is seen


@dataclass
class Followed:
    """A case that an agent followed."""

    track: Track
    corrected_s: list[float]
    frame_ms: list[float]


def follow(score: Read, heard: CaseHeard, policy: Path) -> dict[str, Followed]:
    """What each agent would show; one localizer serves all."""
    strip = Strip()
    strip.placements.extend(score.placements)
    localizer = Localizer(score.reading)
    network = load_network(NetworkFile(policy, "policy"), POLICY, "cpu")
    cursors = {agent: PolicyCursor(network, corrected=agent == "livefollow") for agent in AGENTS[1:]}
    rows: dict[str, list[tuple[float | str, ...]]] = {agent: [] for agent in AGENTS}
    frame_ms: dict[str, list[float]] = {agent: [] for agent in AGENTS}
    corrected_s: dict[str, list[float]] = {agent: [] for agent in AGENTS}
    for k, (onsets, sounding, loudness) in enumerate(zip(heard.onsets, heard.sounding, heard.loudness, strict=True)):
        start = time.process_time()
        estimate = localizer.step(onsets, sounding, float(loudness))
        localizer_s = time.process_time() - start
        for agent in AGENTS:
            start = time.process_time()
            e = cursors[agent].follow(localizer, estimate, onsets, sounding) if agent in cursors else estimate
            frame_ms[agent].append((localizer_s + time.process_time() - start) * 1e3)
            if agent in cursors and cursors[agent].corrections > len(corrected_s[agent]):
                corrected_s[agent].append(frame_time_s(k))
            point = strip.to_page(e.x)
            place = (point.page, point.system, point.x, point.top, point.bottom)
            rows[agent].append((frame_time_s(k), *place, e.x, e.speed, e.confidence, str(e.state)))
    tracks = {agent: Track(*(np.array(c) for c in zip(*rows[agent], strict=True))) for agent in AGENTS}
    return {agent: Followed(tracks[agent], corrected_s[agent], frame_ms[agent]) for agent in AGENTS}


def steps(track: Track) -> tuple[np.ndarray, np.ndarray]:
    """Steps of the cursor while following inside a system, strip px, and how each differs from the one before."""
    step = np.diff(track.strip_x)
    same = (np.diff(track.page) == 0) & (np.diff(track.system) == 0) & (track.state[1:] == State.FOLLOWING)
    return step[same], np.diff(step)[same[1:] & same[:-1]]


def turned(results: list[Result]) -> dict[str, TurnFigures]:
    """The page turns of each case, judged, in the layout that forgives least."""
    return {r.case.name: judge(r.case.truth, turns_of(r.case, r.track)) for r in results if r.track}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--policy", type=Path, help="a policy's file (the one that comes with livefollow)")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--pieces", action="store_true", help="a row for each case")
    args = parser.parse_args()
    policy = args.policy or load_manifest(args.models).network("policy").path
    for path in args.cases:
        rows: dict[str, list[Result]] = {agent: [] for agent in AGENTS}
        done: dict[str, list[Followed]] = {agent: [] for agent in AGENTS}
        plain_s, plain = 0.0, dict.fromkeys(AGENTS, 0)
        for folder in find_cases([path], args.only):
            case = load_case(folder)
            for agent, followed in follow(*said_of(case, args.models, args.cache), policy).items():
                figures = evaluate(case, followed.track) if case.truth else None
                rows[agent].append(Result(case, followed.track, figures))
                done[agent].append(followed)
                if case.truth:
                    jumps = jump_times(case.truth, case.staff_space, case.jumps)
                    plain[agent] += int(np.sum(~after_jumps(np.array(followed.corrected_s), jumps)))
            plain_s += figures.plain_s if figures else 0.0
        measured = [Measured(agent, True, rows[agent], turned(rows[agent])) for agent in AGENTS]
        print(f"{path.name}, {len(rows[AGENTS[0]])} cases\n{table(measured)}\n{turn_table(measured)}")
        for agent in AGENTS:
            step, changes = (np.concatenate(part) for part in zip(*(steps(f.track) for f in done[agent]), strict=True))
            ms = np.concatenate([f.frame_ms for f in done[agent]])
            minutes = len(step) / FPS / 60
            corrections = sum(len(f.corrected_s) for f in done[agent])
            per_minute = plain[agent] / max(plain_s / 60, 1e-9)
            still = float(np.mean(np.abs(step) < STANDS_PX))
            back, jerks = (np.sum(seen) / minutes for seen in (step < -STAFF_SPACE, np.abs(changes) > JERK_PX))
            print(
                f"{agent:10} {corrections} corrections, {plain[agent]} in plain play, {per_minute:.2f} a minute; "
                f"stands {still:.3f} of the time; a minute {back:.2f} steps back, {jerks:.1f} jerks; "
                f"a frame {np.percentile(ms, 50):.2f} / {np.percentile(ms, 99):.2f} ms"
            )
        if args.pieces:
            for row in measured:
                print(piece_table(row))


if __name__ == "__main__":
    main()
