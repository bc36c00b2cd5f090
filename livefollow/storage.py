"""Files that belong to the user and must never be lost: written whole or not at all, and kept if unreadable."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

LOCK_S, LOCK_POLL_S = 2.0, 0.005  # for which a folder is waited for, and between two tries


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
def alone_in(folder: Path) -> Iterator[None]:
    """Hold an advisory lock on a folder during the block, against this and other processes.

    Take it around reading a file, changing it and writing it, so that no change of another is lost. Where a folder
    cannot be locked (Windows, some drives), or another holds it for long, the block runs all the same.
    """
    handle = -1
    try:
        with contextlib.suppress(OSError, ImportError):
            import fcntl  # noqa: PLC0415  (not on Windows)

            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder, os.O_RDONLY)
            given_up = time.monotonic() + LOCK_S
            while time.monotonic() < given_up:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                time.sleep(LOCK_POLL_S)
        yield
    finally:
        if handle >= 0:
            os.close(handle)  # and with it the lock


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to; renamed to `path` if the block succeeds, removed if it fails."""
    partial = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
