"""A copy of a score as a PDF with annotations, made in memory. In the child process only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pymupdf

from livefollow.score.annotations.geometry import scaled
from livefollow.score.annotations.kinds import decode
from livefollow.score.annotations.pdf_objects import remove, write

_mupdf: Any = pymupdf.mupdf
PICTURE_DPI = 300.0
JPEG_QUALITY = 92


class AnnotatedCopy:
    """A copy that grows page by page.

    A single PDF is copied as it is, with the annotations appended to it. Pictures and folders become a new PDF, on
    whose pages pictures stand upright.
    """

    def __init__(self, files: Sequence[tuple[str, str]], password: str) -> None:
        """Begin a copy.

        Args:
            files: path and kind of each.
            password: of encrypted PDFs; a copy of a single one keeps it.
        """
        self._password = password
        self._single = len(files) == 1 and files[0][1] == "pdf"
        self._sources = [self._open(path) if kind == "pdf" else None for path, kind in files]
        self._copy: Any = self._sources[0] if self._single else pymupdf.open()
        self._data = b""

    def page(self, request: dict[str, Any], file: int, index: int, raster: Callable[[float], Any]) -> None:
        """Add a page with its annotations; pages come in order.

        Args:
            request: `page`, from 1; `size` in points; `unit`, points per unit of MuPDF's; `annotations` as JSON
                objects; `imported`, whether those of the PDF are among them; `turned`, quarters clockwise by which the
                page stands turned.
            file: that the page is in, from 0.
            index: of the page there, from 0.
            raster: makes the page's RGB picture at so many px per unit.
        """
        unit = float(request["unit"])
        source = self._sources[file]
        if not self._single:
            if source:
                self._copy.insert_pdf(source, from_page=index, to_page=index)
            else:
                self._add_picture(request["size"], raster(PICTURE_DPI / 72 * unit))
                unit = 1.0
        number = request["page"] - 1
        page = _mupdf.pdf_load_page(_mupdf.pdf_document_from_fz_document(self._copy.this), number)
        if request["imported"]:
            remove(page)
        for annotation in request["annotations"]:
            write(page, scaled(decode(annotation), 1 / unit))
        if request["turned"]:
            sheet = self._copy[number]
            sheet.set_rotation((sheet.rotation + 90 * request["turned"]) % 360)

    def end(self) -> int:
        """Write the copy; returns its size in bytes."""
        pdf = _mupdf.pdf_document_from_fz_document(self._copy.this)
        options = _mupdf.PdfWriteOptions()
        if self._single and _mupdf.pdf_can_be_saved_incrementally(pdf):
            options.do_incremental = 1
        else:
            options.do_compress = 1
            options.do_garbage = 1
        buffer = _mupdf.fz_new_buffer(1)
        out = _mupdf.FzOutput(buffer)
        _mupdf.pdf_write_document(pdf, out, options)
        out.fz_close_output()
        self._data = bytes(buffer.fz_buffer_extract())
        return len(self._data)

    def part(self, start: int, length: int) -> bytes:
        """Return so many bytes of the copy, from `start`."""
        return self._data[start : start + length]

    def _open(self, path: str) -> Any:
        document = pymupdf.open(stream=Path(path).read_bytes(), filetype="pdf")
        if document.needs_pass:
            document.authenticate(self._password)
        return document

    def _add_picture(self, size: Sequence[float], picture: Any) -> None:
        pixels = pymupdf.Pixmap(pymupdf.csRGB, picture.columns, picture.rows, bytes(picture.pixels), False)
        page = self._copy.new_page(width=size[0], height=size[1])
        page.insert_image(page.rect, stream=pixels.tobytes("jpeg", jpg_quality=JPEG_QUALITY))
