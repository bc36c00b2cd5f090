"""The child process that opens documents and turns their pages into pixels: the only user of PyMuPDF, with
`annotations/pdf_*.py`.

PyMuPDF is neither thread-safe nor proof against every damaged file, so it never runs in the application itself:
`livefollow.score.rasterizer_process` starts this file as a program of its own (a script started by its path, so that
neither the current folder nor the user's `__main__` is ever imported) and asks it for one thing at a time. Everything
here but the protocol at the top runs in the child, on its only thread.

Protocol: each request is one line of JSON on standard input; each answer is a fixed `ANSWER` struct and, for a
raster, its raw pixels, on what was standard output when the child started (from then on anything the libraries
print goes nowhere). The child's words are never trusted: no pickles, the parent checks each number, and the only text
is that of `names`, which the parent cleans, and the annotations that the player takes over, which are checked like a
file's.
Scripts, links, attachments and forms in a document are never run, followed or opened.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import re
import signal
import struct
import sys
import time
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from livefollow.score.links.words import Character

# magic, status, pages, flags, page width and height in points, raster width, height and channels, payload bytes
ANSWER = struct.Struct("<4siiiddiiiq")
MAGIC = b"LFR1"
# a, b, c, d of the matrix (x' = ax + cy, y' = bx + dy) that shows a picture of EXIF orientation 1 to 8 upright
UPRIGHT = (
    (1, 0, 0, 1),
    (-1, 0, 0, 1),
    (-1, 0, 0, -1),
    (1, 0, 0, -1),
    (0, 1, 1, 0),
    (0, 1, -1, 0),
    (0, -1, -1, 0),
    (0, -1, 1, 0),
)
REPAIRED = 1  # flag: the document was damaged, and repaired while opening
PICTURE = 2  # flag: the page is an image, and its size only as good as the resolution in its file
LOOKING_S = 1.0  # seconds for measuring the sizes of all pages
# A number that stands on a page as text: x0, y0, x1, y1 in points as MuPDF sees them, the number, and 1 where a full
# stop follows; of a metronome mark the beats a minute, and the length of the beat in sixteenths of a quarter note.
# Digits alone come over: of a document's words, only its title and author leave the child.
NUMBER = struct.Struct("<ddddii")
DIRECTION = struct.Struct("<ddddi")  # x0, y0, x1, y1 as above, and a `DirectionKind`
ALL, NONE, REST = "all", "none", "rest"  # which annotations of a PDF are drawn
MOST_NUMBERS = 5000  # of a page
MOST_DIRECTIONS = 200  # of a page
MOST_DIGITS = 4
MOST_NAME_BYTES = 400  # of title and author each


class RequestStatus(IntEnum):
    """The outcome of a request."""

    READY = 0  # the child has started
    OK = 1
    UNREADABLE = 2
    PASSWORD_NEEDED = 3
    PASSWORD_WRONG = 4
    OUT_OF_MEMORY = 5


class Answer(NamedTuple):
    """One answer of the child; fields that a request does not ask for are zero."""

    status: RequestStatus
    pages: int = 0
    flags: int = 0
    width: float = 0.0  # of the page, in points as MuPDF sees them
    height: float = 0.0
    columns: int = 0  # of the raster, in pixels
    rows: int = 0
    channels: int = 0
    pixels: bytes | bytearray | memoryview = b""

    def header(self) -> bytes:
        """The fixed part of the answer, packed."""
        return ANSWER.pack(MAGIC, *self[:-1], len(self.pixels))


Box = tuple[float, float, float, float]  # x0, y0, x1, y1
Found = tuple[float, float, float, float, int, int]  # the fields of NUMBER


class DocumentReader:
    """The open document: PDFs and images, their pages numbered through."""

    def __init__(self) -> None:
        """Load PyMuPDF and silence it."""
        import pymupdf  # noqa: PLC0415  (the parent reads this module for the protocol alone)

        tools: Any = pymupdf.TOOLS
        tools.mupdf_display_errors(False)
        tools.mupdf_display_warnings(False)
        self._take_warnings = tools.mupdf_warnings
        self._mupdf: Any = pymupdf.mupdf
        self._files: list[tuple[str, str, list[int], int]] = []  # path, kind, orientations, pages
        self._password = ""  # that has opened a PDF
        self._kind = ""  # of the file that the page loaded last is in
        self._document: tuple[str, Any] | None = None  # the file open now, by its path
        self._page: tuple[int, Any, Any] | None = None  # number of the page loaded last, page, matrix that turns it
        self._lines: tuple[int, list[list[Character]]] | None = None  # number of a page, and its text
        self._raster: Any = None  # owns the pixels of the last answer
        self._copy: Any = None  # `AnnotatedCopy` that is being made

    def open(self, files: list[tuple[str, str, list[int]]], password: str | None) -> Answer:
        """Open PDFs and images as one document.

        Args:
            files: path, kind (pdf, png, jpeg, tiff or webp), and EXIF orientation of the first pages, 1 for the others.
            password: of encrypted PDFs.
        """
        mupdf = self._mupdf
        self._files = []
        self._page = self._lines = None
        flags = 0
        for path, kind, orientations in files:
            count = 1  # also of a file in a folder that cannot be opened
            if kind == "pdf":
                try:
                    document = self._load(path, kind)
                except MemoryError:
                    raise
                except Exception:  # MuPDF's own
                    if len(files) == 1:
                        raise
                else:
                    if mupdf.fz_needs_password(document):
                        if password is None:
                            return Answer(RequestStatus.PASSWORD_NEEDED)
                        if not mupdf.fz_authenticate_password(document, password):
                            return Answer(RequestStatus.PASSWORD_WRONG)
                        self._password = password
                    count, repaired = self._count_pages(document)
                    flags |= repaired
            elif kind == "tiff":
                with contextlib.suppress(Exception):
                    count = mupdf.fz_count_pages(self._load(path, kind))
            self._files.append((path, kind, orientations, count))
        return Answer(RequestStatus.OK, pages=sum(file[-1] for file in self._files), flags=flags)

    def size(self, number: int) -> Answer:
        """Width and height of a page (from 1)."""
        page, turn = self._load_page(number)
        box = self._mupdf.fz_transform_rect(self._mupdf.fz_bound_page(page), turn)
        flags = PICTURE if self._kind != "pdf" else 0
        return Answer(RequestStatus.OK, flags=flags, width=box.x1 - box.x0, height=box.y1 - box.y0)

    def longest(self, limit: float) -> Answer:
        """Width and height of the page whose longer side is the longest within `limit`, of all PDFs, units.

        Pages that cannot be read are passed over, and those that LOOKING_S is too short for.
        """
        until = time.monotonic() + LOOKING_S
        best = (0.0, 0.0)
        for number in range(1, sum(file[-1] for file in self._files) + 1):
            if time.monotonic() > until:
                break
            with contextlib.suppress(Exception):
                page, _ = self._load_page(number)
                box = self._mupdf.fz_bound_page(page)
                sides = box.x1 - box.x0, box.y1 - box.y0
                if self._kind == "pdf" and max(best) < max(sides) <= limit:
                    best = sides
        return Answer(RequestStatus.OK, width=best[0], height=best[1])

    def raster(self, number: int, scale: float, channels: int, annotations: str) -> Answer:
        """Rasterise a page (from 1) over white paper.

        Args:
            number: of the page.
            scale: px per point.
            channels: 1 for grey, 3 for RGB.
            annotations: ALL of the PDF's own, NONE, or the REST that `read_annotations` does not return.
        """
        mupdf = self._mupdf
        self._raster = None
        page, turn = self._load_page(number)
        to_pixels = mupdf.fz_concat(turn, mupdf.fz_scale(scale, scale))
        box = mupdf.fz_transform_rect(mupdf.fz_bound_page(page), to_pixels)
        to_pixels = mupdf.fz_concat(to_pixels, mupdf.fz_translate(-box.x0, -box.y0))
        colours = mupdf.fz_device_gray() if channels == 1 else mupdf.fz_device_rgb()
        self._take_warnings()
        rasterise = mupdf.fz_new_pixmap_from_page if annotations == ALL else mupdf.fz_new_pixmap_from_page_contents
        self._raster = raster = rasterise(page, to_pixels, colours, 0)
        if annotations == REST and self._kind == "pdf":
            self._draw_rest(page, to_pixels, raster)
        # An image too big to unpack is left out of its page with no more than a warning.
        if "alloc (" in self._take_warnings():
            return Answer(RequestStatus.OUT_OF_MEMORY)
        return Answer(
            RequestStatus.OK,
            columns=raster.w(),
            rows=raster.h(),
            channels=raster.n(),
            pixels=mupdf.fz_pixmap_samples_memoryview(raster),
        )

    def numbers(self, number: int) -> Answer:
        """The numbers printed as text on a page (from 1), one NUMBER after another."""
        return self._found(number, numbers_of)

    def tempi(self, number: int) -> Answer:
        """The metronome marks printed as text on a page (from 1), one NUMBER after another: see `tempi_of`."""
        return self._found(number, tempi_of)

    def _found(self, number: int, find: Callable[[list[tuple[str, Box]]], list[Found]]) -> Answer:
        """What is found in the lines of text of a page, packed."""
        found: list[bytes] = []
        for line in self._text(number):
            found += [NUMBER.pack(*one) for one in find([(c.text, c.box) for c in line])]
        packed = b"".join(found[:MOST_NUMBERS])
        return Answer(RequestStatus.OK, columns=len(packed), rows=1, channels=1, pixels=packed)

    def directions(self, number: int) -> Answer:
        """Where words and signs on a page (from 1) say where to go on, one DIRECTION after another."""
        from livefollow.score.links.words import directions_of  # noqa: PLC0415

        found = [DIRECTION.pack(*box, kind) for line in self._text(number) for kind, box in directions_of(line)]
        packed = b"".join(found[:MOST_DIRECTIONS])
        return Answer(RequestStatus.OK, columns=len(packed), rows=1, channels=1, pixels=packed)

    def _text(self, number: int) -> list[list[Character]]:
        """The lines of text of a page, without what a player has written; boxes from the page's upper left corner."""
        from livefollow.score.links.words import GLYPHS, Character, sign_of  # noqa: PLC0415

        if self._lines and self._lines[0] == number:
            return self._lines[1]
        mupdf = self._mupdf
        page, turn = self._load_page(number)
        box = mupdf.fz_transform_rect(mupdf.fz_bound_page(page), turn)
        glyphs = self._named_glyphs(page) if self._kind == "pdf" else {}
        lines = self._lines_of(page, turn, box, 0)
        codes: dict[Box, int] = {}
        if not set(GLYPHS).isdisjoint(glyphs.values()):  # signs that have no character, but a code in their font
            coded = self._lines_of(page, turn, box, mupdf.FZ_STEXT_USE_CID_FOR_UNKNOWN_UNICODE)
            codes = {place: ord(c) for line in coded for c, place, _ in line}
        found = [
            [Character(c, place, sign_of(codes.get(place, ord(c)), font, glyphs)) for c, place, font in line]
            for line in lines
        ]
        self._lines = number, found
        return found

    def _lines_of(self, page: Any, turn: Any, box: Any, flags: int) -> list[list[tuple[str, Box, str]]]:
        """Characters, boxes and fonts of each line."""
        mupdf = self._mupdf
        text = mupdf.FzStextPage(box)
        device = mupdf.fz_new_stext_device(text, mupdf.FzStextOptions(flags))
        mupdf.fz_run_page_contents(page, device, turn, mupdf.FzCookie())
        mupdf.fz_close_device(device)
        lines = []
        for block in text:
            if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_TEXT:
                for line in block:
                    characters = []
                    for c in line:
                        x0, y0, x1, y1 = corners(c.m_internal.quad)
                        place = x0 - box.x0, y0 - box.y0, x1 - box.x0, y1 - box.y0
                        font = _plain(mupdf.ll_fz_font_name(c.m_internal.font))
                        characters.append((chr(c.m_internal.c), place, font))
                    lines.append(characters)
        return lines

    def _named_glyphs(self, page: Any) -> dict[tuple[str, int], str]:
        """Names of glyphs by font and code, where a PDF's fonts say them: LilyPond's signs have no other."""
        mupdf = self._mupdf
        out: dict[tuple[str, int], str] = {}
        with contextlib.suppress(Exception):  # MuPDF's own, of a PDF that is not as it should be
            resources = mupdf.pdf_page_resources(mupdf.pdf_page_from_fz_page(page))
            fonts = mupdf.pdf_dict_gets(resources, "Font")
            for index in range(mupdf.pdf_dict_len(fonts)):
                font = mupdf.pdf_dict_get_val(fonts, index)
                name = _plain(mupdf.pdf_to_name(mupdf.pdf_dict_gets(font, "BaseFont")))
                said = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(font, "Encoding"), "Differences")
                code = 0
                for k in range(mupdf.pdf_array_len(said)):
                    item = mupdf.pdf_array_get(said, k)
                    if mupdf.pdf_is_int(item):
                        code = mupdf.pdf_to_int(item)
                    else:
                        out[name, code] = mupdf.pdf_to_name(item)
                        code += 1
        return out

    def names(self) -> Answer:
        """Title and author as the first file says them, UTF-8 with a zero byte between; empty of a picture."""
        path, kind, *_ = self._files[0]
        words = ["", ""]
        if kind == "pdf":
            document = self._load(path, kind)
            for k, key in enumerate(("info:Title", "info:Author")):
                with contextlib.suppress(Exception):  # MuPDF's own, where there is none
                    words[k] = str(self._mupdf.fz_lookup_metadata2(document, key))
        packed = b"\0".join(
            word.replace("\0", "").encode(errors="ignore")[:MOST_NAME_BYTES].decode(errors="ignore").encode()
            for word in words
        )
        return Answer(RequestStatus.OK, columns=len(packed), rows=1, channels=1, pixels=packed)

    def read_annotations(self, number: int) -> Answer:
        """The annotations of a page (from 1) that livefollow can take over: a JSON list, in MuPDF's units."""
        from livefollow.score.annotations.pdf_objects import read  # noqa: PLC0415

        page, _ = self._load_page(number)
        found = read(self._mupdf.pdf_page_from_fz_page(page)) if self._kind == "pdf" else []
        said = json.dumps(found).encode()
        return Answer(RequestStatus.OK, columns=len(said), rows=1, channels=1, pixels=said)

    def copy(self, request: dict[str, Any]) -> Answer:
        """Take a step towards a copy with annotations: see `AnnotatedCopy`."""
        from livefollow.score.annotations.pdf_copy import AnnotatedCopy  # noqa: PLC0415

        match request["step"]:
            case "begin":
                self._copy = AnnotatedCopy([file[:2] for file in self._files], self._password)
            case "page":
                at = self._at(request["page"])
                self._copy.page(request, *at, lambda scale: self.raster(request["page"], scale, 3, REST))
            case "end":
                return Answer(RequestStatus.OK, width=float(self._copy.end()))
            case "part":
                part = self._copy.part(request["start"], request["length"])
                return Answer(RequestStatus.OK, columns=len(part), rows=1, channels=1, pixels=part)
        return Answer(RequestStatus.OK)

    def _draw_rest(self, page: Any, to_pixels: Any, raster: Any) -> None:
        """Draw those annotations of a PDF's page that `read_annotations` does not return, and its form fields."""
        from livefollow.score.annotations.pdf_objects import annotations_of, is_readable  # noqa: PLC0415

        mupdf = self._mupdf
        device = mupdf.fz_new_draw_device(to_pixels, raster)
        for annotation in annotations_of(mupdf.pdf_page_from_fz_page(page)):
            if not is_readable(annotation):
                mupdf.pdf_run_annot(annotation, device, mupdf.FzMatrix(), mupdf.FzCookie())
        mupdf.fz_run_page_widgets(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
        mupdf.fz_close_device(device)

    def _count_pages(self, document: Any) -> tuple[int, int]:
        """Count the pages of a PDF, with flags; one without any is repaired first, as MuPDF does with worse ones."""
        mupdf = self._mupdf
        pdf = mupdf.pdf_document_from_fz_document(document)
        count = mupdf.fz_count_pages(document)
        if count < 1 and not mupdf.pdf_was_repaired(pdf):
            with contextlib.suppress(Exception):
                mupdf.pdf_repair_xref(pdf)
                count = mupdf.fz_count_pages(document)
        return count, REPAIRED if mupdf.pdf_was_repaired(pdf) else 0

    def _load(self, path: str, kind: str) -> Any:
        if self._document is None or self._document[0] != path:
            self._document = self._page = None  # the old one's memory goes first
            mupdf = self._mupdf
            # Read whole, so that a file that is overwritten while it is open stays as it was.
            data = Path(path).read_bytes()
            if kind == "webp":  # which MuPDF does not read
                data, kind = as_pnm(data), "pnm"
            stream = mupdf.fz_open_buffer(mupdf.fz_new_buffer_from_copied_data(data))
            if kind == "pdf":
                # This way in, no content can make MuPDF take the file for one of its other formats.
                document = mupdf.pdf_open_document_with_stream(stream).super()
                if self._password and mupdf.fz_needs_password(document):
                    mupdf.fz_authenticate_password(document, self._password)
            else:
                document = mupdf.fz_open_document_with_stream(kind, stream)
            self._document = path, document
        return self._document[1]

    def _load_page(self, number: int) -> tuple[Any, Any]:
        """Load a page, and the matrix that turns it upright."""
        if self._page is None or self._page[0] != number:
            self._page = None
            file, index = self._at(number)
            path, kind, orientations, _ = self._files[file]
            page = self._mupdf.fz_load_page(self._load(path, kind), index)
            orientation = orientations[index] if index < len(orientations) else 1
            self._kind = kind
            self._page = number, page, self._mupdf.fz_make_matrix(*UPRIGHT[orientation - 1], 0, 0)
        return self._page[1:]

    def _at(self, number: int) -> tuple[int, int]:
        """The file that a page (from 1) is in, and its place there, both from 0."""
        index = number - 1
        for file, (_, _, _, count) in enumerate(self._files):
            if index < count:
                return file, index
            index -= count
        raise IndexError(number)


def as_pnm(data: bytes) -> bytes:
    """Convert a WebP picture to PNM, which MuPDF reads; transparent pixels become white.

    Raises:
        ValueError: it cannot be decoded.
    """
    import cv2  # noqa: PLC0415  (only where there is such a picture)
    import numpy as np  # noqa: PLC0415

    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)  # its orientation is left to us
    if picture is None:
        raise ValueError("no WebP picture")
    if picture.ndim == 3 and picture.shape[2] == 4:
        clear = 255 - picture[:, :, 3:]
        picture = cv2.add(
            cv2.multiply(picture[:, :, :3], 255 - np.repeat(clear, 3, 2), scale=1 / 255), cv2.merge([clear] * 3)
        )
    grey = picture.ndim == 2
    rows, columns = picture.shape[:2]
    pixels = picture if grey else cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    return b"%s %d %d 255\n" % (b"P5" if grey else b"P6", columns, rows) + pixels.tobytes()


