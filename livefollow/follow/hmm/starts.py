"""What a session has shown so far of how the player practises: where attempts began, and how often new ones begin.

Who has begun at a place begins there again: in recorded drills more than half of the attempts begin where the one
before began. The more attempts there were in the last minute, the likelier another one is in any frame.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.settings import Settings

FloatArray = npt.NDArray[np.float32]

BESIDE = 2  # events from a start at which an attempt begins there


class AttemptStarts:
    """Where attempts began in this session; the events are those of the score model, the first note is event 1.

    Attributes:
        recent: attempts in the time for which they are remembered.
    """

    def __init__(self, settings: Settings) -> None:
        """Know no start yet."""
        self._settings = s = settings.transition
        # Chances to begin at the event before a start, there, and at the two after it.
        self._about = np.array([s.start_before, 1.0, s.start_before, s.start_later], np.float32)
        self._weights: dict[int, float] = {}  # of a start, by its event
        self._chances = np.zeros(0, np.float32)
        self.recent = 0.0

    def __len__(self) -> int:
        return len(self._weights)

    def began(self, event: int) -> None:
        """An attempt began at an event."""
        for known in self._weights:
            self._weights[known] *= self._settings.start_fades
        near = [known for known in self._weights if abs(known - event) <= self._settings.same_start]
        self._weights[event] = 1.0 + sum(self._weights.pop(known) for known in near)
        self._chances = np.zeros(0, np.float32)
        self.recent += 1.0

    def moved(self, event: int, to: int) -> None:
        """The attempt that seemed to begin at an event began at another one, which sounds the same."""
        if event in self._weights and to > 0:
            self._weights[to] = self._weights.pop(event) + self._weights.get(to, 0.0)
            self._chances = np.zeros(0, np.float32)

    def knows(self, event: int) -> bool:
        """Whether an attempt began there, or next to it."""
        return any(abs(known - event) <= BESIDE for known in self._weights)

    def go_on(self) -> None:
        """A frame has passed."""
        self.recent *= 1 - 1 / (self._settings.practice_s * FPS)

    @property
    def rate(self) -> float:
        """Probability per frame that the player begins again at a start, without a stop before."""
        s = self._settings
        return s.restarts * self.recent / (s.practice_s * FPS)

    def entering(self, count: int) -> FloatArray:
        """(count,) chances to begin at each event, sum 1; zeros where no start is known."""
        if len(self._chances) != count:
            chances = np.zeros(count + len(self._about), np.float32)
            for event, weight in self._weights.items():
                if event < count:
                    chances[event - 1 : event - 1 + len(self._about)] += np.float32(weight) * self._about
            chances[0] = 0
            total = float(chances[:count].sum())
            self._chances = chances[:count] / np.float32(total or 1.0)
        return self._chances
