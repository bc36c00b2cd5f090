"""List the files that make up a score, and how their pictures are turned, without decoding them."""

from __future__ import annotations

import hashlib
import re
import stat
import struct
from collections.abc import Sequence
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
PAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".pdf"})
# Pictures that may be pages of a score, and that livefollow does not read.
UNREAD_SUFFIXES = frozenset(
    {".heic", ".heif", ".hif", ".avif", ".jxl", ".jp2", ".gif", ".bmp", ".dng", ".psd", ".djvu"}
)
ORIENTATION_TAG = 274
MAX_CHUNKS = 10_000
HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")
EXIF_NAME = b"Exif\0\0"
RIFF_HEAD, CHUNK_HEAD = 12, 8  # bytes


class ScoreFile(NamedTuple):
    """One file of a score."""

    path: Path
    kind: str  # pdf, png, jpeg, tiff or webp
    orientations: list[int]  # EXIF orientation, 1 to 8, of each page where MuPDF leaves it to us; may end early


def shown(path: Path) -> str:
    """Make a path printable in a message, even where its name is not valid text."""
    return str(path).encode(errors="replace").decode()


def list_sources(path: Path) -> list[ScoreFile]:
    """List the files that make up a score, in order.

    Raises:
        ScoreError: `path` is no file livefollow reads, nor a folder with such files.
    """
    if not path.is_dir():
        return [read_source(path)]
    pages = [entry for entry in files_in(path) if entry.suffix.lower() in PAGE_SUFFIXES]
    if not pages:
        unread = unread_in(path)
        if unread:
            raise ScoreError(
                "livefollow cannot read the pictures in the folder {name}, such as {picture}; save them as JPEG.",
                name=shown(path),
                picture=unread[0],
            )
        raise ScoreError(
            "The folder {name} has no PDF, PNG, JPEG, TIFF or WebP files; choose a file or another folder.",
            name=shown(path),
        )
    if len(pages) > MAX_PAGES:
        raise ScoreError(
            "The folder {name} has more than {count} files; choose one with a single score.",
            name=shown(path),
            count=MAX_PAGES,
        )
    return [read_source(page) for page in pages]


def content_hash(path: Path, files: Sequence[ScoreFile]) -> str:
    """SHA-256 (hex) of a score's bytes; of a folder, of its files' names and bytes.

    Args:
        path: of the score.
        files: as `list_sources` lists them.

    Raises:
        ScoreError: a file cannot be read any more.
    """
    digest = hashlib.sha256()
    for source in files:
        try:
            with source.path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256")
        except OSError as error:
            raise ScoreError(
                "{name} can no longer be read ({reason}).", name=shown(source.path), reason=error.strerror
            ) from error
        if source.path == path:
            digest = content
        else:
            digest.update(source.path.name.encode(errors="surrogateescape") + b"\0" + content.digest())
    return digest.hexdigest()


def unread_in(path: Path) -> list[str]:
    """List the names of the pictures in a folder that livefollow does not read; of a file, none."""
    if not path.is_dir():
        return []
    return [shown(Path(entry.name)) for entry in files_in(path) if entry.suffix.lower() in UNREAD_SUFFIXES]


def files_in(folder: Path) -> list[Path]:
    """List the files of a folder in natural order, without hidden ones.

    Raises:
        ScoreError: the folder may not be read.
    """
    try:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".") and entry.is_file()]
    except OSError as error:
        raise ScoreError(
            "{name} cannot be read ({reason}); check its permissions.", name=shown(folder), reason=error.strerror
        ) from error
    return sorted(entries, key=natural_order)


def natural_order(path: Path) -> list[tuple[int, str]]:
    """Sort key that puts page2 before page10."""
    parts = re.split(r"([0-9]+)", path.name.casefold())
    return [(int(part), "") if i % 2 else (0, part) for i, part in enumerate(parts)]


def read_source(path: Path) -> ScoreFile:
    """Identify a file by its first bytes; one that is only called .pdf may be a PDF with a damaged head.

    Raises:
        ScoreError: something else, or nothing that can be read.
    """
    name = shown(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ScoreError(
                "{name} is no ordinary file; livefollow reads PDF, PNG, JPEG, TIFF and WebP files.", name=name
            )
        with path.open("rb") as file:
            head = file.read(1024)
            kind = kind_of(head, path.suffix.lower())
            orientations = read_orientations(file, kind)
    except FileNotFoundError as error:
        raise ScoreError("{name} does not exist; check the name and the folder.", name=name) from error
    except PermissionError as error:
        raise ScoreError("{name} may not be read; check its permissions.", name=name) from error
    except (OSError, ValueError) as error:
        raise ScoreError("{name} cannot be read ({reason}).", name=name, reason=error) from error
    if not head:
        raise ScoreError("{name} is empty; try another copy.", name=name)
    if status.st_size > MAX_FILE_BYTES:
        raise ScoreError(
            "{name} is larger than {size} MB; save it smaller, or as several files.",
            name=name,
            size=MAX_FILE_BYTES >> 20,
        )
    if kind:
        return ScoreFile(path, kind, orientations)
    if head[4:12] in HEIC:
        raise ScoreError("{name} is a HEIC photo; save it as JPEG.", name=name)
    raise ScoreError(
        "{name} is no score that can be opened; livefollow reads PDF, PNG, JPEG, TIFF and WebP files.", name=name
    )


def kind_of(head: bytes, suffix: str) -> str:
    """The kind of a file by its first bytes and suffix; empty for one that livefollow does not read."""
    for magic, kind in SIGNATURES:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "pdf" if b"%PDF-" in head or suffix == ".pdf" else ""


def read_orientations(file: BinaryIO, kind: str) -> list[int]:
    """Read the EXIF orientation of each page of a TIFF, of a PNG, or of a WebP; MuPDF turns JPEGs itself."""
    if kind == "tiff":
        return tiff_orientations(file, 0)
    if kind == "png":
        position = 8
        for _ in range(MAX_CHUNKS):
            file.seek(position)
            chunk = file.read(8)
            if len(chunk) < 8:
                break
            if chunk[4:] == b"eXIf":
                return tiff_orientations(file, position + 8)[:1]
            position += 12 + int.from_bytes(chunk[:4], "big")
    if kind == "webp":
        position = RIFF_HEAD
        for _ in range(MAX_CHUNKS):
            file.seek(position)
            chunk = file.read(CHUNK_HEAD)
            if len(chunk) < CHUNK_HEAD:
                break
            if chunk[:4] == b"EXIF":
                start = position + CHUNK_HEAD
                file.seek(start)
                named = file.read(len(EXIF_NAME)) == EXIF_NAME  # which some programs leave before it
                return tiff_orientations(file, start + len(EXIF_NAME) * named)[:1]
            length = int.from_bytes(chunk[4:], "little")
            position += CHUNK_HEAD + length + length % 2
    return []


def tiff_orientations(file: BinaryIO, start: int) -> list[int]:
    """Read the orientation of each image of the TIFF structure at `start`; of a damaged one, as many as there are."""
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
