"""LilyPond sources to PDFs whose noteheads link back to the source line they come from."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from livefollow.errors import LivefollowError


class EngravingError(LivefollowError):
    """LilyPond is missing, failed, or made no PDF; the message ends with its last line."""


def engrave(source: Path, out: Path, timeout_s: float = 240.0) -> list[Path]:
    """Typeset one LilyPond file of any older syntax with the LilyPond at hand.

    The source's folder is copied (its includes lie beside it), brought up to date with `convert-ly`, and compiled
    with point-and-click links on noteheads only.

    Args:
        source: a `.ly` file.
        out: folder for the results, `STEM.pdf`, `STEM-1.pdf`, ... and the MIDI files LilyPond wrote.
        timeout_s: limit for the compilation.

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
        for path in [*work.rglob("*.ly"), *work.rglob("*.ily")]:
            subprocess.run(["convert-ly", "-e", str(path)], capture_output=True, check=False)
        command = ["lilypond", "-dpoint-and-click=note-event", "-I", str(work), source.name]
        try:
            done = subprocess.run(
                command, cwd=work, capture_output=True, text=True, errors="replace", timeout=timeout_s
            )
        except subprocess.TimeoutExpired:
            raise EngravingError(f"{source.name}: LilyPond took more than {timeout_s:.0f} s") from None
        results = sorted(work.glob("*.pdf"), key=lambda p: (len(p.stem), p.stem))
        if not results:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise EngravingError(f"{source.name}: LilyPond made no PDF: {last}")
        for path in [*results, *work.glob("*.mid*")]:
            shutil.copy(path, out / path.name)
    return [out / path.name for path in results]
