"""A metronome: its sound on the default output, and which beat is heard now.

Any thread may start, restart and stop it, and ask for its beat. A thread feeds the sound output; without sound, or
without an output, time passes all the same.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable

import numpy as np

from livefollow.audio import devices
from livefollow.audio.click import clicks
from livefollow.audio.devices import Backend
from livefollow.errors import NOTHING, DeviceError, Message

RATE = 44_100  # Hz
BLOCK_S = 0.02  # written at a time
LATENCY_S = 0.08  # requested from PortAudio
LEAD_S = 0.25  # before the first beat, so that an output that begins late swallows nothing
JOIN_TIMEOUT_S = 2.0
FOREVER = math.inf

logger = logging.getLogger(__name__)


class Metronome:
    """Beats from `restart` on, until `stop`, or a number of them.

    Attributes:
        volume: of the sound, 0 to 1; any thread may set it.
        trouble: a sentence if nothing can be heard; else empty.
    """

    def __init__(
        self, *, sound: bool, clock: Callable[[], float] = time.monotonic, backend: Backend | None = None
    ) -> None:
        """Stand still until `restart`.

        Args:
            sound: whether it is heard.
            clock: monotonic seconds.
            backend: the sounddevice module, or a stand-in.
        """
        self.volume = 1.0
        self.trouble: Message = NOTHING
        self._clock, self._backend = clock, backend
        self._beat_s, self._beats, self._count = 1.0, 4, FOREVER
        self._begun = 0  # how often it was started
        # Second since the first beat that is heard at a moment of the clock.
        self._anchor: tuple[float, float] | None = None
        self._stop = threading.Event()
        self._go = threading.Event()
        self._thread: threading.Thread | None = None
        if sound:
            self._thread = threading.Thread(target=self._run, name="metronome", daemon=True)
            self._thread.start()

    @property
    def beat_s(self) -> float:
        """Seconds from beat to beat."""
        return self._beat_s

    @property
    def beat(self) -> float | None:
        """Beats since the first that is heard: 0 at the first, negative before it; None if there are none any more."""
        anchor = self._anchor
        if anchor is None or self._stop.is_set():
            return None
        second, at = anchor
        beat = (second + self._clock() - at) / self._beat_s
        return beat if beat < self._count else None

    def restart(self, beat_s: float, beats: int, count: float = FOREVER) -> None:
        """Begin with the first beat of a bar, in a moment.

        Args:
            beat_s: seconds from beat to beat.
            beats: in a bar.
            count: beats after which there are no more.
        """
        self._beat_s, self._beats, self._count = beat_s, beats, count
        self._anchor = (-LEAD_S, self._clock())
        self._begun += 1
        self._go.set()

    def stop(self, *, wait: bool = False) -> None:
        """Fall silent; harmless if it has.

        Args:
            wait: until the output is closed.
        """
        self._stop.set()
        self._go.set()
        if wait and self._thread:
            self._thread.join(JOIN_TIMEOUT_S)

    def _run(self) -> None:
        self._go.wait()
        if self._stop.is_set():
            return
        try:
            backend = self._backend or devices.portaudio()
            with devices.portaudio_lock:
                output = backend.OutputStream(RATE, channels=1, dtype="float32", latency=LATENCY_S)
                output.start()
            with devices.output_is_open(), output:
                self._feed(output)
        except Exception as error:  # PortAudio's, which cannot be named before the import has worked
            reason = error.message if isinstance(error, DeviceError) else error
            self.trouble = Message("the metronome cannot be heard ({reason}); its light goes on", reason=reason)
            logger.warning("%s", self.trouble)

    def _feed(self, output: object) -> None:
        """Write block after block; the output waits for room."""
        begun, position, n = 0, 0, round(BLOCK_S * RATE)
        latency_s = float(output.latency)  # type: ignore[attr-defined]  # sounddevice is not typed
        while not self._stop.is_set():
            if begun != self._begun:
                begun, position = self._begun, -round(LEAD_S * RATE)
            beat_s, beats, count = self._beat_s, self._beats, self._count
            block = clicks(RATE, position, n, beat_s, beats) if position + n > 0 else np.zeros(n, np.float32)
            if position >= (count - 0.5) * beat_s * RATE:
                block[:] = 0.0
            output.write((block * np.float32(self.volume))[:, None])  # type: ignore[attr-defined]
            position += n
            if begun == self._begun:
                self._anchor = (position / RATE - latency_s, self._clock())
