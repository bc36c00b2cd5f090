"""The kinds of benchmark cases: what each asks of the score, the player and the sound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from livefollow.train.data.performance.rehearsal import Rehearsal
from livefollow.train.data.performance.styles import PLAIN, PRESETS, Style

LONG_PAGES = 6
BOOK_PAGES = 20


class Order(Enum):
    """The order in which the pieces of a book are played."""

    THROUGH = "each, one after the other"
    ONE = "one of them"
    BACK_AND_FORTH = "some of them, more than once"

    def draw(self, count: int, rng: np.random.Generator) -> list[int]:
        """Draw the pieces of a book of `count`, numbers from 0, in the order played."""
        if self is Order.ONE:
            return [int(rng.integers(count))]
        if self is Order.BACK_AND_FORTH:
            return [int(i) for i in rng.integers(count, size=count + 1)]
        return list(range(count))


@dataclass(frozen=True)
class CaseKind:
    """A kind of case: what is difficult about it.

    Attributes:
        style: of the player.
        jump: that the performance must have: back, skip or stop.
        repeats: the piece must have repeats.
        pages: that the score must have at least: pieces are bound together.
        order: of play, where several pieces are bound.
        reprise: a second piece is bound after the first, and after it the first again, with a line that cannot be read.
        longest_s: of a performance's music; excerpts of longer pieces are played.
        scanned: the score is a scan.
        noisy: others are heard, too.
        dry: on the sound font that MSMD was rendered with, no room, no noise.
        instead: what is heard instead of the piece: piece (another one), or a kind of noise.
        soloist_db: by which those who are printed beside the piano are louder than it; None where nobody joins in.
    """

    style: Style
    jump: str = ""
    repeats: bool = False
    pages: int = 1
    order: Order = Order.THROUGH
    reprise: bool = False
    longest_s: float | None = None
    scanned: bool = False
    noisy: bool = False
    dry: bool = False
    instead: str = ""
    soloist_db: float | None = None

    @property
    def rebound(self) -> bool:
        """Whether the same pieces make several cases, bound with others or begun elsewhere."""
        return self.order is not Order.THROUGH or self.reprise


STEADY = replace(PLAIN, repeats=0.0)
HANDS_APART = replace(PRESETS["rehearsal"], name="hands_apart", rehearsal=Rehearsal(hands=1.0))
KINDS = {
    "score": CaseKind(PRESETS["score"], dry=True),
    "plain": CaseKind(STEADY),
    "slow_practice": CaseKind(replace(PRESETS["slow_practice"], repeats=0.0, pause=0.0)),
    "stumbling": CaseKind(replace(PRESETS["stumbling"], repeats=0.0), jump="back"),
    "stops": CaseKind(replace(STEADY, name="stops", pause=0.08, pause_s=(3.0, 12.0)), jump="stop"),
    "jumps_back": CaseKind(replace(STEADY, name="jumps_back", jump=0.06), jump="back"),
    "skips": CaseKind(replace(STEADY, name="skips", skip=0.08), jump="skip"),
    "repeats": CaseKind(replace(STEADY, name="repeats", repeats=1.0), repeats=True),
    "long": CaseKind(STEADY, pages=LONG_PAGES),
    "long_stops": CaseKind(replace(STEADY, name="long_stops", pause=0.03, pause_s=(3.0, 12.0)), pages=LONG_PAGES),
    "rehearsal": CaseKind(PRESETS["rehearsal"], jump="back", longest_s=150.0),
    "hands_apart": CaseKind(HANDS_APART, jump="back", longest_s=150.0),
    "rehearsal_book": CaseKind(
        PRESETS["rehearsal"], jump="back", pages=LONG_PAGES, order=Order.BACK_AND_FORTH, longest_s=60.0
    ),
    "cold_start": CaseKind(STEADY, pages=BOOK_PAGES, order=Order.ONE, longest_s=40.0),
    "reprise": CaseKind(STEADY, reprise=True),
    "scanned": CaseKind(STEADY, scanned=True),
    "noisy": CaseKind(STEADY, noisy=True),
    "another_piece": CaseKind(STEADY, instead="piece"),
    "only_noise": CaseKind(STEADY, instead="background"),
    "only_speech": CaseKind(STEADY, instead="speech"),
    "songs": CaseKind(STEADY, soloist_db=0.0),
    "songs_soft": CaseKind(STEADY, soloist_db=-6.0),
    "songs_loud": CaseKind(STEADY, soloist_db=6.0),
}
WITH_SOLOISTS = tuple(name for name in KINDS if name.startswith("songs"))  # for splits with songs
