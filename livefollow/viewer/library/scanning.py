"""Find the scores in a folder, whatever else lies there. Nothing is opened; pure."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from livefollow.score.files import PAGE_SUFFIXES

MOST_FILES = 20_000  # scores in one watched folder
DEEPEST = 12  # folders within folders
PDF = ".pdf"


class FoundFile(NamedTuple):
    """A score that was found: a PDF, or a folder of pictures."""

    path: Path
    size: int  # bytes
    changed: int  # ns


def find_scores(folder: Path) -> Iterator[FoundFile]:
    """Find PDFs, and folders whose pictures are the pages of a score, in a folder and below.

    Hidden files, links to folders, and what is no ordinary file are passed over; so is a folder that may not be read.
    """
    count = 0
    depth = len(folder.parts)
    for root, folders, names in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(here.parts) - depth >= DEEPEST:
            folders.clear()
        pictures: list[os.stat_result] = []
        found = []
        for name in sorted(names):
            suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122  # a Path for each of 20,000 names takes longer
            if name.startswith(".") or suffix not in PAGE_SUFFIXES:
                continue
            status = _status(here / name)
            if status is None:
                continue
            if suffix == PDF:
                found.append(FoundFile(here / name, status.st_size, status.st_mtime_ns))
            else:
                pictures.append(status)
        if pictures and not found and here != folder:
            changed = max(status.st_mtime_ns for status in pictures)
            found.append(FoundFile(here, sum(status.st_size for status in pictures), changed))
        for file in found:
            count += 1
            if count > MOST_FILES:
                return
            yield file


def folders_in(folder: Path, most: int) -> list[Path]:
    """List a folder and those below it, at most so many."""
    out: list[Path] = []
    for root, folders, _ in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        out.append(Path(root))
        if len(out) >= most:
            break
    return out


def _status(path: Path) -> os.stat_result | None:
    """Return the status of an ordinary file, or None."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None
