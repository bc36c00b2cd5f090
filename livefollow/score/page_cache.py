"""What the pages of a score were read as, kept on the disk: a score that is opened again is followed at once.

One file per score, named after its content. It holds for what read it (a key: program, networks) and, page by page, for
what the player has corrected there. Whatever is wrong with a file, it counts as absent: the checksum finds damage, and
what a file says is checked as what comes from elsewhere, because anybody may have written it. Nothing in it is run.

    MAGIC, SHA-256 of all that follows, length of the header (8 bytes), header (JSON), arrays in the header's order
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

from livefollow.constants import COLUMN, MAX_PAGES, N_PITCHES, STRIP_HEIGHT
from livefollow.score.corrections import sound_staff
from livefollow.score.document import MetronomeMark, PrintedDirection, PrintedNumber
from livefollow.score.found_page import FoundPage
from livefollow.score.links.words import DirectionKind
from livefollow.score.reading import MARK, N_MARKS, Others, Reading
from livefollow.score.strip import Cut, Placement
from livefollow.score.systems import Staff, System
from livefollow.storage import whole_file

MAGIC = b"livefollow pages 1\n"
CHECKSUM, LENGTH = 32, 8  # bytes
SUFFIX = ".pages"
MOST_BYTES = 200 * 10**6  # of all files together; the ones that were not used for longest go first
WIDEST = 100_000  # strip px of a system
LARGEST_SCALE = 1000.0  # strip px per point
MOST_START = 10_000  # pixels of the start of a staff
FLOATS = {"float32": np.float32, "float64": np.float64}  # that staves are made of

logger = logging.getLogger(__name__)

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class KnownPage:
    """A page as it was read.

    Attributes:
        found: what is on it.
        readings: of its cuts, in their order, each as if it were the first on a strip.
        state: the player's corrections of it then: see `Corrections.state`.
    """

    found: FoundPage
    readings: tuple[Reading, ...]
    state: str


class PageCache:
    """The files of all scores; any thread."""

    def __init__(self, folder: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        """Use a folder, which need not exist.

        Args:
            folder: the platform's folder for what can be made again, by default.
            most_bytes: of all files together.
        """
        self.folder = folder or platformdirs.user_cache_path("livefollow") / "scores"
        self._most_bytes = most_bytes

    def load(self, content_hash: str, key: str) -> dict[int, KnownPage]:
        """The known pages of a score by their number; none where there is no sound file for this key."""
        path = self._path(content_hash)
        try:
            if not path.is_file() or path.stat().st_size > self._most_bytes:
                return {}
            pages = _decoded(path.read_bytes(), key)
            os.utime(path)  # used now
            return pages
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            OverflowError,
            RecursionError,
        ) as e:
            logger.info("%s counts as absent (%s: %s)", path.name, type(e).__name__, e)
            return {}

    def save(self, content_hash: str, key: str, pages: Sequence[KnownPage]) -> None:
        """Keep the pages of a score in the place of what was kept of it, where the disk allows it."""
        path = self._path(content_hash)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as partial:
                partial.write_bytes(_encoded(pages, key))
            self._make_room(path)
        except OSError as error:
            logger.info("The pages are not kept: %s", error)

    def clear(self) -> int:
        """Delete everything that is kept; returns the bytes that were freed.

        Raises:
            OSError: a file cannot be deleted.
        """
        for _, _, path in (files := self._files()):
            path.unlink(missing_ok=True)
        return sum(size for _, size, _ in files)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, size, _ in self._files())

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each was used last, its bytes, and where it lies; another window may delete some meanwhile."""
        files = []
        for path in self.folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        return files

    def _path(self, content_hash: str) -> Path:
        return self.folder / f"{content_hash}{SUFFIX}"

    def _make_room(self, newest: Path) -> None:
        total = 0
        for _, size, path in sorted(self._files(), key=lambda file: (file[2] != newest, -file[0])):
            total += size
            if total > self._most_bytes:
                path.unlink(missing_ok=True)


def _encoded(pages: Sequence[KnownPage], key: str) -> bytes:
    arrays: list[bytes] = []
    header = {"key": key, "pages": [_encode_page(page, arrays.append) for page in pages]}
    text = json.dumps(header).encode()
    body = b"".join([len(text).to_bytes(LENGTH, "little"), text, *arrays])
    return MAGIC + hashlib.sha256(body).digest() + body


