"""Pages turned by sound that is not the piece: an hour of speech, other music, silence and a metronome. Must be none.

    python -m tests.benchmarks.turning.false_turns --scores PDF PDF --speech FILE ... --music FILE ... [--minutes 60]

A quarter of the time each; what is too short is heard again. Music that lies in the folder of a score is not heard on
it. The app's follower listens as fast as it can, and the app's stage turns, in all layouts; every turn of it is false.
Prints a Markdown table; a half-turn in doubt is counted apart: it shows both places, and is taken back.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr

from livefollow.constants import FPS, SAMPLE_RATE
from livefollow.evaluate.offline import read_score
from livefollow.features.frames import Framer
from livefollow.follow.agent import open_agent
from livefollow.follow.follower import Follower
from livefollow.follow.position import State
from livefollow.score.score import Score
from livefollow.turning.stage import Stage
from livefollow.turning.view import Layout

TEMPI = (50, 60, 72, 88, 100, 120, 144, 176, 208)  # of the metronome, a minute each in turn
LAYOUTS = tuple(Layout)
CHUNK_S = 5.0


def files(paths: list[Path], seconds: float) -> Iterator[np.ndarray]:
    """Mono sound at 22.05 kHz from files, again and again, for so long."""
    left = round(seconds * SAMPLE_RATE)
    while left > 0:
        for path in paths:
            sound, rate = soundfile.read(path, always_2d=True, dtype="float32")
            mono = soxr.resample(sound.mean(axis=1), rate, SAMPLE_RATE).astype(np.float32)[:left]
            left -= len(mono)
            yield mono
            if left <= 0:
                return


def silence(seconds: float) -> Iterator[np.ndarray]:
    """A quiet room: nothing but faint noise, and a minute of digital zeros."""
    rng = np.random.default_rng(0)
    yield np.zeros(round(min(60, seconds) * SAMPLE_RATE), np.float32)
    for level_db in np.linspace(-90, -50, max(1, round((seconds - 60) / 60))):
        yield (10 ** (level_db / 20) * rng.standard_normal(60 * SAMPLE_RATE)).astype(np.float32)


def metronome(seconds: float) -> Iterator[np.ndarray]:
    """Clicks of a wooden box and of an electronic one, the first of four higher."""
    t = np.arange(round(0.08 * SAMPLE_RATE)) / SAMPLE_RATE
    wood = [np.exp(-t / 0.006) * np.sin(2 * np.pi * hz * t) for hz in (2400, 1800)]
    beep = [np.exp(-t / 0.02) * np.sin(2 * np.pi * hz * t) for hz in (1760, 880)]
    for minute in range(max(1, round(seconds / 60))):
        out = 1e-4 * np.random.default_rng(minute).standard_normal(60 * SAMPLE_RATE)
        clicks = (wood, beep)[minute % 2]
        beats = np.arange(0, 59.5, 60 / TEMPI[minute % len(TEMPI)])
        for i, beat in enumerate(beats):
            at = round(beat * SAMPLE_RATE)
            out[at : at + len(t)] += 0.5 * clicks[i % 4 > 0]
        yield out.astype(np.float32)


def count_turns(path: Path, sounds: dict[str, Iterator[np.ndarray]], args: argparse.Namespace) -> list[Counter[str]]:
    """A Counter for each kind of sound: seconds, seconds of following, and turns by layout."""
    agent = open_agent(args.agent, args.models, "cpu")
    out = []
    with Score(path) as score:
        read_score(agent, score)
        pages = score.document.page_count
        follower, framer, number = Follower(agent, score.strip), Framer(), 0
        stages = {layout: Stage(score.strip, 1, pages, layout) for layout in LAYOUTS}
        for name, parts in sounds.items():
            found: Counter[str] = Counter()
            for sound in parts:
                for at in range(0, len(sound), round(CHUNK_S * SAMPLE_RATE)):
                    frames = framer.push(sound[at : at + round(CHUNK_S * SAMPLE_RATE)])
                    for position in follower.push(frames, number):
                        found["following"] += position.state is State.FOLLOWING
                        for layout, stage in stages.items():
                            turn = stage.show(position)
                            if turn:
                                found[f"{layout} {'in doubt' if turn.doubt else 'turned'}"] += 1
                    number += len(frames)
                    found["frames"] += len(frames)
            print(f"{path.parent.name} {name}: {dict(found)}", flush=True)
            out.append(found)
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scores", "speech", "music"):
        parser.add_argument(f"--{name}", nargs="+", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--agent")
    parser.add_argument("--models", type=Path)
    args = parser.parse_args()
    quarter = 15 * args.minutes
    sums: dict[str, Counter[str]] = {}
    for path in args.scores:
        foreign = [sound for sound in args.music if sound.resolve().parent != path.resolve().parent]
        sounds = {
            "speech": files(args.speech, quarter),
            "other music": files(foreign, quarter),
            "silence": silence(quarter),
            "metronome": metronome(quarter),
        }
        for name, found in zip(sounds, count_turns(path, sounds, args), strict=True):
            sums.setdefault(name, Counter()).update(found)
    print("\n| sound | minutes | seconds followed | false turns | half-turns in doubt |\n|---|---:|---:|---:|---:|")
    for name, found in sums.items():
        turned = sum(n for what, n in found.items() if what.endswith("turned"))
        doubt = sum(n for what, n in found.items() if what.endswith("in doubt"))
        minutes, followed = found["frames"] / FPS / 60, found["following"] / FPS
        print(f"| {name} | {minutes:.0f} | {followed:.1f} | {turned} | {doubt} |")


if __name__ == "__main__":
    main()
