"""Engrave with MuseScore: a `Notation` as MusicXML in, a PDF and the places of its noteheads out.

MuseScore engraves the piece twice in the same layout: black as PDF, and with every notehead in a colour of its own as
SVG, which identifies it. Needs MuseScore 3 (Debian: musescore3); it runs without a screen.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pymupdf

from livefollow.train.data.engraving.alignment import Engraving, Sign
from livefollow.train.data.engraving.lilypond_compiler import EngravingError, without_links
from livefollow.train.data.engraving.svg import BarGroup, StaffLines, finished, head_of, nearest_staff, signs_of
from livefollow.train.data.notation.musicxml import index_of, write_musicxml
from livefollow.train.data.notation.notation import Notation

PROGRAMS = ("musescore3", "mscore3", "musescore", "mscore")
FONTS = ("Emmentaler", "Bravura", "MuseJazz", "Gonville")  # the last is Verovio's Gootville, which is held out
PAPERS_INCH = ((8.27, 11.69), (8.5, 11.0), (9.84, 13.9))
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
OCTAVE_LINE = re.compile(r"<Ottava>\s*<subtype>(\d+)([a-z]+)</subtype>")
LINE_STYLES = (2, 3)  # of Qt: dashes, dots
OCTAVE_LINES = 1  # of a look's random streams: drawn apart, so that what else is drawn stays the same
COLOUR = re.compile(r"<color [^>]*/>")
PREFIX_CLASSES = ("Clef", "KeySig", "TimeSig")
SVG_DPI = 360
ONE_BAR_LINE = 1.6  # staff spaces between the lines and dots of one bar line


@dataclass
class MuseScorePicture:
    """What MuseScore's SVG says of a score, in its units."""

    heads: list[tuple[int, int, float, float]] = field(default_factory=list)  # note, page, x, y
    staves: list[StaffLines] = field(default_factory=list)
    bars: list[tuple[int, float, float, float, bool]] = field(default_factory=list)  # page, x, y, width, is a dot
    prefixes: list[tuple[int, float, float, float]] = field(default_factory=list)  # page, left, right, y
    sounding: list[tuple[int, float, float]] = field(default_factory=list)  # page, x, y of notes and rests


def program() -> str | None:
    """Find MuseScore's command, None where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def engrave_musescore(
    notation: Notation, pdf: Path, seed: int, fonts: Sequence[str] = FONTS[:2], timeout_s: float = 240.0
) -> Engraving:
    """Engrave a piece in a layout drawn from a seed.

    Args:
        notation: the piece.
        pdf: file to write.
        seed: of page, staff size, font, spacing and line weights.
        fonts: those of FONTS to draw from.
        timeout_s: limit for MuseScore.

    Raises:
        EngravingError: MuseScore is missing, failed, or left out notes.
        NotationError: the piece cannot be written as MusicXML.
    """
    command = program()
    if command is None:
        raise EngravingError("MuseScore 3 is not installed (Debian: apt install musescore3)")
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        (work / "look.mss").write_text(style(seed, fonts), encoding="utf-8")
        text = write_musicxml(notation, coloured=True, mordents=False)
        (work / "coloured.musicxml").write_text(text, encoding="utf-8")
        # MuseScore applies a style only when it converts to its own format.
        run_musescore([command, "-S", "look.mss", "-o", "coloured.mscx", "coloured.musicxml"], work, timeout_s)
        try:
            score = (work / "coloured.mscx").read_text(encoding="utf-8")
        except OSError:
            raise EngravingError("MuseScore cannot read the piece") from None
        score = with_octave_lines(score, seed)
        (work / "coloured.mscx").write_text(score, encoding="utf-8")
        (work / "black.mscx").write_text(COLOUR.sub("", score), encoding="utf-8")
        jobs = [{"in": "coloured.mscx", "out": ["coloured.svg"]}, {"in": "black.mscx", "out": ["black.pdf"]}]
        (work / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
        run_musescore([command, "-j", "jobs.json"], work, timeout_s)
        svgs = sorted(work.glob("coloured*.svg"), key=lambda p: (len(p.name), p.name))
        if not svgs or not (work / "black.pdf").is_file():
            raise EngravingError("MuseScore made no PDF")
        without_links(work / "black.pdf", pdf)
        picture = MuseScorePicture()
        roots = [ET.parse(svg).getroot() for svg in svgs]
    with pymupdf.open(pdf) as document:
        if document.page_count != len(roots):
            raise EngravingError("MuseScore's two engravings differ")
    scales = [72 / SVG_DPI] * len(roots)
    for page, root in enumerate(roots):
        read_page(root, page, picture)
    heads = []
    for i, page, x, y in picture.heads:
        staff = _staff_of_note(picture.staves, notation, i, page, y)
        if staff:
            heads.append(head_of(notation, i, page, x * scales[page], y * scales[page], staff.middle * scales[page]))
    if len(heads) < 0.98 * len(notation.notes):
        missing = len(notation.notes) - len(heads)
        raise EngravingError(f"MuseScore left out {missing} of {len(notation.notes)} notes")
    return finished(pdf, heads, signs_of(bar_groups(picture), picture.staves, scales), prefixes_of(picture, scales))


def run_musescore(command: list[str], work: Path, timeout_s: float) -> None:
    """Run MuseScore in a folder, without a screen or a home.

    Raises:
        EngravingError: it takes too long.
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(work), "XDG_RUNTIME_DIR": str(work)}
    try:
        subprocess.run(command, check=False, cwd=work, env=environment, capture_output=True, timeout=timeout_s)
    except subprocess.TimeoutExpired:
        raise EngravingError(f"MuseScore took more than {timeout_s:.0f} s") from None


