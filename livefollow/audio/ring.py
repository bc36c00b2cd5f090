"""A ring of rows between two threads: samples (one column per channel) or frames (one column per bin).

One thread writes (the PortAudio callback; for frames the capture thread), one thread reads (the capture thread; for
frames the follower). There is no lock: the writer never waits and overwrites what the reader left too long. The reader
notices afterwards, skips to the oldest rows that are whole, and counts what it lost.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Rows = np.ndarray[Any, np.dtype[np.float32]]


class Ring:
    """Single-producer single-consumer ring of float32 rows, allocated once."""

    def __init__(self, rows: int, width: int) -> None:
        """Allocate an empty ring.

        Args:
            rows: how many rows it keeps.
            width: columns of a row.
        """
        if rows < 1 or width < 1:
            raise ValueError(f"a ring needs at least one row and one column, not {rows} × {width}")
        self._data: Rows = np.zeros((rows, width), np.float32)
        # Row numbers since the beginning. The writer announces what it will overwrite (`_claimed`) before it copies,
        # and what is complete (`_written`) after; the reader trusts no row below `_claimed - capacity`.
        self._claimed = 0
        self._written = 0
        self._read = 0
        self.overruns = 0
        self.lost = 0

    @property
    def capacity(self) -> int:
        """Number of rows the ring keeps."""
        return len(self._data)

    @property
    def width(self) -> int:
        """Number of columns of a row."""
        width: int = self._data.shape[1]
        return width

    @property
    def written(self) -> int:
        """Number of rows written since the beginning."""
        return self._written

    @property
    def position(self) -> int:
        """Number of the next row to read, counted from the beginning."""
        return self._read

    @property
    def waiting(self) -> int:
        """Number of rows not yet read; more than `capacity` if the reader was overrun."""
        return self._written - self._read

    def write(self, rows: npt.NDArray[np.float32]) -> None:
        """Append rows, overwriting the oldest if necessary. Producer only; allocates nothing and takes no lock.

        Args:
            rows: (n, width), any n. Of more than `capacity` rows the last ones stay.
        """
        data = self._data
        capacity = len(data)
        n = len(rows)
        start = self._written
        self._claimed = start + n
        if n > capacity:
            rows = rows[n - capacity :]
            start += n - capacity
            n = capacity
        at = start % capacity
        head = min(n, capacity - at)
        data[at : at + head] = rows[:head]
        if head < n:
            data[: n - head] = rows[head:]
        self._written = start + n

    def read(self, out: npt.NDArray[np.float32]) -> int:
        """Copy the oldest waiting rows. Consumer only.

        After an overrun `position` has jumped, `overruns` is one higher and `lost` grows by the rows that are gone.

        Args:
            out: (n, width), filled from its beginning.

        Returns:
            How many rows were copied; they are numbers `position - result` to `position - 1`.
        """
        capacity = self.capacity
        while True:
            self._skip_to(self._claimed - capacity)
            start = self._read
            n = min(len(out), self._written - start)
            if n <= 0:
                return 0
            at = start % capacity
            head = min(n, capacity - at)
            out[:head] = self._data[at : at + head]
            if head < n:
                out[head:n] = self._data[: n - head]
            if start >= self._claimed - capacity:
                self._read = start + n
                return n
            # Overwritten while it was copied: `out` may be torn.

    def _skip_to(self, oldest: int) -> None:
        """Move the reader on to row `oldest` if it is behind it, and count the loss."""
        if self._read < oldest:
            self.overruns += 1
            self.lost += oldest - self._read
            self._read = oldest
