"""Engrave with Verovio: a `Notation` as MusicXML in, a PDF and the places of its noteheads out."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import verovio  # type: ignore[import-not-found, import-untyped, unused-ignore]

from livefollow.train.data.engraving.alignment import Engraving, Sign
from livefollow.train.data.engraving.lilypond_compiler import EngravingError
from livefollow.train.data.engraving.svg import PX_TO_PT, BarGroup, StaffLines, finished, head_of, signs_of, write_pdf
from livefollow.train.data.notation.musicxml import write_musicxml
from livefollow.train.data.notation.notation import Notation

FONTS = ("Bravura", "Gootville", "Leipzig", "Leland", "Petaluma")
PAPERS_PT = ((595, 842), (612, 792), (709, 1001))  # A4, letter, B4
UNIT = 9  # Verovio's, half a staff space
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
TRANSLATE = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")
SCALE = re.compile(r"scale\((-?[\d.]+)")
LINE = re.compile(r"M(-?[\d.]+) (-?[\d.]+) L(-?[\d.]+) (-?[\d.]+)")
# MuPDF knows these namespaces by their usual prefixes only.
ET.register_namespace("", SVG.strip("{}"))
ET.register_namespace("xlink", HREF[1:].partition("}")[0])
DASHES = re.compile(r"^M(-?[\d.]+) (-?[\d.]+) L(-?[\d.]+) (-?[\d.]+)$")
PREFIX_CLASSES = ("clef", "keySig", "meterSig")
LAYOUT_OF_LINES = 1  # of a look's random streams: drawn apart, so that what else is drawn stays the same
SILENT = 0.4  # share of looks in which an octave line goes on at the next system without its 8


@dataclass
class _VerovioPicture:
    """Signs of all pages, in Verovio's units."""

    heads: list[tuple[int, int, float, float, float]] = field(default_factory=list)  # note, page, x, y, staff's middle
    staves: list[StaffLines] = field(default_factory=list)
    bars: list[BarGroup] = field(default_factory=list)
    prefixes: list[tuple[int, float, float]] = field(default_factory=list)  # page, right edge, staff's middle


def engrave_verovio(notation: Notation, pdf: Path, font: str, seed: int) -> Engraving:
    """Engrave a piece in a layout drawn from a seed.

    Args:
        notation: the piece.
        pdf: file to write.
        font: one of FONTS.
        seed: of page, staff size, spacing and line weights.

    Raises:
        EngravingError: Verovio does not take it, or leaves out notes.
        NotationError: it cannot be written as MusicXML.
    """
    toolkit = verovio.toolkit()
    verovio.enableLog(verovio.LOG_OFF)
    toolkit.setOptions(layout(font, seed))
    if not toolkit.loadData(write_musicxml(notation)):
        raise EngravingError("Verovio cannot read the piece")
    picture = _VerovioPicture()
    silent = np.random.default_rng([seed, LAYOUT_OF_LINES]).random() < SILENT
    svgs, scales = [], []
    for page in range(toolkit.getPageCount()):
        root = ET.fromstring(toolkit.renderToSVG(page + 1))
        inner = next(e for e in root.iter(f"{SVG}svg") if e.get("class") == "definition-scale")
        draw_octave_lines(inner, silent=silent)
        _read_page(inner, page, font, picture)
        scales.append(_flatten(root, inner))
        svgs.append(ET.tostring(root, encoding="unicode"))
    if not picture.heads:
        raise EngravingError("Verovio drew no notes")
    write_pdf(svgs, pdf)
    heads = [head_of(notation, i, p, x * scales[p], y * scales[p], m * scales[p]) for i, p, x, y, m in picture.heads]
    if len(heads) < len(notation.notes):
        missing = len(notation.notes) - len(heads)
        if missing > 0.02 * len(notation.notes):
            raise EngravingError(f"Verovio left out {missing} of {len(notation.notes)} notes")
    prefixes = [Sign(p, x * scales[p], middle * scales[p]) for p, x, middle in picture.prefixes]
    return finished(pdf, heads, signs_of(picture.bars, picture.staves, scales), prefixes)


def _flatten(root: ET.Element, inner: ET.Element) -> float:
    """Flatten Verovio's nested pictures and inline its style sheet, neither of which MuPDF reads.

    Returns:
        Points per unit.
    """
    left, top, width, height = (inner.get("viewBox") or "0 0 1 1").split()
    scale = PX_TO_PT * float((root.get("width") or "1").removesuffix("px")) / float(width)
    root.set("viewBox", f"{left} {top} {width} {height}")
    root.set("width", f"{float(width) * scale:.4f}")
    root.set("height", f"{float(height) * scale:.4f}")
    inner.tag = f"{SVG}g"
    for element in inner.iter():
        if "placeholder" in (element.get("class") or ""):
            element.clear()
        if element.get("stroke-width"):
            element.set("stroke", "black")
    return scale


def draw_octave_lines(svg: ET.Element, *, silent: bool) -> None:
    """Draw dashes one by one, because MuPDF draws them as one line; `silent` lines have no text where they go on."""
    for group in svg.iter(f"{SVG}g"):
        classes = (group.get("class") or "").split()
        if "octave" not in classes:
            continue
        if silent and "spanning" in classes:
            for text in group.findall(f"{SVG}use"):
                group.remove(text)
        for path in group.iter(f"{SVG}path"):
            dashes, ends = path.attrib.pop("stroke-dasharray", None), DASHES.match(path.get("d") or "")
            if dashes and ends:
                on, off = (float(n) for n in re.split(r"[ ,]+", dashes.strip())[:2])
                x0, y0, x1, _ = (float(n) for n in ends.groups())
                starts = np.arange(x0, x1, on + off)
                path.set("d", " ".join(f"M{x:.0f} {y0:.0f} L{min(x + on, x1):.0f} {y0:.0f}" for x in starts))


