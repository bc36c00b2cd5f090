"""A sound device whose clock is not the computer's: does anything pile up, is the player still followed?

    python -m tests.benchmarks.reliability.drift [--hours 1] [--minutes 2] [--ppm 200]

A stand-in for PortAudio calls the microphone's callback whenever the device's own clock has a block ready, and a clock
of the computer goes on beside it, both as fast as this program can. For so many hours it is only listened, and it is
looked at what waits; for so many minutes the demo is followed, played as such a device hears it: a fast clock takes
more samples of the same second. Prints a Markdown table; ends with 1 where something was lost or piled up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

from livefollow.audio.microphone import Microphone
from livefollow.constants import FPS
from livefollow.features.frames import Framer
from livefollow.follow.agent import Agent, open_agent
from livefollow.follow.position import State
from livefollow.score.page_cache import PageCache
from livefollow.score.score import Score
from tests.audio.fake_portaudio import FakePortAudio, device
from tests.benchmarks.viewer.latency import DEMO

RATE = 44_100  # Hz that the device says it has
BLOCK = 441  # samples of a callback
LOOK_S = 0.05  # between two looks of the capture thread
MOST_WAITING_S = 0.1  # of sound: more has piled up
SEED = 0


@dataclass
class Heard:
    """What came of a run: seconds of the computer's clock, frames, gaps, samples lost, and s that waited at most."""

    computer_s: float
    frames: int
    gaps: int
    lost: int
    waited_s: float


def listen(sound: npt.NDArray[np.float32], seconds: float, ppm: float, agent: Agent | None) -> tuple[Heard, list[Any]]:
    """Hear a sound again and again for so long, by the computer's clock; and follow in it."""
    now = 0.0
    backend = FakePortAudio([device("a microphone")])
    microphone = Microphone(clock=lambda: now, backend=backend)
    microphone.open()
    framer, estimates = Framer(), []
    given, waited = 0, 0.0
    while now < seconds:
        now += LOOK_S
        ready = int(now * RATE * (1 + ppm * 1e-6)) // BLOCK
        while given < ready:
            at = np.arange(given * BLOCK, (given + 1) * BLOCK) % len(sound)
            backend.feed(sound[at][:, None])
            given += 1
        block = microphone.read()
        waited = max(waited, microphone._inlet.ring.waiting / RATE)
        frames = framer.push(block.samples)
        if agent and len(frames):
            estimates += agent.step(frames)
    status = microphone.status
    microphone.close()
    return Heard(now, framer.frames, status.gaps, status.lost_samples, waited), estimates


def resampled(sound: npt.NDArray[np.float32], ppm: float) -> npt.NDArray[np.float32]:
    """The same sound as a device takes it whose clock is so much faster."""
    at = np.arange(0, len(sound) - 1, 1 / (1 + ppm * 1e-6))
    return np.interp(at, np.arange(len(sound)), sound).astype(np.float32)


def ready_agent(cache: PageCache) -> Agent:
    """An agent that has read the demo."""
    agent = open_agent()
    with Score(DEMO / "score.pdf", data=cache.folder, cache=cache) as score:
        for _ in agent.read(score):
            pass
    return agent


def main() -> int:
    """Listen, follow, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--ppm", type=float, default=200.0)
    args = parser.parse_args()
    demo, rate = soundfile.read(DEMO / "performance.ogg", dtype="float32", always_2d=True)
    sound = np.interp(np.arange(0, len(demo) - 1, rate / RATE), np.arange(len(demo)), demo.mean(1)).astype(np.float32)
    print(
        "| clock, ppm | h | frames | expected | gaps | samples lost | waited at most, s | following | last place off |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    bad, places, cache = False, [], PageCache(Path(tempfile.mkdtemp()))
    for ppm in (0.0, args.ppm, -args.ppm):
        noise = np.random.default_rng(SEED).normal(0, 0.1, RATE * 10).astype(np.float32)
        heard, _ = listen(noise, 3600 * args.hours, ppm, None)
        expected = round(heard.computer_s * (1 + ppm * 1e-6) * FPS)
        seconds = min(60 * args.minutes, len(sound) / RATE - 1)
        _, estimates = listen(resampled(sound, ppm), seconds, ppm, ready_agent(cache))
        following = float(np.mean([e.state is State.FOLLOWING for e in estimates]))
        places.append(estimates[-1].x)
        lost = heard.gaps or heard.lost or abs(heard.frames - expected) > 1 or heard.waited_s > MOST_WAITING_S
        bad = bad or bool(lost)
        print(
            f"| {ppm:+.0f} | {heard.computer_s / 3600:.2f} | {heard.frames} | {expected} | {heard.gaps} | {heard.lost} "
            f"| {heard.waited_s:.3f} | {following:.1%} | {places[-1] - places[0]:+.1f} px |",
            flush=True,
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
