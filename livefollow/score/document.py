"""`Document`: a PDF, an image, or a folder of them, as numbered pages of grey pixels.

A child process opens and rasterises the pages (`rasterizer_process`, `rasterizer`); only pixels and numbers come back,
and this process never loads PyMuPDF. Several threads may use a `Document`; they take turns, one page at a time.
Whatever a file does to the child, the caller sees a page, a grey page with a warning, or a `ScoreError`.

A page may be turned by quarters beyond what its file says (`turn`): from then on its size, its rasters, and with them
all coordinates are those of the page as it stands then.
"""

from __future__ import annotations

import json
import logging
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Any

import numpy as np

from livefollow.constants import MAX_PAGE_PT, MAX_PAGES
from livefollow.errors import Message, PasswordError, ScoreError
from livefollow.score.annotations.geometry import scaled
from livefollow.score.annotations.kinds import Annotation, decode
from livefollow.score.files import content_hash, list_sources, shown, unread_in
from livefollow.score.links.words import DirectionKind
from livefollow.score.page_size import (
    A4_PT,
    PAPER_PT,
    analysis_scale,
    fitting_scale,
    paper_unit,
    shared_unit,
    turned_box,
)
from livefollow.score.rasterizer import ALL, DIRECTION, NONE, NUMBER, PICTURE, REPAIRED, REST, Answer, RequestStatus
from livefollow.score.rasterizer_process import (
    ChildError,
    ChildMemoryError,
    ChildStartError,
    ClosedError,
    RestartingChild,
)

MAX_PIXELS_PT = 20_000.0  # longest side of a PDF page that may be an image's pixels taken for points
PLACEHOLDER_GREY = 200
MOST_NAMED = 3  # files that a sentence names

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Page:
    """One rasterised page of a document."""

    number: int  # from 1
    width: float  # points, as displayed (after /Rotate and crop box), origin top left
    height: float
    image: np.ndarray  # (h, w) uint8 grey, white 255; the analysis raster, about ANALYSIS_PX pixels
    scale: float  # px per point, the same in x and y
    placeholder: bool = False  # a grey page in place of one that could not be read