def with_octave_lines(score: str, seed: int) -> str:
    """Draw how octave lines go on at the next system: as they began, in parentheses, or without text."""
    how = np.random.default_rng([seed, OCTAVE_LINES + 1]).choice(["", "(8)", "same"], p=[0.4, 0.2, 0.4])
    if how == "same":
        return score

    def continued(line: re.Match[str]) -> str:
        text = how.replace("8", line[1])
        return f"{line[0]}<continueText>{text}</continueText>"

    return OCTAVE_LINE.sub(continued, score)


def style(seed: int, fonts: Sequence[str]) -> str:
    """Make a MuseScore style file of a look, in one of some fonts."""
    random, lines = np.random.default_rng(seed), np.random.default_rng([seed, OCTAVE_LINES])
    width, height = PAPERS_INCH[int(random.choice(3, p=[0.6, 0.25, 0.15]))]
    left, right, top, bottom = random.uniform(0.3, 0.8, 4)
    settings = {
        "musicalSymbolFont": fonts[int(random.integers(len(fonts)))],
        "pageWidth": width,
        "pageHeight": height,
        "pagePrintableWidth": round(width - float(left + right), 3),
        **{f"page{parity}LeftMargin": round(float(left), 3) for parity in ("Even", "Odd")},
        **{f"page{parity}TopMargin": round(float(top), 3) for parity in ("Even", "Odd")},
        **{f"page{parity}BottomMargin": round(float(bottom), 3) for parity in ("Even", "Odd")},
        "Spatium": round(float(random.uniform(1.25, 1.95)), 3),  # mm
        "staffLineWidth": round(float(random.uniform(0.06, 0.14)), 3),
        "stemWidth": round(float(random.uniform(0.09, 0.17)), 3),
        "barWidth": round(float(random.uniform(0.12, 0.22)), 3),
        "beamWidth": round(float(random.uniform(0.42, 0.55)), 3),
        "measureSpacing": round(float(random.uniform(1.05, 1.5)), 2),
        "minNoteDistance": round(float(random.uniform(0.15, 0.5)), 2),
        "akkoladeDistance": round(float(random.uniform(5.5, 8)), 1),
        "lastSystemFillLimit": 0.3,
        "ottavaNumbersOnly": int(lines.random() < 0.5),
        "ottavaLineStyle": LINE_STYLES[int(lines.integers(len(LINE_STYLES)))],
        "ottavaLineWidth": round(float(lines.uniform(0.06, 0.16)), 3),
    }
    rows = "\n".join(f"<{name}>{value}</{name}>" for name, value in settings.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<museScore version="3.01"><Style>{rows}</Style></museScore>\n'


def read_page(root: ET.Element, page: int, picture: MuseScorePicture) -> None:
    """Add what the SVG of a page says."""
    lines: list[list[float]] = []
    for element in root.iter():
        kind = element.get("class") or ""
        numbers = [float(n) for n in NUMBER.findall(element.get("d") or element.get("points") or "")]
        if len(numbers) < 4:
            continue
        a, b, c, d, e, f = _matrix(element)
        x = [a * u + c * v + e for u, v in zip(numbers[::2], numbers[1::2], strict=False)]
        y = [b * u + d * v + f for u, v in zip(numbers[::2], numbers[1::2], strict=False)]
        centre = ((min(x) + max(x)) / 2, (min(y) + max(y)) / 2)
        if kind == "StaffLines":
            lines.append([min(x), max(x), y[0]])
        elif kind == "Note":
            index = index_of(element.get("fill") or "")
            if index is not None:
                picture.heads.append((index, page, *centre))
            picture.sounding.append((page, *centre))
        elif kind == "Rest":
            picture.sounding.append((page, *centre))
        elif kind == "BarLine":
            dot = element.tag == f"{SVG}path"
            picture.bars.append((page, *centre, float(element.get("stroke-width") or 0), dot))
        elif kind in PREFIX_CLASSES:
            picture.prefixes.append((page, min(x), max(x), centre[1]))
    for k in range(0, len(lines) - 4, 5):
        five = lines[k : k + 5]
        picture.staves.append(StaffLines(page, five[0][0], five[0][1], five[2][2], (five[4][2] - five[0][2]) / 4))


def _matrix(element: ET.Element) -> tuple[float, ...]:
    transform = element.get("transform") or ""
    numbers = tuple(float(n) for n in NUMBER.findall(transform))
    if transform.startswith("matrix") and len(numbers) == 6:
        return numbers
    return (1, 0, 0, 1, 0, 0)


def _staff_of_note(staves: list[StaffLines], notation: Notation, i: int, page: int, y: float) -> StaffLines | None:
    """Find the nearest of a page's staves that can be the note's; upper and lower ones alternate."""
    here = [s for s in staves if s.page == page]
    own = [s for k, s in enumerate(here) if k % notation.staves == notation.notes[i].staff]
    return nearest_staff(own, page, y)


def bar_groups(picture: MuseScorePicture) -> list[BarGroup]:
    """Group the lines and dots that stand together on one staff."""
    by_staff: dict[tuple[int, float], list[tuple[float, float, bool]]] = {}
    for page, x, y, width, dot in picture.bars:
        staff = nearest_staff(picture.staves, page, y)
        if staff:
            by_staff.setdefault((page, staff.middle), []).append((x, width, dot))
    groups = []
    for (page, middle), signs in by_staff.items():
        staff = nearest_staff(picture.staves, page, middle)
        signs.sort()
        cuts = [0, *(k + 1 for k, (a, b) in enumerate(pairwise(signs)) if _apart(a, b, staff)), len(signs)]
        for a, b in pairwise(cuts):
            lines = [(x, width) for x, width, dot in signs[a:b] if not dot]
            # The line at a system's left end is no bar line.
            if staff and lines and lines[-1][0] > staff.left + 2 * staff.space:
                groups.append(BarGroup(page, middle, lines, [x for x, _, dot in signs[a:b] if dot]))
    return groups


def _apart(a: tuple[float, float, bool], b: tuple[float, float, bool], staff: StaffLines | None) -> bool:
    return staff is None or b[0] - a[0] > ONE_BAR_LINE * staff.space


def prefixes_of(picture: MuseScorePicture, scales: list[float]) -> list[Sign]:
    """Find clefs and signatures left of everything that sounds on their staff."""
    first: dict[tuple[int, float], float] = {}
    for page, x, y in picture.sounding:
        staff = nearest_staff(picture.staves, page, y)
        if staff:
            first[page, staff.middle] = min(first.get((page, staff.middle), staff.right), x)
    signs = []
    for page, left, right, y in picture.prefixes:
        staff = nearest_staff(picture.staves, page, y)
        if staff and left < first.get((page, staff.middle), staff.right):
            signs.append(Sign(page, right * scales[page], staff.middle * scales[page]))
    return signs
