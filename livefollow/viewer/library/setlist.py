"""Setlists: scores in playing order, as a text file with a path on each line.

Paths are relative to the file if possible, so that a folder with a setlist and its scores may be moved. Empty lines,
and lines that begin with #, are ignored.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from livefollow.errors import ScoreError
from livefollow.score.files import shown
from livefollow.viewer.settings.preferences import MOST_PIECES

SUFFIX = ".setlist"
MOST_BYTES = 1 << 20


def read_setlist(path: Path) -> list[Path]:
    """Read the scores of a setlist, as absolute paths, whether or not they exist.

    Raises:
        ScoreError: it cannot be read, or contains no score.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ScoreError(
                "{name} is too large for a setlist; it is a text file with a path on each line.", name=shown(path)
            )
        lines = path.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
    except OSError as error:
        raise ScoreError(
            "{name} cannot be read ({reason}); check the name and the folder.", name=shown(path), reason=error.strerror
        ) from error
    named = [line.strip() for line in lines]
    pieces = [name for name in named if name and not name.startswith("#")]
    if not pieces or any("\0" in name for name in pieces):
        raise ScoreError("{name} is no setlist; it needs the path of a score on each line.", name=shown(path))
    if len(pieces) > MOST_PIECES:
        raise ScoreError(
            "{name} names more than {count} scores; make two setlists of it.", name=shown(path), count=MOST_PIECES
        )
    folder = path.absolute().parent
    return [folder / name for name in pieces]


def setlist_text(pieces: Sequence[Path], folder: Path) -> str:
    """Return the text of a setlist file, as `read_setlist` reads it.

    Args:
        pieces: absolute paths.
        folder: of the file.

    Raises:
        ScoreError: a path contains a line break.
    """
    folder = folder.absolute()
    lines = []
    for piece in pieces:
        inside = piece.is_relative_to(folder)
        name = str(piece.relative_to(folder)) if inside else str(piece)
        if len(name.splitlines()) != 1:
            raise ScoreError("The name of {name} has a line break in it; rename the file.", name=shown(piece))
        if name.startswith("#") or name != name.strip():
            name = f"./{name}"
        lines.append(name)
    return "".join(f"{line}\n" for line in lines)
