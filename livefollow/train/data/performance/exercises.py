"""Exercises, of which there is no end: what pieces have too little of for a listener to learn it.

The whole compass, most of all its upper end; runs and octaves as fast as they are played; keys and chords struck again
and again within a quarter of a second; tremolos; chords that leap.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from livefollow.constants import LOWEST_PITCH, N_PITCHES
from livefollow.storage import whole_file
from livefollow.train.data.notation.music import Music, Note, Section

SPLIT = "exercises"  # folder of the dataset's scores and performances
LICENCE = "generated: CC0-1.0"
TEMPO = 120.0  # quarter notes per minute
LENGTH_QUARTERS = 96.0  # of an exercise at least
BAR_QUARTERS = 4.0
GAP_QUARTERS = (0.25, 2.0)  # between two passages
FAST_QUARTERS = (0.16, 0.5)  # from one strike to the next, .08 to .25 s at TEMPO
AGAIN_QUARTERS = (0.2, 0.55)  # from a strike of a key to the next of the same one
HIGH = 0.4  # share of passages in the upper end
HIGH_FROM = 84  # MIDI pitch
HIGHEST_PITCH = LOWEST_PITCH + N_PITCHES - 1
SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 11), tuple(range(12)))  # major, minor, chromatic
CHORDS = ((0, 4, 7), (0, 3, 7), (0, 3, 6, 9), (0, 4, 7, 10), (0, 5, 9), (0, 4, 9), (0, 12), (0, 4, 7, 12))

Struck = tuple[float, float, int, int]  # quarter note, quarter notes held, MIDI pitch, hand


def exercise(seed: int) -> Music:
    """An exercise drawn from a seed: the same seed gives the same one."""
    rng = np.random.default_rng(seed)
    struck: list[Struck] = []
    at = 0.0
    while at < LENGTH_QUARTERS:
        made = PASSAGES[int(rng.choice(len(PASSAGES)))](rng)
        struck += [(at + onset, held, pitch, hand) for onset, held, pitch, hand in made]
        at = max(onset + held for onset, held, _, _ in struck) + float(rng.uniform(*GAP_QUARTERS))
    kept = {(round(onset, 6), pitch): (held, hand) for onset, held, pitch, hand in struck if _is_key(pitch)}
    notes = [Note(onset, held, pitch, hand) for (onset, pitch), (held, hand) in sorted(kept.items())]
    end = max(n.onset + n.duration for n in notes)
    bars = np.arange(0, end, BAR_QUARTERS).tolist()
    whole = [Section(0.0, end)]
    return Music(f"exercise-{seed}", f"exercises/{seed}", LICENCE, notes, bars, [(0.0, TEMPO)], whole, whole)


def write_exercises(data: Path, number: int) -> None:
    """Put the exercises of seeds 0 … number − 1 where `livefollow data performances` finds pieces to play."""
    for seed in range(number):
        music = exercise(seed)
        path = data / "scores" / SPLIT / music.name / "music.json"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as unfinished:
                music.save(unfinished)


def _run(rng: np.random.Generator) -> list[Struck]:
    """A scale up or down, of one hand or of both in octaves, tenths or as it comes."""
    value, steps = float(rng.uniform(*FAST_QUARTERS)), int(rng.integers(8, 30))
    ladder = _ladder(rng)
    start = _nearest(ladder, _register(rng))
    way = int(rng.choice((-1, 1)))
    doubled = int(rng.choice((0, 0, -12, -12, -16, -24)))
    out: list[Struck] = []
    for k in range(steps):
        if not 0 <= start + way * k < len(ladder):
            way, start = -way, start + 2 * way * (k - 1)
        pitch = ladder[min(max(start + way * k, 0), len(ladder) - 1)]
        out.append((k * value, value, pitch, 0))
        if doubled:
            out.append((k * value, value, pitch + doubled, 1))
    return out


def _octaves(rng: np.random.Generator) -> list[Struck]:
    """Octaves of one hand, struck together or broken, along a scale or leaping."""
    ladder = _ladder(rng)
    at = _nearest(ladder, _register(rng))
    value, broken = float(rng.uniform(0.22, 0.6)), bool(rng.random() < 0.4)
    leap = int(rng.choice((1, 1, 2, 5)))
    out: list[Struck] = []
    for k in range(int(rng.integers(6, 20))):
        pitch = ladder[at]
        out += [(k * value, value / (1 + broken), pitch, 0), (k * value + broken * value / 2, value / 2, pitch - 12, 0)]
        at = int(np.clip(at + rng.integers(-leap, leap + 1), 0, len(ladder) - 1))
    return out


def _arpeggio(rng: np.random.Generator) -> list[Struck]:
    """A chord broken over several octaves, up and down, its keys held or not."""
    chord = CHORDS[int(rng.choice(len(CHORDS)))]
    value, held = float(rng.uniform(*FAST_QUARTERS)), float(rng.choice((1, 1, 4)))
    lowest = int(np.clip(_register(rng) - 24, LOWEST_PITCH, HIGHEST_PITCH - 24))
    up = [lowest + 12 * octave + step for octave in range(int(rng.integers(2, 6))) for step in chord[:3]]
    keys = up + up[::-1][1:] if rng.random() < 0.6 else up[:: int(rng.choice((-1, 1)))]
    return [(k * value, value * held, pitch, int(pitch < 60)) for k, pitch in enumerate(keys)]


def _again(rng: np.random.Generator) -> list[Struck]:
    """A key or a chord struck again and again, now and then another, over a bass or alone."""
    chord = CHORDS[int(rng.choice(len(CHORDS)))][: int(rng.integers(1, 5))]
    value, root = float(rng.uniform(*AGAIN_QUARTERS)), _register(rng)
    bass = bool(rng.random() < 0.4)
    out: list[Struck] = []
    for k in range(int(rng.integers(6, 24))):
        if rng.random() < 0.2:
            root += int(rng.choice((-5, -2, -1, 1, 2, 7)))
        out += [(k * value, value * float(rng.uniform(0.5, 1)), root + step, 0) for step in chord]
        if bass and k % 4 == 0:
            out.append((k * value, 4 * value, min(root - 24, 55), 1))
    return out


def _tremolo(rng: np.random.Generator) -> list[Struck]:
    """Two keys, or parts of a chord, in turns: trills to broken octaves."""
    value, low = float(rng.uniform(0.14, 0.4)), _register(rng)
    apart = int(rng.choice((1, 2, 3, 4, 7, 12, 12)))
    inner = [3, 5, 8] if apart == 12 and rng.random() < 0.5 else []
    out: list[Struck] = []
    for k in range(int(rng.integers(8, 32))):
        keys = [low] if k % 2 else [low + apart, *(low + step for step in inner)]
        out += [(k * value, value, pitch, 0) for pitch in keys]
    return out


def _leaps(rng: np.random.Generator) -> list[Struck]:
    """A low key and chords above it in turns, both hands all over the compass."""
    value = float(rng.uniform(0.3, 1.0))
    out: list[Struck] = []
    for k in range(int(rng.integers(4, 14))):
        chord = CHORDS[int(rng.choice(len(CHORDS)))]
        root = _register(rng)
        out += [(k * value, value, root + step, 0) for step in chord]
        if rng.random() < 0.6:
            low = int(rng.integers(LOWEST_PITCH, 48))
            out += [(k * value, value, low, 1), (k * value, value, low + 12, 1)]
    return out


PASSAGES: tuple[Callable[[np.random.Generator], list[Struck]], ...] = (
    _run,
    _octaves,
    _arpeggio,
    _again,
    _again,
    _tremolo,
    _leaps,
)


def _register(rng: np.random.Generator) -> int:
    """A key about which a passage is played."""
    lowest = HIGH_FROM if rng.random() < HIGH else LOWEST_PITCH
    return int(rng.integers(lowest, HIGHEST_PITCH + 1))


def _ladder(rng: np.random.Generator) -> list[int]:
    """All keys of a scale."""
    scale, key = SCALES[int(rng.choice(len(SCALES)))], int(rng.integers(12))
    octaves = (12 * octave + key + step for octave in range(N_PITCHES // 12 + 3) for step in scale)
    return [pitch for pitch in octaves if _is_key(pitch)]


def _nearest(ladder: list[int], pitch: int) -> int:
    """Index of the key nearest to a pitch."""
    return int(np.abs(np.array(ladder) - pitch).argmin())


def _is_key(pitch: int) -> bool:
    return LOWEST_PITCH <= pitch <= HIGHEST_PITCH
