"""What every source of sound has in common: mono blocks at 22.05 kHz, counted samples, one status.

A source belongs to one thread, the capture thread, which opens, reads and closes it; `status` may be read from any.
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
    """How a source is doing."""

    CLOSED = "closed"
    STARTING = "starting"  # the device is open and has not sent anything yet
    RUNNING = "running"
    SILENT = "silent"  # the device sends digital zeros: muted, or unplugged behind a converter
    LOST = "lost"  # the device sends nothing at all
    ENDED = "ended"  # a recording has been read to its end


@dataclass(frozen=True)
class Block:
    """Samples in the order they were heard.

    Sample n of a source sounded n / 22050 s after its first: the resampler's delay is taken out. What a lost device
    or an overrun swallowed is not counted as samples; the first block after it says so.
    """

    samples: npt.NDArray[np.float32]  # (n,), mono, 22.05 kHz; n = 0 when nothing is due
    start: int  # number of the first sample
    after_gap: bool = False  # something is missing before this block

    @property
    def time_s(self) -> float:
        """When the first sample sounded, in seconds after the source's first sample."""
        return self.start / SAMPLE_RATE


@dataclass(frozen=True)
class SourceStatus:
    """A source at one moment: what to show, and what went wrong since it was opened."""

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
    note: Message = NOTHING  # a sentence for the user when not all is well


class Source(ABC):
    """Sound from somewhere, read block by block without waiting."""

    # Whether the world sets the pace. A source that is not live waits for its reader.
    live: bool
    # While any thread sets it, a recording stands still; a microphone goes on.
    paused: bool = False
    # Called on the reading thread, set by any: sees native rows (n, channels) before anything is done to them, with
    # their rate, Hz, and the second of the source at which they begin. It must not keep the rows.
    tap: Callable[[Rows, int, float], None] | None = None

    @abstractmethod
    def open(self) -> None:
        """Start.

        Raises:
            DeviceError: the device cannot be opened.
            AudioError: the recording cannot be read.
        """

    @abstractmethod
    def read(self) -> Block:
        """What has come in since the last call, at most a few tenths of a second; empty when nothing is due.

        After the end of a recording, or before `open`, the block is empty. Never raises for a device that is lost.
        """

    @abstractmethod
    def close(self) -> None:
        """Stop; harmless when closed already."""

    @property
    @abstractmethod
    def status(self) -> SourceStatus:
        """How it is doing."""

    def __enter__(self) -> Self:
        """Open the source for a `with` block."""
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the source, whatever happened."""
        self.close()