def corners(quad: Any) -> Box:
    """The axis-parallel box around a character."""
    points = (quad.ul, quad.ur, quad.ll, quad.lr)
    x, y = [point.x for point in points], [point.y for point in points]
    return min(x), min(y), max(x), max(y)


def _plain(font: str) -> str:
    """The name of a font without the six letters that mark a subset."""
    return font.partition("+")[2] or font


def numbers_of(characters: list[tuple[str, Box]]) -> list[Found]:
    """Find the numbers of a line: words of digits, perhaps with a full stop; box, number, and 1 with the stop.

    Args:
        characters: in order, each with its box; a word ends where there is a space, or room for one.
    """
    words: list[list[tuple[str, Box]]] = [[]]
    for character, box in characters:
        before = words[-1][-1][1] if words[-1] else None
        if character.isspace() or (before and box[0] - before[2] > (box[3] - box[1]) / 2):
            words.append([])
        if not character.isspace():
            words[-1].append((character, box))
    out = []
    for word in words:
        letters = "".join(character for character, _ in word)
        digits = letters.removesuffix(".")
        if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS:
            x0, y0, x1, y1 = zip(*(box for _, box in word), strict=True)
            out.append((min(x0), min(y0), max(x1), max(y1), int(digits), int(letters != digits)))
    return out


