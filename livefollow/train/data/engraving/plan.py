"""Decide which looks a piece gets, and engrave them: the only place that decides about held-out fonts."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from livefollow.train.data.corpus.pieces import TRANSPOSED, TUNES, CorpusError, Piece
from livefollow.train.data.engraving.alignment import Engraving
from livefollow.train.data.engraving.lilypond import engrave_varied
from livefollow.train.data.engraving.lilypond_notation import engrave_notation
from livefollow.train.data.engraving.musescore import FONTS as MUSESCORE_FONTS
from livefollow.train.data.engraving.musescore import engrave_musescore
from livefollow.train.data.engraving.verovio import FONTS, engrave_verovio
from livefollow.train.data.held_out import HELD_OUT_FONT, HELD_OUT_SPLITS
from livefollow.train.data.notation.notation import Notation

PLAIN = "lilypond"
DEFAULT_LOOKS = (PLAIN, "verovio/lilypond-1/musescore")
LOOK = re.compile(r"(lilypond|verovio)(-\d+)?|musescore")
EVERY_FONT = (TUNES, TRANSPOSED)  # the splits whose pieces are engraved in every font that is not held out


def check_looks(looks: list[str]) -> None:
    """Raise CorpusError for an unknown look."""
    for look in (alternative for choice in looks for alternative in choice.split("/")):
        if not LOOK.fullmatch(look):
            raise CorpusError(
                f"There is no look {look}; there are lilypond, lilypond-1, ..., verovio, verovio-1, ..., musescore."
            )


def seed_of(seed: int, *names: str) -> int:
    """Derive the seed of a piece and look."""
    return zlib.crc32("/".join((str(seed), *names)).encode())


def fonts_of(split: str) -> tuple[str, ...]:
    """Verovio's fonts for a split: the held-out one for `valid` and `test`, the others for all else."""
    return (HELD_OUT_FONT,) if split in HELD_OUT_SPLITS else tuple(f for f in FONTS if f != HELD_OUT_FONT)


def musescore_fonts_of(split: str) -> tuple[str, ...]:
    """MuseScore's fonts for a split: for `valid`, whose figures are compared over time, the two it always had."""
    return MUSESCORE_FONTS[:2] if split in HELD_OUT_SPLITS else MUSESCORE_FONTS[:3]


def looks_of(piece: Piece, looks: list[str], seed: int) -> list[str]:
    """Choose a piece's looks out of those asked for, LilyPond's plain one first; `verovio` with its font's name.

    LilyPond pieces get all; where one is to be drawn at random, those of the valid split get each of them, and those of
    the test split Verovio's. Songs get MuseScore's. Tunes get Verovio's, those to learn from in every font that is not
    held out, and in further layouts of it where they are asked for; LilyPond's varied ones where those are asked for by
    themselves, as the paper's engraver. Random pieces get all but LilyPond's plain one, which is a source's own.

    Args:
        piece: the piece.
        looks: asked for; `a/b/...` is one of these, at random.
        seed: of the whole dataset.
    """

    def drawn(choices: list[str], what: str) -> list[str]:
        return [choices[seed_of(seed, piece.name, what) % len(choices)]] if choices else []

    every = list(dict.fromkeys(look for k in looks for look in k.split("/")))
    if piece.is_song:
        return [look for look in every if look == "musescore"]
    if piece.split == "valid":
        chosen = every
    elif piece.split == "test":
        chosen = [look for look in every if look in (PLAIN, "verovio")]
    elif piece.path or piece.split == "random":
        choices = [[look for look in k.split("/") if piece.path or look != PLAIN] for k in looks]
        chosen = [look for k, choice in zip(looks, choices, strict=True) for look in drawn(choice, k)]
    else:
        learned = piece.split in EVERY_FONT
        chosen = [look for look in every if (look.startswith("verovio") if learned else look == "verovio")]
        chosen += [look for look in looks if look.startswith(f"{PLAIN}-") and "/" not in look]
    fonts = list(fonts_of(piece.split))
    if piece.split not in EVERY_FONT:
        fonts = drawn(fonts, "font")
    named = [
        f"verovio-{font.lower()}{look.removeprefix('verovio')}" if look.startswith("verovio") else look
        for look in chosen
        for font in (fonts if look.startswith("verovio") else fonts[:1])
    ]
    return sorted(set(named), key=lambda k: (k != PLAIN, k))


def engrave_look(piece: Piece, look: str, notation: Notation, pdf: Path, scratch: Path, seed: int) -> Engraving:
    """Engrave a piece in any look but LilyPond's plain one.

    Args:
        piece: the piece.
        look: of `looks_of`.
        notation: the piece as written.
        pdf: file to write.
        scratch: folder for the engraver's files.
        seed: of the whole dataset.

    Raises:
        EngravingError: the engraver failed.
        NotationError: the piece cannot be written as MusicXML.
    """
    own = seed_of(seed, piece.name, look)
    if look.startswith("verovio-"):
        font = next(f for f in fonts_of(piece.split) if f.lower() == look.split("-")[1])
        return engrave_verovio(notation, pdf, font, own)
    if look == "musescore":
        return engrave_musescore(notation, pdf, own, musescore_fonts_of(piece.split))
    if piece.path is None:
        return engrave_notation(notation, scratch, pdf, own)
    return engrave_varied(piece.path, scratch, pdf, own)
