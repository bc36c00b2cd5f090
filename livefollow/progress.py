"""A bar on standard error for work that takes a while; silent where nobody watches."""

from __future__ import annotations

import sys
from threading import Lock

WIDTH = 30


class Progress:
    """Counts steps; may be used by several threads."""

    def __init__(self, total: int, what: str) -> None:
        """Show an empty bar.

        Args:
            total: steps there will be.
            what: is being done, a word or two.
        """
        self._total, self._what = max(1, total), what
        self._done = 0
        self._drawn = -1
        self._lock = Lock()
        self._watched = sys.stderr.isatty()

    def step(self, note: str = "") -> None:
        """One step is done; `note` says which."""
        with self._lock:
            self._done += 1
            percent = 100 * self._done // self._total
            if self._watched and (note or percent != self._drawn):
                self._drawn = percent
                bar = "#" * (WIDTH * self._done // self._total)
                print(f"\r{self._what} [{bar:<{WIDTH}}] {percent:3d} % {note:.40}\033[K", end="", file=sys.stderr)

    def close(self) -> None:
        """Leave the line."""
        if self._watched:
            print("\r\033[K", end="", file=sys.stderr)
