"""The metronome says which beat is heard, with or without sound."""

import threading
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from livefollow.audio.metronome import LEAD_S, RATE, Metronome


class Output:
    """A sound output that takes all at once and keeps it; its clock goes by what it was given."""

    latency = 0.1

    def __init__(self, *_: object, **__: object) -> None:
        self.blocks: list[np.ndarray] = []

    def start(self) -> None: ...

    def __enter__(self) -> "Output":
        return self

    def __exit__(self, *_: object) -> None: ...

    def write(self, block: np.ndarray) -> None:
        self.blocks.append(block.copy())
        time.sleep(0.0005)

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate(self.blocks)[:, 0] if self.blocks else np.empty(0)


class Backend:
    def __init__(self) -> None:
        self.output = Output()

    def OutputStream(self, *_: object, **__: object) -> Output:  # noqa: N802
        return self.output


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_without_sound_the_clock_gives_the_beats() -> None:
    now = [100.0]
    metronome = Metronome(sound=False, clock=lambda: now[0])
    assert metronome.beat is None
    metronome.restart(0.5, 4, count=4)
    assert metronome.beat == pytest.approx(-LEAD_S / 0.5)
    now[0] += LEAD_S + 1.25
    assert metronome.beat == pytest.approx(2.5)
    now[0] += 1.0
    assert metronome.beat is None, "four beats are over"
    metronome.restart(1.0, 4)
    assert metronome.beat == pytest.approx(-LEAD_S)
    metronome.stop()
    assert metronome.beat is None


def test_beats_are_heard_from_the_first_and_end_with_the_count() -> None:
    backend = Backend()
    metronome = Metronome(sound=True, backend=backend)
    metronome.restart(0.4, 4, count=3)
    until(lambda: len(backend.output.sound) > 3 * RATE)
    metronome.stop(wait=True)
    sound = np.abs(backend.output.sound)
    beats = np.flatnonzero(np.diff((sound > 0.1).astype(int), prepend=0) > 0) / RATE - LEAD_S
    begins = [beats[0], *(b for a, b in pairwise(beats) if b - a > 0.2)]
    assert np.allclose(begins, [0.0, 0.4, 0.8], atol=0.03)
    assert "metronome" not in {thread.name for thread in threading.enumerate()}


def test_it_begins_anew_while_it_is_heard() -> None:
    backend = Backend()
    metronome = Metronome(sound=True, backend=backend)
    metronome.restart(0.5, 4)
    until(lambda: len(backend.output.sound) > RATE)
    metronome.restart(0.25, 2)
    beat = metronome.beat
    assert beat is not None
    assert beat < 0.5
    metronome.stop(wait=True)


def test_without_an_output_the_light_goes_on() -> None:
    class Broken:
        def OutputStream(self, *_: object, **__: object) -> Output:  # noqa: N802
            raise OSError("no loudspeaker")

    metronome = Metronome(sound=True, backend=Broken())
    metronome.restart(0.5, 4)
    until(lambda: bool(metronome.trouble))
    assert "no loudspeaker" in metronome.trouble
    assert metronome.beat is not None
    metronome.stop()
