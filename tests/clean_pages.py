"""Pages of the tests' own scores as they are engraved, rasterised and searched once for all tests of a process."""

from functools import cache
from pathlib import Path

from livefollow.score.document import Document, Page
from livefollow.score.systems import System, find_systems


@cache
def pages_of(path: Path) -> tuple[Page, ...]:
    """The pages of a score; their images cannot be written to."""
    with Document(path) as document:
        pages = tuple(document.pages())
    for page in pages:
        page.image.setflags(write=False)
    return pages


@cache
def systems_of(path: Path) -> tuple[tuple[System, ...], ...]:
    """The systems that are found on each page."""
    return tuple(tuple(find_systems(page)) for page in pages_of(path))
