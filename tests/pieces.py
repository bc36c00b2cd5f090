"""Pieces made up for tests of performances."""

import numpy as np

from livefollow.train.data.notation.music import Music, Note, Section


def etude(bars: int = 24, seed: int = 1, ornaments: bool = False) -> Music:
    """Two hands over five octaves, chords under a melody of quarters and eighths; the first eight bars repeat, with a
    first ending of one bar."""
    rng = np.random.default_rng(seed)
    notes = []
    for bar in range(bars):
        for beat in range(4):
            onset = 4.0 * bar + beat
            notes += [Note(onset, 1.0, int(p), 1) for p in rng.choice(np.arange(36, 60), 2, replace=False)]
            sign = ("trill", "mordent", "prall", "turn", "arpeggio", "")[int(rng.integers(6))] if ornaments else ""
            notes.append(Note(onset, 0.5, int(rng.integers(60, 96)), 0, ornament=sign))
            if ornaments and beat == 2:
                notes += [Note(onset, 0.25, 70 + k, 0, grace=-0.25 * (k + 1)) for k in range(2)]
            if rng.random() < 0.4:
                notes.append(Note(onset + 0.5, 0.5, int(rng.integers(60, 96)), 0))
    notes.sort(key=lambda n: (n.onset, n.grace, n.pitch))
    end = 4.0 * bars
    straight = [Section(0, 28), Section(32, end)]
    return Music(
        "etude",
        f"tests, seed {seed}",
        "CC0",
        notes,
        [4.0 * b for b in range(bars)],
        [(0.0, 84.0), (end / 2, 100.0)],
        [Section(0, 32), *straight],
        straight,
    )
