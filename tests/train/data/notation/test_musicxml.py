"""Bars that are not whole in MusicXML: an upbeat, and a bar that a repeat sign divides."""

import re
from fractions import Fraction

from livefollow.train.data.notation.musicxml import write_musicxml
from livefollow.train.data.notation.notation import Clef, Notation, WrittenNote
from livefollow.train.data.notation.repeats import Repeats


def implicit(bars: list[float], end: float, ends: list[float]) -> list[bool]:
    """Whether each measure of a tune in 2/4 is a part of a bar, or an upbeat."""
    note = WrittenNote(Fraction(0), Fraction(1, 2), 0, 0, 0, 0, 3)
    tune = Notation(
        *("tune", "", "", 1, [note], Fraction(end), [Fraction(t) for t in bars]),
        *([(Fraction(0), 2, 4)], [(Fraction(0), 0)], [Clef(Fraction(0), 0, "G", 2)], [(Fraction(0), 84.0)]),
        repeats=Repeats([], [Fraction(t) for t in ends], [], []),
    )
    return ["implicit" in found for found in re.findall(r"<measure [^>]*>", write_musicxml(tune))]


def test_whole_bars_are_bars():
    assert implicit([0, 2, 4], 6, []) == [False, False, False]


def test_an_upbeat_is_none_and_the_last_bar_may_be_short():
    assert implicit([0, 0.5, 2.5], 4, []) == [True, False, False]


def test_what_completes_a_divided_bar_is_none():
    """Also where it is listed as a bar of its own."""
    assert implicit([0, 0.5, 2.5, 4, 4.5], 6.5, [4]) == [True, False, False, True, False]
    assert implicit([0, 2, 4], 6, [3.5]) == [False, False, True, False]