@dataclass(frozen=True)
class PrintedText:
    """Something that stands on a page as text; points as displayed, origin top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PrintedNumber(PrintedText):
    """A number that stands on a page as text."""

    value: int
    dotted: bool  # a full stop follows


@dataclass(frozen=True)
class MetronomeMark(PrintedText):
    """A metronome mark that stands on a page as text."""

    tempo: float  # quarter notes a minute


@dataclass(frozen=True)
class PrintedDirection(PrintedText):
    """Words or a sign that say where to go on, as text on a page."""

    kind: DirectionKind


class Document:
    """An open document.

    Opening starts the child process and reads the page count; no page is rasterised before it is asked for.
    """

    def __init__(self, path: Path, *, password: str | None = None) -> None:
        """Start the child and have it open the file.

        Args:
            path: a PDF or image file, or a folder of them, taken in natural order (page2 before page10).
            password: of an encrypted PDF.

        Raises:
            PasswordError: the PDF is encrypted and the password is missing or wrong.
            ScoreError: there is no such file, or it cannot be read as a score; one sentence says what to do.
        """
        self.path = Path(path)
        self.warnings: list[Message] = []
        self._files = list_sources(self.path)
        files = [(str(file.path.absolute()), file.kind, file.orientations) for file in self._files]
        self.open_request = {"files": files, "password": password}  # with which a child opens it
        self._child = RestartingChild(self.open_request)
        self._lock = threading.Lock()
        self._sizes: dict[int, tuple[float, float, float]] = {}  # width and height in points, points per MuPDF's unit
        self._turns: dict[int, int] = {}  # quarters clockwise, of pages that are turned
        self._pixel_unit = 0.0  # points per unit of MuPDF's on PDF pages that are no sheet of paper; 0: not known yet
        self._bad: set[int] = set()
        self._top_scale: dict[int, float] = {}  # of pages that failed at a larger one
        self._too_large = False  # for the memory of a child: what was asked last
        self._hash = ""
        self.own_annotations_shown = True  # those of a PDF that livefollow can take over
        self.page_count = 0
        try:
            with self._lock:
                self.page_count = self._open()
            self._name_unread(unread_in(self.path))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Document:
        """Enter a `with` block, which closes the document at its end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the document, whatever happened."""
        self.close()

    def close(self) -> None:
        """End the child process at once, even while another thread waits for a page. May be called twice."""
        self._child.close()

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of the file's bytes; of a folder, of its images' names and bytes.

        Raises:
            ScoreError: a file cannot be read any more.
        """
        if not self._hash:
            self._hash = content_hash(self.path, self._files)
        return self._hash

    def page_size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points, as displayed; of a page that cannot be read, A4.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        with self._lock:
            return self._size(number)[:2]

    def size_in_file(self, number: int) -> tuple[float, float, float]:
        """Width and height in points of a page as it stands in its file, and points per unit of MuPDF's.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        with self._lock:
            return self._size_in_file(number)

    def is_made_of(self, path: Path) -> bool:
        """Whether a path leads to one of the document's files."""
        try:
            return any(path.exists() and source.path.exists() and path.samefile(source.path) for source in self._files)
        except OSError:  # no file can be called like that
            return False

    def own_annotations(self, number: int) -> list[Annotation]:
        """The annotations of a PDF's page (from 1) that livefollow can take over, on the page as it stands in its file.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        with self._lock:
            unit = self._size_in_file(number)[2]
            answer = None if number in self._bad else self._ask("annotations", page=number)
        try:
            return [scaled(decode(each), unit) for each in json.loads(bytes(answer.pixels))] if answer else []
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            logger.warning("the annotations of page %s: %r", number, error)
            return []

    def turn(self, number: int, quarters: int) -> None:
        """Turn page `number` (from 1) by quarters clockwise, counted from its orientation in the file.

        Raises:
            IndexError: no such page.
        """
        if not 1 <= number <= self.page_count:
            raise IndexError(f"page {number} of {self.page_count}")
        with self._lock:
            self._turns[number] = quarters % 4

    def turned(self, number: int) -> int:
        """The quarters clockwise by which a page is turned, 0 to 3."""
        return self._turns.get(number, 0)

    def page(self, number: int, finer: float = 1.0) -> Page:
        """Rasterise page `number` (from 1) in grey for analysis; a grey placeholder when it cannot be read.

        Annotations of a PDF are left out: what somebody has written on the music is not music.

        Args:
            number: of the page, from 1.
            finer: factor on the scale, lowered where the raster would exceed MAX_RASTER_PX.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        with self._lock:
            width, height, _ = self._size(number)
            scale = fitting_scale(width, height, analysis_scale(width, height) * finer)
            image = self._raster(number, scale, 1, NONE)
            if image is None:
                self._give_up(number, self._unread(number))
                image = grey_raster(width, height, scale)
            return Page(number, width, height, image, scale, placeholder=number in self._bad)

    def pages(self) -> Iterator[Page]:
        """Yield all pages, each rasterised when it is asked for."""
        for number in range(1, self.page_count + 1):
            yield self.page(number)

    def render(self, number: int, scale: float) -> np.ndarray:
        """Rasterise page `number` (from 1) in colour for display, (h, w, 3) uint8 RGB.

        Args:
            number: of the page, from 1.
            scale: px per point; lowered where the raster would exceed MAX_RASTER_PX or the limits of time and memory,
                so take the scale from the shape.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
            ValueError: the scale is not positive.
        """
        if not (scale > 0 and math.isfinite(scale)):
            raise ValueError(f"scale {scale}")
        with self._lock:
            width, height, _ = self._size(number)
            scale = fitting_scale(width, height, min(scale, self._top_scale.get(number, scale)))
            annotations = ALL if self.own_annotations_shown else REST
            image = self._raster(number, scale, 3, annotations)
            modest = analysis_scale(width, height)
            if image is None and number not in self._bad and scale > modest:
                self._top_scale[number] = scale = modest
                image = self._raster(number, scale, 3, annotations)
            if image is None:
                self._give_up(
                    number, Message("Page {number} cannot be shown; a grey page stands in its place.", number=number)
                )
                image = np.repeat(grey_raster(width, height, scale)[:, :, None], 3, axis=2)
            return image

    def numbers(self, number: int) -> list[PrintedNumber]:
        """The numbers printed as text on page `number` (from 1); none on a picture.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        said = self._printed("numbers", NUMBER, number)
        return [PrintedNumber(*box, value, bool(dotted)) for box, (value, dotted) in said if value >= 0]

    def metronome_marks(self, number: int) -> list[MetronomeMark]:
        """The metronome marks printed as text on page `number` (from 1), as far as they can be read.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        said = self._printed("tempi", NUMBER, number)
        return [MetronomeMark(*box, beats * sixteenths / 16) for box, (beats, sixteenths) in said if sixteenths > 0]

    def directions(self, number: int) -> list[PrintedDirection]:
        """Words and signs of page `number` (from 1) that say where to go on; none on a picture.

        Raises:
            IndexError: no such page.
            ScoreError: the document is closed.
        """
        said = self._printed("directions", DIRECTION, number)
        known = {kind.value for kind in DirectionKind}
        return [PrintedDirection(*box, DirectionKind(kind)) for box, (kind,) in said if kind in known]

    def _printed(
        self, what: str, form: Struct, number: int
    ) -> list[tuple[tuple[float, float, float, float], tuple[int, ...]]]:
        """What stands as text on a page: boxes, points as displayed, and what the child says of each."""
        with self._lock:
            width, height, unit = self._size(number)
            quarters = self.turned(number)
            answer = None if number in self._bad else self._ask(what, page=number)
        if not answer or len(answer.pixels) % form.size:
            return []
        found = []
        for left, top, right, bottom, *values in form.iter_unpack(answer.pixels):
            box = turned_box((left * unit, top * unit, right * unit, bottom * unit), quarters, (width, height))
            if all(map(math.isfinite, box)):
                found.append((box, tuple(values)))
        return found

    def _open(self) -> int:
        """Open the document in a first child; returns the number of pages."""
        name = shown(self.path)
        opened = self._ask("open")
        if opened is None:
            raise ScoreError("{name} is too damaged or too large to be opened; try a freshly exported copy.", name=name)
        if opened.status is RequestStatus.PASSWORD_NEEDED:
            raise PasswordError("{name} is encrypted; give its password.", name=name)
        if opened.status is RequestStatus.PASSWORD_WRONG:
            raise PasswordError("The password of {name} is wrong; try another.", name=name)
        if opened.status is not RequestStatus.OK:
            raise ScoreError("{name} is damaged beyond repair, or no PDF at all; try another copy.", name=name)
        if opened.pages < 1:
            raise ScoreError("{name} has no pages, or lost them to damage; try another copy.", name=name)
        if opened.pages > MAX_PAGES:
            raise ScoreError(
                "{name} has more than {count} pages; take out those you play from.", name=name, count=MAX_PAGES
            )
        if opened.flags & REPAIRED:
            self._warn(Message("{name} is damaged; some of its music may be missing.", name=name))
        if opened.pages == 1 and self._files[0].kind != "pdf":
            self.page_count = 1
            self._size(1)
            if self._bad:
                raise ScoreError(
                    "{name} is a damaged picture, or has not the shape of a page; try another copy.", name=name
                )
        return opened.pages

    def _ask(self, do: str, **details: Any) -> Answer | None:
        """Ask the child; None when a first and a second child died of the request."""
        self._too_large = False
        try:
            return self._child.ask(do, **details)
        except ChildError as error:
            if isinstance(error, ChildStartError) and do == "open":
                raise ScoreError("The page reader does not start; install livefollow anew.") from error
            self._too_large = isinstance(error, ChildMemoryError)
            return None
        except ClosedError as error:
            raise ScoreError("{name} is closed.", name=shown(self.path)) from error

    def _size(self, number: int) -> tuple[float, float, float]:
        """Width and height in points of the page as it is turned, and points per unit of MuPDF's."""
        width, height, unit = self._size_in_file(number)
        return (height, width, unit) if self.turned(number) % 2 else (width, height, unit)

    def _size_in_file(self, number: int) -> tuple[float, float, float]:
        """The same for the page as it is in its file."""
        if not 1 <= number <= self.page_count:
            raise IndexError(f"page {number} of {self.page_count}")
        if number not in self._sizes:
            answer = self._ask("size", page=number)
            width, height, unit = (answer.width, answer.height, 1.0) if answer else (0.0, 0.0, 1.0)
            if answer and min(width, height) > 0:
                unit = self._unit(max(width, height), bool(answer.flags & PICTURE))
            width, height = width * unit, height * unit
            if max(width, height) > MAX_PAGE_PT:
                self._give_up(
                    number,
                    Message(
                        "Page {number} is more than {length} points long; a grey page stands in its place.",
                        number=number,
                        length=f"{MAX_PAGE_PT:g}",
                    ),
                )
            elif min(width, height) < 1:
                self._give_up(number, self._unread(number))
            self._sizes[number] = (*A4_PT, 1.0) if number in self._bad else (width, height, unit)
        return self._sizes[number]

    def _unread(self, number: int) -> Message:
        """Say that a page could not be read, and why, where that is known."""
        if self._too_large:
            return Message(
                "Page {number} is too large; save it at a lower resolution. A grey page stands in its place.",
                number=number,
            )
        return Message("Page {number} cannot be read; a grey page stands in its place.", number=number)

    def _unit(self, long_side: float, picture: bool) -> float:
        """Points per unit of MuPDF's for a page with this longer side.

        PDFs of scans and photos are made with a point for each pixel, too. Their pages share one unit, or a book's
        pages would differ in size; sheets of paper, and posters that MAX_PAGE_PT allows, keep their own.
        """
        if picture:
            return paper_unit(long_side)
        if not PAPER_PT[1] < long_side <= MAX_PIXELS_PT:
            return 1.0
        if not self._pixel_unit:
            answer = self._ask("longest", limit=MAX_PIXELS_PT)
            width, height = (answer.width, answer.height) if answer else (0.0, 0.0)
            self._pixel_unit = shared_unit(max(width, height, long_side), min(width, height))
        return self._pixel_unit

    def _raster(self, number: int, scale: float, channels: int, annotations: str) -> np.ndarray | None:
        """Rasterise a page as it is turned, (h, w) or (h, w, 3) uint8; None when that fails."""
        if number in self._bad:
            return None
        unit = self._sizes[number][2]
        answer = self._ask("raster", page=number, scale=scale * unit, channels=channels, annotations=annotations)
        if not (answer and answer.pixels and answer.channels == channels):
            return None
        pixels = np.frombuffer(answer.pixels, np.uint8)
        shape = (answer.rows, answer.columns)
        pixels = pixels.reshape(shape if channels == 1 else (*shape, channels))
        return np.ascontiguousarray(np.rot90(pixels, -self.turned(number)))

    def _name_unread(self, names: list[str]) -> None:
        more = f" (and {len(names) - MOST_NAMED} more)" if len(names) > MOST_NAMED else ""
        if len(names) == 1:
            self._warn(Message("{name} is left out: livefollow cannot read it; save it as JPEG.", name=names[0]))
        elif names:
            listed = ", ".join(names[:MOST_NAMED]) + more
            self._warn(Message("{names} are left out: livefollow cannot read them; save them as JPEG.", names=listed))

    def _give_up(self, number: int, warning: Message) -> None:
        if number not in self._bad:
            self._bad.add(number)
            self._warn(warning)

    def _warn(self, warning: Message) -> None:
        logger.warning("%s: %s", shown(self.path), warning)
        self.warnings.append(warning)


def grey_raster(width: float, height: float, scale: float) -> np.ndarray:
    """The pixels of a placeholder, (h, w) uint8."""
    return np.full((math.ceil(height * scale), math.ceil(width * scale)), PLACEHOLDER_GREY, np.uint8)
