"""Records a performance: the sound as WAV, and the player's positions as the CSV of a track.

The capture thread delivers samples, the window thread positions; the recorder's own thread writes them. Both files are
complete after every second, whatever happens then: the WAV header is updated with each write, and positions are written
line by line.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import logging
import os
import queue
import threading
import time
import wave
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

import numpy as np

from livefollow.audio.ring import Rows
from livefollow.errors import NOTHING, LivefollowError, Message
from livefollow.follow.position import Position
from livefollow.follow.track import DECIMALS, Track

WAITING = 1200  # blocks and lists of positions that may wait for the disk: half a minute
WRITE_S = 1.0  # between two writes that reach the disk
MOST_BYTES = 2**32 - 2**20  # of samples in one file: its header has 32 bits for the size
CLOSE_S = 10.0

logger = logging.getLogger(__name__)


class RecordingError(LivefollowError):
    """A recording cannot be made, or not be replayed."""


class Recorder:
    """Writes one recording; if the sound's rate changes or the file is full, another pair of files is started.

    Attributes:
        takes: the WAV files, each with a CSV of the same name beside it.
        trouble: a sentence once writing has failed, else empty.
        seconds: length of the sound so far.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Create the first file, so that a folder that cannot be written is reported at once.

        Args:
            folder: created if missing.
            name: of the score; the date and time precede it in file names.

        Raises:
            RecordingError: the folder cannot be written to.
        """
        stamp = time.strftime("%Y-%m-%d %H.%M.%S")
        safe = "".join(c if c.isalnum() or c in " -_.,()'" else "_" for c in name)[:80]
        self._base = folder / f"{stamp} {safe}".strip()
        self.takes: list[Path] = []
        self.trouble = NOTHING
        self.seconds = 0.0
        self._queue: queue.Queue[tuple[Rows, int, float] | list[Position] | None] = queue.Queue(WAITING)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._take = self._next_take()
        except OSError as error:
            raise RecordingError(
                "{name} cannot be written to ({reason}).", name=folder, reason=error.strerror or error
            ) from error
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def hear(self, rows: Rows, rate: int, time_s: float) -> None:
        """Take samples without waiting.

        Args:
            rows: (n, channels), copied.
            rate: Hz.
            time_s: of the first sample, in the time of the positions.
        """
        self.seconds += len(rows) / rate
        self._put((rows.copy(), rate, time_s))

    def follow(self, positions: list[Position]) -> None:
        """Take positions, in order, without waiting."""
        self._put(positions)

    def close(self) -> None:
        """Write everything that waits and end; harmless when it has ended."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join(CLOSE_S)
            self.takes = [take for take in self.takes if take.exists()]

    def _put(self, item: tuple[Rows, int, float] | list[Position]) -> None:
        if not self.trouble:
            try:
                self._queue.put_nowait(item)
            except queue.Full:
                self.trouble = Message("The disk is too slow: the recording has ended.")

    def _run(self) -> None:
        """Write what comes, on the recorder's thread."""
        try:
            written_at = time.monotonic()
            while (item := self._queue.get()) is not None:
                if isinstance(item, list):
                    self._take.follow(item)
                else:
                    self._hear(*item)
                if time.monotonic() - written_at >= WRITE_S:
                    self._take.flush()
                    written_at = time.monotonic()
            self._take.close()
        except OSError as error:
            logger.warning("the recording cannot be written: %s", error)
            self.trouble = Message(
                "The recording has ended: it cannot be written any more ({reason}).", reason=error.strerror or error
            )
            self._take.abandon()

    def _hear(self, rows: Rows, rate: int, time_s: float) -> None:
        if not self._take.fits(rows, rate):
            self._take.close()
            self._take = self._next_take()
        self._take.hear(rows, rate, time_s)

    def _next_take(self) -> _Take:
        names = (f"{self._base.name}{f' {number}' if number > 1 else ''}.wav" for number in itertools.count(1))
        path = next(path for path in map(self._base.with_name, names) if not path.exists())
        take = _Take(path)
        self.takes.append(path)
        return take


class _Take:
    """One WAV file with its CSV."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sound: BinaryIO = path.open("xb")
        self._trace: BinaryIO = path.with_suffix(".csv").open("wb")
        self._wave: wave.Wave_write | None = None
        self._format = (0, 0)  # rate, channels
        self._begun_s = 0.0  # time of its first sample
        self._early: list[Position] = []  # positions that came before the first sample
        self._trace.write((",".join(field.name for field in fields(Track)) + "\n").encode())

    def fits(self, rows: Rows, rate: int) -> bool:
        """Whether rows fit into this file."""
        if self._wave is None:
            return True
        size = 2 * rows.size
        return self._format == (rate, rows.shape[1]) and 2 * self._wave.tell() * rows.shape[1] + size < MOST_BYTES

    def hear(self, rows: Rows, rate: int, time_s: float) -> None:
        """Append samples as 16 bits."""
        if self._wave is None:
            self._wave = wave.open(self._sound, "wb")  # noqa: SIM115  # closed in `close`
            self._format = rate, rows.shape[1]
            self._wave.setparams((rows.shape[1], 2, rate, 0, "NONE", ""))
            self._begun_s = time_s
            self.follow(self._early)
        numbers = np.round(np.clip(rows, -1, 1 - 2**-15) * 2**15).astype("<i2")
        self._wave.writeframes(numbers.tobytes())

    def follow(self, positions: list[Position]) -> None:
        """Append positions to the CSV, from the first sample on."""
        if self._wave is None:
            self._early = [*self._early, *positions][-100:]
            return
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        for position in positions:
            time_s = position.time_s - self._begun_s
            if time_s >= 0:
                writer.writerow(_cells(position, time_s))
        self._trace.write(text.getvalue().encode())

    def flush(self) -> None:
        """Write everything to the disk."""
        for file in (self._sound, self._trace):
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Finish both files; remove them if there was no sound."""
        if self._wave:
            self._wave.close()
            self.flush()
        self.abandon()
        if not self._wave:
            for path in (self._path, self._path.with_suffix(".csv")):
                path.unlink()

    def abandon(self) -> None:
        """Close both files as they are; the sound can be played up to where it is written, where that can be noted."""
        if self._wave:
            with contextlib.suppress(OSError):
                self._wave.close()
        for file in (self._sound, self._trace):
            try:
                file.close()
            except OSError as error:  # the disk is full
                logger.warning("%s", error)


def _cells(position: Position, time_s: float) -> list[str]:
    """Return the row of a track for a position."""
    values = {field.name: getattr(position, field.name) for field in fields(Track)} | {"time_s": time_s}
    return [f"{value:.{DECIMALS[name]}f}" if name in DECIMALS else str(value) for name, value in values.items()]
