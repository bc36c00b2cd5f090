"""What the sound half costs: `python -m tests.benchmarks.features.frames`.

Prints time per frame of the framer by block size, time of the resampler per second of sound, and how much memory the
capture side gains over ten minutes of a (simulated) microphone.
"""

import time
from pathlib import Path

import numpy as np

from livefollow.audio.intake import Intake
from livefollow.audio.microphone import Microphone
from livefollow.audio.ring import Ring
from livefollow.constants import FPS, FRAME_WIDTH, SAMPLE_RATE
from livefollow.features.frames import Framer
from tests.audio.fake_portaudio import FakeClock, FakePortAudio, device

SECONDS = 60
MINUTES = 10
NOISE = np.random.default_rng(0).uniform(-0.5, 0.5, SECONDS * SAMPLE_RATE).astype(np.float32)


def spread(times: list[float]) -> str:
    median, p99 = np.percentile(times, (50, 99))
    return f"median {median:7.3f}   p99 {p99:7.3f}"


def framer(block: int) -> str:
    """Milliseconds of each push that gave frames, per frame, over a minute."""
    framer = Framer()
    framer.push(NOISE[: 4 * SAMPLE_RATE])
    times, total = [], 0.0
    for at in range(0, len(NOISE), block):
        start = time.perf_counter()
        frames = framer.push(NOISE[at : at + block])
        took = 1e3 * (time.perf_counter() - start)
        total += took
        if len(frames):
            times.append(took / len(frames))
    return f"{spread(times)} ms a frame; all pushes {total / (SECONDS * FPS):.3f} ms a frame"


def resampler(rate: int, channels: int) -> str:
    """Milliseconds per second of sound, in callbacks of 512."""
    intake = Intake(rate, channels)
    rows = np.repeat(NOISE[:rate, None], channels, axis=1) if rate <= len(NOISE) else np.zeros((rate, channels), "f4")
    times, waiting, given = [], [], 0
    for second in range(10):
        start = time.perf_counter()
        for at in range(0, rate, 512):
            given += len(intake.push(rows[at : at + 512]))
            heard = second + min(at + 512, rate) / rate
            waiting.append(1e3 * (heard - given / SAMPLE_RATE))
        times.append(1e3 * (time.perf_counter() - start))
    return f"{spread(times)} ms a second of sound; holds back {np.mean(waiting):.0f} ms, at most {max(waiting):.0f}"


def resident_kib() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def worker() -> str:
    """Resident memory over ten minutes of callbacks of 512 stereo samples at 44.1 kHz, after a minute of warming up."""
    clock = FakeClock()
    backend = FakePortAudio([device("mic", 2)])
    ring, framer = Ring(30 * FPS, FRAME_WIDTH), Framer()
    block = np.random.default_rng(1).uniform(-0.5, 0.5, (512, 2)).astype(np.float32)
    out = np.empty((20, FRAME_WIDTH), np.float32)
    with Microphone(backend=backend, clock=clock) as microphone:

        def play(minutes: int) -> None:
            for _ in range(minutes * 60 * 44100 // 512):
                clock.now += 512 / 44100
                backend.feed(block)
                ring.write(framer.push(microphone.read().samples))
                ring.read(out)

        play(1)
        before = resident_kib()
        start = time.process_time()
        play(MINUTES)
        load = (time.process_time() - start) / (MINUTES * 60)
        after = resident_kib()
    return f"{after - before:+d} KiB ({before} → {after}); {100 * load:.2f} % of a core at real time"


def main() -> None:
    def report(name: str, value: str) -> None:
        print(f"{name:<34}{value}", flush=True)

    for block in (64, 128, 256, 512, 1024, 2048, 4096):
        report(f"framer, blocks of {block}", framer(block))
    for rate, channels in ((44100, 1), (44100, 2), (48000, 2), (96000, 8)):
        report(f"intake, {rate} Hz × {channels}", resampler(rate, channels))
    if Path("/proc/self/status").exists():
        report(f"memory over {MINUTES} minutes", worker())


if __name__ == "__main__":
    main()
