"""Cut a stream of samples into frames, 20 a second, each from the 2048 samples that end at its time stamp.

A `Framer` belongs to one thread, the capture thread.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from livefollow.audio.source import Source, SourceState
from livefollow.constants import FPS, FRAME_SIZE, FRAME_WIDTH, LONG_SIZE, N_BINS, SAMPLE_RATE
from livefollow.features.filterbank import further_views, log_bands, magnitudes
from livefollow.features.tuning import CONCERT_HZ, TuningTracker

# Samples taken in at once: what is held does not grow with what is pushed.
CHUNK = 8192


def frame_end_sample(i: int) -> int:
    """The sample before which frame i ends. The hop is 1102.5: hops of 1102 and 1103 alternate, without drift."""
    return round((i + 1) * SAMPLE_RATE / FPS)


def frame_time_s(i: int) -> float:
    """End of frame i in seconds after the first sample."""
    return frame_end_sample(i) / SAMPLE_RATE


class Framer:
    """Turns samples into frames as they come; zeros stand before the first sample."""

    def __init__(self, tuning: TuningTracker | None = None) -> None:
        """Start before the first sample.

        Args:
            tuning: follows the instrument's, and the frames are as if it were tuned to 440 Hz; None: it is.
        """
        self.tuning = tuning
        self._buffer = np.zeros(LONG_SIZE + CHUNK, np.float32)
        # The buffer's first `_filled` values are the newest samples, the last of them number `_heard` - 1.
        self._filled = LONG_SIZE
        self._heard = 0
        self.frames = 0  # frames given so far: the number of the next one

    def push(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Add samples; returns the frames that they complete.

        Args:
            samples: (n,) at 22.05 kHz, any n.

        Returns:
            (k, 468), the same frames to the last bit however the samples were cut into pushes.
        """
        if len(samples) <= CHUNK:
            return self._push_chunk(samples)
        return np.concatenate([self._push_chunk(samples[at : at + CHUNK]) for at in range(0, len(samples), CHUNK)])

    def forget(self) -> None:
        """Treat everything before the next sample as zeros, because samples are missing there."""
        self._buffer[: self._filled] = 0.0

    def _push_chunk(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        n = len(samples)
        if self._filled + n > len(self._buffer):
            # No frame to come reaches further back than this.
            self._buffer[:LONG_SIZE] = self._buffer[self._filled - LONG_SIZE : self._filled]
            self._filled = LONG_SIZE
        self._buffer[self._filled : self._filled + n] = samples
        self._filled += n
        self._heard += n
        # Where in the buffer the frames end that are complete now.
        offset = self._filled - self._heard
        ends = []
        while frame_end_sample(self.frames) <= self._heard:
            ends.append(frame_end_sample(self.frames) + offset)
            self.frames += 1
        if not ends:
            return np.empty((0, FRAME_WIDTH), np.float32)
        return _frames(np.stack([self._buffer[end - LONG_SIZE : end] for end in ends]), self.tuning)


def _frames(blocks: npt.NDArray[np.float32], tuning: TuningTracker | None) -> npt.NDArray[np.float32]:
    """Frames as if the instrument were tuned to 440 Hz: (k, 468) of (k, 4096), however many are made at once."""
    made = []
    while len(blocks):
        now, blocks = blocks[: tuning.left if tuning else None], blocks[tuning.left if tuning else len(blocks) :]
        ratio = tuning.hz / CONCERT_HZ if tuning else 1.0
        usual = now[:, -FRAME_SIZE:]
        heard = magnitudes(usual)
        bands = log_bands(heard if ratio == 1.0 else magnitudes(usual, ratio))
        made.append(np.concatenate([bands, further_views(now, ratio)], axis=1))
        if tuning:
            tuning.push(heard)
    return np.concatenate(made)


def bands_of(frames: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The paper's frames, (k, 78) of (k, 468)."""
    return frames[:, :N_BINS]


def frames_of(source: Source, tuning: TuningTracker | None = None) -> Iterator[npt.NDArray[np.float32]]:
    """All frames of a source, as they come, (k, 468) each with k ≥ 1, until it ends.

    For sources that are not live: a live one would keep this loop spinning between its blocks.

    Args:
        source: opened.
        tuning: see `Framer`.

    Raises:
        AudioError: the recording cannot be read.
    """
    framer = Framer(tuning)
    while source.status.state not in (SourceState.ENDED, SourceState.CLOSED):
        frames = framer.push(source.read().samples)
        if len(frames):
            yield frames
