"""Engrave songs with MuseScore in their own layout: a MuseScore file in, a PDF, its noteheads and its notes out.

MuseScore engraves the song twice, black as PDF and with every notehead in a colour of its own as SVG, and tells the
notes of the coloured one as MusicXML.
"""

from __future__ import annotations

import json
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from livefollow.train.data.corpus.songs import SongNotes, SungHead, coloured, read_song, readable
from livefollow.train.data.engraving.alignment import Engraving, Head
from livefollow.train.data.engraving.lilypond_compiler import EngravingError, without_links
from livefollow.train.data.engraving.musescore import (
    SVG_DPI,
    MuseScorePicture,
    bar_groups,
    prefixes_of,
    program,
    read_page,
    run_musescore,
)
from livefollow.train.data.engraving.svg import finished, nearest_staff, signs_of

FEWEST_PLACED = 0.98  # share of the notes that must be found in the picture


def engrave_song(text: str, pdf: Path, timeout_s: float = 240.0) -> tuple[Engraving, SongNotes]:
    """Engrave a song.

    Args:
        text: of a MuseScore file.
        pdf: file to write.
        timeout_s: limit for MuseScore.

    Raises:
        EngravingError: MuseScore is missing, failed, or left out notes.
        NotationError: it has repeats, no piano, or nobody beside it.
    """
    command = program()
    if command is None:
        raise EngravingError("MuseScore 3 is not installed (Debian: apt install musescore3)")
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        text = readable(text)
        (work / "black.mscx").write_text(text, encoding="utf-8")
        (work / "coloured.mscx").write_text(coloured(text), encoding="utf-8")
        jobs = [
            {"in": "coloured.mscx", "out": ["coloured.svg", "coloured.musicxml"]},
            {"in": "black.mscx", "out": ["black.pdf"]},
        ]
        (work / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        run_musescore([command, "-j", "jobs.json"], work, timeout_s)
        svgs = sorted(work.glob("coloured*.svg"), key=lambda p: (len(p.name), p.name))
        if not svgs or not (work / "black.pdf").is_file() or not (work / "coloured.musicxml").is_file():
            raise EngravingError("MuseScore made no PDF")
        song = read_song(work / "coloured.musicxml")
        without_links(work / "black.pdf", pdf)
        picture = MuseScorePicture()
        for page, svg in enumerate(svgs):
            read_page(ET.parse(svg).getroot(), page, picture)
    scales = [72 / SVG_DPI] * len(svgs)
    by_colour = {head.colour: head for head in song.heads}
    heads = []
    for i, page, x, y in picture.heads:
        head = by_colour.get(i + 1)
        if head and (at := _placed(head, page, x, y, picture, song.staves, scales[page])):
            heads.append(at)
    if len(heads) < FEWEST_PLACED * len(song.heads):
        raise EngravingError(f"MuseScore left out {len(song.heads) - len(heads)} of {len(song.heads)} notes")
    signs = signs_of(bar_groups(picture), picture.staves, scales)
    return finished(pdf, heads, signs, prefixes_of(picture, scales)), song


def _placed(
    head: SungHead, page: int, x: float, y: float, picture: MuseScorePicture, staves: int, scale: float
) -> Head | None:
    """The head on its page; staves follow each other in the score's order, unless empty ones are left out."""
    here = [s for s in picture.staves if s.page == page]
    whole = len(here) % staves == 0
    own = [s for k, s in enumerate(here) if k % staves == head.staff] if whole else here
    staff = nearest_staff(own, page, y)
    if staff is None:
        return None
    return Head(
        float(head.onset),
        float(head.grace),
        float(head.duration),
        head.pitch,
        head.step,
        head.tied,
        head.cue,
        page,
        x * scale,
        y * scale,
        staff.middle * scale,
    )
