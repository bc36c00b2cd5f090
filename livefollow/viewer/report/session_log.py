"""The positions of the present session in memory, gone with the score unless they are kept. Window thread only."""

from __future__ import annotations

from array import array
from dataclasses import fields
from datetime import datetime

import numpy as np

from livefollow.follow.position import Position, State
from livefollow.follow.track import STATES, Track

MOST_FRAMES = 8 * 3600 * 20  # eight hours, about 50 MB; what comes after is not logged
COLUMNS = tuple(field.name for field in fields(Track) if field.name != "state")


class SessionLog:
    """Takes the positions of a session, frame by frame.

    Attributes:
        begun: when its first position came; None before.
        loops: strip px of the loops that were played: (start, end).
    """

    def __init__(self) -> None:
        """Begin with no position."""
        self.begun: datetime | None = None
        self.loops: set[tuple[float, float]] = set()
        self._columns = {name: array("d") for name in COLUMNS}
        self._states = array("b")
        self.played = False

    def __len__(self) -> int:
        return len(self._states)

    def take(self, positions: list[Position]) -> None:
        """Take the positions since the last call: where the player was heard, not where the cursor glides."""
        if len(self) > MOST_FRAMES:
            return
        if self.begun is None and positions:
            self.begun = datetime.now().replace(microsecond=0)
        for position in (shown.heard or shown for shown in positions):
            for name, column in self._columns.items():
                column.append(getattr(position, name))
            self._states.append(STATES.index(position.state))
            self.played = self.played or position.state is State.FOLLOWING

    def track(self) -> Track | None:
        """Return what was taken; None without a position."""
        if not len(self):
            return None
        columns = {name: np.array(column) for name, column in self._columns.items()}
        return Track(
            time_s=np.maximum.accumulate(columns["time_s"]),
            page=columns["page"].astype(np.int64),
            system=columns["system"].astype(np.int64),
            x_pt=columns["x_pt"],
            top_pt=columns["top_pt"],
            bottom_pt=columns["bottom_pt"],
            strip_x=columns["strip_x"],
            speed=columns["speed"],
            confidence=columns["confidence"],
            state=np.array(STATES, np.str_)[np.array(self._states, np.int64)],
        )
