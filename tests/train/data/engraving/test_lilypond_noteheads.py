from fractions import Fraction
from itertools import pairwise

import pytest

from livefollow.train.data.engraving.lilypond_compiler import EngravingError
from livefollow.train.data.engraving.lilypond_noteheads import engrave_noteheads
from tests.optional import needs_program


@pytest.fixture(autouse=True)
def lilypond() -> None:
    needs_program("lilypond")


SCORE = r"""
\version "2.24.0"
figure = { c'4~ c'8 \grace d'16 e'8 <g' b'>4 \tuplet 3/2 { f'8 g' a' } }
left = { c4 \change Staff = "up" c'' \change Staff = "down" g,2 \transpose c c, \figure c,,1 }
\score {
  \new PianoStaff <<
    \new Staff = "up" { \figure \break \figure \hideNotes c'2 \unHideNotes \ottava 1 c''''2 }
    \new Staff = "down" { \clef bass \left }
  >>
}
\score { \figure }
"""


@pytest.fixture(scope="module")
def engraved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("noteheads")
    source = folder / "source" / "figure.ly"
    source.parent.mkdir()
    source.write_text(SCORE)
    return engrave_noteheads(source, folder)


def at(engraved, score, quarter):
    return [n for n in engraved.noteheads if n.score == score and n.onset == quarter and not n.grace]


def test_every_visible_head_is_found(engraved):
    assert engraved.unplaced == 0
    assert len(engraved.noteheads) == 4 * 9 + 3 + 2  # the figure four times; the left hand's own; the last bar
    assert {n.score for n in engraved.noteheads} == {0, 1}


def test_onset_duration_pitch(engraved):
    figure = [n for n in engraved.noteheads if n.score == 1]
    assert [n.pitch for n in figure] == [60, 60, 62, 64, 71, 67, 65, 67, 69]
    third = Fraction(1, 3)
    assert [n.onset for n in figure] == [0, 1, Fraction(3, 2), Fraction(3, 2), 2, 2, 3, 3 + third, 3 + 2 * third]
    assert figure[-1].duration == third
    assert [n.tied for n in figure] == [False, True] + [False] * 7
    assert [bool(n.grace) for n in figure] == [False, False, True] + [False] * 6


def test_systems_and_staves(engraved):
    down, up = sorted(at(engraved, 0, 0), key=lambda n: n.pitch)
    assert (up.staff, down.staff, up.system) == (0, 1, 0)
    crossing = [n for n in at(engraved, 0, 1) if n.pitch == 72]
    assert [n.staff for n in crossing] == [0]  # written in the left hand, printed in the upper staff
    # One variable in both staves at once: the transposed one stands below.
    assert [(n.pitch, n.staff, n.system) for n in at(engraved, 0, 4)] == [(60, 0, 1), (48, 1, 1)]
    # Far below, and under an octave line: the staff position still tells the staff.
    assert [(n.pitch, n.staff) for n in at(engraved, 0, 8)] == [(24, 1)]
    assert [(n.pitch, n.staff) for n in at(engraved, 0, 10)] == [(96, 0)]


def test_x_rises_with_time(engraved):
    columns = {}  # x of the leftmost head of each moment, by system
    for n in engraved.noteheads:
        moments = columns.setdefault((n.score, n.page, n.system), {})
        moments[n.onset, n.grace] = min(n.x, moments.get((n.onset, n.grace), n.x))
        system = engraved.systems[0][n.page][n.system]
        assert system.left < n.x < system.right
    for moments in columns.values():
        assert all(before < after for before, after in pairwise(x for _, x in sorted(moments.items())))


def test_no_notes_is_an_error(tmp_path):
    source = tmp_path / "in" / "rests.ly"
    source.parent.mkdir()
    source.write_text('\\version "2.24.0"\n{ r1 }\n')
    with pytest.raises(EngravingError, match="no noteheads"):
        engrave_noteheads(source, tmp_path)
