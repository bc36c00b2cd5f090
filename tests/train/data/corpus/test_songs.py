"""Songs: what MuseScore's MusicXML says of them, and bars in which the piano rests."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from livefollow.train.data.corpus.songs import coloured, read_song, with_piano_rests
from livefollow.train.data.notation.notation import NotationError


def note(step: str, octave: int, ticks: int, colour: int, more: str = "", staff: int = 1) -> str:
    return (
        f"<note>{more}<pitch><step>{step}</step><octave>{octave}</octave></pitch><duration>{ticks}</duration>"
        f'<notehead color="#{colour:06X}">normal</notehead><staff>{staff}</staff></note>'
    )


def written(path: Path, repeat: str = "") -> Path:
    voice = note("C", 5, 2, 1) + note("D", 5, 2, 2) + note("D", 5, 4, 3, '<tie type="stop"/>')
    piano = note("C", 3, 4, 4) + note("E", 3, 4, 5, "<chord/>") + "<backup><duration>4</duration></backup>"
    piano += "<forward><duration>4</duration></forward>" + note("G", 2, 4, 6, "", 2)
    path.write_text(
        "<score-partwise><part><measure><attributes><divisions>2</divisions></attributes>"
        f'<direction><sound tempo="60"/></direction>{voice}{repeat}</measure></part>'
        "<part><measure><attributes><divisions>2</divisions><staves>2</staves></attributes>"
        f"{piano}</measure></part></score-partwise>"
    )
    return path


def test_the_pianos_notes_are_told_from_the_others(tmp_path: Path) -> None:
    song = read_song(written(tmp_path / "song.musicxml"))
    assert (song.staves, song.piano, song.end) == (3, (1, 2), 4)
    assert {h.colour: (h.onset, h.pitch, h.staff) for h in song.heads}[6] == (Fraction(2), 43, 2)
    music = song.music("song", "here", "CC0")
    assert [(n.onset, n.duration, n.pitch, n.hand) for n in music.notes] == [
        (0, 2, 48, 0),
        (0, 2, 52, 0),
        (2, 2, 43, 1),
    ]
    assert [(n.onset, n.duration, n.pitch) for n in music.others] == [(0, 1, 72), (1, 3, 74)]
    assert music.tempo == [(0.0, 60.0)]


def test_songs_with_repeats_are_left_out(tmp_path: Path) -> None:
    with pytest.raises(NotationError):
        read_song(written(tmp_path / "song.musicxml", '<barline><repeat direction="backward"/></barline>'))


def test_the_piano_rests_where_somebody_sings() -> None:
    chord = "<Chord><durationType>whole</durationType><Note><pitch>60</pitch></Note></Chord>"
    staff = "".join(f"<Measure><voice>{chord}</voice></Measure>" for _ in range(40))
    silent = staff.replace(chord, "<Rest/>", 20)
    text = f"<museScore><Score>{''.join(f'<Staff>{s}</Staff>' for s in (silent, staff, staff))}</Score></museScore>"
    rested = with_piano_rests(text, np.random.default_rng(0))
    assert rested.count("<Rest>") % 2 == 0
    assert 2 <= rested.count("<Rest>") // 2 <= 12
    assert rested.index("<Rest>") > rested.index("</Staff>") + len(staff) // 2
    assert coloured(rested).count("<color ") == text.count("<Note>") - rested.count("<Rest>")
