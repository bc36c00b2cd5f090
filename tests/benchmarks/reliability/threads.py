"""What threads share, under stress: small rings, random sleeps, a switch of threads every few microseconds.

    python -m tests.benchmarks.reliability.threads [--seconds 60]

Each row is checked by what it holds: a row that a ring gives is the one that was written, in its order, and what is
missing was counted; frames are those of the same sound made at leisure; files are whole. Prints a Markdown table; ends
with 1 where something was wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from livefollow.audio.file import FileSource
from livefollow.audio.ring import Ring
from livefollow.audio.source import SourceState
from livefollow.constants import FRAME_WIDTH
from livefollow.features.capture import Capture
from livefollow.features.frames import frames_of
from livefollow.features.tuning import TuningTracker
from livefollow.score.found_page import FoundPage
from livefollow.score.page_cache import KnownPage, PageCache
from livefollow.viewer.settings.preferences import open_preferences
from tests.benchmarks.viewer.latency import long_sound

SWITCH_S = 5e-6  # between two threads
LONGEST_SLEEP_S = 0.003
ROWS = 64  # of a small ring
RING_S = 1.0  # of frames that wait
HASHES = tuple(f"{number:064d}" for number in range(4))  # of scores
MOST_FOLDERS = 12

Check = Callable[[float], tuple[int, list[str]]]


def sleep(rng: random.Random) -> None:
    """Now and then, some milliseconds."""
    if rng.random() < 0.1:
        time.sleep(rng.random() * LONGEST_SLEEP_S)


def together(*works: Callable[[random.Random], None]) -> list[str]:
    """Run works on a thread each, to their end; what went wrong."""
    wrong: list[str] = []

    def run(work: Callable[[random.Random], None], seed: int) -> None:
        try:
            work(random.Random(seed))
        except Exception as error:  # whatever it is, it is what is looked for
            wrong.append(repr(error))

    threads = [threading.Thread(target=run, args=(work, k), daemon=True) for k, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def ring(seconds: float) -> tuple[int, list[str]]:
    """Rows through a ring whose reader is too late now and then."""
    shared, until, over = Ring(ROWS, 3), time.monotonic() + seconds, threading.Event()
    seen = [0, 0]  # rows, the number of the next

    def write(rng: random.Random) -> None:
        number = 0
        while time.monotonic() < until:
            n = rng.randrange(1, ROWS // 2)
            shared.write(np.repeat(np.arange(number, number + n, dtype=np.float32)[:, None] % 1e6, 3, 1))
            number += n
            sleep(rng)
        over.set()

    def read(rng: random.Random) -> None:
        out = np.empty((ROWS, 3), np.float32)
        while True:
            last = over.is_set()
            lost = shared.lost
            n = shared.read(out)
            seen[1] += shared.lost - lost
            if not np.array_equal(out[:n], np.repeat(np.arange(seen[1], seen[1] + n)[:, None] % 1e6, 3, 1)):
                raise AssertionError(f"row {seen[1]} is another, or torn")
            seen[0] += n
            seen[1] += n
            if last and not n:
                return
            sleep(rng)

    wrong = together(write, read)
    return seen[0], wrong


def frames(seconds: float) -> tuple[int, list[str]]:
    """Frames of a recording at its own speed, read by one who is late now and then: each is the one of its number."""
    with tempfile.TemporaryDirectory() as name:
        sound = long_sound(Path(name) / "sound.wav", seconds)
        with FileSource(sound) as source:
            all_frames = np.concatenate(list(frames_of(source, TuningTracker())))
        capture = Capture(FileSource(sound, realtime=True), ring_s=RING_S)
        seen = [0]

        def read(rng: random.Random) -> None:
            out = np.empty((capture.frames.capacity, FRAME_WIDTH), np.float32)
            while True:
                last = capture.finished
                n = capture.frames.read(out)
                at = capture.frames.position - n
                if not np.allclose(out[:n], all_frames[at : at + n], atol=1e-5):
                    raise AssertionError(f"frame {at} is another")
                seen[0] += n
                if last and not n:
                    return
                time.sleep(rng.choice((0.01, 0.05, 0.3, 1.5 * RING_S)))

        def ask(rng: random.Random) -> None:
            while not capture.finished:
                status = capture.status
                if status.error or status.source.state not in (SourceState.RUNNING, SourceState.ENDED):
                    raise AssertionError(str(status))
                sleep(rng)

        with capture:
            wrong = together(read, ask)
        return seen[0], wrong


def kept_pages(seconds: float) -> tuple[int, list[str]]:
    """Pages that are kept, found and deleted by several at once, with room for two scores."""
    with tempfile.TemporaryDirectory() as name:
        until, done = time.monotonic() + seconds, [0]
        pages = [KnownPage(FoundPage(n, (), (), False, [], [], [], 0, True), (), "state") for n in range(1, 200)]
        PageCache(Path(name)).save(HASHES[0], "key", pages)
        room = int(2.5 * PageCache(Path(name)).size)

        def use(rng: random.Random) -> None:
            cache = PageCache(Path(name), room)
            while time.monotonic() < until:
                score = rng.choice(HASHES)
                match rng.randrange(8):
                    case 0 | 1 | 2:
                        cache.save(score, "key", pages)
                    case 3:
                        cache.clear()
                    case _ if len(cache.load(score, "key")) not in (0, len(pages)):
                        raise AssertionError("half a file")
                done[0] += 1
                sleep(rng)

        wrong = together(use, use, use)
        return done[0], wrong + ([] if PageCache(Path(name)).size <= room else ["too much is kept"])


def settings(seconds: float) -> tuple[int, list[str]]:
    """Settings that two windows change at once: whole, and what each changed last is there."""
    with tempfile.TemporaryDirectory() as name:
        until, done = time.monotonic() + seconds, [0]

        def use(field: str) -> Callable[[random.Random], None]:
            def change(rng: random.Random) -> None:
                mine = open_preferences(Path(name))
                value = 0.0
                while time.monotonic() < until:
                    value = round(rng.uniform(0.1, 1.0), 6)
                    mine.change(**{field: value}, recent=tuple(f"/{value}/{k}.pdf" for k in range(MOST_FOLDERS)))
                    done[0] += 1
                    sleep(rng)
                mine.change(**{field: 0.5})
                mine.close()

            return change

        wrong = together(use("highlight_opacity"), use("look_ahead_s"))
        after = open_preferences(Path(name))
        after.close()
        if after.complaint or list(Path(name).glob("*.broken*")):
            wrong.append(f"the file was broken: {after.complaint}")
        if (after.values.highlight_opacity, after.values.look_ahead_s) != (0.5, 0.5):
            wrong.append("what one window changed last is lost")
        return done[0], wrong


CHECKS: dict[str, Check] = {
    "ring, rows": ring,
    "capture, frames": frames,
    "kept pages, uses": kept_pages,
    "settings of two windows, changes": settings,
}


def main() -> int:
    """Shake, check, print."""
    parser = argparse.ArgumentParser(description="What threads share, under stress.")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each")
    args = parser.parse_args()
    sys.setswitchinterval(SWITCH_S)
    bad: list[str] = []
    print("| shared | count | wrong |\n|---|---:|---:|")
    for name, check in CHECKS.items():
        count, wrong = check(args.seconds)
        print(f"| {name} | {count} | {len(wrong)} |", flush=True)
        bad += [f"{name}: {what}" for what in wrong]
    print(*bad, sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
