"""Places that have sounded like the one the player went to: which of them it is, only what comes can tell.

A piece prints the same music in several places, and what both share cannot be heard. Where one of them is leapt to, the
places alike to it share the belief: each is the same run of events further on or back, and as likely as before until
its notes explain what is heard better or worse. Tempo says nothing about them; it is the same player.

Where else in the score the last seconds would have sounded the same.

Music repeats itself, and readers make mistakes: a copy of the present place may explain what is heard better than the
place itself, because there the page was read right. Who "goes on" at such a copy has not gone anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from livefollow.follow.hmm.emission import Evidence
from livefollow.follow.hmm.search import Search
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.hmm.tempo_filter import SKIPS, Alone, TempoFilter

FloatArray = npt.NDArray[np.float32]


class AlikePlaces:
    """The places that sound like the one where the player is believed to be.

    Attributes:
        offsets: (n,) events from the place that is shown to each; the first is that place itself, 0.
        shares: (n,) probability of each, sum 1.
    """

    def __init__(self, settings: Settings) -> None:
        """Know of no ambiguous passage yet."""
        self._settings = settings.ambiguity
        self.offsets = np.zeros(1, int)
        self.shares = np.ones(1)

    def take(self, search: Search, best: int, reach: int, mass: float) -> float:
        """Take the places alike to one that is leapt to out of the search.

        Args:
            search: which believes in them; the place itself is taken out already.
            best: the event that is leapt to.
            reach: events about it, and about each of them, that belong to the same place.
            mass: of the place.

        Returns:
            The mass of all, with the place's own.
        """
        offsets, masses = [0], [mass]
        while len(offsets) < self._settings.alike_places:
            peak, about, _ = search.best()
            if about < self._settings.alike_least * mass:
                break
            search.take(max(0, peak - reach), peak + reach)
            offsets.append(peak - best)
            masses.append(about)
        self.offsets = np.array(offsets)
        self.shares = np.array(masses) / sum(masses)
        return float(sum(masses))

    def see(self, near: TempoFilter, evidence: Evidence) -> float:
        """Weigh the places, and what `near` believes about the one that is shown, by a frame's evidence.

        Returns:
            The likelihood of the evidence at all of them, relative to its reference.
        """
        if len(self.offsets) == 1:
            return near.see(near.seen(evidence))
        seen = self.shares[:, None, None] * [near.seen(evidence, offset) for offset in self.offsets.tolist()]
        shares = (seen * near.columns).sum((1, 2))
        total = near.see(seen.sum(0))
        if total > 0:
            keep = shares >= self._settings.alike_least * total
            keep[0] = True
            self.offsets, self.shares = self.offsets[keep], shares[keep] / shares[keep].sum()
        return total

    def go_on(self, near: TempoFilter) -> None:
        """Go on by a frame with what `near` believes, beyond the last event where one of the places is earlier."""
        near.open_end(bool((self.offsets < 0).any()))
        near.go_on()

    def around(self, event: int, count: int) -> list[tuple[int, float]]:
        """Event and share of each place, where the one that is shown is at an event of `count`."""
        events = event + self.offsets
        return [(e, s) for e, s in zip(events.tolist(), self.shares.tolist(), strict=True) if 0 <= e < count]

    def spread(self, events: npt.NDArray[np.float32], first: int, near: npt.NDArray[np.float64]) -> None:
        """Add what is believed of all places but the one that is shown to (E,) events.

        Args:
            events: to be added to.
            first: event of the first of the masses.
            near: (W,) masses about the place that is shown, with those of the alike places in them.
        """
        for offset, share in zip(self.offsets[1:].tolist(), self.shares[1:].tolist(), strict=True):
            there = events[max(0, first + offset) : max(0, first + offset + len(near))]
            skipped = max(0, -first - offset)
            there += (share * near[skipped : skipped + len(there)]).astype(np.float32)

    def clearer(self) -> int:
        """Events from the place that is shown to one that is clearly likelier; 0 if there is none."""
        return self.nearest(0) if self.shares.max() > self._settings.alike_shown * self.shares[0] else 0

    def nearest(self, to: int, wanted: Callable[[int], bool] | None = None) -> int:
        """Events from the place that is shown to the one nearest to `to` events from it, of those about as likely.

        Args:
            to: events.
            wanted: of offsets: whether a place is preferred to those that are not.
        """
        likely = self.offsets[self.shares * self._settings.alike_enough >= self.shares.max()]
        preferred = [offset for offset in likely.tolist() if wanted and wanted(offset)]
        return min(preferred or likely.tolist(), key=lambda offset: abs(offset - to))

    def add(self, offset: int, share: float) -> None:
        """Another place is as many events further on, or back, and the player is there with some probability."""
        new = self.offsets != offset
        self.offsets = np.append(self.offsets[new], offset)
        self.shares = np.append((1 - share) * self.shares[new] / self.shares[new].sum(), share)

    def show(self, offset: int) -> None:
        """Another of them is shown from now on."""
        order = np.argsort(self.offsets != offset, kind="stable")
        self.offsets, self.shares = self.offsets[order] - offset, self.shares[order]


class CopySearch:
    """A search that may begin anywhere at no cost: its masses say what fits the recent past."""

    def __init__(self, real: npt.NDArray[np.float64], settings: Settings, alone: Alone = None) -> None:
        """Take the events; arguments as for `Search`."""
        self._settings, self._heard = settings.ambiguity, settings.observation.heard
        self._search = Search(real, settings)
        self.extend(real, alone)

    def extend(self, real: npt.NDArray[np.float64], alone: Alone = None) -> None:
        """Take the events of a longer score that begins with the same ones."""
        self._search.extend(real, alone)
        self._anywhere = np.full(len(real), self._settings.copy_begins / len(real), np.float32)

    def step(self, evidence: Evidence) -> None:
        """Go on by a frame."""
        if evidence.heard >= self._heard or self._search.mass[:2].any():
            total = self._search.step(evidence, self._anywhere)
            self._search.scale(1 / total)

    def damp(self, entering: FloatArray, event: int) -> None:
        """Lower the (E,) masses of those who enter where one would come from a copy of the present event."""
        events = self._search.events
        copies = events > self._settings.copy_share * events[max(0, event - 1) : event + 2].max()
        reached = copies.copy()
        for k in range(1, SKIPS + 1):
            reached[k:] |= copies[:-k]
        # What lies just behind is no copy: who stumbles goes back there.
        reached[max(0, event - self._settings.stumbles) : event + 1] = False
        entering[reached] *= np.float32(self._settings.copy_enters)
