"""Replays a recording: its sound is heard, and its positions come when they came before.

Window thread only; the sound plays on a thread of its own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.audio.playback import Playback
from livefollow.follow.position import Position, State
from livefollow.follow.track import Track, load_track
from livefollow.tables import CaseError
from livefollow.viewer.practice.recorder import RecordingError

STEP_MS = 25
PLAYED = (State.FOLLOWING, State.HOLDING, State.FINISHED)  # states in which the position is where the player was
OFF_SYSTEM = 4.0  # weight of a point of distance above or below a system, relative to one along it
NEAR_PT = 6.0  # points that still count as the same place
FARTHEST_PT = 120.0  # points away from everything that was played: not played


def load_trace(sound: Path, pages: int) -> Track:
    """Load the positions that were recorded with a sound.

    Args:
        sound: a WAV file with its CSV beside it.
        pages: of the open score.

    Raises:
        RecordingError: there are none, they cannot be read, or they are of another score.
    """
    trace = sound.with_suffix(".csv")
    if not trace.exists():
        raise RecordingError(
            "{name} has no positions beside it: there is no {other}.", name=sound.name, other=trace.name
        )
    try:
        track = load_track(trace)
    except CaseError as error:
        raise RecordingError(
            "The positions beside {name} cannot be read: {reason}", name=sound.name, reason=error
        ) from error
    if int(track.page.max()) > pages:
        raise RecordingError("{name} was played from another score: open that one first.", name=sound.name)
    return track


class Replay(QObject):
    """Replays one recording, to its end or until `stop`.

    Attributes:
        moved: list of the positions since the last signal, in order.
        jumped: the position from which it goes on after `seek`.
        ended: the replay is over.
        duration_s: length of the recording, seconds.
    """

    moved = pyqtSignal(list)
    jumped = pyqtSignal(object)
    ended = pyqtSignal()

    def __init__(self, sound: Path, track: Track, begins_s: float = 0.0, parent: QObject | None = None) -> None:
        """Prepare without starting.

        Args:
            sound: the WAV file.
            track: see `load_trace`.
            begins_s: added to the times of positions, so that they are later than those shown before.
            parent: of the QObject.
        """
        super().__init__(parent)
        self._track, self._begins_s = track, begins_s
        self._next = 0
        self._told_s = begins_s  # time of the last position that was emitted
        self._playback = Playback(sound)
        self.duration_s = max(duration(sound), float(track.time_s[-1]))
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def seconds(self) -> float:
        """Seconds of the recording heard so far."""
        return min(self.duration_s, self._playback.heard_s)

    @property
    def paused(self) -> bool:
        """Whether the replay is paused."""
        return self._playback.paused

    @property
    def speed(self) -> float:
        """Speed, as a share of the recording's."""
        return self._playback.speed

    def start(self) -> None:
        """Start the replay; call it once."""
        self._playback.start()
        self._timer.start()

    def stop(self) -> None:
        """End the replay; harmless when it is over."""
        self._timer.stop()
        self._playback.stop()

    def pause(self, paused: bool) -> None:
        """Pause the replay, or resume it."""
        self._playback.paused = paused

    def set_speed(self, speed: float) -> None:
        """Set the speed without changing the pitch; 1 is the original."""
        self._playback.speed = speed

    def seek(self, second: float) -> None:
        """Go on from a second of the recording, at once."""
        second = min(max(0.0, second), self.duration_s)
        self._playback.seek(second)
        row = int(self._track.row_at(second))
        # Emitted times never go back, wherever the recording is.
        self._begins_s = self._told_s - float(self._track.time_s[row])
        self._next = row + 1
        self.jumped.emit(self._position(row))

    def second_at(self, page: int, x: float, y: float) -> float | None:
        """Return the second at which a place was played, nearest to now; None if it never was.

        Args:
            page: from 1.
            x: points.
            y: points.
        """
        track = self._track
        played = (track.page == page) & np.isin(track.state, PLAYED)
        above, below = track.top_pt - y, y - track.bottom_pt
        away = np.abs(track.x_pt - x) + OFF_SYSTEM * np.maximum(np.maximum(above, below), 0.0)
        away = np.where(played, away, np.inf)
        if not np.isfinite(away).any() or float(away.min()) > FARTHEST_PT:
            return None
        near = np.flatnonzero(away <= away.min() + NEAR_PT)
        begins = near[np.diff(near, prepend=-2) > 1]  # of each time it was played
        return float(track.time_s[begins[np.argmin(np.abs(track.time_s[begins] - self.seconds))]])

    def _step(self) -> None:
        over = self._playback.over
        due = len(self._track.time_s) if over else int((self._track.time_s <= self._playback.heard_s).sum())
        if due > self._next:
            positions = [self._position(row) for row in range(self._next, due)]
            self._next = due
            self.moved.emit(positions)
        if over:
            self.stop()
            self.ended.emit()

    def _position(self, row: int) -> Position:
        position = self._track.position(row)
        self._told_s = max(self._told_s, position.time_s + self._begins_s)
        return replace(position, time_s=self._told_s)


def duration(sound: Path) -> float:
    """Return the length of a recording, seconds; 0 if it cannot be read."""
    try:
        return float(soundfile.info(sound).duration)
    except (soundfile.LibsndfileError, OSError):
        return 0.0
