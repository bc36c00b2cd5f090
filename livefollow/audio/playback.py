"""Plays a recording aloud and tells how much of it has been heard: the clock for whatever follows the sound.

A separate thread reads the file and feeds the sound output. Any thread may start, pause and stop it, and ask for its
position. Without an output nothing is heard, the log says why, and time passes all the same.
"""

from __future__ import annotations

import contextlib
import logging
import math
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import soundfile

from livefollow.audio import devices
from livefollow.audio.file import FileSource
from livefollow.audio.slower import Slower
from livefollow.audio.source import Block

BLOCK_S = 0.05  # seconds written at a time
LATENCY_S = 0.15  # requested from PortAudio: enough for a thread that is delayed now and then
POLL_S = 0.01  # between checks while it pauses, or without an output
JOIN_TIMEOUT_S = 2.0

logger = logging.getLogger(__name__)


class Playback:
    """A recording on the default sound output.

    Attributes:
        paused: true to pause the recording; any thread may set it.
        speed: share of the recording's speed; any thread may set it, the pitch stays. See `slower`.
    """

    def __init__(self, path: Path, start_s: float = 0.0) -> None:
        """Open nothing yet.

        Args:
            path: anything libsndfile reads.
            start_s: where to begin, seconds of the recording.
        """
        self.paused = False
        self.speed = 1.0
        self._wanted_s: float | None = None  # where to go on, seconds
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="playback", daemon=True)
        self._given_s = start_s  # of the recording, to the output
        # Second of the recording that was heard at a moment of the monotonic clock, and whether it went on from there.
        self._anchor = (start_s, time.monotonic(), False)

    def start(self) -> None:
        """Begin to play; call it once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop playing; harmless before the start and after the end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_TIMEOUT_S)

    @property
    def over(self) -> bool:
        """Whether it was heard to its end, or stopped."""
        return self._thread.ident is not None and not self._thread.is_alive()

    @property
    def heard_s(self) -> float:
        """Second of the recording that is heard now."""
        wanted = self._wanted_s
        if wanted is not None and not self.over:
            return wanted
        second, at, runs = self._anchor
        return min(self._given_s, second + ((time.monotonic() - at) * self.speed if runs else 0.0))

    def seek(self, second: float) -> None:
        """Go on from a second of the recording, soon; harmless after the end. On any thread."""
        self._wanted_s = max(0.0, second)

    def _run(self) -> None:
        try:
            with soundfile.SoundFile(self._path) as file, _output(file) as output:
                file.seek(min(file.frames, round(self._given_s * file.samplerate)))
                self._play(file, output)
        except Exception as error:  # of PortAudio or the file: whatever follows the sound goes on silently
            logger.warning("%s cannot be played: %s", self._path.name, error)
        finally:  # whatever follows the sound ends too
            if not self._anchor[2]:
                self._anchor = (self._anchor[0], time.monotonic(), True)
            self._given_s = math.inf

    def _play(self, file: soundfile.SoundFile, output: Any) -> None:
        """Feed the output block by block; without one, wait as long as it would take."""
        latency_s = float(output.latency) if output else 0.0
        earliest, size = self._given_s, round(BLOCK_S * file.samplerate)
        speed, slower = 1.0, Slower(file.samplerate, file.channels, 1.0)
        while not self._stop.is_set():
            wanted = self._wanted_s
            if wanted is not None or speed != self.speed:
                if wanted is not None:
                    file.seek(min(file.frames, round(wanted * file.samplerate)))
                    self._given_s = file.tell() / file.samplerate
                earliest = self._given_s
                self._anchor = (earliest, time.monotonic(), False)
                speed = self.speed
                slower = Slower(file.samplerate, file.channels, speed)
                if self._wanted_s == wanted:
                    self._wanted_s = None
            if self.paused:
                earliest = self._given_s
                self._anchor = (earliest, time.monotonic(), False)
                time.sleep(POLL_S)
                continue
            block = file.read(size, dtype="float32", always_2d=True)
            if not len(block):
                self._wait(self._given_s)
                if self._wanted_s is None:
                    return
                continue
            if output:
                output.write(slower.feed(block))  # waits for room
            self._given_s += len(block) / file.samplerate
            if output:
                self._anchor = (max(earliest, self._given_s - latency_s * speed), time.monotonic(), True)
            else:
                self._wait(self._given_s - len(block) / file.samplerate)

    def _wait(self, second: float) -> None:
        """Wait until a second of the recording is heard."""
        if not self._anchor[2]:
            self._anchor = (second, time.monotonic(), True)
        while self.heard_s < second and not self._stop.is_set() and self._wanted_s is None and not self.paused:
            time.sleep(POLL_S)


class PlayedFile(FileSource):
    """A recording in place of a microphone that is also heard: samples are due when the loudspeaker plays them."""

    _clock_pauses = True  # once the output has played what it was given: that much is due after the pause

    def __init__(self, path: Path) -> None:
        """Open nothing yet.

        Args:
            path: anything libsndfile reads.
        """
        self._playback = Playback(path)
        self._played = path
        super().__init__(path, realtime=True, clock=lambda: self._playback.heard_s)

    def open(self) -> None:
        """Open the file and play it from its beginning.

        Raises:
            AudioError: it cannot be read.
        """
        super().open()  # closes what was open
        self._playback = Playback(self._played)
        self._playback.start()

    def read(self) -> Block:
        """Return the next block, empty if nothing is due."""
        self._playback.paused = self.paused
        return super().read()

    def close(self) -> None:
        """End the playback and close the file."""
        self._playback.stop()
        super().close()


@contextlib.contextmanager
def _output(file: soundfile.SoundFile) -> Iterator[Any]:
    """Open and start a sound output for a file; None if that fails."""
    with contextlib.ExitStack() as until_closed:
        try:
            import sounddevice  # noqa: PLC0415  # fails where PortAudio is missing

            with devices.portaudio_lock:
                output = sounddevice.OutputStream(
                    file.samplerate, channels=file.channels, dtype="float32", latency=LATENCY_S
                )
                output.start()
                until_closed.enter_context(devices.output_is_open())
                until_closed.enter_context(output)
        except Exception as error:  # PortAudio's, which cannot be named before the import has worked
            logger.warning("Nothing is heard: %s", error)
            output = None
        yield output
