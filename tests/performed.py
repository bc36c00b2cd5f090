"""Music played in strict time, as the listener hears it."""

from dataclasses import dataclass

import numpy as np

from livefollow.train.data.notation.music import Music, Note, Section
from livefollow.train.data.performance.performance import KEY
from tests.simulated import engraved, listen

QUARTER_S = 0.6


@dataclass
class Heard:
    """A recording as the listener gives it, and when each event is struck."""

    frames: tuple[np.ndarray, np.ndarray, np.ndarray]
    onset_s: np.ndarray
    x: np.ndarray


def perform(music: Music, route: list[tuple[float, float]], rests_s: list[float], strength: float = 0.0) -> Heard:
    """Play stretches of quarter notes in strict time, each after some silence."""
    reading, quarters = engraved(music)
    keys, onset_s, x = [], [], []
    now = 0.0
    for (start, end), rest in zip(route, rests_s, strict=True):
        now += rest
        for note in music.notes:
            if start <= note.onset < end:
                t = now + (note.onset - start) * QUARTER_S
                keys.append((t, t + 0.9 * note.duration * QUARTER_S, note.pitch, 70, note.onset, note.hand))
        inside = (quarters >= start) & (quarters < end)
        onset_s += (now + (quarters[inside] - start) * QUARTER_S).tolist()
        x += reading.x[inside].tolist()
        now += (end - start) * QUARTER_S
    frames = listen(np.array(sorted(keys), KEY), now, np.random.default_rng(0), strength)
    return Heard(frames, np.array(onset_s), np.array(x))


def tune(bars: int = 12) -> Music:
    """A melody that never comes back to where it was."""
    rng = np.random.default_rng(5)
    notes = [Note(0.5 * k, 0.5, int(p), 0) for k, p in enumerate(rng.integers(50, 90, 8 * bars))]
    starts = [4.0 * b for b in range(bars)]
    return Music("tune", "tests", "CC0", notes, starts, [(0.0, 100.0)], [], [Section(0, 4.0 * bars)])
