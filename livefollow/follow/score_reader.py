"""Reads a score page by page: pages that are known at once, the others on two threads, each with all that is in it.

Until a first page with music is read, one thread reads alone: somebody waits for it. The order of the pages is that of
the score whichever thread is done first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from livefollow import __version__
from livefollow.networks.reader import Reader
from livefollow.score.freed_memory import give_back
from livefollow.score.hands import DuetPart
from livefollow.score.page_cache import KnownPage, code_stamp
from livefollow.score.reading import Reading
from livefollow.score.score import Score

THREADS = 2  # that read pages: Python lets more of them run one at a time
AHEAD = 3  # pages that may be under way


class ScoreReader:
    """Finds the systems of a score and reads the events on them."""

    def __init__(self, reader: Reader) -> None:
        """Take the reader, which several threads will use."""
        self._reader = reader
        network = reader.network
        self._key = " ".join((__version__, code_stamp(), network.sha256, network.provider))

    def read(self, score: Score) -> Iterator[tuple[int, list[Reading]]]:
        """Read a score; its strip grows.

        Args:
            score: opened, not read. Pages that its cache knows are not read again; the cache gets those that are.

        Yields:
            The number of a page, or of the last of several, once they are on the strip, and their systems' readings.
        """
        cache = score.cache if score.corrections.part is DuetPart.ALL else None
        known = cache.load(score.document.content_hash, self._key) if cache else {}
        known = {number: page for number, page in known.items() if page.state == score.corrections.state(number)}
        numbers = score.pages
        unknown = deque(number for number in numbers if number not in known)
        every: list[KnownPage] = []
        score.judge()
        with ThreadPoolExecutor(THREADS, thread_name_prefix="reading") as threads:
            under_way: deque[Future[KnownPage]] = deque()
            try:
                together: list[Reading] = []
                for number, following in zip(numbers, (*numbers[1:], None), strict=True):
                    page, begun = known.get(number), bool(score.strip.placements)
                    if page is None:
                        ahead = AHEAD if begun else 1
                        while unknown and len(under_way) < ahead:
                            under_way.append(threads.submit(self._read_page, score, unknown.popleft()))
                        page = under_way.popleft().result()
                    together += _put(score, page)
                    every.append(page)
                    if following not in known or (together and not begun):  # the first music is not kept waiting
                        score.judge()
                        give_back()
                        yield number, together
                        together = []
            finally:
                threads.shutdown(cancel_futures=True)
        if cache and any(number not in known for number in numbers):
            hidden = [page for number, page in known.items() if number not in numbers]
            kept = [page for page in (*every, *hidden) if page.found.readable]
            cache.save(score.document.content_hash, self._key, kept)
            del kept, hidden
        del known, every
        give_back()

    def _read_page(self, score: Score, number: int) -> KnownPage:
        state = score.corrections.state(number)
        _, found = score.find(number, image=False)
        readings = (self._reader.read_staves(cut.bands, cut.other_bands, 0, 0) for cut in found.cuts)
        return KnownPage(found, tuple(readings), state)


def _put(score: Score, page: KnownPage) -> list[Reading]:
    """Put a page on the strip; returns the readings of what is on it now, where it lies now."""
    first = len(score.strip.placements)
    score.put(page.found)
    places = score.strip.placements[first:]
    readings = page.readings if places else ()  # of another player's pages nothing is on it
    return [_moved(r, place.x0, index) for index, (place, r) in enumerate(zip(places, readings, strict=True), first)]


def _moved(reading: Reading, x0: int, index: int) -> Reading:
    """A reading of a system that lies at x0 as the placement with an index."""
    marks = reading.marks.copy()
    marks["x"] += x0
    return replace(reading, x=reading.x + x0, system=reading.system + index, marks=marks, end=reading.end + x0)
