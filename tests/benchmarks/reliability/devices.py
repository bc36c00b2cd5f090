"""A microphone that goes away and comes back, many times: how soon it is noticed, and how soon it is heard again.

    python -m tests.benchmarks.reliability.devices [--times 100]

A PulseAudio of its own, whose null sink's monitor is the microphone (`tests.system.sound_server`); a process listens
to it as the app does, and follows the demo. In turn: the device is unplugged and plugged in again, also with another
rate; it is suspended and resumed; another input becomes the default, where the player goes on; another program records
from the same input, too; the server is held up for two seconds; it dies and is started anew. Prints a Markdown table;
ends with 1 where it was not heard again.
"""

from __future__ import annotations

import argparse
import json
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.viewer.latency import DEMO
from tests.system.sound_server import SoundServer

POLL_S = 0.02
AWAY_S = 2.0  # that it is away, after that was noticed
START_S = 300.0  # that it may take to be ready
LONGEST_S = 30.0  # that anything else is waited for


def listen() -> None:
    """Listen and follow until standard input ends, and say what happens: the state, and positions after a loss."""
    from livefollow.audio.microphone import Microphone
    from livefollow.audio.source import SourceState
    from livefollow.features.capture import Capture
    from livefollow.follow.agent import open_agent
    from livefollow.follow.follower import Follower
    from livefollow.score.score import Score

    def say(what: str) -> None:
        sys.stdout.write(json.dumps({"at": time.time(), "what": what}) + "\n")  # whole: two threads say something
        sys.stdout.flush()

    agent = open_agent()
    with Score(DEMO / "score.pdf", data=Path(tempfile.mkdtemp())) as score:
        for _ in agent.read(score):
            pass
        capture = Capture(Microphone("default"))
        capture.start()
        lost = threading.Event()
        lost.set()

        def watch() -> None:
            before = None
            while True:
                state = capture.source.status.state
                if state is not before:
                    before = state
                    say(state.value)
                    if state in (SourceState.LOST, SourceState.SILENT):
                        lost.set()
                time.sleep(POLL_S)

        def end() -> None:
            sys.stdin.read()
            capture.cancel()

        for work in (watch, end):
            threading.Thread(target=work, daemon=True).start()
        for positions in Follower(agent, score.strip).follow(capture):
            if positions and lost.is_set() and capture.source.status.state is SourceState.RUNNING:
                lost.clear()
                say("positions")