# Notes of metronome marks, in sixteenths of a quarter note: as Unicode and SMuFL have them.
BEATS = {
    **dict.fromkeys("\u2669\U0001d15f\ueca5\ue1d5", 16),
    **dict.fromkeys("\u266a\U0001d160\ueca7\ue1d7", 8),
    **dict.fromkeys("\U0001d15e\ueca3\ue1d3", 32),
    **dict.fromkeys("\U0001d161\ueca9\ue1d9", 4),
}
LETTERS = {"q": 16, "h": 32, "e": 8}  # the same keys in older music fonts
DOTS = ".\u00b7\uecb7\ue1e7\U0001d16d"
MARK = re.compile(r"(\S*)\s*=\s*(?:ca?\.?|circa)?\s*(\d{2,3})(?!\d)")
SLOWEST_MARK, FASTEST_MARK = 20, 320


def tempi_of(characters: list[tuple[str, Box]]) -> list[Found]:
    """Find the metronome marks of a line: box, beats a minute, and the beat in sixteenths of a quarter note.

    A single sign of a font that does not name its signs (LilyPond's) counts as a quarter note; several are not known.

    Args:
        characters: in order, each with its box.
    """
    out = []
    for mark in MARK.finditer("".join(character for character, _ in characters)):
        beat, speed = _beat_of(mark[1].lstrip("([")), int(mark[2])
        if beat and SLOWEST_MARK <= speed <= FASTEST_MARK:
            x0, y0, x1, y1 = zip(*(box for _, box in characters[mark.start() : mark.end()]), strict=True)
            out.append((min(x0), min(y0), max(x1), max(y1), speed, beat))
    return out


