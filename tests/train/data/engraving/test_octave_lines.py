"""Octave lines in engravings: notes under them are printed an octave off, and labelled as they sound."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from livefollow.constants import STAFF_SPACE
from livefollow.score.strip import MIDDLE_ROW
from livefollow.train.data.corpus.random_music import CLEFS, random_music
from livefollow.train.data.engraving.alignment import Engraving, read_look
from livefollow.train.data.engraving.lilypond_notation import engrave_notation, with_stems_free
from livefollow.train.data.engraving.lilypond_styles import SILENT, octave_lines
from livefollow.train.data.engraving.musescore import engrave_musescore, with_octave_lines
from livefollow.train.data.engraving.verovio import draw_octave_lines, engrave_verovio
from livefollow.train.data.notation.musicxml import write_musicxml
from livefollow.train.data.notation.notation import Notation, Octave, WrittenNote
from tests.optional import needs_musescore, needs_program

LINED = {"octave": 0.3, "octave_bars": 5.0, "chromatic": 0.0, "grace": 0.0, "clef_change": 0.0, "second_voice": 0.2}


def under(notation: Notation, note: WrittenNote) -> int:
    """The octaves that a note sounds higher than it is written."""
    lines = [o for o in notation.octaves if o.staff == note.staff and o.start <= note.onset < o.end]
    assert len(lines) < 2
    return lines[0].octaves if lines else 0


def positions(notation: Notation) -> Counter[tuple[float, int, int, int]]:
    """Onset, staff, pitch, and half spaces above the middle line of each head, as the music says."""
    clefs = {c.staff: (c.sign, c.line, c.octaves) for c in notation.clefs}
    return Counter(
        (float(n.onset), n.staff, n.pitch, n.step - 7 * under(notation, n) - CLEFS[clefs[n.staff]][0])
        for n in notation.notes
    )


def seen(engraving: Engraving) -> Counter[tuple[float, int, int, int]]:
    """The same, as the app sees the page."""
    look, alignment, _ = read_look(engraving)
    alignment.check()
    half_spaces = np.round((MIDDLE_ROW + 0.5 - look.heads["row"]) / (STAFF_SPACE / 2)).astype(int).tolist()
    heads = zip(look.heads, half_spaces, strict=True)
    return Counter((round(float(h["onset"]), 4), int(h["staff"]), int(h["pitch"]), at) for h, at in heads)


def check(engraving: Engraving, notation: Notation) -> None:
    """Every head stands where its pitch and the lines say."""
    wanted = Counter({(round(a, 4), *rest): n for (a, *rest), n in positions(notation).items()})
    assert sum(n for (_, _, _, _), n in wanted.items()) > 50
    assert any(under(notation, n) for n in notation.notes)
    found = seen(engraving)
    assert set(found) == set(wanted)  # voices in unison may share a head


def piece(seed: int) -> Notation:
    """A piece with long octave lines."""
    return random_music(seed, bars=10, **LINED)


def test_verovio_prints_octave_lines(tmp_path: Path) -> None:
    # Its last bar has two voices, and the line ends there.
    check(engrave_verovio(piece(5), tmp_path / "score.pdf", "Bravura", 5), piece(5))


def test_musescore_prints_octave_lines(tmp_path: Path) -> None:
    needs_musescore()
    check(engrave_musescore(piece(6), tmp_path / "score.pdf", 2), piece(6))


def test_lilypond_prints_octave_lines(tmp_path: Path) -> None:
    needs_program("lilypond")
    check(engrave_notation(piece(6), tmp_path / "scratch", tmp_path / "score.pdf", 2), piece(6))


def test_every_octave_line_ends_and_holds_for_its_staff_alone() -> None:
    for seed in range(8):
        text = write_musicxml(piece(seed))
        for staff in (1, 2):
            shifts = re.findall(rf'<octave-shift type="(\w+)" size="\d+" number="{staff}"/>', text)
            assert shifts[1::2] == ["stop"] * (len(shifts) // 2)
            assert set(shifts[::2]) <= {"up", "down"}


def test_an_octave_line_that_nothing_is_under_is_not_printed() -> None:
    whole = random_music(1, bars=2, **LINED | {"octave": 0.0})
    from_end = Octave(0, whole.end, whole.end + 4, 1)
    assert "octave-shift" not in write_musicxml(replace(whole, octaves=[from_end]))


def test_verovios_dashes_are_drawn_one_by_one_and_its_text_may_be_left_out_where_lines_go_on() -> None:
    def drawn(silent: bool) -> ET.Element:
        svg = ET.fromstring(
            '<g xmlns="http://www.w3.org/2000/svg"><g class="octave"><use/><path d="M10 5 L100 5" '
            'stroke-dasharray="20 40"/></g><g class="octave spanning"><use/><use/></g></g>'
        )
        draw_octave_lines(svg, silent=silent)
        return svg

    begun, carried_on = drawn(silent=False)
    assert begun[1].get("d") == "M10 5 L30 5 M70 5 L90 5"
    assert (len(begun), len(carried_on)) == (2, 2)
    begun, carried_on = drawn(silent=True)
    assert (len(begun), len(carried_on)) == (2, 0)


def test_looks_differ_in_how_octave_lines_go_on() -> None:
    begun = "<Ottava>\n  <subtype>8va</subtype>"
    kinds = {with_octave_lines(begun, seed).removeprefix(begun) for seed in range(30)}
    assert kinds == {"", "<continueText></continueText>", "<continueText>(8)</continueText>"}
    drawn = [octave_lines(np.random.default_rng(seed)) for seed in range(30)]
    assert 5 < sum(SILENT in settings for settings in drawn) < 25


def test_stems_go_either_way_where_a_staff_has_one_voice() -> None:
    notation = random_music(7, bars=6, second_voice=0.5)
    text = "PartPOneVoiceOne =  {\n" + "".join(f"    c | % {k}\n" for k in range(1, 7)) + "    }\n"
    two = [
        len({n.voice for n in notation.notes if n.staff == 0 and a <= n.onset < b}) > 1
        for a, b in pairwise([*notation.bars, notation.end])
    ]
    how = re.findall(r"% \d+\n    (.*)\n", with_stems_free(text, notation))
    assert how == ["\\voiceOne" if both else "\\oneVoice" for both in two]
    assert 0 < sum(two) < 6
