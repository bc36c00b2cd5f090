"""The sound sources of a session, one after the other, and why one cannot be opened.

The following thread takes opened sources from here; any thread may request one, and read `trouble`.
"""

from __future__ import annotations

import logging
import math
import queue
import time

from livefollow.audio.source import Source
from livefollow.errors import NOTHING, LivefollowError, Message
from livefollow.features.capture import Capture

TROUBLE_S = 10.0  # for which the reason is shown why the previous source came back
RETRY_S = 5.0  # between two attempts to open a source while there is no other

logger = logging.getLogger(__name__)


class Inputs:
    """A queue of requested sources, of which only the newest counts."""

    def __init__(self) -> None:
        """Begin without a request."""
        self._asked: queue.SimpleQueue[Source | None] = queue.SimpleQueue()  # None: the end
        self._before: Source | None = None  # the last source that was heard
        self._trouble = (NOTHING, 0.0)  # why a source could not be opened, and until when to show it

    @property
    def trouble(self) -> Message:
        """A sentence while a source cannot be opened; else empty."""
        sentence, until = self._trouble
        return sentence if time.monotonic() < until else NOTHING

    @property
    def waiting(self) -> bool:
        """Whether another source, or the end, has been requested since the last one was taken."""
        return not self._asked.empty()

    def ask(self, source: Source) -> None:
        """Request another source, closed, to replace the present one."""
        self._asked.put(source)

    def end(self) -> None:
        """Request the end: no more sources."""
        self._asked.put(None)

    def take(self) -> Capture | None:
        """Wait for a request and return a started capture of the newest source; None at the end.

        If it cannot be opened, the previous one comes back; without one, opening is tried again and again.
        """
        source = self._newest()
        while source:
            capture = self._opened(source)
            if capture:
                self._before = capture.source
                return capture
            source = self._newest(source)
        return None

    def _newest(self, again: Source | None = None) -> Source | None:
        """Return the source to open next; `again` if no other is requested for a while."""
        try:
            source = self._asked.get(timeout=RETRY_S if again else None)
        except queue.Empty:
            return again
        while source and not self._asked.empty():
            source = self._asked.get()
        return source

    def _opened(self, source: Source) -> Capture | None:
        """Start a capture of a source, or of the previous one if that fails."""
        try:
            capture = _started(source)
        except LivefollowError as error:
            if error.message != self._trouble[0]:  # once, however often opening is tried
                logger.warning("%s", error)
            self._trouble = (error.message, math.inf)
        else:
            self._trouble = (NOTHING, 0.0)
            return capture
        try:
            back = _started(self._before) if self._before else None
        except LivefollowError as error:
            logger.info("%s", error)
            return None
        if back:
            self._trouble = (self._trouble[0], time.monotonic() + TROUBLE_S)
        return back


def _started(source: Source) -> Capture:
    """Start a capture of a source.

    Raises:
        LivefollowError: it cannot be opened.
    """
    capture = Capture(source)
    capture.start()
    return capture
