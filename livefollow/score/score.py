"""A score that is being read: pages arrive one by one, their systems are found, and the strip grows.

`read` does the work in whatever thread iterates over it; everything else may be read from other threads meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from livefollow.score.corrections import Corrections
from livefollow.score.document import Document, Page
from livefollow.score.printed_numbers import SystemNumber, at_systems
from livefollow.score.strip import Strip
from livefollow.score.systems import System, find_systems

FINER = 2.0  # factor on the raster in which a page is searched again that seems to have no music
FINE_SPACE = 9.0  # px between staff lines that the strip is cut from at least: smaller print is rasterised again


class Score:
    """An open document with its systems and its strip.

    Attributes:
        document: the pages.
        corrections: what the user has put right.
        systems: per page read so far, from top to bottom, those marked skip included.
        strip: the unrolled score so far.
        numbers: that may be those of the systems' first bars, as far as they stand on the pages as text.
    """

    def __init__(self, path: Path, *, password: str | None = None, data: Path | None = None) -> None:
        """Open a score; no page is read yet.

        Args:
            path: PDF, image, or folder of images.
            password: of an encrypted PDF.
            data: folder of the corrections; the platform's by default.

        Raises:
            ScoreError: it cannot be opened.
            PasswordError: the password is missing or wrong.
        """
        self.document = Document(path, password=password)
        self.corrections = Corrections(self.document.content_hash, data)
        self.systems: dict[int, list[System]] = {}
        self.strip = Strip()
        self.numbers: list[SystemNumber] = []

    def read(self) -> Iterator[Page]:
        """Read the pages in order, yielding each once its systems are on the strip."""
        for page in self.document.pages():
            systems = self.corrections.systems(page.number, self.detected(page))
            self.systems[page.number] = systems
            smallest = min((s.staff_space * page.scale for s in systems), default=FINE_SPACE)
            fine = self.document.page(page.number, FINE_SPACE / smallest) if smallest < FINE_SPACE else page
            before = len(self.strip.placements)
            self.strip.add(fine, systems)
            self.numbers += at_systems(self.strip.placements[before:], before, self.document.numbers(page.number))
            yield page

    def detected(self, page: Page) -> list[System]:
        """The systems of a page as they are found, whatever the user has put right. Any thread's."""
        found = find_systems(page)
        if not found and not page.placeholder:  # small print, or a photograph of more than the page
            found = find_systems(self.document.page(page.number, FINER))
        return found

    def __enter__(self) -> Score:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the document."""
        self.document.close()
