"""The microphone: PortAudio's callback fills a ring, the capture thread empties it and reopens a lost device.

Threads: `Inlet` is called on PortAudio's own thread and only copies; everything else runs on the capture thread.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from livefollow.audio import devices
from livefollow.audio.devices import Backend, InputDevice
from livefollow.audio.intake import Intake, MeterReading
from livefollow.audio.ring import Ring, Rows
from livefollow.audio.source import Block, Source, SourceState, SourceStatus
from livefollow.errors import NOTHING, DeviceError, Message

START_S = 3.0  # until the first callback of a driver: PulseAudio needs a second
LOST_AFTER_S = 0.5  # without a callback: the device is gone
SILENT_AFTER_S = 2.0  # of digital zeros: muted, or nothing plugged in
RETRY_S = 1.0  # between attempts to reopen a lost device
PATIENT = 30  # attempts in the formats that are likely, before all others are tried, too
CLOSE_TIMEOUT_S = 2.0  # a driver whose device is gone may never return from closing it
SAMPLE_RING_S = 4.0  # of sound that can wait while the capture thread is held up
READ_S = 0.1  # of sound that one `read` returns at most
LATENCY_S = 0.03  # requested from PortAudio; the driver does what it can
# Tried in turn if a device refuses its own rate, Hz: some devices report rates that cannot be opened.
OTHER_RATES = (48_000, 44_100, 32_000, 16_000, 96_000, 88_200, 192_000, 24_000, 22_050, 12_000, 11_025, 8_000)
IN_USE = -9985  # PortAudio's paDeviceUnavailable: another format would not help
# Virtual inputs (ALSA's "default", JACK) offer 32 or more channels, of which only the first are real.
MANY_CHANNELS = 8

SILENCE_NOTE = Message("the microphone sends digital silence: is it muted?")

log = logging.getLogger(__name__)


class _InUseError(DeviceError):
    """Another program uses the device exclusively."""


class Inlet:
    """PortAudio's callback: copies samples into a ring and does nothing that could wait or allocate.

    Each stream has its own, so that a stream that its driver does not end cannot write into the ring of the next.
    """

    def __init__(self, ring: Ring) -> None:
        """Write into `ring`, which is as wide as the stream has channels."""
        self.ring = ring
        self.xruns = 0

    def __call__(self, indata: Rows, _frames: int, _when: Any, status: Any) -> None:
        """Take `indata`, (n, channels); `status` is true if the driver lost samples."""
        self.ring.write(indata)
        if status:
            self.xruns += 1


class Microphone(Source):
    """A sound input at its native rate, with its channels mixed; reopened by name when it was lost.

    To see a device return, PortAudio must list all devices again, which ends all streams: use one microphone at a time.
    """

    live = True

    def __init__(
        self,
        device: int | str | None = None,
        *,
        otherwise_default: bool = False,
        clock: Callable[[], float] = time.monotonic,
        backend: Backend | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            device: number or part of the name; None is the system's default.
            otherwise_default: take the default if there is no such device, and say so in the status.
            clock: monotonic seconds.
            backend: the sounddevice module, or a stand-in.
        """
        self._wanted = device
        self._otherwise_default = otherwise_default
        self._clock = clock
        self._backend = backend
        self._state = SourceState.CLOSED
        self._device: InputDevice | None = None
        self._stream: Any = None
        self._intake: Intake | None = None
        self._closing: threading.Thread | None = None
        self._inlet = Inlet(Ring(1, 1))
        self._buffer: Rows = np.empty((1, 1), np.float32)
        self._given = 0  # samples at 22.05 kHz
        self._tapped_s = 0.0  # seconds of native rows read since it was opened
        # Counted by earlier inlets and intakes.
        self._xruns = self._overruns = self._lost_samples = self._nonfinite = self._clipped = 0
        self._gaps = 0
        self._gap_s = 0.0
        self._gap_pending = False
        self._heard_at = self._looked_at = self._deadline = self._retry_at = 0.0
        self._retries = 0  # since it was lost
        self._note = self._substitute = NOTHING

    def open(self) -> None:
        """Find the device and start it.

        Raises:
            DeviceError: PortAudio is missing, there is no such device, or it cannot be opened.
        """
        self.close()
        self._backend = self._backend or devices.portaudio()
        device = self._find()
        self._start(device, _formats(device))
        self._heard_at = self._looked_at = self._clock()
        self._tapped_s = 0.0
        self._gap_pending = False
        self._note = self._substitute
        self._state = SourceState.STARTING

    def read(self) -> Block:
        """Return what has come in, at most 0.1 s, maybe nothing; watch the device and reopen it."""
        if self._state is SourceState.CLOSED or self._intake is None:
            return Block(np.empty(0, np.float32), self._given)
        now = self._clock()
        held_up, self._looked_at = now - self._looked_at, now
        if held_up > LOST_AFTER_S / 2:
            # Whatever held up this thread may have held up the callback too.
            self._deadline += held_up
        if self._stream is None and not self._reopened(now):
            return Block(np.empty(0, np.float32), self._given)
        ring, intake = self._inlet.ring, self._intake
        overruns = ring.overruns
        n = ring.read(self._buffer)
        if ring.overruns > overruns:
            intake.restart()
            self._gap_pending = True
        if self.tap and n:
            self.tap(self._buffer[:n], intake.rate, self._tapped_s)
        self._tapped_s += n / intake.rate
        samples = intake.push(self._buffer[:n])
        if n:
            self._hear(now, intake)
        elif now >= self._deadline:
            self._lose(now)
        # The resampler may hold back the first samples after a gap: the mark waits for the block that contains them.
        block = Block(samples, self._given, self._gap_pending and len(samples) > 0)
        self._gap_pending = self._gap_pending and not block.after_gap
        self._given += len(samples)
        return block

    def close(self) -> None:
        """Stop the device; the counters in `status` stay."""
        self._drop_stream()
        self._state = SourceState.CLOSED

    @property
    def status(self) -> SourceStatus:
        """State, level and trouble of the device."""
        device, intake = self._device, self._intake
        level = intake.level if intake else MeterReading()
        return SourceStatus(
            state=self._state,
            name=device.name if device else str(self._wanted or ""),
            rate=intake.rate if intake else 0,
            channels=intake.channels if intake else 0,
            level=MeterReading(level.peak, level.rms, level.clipped + self._clipped),
            nonfinite=self._nonfinite + (intake.nonfinite if intake else 0),
            xruns=self._xruns + self._inlet.xruns,
            overruns=self._overruns + self._inlet.ring.overruns,
            lost_samples=self._lost_samples + self._inlet.ring.lost,
            gaps=self._gaps,
            gap_s=self._gap_s,
            note=self._note,
        )

    def _find(self) -> InputDevice:
        """Find the wanted device, which may have been plugged in since PortAudio listed its devices.

        Raises:
            DeviceError: there is none.
        """
        self._substitute = NOTHING
        with contextlib.suppress(DeviceError):
            return devices.find_input(self._wanted, self._backend)
        devices.refresh(self._backend)
        try:
            return devices.find_input(self._wanted, self._backend)
        except DeviceError:
            if not self._otherwise_default or self._wanted is None:
                raise
        device = devices.find_input(None, self._backend)
        self._substitute = Message("{name} is not there: listening to {other}", name=self._wanted, other=device.name)
        return device

    def _start(self, device: InputDevice, formats: Iterable[tuple[int, int]]) -> None:
        """Open a stream and set up what depends on its rate and channels.

        Args:
            device: to be opened.
            formats: rates, Hz, and numbers of channels, to be tried in turn.

        Raises:
            DeviceError: it cannot be opened.
        """
        failure: DeviceError | None = None
        for rate, channels in formats:
            try:
                self._open_stream(device, rate, channels)
            except _InUseError:
                raise
            except DeviceError as error:
                failure = failure or error  # report the error of the native format
                continue
            if failure:
                log.info("%s; %d Hz and %d channels do", failure, rate, channels)
            self._device = device
            self._deadline = self._clock() + START_S
            return
        assert failure
        raise failure

    def _usual_formats(self, device: InputDevice) -> list[tuple[int, int]]:
        """Those of its own rate now, and the one that it had before it was lost."""
        assert self._intake
        before = (self._intake.rate, min(self._intake.channels, device.channels))
        own = [(device.rate, channels) for channels in (min(device.channels, 2), 1)]
        return list(dict.fromkeys([*own, before]))

    def _open_stream(self, device: InputDevice, rate: int, channels: int) -> None:
        """Open and start a stream in one format, and set up what depends on that.

        Raises:
            DeviceError: it cannot be opened in this format.
        """
        backend = self._backend
        assert backend
        try:
            intake = Intake(rate, channels)
        except ValueError as error:
            raise DeviceError("{name} cannot be used: {reason}", name=device.name, reason=error) from error
        self._retire(Inlet(Ring(round(SAMPLE_RING_S * rate), channels)), intake)
        try:
            with devices.portaudio_lock:
                self._stream = backend.InputStream(
                    device=device.number,
                    channels=channels,
                    samplerate=rate,
                    dtype="float32",
                    latency=LATENCY_S,
                    callback=self._inlet,
                )
                self._stream.start()
        except (backend.PortAudioError, ValueError) as error:
            self._drop_stream()
            kind = _InUseError if IN_USE in error.args else DeviceError
            raise kind(Message("{name} does not open: {reason}", name=device.name, reason=error)) from error
        self._buffer = np.empty((max(1, round(READ_S * rate)), channels), np.float32)

    def _retire(self, inlet: Inlet, intake: Intake) -> None:
        """Replace inlet and intake, and keep the counts of the old ones."""
        self._xruns += self._inlet.xruns
        self._overruns += self._inlet.ring.overruns
        self._lost_samples += self._inlet.ring.lost
        if self._intake:
            self._nonfinite += self._intake.nonfinite
            self._clipped += self._intake.level.clipped
        self._inlet, self._intake = inlet, intake

    def _hear(self, now: float, intake: Intake) -> None:
        """Update the state when samples have come."""
        if self._state is SourceState.LOST:
            self._gaps += 1
            self._gap_s += now - self._heard_at
            log.info("sound again after %.1f s", now - self._heard_at)
        self._heard_at = now
        self._deadline = now + LOST_AFTER_S
        silent = intake.silence_s >= SILENT_AFTER_S
        self._state = SourceState.SILENT if silent else SourceState.RUNNING
        self._note = SILENCE_NOTE if silent else self._substitute or intake.note

    def _lose(self, now: float) -> None:
        """Update the state when no samples have come for too long."""
        assert self._device
        assert self._intake
        self._state = SourceState.LOST
        self._intake.restart()  # the meter falls to zero
        self._note = Message("the microphone sends nothing any more; waiting for {name}", name=self._device.name)
        log.warning("%s", self._note)
        self._drop_stream()
        self._retry_at, self._retries = now, 0

    def _reopened(self, now: float) -> bool:
        """Try to reopen the lost device, every `RETRY_S`; whether that worked."""
        if now < self._retry_at:
            return False
        assert self._device
        try:
            if self._closing and self._closing.is_alive():
                raise DeviceError("its driver still hangs, and PortAudio would hang with it")
            devices.refresh(self._backend)
            device = devices.find_again(self._device, self._backend)
            if device is None:
                raise DeviceError("it is not there")
            # One that comes back while formats are tried would open in any: at 96 kHz with 32 channels, perhaps.
            usual = self._retries < PATIENT
            self._start(device, self._usual_formats(device) if usual else _formats(device))
        except DeviceError as error:
            log.debug("not back yet: %s", error)
            self._retries += 1
            self._retry_at = self._clock() + RETRY_S
            return False
        self._gap_pending = True
        return True

    def _drop_stream(self) -> None:
        """Close the stream on a separate thread, because a driver whose device is gone may hang."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        self._closing = threading.Thread(target=self._close_stream, args=(stream,), name="close-sound", daemon=True)
        self._closing.start()
        self._closing.join(CLOSE_TIMEOUT_S)
        if self._closing.is_alive():
            log.warning("the sound driver does not return from closing a lost device")

    def _close_stream(self, stream: Any) -> None:
        assert self._backend
        with contextlib.suppress(self._backend.PortAudioError):
            stream.abort()
        with contextlib.suppress(self._backend.PortAudioError):
            stream.close()


def _formats(device: InputDevice) -> list[tuple[int, int]]:
    """Rates, Hz, and numbers of channels in which a device may open, the likeliest first."""
    few = min(device.channels, 2)
    widths = (device.channels if device.channels <= MANY_CHANNELS else few, few, 1, device.channels)
    rates = dict.fromkeys((device.rate, *OTHER_RATES))
    return [(rate, channels) for rate in rates for channels in dict.fromkeys(widths)]
