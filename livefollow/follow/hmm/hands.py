"""Which hands play: both, or one of them alone, as who practises does for a while.

A reading does not say which staff a note is on, so a moving split between high and low notes stands for the hands:
on training pieces it puts 94 % of the notes into the right one. A hand that does not play is neither missed nor waited
for: where only the other one has notes, the player passes in silence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_PITCHES
from livefollow.follow.hmm.settings import HandSettings

FloatArray = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]

BOTH, UPPER, LOWER = range(3)  # modes
PRINTED = 0.4  # probability from which a pitch counts as one of an event
ROUND = 6  # events to either side from which the split is taken
PASSES = 4  # of the split over itself
APART = 2  # semitones: closer notes say nothing of two hands
FAINT = 1e-3  # weight of events with notes as close as that, where there is nothing else
ALONE = 7.0  # semitones beyond an event's outer notes in which it has no others
WIDE = 0.5  # semitones that the split moves for a gap that is one wider
NOTHING = 1e-9  # weights: no division by nothing


def split_of(pitches: FloatArray) -> FloatArray:
    """Part the hands.

    Args:
        pitches: (E, N_PITCHES) probabilities that events have them.

    Returns:
        (E,) the pitch, with fractions, above which the upper hand plays at each event.
    """
    if not len(pitches):
        return np.zeros(0, np.float32)
    keys = np.arange(N_PITCHES)
    printed = pitches > PRINTED
    some = printed.any(1)
    low = np.where(some, printed.argmax(1), 0)
    high = np.where(some, N_PITCHES - 1 - printed[:, ::-1].argmax(1), 0)
    weight = some * ((high - low > APART) + FAINT)
    split = (_smooth(high, weight) + _smooth(low, weight)) / 2
    for _ in range(PASSES):
        upper = pitches * (keys > split[:, None])
        sides = []
        for side in (upper, pitches - upper):
            total = side.sum(1)
            sides.append(_smooth(side @ keys / np.maximum(total, NOTHING), np.minimum(total, 1)))
        known = (sides[0] > 0) & (sides[1] > 0)
        split = np.where(known, (sides[0] + sides[1]) / 2, split)
    split[some] = _gaps(printed[some], split[some])
    return split.astype(np.float32)


def _gaps(printed: npt.NDArray[np.bool_], split: Array) -> Array:
    """(n,) the gaps between the notes of n events that part the hands: near the split, wide rather than narrow.

    Each event has a note. All gaps lie in one row: those of an event between its notes, and beside its outer ones.
    """
    if not len(printed):
        return split
    event, note = np.nonzero(printed)
    size = np.bincount(event) + 2
    first = np.concatenate([[0], size.cumsum()[:-1]])
    ends = np.empty(len(note) + 2 * len(printed))
    outer = np.zeros(len(ends), bool)
    outer[first] = outer[first + size - 1] = True
    ends[~outer] = note
    ends[first], ends[first + size - 1] = ends[first + 1] - ALONE, ends[first + size - 2] + ALONE
    event = np.repeat(np.arange(len(printed)), size)[:-1]
    middle, wide = (ends[1:] + ends[:-1]) / 2, np.diff(ends)
    off = np.abs(middle - split[event]) - WIDE * wide
    off[first[1:] - 1] = np.inf  # from one event to the next
    least = np.flatnonzero(off == np.minimum.reduceat(off, first)[event])
    return np.asarray(middle[least[np.unique(event[least], return_index=True)[1]]])


def _smooth(values: npt.NDArray[np.number], weights: npt.NDArray[np.number]) -> Array:
    """(E,) weighted means of the events about each; 0 where no weight is."""
    box = np.ones(2 * ROUND + 1)

    def about(each: Array) -> Array:
        return np.convolve(np.pad(each, ROUND), box, "valid")

    total = about(weights.astype(np.float64))
    return np.where(total > 0, about((values * weights).astype(np.float64)) / np.maximum(total, NOTHING), 0.0)


class Hands:
    """Believes in both hands or one.

    Attributes:
        shares: (3,) probability of both hands, the upper and the lower alone.
    """

    def __init__(self, settings: HandSettings) -> None:
        """Expect both, most probably."""
        self._settings = settings
        self._prior = np.array([1 - 2 * settings.apart, settings.apart, settings.apart])
        self.shares = self._prior.copy()

    @property
    def beginning(self) -> Array:
        """(3,) the same of one who begins anew, perhaps with other hands."""
        return self.shares + self._settings.change_anew * (self._prior - self.shares)

    def see(self, struck: Array, by_hand: FloatArray) -> None:
        """Take note of a frame.

        Args:
            struck: (n,) probability that events were struck in it.
            by_hand: (3, n) likelihood of each by each mode.
        """
        modes = self.shares[:, None] * by_hand
        modes *= struck / np.maximum(modes.sum(0), NOTHING)
        total = float(struck.sum())
        self.found(modes.sum(1) + (1 - total) * self.shares)
        self.shares += self._settings.change * total * (self._prior - self.shares)

    def found(self, shares: Array) -> None:
        """Take the (3,) probabilities of one who has been found elsewhere."""
        self.shares = shares / shares.sum()
