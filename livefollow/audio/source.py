"""Interface of all sound sources: mono blocks at 22.05 kHz, counted samples, one status.

One thread, the capture thread, opens, reads and closes a source; `status` may be read from any thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from livefollow.audio.intake import MeterReading
from livefollow.audio.ring import Rows
from livefollow.constants import SAMPLE_RATE
from livefollow.errors import NOTHING, Message


class SourceState(StrEnum):
    """State of a sound source."""

    CLOSED = "closed"
    STARTING = "starting"  # the device is open and has not sent anything yet
    RUNNING = "running"
    SILENT = "silent"  # the device sends digital zeros: muted, or unplugged behind a converter
    LOST = "lost"  # the device sends nothing at all
    ENDED = "ended"  # a recording has been read to its end


@dataclass(frozen=True)
class Block:
    """Consecutive samples of a source.

    Sample n sounded n / 22050 s after the first: the delay of the resampler is compensated. Sound that was lost with a
    device or by an overrun is not counted; the first block after it is marked.
    """

    samples: npt.NDArray[np.float32]  # (n,), mono, 22.05 kHz; n = 0 when nothing is due
    start: int  # number of the first sample
    after_gap: bool = False  # something is missing before this block

    @property
    def time_s(self) -> float:
        """Seconds from the source's first sample to the first of this block."""
        return self.start / SAMPLE_RATE


@dataclass(frozen=True)
class SourceStatus:
    """Status of a source at one moment, and counts of what went wrong since it was opened."""

    state: SourceState
    name: str
    rate: int  # native, Hz
    channels: int
    level: MeterReading  # native
    nonfinite: int  # native samples that were NaN, infinite or absurd and became zeros
    xruns: int = 0  # times the driver reported lost input
    overruns: int = 0  # times this program was too late for the callback's ring
    lost_samples: int = 0  # native, by those overruns
    gaps: int = 0  # times the device went away and came back
    gap_s: float = 0.0  # how long it was away, all gaps together
    note: Message = NOTHING  # a sentence for the user if something is wrong


class Source(ABC):
    """A source of sound, read block by block without waiting."""

    # Whether sound comes in real time; a source that is not live waits for its reader.
    live: bool
    # True pauses a recording, on any thread; a microphone goes on.
    paused: bool = False
    # Called on the reading thread, set by any: sees native rows (n, channels) before anything is done to them, with
    # their rate, Hz, and the second of the source at which they begin. It must not keep the rows.
    tap: Callable[[Rows, int, float], None] | None = None

    @abstractmethod
    def open(self) -> None:
        """Start the source.

        Raises:
            DeviceError: the device cannot be opened.
            AudioError: the recording cannot be read.
        """

    @abstractmethod
    def read(self) -> Block:
        """Return what has come in since the last call, at most a few tenths of a second; empty if nothing is due.

        After the end of a recording, or before `open`, the block is empty. Never raises for a device that is lost.
        """

    @abstractmethod
    def close(self) -> None:
        """Stop the source; harmless if it is closed already."""

    @property
    @abstractmethod
    def status(self) -> SourceStatus:
        """State, level and trouble of the source."""

    def __enter__(self) -> Self:
        """Open the source for a `with` block."""
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the source, whatever happened."""
        self.close()
