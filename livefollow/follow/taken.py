"""Which repeats the player has gone back for: he will hardly do so again, and this time leaves the first ending out."""

from __future__ import annotations

from livefollow.follow.entries import ENDS, Entries
from livefollow.follow.priors import Settings

NEAR = 8  # events about a repeat's end, or its start, in which one who goes back has taken it


class Taken:
    """Repeats taken, and not left since."""

    def __init__(self, settings: Settings) -> None:
        """None yet."""
        self._settings = settings
        self._last: dict[int, int] = {}  # of a repeat: its first event → its last one

    def went_back(self, entries: Entries, before: int, event: int) -> None:
        """The player went back from an event to another one."""
        for source in range(max(1, before - NEAR), before + len(ENDS)):
            for target, _ in entries.repeats_from(source):
                if target <= source and target - 1 <= event <= target + NEAR:
                    self._last[target] = source

    def is_at(self, event: int) -> None:
        """Where the player is now: repeats that he has left may be taken again."""
        left = [first for first, last in self._last.items() if not first - NEAR <= event <= last + NEAR]
        for first in left:
            del self._last[first]

    def factor(self, event: int, target: int) -> float:
        """How much likelier than before the player goes from an event to where `Entries.repeats_from` leads."""
        if target <= event:
            return self._settings.repeat_again if target in self._last else 1.0
        past_first_ending = any(first < event < target == last + 1 for first, last in self._last.items())
        return self._settings.repeat_on if past_first_ending else 1.0
