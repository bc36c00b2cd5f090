"""Annotations as objects of a PDF: written so that other readers can edit them, and read. In the child process only.

Pencil and highlighter are Ink, texts FreeText, stamps Stamp annotations; a reader's Highlight is read as ink, too.
Strokes and stamps have an appearance of their own, so that they look everywhere as in the window: strokes with their
pressure, the highlighter multiplied with the page. Coordinates are those in which MuPDF shows the page, in its units.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pymupdf

from livefollow.score.annotations.geometry import Spot, along, box_of, outline, stamp_lines
from livefollow.score.annotations.kinds import Annotation, Ink, Point, Stamp, StampKind, Text, decode, encode

_mupdf: Any = pymupdf.mupdf
STAMP_NAME, TURNED = "Livefollow", "LivefollowTurned"  # before a stamp's kind, in its icon name; key of a stamp
OPACITY = 0.5  # of the highlighter, for readers that draw it anew
TRANSLUCENT = 0.9  # opacity below which ink is a highlighter's
MULTIPLY = "/Multiply gs"  # operator
FONT = "Helv"
PAD_PT = 1.0  # around a text, so that no reader breaks its line
MOST_READ = 2_000  # annotations of a page
BLACK, YELLOW = "#000000", "#ffe14d"  # of what does not say its colour
SIZE_PT = 12.0  # of texts that do not say theirs
LINE = 1.2  # height of a line, of the font's size
LETTER = 0.55  # mean width of a letter, of the font's size
FONT_SIZE = re.compile(r"([0-9.]+)\s+Tf\b")
FONT_COLOUR = re.compile(r"((?:[0-9.]+\s+)+)(?:rg|g|k)\b")
# a, b, c, d that turn what stood upright on a page turned by quarters
TURNS = ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))


def write(page: Any, annotation: Annotation) -> None:
    """Add an annotation, whose coordinates are in MuPDF's units, to a PdfPage."""
    match annotation:
        case Ink():
            _write_ink(page, annotation)
        case Text():
            _write_text(page, annotation)
        case Stamp():
            _write_stamp(page, annotation)


def remove(page: Any) -> None:
    """Remove those annotations of a PdfPage that `read` returns."""
    for annot in annotations_of(page):
        if is_readable(annot):
            _mupdf.pdf_delete_annot(page, annot)


def is_readable(annot: Any) -> bool:
    """Whether `read` returns something for a PdfAnnot."""
    return bool(_read(annot))


def read(page: Any) -> list[dict[str, Any]]:
    """Return the annotations of a PdfPage that livefollow can take over, as JSON objects in MuPDF's units."""
    return [encode(one) for annot in annotations_of(page)[:MOST_READ] for one in _read(annot)]


def annotations_of(page: Any) -> list[Any]:
    """Return the PdfAnnots of a PdfPage."""
    out = []
    annot = _mupdf.pdf_first_annot(page)
    while annot.m_internal:
        out.append(annot)
        annot = _mupdf.pdf_next_annot(annot)
    return out


# --- writing ---


def _write_ink(page: Any, ink: Ink) -> None:
    annot = _mupdf.pdf_create_annot(page, _mupdf.PDF_ANNOT_INK)
    _mupdf.pdf_add_annot_ink_list_stroke(annot)
    for x, y, _ in ink.points:
        _mupdf.pdf_add_annot_ink_list_stroke_vertex(annot, _mupdf.FzPoint(x, y))
    _mupdf.pdf_set_annot_border_width(annot, sum(width for _, _, width in ink.points) / len(ink.points))
    if ink.highlighter:
        _mupdf.pdf_set_annot_opacity(annot, OPACITY)
    shapes = " ".join(_path(polygon, close=True) for polygon in outline(ink.points))
    blend = f"{MULTIPLY} " if ink.highlighter else ""
    _finish(page, annot, ink.colour, box_of(ink), f"{blend}{_operands(ink.colour)} rg {shapes} f")


def _write_stamp(page: Any, stamp: Stamp) -> None:
    annot = _mupdf.pdf_create_annot(page, _mupdf.PDF_ANNOT_STAMP)
    _mupdf.pdf_set_annot_icon_name(annot, STAMP_NAME + stamp.kind.value.capitalize())
    _mupdf.pdf_dict_put_int(_mupdf.pdf_annot_obj(annot), _name(TURNED), _in_pdf(page, stamp.turned))
    lines, width = stamp_lines(stamp.kind, stamp.height)
    place = " ".join(f"{value:.2f}" for value in (*TURNS[stamp.turned], stamp.x, stamp.y))
    strokes = " ".join(_path(line, close=False) + " S" for line in lines)
    contents = f"q {place} cm 1 J 1 j {width:.2f} w {_operands(stamp.colour)} RG {strokes} Q"
    _finish(page, annot, stamp.colour, box_of(stamp), contents)


