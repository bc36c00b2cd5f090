"""Held notes that are swallowed are noticed; clean pianos, staccato, and harmless suppressors are left alone."""

from pathlib import Path

import numpy as np
import pytest

from livefollow.audio.file import FileSource
from livefollow.constants import FPS, SAMPLE_RATE
from livefollow.features.frames import Framer
from livefollow.features.suppression import NEEDED, SuppressionWatch
from livefollow.train.data.sound.microphones import suppress_noise

DEMO = Path(__file__).parents[2] / "assets" / "demo" / "performance.ogg"
HISS = 1e-3


@pytest.fixture(scope="module")
def piano() -> np.ndarray:
    """The demo in the hiss of a plain microphone."""
    parts = []
    with FileSource(DEMO) as source:
        while source.status.state == "running":
            parts.append(source.read().samples)
    sound = np.concatenate(parts)
    hiss = HISS * np.random.default_rng(0).standard_normal(len(sound))
    return (0.1 * sound / np.sqrt(np.mean(sound**2)) + hiss).astype(np.float32)


def notes(seconds_each: float, held_s: float, count: int = 40) -> np.ndarray:
    """Tones that decay as a piano's do, damped after `held_s`."""
    n = round(seconds_each * SAMPLE_RATE)
    t = np.arange(n) / SAMPLE_RATE
    envelope = np.exp(-2.5 * t) * np.where(t < held_s, 1, np.exp(-(t - held_s) / 0.05))
    rng = np.random.default_rng(1)
    pitches = 220 * 2 ** (rng.integers(0, 24, count) / 12)
    tones = [sum(np.sin(2 * np.pi * k * hz * t) / k for k in (1, 2, 3)) * envelope for hz in pitches]
    return (0.2 * np.concatenate(tones) + HISS * rng.standard_normal(n * count)).astype(np.float32)


def gated(sound: np.ndarray, open_s: float = 0.15, by_db: float = 40.0) -> np.ndarray:
    """What a gate leaves that opens with an onset and takes what stays for noise."""
    block = SAMPLE_RATE // 50
    level = np.sqrt(np.mean(sound[: len(sound) // block * block].reshape(-1, block) ** 2, axis=1))
    rises = np.flatnonzero(level[2:] > 1.5 * np.minimum(level[1:-1], level[:-2]) + HISS) + 2
    gain = np.full(len(level), 10 ** (-by_db / 20))
    for i in range(round(open_s * 50)):
        gain[np.minimum(rises + i, len(gain) - 1)] = 1
    return (sound * np.interp(np.arange(len(sound)) / block, np.arange(len(gain)), gain)).astype(np.float32)


def ever_suspected(sound: np.ndarray) -> bool:
    watch = SuppressionWatch()
    suspected = False
    for frame in Framer().push(sound):
        watch.push(frame[None])
        suspected |= watch.suspects
    return suspected


def test_clean_piano_is_not_suspected(piano: np.ndarray) -> None:
    assert not ever_suspected(piano)


def test_swallowed_notes_are(piano: np.ndarray) -> None:
    assert ever_suspected(gated(piano))


def test_a_suppressor_that_spares_the_notes_is_not(piano: np.ndarray) -> None:
    assert not ever_suspected(suppress_noise(piano, 18.0))


def test_notes_held_and_notes_damped_by_the_gate() -> None:
    assert not ever_suspected(notes(0.8, held_s=0.7))
    assert not ever_suspected(notes(0.3, held_s=0.1))  # staccato without rests
    assert ever_suspected(gated(notes(0.8, held_s=0.7)))


def test_it_takes_some_notes_and_forgets_when_the_gate_is_off() -> None:
    watch = SuppressionWatch()
    few = notes(0.8, held_s=0.7, count=NEEDED - 3)
    watch.push(Framer().push(gated(few)))
    assert not watch.suspects
    watch.push(Framer().push(gated(notes(0.8, held_s=0.7))))
    assert watch.suspects
    watch.push(Framer().push(notes(0.8, held_s=0.7)))
    assert not watch.suspects


def test_silence_and_noise_say_nothing() -> None:
    assert not ever_suspected(np.zeros(10 * SAMPLE_RATE, np.float32))
    assert not ever_suspected(np.random.default_rng(0).normal(0, 0.1, 30 * SAMPLE_RATE).astype(np.float32))
    SuppressionWatch().push(np.empty((0, FPS), np.float32))
