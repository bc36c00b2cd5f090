"""How written music is spelled: which notes bear an accidental, which are tied to a later one."""

from __future__ import annotations

from fractions import Fraction

from livefollow.train.notation import Notation, NotationError, fifths_alters

MOST_ALTERED = 2  # semitones: double sharps and flats


def tie_starts(notation: Notation) -> set[int]:
    """Indices of the notes that a later one continues."""
    ending: dict[tuple[int, Fraction], int] = {}
    starts = set()
    for i, n in sorted(enumerate(notation.notes), key=lambda e: (e[1].onset, e[1].grace)):
        if n.tied and (n.pitch, n.onset) in ending:
            starts.add(ending[n.pitch, n.onset])
        ending[n.pitch, n.onset if n.grace else n.onset + n.duration] = i
    return starts


def accidentals(notation: Notation) -> set[int]:
    """Indices of the notes that need one: altered otherwise than by the key, or than the bar's last on their line.

    Raises:
        NotationError: a note is altered by more than MOST_ALTERED.
    """
    bars, keys = list(notation.bars), list(notation.keys)
    needed, state, alters = set(), dict[tuple[int, int], int](), dict[int, int]()
    for i, n in sorted(enumerate(notation.notes), key=lambda e: (e[1].onset, e[1].grace)):
        if abs(n.alter) > MOST_ALTERED:
            raise NotationError("more than two sharps or flats on a note")
        while bars and bars[0] <= n.onset:
            bars.pop(0)
            state.clear()
        while keys and keys[0][0] <= n.onset:
            alters = fifths_alters(keys.pop(0)[1])
        now = state.get((n.staff, n.step), alters.get(n.step % 7, 0))
        if n.alter != now and not n.tied:
            needed.add(i)
            state[n.staff, n.step] = n.alter
    return needed
