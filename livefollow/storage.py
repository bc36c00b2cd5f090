"""Files that belong to the user and must never be lost: written whole or not at all, and kept if unreadable."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file so that its name always leads to either the old text or the new one, even after a crash.

    Args:
        path: written as UTF-8; its folder is created if missing. Of a link, the target is written.
            File names in the text that are not valid Unicode are written as their bytes.
        text: the new content.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            written.unlink()
        raise


def keep_aside(path: Path) -> Path:
    """Rename a file that cannot be read, so that nothing is written over it.

    Returns:
        Its new path: `settings.json` becomes `settings.broken-2026-01-31.json`, with a number if that exists.

    Raises:
        OSError: it cannot be renamed.
    """
    day = f"{path.stem}.broken-{datetime.now():%Y-%m-%d}"
    kept, number = path.with_name(day + path.suffix), 2
    while kept.exists():
        kept, number = path.with_name(f"{day}-{number}{path.suffix}"), number + 1
    return path.rename(kept)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to; renamed to `path` if the block succeeds, removed if it fails."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
