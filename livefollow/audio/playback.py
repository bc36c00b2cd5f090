"""Lets a recording be heard, block by block, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import soundfile

BLOCK_S = 0.1  # seconds written at a time
JOIN_TIMEOUT_S = 2.0

logger = logging.getLogger(__name__)


class Playback:
    """A recording on the default sound output. Where there is none, nothing is heard, and the log says why."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet.

        Args:
            path: anything libsndfile reads.
        """
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="playback", daemon=True)

    def start(self) -> None:
        """Start, once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; harmless when it has not started or is over."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_TIMEOUT_S)

    def _run(self) -> None:
        try:
            import sounddevice  # noqa: PLC0415  # fails where PortAudio is missing

            with (
                soundfile.SoundFile(self._path) as file,
                sounddevice.OutputStream(file.samplerate, channels=file.channels, dtype="float32") as stream,
            ):
                for block in file.blocks(round(BLOCK_S * file.samplerate), dtype="float32", always_2d=True):
                    if self._stop.is_set():
                        break
                    stream.write(block)
        except Exception as error:  # PortAudio's and the file's: what is seen goes on without what is heard
            logger.warning("%s cannot be heard: %s", self._path.name, error)
