from dataclasses import replace
from fractions import Fraction

import pytest

from livefollow.train.data.notation.notation import (
    Clef,
    Notation,
    NotationError,
    WrittenNote,
    fifths_alters,
    melody_figures,
    ornament_of_each,
    shared_share,
    transposed,
    value_of,
)
from livefollow.train.data.notation.repeats import Repeats

QUARTER = Fraction(1)


def notation(notes, end=8, **details):
    return Notation(
        "piece",
        "test",
        "CC0",
        2,
        notes,
        Fraction(end),
        [Fraction(b) for b in range(0, end, 4)],
        [(Fraction(0), 4, 4)],
        [(Fraction(0), -1)],
        [Clef(Fraction(0), 0, "G", 2), Clef(Fraction(0), 1, "F", 4)],
        [(Fraction(0), 60.0)],
        **details,
    )


def note(onset, step, duration=QUARTER, staff=0, **details):
    return WrittenNote(Fraction(onset), Fraction(duration), step, details.pop("alter", 0), staff, 10 * staff, **details)


def test_pitches():
    assert [note(0, s).pitch for s in (-7, 0, 2, 7)] == [48, 60, 64, 72]
    assert note(0, 6, alter=-1).pitch == 70


def test_ties_and_doubled_notes_are_one_note():
    piece = notation([note(0, 0), note(0, 0, 2), note(2, 0, 2, tied=True), note(3, 4, tied=True)])
    assert [(n.onset, n.duration, n.pitch) for n in piece.music().notes] == [(0, 4, 60), (3, 1, 67)]


def test_grace_notes_and_ornaments():
    piece = notation([note(1, 1, Fraction(1, 2), grace=Fraction(-1, 2)), note(1, 2, ornament="trill")])
    grace, main = piece.music().notes
    assert (grace.onset, grace.grace, grace.duration) == (1, -0.5, 0.5)
    assert (main.grace, main.ornament) == (0, "trill")


def test_saved_and_loaded(tmp_path):
    piece = notation(
        [note(0, 0, Fraction(1, 3), scale=Fraction(2, 3), log=3), note(0, -7, staff=1)],
        repeats=Repeats([Fraction(4)], [Fraction(8)]),
    )
    piece.save(tmp_path / "notation.json")
    assert Notation.load(tmp_path / "notation.json") == piece
    assert [(s.start, s.end) for s in piece.music().with_repeats] == [(0, 8), (4, 8)]


def test_values():
    assert value_of(Fraction(3, 2)) == (2, 1, 1)
    assert value_of(Fraction(7, 2)) == (1, 2, 1)
    assert value_of(Fraction(1, 3)) is None
    assert value_of(Fraction(5)) is None


def test_keys():
    assert fifths_alters(0) == {}
    assert fifths_alters(2) == {3: 1, 0: 1}
    assert fifths_alters(-3) == {6: -1, 2: -1, 5: -1}


def test_ornaments_of_a_chord():
    assert ornament_of_each({"trill"}, [0, 4]) == ["", "trill"]
    assert ornament_of_each({"arpeggio"}, [0, 4]) == ["arpeggio", "arpeggio"]
    assert ornament_of_each(set(), [0]) == [""]


def test_the_same_melody_in_another_key_and_tempo_is_the_same():
    steps = [0, 1, 2, 4, 3, 1, 0, 5, 4, 2, 1, 0]
    plain = notation([note(k, s) for k, s in enumerate(steps)], end=12)
    moved = notation([note(Fraction(k, 2), s + 7) for k, s in enumerate(steps)], end=12)
    other = notation([note(k, s) for k, s in enumerate(reversed(steps))], end=12)
    assert shared_share(melody_figures(plain), melody_figures(moved)) == 1
    assert shared_share(melody_figures(plain), melody_figures(other)) == pytest.approx(0)
    assert shared_share(set(), melody_figures(plain)) == 0


def test_in_another_key_every_interval_stays():
    piece = replace(
        notation([note(0, 3), note(1, 5, alter=1), note(2, 6, alter=-1), note(3, 10, alter=1)]), keys=[(Fraction(0), 1)]
    )
    for fifths, steps, semitones in ((2, 1, 2), (-2, -1, -2), (1, 4, 7), (-1, 3, 5), (3, -2, -3), (-7, 0, -1)):
        other = transposed(piece, fifths, steps, "other")
        assert [b.pitch - a.pitch for a, b in zip(piece.notes, other.notes, strict=True)] == [semitones] * 4
        assert [b.step - a.step for a, b in zip(piece.notes, other.notes, strict=True)] == [steps] * 4
        assert (other.name, other.keys, other.bars) == ("other", [(0, 1 + fifths)], piece.bars)
    back = transposed(transposed(piece, 2, 1, "up"), -2, -1, piece.name)
    assert back == piece


def test_keys_that_nobody_writes_are_refused():
    piece = notation([note(0, 3, alter=1)])
    with pytest.raises(NotationError, match="seven"):
        transposed(replace(piece, keys=[(Fraction(0), 6)]), 2, 1, "up")
    with pytest.raises(NotationError, match="two semitones"):
        transposed(replace(piece, notes=[note(0, 6, alter=2)]), 2, 1, "up")
    with pytest.raises(ValueError, match="fifths"):
        transposed(piece, 2, 2, "up")
