"""The capture thread: source → frames → frame ring.

The thread that calls `start` opens the source; from then on the capture thread alone reads and closes it. One other
thread, the follower, may read `frames`; any thread may read `status`.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np

from livefollow.audio.ring import Ring
from livefollow.audio.source import Block, Source, SourceState, SourceStatus
from livefollow.constants import FPS, FRAME_RING_S, FRAME_WIDTH
from livefollow.features.frames import Framer, bands_of
from livefollow.features.suppression import SuppressionWatch
from livefollow.features.tuning import TuningTracker

# How often the thread looks for samples: a fifth of a frame is not noticed, and costs next to nothing.
POLL_S = 0.01
JOIN_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class CaptureStatus:
    """The state of the capture thread at one moment."""

    source: SourceStatus
    frames: int  # frames made so far
    overruns: int  # times the follower was too late for the frame ring
    lost_frames: int  # by those
    error: Exception | None  # what ended the thread, if not `stop` or the end of the recording
    suppressed: bool  # whether a noise suppression seems to swallow held notes
    tuning_hz: float  # of the instrument's a', but for whole semitones; 440 until the sound says otherwise


class Capture:
    """A thread that turns a source into 20 frames a second.

    Attributes:
        frames: the newest ones, waiting for the follower.
        source: what it listens to.
    """

    def __init__(self, source: Source, ring_s: float = FRAME_RING_S) -> None:
        """Prepare the thread; `start` starts it.

        Args:
            source: closed. A live one never waits; another waits for room in the frame ring.
            ring_s: seconds of frames kept.
        """
        self.frames = Ring(round(ring_s * FPS), FRAME_WIDTH)
        self.source = source
        self._heard_at = np.zeros(self.frames.capacity)
        self._tuning = TuningTracker()
        self._framer = Framer(self._tuning)
        self._watch = SuppressionWatch()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._error: Exception | None = None

    def start(self) -> None:
        """Open the source and start the thread. A capture is started once.

        Raises:
            DeviceError: the device cannot be opened.
            AudioError: the recording cannot be read.
        """
        if self._thread:
            raise RuntimeError("a capture is started once")
        self.source.open()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the thread to end and close the source, without waiting for it."""
        self._stop.set()

    def stop(self) -> None:
        """End the thread and wait for it; harmless when it has ended already."""
        self.cancel()
        if self._thread:
            self._thread.join(JOIN_TIMEOUT_S)

    @property
    def finished(self) -> bool:
        """Whether no more frames will come: stopped, failed, or the recording is over."""
        return self._thread is not None and not self._thread.is_alive()

    def heard_at(self, frame: int) -> float:
        """`time.perf_counter` when the samples that complete a frame were read; of frames that the ring still keeps."""
        return float(self._heard_at[frame % len(self._heard_at)])

    @property
    def status(self) -> CaptureStatus:
        """The current state of source and ring."""
        return CaptureStatus(
            source=self.source.status,
            frames=self._framer.frames,
            overruns=self.frames.overruns,
            lost_frames=self.frames.lost,
            error=self._error,
            suppressed=self._watch.suspects,
            tuning_hz=self._tuning.hz,
        )

    def fix_tuning(self, hz: float | None) -> None:
        """The player says what the instrument's a' is, or, None, leaves it to be found. Any thread's."""
        self._tuning.fix(hz)

    def __enter__(self) -> Self:
        """Start capturing for a `with` block."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop capturing, whatever happened."""
        self.stop()

    def _run(self) -> None:
        try:
            while not self._stop.is_set() and self.source.status.state is not SourceState.ENDED:
                block = self.source.read()
                self._take(block)
                if not len(block.samples):
                    self._stop.wait(POLL_S)
        except Exception as error:  # the thread has no one above it: the reason is shown from `status`
            self._error = error
        finally:
            self.source.close()

    def _take(self, block: Block) -> None:
        if block.after_gap:
            self._framer.forget()
        now = time.perf_counter()
        frames = self._framer.push(block.samples)
        self._watch.push(bands_of(frames))
        while not self.source.live and self.frames.waiting + len(frames) > self.frames.capacity:
            if self._stop.wait(POLL_S):
                return
        self._heard_at[(self._framer.frames - len(frames) + np.arange(len(frames))) % len(self._heard_at)] = now
        self.frames.write(frames)
