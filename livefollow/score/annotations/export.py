"""Writes a copy of a score as a PDF whose annotations other readers can edit. The score itself is never written to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from livefollow.errors import ScoreError
from livefollow.score.annotations.file import Written
from livefollow.score.annotations.kinds import encode
from livefollow.score.document import Document
from livefollow.score.files import shown
from livefollow.score.rasterizer import RequestStatus
from livefollow.score.rasterizer_process import Child, ChildError, ChildStartError
from livefollow.storage import whole_file

PART_BYTES = 4 << 20  # that come over at once


def export(
    document: Document, state: Written, out: Path, progress: Callable[[int], object] = lambda _page: None
) -> None:
    """Write a copy of a document with annotations; takes a process of its own, and any thread may call it.

    Args:
        document: open.
        state: what is written on it.
        out: the PDF, written whole or not at all.
        progress: called with each page that is done.

    Raises:
        ScoreError: `out` is a file of the score, cannot be written, or the score cannot be copied.
    """
    if document.is_made_of(out):
        raise ScoreError("{name} is the score itself; choose another name for the copy.", name=shown(out))
    try:
        with _killed(Child()) as child, whole_file(out) as partial, partial.open("wb") as file:
            _ask(child, "open", **document.open_request)
            _ask(child, "copy", step="begin")
            for page in range(1, document.page_count + 1):
                _ask(child, "copy", step="page", **_request(document, state, page))
                progress(page)
            size = int(_ask(child, "copy", step="end").width)
            for start in range(0, size, PART_BYTES):
                file.write(_ask(child, "copy", step="part", start=start, length=PART_BYTES).pixels)
    except OSError as error:
        raise ScoreError("{name} cannot be written ({reason}).", name=shown(out), reason=error.strerror) from error
    except ChildStartError as error:
        raise ScoreError("The page reader does not start; install livefollow anew.") from error
    except ChildError as error:
        raise ScoreError("{name} is too damaged or too large to be copied.", name=shown(document.path)) from error


@contextlib.contextmanager
def _killed(child: Child) -> Iterator[Child]:
    """Kill a child after the block."""
    try:
        yield child
    finally:
        with contextlib.suppress(OSError):
            child.kill()


def _request(document: Document, state: Written, page: int) -> dict[str, Any]:
    width, height, unit = document.size_in_file(page)
    return {
        "page": page,
        "size": (width, height),
        "unit": unit,
        "annotations": [encode(annotation) for annotation in state.pages.get(page, ())],
        "imported": state.imported,
        "turned": document.turned(page),
    }


def _ask(child: Child, do: str, **details: Any) -> Any:
    answer = child.ask(do, **details)
    if answer.status is not RequestStatus.OK:
        raise ChildError(f"{do}: {answer.status.name}")
    return answer