def layout(font: str, seed: int) -> dict[str, object]:
    """Draw Verovio's options of a look."""
    random = np.random.default_rng(seed)
    staff_pt = float(random.uniform(12.5, 21))  # height of a staff
    scale = staff_pt / (8 * UNIT * PX_TO_PT) * 100
    width, height = PAPERS_PT[int(random.choice(3, p=[0.6, 0.25, 0.15]))]
    to_units = 100 / (scale * PX_TO_PT)
    margin = random.uniform(20, 60, 4)
    lines = np.random.default_rng([seed, LAYOUT_OF_LINES + 1])
    return {
        "font": font,
        "scale": scale,
        "unit": UNIT,
        "pageWidth": round(width * to_units),
        "pageHeight": round(height * to_units),
        **{
            f"pageMargin{side}": round(float(m) * to_units)
            for side, m in zip(("Left", "Right", "Top", "Bottom"), margin, strict=True)
        },
        "breaks": "auto",
        "footer": "none",
        "header": "auto" if random.random() < 0.5 else "none",
        "justifyVertically": bool(random.random() < 0.4),
        "spacingLinear": float(random.uniform(0.2, 0.35)),
        "spacingNonLinear": float(random.uniform(0.5, 0.68)),
        "spacingStaff": int(random.integers(8, 14)),
        "spacingSystem": int(random.integers(4, 14)),
        "staffLineWidth": float(random.uniform(0.1, 0.25)),
        "barLineWidth": float(random.uniform(0.2, 0.45)),
        "stemWidth": float(random.uniform(0.12, 0.3)),
        "minLastJustification": 0.5,
        "octaveLineThickness": float(lines.uniform(0.1, 0.3)),
        "octaveAlternativeSymbols": bool(lines.random() < 0.5),
        "octaveNoSpanningParentheses": bool(lines.random() < 0.5),
    }


def _read_page(svg: ET.Element, page: int, font: str, picture: _VerovioPicture) -> None:
    for margin in svg.iter(f"{SVG}g"):
        if margin.get("class") == "page-margin":
            dx, dy = _shift(margin)
            for system in _of_class(margin, "system"):
                _read_system(system, page, dx, dy, font, picture)


def _read_system(system: ET.Element, page: int, dx: float, dy: float, font: str, picture: _VerovioPicture) -> None:
    for number, measure in enumerate(_of_class(system, "measure")):
        middle = 0.0
        for staff in _of_class(measure, "staff"):
            lines = [m for path in staff.findall(f"{SVG}path") if (m := LINE.search(path.get("d") or ""))][:5]
            if len(lines) < 5:
                continue
            y = [float(m[2]) + dy for m in lines]
            middle = y[2]
            left, right = float(lines[0][1]) + dx, float(lines[0][3]) + dx
            picture.staves.append(StaffLines(page, left, right, middle, (y[4] - y[0]) / 4))
            first = right
            for note in (*_of_class(staff, "note"), *_of_class(staff, "rest")):
                for use in _uses(note, "notehead" if note.get("class") == "note" else ""):
                    x, head_y = _place(use, font, 0.5)
                    first = min(first, x + dx)
                    name = note.get("id") or ""
                    if note.get("class") == "note" and re.fullmatch(r"n\d+", name):
                        picture.heads.append((int(name[1:]), page, x + dx, head_y + dy, middle))
                        break
            if number == 0:
                ends = [
                    _place(use, font, 1.0)[0] + dx
                    for kind in PREFIX_CLASSES
                    for sign in _of_class(staff, kind)
                    for use in sign.iter(f"{SVG}use")
                ]
                picture.prefixes += [(page, x, middle) for x in ends if x < first]
        for bar in _of_class(measure, "barLine"):
            strokes = [
                (float(m[1]) + dx, float(path.get("stroke-width") or 1))
                for path in bar.findall(f"{SVG}path")
                if (m := LINE.search(path.get("d") or "")) and m[1] == m[3]
            ]
            dots = [_place(use, font, 0.5)[0] + dx for use in bar.iter(f"{SVG}use")]
            picture.bars.append(BarGroup(page, middle, strokes, dots))


def _of_class(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (g for g in element.iter(f"{SVG}g") if g.get("class") == name)


def _uses(note: ET.Element, inside: str) -> Iterator[ET.Element]:
    for group in _of_class(note, inside) if inside else [note]:
        yield from group.iter(f"{SVG}use")


def _shift(element: ET.Element) -> tuple[float, float]:
    match = TRANSLATE.search(element.get("transform") or "")
    return (float(match[1]), float(match[2])) if match else (0.0, 0.0)


def _place(use: ET.Element, font: str, across: float) -> tuple[float, float]:
    """Place of a glyph: x at the share `across` of its width, and y of its origin."""
    x, y = _shift(use)
    size = SCALE.search(use.get("transform") or "")
    left, width = glyphs(font).get((use.get(HREF) or "")[1:5], (0.0, 0.0))
    return x + (left + across * width) * (float(size[1]) if size else 1.0), y


@functools.cache
def glyphs(font: str) -> dict[str, tuple[float, float]]:
    """Map code points of a font to left edge and width of their glyphs, in the units of the picture's outlines."""
    boxes = ET.parse(Path(str(verovio.__file__)).parent / "data" / f"{font}.xml").getroot()
    # Outlines are drawn 1000 units to the em whatever the font's own number.
    to_picture = 1000 / float(boxes.get("units-per-em") or 1000)
    return {
        g.get("c") or "": (float(g.get("x") or 0) * to_picture, float(g.get("w") or 0) * to_picture)
        for g in boxes.iter("g")
    }
