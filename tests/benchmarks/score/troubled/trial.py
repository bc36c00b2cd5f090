"""One spoilt score, and how it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from livefollow.score.document import Page
from livefollow.score.systems import System

DATA = Path(__file__).parents[3] / "data"  # the typeset test scores that are spoilt


@dataclass(frozen=True)
class Trial:
    """One score of a kind.

    Attributes:
        name: of the score that was spoilt.
        right: pages that were read right.
        tried: pages.
        seconds: of processor time that reading took.
        wrong: pages that were not, with the systems found on each.
        wanted: what should have been found there, in words.
    """

    name: str
    right: int
    tried: int
    seconds: float
    wrong: tuple[tuple[Page, list[System]], ...] = ()
    wanted: str = ""

    @property
    def complaint(self) -> str:
        """What is wrong, in words; empty where nothing is."""
        if self.right == self.tried:
            return ""
        found = ", ".join(str([len(s.staves) for s in systems]) for _, systems in self.wrong)
        return f"{self.name} {found}" + (f" of {self.wanted}" if self.wanted else "")


Trials = Callable[[bool], Iterator[Trial]]  # all, or the few that tell most
