"""What takes a while, on a thread of its own: the copy for other readers, and the search for a PDF's annotations.

Signals are queued to the window's thread.
"""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QThread, pyqtSignal

from livefollow.errors import LivefollowError, Message
from livefollow.score.annotations.export import export
from livefollow.score.annotations.file import Written
from livefollow.score.annotations.kinds import Annotation
from livefollow.score.document import Document


class _StoppedError(Exception):
    """The window closes."""


class Copying(QThread):
    """Writes one copy with annotations.

    Attributes:
        done: Path of the copy.
        failed: a sentence.
    """

    done = pyqtSignal(Path)
    failed = pyqtSignal(object)

    def __init__(self, document: Document, state: Written, out: Path) -> None:
        """Prepare without writing.

        Args:
            document: open; the copy fails if it is closed meanwhile.
            state: what is written on it.
            out: the PDF.
        """
        super().__init__()
        self._document, self._state, self._out = document, state, out

    def run(self) -> None:
        """Write the copy."""

        def check(_page: int) -> None:
            if self.isInterruptionRequested():
                raise _StoppedError

        try:
            export(self._document, self._state, self._out, check)
        except LivefollowError as error:
            self.failed.emit(error.message)
        except _StoppedError:
            self.failed.emit(Message("The copy was given up."))
        else:
            self.done.emit(self._out)


class AnnotationSearch(QThread):
    """Finds the annotations of a PDF that livefollow can take over.

    Attributes:
        found: lists of annotations by page, without pages that have none.
    """

    found = pyqtSignal(object)

    def __init__(self, document: Document) -> None:
        """Prepare to search an open document."""
        super().__init__()
        self._document = document

    def run(self) -> None:
        """Search all pages."""
        out: dict[int, list[Annotation]] = {}
        try:
            for page in range(1, self._document.page_count + 1):
                if self.isInterruptionRequested():
                    return
                if there := self._document.own_annotations(page):
                    out[page] = there
        except LivefollowError:  # the document was closed meanwhile
            return
        self.found.emit(out)
