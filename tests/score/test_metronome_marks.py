"""Metronome marks come from the page's text, where the note before the number can be read."""

from pathlib import Path

import pytest

from livefollow.score.document import Document
from livefollow.score.rasterizer import tempi_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Allegro (♩ = 120)", [(120, 16)]),
        ("\uece5 \ueca5\uecb7 = 66", [(66, 24)]),  # dotted, as SMuFL writes it
        ("\ueca3 = 54", [(54, 32)]),
        ("♪=88", [(88, 8)]),
        ("\x00 = 112", [(112, 16)]),  # a sign that has no name
        ("\x03\x01 = 72", []),  # two of them: dotted, or with a flag
        ("= 96", [(96, 16)]),
        ("q = c. 60–72", [(60, 16)]),
        ("x = 72, Op. 66", []),
        ("♩ = 4, ♩ = 999, ♩ = 1200", []),
        ("♩ = ♪", []),
    ],
)
def test_marks_are_found_in_lines(text: str, found: list[tuple[int, int]]) -> None:
    characters = [(c, (5.0 * k, 0.0, 5.0 * k + 5, 10.0)) for k, c in enumerate(text)]
    assert [mark[4:] for mark in tempi_of(characters)] == found


@pytest.mark.parametrize(("name", "tempi"), [("piano.pdf", [92]), ("melody.pdf", [112]), ("small.pdf", [])])
def test_an_engraved_page_has_them_above_its_staff(data: Path, name: str, tempi: list[float]) -> None:
    with Document(data / name) as document:
        marks = document.metronome_marks(1)
    assert [mark.tempo for mark in marks] == tempi
    assert all(0 < mark.top < mark.bottom < 120 and mark.left < mark.right for mark in marks)
