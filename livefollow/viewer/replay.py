"""Plays a recorded practice again: its sound is heard, and its positions come when they did then.

The window's thread, with the playback's own beside it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.audio.playback import Playback
from livefollow.evaluate.tables import CaseError
from livefollow.evaluate.track import Track, load_track
from livefollow.follow.position import Position
from livefollow.viewer.recorder import RecordingError

STEP_MS = 25


def load_trace(sound: Path, pages: int) -> Track:
    """The positions that were recorded with a sound.

    Args:
        sound: a WAV file with its CSV beside it.
        pages: of the open score.

    Raises:
        RecordingError: there are none, they cannot be read, or they are of another score.
    """
    trace = sound.with_suffix(".csv")
    if not trace.exists():
        raise RecordingError(f"{sound.name} has no positions beside it: there is no {trace.name}.")
    try:
        track = load_track(trace)
    except CaseError as error:
        raise RecordingError(f"The positions beside {sound.name} cannot be read: {error}") from error
    if int(track.page.max()) > pages:
        raise RecordingError(f"{sound.name} was played from another score: open that one first.")
    return track


class Replay(QObject):
    """One recording, from its beginning to its end or until `stop`.

    Attributes:
        moved: list of the positions since the last time, in order.
        ended: it is over.
    """

    moved = pyqtSignal(list)
    ended = pyqtSignal()

    def __init__(self, sound: Path, track: Track, begins_s: float = 0.0, parent: QObject | None = None) -> None:
        """Start nothing yet.

        Args:
            sound: the WAV file.
            track: see `load_trace`.
            begins_s: what is added to the times of its positions: those that were shown before it are earlier.
            parent: owns it.
        """
        super().__init__(parent)
        self._track, self._begins_s = track, begins_s
        self._next = 0
        self._playback = Playback(sound)
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def seconds(self) -> float:
        """How much of it has been heard."""
        return self._playback.heard_s

    def start(self) -> None:
        """Start, once."""
        self._playback.start()
        self._timer.start()

    def stop(self) -> None:
        """End; harmless when it is over."""
        self._timer.stop()
        self._playback.stop()

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
        return replace(position, time_s=position.time_s + self._begins_s)
