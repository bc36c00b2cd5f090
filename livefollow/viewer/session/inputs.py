"""The sources that a session is to hear, one after the other, and what hinders them.

One thread, the session's following, takes them from here, opened; any thread may ask for one, and for what hinders.
"""

from __future__ import annotations

import logging
import math
import queue
import time

from livefollow.audio.source import Source
from livefollow.errors import NOTHING, LivefollowError, Message
from livefollow.features.capture import Capture

TROUBLE_S = 10.0  # that it is said why another source came back than was asked for
RETRY_S = 5.0  # between two attempts to open a source while there is no other to hear

logger = logging.getLogger(__name__)


class Inputs:
    """Asked for at any time, heard in turn: only the newest counts."""

    def __init__(self) -> None:
        """Nothing is asked for yet."""
        self._asked: queue.SimpleQueue[Source | None] = queue.SimpleQueue()  # None: no more will come
        self._before: Source | None = None  # that was heard last
        self._trouble = (NOTHING, 0.0)  # why a source could not be opened, and until when it is said

    @property
    def trouble(self) -> Message:
        """A sentence while a source is not heard because it cannot be opened; else empty."""
        sentence, until = self._trouble
        return sentence if time.monotonic() < until else NOTHING

    @property
    def waiting(self) -> bool:
        """Whether another source, or the end, has been asked for since the last one was taken."""
        return not self._asked.empty()

    def ask(self, source: Source) -> None:
        """Have another source, closed, in the place of the one that is heard."""
        self._asked.put(source)

    def end(self) -> None:
        """Have none any more."""
        self._asked.put(None)

    def take(self) -> Capture | None:
        """A started capture of the newest source that was asked for, waited for; None at the end.

        Where it cannot be opened, the one before comes back; where there is none, it is tried until it can be.
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
        """The source to open next; `again` when no other is asked for in a while."""
        try:
            source = self._asked.get(timeout=RETRY_S if again else None)
        except queue.Empty:
            return again
        while source and not self._asked.empty():
            source = self._asked.get()
        return source

    def _opened(self, source: Source) -> Capture | None:
        """A started capture of a source, or of the one before where that fails."""
        try:
            capture = _started(source)
        except LivefollowError as error:
            if error.message != self._trouble[0]:  # once, however often it is tried
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
    """A capture that listens to a source.

    Raises:
        LivefollowError: it cannot be opened.
    """
    capture = Capture(source)
    capture.start()
    return capture
