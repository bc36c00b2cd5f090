"""The benchmark of what is hard to read counts what it says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from livefollow.constants import LOWEST_PITCH, N_PITCHES
from livefollow.score.reading import Reading, concatenate
from livefollow.train.data.corpus.random_music import random_music
from livefollow.train.data.notation.notation import Clef, Octave
from livefollow.train.data.score_look import HEAD, ScoreLook
from livefollow.train.reader.data import MARK, Printed
from tests.benchmarks.networks.hard_to_read import Page, Read, compared, lined_pitches, read_by_clef
from tests.looks import a_look


def test_an_octave_off_under_a_line_is_told_from_what_is_missed() -> None:
    pitches = [np.array([40, 60], np.int16), np.array([62], np.int16), np.array([64], np.int16)]
    printed = Printed(np.array([10, 30, 50], np.float32), np.ones(3, np.float32), pitches, np.empty(0, MARK), [])
    said = np.zeros((2, N_PITCHES), np.float32)
    said[0, [40, 48]] = 0.9  # the upper one an octave low
    said[1, 62] = 0.9
    reading: Reading = replace(concatenate([]), x=np.array([11.0, 29.0]), pitches=said)
    lined = [{60}, {62}, {64}]
    assert compared(reading, printed, [True, False, False], lined) == Read(2, 1, 2, 1, 0, 1)
    assert compared(reading, printed, [True, True, True], lined) == Read(4, 2, 3, 3, 1, 1)


def test_lines_are_carried_on_where_they_began_before_the_system() -> None:
    heads = np.zeros(3, HEAD)
    heads["onset"], heads["staff"], heads["pitch"] = (4, 5, 5), (0, 0, 1), (84, 86, 50)
    look = ScoreLook(*(np.empty(0),) * 3, heads, *(np.empty(0),) * 2)
    line = Octave(0, Fraction(2), Fraction(6), 1)
    page = Page(replace(random_music(0, bars=2), octaves=[line]), look)
    assert lined_pitches(page, heads, 5.0, "carried") == {86 - LOWEST_PITCH}
    assert lined_pitches(page, heads, 5.0, "within") == set()
    begun_here = Page(replace(page.notation, octaves=[replace(line, start=Fraction(4))]), look)
    assert lined_pitches(begun_here, heads, 5.0, "within") == {86 - LOWEST_PITCH}
    assert lined_pitches(begun_here, heads, 6.0, "within") == set()


class Misreader:
    """Reads each event as a C5 alone."""

    def read_bands(self, bands: np.ndarray, x0: int, index: int) -> Reading:
        pitches = np.zeros((2, N_PITCHES), np.float32)
        pitches[:, 72 - LOWEST_PITCH] = 1
        return replace(concatenate([]), x=np.array([30.0, 90.0]), pitches=pitches)


def test_what_is_read_is_told_by_clef() -> None:
    clefs = [Clef(Fraction(0), 0, "G", 2), Clef(Fraction(0), 1, "F", 4), Clef(Fraction(1), 0, "C", 3)]
    page = Page(replace(random_music(0, bars=2), clefs=clefs), a_look())
    there, found = read_by_clef(page, Misreader())  # type: ignore[arg-type]  # all that is asked of a reader
    assert there == {"G2": 1, "F4": 3, "C3": 2}
    assert found == {"G2": 1, "F4": 0, "C3": 0}
