"""The tempo at which one plays, over the last few notes."""

from __future__ import annotations

from collections import deque

WINDOW_S = 6.0  # of playing that counts
LEAST_S, LEAST_BEATS = 1.5, 2.0  # seconds and quarter notes before there is a tempo
LEAP_BEATS = 1.0  # from one position to the next: the player is elsewhere


class LiveTempo:
    """Takes places as they come; they must be sure, of a player who plays."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._places: deque[tuple[float, float]] = deque()  # seconds, quarter notes

    def take(self, time_s: float, beat: float) -> None:
        """Take a place.

        Args:
            time_s: seconds; times do not go back.
            beat: quarter notes since the score's beginning.
        """
        places = self._places
        if places and (abs(beat - places[-1][1]) > LEAP_BEATS or time_s - places[-1][0] > LEAST_S):
            places.clear()
        places.append((time_s, beat))
        while time_s - places[0][0] > WINDOW_S:
            places.popleft()

    def forget(self) -> None:
        """The player waits, or is lost: what comes then begins anew."""
        self._places.clear()

    @property
    def tempo(self) -> float | None:
        """Quarter notes a minute; None where it is not known."""
        if len(self._places) < 2:
            return None
        (begun_s, first), (time_s, beat) = self._places[0], self._places[-1]
        seconds, beats = time_s - begun_s, beat - first
        return 60.0 * beats / seconds if seconds >= LEAST_S and beats >= LEAST_BEATS else None
