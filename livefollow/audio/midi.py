"""MIDI inputs, pedals and keyboards, as presses and releases; devices come and go.

python-rtmidi is loaded only by who listens. Its own threads bring messages, and a thread here looks for devices every
second; what is called from here runs on either.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from livefollow.audio.devices import Backend
from livefollow.errors import DeviceError

LOOK_S = 1.0  # between two looks at which devices there are
JOIN_TIMEOUT_S = 2.0
# Of 0 to 127: a controller is down from DOWN on and up from UP on; a pedal that is moved slowly is pressed once.
DOWN, UP = 72, 56
NOTE_OFF, NOTE_ON, CONTROLLER, PROGRAM = 0x80, 0x90, 0xB0, 0xC0  # upper halves of status bytes
BANKS = (0, 32)  # controllers that keyboards send with a program, not pressed by anybody
MODES = 120  # from this controller on: messages about modes
HEADS = {CONTROLLER: 3, NOTE_ON: 3, NOTE_OFF: 3, PROGRAM: 2}  # bytes of a message

logger = logging.getLogger(__name__)


class MidiKind(StrEnum):
    """What was pressed on a MIDI device."""

    CONTROLLER = "controller"
    NOTE = "note"
    PROGRAM = "program"


@dataclass(frozen=True)
class MidiPress:
    """Something on a MIDI device was pressed or let go.

    Attributes:
        device: its name, the same whatever socket it is in.
        kind: what it is.
        number: of the controller, note or program, 0 to 127.
        channel: from 1.
        value: how far or how fast, 0 to 127; 127 for a program.
        down: pressed, or let go.
    """

    device: str
    kind: MidiKind
    number: int
    channel: int
    value: int
    down: bool

    @property
    def control(self) -> str:
        """Name by which it is found again, whatever channel it sends on."""
        return f"midi:{self.device}:{self.kind} {self.number}"


class MidiParser:
    """Turns the messages of one device into presses, each once."""

    def __init__(self, device: str) -> None:
        """Begin with everything let go.

        Args:
            device: its name.
        """
        self._device = device
        self._down: set[tuple[MidiKind, int, int]] = set()

    def feed(self, message: Sequence[int]) -> MidiPress | None:
        """Take a message, whole, and return the press or release that it is; None for others and for repetitions."""
        head = message[0] & 0xF0 if message else 0
        if len(message) < HEADS.get(head, len(message) + 1):
            return None
        number, channel = message[1] & 0x7F, (message[0] & 0x0F) + 1
        value = message[2] & 0x7F if HEADS[head] > 2 else 127
        if head == PROGRAM:
            return MidiPress(self._device, MidiKind.PROGRAM, number, channel, value, down=True)
        if head == CONTROLLER:
            if number in BANKS or number >= MODES:
                return None
            return self._moved(MidiKind.CONTROLLER, number, channel, value)
        if head == NOTE_OFF:
            value = 0
        return self._set(MidiKind.NOTE, number, channel, value, down=value > 0)

    def _moved(self, kind: MidiKind, number: int, channel: int, value: int) -> MidiPress | None:
        was = (kind, number, channel) in self._down
        return self._set(kind, number, channel, value, down=value >= (UP if was else DOWN))

    def _set(self, kind: MidiKind, number: int, channel: int, value: int, *, down: bool) -> MidiPress | None:
        key = kind, number, channel
        if down == (key in self._down):
            return None
        (self._down.add if down else self._down.discard)(key)
        return MidiPress(self._device, kind, number, channel, value, down)


class MidiWatch:
    """Listens to all MIDI devices, until `stop`."""

    def __init__(
        self,
        heard: Callable[[MidiPress], object],
        changed: Callable[[list[str]], object],
        backend: Backend | None = None,
    ) -> None:
        """Begin to listen.

        Args:
            heard: called with each press and release, on any thread.
            changed: called with the names of all devices, at the beginning and when one came or went, on any thread.
            backend: the rtmidi module, or a stand-in.

        Raises:
            DeviceError: python-rtmidi is not installed, or the system has no MIDI.
        """
        self._heard, self._changed = heard, changed
        self._backend = backend or rtmidi()
        self._finder = self._input()
        self._open: dict[str, Any] = {}  # inputs by the system's names of their devices
        self._refused: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="midi", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close all devices; harmless if that was done."""
        self._stop.set()
        if self._thread is not threading.current_thread():
            self._thread.join(JOIN_TIMEOUT_S)

    def _run(self) -> None:
        told: list[str] | None = None
        try:
            while True:
                self._look()
                names = sorted({device_name(port) for port in self._open})
                if names != told:
                    told = names
                    self._changed(names)
                if self._stop.wait(LOOK_S):
                    return
        except Exception as error:  # of a driver; nobody waits for this thread
            logger.warning("MIDI devices cannot be looked for: %s", error)
        finally:
            for port in list(self._open):
                self._close(port)
            with contextlib.suppress(Exception):
                self._finder.delete()

    def _look(self) -> None:
        """Open the devices that have come, close those that have gone."""
        ports: list[str] = list(self._finder.get_ports())
        for port in set(self._open) - set(ports):
            self._close(port)
            logger.info("MIDI device gone: %s", port)
        self._refused &= set(ports)
        for number, port in enumerate(ports):
            if port not in self._open and not ours(port):
                self._take(number, port)

    def _take(self, number: int, port: str) -> None:
        try:
            device = self._input()
            parser = MidiParser(device_name(port))
            device.set_callback(lambda event, _data: self._hear(parser, event[0]))
            device.open_port(number, CLIENT)
        except (OSError, RuntimeError, ValueError, DeviceError) as error:  # another program has it, or it is gone again
            if port not in self._refused:
                self._refused.add(port)
                logger.warning("MIDI device %s does not open: %s", port, error)
            return
        self._open[port] = device
        logger.info("MIDI device: %s", port)

    def _hear(self, parser: MidiParser, message: Sequence[int]) -> None:
        press = parser.feed(message)
        if press and not self._stop.is_set():
            self._heard(press)

    def _close(self, port: str) -> None:
        device = self._open.pop(port)
        with contextlib.suppress(Exception):  # a driver whose device is gone may say anything
            device.cancel_callback()
            device.close_port()
            device.delete()

    def _input(self) -> Any:
        """Make an input without a device.

        Raises:
            DeviceError: the system has no MIDI.
        """
        backend = self._backend
        # JACK's would start its server, and is asked only where there is nothing else.
        apis = [api for api in backend.get_compiled_api() if api != backend.API_UNIX_JACK]
        try:
            return backend.MidiIn(*apis[:1], name=CLIENT)
        except Exception as error:  # rtmidi's cannot be named before the import has worked
            raise DeviceError("this system has no MIDI: {reason}", reason=error) from error


CLIENT = "livefollow"


def rtmidi() -> Backend:
    """Import python-rtmidi and return it.

    Raises:
        DeviceError: it is not installed.
    """
    try:
        import rtmidi as module  # noqa: PLC0415  # an extra, and only for those who have MIDI
    except ImportError as error:
        raise DeviceError(
            "MIDI pedals and keyboards need python-rtmidi, which is not installed: pip install python-rtmidi",
            in_window="MIDI pedals and keyboards need the extra “midi” of livefollow, which is not installed.",
        ) from error
    return module


def device_name(port: str) -> str:
    """Return a device's name without the numbers that change with its socket, of ALSA and Windows."""
    client, _, name = re.sub(r"\s+\d+(:\d+)?$", "", port).rpartition(":")
    return (name if name.startswith(client) else f"{client} {name}").strip() or port


def ours(port: str) -> bool:
    """Whether a port passes on what programs say to each other, not what anybody presses."""
    return port.startswith((CLIENT, "RtMidi", "Midi Through"))
