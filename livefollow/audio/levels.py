"""How loud every sound input is at the moment: another process opens them all and tells.

So the PortAudio of this process, whose stream may be followed, is not touched. An input that is in use, by this program
or another, may tell nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TextIO

import numpy as np

from livefollow.audio import devices
from livefollow.audio.devices import Backend, InputDevice
from livefollow.audio.ring import Rows
from livefollow.errors import DeviceError

TOLD_S = 0.1  # between two tellings
MOST_OPENED = 12  # inputs: ALSA's plug-ins may be dozens
END_S = 5.0  # that the other process may take to end
MANY_CHANNELS = 2  # virtual inputs offer dozens, of which only the first are real


@dataclass(frozen=True)
class InputLevel:
    """One input at one moment.

    Attributes:
        name: as PortAudio says.
        default: whether it is the system's default.
        peak: largest magnitude since it was told last, 0 to 1; None where the input cannot be opened.
    """

    name: str
    default: bool
    peak: float | None


class _Meter:
    """An open input."""

    def __init__(self, device: InputDevice, backend: Backend) -> None:
        self.device = device
        self._peak = 0.0
        self._stream: Any = None
        try:
            self._stream = backend.InputStream(
                device=device.number,
                channels=min(device.channels, MANY_CHANNELS),
                samplerate=device.rate,
                dtype="float32",
                callback=self._hear,
            )
            self._stream.start()
        except (backend.PortAudioError, ValueError):
            self._stream = None

    def _hear(self, indata: Rows, _frames: int, _when: Any, _status: Any) -> None:
        self._peak = max(self._peak, float(np.abs(indata).max(initial=0.0)))

    def take(self) -> InputLevel:
        peak, self._peak = self._peak, 0.0
        heard = min(1.0, peak) if np.isfinite(peak) else 0.0
        return InputLevel(self.device.name, self.device.default, heard if self._stream else None)


def tell_levels(out: TextIO, over: Callable[[], bool], backend: Backend | None = None) -> None:
    """Open all inputs and write a line of JSON ten times a second; the program of the other process.

    Args:
        out: written to.
        over: whether to end; asked after each line.
        backend: sounddevice, or a stand-in.

    Raises:
        DeviceError: PortAudio is missing or fails.
    """
    sd = backend or devices.portaudio()
    meters = [_Meter(device, sd) for device in devices.list_inputs(sd)[:MOST_OPENED]]
    while True:
        print(json.dumps([asdict(meter.take()) for meter in meters]), file=out, flush=True)
        if over():
            return
        time.sleep(TOLD_S)


def tell_levels_until_input_ends() -> None:
    """`tell_levels` on standard output, until standard input ends, as it does when the asking process ends.

    Raises:
        DeviceError: PortAudio is missing or fails.
    """
    ended = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    tell_levels(sys.stdout, ended.is_set)


class LevelWatch:
    """Asks the other process, until `stop`."""

    def __init__(self, told: Callable[[list[InputLevel]], object], failed: Callable[[DeviceError], object]) -> None:
        """Start the other process and a thread that listens to it.

        Args:
            told: called with all inputs, ten times a second, on a thread of its own.
            failed: called on that thread where nothing more will be told, and `stop` was not called.
        """
        self._told, self._failed = told, failed
        self._stopped = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._listen, name="levels", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it, without waiting."""
        self._stopped = True
        process = self._process
        if process and process.stdin:
            process.stdin.close()

    def _listen(self) -> None:
        program = [] if getattr(sys, "frozen", False) else ["-m", "livefollow.cli.main"]
        try:
            with subprocess.Popen(
                [sys.executable, *program, "--list-devices", "--levels"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            ) as self._process:
                try:
                    self._pass_on(self._process)
                finally:
                    self._process.kill()
        except (OSError, ValueError, TypeError) as error:
            self._fail(DeviceError("the sound inputs cannot be listed: {reason}", reason=error))
        else:
            self._fail(DeviceError("the sound inputs cannot be listed: {reason}", reason="it ended"))

    def _pass_on(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            if self._stopped:
                return
            self._told([InputLevel(**said) for said in json.loads(line)])

    def _fail(self, error: DeviceError) -> None:
        if not self._stopped:
            self._failed(error)
