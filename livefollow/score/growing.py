"""Arrays that grow page by page: what was read before is not copied for each page that is read."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

SPARE = 2  # times as long as is needed now; what is not used yet takes no memory of the computer's


class Growing:
    """An array that grows along one axis. What `extended` has given stays as it is, for whatever thread has it.

    Attributes:
        now: the array as far as it has grown.
    """

    def __init__(self, empty: Array, axis: int = 0) -> None:
        """Begin with an array that has no length along its axis."""
        self.now, self._axis = empty, axis
        self._buffer = empty
        self._used = [0]  # of the buffer, which others that grew from the same beginning may have, too

    def extended(self, more: Array) -> Growing:
        """The array with more behind it; this one stays as it is."""
        axis, before = self._axis, self.now.shape[self._axis]
        after = before + more.shape[axis]
        longer = Growing.__new__(Growing)
        longer._axis, longer._buffer, longer._used = axis, self._buffer, self._used
        if after > self._buffer.shape[axis] or self._used[0] != before:
            shape = list(self.now.shape)
            shape[axis] = SPARE * after
            longer._buffer, longer._used = np.empty(shape, self.now.dtype), [before]
            longer._part(0, before)[...] = self.now
        longer._part(before, after)[...] = more
        longer._used[0] = after
        longer.now = longer._part(0, after)
        return longer

    def _part(self, start: int, stop: int) -> Array:
        return self._buffer[(slice(None),) * self._axis + (slice(start, stop),)]
