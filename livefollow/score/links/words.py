"""Words and signs that tell where to go on: D.C., D.S., Fine, To Coda, segno, coda. Found in the text of a page.

Part of the child process that reads PDFs (`rasterizer`): it imports nothing of the program, and of a page's words only
kinds and places leave the child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

Box = tuple[float, float, float, float]  # x0, y0, x1, y1


class DirectionKind(IntEnum):
    """What a direction says."""

    DA_CAPO = 1
    DAL_SEGNO = 2
    FINE = 3
    TO_CODA = 4
    SEGNO = 5
    CODA = 6


class Character(NamedTuple):
    """A character of a line of text; `sign` is what its glyph is of a music font, if it is one of ours."""

    text: str
    box: Box
    sign: DirectionKind | None = None


D, S = DirectionKind, r"\s*"
AL = rf"({S}al(la)? \w+)?({S}(ed? )?poi .*)?\.?"  # al Fine, al Coda e poi ...
LONGEST = 40  # characters of a direction
WORDS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"(D\.?{S}C\.|D\.?C\.?(?={S}al)|[Dd]a [Cc]apo|DA CAPO){AL}", D.DA_CAPO),
        (rf"(D\.?{S}S\.|D\.?S\.?(?={S}al)|[Dd]al [Ss]egno|DAL SEGNO){AL}", D.DAL_SEGNO),
        (r"(Fine|FINE)\.?", D.FINE),
        (r"([Tt]o|[Aa]lla|[Aa]l|[Zz]ur|TO|AL) (Coda|CODA)\.?", D.TO_CODA),
        (r"(Coda|CODA)\.?", D.CODA),
    )
)
# Signs of SMuFL fonts, and of Unicode.
SIGNS: Mapping[int, DirectionKind] = {
    0xE045: D.DAL_SEGNO,
    0xE046: D.DA_CAPO,
    0xE047: D.SEGNO,
    0xE048: D.CODA,
    0xE049: D.CODA,
    0xE04A: D.SEGNO,
    0x1D109: D.DAL_SEGNO,
    0x1D10A: D.DA_CAPO,
    0x1D10B: D.SEGNO,
    0x1D10C: D.CODA,
}
# Fonts that have them in the places of letters, as Sonata does, and LilyPond's names for them.
LIKE_SONATA = ("Sonata", "Petrucci", "Maestro", "Opus", "Engraver", "Inkpen")
SONATA: Mapping[int, DirectionKind] = {0x25: D.SEGNO, 0xDE: D.CODA}
GLYPHS: Mapping[str, DirectionKind] = {
    "scripts.segno": D.SEGNO,
    "scripts.varsegno": D.SEGNO,
    "scripts.coda": D.CODA,
    "scripts.varcoda": D.CODA,
}
UNKNOWN = 0xFFFD  # what a character is that has a glyph only
PRIVATE = range(0xE000, 0xF900)  # where music fonts have their other signs


def sign_of(code: int, font: str, glyphs: Mapping[tuple[str, int], str]) -> DirectionKind | None:
    """Return what a character of a font is, if it is one of ours.

    Args:
        code: of the character.
        font: its name, without the prefix of a subset.
        glyphs: names of glyphs by font and code, as the PDF says.
    """
    named = GLYPHS.get(glyphs.get((font, code), ""))
    like_sonata = SONATA.get(code) if font.startswith(LIKE_SONATA) else None
    return named or SIGNS.get(code) or like_sonata


def directions_of(line: Sequence[Character]) -> Iterator[tuple[DirectionKind, Box]]:
    """Find the directions of a line: words that stand alone, signs beside them counted in, and signs by themselves."""
    for chunk in _chunks(line):
        words = " ".join("".join(" " if c.sign else c.text for c in chunk).split())
        said = next((kind for pattern, kind in WORDS if pattern.fullmatch(words)), None)
        if said and len(words) <= LONGEST:
            yield said, _around(chunk)
        else:
            for character in chunk:
                if character.sign:
                    yield character.sign, character.box


def _chunks(line: Sequence[Character]) -> Iterator[list[Character]]:
    """Cut a line where there is more room than between words, and at signs of other kinds."""
    chunk: list[Character] = []
    for character in line:
        code = ord(character.text)
        other = character.sign is None and (code < ord(" ") or code in PRIVATE or code == UNKNOWN)
        box = character.box
        apart = bool(chunk) and box[0] - chunk[-1].box[2] > min(box[3] - box[1], chunk[-1].box[3] - chunk[-1].box[1])
        if (other or apart) and chunk:
            yield chunk
            chunk = []
        if not other:
            chunk.append(character)
    if chunk:
        yield chunk


def _around(chunk: Sequence[Character]) -> Box:
    """The box around characters, spaces at the ends left out."""
    inked = [c.box for c in chunk if c.sign or not c.text.isspace()]
    x0, y0, x1, y1 = zip(*inked, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
