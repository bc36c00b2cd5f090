"""`Score`: an open document that is read page by page; its systems are found, and the strip grows.

`read` does the work in whatever thread iterates over it; everything else may be read from other threads meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from livefollow.score.corrections import Corrections
from livefollow.score.document import Document, Page
from livefollow.score.doubts import Doubt, PageFindings, doubt_sentence, doubts, inspect_page, is_better, seems_misread
from livefollow.score.found_page import FoundPage
from livefollow.score.hands import FourHands, starts_of
from livefollow.score.links.printed import SystemDirection
from livefollow.score.links.printed import at_systems as directions_at
from livefollow.score.page_cache import PageCache
from livefollow.score.printed_numbers import SystemNumber, at_systems
from livefollow.score.staves.orientation import quarters_to_upright
from livefollow.score.strip import Strip, cut_out
from livefollow.score.systems import System, find_systems

FINER = 2.0  # factor on the raster in which a page is searched again that seems to have no music
FINE_SPACE = 9.0  # px between staff lines that the strip is cut from at least: smaller print is rasterised again


class Score:
    """An open document with its systems and its strip.

    Attributes:
        document: the pages.
        corrections: the user's.
        cache: of pages that were read before, for who reads the score; None for none.
        systems: per page read so far, from top to bottom, those marked skip included.
        strip: the unrolled score so far; pages that are another player's are not on it.
        four_hands: whether the pages look like two players'.
        tempi: metronome marks of pages with text: strip px, and quarter notes a minute.
        numbers: printed numbers that may be those of the systems' first bars, from pages with text.
        directions: where words and signs say where to go on, from pages with text.
    """

    def __init__(
        self,
        path: Path,
        *,
        password: str | None = None,
        data: Path | None = None,
        cache: PageCache | None = None,
    ) -> None:
        """Open a score; no page is read yet.

        Args:
            path: PDF, image, or folder of images.
            password: of an encrypted PDF.
            data: folder of the corrections; the platform's by default.
            cache: knows pages that were read before, and keeps what is read; not used for a score with a password.

        Raises:
            ScoreError: it cannot be opened.
            PasswordError: the password is missing or wrong.
        """
        self.document = Document(path, password=password)
        self.corrections = Corrections(self.document.content_hash, data)
        self.cache = cache if password is None else None
        self.systems: dict[int, list[System]] = {}
        self.strip = Strip()
        self.four_hands = FourHands()
        self._seen: dict[int, PageFindings] = {}
        self._doubts: dict[int, Doubt] | None = None
        self.numbers: list[SystemNumber] = []
        self.tempi: list[tuple[float, float]] = []
        self.directions: list[SystemDirection] = []
        self._first = 0  # page with music
        for number, quarters in self.corrections.turns.items():
            if 1 <= number <= self.document.page_count:
                self.document.turn(number, quarters)

    def read(self) -> Iterator[Page]:
        """Read the pages that are shown, in their order, yielding each once its systems are on the strip."""
        for number in self.pages:
            page, found = self.find(number)
            self.put(found)
            yield page

    def find(self, number: int, *, image: bool = True) -> tuple[Page, FoundPage]:
        """Find what is on a page, in any order of pages, on several threads; `put` puts it on the strip.

        Args:
            number: of the page, from 1.
            image: whether the strip image is wanted: see `strip.cut_out`.
        """
        page, detected = self.detect(number)
        systems = self.corrections.systems(number, detected)
        smallest = min((s.staff_space * page.scale for s in systems if not s.skip), default=FINE_SPACE)
        fine = self.document.page(number, FINE_SPACE / smallest) if smallest < FINE_SPACE else page
        found = FoundPage(
            number,
            tuple(systems),
            tuple(cut_out(fine, systems, image=image)),
            inspect_page(page, systems).missed,
            starts_of(page, systems),
            self.document.numbers(number),
            self.document.directions(number),
            self.corrections.upright.get(number, 0),
            not page.placeholder,
            tuple(self.document.metronome_marks(number)),
        )
        return page, found

    def put(self, found: FoundPage) -> None:
        """Put what was found on the next page on the strip."""
        number, systems = found.number, list(found.systems)
        if found.upright and number not in self.corrections.upright:
            self.document.turn(number, found.upright)
            self.corrections.upright[number] = found.upright
        if number not in self.corrections.pages:
            self._seen[number] = PageFindings(found.systems, found.missed)
        self._first = self._first or (number if systems else 0)
        self.four_hands.add(found.starts)
        plays = self.plays(number)
        self.systems[number] = systems if plays else [replace(system, skip=True) for system in systems]
        before = len(self.strip.placements)
        self.strip.put(found.cuts if plays else ())
        self.numbers += at_systems(self.strip.placements[before:], before, found.printed)
        if len(self.strip.placements) > before:
            marks = [(self.strip.from_page(number, mark.left, mark.bottom), mark.tempo) for mark in found.tempi]
            self.tempi = sorted([*self.tempi, *marks])
        self.directions += directions_at(self.strip.placements[before:], found.directions)

    def detect(self, number: int) -> tuple[Page, list[System]]:
        """Turn a page upright and find its systems, ignoring corrections of the user; any thread may call this.

        A page that stands otherwise in its file is turned in the document, unless the user has had a hand in it.
        """
        page = self.document.page(number)
        found = find_systems(page)
        if not self.corrections.touched(number) and (quarters := quarters_to_upright(page, found)):
            quarters = (self.document.turned(number) + quarters) % 4
            self.document.turn(number, quarters)
            self.corrections.upright[number] = quarters
            page = self.document.page(number)
            found = find_systems(page)
        if not page.placeholder and seems_misread(page, found):
            finer = find_systems(self.document.page(number, FINER))
            found = finer if is_better(finer, found) else found
        return page, found

    @property
    def pages(self) -> tuple[int, ...]:
        """Numbers of the pages that are shown and read, in their order."""
        return self.corrections.shown(self.document.page_count)

    def place_of(self, number: int) -> int:
        """Which of the pages that are shown one is, from 1; of one that is not, its number."""
        pages = self.pages
        return pages.index(number) + 1 if number in pages else number

    def plays(self, number: int) -> bool:
        """Whether a page belongs to the player's part, as far as it is known where the music begins."""
        return self.corrections.part.has(number, self._first or 1)

    @property
    def doubts(self) -> dict[int, Doubt]:
        """The pages that look misread, by number, and why: of those read so far, or when `judge` was called last."""
        return doubts(dict(self._seen)) if self._doubts is None else self._doubts

    def judge(self) -> None:
        """Find the doubts about all pages read so far, on the reading thread: of a long score that takes time."""
        self._doubts = doubts(dict(self._seen))

    @property
    def remarks(self) -> list[str]:
        """Sentences about the pages read so far that the user should know."""
        turned = [f"Page {number} is turned upright." for number in sorted(self.corrections.upright)]
        misread = [doubt_sentence(number, doubt) for number, doubt in self.doubts.items()]
        return [*self.document.warnings, *turned, *misread]

    def __enter__(self) -> Score:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the document."""
        self.document.close()
