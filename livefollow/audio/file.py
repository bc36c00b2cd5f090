"""A recording in place of a microphone: WAV, FLAC, OGG or MP3, in real time or as fast as it is read.

Everything runs on the reading thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from livefollow.audio.intake import Intake, MeterReading
from livefollow.audio.ring import Rows
from livefollow.audio.source import Block, Source, SourceState, SourceStatus
from livefollow.errors import NOTHING, AudioError, Message

# Seconds of sound in one block: short enough for 20 frames a second, long enough to be cheap.
BLOCK_S = 0.05
# In real time samples come in portions, as from a sound card, so that a waiting reader can rest.
PORTION_S = 0.01
# Between two reads in real time: the computer slept, and nobody has played meanwhile.
HELD_UP_S = 1.0


class _Stream(soundfile.SoundFile):  # type: ignore[misc]  # soundfile is not typed
    """A sound file that is read from front to back.

    SoundFile seeks after every read of a seekable file to where it already is. MP3 decoders do not return to the same
    state: blocks read that way differ from the file read in one go.
    """

    def seekable(self) -> bool:
        """Return False: it never goes back."""
        return False


class FileSource(Source):
    """A sound file with the interface of a microphone."""

    _clock_pauses = False  # whether the clock itself stops in a pause

    def __init__(
        self,
        path: Path,
        *,
        realtime: bool = False,
        block_s: float = BLOCK_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open nothing yet.

        Args:
            path: anything libsndfile reads.
            realtime: samples become due as time passes, as from a microphone; else they are due at once.
            block_s: longest block, seconds.
            clock: monotonic seconds.
        """
        self.live = realtime
        self._path = path
        self._block_s = block_s
        self._clock = clock
        self._state = SourceState.CLOSED
        self._note = NOTHING
        self._file: soundfile.SoundFile | None = None
        self._intake: Intake | None = None

    def open(self) -> None:
        """Open the file and start its clock.

        Raises:
            AudioError: there is no such file, it has no sound, or its format is unknown.
        """
        self.close()
        file = _open(self._path)
        try:
            self._intake = Intake(file.samplerate, file.channels)
        except ValueError as error:
            file.close()
            raise AudioError("{name} cannot be used: {reason}", name=self._path, reason=error) from error
        self._file = file
        self._buffer = np.empty((max(1, round(self._block_s * file.samplerate)), file.channels), np.float32)
        self._read = 0  # native samples
        self._given = 0  # samples at 22.05 kHz
        self._note = NOTHING
        self._started = self._looked_at = self._clock()
        self._state = SourceState.RUNNING

    def read(self) -> Block:
        """Return the next block; in real time only what is due, which may be nothing.

        A damaged file ends where the damage begins, and `status.note` says so.

        Raises:
            AudioError: it is damaged from the first sample on.
        """
        start = self._given
        if self._file is None or self._intake is None or self._state is not SourceState.RUNNING:
            return Block(np.empty(0, np.float32), start)
        wanted = len(self._buffer)
        now = self._clock()
        held_up = now - self._looked_at
        if not self._clock_pauses and (self.paused or (self.live and held_up > HELD_UP_S)):
            self._started += held_up
        self._looked_at = now
        if self.paused:
            return Block(np.empty(0, np.float32), start)
        if self.live:
            due = int((now - self._started) // PORTION_S * PORTION_S * self._intake.rate) - self._read
            wanted = min(wanted, max(0, due))
            if not wanted:
                return Block(np.empty(0, np.float32), start)
        rows = self._read_rows(self._file, wanted)
        last = len(rows) < wanted
        if self.tap and len(rows):
            self.tap(rows, self._intake.rate, self._read / self._intake.rate)
        self._read += len(rows)
        samples = self._intake.push(rows, last=last)
        self._given += len(samples)
        if last:
            self._state = SourceState.ENDED
        return Block(samples, start)

    def close(self) -> None:
        """Close the file; the counters in `status` stay."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._state is not SourceState.ENDED:
            self._state = SourceState.CLOSED

    @property
    def status(self) -> SourceStatus:
        """Progress, level and trouble so far."""
        intake = self._intake
        return SourceStatus(
            state=self._state,
            name=self._path.name,
            rate=intake.rate if intake else 0,
            channels=intake.channels if intake else 0,
            level=intake.level if intake else MeterReading(),
            nonfinite=intake.nonfinite if intake else 0,
            note=self._note or (intake.note if intake and self._state is SourceState.RUNNING else NOTHING),
        )

    def _read_rows(self, file: soundfile.SoundFile, wanted: int) -> Rows:
        """Read up to `wanted` native rows; fewer at the end, or if the file is damaged."""
        try:
            rows: Rows = file.read(out=self._buffer[:wanted])
        except (soundfile.LibsndfileError, RuntimeError) as error:
            if not self._read:
                raise AudioError(
                    "{name} is damaged from its first sample on: {reason}", name=self._path, reason=error
                ) from error
            self._note = Message(
                "{name} is damaged after {seconds} s and ends there",
                name=self._path.name,
                seconds=f"{self._read / file.samplerate:.1f}",
            )
            rows = self._buffer[:0]
        if not len(rows) and not self._read:
            raise AudioError("{name} holds no sound.", name=self._path)
        return rows


def _open(path: Path) -> soundfile.SoundFile:
    """Open a sound file.

    Raises:
        AudioError: it cannot be opened; the sentence says why.
    """
    if not path.exists():
        raise AudioError("there is no file {name}", name=path)
    if path.is_dir():
        raise AudioError("{name} is a folder, not a recording.", name=path)
    if not path.is_file():
        raise AudioError("{name} is no ordinary file; livefollow reads WAV, FLAC, OGG and MP3 files.", name=path)
    try:
        if path.stat().st_size == 0:
            raise AudioError("{name} is empty.", name=path)
        file = _Stream(path)
    except (soundfile.LibsndfileError, OSError) as error:
        reason = getattr(error, "error_string", None) or error
        raise AudioError(
            "{name} cannot be read as sound (WAV, FLAC, OGG or MP3): {reason}.",
            name=path,
            reason=str(reason).rstrip("."),
        ) from error
    if file.frames == 0:
        file.close()
        raise AudioError("{name} holds no sound.", name=path)
    return file
