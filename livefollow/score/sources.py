"""Which files make up a score, and how their pictures are turned. Opens nothing with a decoder."""

from __future__ import annotations

import re
import stat
import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

from livefollow.constants import MAX_FILE_BYTES, MAX_PAGES
from livefollow.errors import ScoreError

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
)
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
READABLE = "livefollow reads PDF, PNG, JPEG and TIFF files"
ORIENTATION_TAG = 274
MAX_PNG_CHUNKS = 10_000
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


class Source(NamedTuple):
    """One file of a score."""

    path: Path
    kind: str  # pdf, png, jpeg or tiff
    orientations: list[int]  # EXIF orientation, 1 to 8, of each page where MuPDF leaves it to us; may end early


def shown(path: Path) -> str:
    """A path as a message may show it: names that are no proper text included."""
    return str(path).encode(errors="replace").decode()


def list_sources(path: Path) -> list[Source]:
    """The files that make up a score, in order.

    Raises:
        ScoreError: `path` is no file livefollow reads, nor a folder with images.
    """
    try:
        if not path.is_dir():
            return [read_source(path)]
        inside = sorted((entry for entry in path.iterdir() if not entry.name.startswith(".")), key=natural_order)
    except OSError as error:
        raise ScoreError(f"{shown(path)} cannot be read ({error.strerror}); check its permissions.") from error
    images = [entry for entry in inside if entry.suffix.lower() in IMAGE_SUFFIXES and entry.is_file()]
    if not images:
        raise ScoreError(f"The folder {shown(path)} has no PNG, JPEG or TIFF images; choose a file or another folder.")
    if len(images) > MAX_PAGES:
        raise ScoreError(f"The folder {shown(path)} has more than {MAX_PAGES} images; choose one with a single score.")
    return [read_source(image) for image in images]


def natural_order(path: Path) -> list[tuple[int, str]]:
    """Sort key that puts page2 before page10."""
    parts = re.split(r"([0-9]+)", path.name.casefold())
    return [(int(part), "") if i % 2 else (0, part) for i, part in enumerate(parts)]


def read_source(path: Path) -> Source:
    """What a file is, by its first bytes; one that is only called .pdf may be a PDF with a damaged head.

    Raises:
        ScoreError: something else, or nothing that can be read.
    """
    name = shown(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ScoreError(f"{name} is no ordinary file; {READABLE}.")
        with path.open("rb") as file:
            head = file.read(1024)
            kind = kind_of(head, path.suffix.lower())
            orientations = read_orientations(file, kind)
    except FileNotFoundError as error:
        raise ScoreError(f"{name} does not exist; check the name and the folder.") from error
    except PermissionError as error:
        raise ScoreError(f"{name} may not be read; check its permissions.") from error
    except (OSError, ValueError) as error:
        raise ScoreError(f"{name} cannot be read ({error}).") from error
    if not head:
        raise ScoreError(f"{name} is empty; try another copy.")
    if status.st_size > MAX_FILE_BYTES:
        raise ScoreError(f"{name} is larger than {MAX_FILE_BYTES >> 20} MB; save it smaller, or as several files.")
    if kind:
        return Source(path, kind, orientations)
    if head[4:12] in HEIC:
        raise ScoreError(f"{name} is a HEIC photo; save it as JPEG.")
    raise ScoreError(f"{name} is no score that can be opened; {READABLE}.")


def kind_of(head: bytes, suffix: str) -> str:
    """The kind of a file that begins so; empty for one livefollow does not read."""
    for magic, kind in SIGNATURES:
        if head.startswith(magic):
            return kind
    return "pdf" if b"%PDF-" in head or suffix == ".pdf" else ""


def read_orientations(file: BinaryIO, kind: str) -> list[int]:
    """EXIF orientation of each page of a TIFF, or of a PNG; JPEGs are turned by MuPDF itself."""
    if kind == "tiff":
        return tiff_orientations(file, 0)
    if kind == "png":
        position = 8
        for _ in range(MAX_PNG_CHUNKS):
            file.seek(position)
            chunk = file.read(8)
            if len(chunk) < 8:
                break
            if chunk[4:] == b"eXIf":
                return tiff_orientations(file, position + 8)[:1]
            position += 12 + int.from_bytes(chunk[:4], "big")
    return []


def tiff_orientations(file: BinaryIO, start: int) -> list[int]:
    """Orientation of each image of the TIFF structure at `start`; of a damaged one, what there is."""
    orientations: list[int] = []
    seen = {0}
    try:
        file.seek(start)
        endian = "<" if file.read(4)[:2] == b"II" else ">"
        (offset,) = struct.unpack(endian + "I", file.read(4))
        while offset not in seen and len(orientations) < MAX_PAGES:
            seen.add(offset)
            file.seek(start + offset)
            (count,) = struct.unpack(endian + "H", file.read(2))
            entries = struct.iter_unpack(endian + "HHIHH", file.read(12 * count))
            values = [value for tag, _, _, value, _ in entries if tag == ORIENTATION_TAG and 1 <= value <= 8]
            orientations.append(values[0] if values else 1)
            (offset,) = struct.unpack(endian + "I", file.read(4))
    except struct.error:
        pass
    return orientations