def _write_text(page: Any, text: Text) -> None:
    annot = _mupdf.pdf_create_annot(page, _mupdf.PDF_ANNOT_FREE_TEXT)
    # No narrower than this font needs: a line that does not fit would be broken.
    width = max(text.width, pymupdf.get_text_length(text.text, FONT.lower(), text.size))
    left, top, right, bottom = box_of(replace(text, width=width))
    box = _mupdf.FzRect(left - PAD_PT, top - PAD_PT, right + PAD_PT, bottom + PAD_PT)
    _mupdf.pdf_set_annot_rect(annot, box)
    _mupdf.pdf_set_annot_border_width(annot, 0)
    _mupdf.pdf_set_annot_contents(annot, text.text)
    obj = _mupdf.pdf_annot_obj(annot)
    _mupdf.pdf_dict_put_text_string(obj, _name("DA"), f"/{FONT} {text.size:.2f} Tf {_operands(text.colour)} rg")
    _mupdf.pdf_dict_put_int(obj, _name("Rotate"), 90 * _in_pdf(page, text.turned))
    _mupdf.pdf_update_annot(annot)


def _finish(page: Any, annot: Any, colour: str, box: Sequence[float], contents: str) -> None:
    """Give an annotation its colour, place and appearance.

    Args:
        page: PdfPage.
        annot: PdfAnnot.
        colour: #rrggbb.
        box: left, top, right, bottom of what is drawn.
        contents: operators that draw it.
    """
    _mupdf.pdf_set_annot_color(annot, [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    _mupdf.pdf_update_annot(annot)
    resources, states, multiply = (_mupdf.pdf_new_dict(page.doc(), 1) for _ in range(3))
    if MULTIPLY in contents:  # a page that may be blended is drawn in another way, even without its annotations
        _mupdf.pdf_dict_put(multiply, _name("BM"), _name("Multiply"))
        _mupdf.pdf_dict_put(states, _name("Multiply"), multiply)
        _mupdf.pdf_dict_put(resources, _name("ExtGState"), states)
    to_pdf, rect = _mupdf.fz_invert_matrix(_shown(page)), _mupdf.FzRect(*box)
    buffer = _mupdf.fz_new_buffer_from_copied_data(contents.encode())
    _mupdf.pdf_set_annot_appearance(annot, "N", None, to_pdf, rect, resources, buffer)
    # Readers fit the appearance into the rectangle, to which MuPDF has given the margin of an appearance of its own.
    obj = _mupdf.pdf_annot_obj(annot)
    _mupdf.pdf_dict_put_rect(obj, _name("Rect"), _mupdf.fz_transform_rect(rect, to_pdf))
    _mupdf.pdf_dict_del(obj, _name("RD"))


def _path(spots: Sequence[Spot], *, close: bool) -> str:
    moves = [f"{x:.2f} {y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(spots)]
    return " ".join([*moves, "h"] if close else moves)


def _operands(colour: str) -> str:
    return " ".join(f"{int(colour[k : k + 2], 16) / 255:.3f}" for k in (1, 3, 5))


# --- reading ---


def _read(annot: Any) -> list[Annotation]:
    """Return what an annotation says in livefollow's terms; nothing of kinds that it does not have."""
    readers = {
        _mupdf.PDF_ANNOT_INK: _read_ink,
        _mupdf.PDF_ANNOT_HIGHLIGHT: _read_highlight,
        _mupdf.PDF_ANNOT_FREE_TEXT: _read_text,
        _mupdf.PDF_ANNOT_STAMP: _read_stamp,
    }
    try:
        reader = readers.get(_mupdf.pdf_annot_type(annot))
        if reader is None or _mupdf.pdf_annot_flags(annot) & _mupdf.PDF_ANNOT_IS_HIDDEN:
            return []
        return [decode(encode(one)) for one in reader(annot)]  # only what the file of a score may hold
    except MemoryError:
        raise
    except Exception:  # a damaged one stays as it is; MuPDF's exceptions share no narrower base
        return []


def _read_ink(annot: Any) -> list[Annotation]:
    width = _mupdf.pdf_annot_border_width(annot) or 1.0
    highlighter = _mupdf.pdf_annot_opacity(annot) < TRANSLUCENT
    colour = _colour(_values(annot, "C")) or BLACK
    strokes = []
    for i in range(_mupdf.pdf_annot_ink_list_count(annot)):
        spots = [
            _mupdf.pdf_annot_ink_list_stroke_vertex(annot, i, k)
            for k in range(_mupdf.pdf_annot_ink_list_stroke_count(annot, i))
        ]
        strokes.append(Ink(tuple((at.x, at.y, width) for at in spots), colour, highlighter))
    return [stroke for stroke in strokes if stroke.points]


def _read_highlight(annot: Any) -> list[Annotation]:
    """A stroke along the middle of each marked stretch, as wide as it is high."""
    colour, out = _colour(_values(annot, "C")) or YELLOW, []
    for i in range(_mupdf.pdf_annot_quad_point_count(annot)):
        quad = _mupdf.pdf_annot_quad_point(annot, i)
        left, right = _middle(quad.ul, quad.ll), _middle(quad.ur, quad.lr)
        width = math.hypot(quad.ll.x - quad.ul.x, quad.ll.y - quad.ul.y)
        points: tuple[Point, ...] = ((*left, width), (*right, width))
        out.append(Ink(points, colour, highlighter=True))
    return list(out)


def _read_text(annot: Any) -> list[Annotation]:
    obj = _mupdf.pdf_annot_obj(annot)
    said = _mupdf.pdf_dict_get_text_string(obj, _name("DA")) or ""
    size = next((float(found) for found in FONT_SIZE.findall(said) if float(found) > 0), SIZE_PT)
    operands = FONT_COLOUR.findall(said)
    colour = _colour([float(value) for value in operands[-1].split()]) if operands else BLACK
    turned = _as_shown(annot, _mupdf.pdf_dict_get_int(obj, _name("Rotate")) // 90)
    box = _mupdf.pdf_annot_rect(annot)
    middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    along_line = (box.x1 - box.x0) if turned % 2 == 0 else (box.y1 - box.y0)
    across = (box.y1 - box.y0) if turned % 2 == 0 else (box.x1 - box.x0)
    lines = [line for line in _mupdf.pdf_annot_contents(annot).splitlines() if line.strip()]
    out = []
    for i, line in enumerate(lines):
        # The first line is at the top of its box.
        down = -across / 2 + PAD_PT + (i + 0.5) * size * LINE if len(lines) > 1 else 0.0
        u, v = along(-along_line / 2 + PAD_PT, down, turned)
        width = min(along_line - 2 * PAD_PT, LETTER * size * len(line))
        out.append(Text(middle[0] + u, middle[1] + v, line, size, max(0.0, width), colour or BLACK, turned))
    return list(out)


def _read_stamp(annot: Any) -> list[Annotation]:
    """Only stamps of livefollow's: what others look like stands in their appearance alone."""
    name = _mupdf.pdf_annot_icon_name(annot)
    if not name.startswith(STAMP_NAME):
        return []
    kind = StampKind(name.removeprefix(STAMP_NAME).lower())
    turned = _as_shown(annot, _mupdf.pdf_dict_get_int(_mupdf.pdf_annot_obj(annot), _name(TURNED)))
    rect = _mupdf.pdf_bound_annot(annot)
    tall = rect.y1 - rect.y0 if turned % 2 == 0 else rect.x1 - rect.x0
    unit = box_of(Stamp(kind, 0, 0, tall, BLACK))  # a stamp is higher than its height by the width of its lines
    height = tall * tall / (unit[3] - unit[1])
    x0, y0, x1, y1 = box_of(Stamp(kind, 0, 0, height, BLACK, turned))
    x, y = (rect.x0 + rect.x1 - x0 - x1) / 2, (rect.y0 + rect.y1 - y0 - y1) / 2
    return [Stamp(kind, x, y, height, _colour(_values(annot, "C")) or BLACK, turned)]


def _values(annot: Any, key: str) -> list[float]:
    array = _mupdf.pdf_dict_get(_mupdf.pdf_annot_obj(annot), _name(key))
    return [_mupdf.pdf_array_get_real(array, i) for i in range(_mupdf.pdf_array_len(array))]


def _colour(values: Sequence[float]) -> str:
    """Return #rrggbb of a grey, RGB or CMYK colour; empty for none."""
    match [min(1.0, max(0.0, value)) for value in values]:
        case [grey]:
            shares = [grey] * 3
        case [_, _, _] as rgb:
            shares = rgb
        case [*cmy, key] if len(cmy) == 3:
            shares = [(1 - ink) * (1 - key) for ink in cmy]
        case _:
            return ""
    return "#" + "".join(f"{round(255 * share):02x}" for share in shares)


def _middle(a: Any, b: Any) -> Spot:
    return (a.x + b.x) / 2, (a.y + b.y) / 2


# --- the page ---


def _shown(page: Any) -> Any:
    """Return the matrix from the PDF's coordinates to those in which the page is shown."""
    box, matrix = _mupdf.FzRect(), _mupdf.FzMatrix()
    _mupdf.pdf_page_transform(page, box, matrix)
    return matrix


def _rotation(page: Any) -> int:
    """Return the quarters clockwise by which a PDF says that its page stands."""
    return int(_mupdf.pdf_to_int(_mupdf.pdf_dict_get_inheritable(page.obj(), _name("Rotate")))) // 90


def _in_pdf(page: Any, turned: int) -> int:
    """Return quarters counted from the page as its PDF shows it as counted from the PDF's coordinates."""
    return (_rotation(page) + turned) % 4


def _as_shown(annot: Any, quarters: int) -> int:
    """Inverse of `_in_pdf`."""
    return (quarters - _rotation(_mupdf.pdf_annot_page(annot))) % 4


def _name(text: str) -> Any:
    return _mupdf.pdf_new_name(text)
