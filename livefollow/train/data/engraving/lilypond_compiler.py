"""Compile LilyPond sources to PDFs."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

from livefollow.errors import LivefollowError


class EngravingError(LivefollowError):
    """LilyPond is missing, failed, or made no PDF; the message ends with its last line."""


def engrave(
    source: Path,
    out: Path,
    timeout_s: float = 240.0,
    settings: Path | None = None,
    edit: Callable[[str], str] | None = None,
) -> list[Path]:
    """Typeset one LilyPond file of any older syntax with the LilyPond at hand.

    The source's folder is copied (its includes lie beside it), brought up to date with `convert-ly`, and compiled.

    Args:
        source: a `.ly` file.
        out: folder for the results: `STEM.pdf`, `STEM-1.pdf`, ..., the MIDI files LilyPond wrote, `STEM.noteheads`.
        timeout_s: limit for the compilation.
        settings: a LilyPond file read before the source, by which it may write further files next to the PDFs; without
            one the noteheads link to their place in the source.
        edit: applied to the text of the source and of the files beside it, once they are up to date.

    Returns:
        The PDFs, in the order LilyPond numbers its books.

    Raises:
        EngravingError: no LilyPond, a failed compilation, or no PDF.
    """
    if shutil.which("lilypond") is None:
        raise EngravingError("LilyPond is not installed (Debian: apt install lilypond)")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch) / "source"
        shutil.copytree(source.parent, work)
        sources = [*work.rglob("*.ly"), *work.rglob("*.ily")]
        subprocess.run(["convert-ly", "-e", *map(str, sources)], capture_output=True, check=False)
        if edit:
            for path in sources:
                path.write_text(edit(path.read_text(encoding="utf-8", errors="replace")), encoding="utf-8")
        links = "-dno-point-and-click" if settings else "-dpoint-and-click=note-event"
        command = ["lilypond", links, "-I", str(work)]
        if settings:
            command.append(f"-dinclude-settings={settings.resolve()}")
        command.append(source.name)
        try:
            done = subprocess.run(
                command, check=False, cwd=work, capture_output=True, text=True, errors="replace", timeout=timeout_s
            )
        except subprocess.TimeoutExpired:
            raise EngravingError(f"{source.name}: LilyPond took more than {timeout_s:.0f} s") from None
        results = sorted(work.glob("*.pdf"), key=lambda p: (len(p.stem), p.stem))
        if not results:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise EngravingError(f"{source.name}: LilyPond made no PDF: {last}")
        for path in [*results, *work.glob("*.mid*"), *work.glob("*.noteheads")]:
            shutil.copy(path, out / path.name)
    return [out / path.name for path in results]


def without_links(pdf: Path, out: Path, more: Sequence[Path] = ()) -> None:
    """Copy a PDF without its links, dates and other metadata, so that the same source gives the same file.

    Args:
        pdf: an engraved PDF.
        out: file to write.
        more: PDFs whose pages are to follow.
    """
    with pymupdf.open(pdf) as document:
        for further in more:
            with pymupdf.open(further) as following:
                document.insert_pdf(following)
        for page in document:
            for link in page.get_links():
                page.delete_link(link)
        document.set_metadata({})
        document.del_xml_metadata()
        document.xref_set_key(-1, "ID", "null")  # Ghostscript draws it at random
        document.save(out, garbage=4, deflate=True, deflate_fonts=True, use_objstms=1, no_new_id=True)
