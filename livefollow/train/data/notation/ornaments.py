"""Play out ornaments: which keys a sign stands for, and when each is struck."""

from __future__ import annotations

from collections import Counter

import numpy as np

from livefollow.train.data.notation.music import Music

RATE = (8.0, 13.0)  # strikes per second of a trill at the score's tempo
SHORT_S = 0.065  # least length of a strike
GRACE_S = (0.05, 0.12)


def neighbours_above(music: Music) -> dict[int, int]:
    """Map pitch classes to semitones up to the next note of the piece's scale, the more common of two candidates."""
    count = Counter(n.pitch % 12 for n in music.notes)
    return {p: 1 if count[(p + 1) % 12] > count[(p + 2) % 12] else 2 for p in range(12)}


def strikes(
    ornament: str, pitch: int, t: float, up: float, above: dict[int, int], factor: float, rng: np.random.Generator
) -> list[tuple[float, float, int]]:
    """Play one note with its ornament.

    Args:
        ornament: trill, mordent, prall, turn; anything else is played as one key.
        pitch: MIDI, of the main note.
        t: s, first strike.
        up: s, when the note is over.
        above: from `neighbours_above`.
        factor: × the score's tempo: slow players trill slowly.
        rng: decides speed and whether a trill begins with its upper note.

    Returns:
        (s struck, s let go, pitch) in order of time, the first at `t`.
    """
    upper = pitch + above[pitch % 12]
    lower = pitch - (1 if above[(pitch - 1) % 12] == 1 else 2)
    step = 1 / (rng.uniform(*RATE) * np.clip(factor, 0.5, 1.2))
    length = up - t
    if ornament == "trill":
        n = min(int(length * 0.9 / step), 60)
        n -= n % 2  # ends on the main note
        order = [pitch, upper] if rng.random() < 0.6 else [upper, pitch]
        keys = [order[k % 2] for k in range(n)] + [pitch] * (order[0] == pitch)
    elif ornament == "mordent":
        keys = [pitch, lower, pitch]
    elif ornament == "prall":
        keys = [pitch, upper, pitch] if rng.random() < 0.6 else [upper, pitch, upper, pitch]
    elif ornament == "turn":
        keys = [upper, pitch, lower, pitch]
    else:
        return [(t, up, pitch)]
    step = min(step, 0.8 * length / max(len(keys), 1))
    if len(keys) < 2 or step < SHORT_S:
        return [(t, up, pitch)]
    ends = [*(t + step * (k + 1) for k in range(len(keys) - 1)), up]
    return [(t + step * k, ends[k], key) for k, key in enumerate(keys)]


def grace_times(n: int, t: float, gap: float, rng: np.random.Generator) -> list[float]:
    """Draw when n grace notes are struck before second `t`, `gap` seconds after the onset before; rising."""
    step = min(rng.uniform(*GRACE_S), 0.5 * gap / n)
    return [max(0.0, t - step * (n - k)) for k in range(n)]
