"""Run the app's follower on a recording, without a screen: a row per frame, and the time it took.

The whole score is read before the sound starts, so that the same score and sound give the same track. By default
everything happens in one thread and frames are followed one by one, as the app does when it is never late; at real
time the capture thread makes the frames, and all that are waiting are followed together.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from livefollow.audio.file import FileSource
from livefollow.constants import FPS
from livefollow.errors import AudioError, LivefollowError
from livefollow.features.capture import Capture
from livefollow.features.frames import frames_of
from livefollow.features.tuning import TuningTracker
from livefollow.follow.agent import Agent
from livefollow.follow.follower import Follower, tell_printed_links, tell_visible_pages
from livefollow.follow.position import Position, State
from livefollow.follow.track import Track
from livefollow.progress import ProgressBar
from livefollow.score.score import Score

# Type codes of `array` for what is kept of each frame: whole numbers, and all others; the state is one of five objects.
WHOLE, REAL = "q", "d"


class StartError(LivefollowError):
    """There is no music where the player is said to begin."""

    exit_code = 2


@dataclass(frozen=True, eq=False)
class OfflineResult:
    """The track of a recording, and the time it took.

    Attributes:
        track: what the program showed.
        latencies: per frame, seconds from its samples to its position: of work, and at real time of waiting, too.
        busy_s: seconds of work for all frames.
        lost_frames: that were overwritten before they could be followed; at real time only.
    """

    track: Track
    latencies: Sequence[float]
    busy_s: float
    lost_frames: int


def check_sound(audio: Path) -> None:
    """Check that the recording can be read, before any work is done.

    Raises:
        AudioError: it cannot.
    """
    with FileSource(audio):
        pass


def read_score(agent: Agent, score: Score) -> float:
    """Have an agent read a score, with a progress bar on standard error.

    Args:
        agent: that has read nothing yet.
        score: opened, not read.

    Returns:
        Seconds it took.

    Raises:
        ScoreError: there is nothing to follow in it.
    """
    start = time.perf_counter()
    for _ in ProgressBar(agent.read(score), total=score.document.page_count, desc="reading", unit="page"):
        pass
    return time.perf_counter() - start


def replay(
    agent: Agent,
    score: Score,
    audio: Path,
    *,
    start: tuple[int, float, float] | None = None,
    realtime: bool = False,
) -> OfflineResult:
    """Follow a recording of a score that has been read.

    Args:
        agent: that has read the score.
        score: the score.
        audio: anything libsndfile reads.
        start: where the player begins, page from 1 and points from its top left; anywhere by default.
        realtime: at the recording's own speed.

    Raises:
        AudioError: the recording cannot be read, or is shorter than a frame.
        StartError: there is no music where the player is said to begin.
    """
    follower = Follower(agent, score.strip)
    tell_printed_links(agent, score)
    if start:
        try:
            follower.place(*start)
        except LookupError as error:
            raise StartError(f"Nothing can start at {':'.join(f'{v:g}' for v in start)}: {error}.") from error
    # There is no screen: the page on which the player is expected counts as seen, until they have begun.
    tell_visible_pages(agent, score.strip, {start[0] if start else score.strip.placements[0].system.page})
    heard = _Heard(FileSource(audio, realtime=realtime), follower)
    rows = _Rows()
    latencies: array[float] = array(REAL)
    busy_s, begun = 0.0, False
    for found, seconds in heard.as_it_sounds() if realtime else heard.at_once():
        rows.extend(found)
        if not begun and found and found[-1].state is not State.WAITING:
            begun = True
            tell_visible_pages(agent, score.strip, ())
        latencies.extend([seconds] * len(found))
        busy_s += heard.busy_s
    if not latencies:
        raise AudioError(f"{audio} is shorter than one frame ({1 / FPS:.2f} s).")
    return OfflineResult(rows.track(), latencies, busy_s, heard.lost_frames)


def cost(done: OfflineResult) -> dict[str, Any]:
    """Frames, real-time factor (seconds of work per second of sound), spread of the latency, ms, and lost frames."""
    ms = np.array(done.latencies) * 1e3
    spread = {f"p{q}": round(float(np.percentile(ms, q)), 3) for q in (50, 95, 99)}
    return {
        "frames": len(ms),
        "lost_frames": done.lost_frames,
        "real_time_factor": round(done.busy_s / len(ms) * FPS, 5),
        "latency_ms": spread | {"max": round(float(ms.max()), 3)},
    }


class _Rows:
    """The columns of a track while it grows: 80 bytes a frame, because a recording may be of a whole day."""

    def __init__(self) -> None:
        self._columns: dict[str, array[float] | list[State]] = {
            field.name: [] if field.name == "state" else array(WHOLE if field.name in ("page", "system") else REAL)
            for field in fields(Track)
        }

    def extend(self, positions: list[Position]) -> None:
        for name, column in self._columns.items():
            column.extend([getattr(position, name) for position in positions])

    def track(self) -> Track:
        return Track(**{name: np.array(column) for name, column in self._columns.items()})


class _Heard:
    """A recording, as it is followed.

    Attributes:
        busy_s: seconds of work for the positions that came last.
        lost_frames: so far.
    """

    def __init__(self, source: FileSource, follower: Follower) -> None:
        self._source, self._follower = source, follower
        self.busy_s, self.lost_frames = 0.0, 0

    def at_once(self) -> Iterator[tuple[list[Position], float]]:
        """Yield positions and the seconds of work for them, including the frames."""
        number = 0
        with self._source as source:
            before = time.perf_counter()
            for frames in frames_of(source, TuningTracker()):
                made_s = (time.perf_counter() - before) / len(frames)
                for i in range(len(frames)):
                    positions = self._follower.push(frames[i : i + 1], number)
                    self.busy_s = made_s + self._follower.busy_s
                    yield positions, self.busy_s
                    number += 1
                before = time.perf_counter()

    def as_it_sounds(self) -> Iterator[tuple[list[Position], float]]:
        """Yield positions and the seconds since their samples were read, as in the app: frames wait for each other."""
        with Capture(self._source) as capture:
            for found in self._follower.follow(capture):
                self.busy_s = self._follower.busy_s
                yield found, time.perf_counter() - capture.heard_at(capture.frames.position - 1)
            status = capture.status
        self.lost_frames = status.lost_frames
        if status.error:
            raise status.error