class Listener:
    """That process."""

    def __init__(self, env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.reliability.devices", "--listen"]
        self._process = subprocess.Popen(
            command,
            env={name: value for name, value in env.items() if name != "PULSE_SOURCE"},  # the default one
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where PortAudio and ALSA complain
            text=True,
        )
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._said.put(json.loads(line))

    def wait(self, *what: str, after: float, longest: float = LONGEST_S) -> float | None:
        """Seconds from a moment until it said one of these; None if it does not, for so many seconds."""
        while (left := after + longest - time.time()) > 0:
            try:
                said = self._said.get(timeout=left)
            except queue.Empty:
                return None
            if said["at"] >= after and said["what"] in what:
                return float(said["at"] - after)
        return None

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


class Piano:
    """A sound server with somebody who plays the demo again and again."""

    def __init__(self, folder: Path) -> None:
        self.server = SoundServer(folder)
        self._player: subprocess.Popen[bytes] | None = None
        self.play()

    def play(self, sink: str = "piano") -> None:
        """Begin to play."""
        if self._player:
            self._player.kill()
            self._player.wait()
        command = ["paplay", f"--device={sink}", str(DEMO / "performance.ogg")]
        self._player = subprocess.Popen(command, env=self.server.env, stderr=subprocess.DEVNULL)

    def pactl(self, *words: str) -> str:
        """Tell or ask the server something."""
        return subprocess.check_output(["pactl", *words], env=self.server.env, text=True)

    def stop(self) -> None:
        """End both."""
        if self._player:
            self._player.kill()
            self._player.wait()
        self.server.stop()


def unplugged(piano: Piano, listener: Listener, rate: int = 44_100) -> tuple[float | None, float | None]:
    """The device goes away, and comes back."""
    at = time.time()
    piano.pactl("unload-module", "module-null-sink")
    noticed = listener.wait("lost", "silent", after=at)
    time.sleep(AWAY_S)
    piano.pactl("load-module", "module-null-sink", "sink_name=piano", f"rate={rate}")
    at = time.time()
    piano.play()
    return noticed, listener.wait("positions", after=at)


def other_rate(piano: Piano, listener: Listener) -> tuple[float | None, float | None]:
    """The device goes away, and comes back with another rate."""
    return unplugged(piano, listener, 48_000)


def suspended(piano: Piano, listener: Listener) -> tuple[float | None, float | None]:
    """The device is suspended, and resumed."""
    at = time.time()
    piano.pactl("suspend-sink", "piano", "1")
    noticed = listener.wait("lost", "silent", after=at)
    time.sleep(AWAY_S)
    piano.pactl("suspend-sink", "piano", "0")
    at = time.time()
    piano.play()
    return noticed, listener.wait("positions", after=at)


def other_default(piano: Piano, listener: Listener) -> tuple[float | None, float | None]:
    """Another input becomes the default, where the player goes on after a while; then it is as before."""
    module = piano.pactl("load-module", "module-null-sink", "sink_name=organ", "rate=48000").strip()
    at = time.time()
    piano.pactl("set-default-source", "organ.monitor")
    noticed = listener.wait("lost", after=at)
    listener.wait("silent", after=at)  # it listens to the new one, where nobody plays yet
    at = time.time()
    piano.play("organ")
    again = listener.wait("positions", after=at)
    piano.pactl("set-default-source", "piano.monitor")
    piano.pactl("unload-module", module)
    return noticed, again


def shared(piano: Piano, listener: Listener) -> tuple[float | None, float | None]:
    """Another program records from the same input meanwhile: nothing may come of it."""
    at = time.time()
    command = ["parec", "--device=piano.monitor"]
    other = subprocess.Popen(command, env=piano.server.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    noticed = listener.wait("lost", "silent", after=at, longest=2 * AWAY_S)
    other.kill()
    other.wait()
    return noticed, 0.0 if noticed is None else listener.wait("positions", after=at)


def held_up(piano: Piano, listener: Listener) -> tuple[float | None, float | None]:
    """The server does nothing for a while."""
    at = time.time()
    piano.server._process.send_signal(signal.SIGSTOP)
    noticed = listener.wait("lost", after=at)
    time.sleep(AWAY_S)
    piano.server._process.send_signal(signal.SIGCONT)
    at = time.time()
    piano.play()
    return noticed, listener.wait("positions", after=at)


def restarted(piano: Piano, listener: Listener) -> tuple[float | None, float | None]:
    """The server dies, and is started again."""
    at = time.time()
    piano.server.kill()
    noticed = listener.wait("lost", after=at)
    time.sleep(AWAY_S)
    piano.server.start()
    at = time.time()
    piano.play()
    return noticed, listener.wait("positions", after=at)


WAYS: dict[str, Callable[[Piano, Listener], tuple[float | None, float | None]]] = {
    "unplugged": unplugged,
    "back with another rate": other_rate,
    "suspended": suspended,
    "another default input": other_default,
    "recorded by another program, too": shared,
    "server held up": held_up,
    "server restarted": restarted,
}


def main() -> int:
    """Lose it, wait, count."""
    parser = argparse.ArgumentParser(description="A microphone that goes away and comes back, many times.")
    parser.add_argument("--times", type=int, default=100, help="all ways together")
    parser.add_argument("--listen", action="store_true", help="be the process that listens")
    args = parser.parse_args()
    if args.listen:
        listen()
        return 0
    seen: dict[str, list[tuple[float | None, float | None]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        piano = Piano(Path(folder))
        listener = Listener(piano.server.env)
        try:
            heard = listener.wait("positions", after=time.time(), longest=START_S) is not None
            for number in range(args.times if heard else 0):
                way = list(WAYS)[number % len(WAYS)]
                piano.play()
                time.sleep(1.0)
                seen[way].append(WAYS[way](piano, listener))
                print(number + 1, way, *seen[way][-1], file=sys.stderr, flush=True)
        finally:
            listener.end()
            piano.stop()
    print("| | times | noticed after, s: median, most | heard again after, s: median, most | never |")
    print("|---|---:|---:|---:|---:|")
    bad = 0
    for way, pairs in seen.items():
        noticed = [first for first, _ in pairs if first is not None]
        again = [second for _, second in pairs if second is not None]
        bad += len(pairs) - len(again)
        cells = (f"{np.median(s):.2f}, {max(s):.2f}" if s else "–" for s in (noticed, again))
        print(f"| {way} | {len(pairs)} | {' | '.join(cells)} | {len(pairs) - len(again)} |")
    return 1 if bad or not heard else 0


if __name__ == "__main__":
    sys.exit(main())