def _encode_page(page: KnownPage, write: Callable[[bytes], object]) -> dict[str, Any]:
    found = page.found
    for system in found.systems:
        for staff in system.staves:
            for values in (staff.x, staff.centre, staff.space):
                write(np.ascontiguousarray(values).tobytes())
    for start in (start for starts in found.starts for start in starts):
        write(start.tobytes())
    for cut, reading in zip(found.cuts, page.readings, strict=True):
        write(cut.packed)
        for packed in cut.others:
            write(packed)
        columns: tuple[Array, ...] = (reading.x, reading.pitches, reading.beats, reading.presence, reading.marks)
        if (others := reading.others) is not None:
            columns += others.struck, others.around, others.alone
        for column in columns:
            write(np.ascontiguousarray(column).tobytes())
    places = [cut.place for cut in found.cuts]
    return {
        "number": found.number,
        "state": page.state,
        "upright": found.upright,
        "missed": found.missed,
        "directions": [[d.left, d.top, d.right, d.bottom, int(d.kind)] for d in found.directions],
        "printed": [[getattr(number, field.name) for field in fields(number)] for number in found.printed],
        "tempi": [[getattr(mark, field.name) for field in fields(mark)] for mark in found.tempi],
        "systems": [
            {
                "staves": [
                    [len(staff.x), str(staff.x.dtype), str(staff.centre.dtype), str(staff.space.dtype)]
                    for staff in system.staves
                ],
                "piano": list(system.piano),
                "skip": system.skip,
                "tilt": [float(tilt) for tilt in system.tilt],
            }
            for system in found.systems
        ],
        "starts": [[start.shape for start in starts] for starts in found.starts],
        "cuts": [
            {
                "number": place.number,
                "width": place.width,
                "scale": place.scale,
                "bytes": len(cut.packed),
                "others": [len(packed) for packed in cut.others],
                "joined": reading.others is not None,
                "events": len(reading),
                "marks": len(reading.marks),
            }
            for place, cut, reading in zip(places, found.cuts, page.readings, strict=True)
        ],
    }


