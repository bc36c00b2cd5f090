"""Where else in the score the last seconds would have sounded the same.

Music repeats itself, and readers make mistakes: a copy of the present place may explain what is heard better than the
place itself, because there the page was read right. Who "goes on" at such a copy has not gone anywhere.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.follow.emission import Evidence
from livefollow.follow.priors import Settings
from livefollow.follow.search import HEARD, Search
from livefollow.follow.tempo_filter import SKIPS

FloatArray = npt.NDArray[np.float32]

BACK = 8  # events that players go back when they stumble


class Echoes:
    """A search that may begin anywhere at no cost: its masses say what fits the recent past."""

    def __init__(self, real: npt.NDArray[np.float64], settings: Settings) -> None:
        """Take the events; arguments as for `Search`."""
        self._settings = settings
        self._search = Search(real, settings)
        self.extend(real)

    def extend(self, real: npt.NDArray[np.float64]) -> None:
        """Take the events of a longer score that begins with the same ones."""
        self._search.extend(real)
        self._anywhere = np.full(len(real), self._settings.echo_begins / len(real), np.float32)

    def step(self, evidence: Evidence) -> None:
        """Go on by a frame."""
        if evidence.heard >= HEARD or self._search.mass[:2].any():
            total = self._search.step(evidence, self._anywhere)
            self._search.scale(1 / total)

    def damp(self, entering: FloatArray, event: int) -> None:
        """Lower the (E,) masses of those who enter where one would come from a copy of the present event."""
        events = self._search.events
        copies = events > self._settings.echo_share * events[max(0, event - 1) : event + 2].max()
        reached = copies.copy()
        for k in range(1, SKIPS + 1):
            reached[k:] |= copies[:-k]
        # What lies just behind is no copy: who stumbles goes back there.
        reached[max(0, event - BACK) : event + 1] = False
        entering[reached] *= np.float32(self._settings.echo_enters)
