"""What the player has written on the pages of one score, with undo, in a file beside its corrections.

The file is found by the score's content, so a renamed or moved PDF keeps it; the PDF itself is never written to. Every
change is saved soon, on a thread of its own, and whole: a crash leaves the file as it was before or after. Of a score
that is open in two windows, each writes the pages that it changes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from livefollow.errors import NOTHING, Message
from livefollow.score.annotations.kinds import Annotation, decode, encode
from livefollow.storage import alone_in, keep_aside, write_whole

VERSION = 1
SUFFIX = ".annotations.json"
MOST_STEPS = 200  # that can be undone

logger = logging.getLogger(__name__)

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)

Pages = Mapping[int, tuple[Annotation, ...]]
FileStamp = tuple[int, int, int]


@dataclass(frozen=True)
class Written:
    """Everything that is written on a score at one moment."""

    pages: Pages = field(default_factory=dict)  # by number, from 1; none without an annotation
    imported: bool = False  # annotations of the PDF itself have been taken over: they are among these


class Annotations:
    """The annotations of one score.

    All but the writing itself belongs to the thread that made the object.

    Attributes:
        path: of the file, which is first written when something changes.
        complaint: a sentence for the player about what could not be read; empty if all is well.
        tell: called with a sentence for the player, on the writing thread, whenever the file cannot be written.
    """

    def __init__(self, content_hash: str, folder: Path) -> None:
        """Load what was written on a score; a bad file raises nothing and is kept aside.

        Args:
            content_hash: `Document.content_hash`.
            folder: where the files lie.
        """
        self.path = folder / f"{content_hash}{SUFFIX}"
        self.complaint = NOTHING
        self.tell: Callable[[Message], object] | None = None
        self._now = Written()
        self._before: list[Written] = []
        self._after: list[Written] = []
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="annotations")
        self._newest = self._written = self._file = self._now  # the file may hold pages of another window too
        self._stamp: FileStamp | None = None  # of the file as it was last read or written
        self._texts: dict[int, tuple[tuple[Annotation, ...], str]] = {}  # of pages as they were last written
        self._load()

    @property
    def state(self) -> Written:
        """Everything that is written now."""
        return self._now

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone change."""
        return bool(self._after)

    def on(self, page: int) -> tuple[Annotation, ...]:
        """Return the annotations of a page (from 1), the oldest first."""
        return self._now.pages.get(page, ())

    def change(self, pages: Pages, *, imported: bool | None = None) -> None:
        """Replace the annotations of some pages, as one step.

        Args:
            pages: what is on each of these pages from now on.
            imported: whether those of the PDF have been taken over; None to leave that.
        """
        kept = {number: there for number, there in {**self._now.pages, **pages}.items() if there}
        state = Written(MappingProxyType(kept), self._now.imported if imported is None else imported)
        if state != self._now:
            self._before = [*self._before[1 - MOST_STEPS :], self._now]
            self._after.clear()
            self._set(state)

    def undo(self) -> list[int]:
        """Undo the last change; returns the pages that it had concerned."""
        return self._step(self._before, self._after)

    def redo(self) -> list[int]:
        """Make the last undone change again; returns the pages that it concerns."""
        return self._step(self._after, self._before)

    def close(self) -> None:
        """Wait until everything is written; no changes are allowed after that."""
        self._disk.shutdown(wait=True)

    def _step(self, source: list[Written], other: list[Written]) -> list[int]:
        if not source:
            return []
        before = self._now
        other.append(before)
        self._set(source.pop())
        both = {**before.pages, **self._now.pages}
        return sorted(page for page in both if before.pages.get(page) != self._now.pages.get(page))

    def _set(self, state: Written) -> None:
        self._now = self._newest = state
        self._disk.submit(self._save)

    def _load(self) -> None:
        try:
            if self.path.exists():
                stamp = self._stamp_now()
                self._now = self._newest = self._written = self._file = self._read()
                self._stamp = stamp
        except (OSError, *DAMAGED) as error:
            try:
                kept = keep_aside(self.path)
            except OSError:  # where nothing can be renamed, nothing can be written over it either
                kept = self.path
            self.complaint = Message(
                "What was written on this score could not be read; it is kept as {kept}.", kept=kept
            )
            logger.warning("%s (%r)", self.complaint, error)

    def _save(self) -> None:
        """Write the newest state; of several changes that wait, only the last is written."""
        state = self._newest
        if state is self._written:
            return
        try:
            with alone_in(self.path.parent):
                whole = self._with_others(state)
                write_whole(self.path, self._text(whole))
                self._file, self._stamp = whole, self._stamp_now()
        except (OSError, ValueError) as error:
            sentence = Message(
                "What you have written cannot be saved in {name} ({reason}); it is lost when livefollow is closed.",
                name=self.path,
                reason=error.strerror if isinstance(error, OSError) else error,
            )
            logger.warning("%s", sentence)
            if self.tell:
                self.tell(sentence)
        else:
            self._written = state

    def _with_others(self, state: Written) -> Written:
        """Return what the file is to hold: of pages that this window has not changed, what others have written.

        Raises:
            OSError: the file can neither be read nor kept aside.
        """
        there, stamp = self._file, self._stamp_now()
        if stamp not in (None, self._stamp):
            try:
                there = self._read()
            except DAMAGED as error:
                logger.warning("%s is kept as %s (%r)", self.path, keep_aside(self.path), error)
        before = self._written
        changed = {
            number: state.pages.get(number, ())
            for number in {**before.pages, **state.pages}
            if state.pages.get(number) != before.pages.get(number)
        }
        pages = {number: written for number, written in {**there.pages, **changed}.items() if written}
        return Written(pages, there.imported if state.imported == before.imported else state.imported)

    def _read(self) -> Written:
        return _decode(json.loads(self.path.read_text(encoding="utf-8")))

    def _stamp_now(self) -> FileStamp | None:
        """Return what changes whenever the file is written; None without a file."""
        try:
            said = self.path.stat()
        except FileNotFoundError:
            return None
        return said.st_ino, said.st_mtime_ns, said.st_size

    def _text(self, state: Written) -> str:
        """Return JSON that people can read: a line per annotation. Only pages that have changed are encoded again."""
        blocks = []
        for number, there in sorted(state.pages.items()):
            known = self._texts.get(number)
            if known is None or known[0] is not there:
                lines = ",\n".join(f"   {json.dumps(encode(annotation), ensure_ascii=False)}" for annotation in there)
                known = self._texts[number] = there, lines
            blocks.append(f'  "{number}": [\n{known[1]}\n  ]')
        pages = "{\n" + ",\n".join(blocks) + "\n }" if blocks else "{}"
        return f'{{\n "version": {VERSION},\n "imported": {json.dumps(state.imported)},\n "pages": {pages}\n}}\n'


def _decode(said: dict[str, Any]) -> Written:
    """Return the state of a file.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, OverflowError: it is none that this version has written.
    """
    if said["version"] != VERSION:
        raise ValueError(f"version {said['version']} is not {VERSION}")
    pages = {int(number): tuple(decode(each) for each in there) for number, there in said["pages"].items() if there}
    return Written(MappingProxyType(pages), bool(said["imported"]))