class _Arrays:
    """The arrays of a file, in their order."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def raw(self, count: int) -> bytes:
        """The next bytes; ValueError where there are not so many."""
        start, self._at = self._at, self._at + count
        if count < 0 or self._at > len(self._data):
            raise ValueError("it ends too early")
        return self._data[start : self._at]

    def take(self, dtype: npt.DTypeLike, *shape: int) -> Array:
        """The next array; ValueError for one with a number that is none."""
        kind, count = np.dtype(dtype), 1
        for side in shape:
            count *= _whole(side, 0, MAX_PAGES * WIDEST)
        array = np.frombuffer(self.raw(count * kind.itemsize), kind).reshape(shape).copy()
        for part in (array[name] for name in kind.names) if kind.names else (array,):
            if not np.all(np.isfinite(part)):
                raise ValueError("a number is none")
        return array


def _decoded(data: bytes, key: str) -> dict[int, KnownPage]:
    """Inverse of `_encoded`; ValueError, KeyError or another error of what is not as it should be."""
    start = len(MAGIC) + CHECKSUM
    if data[: len(MAGIC)] != MAGIC or hashlib.sha256(data[start:]).digest() != data[len(MAGIC) : start]:
        raise ValueError("it is damaged")
    length = int.from_bytes(data[start : start + LENGTH], "little")
    arrays = _Arrays(data, start + LENGTH)
    header = json.loads(arrays.raw(length))
    if header["key"] != key:
        raise ValueError("it was read by another program, or another network")
    pages = [_decode_page(entry, arrays) for entry in header["pages"]]
    return {page.found.number: page for page in pages}


def _decode_page(entry: dict[str, Any], arrays: _Arrays) -> KnownPage:
    number = _whole(entry["number"], 1, MAX_PAGES)
    systems = tuple(_decode_system(number, said, arrays) for said in entry["systems"])
    starts = [[_start(shape, arrays) for shape in shapes] for shapes in entry["starts"]]
    cuts, readings = [], []
    for said in entry["cuts"]:
        system = systems[_whole(said["number"], 1, len(systems)) - 1]
        width, scale = _whole(said["width"], COLUMN, WIDEST), float(said["scale"])
        if width % COLUMN or not 0 < scale < LARGEST_SCALE:
            raise ValueError("a system has no size")
        place = Placement(system, said["number"], 0, width, scale, np.zeros(STRIP_HEIGHT))
        packed, *others = (
            arrays.raw(_whole(count, 0, WIDEST * STRIP_HEIGHT)) for count in (said["bytes"], *said["others"])
        )
        cuts.append(Cut(place, packed, None, tuple(others)))
        reading = _decode_reading(said["events"], said["marks"], width, arrays)
        readings.append(replace(reading, others=_decode_others(len(reading), arrays)) if said["joined"] else reading)
    printed = [_decode_number(values) for values in entry["printed"]]
    found = FoundPage(
        number=number,
        systems=systems,
        cuts=tuple(cuts),
        missed=bool(entry["missed"]),
        starts=starts,
        printed=printed,
        directions=[_decode_direction(values) for values in entry["directions"]],
        upright=_whole(entry["upright"], 0, 3),
        readable=True,
        tempi=tuple(_decode_mark(values) for values in entry["tempi"]),
    )
    return KnownPage(found, tuple(readings), str(entry["state"]))


def _decode_system(page: int, said: dict[str, Any], arrays: _Arrays) -> System:
    staves: list[Staff] = []
    for knots, *kinds in said["staves"]:
        x, centre, space = (arrays.take(FLOATS[kind], knots) for kind in kinds)
        staves.append(sound_staff(page, x, centre, space))
    piano = tuple(_whole(index, 0, len(staves) - 1) for index in said["piano"])
    left, right = (float(tilt) for tilt in said["tilt"])
    if not piano or not (abs(left) < 1 and abs(right) < 1):
        raise ValueError(f"a system on page {page} has no shape")
    return System(page, tuple(staves), piano, bool(said["skip"]), (left, right))


def _start(shape: list[int], arrays: _Arrays) -> Array:
    rows, columns = shape
    if not 0 < rows * columns <= MOST_START:
        raise ValueError("the start of a staff has no size")
    return arrays.take(np.uint8, rows, columns)


def _decode_reading(events: int, marks: int, width: int, arrays: _Arrays) -> Reading:
    x = arrays.take(np.float64, events)
    pitches, beats, presence = (
        arrays.take(np.float32, *shape) for shape in ((events, N_PITCHES), (events,), (events,))
    )
    found = arrays.take(MARK, marks)
    shares = (pitches, presence, found["p"])
    in_place = all(
        np.all(np.diff(at) >= 0) and np.all((at >= -COLUMN) & (at <= width + COLUMN)) for at in (x, found["x"])
    )
    if not (in_place and all(np.all((share >= 0) & (share <= 1)) for share in shares) and np.all(beats > 0)):
        raise ValueError("a reading makes no sense")
    if not np.all((found["kind"] >= 0) & (found["kind"] < N_MARKS)):
        raise ValueError("a mark is of no kind")
    return Reading(x, pitches, beats, presence, np.zeros(events, np.int32), found, end=width)


def _decode_others(events: int, arrays: _Arrays) -> Others:
    struck, around = (arrays.take(np.float32, events, N_PITCHES) for _ in range(2))
    if not all(np.all((share >= 0) & (share <= 1)) for share in (struck, around)):
        raise ValueError("what others have makes no sense")
    return Others(struck, around, arrays.take(np.uint8, events) > 0)


def _decode_mark(values: list[Any]) -> MetronomeMark:
    left, top, right, bottom, tempo = (float(value) for value in values)
    if not all(map(math.isfinite, (left, top, right, bottom, tempo))) or tempo <= 0:
        raise ValueError("a metronome mark is none")
    return MetronomeMark(left, top, right, bottom, tempo)


def _decode_number(values: list[Any]) -> PrintedNumber:
    *box, value, dotted = values
    left, top, right, bottom = (float(side) for side in box)
    if not all(map(np.isfinite, (left, top, right, bottom))):
        raise ValueError("a number stands nowhere")
    return PrintedNumber(left, top, right, bottom, _whole(value, 0, 10**9), bool(dotted))


def _decode_direction(values: list[Any]) -> PrintedDirection:
    *box, kind = values
    left, top, right, bottom = (float(side) for side in box)
    if not all(map(np.isfinite, (left, top, right, bottom))):
        raise ValueError("a direction stands nowhere")
    return PrintedDirection(left, top, right, bottom, DirectionKind(kind))


def _whole(value: object, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise ValueError(f"{value!r} is not between {lowest} and {highest}")
    return value


def code_stamp() -> str:
    """What tells this program's way of reading from another's: the files that it is made of, where there are any."""
    here = Path(__file__).parent
    files: Iterator[Path] = (path for folder in (here, here.parent / "networks") for path in folder.rglob("*.py"))
    stamp = [
        (str(path.relative_to(here.parent)), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(files)
    ]
    return hashlib.sha256(json.dumps(stamp).encode()).hexdigest()