def _beat_of(sign: str) -> int:
    """The beat that a sign before `=` stands for, in sixteenths of a quarter note; 0 where that is unknown."""
    note = sign.rstrip(DOTS)
    dotted = len(note) < len(sign)
    if len(note) > 1 or (not note and dotted):
        return 0
    unnamed = 0 if note.isascii() and note.isprintable() and note else 16
    return BEATS.get(note, LETTERS.get(note, unnamed)) * (3 if dotted else 2) // 2


def answer(reader: DocumentReader, request: dict[str, Any]) -> Answer:
    """Answer a request; a failure that is reported is an answer too."""
    try:
        match request["do"]:
            case "annotations":
                said = reader.read_annotations(request["page"])
            case "copy":
                said = reader.copy(request)
            case "open":
                said = reader.open(request["files"], request["password"])
            case "size":
                said = reader.size(request["page"])
            case "longest":
                said = reader.longest(request["limit"])
            case "numbers":
                said = reader.numbers(request["page"])
            case "tempi":
                said = reader.tempi(request["page"])
            case "directions":
                said = reader.directions(request["page"])
            case "names":
                said = reader.names()
            case _:
                said = reader.raster(
                    request["page"], request["scale"], request["channels"], request.get("annotations", ALL)
                )
        return said
    except MemoryError:
        return Answer(RequestStatus.OUT_OF_MEMORY)
    except Exception as error:  # MuPDF's own exceptions share no narrower base
        return Answer(RequestStatus.OUT_OF_MEMORY if "alloc (" in str(error) else RequestStatus.UNREADABLE)


def limit_memory(limit: int) -> None:
    """Cap this process's address space, in bytes, where the system can; no core dumps, no files written."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def main(arguments: list[str]) -> None:
    """Answer requests until standard input ends, which it does when the parent goes.

    Args:
        arguments: memory limit in bytes; seconds a request may take before the child ends itself. The parent kills
            it sooner: this is for a child at work on a hopeless page whose parent has gone.
    """
    memory, seconds = int(arguments[0]), float(arguments[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    # Not sys.stdin and sys.stdout: a frozen application without a console has none.
    requests, out = os.fdopen(0, "rb", closefd=False), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    complaints = os.fdopen(nowhere, "w")
    limit_memory(memory)
    reader = DocumentReader()

    def send(reply: Answer) -> None:
        out.write(reply.header())
        out.write(reply.pixels)
        out.flush()

    with contextlib.suppress(BrokenPipeError):
        send(Answer(RequestStatus.READY))
        for line in requests:
            faulthandler.dump_traceback_later(seconds, exit=True, file=complaints)
            reply = answer(reader, json.loads(line))
            faulthandler.cancel_dump_traceback_later()
            send(reply)


if __name__ == "__main__":
    main(sys.argv[1:])
