"""Sound inputs: list them, and find one by its number or by a part of its name.

PortAudio lists the devices once, when it is initialised. `refresh` lists them again, which ends every open stream of
the process, so it refuses while an output is open (`output_is_open`). PortAudio is not thread-safe: listing,
refreshing and opening hold `portaudio_lock` on any thread; the audio callback never comes here.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from livefollow.audio.sound_server import SERVED, microphones
from livefollow.errors import DeviceError

# The sounddevice module, or a stand-in with the same functions.
Backend = Any

portaudio_lock = threading.RLock()
_open_outputs: set[object] = set()  # one for the process, as PortAudio is; protected by the lock

LIST_TIMEOUT_S = 20.0  # PortAudio tries every device, and some take seconds to refuse


@dataclass(frozen=True)
class InputDevice:
    """A sound input as PortAudio describes it."""

    number: int
    name: str
    host_api: str
    channels: int
    rate: int  # native, Hz
    default: bool

    def __str__(self) -> str:
        """Name the device for a sentence to the user."""
        return f"{self.number}: {self.name} ({self.host_api})"


def portaudio() -> Backend:
    """Import the sounddevice module on first use and return it.

    Raises:
        DeviceError: the PortAudio library is missing or will not start.
    """
    try:
        import sounddevice  # noqa: PLC0415  # starts PortAudio, which probes every device
    except (ImportError, OSError) as error:
        raise DeviceError(
            "sound input needs the PortAudio library ({reason}); on Debian or Ubuntu: sudo apt install libportaudio2",
            in_window="sound input needs the PortAudio library ({reason}); install the package libportaudio2",
            reason=error,
        ) from error
    except Exception as error:  # sounddevice.PortAudioError cannot be named before the import has worked
        raise DeviceError("PortAudio does not start: {reason}", reason=error) from error
    return sounddevice


def list_inputs(backend: Backend | None = None) -> list[InputDevice]:
    """List every device that has input channels, in PortAudio's order.

    Raises:
        DeviceError: PortAudio is missing or fails.
    """
    sd = backend or portaudio()
    with portaudio_lock:
        try:
            devices = list(sd.query_devices())
            apis = [api["name"] for api in sd.query_hostapis()]
            default = _default_number(sd)
        except sd.PortAudioError as error:
            raise DeviceError("the sound inputs cannot be listed: {reason}", reason=error) from error
    return [
        InputDevice(
            number=number,
            name=str(device["name"]),
            host_api=apis[device["hostapi"]],
            channels=int(device["max_input_channels"]),
            rate=round(device["default_samplerate"]),
            default=number == default,
        )
        for number, device in enumerate(devices)
        if device["max_input_channels"] > 0
    ]


def find_input(wanted: int | str | None = None, backend: Backend | None = None) -> InputDevice:
    """Find the input with a number or name.

    Args:
        wanted: number, a string of digits, or a part of `name, host API`, case-insensitive; a whole name,
            also without ALSA's numbers (`bare_name`), is preferred to a part. None is the system's default input.
        backend: sounddevice, or a stand-in.

    Raises:
        DeviceError: none matches, or several do.
    """
    inputs = list_inputs(backend)
    if not inputs:
        raise DeviceError("there is no sound input; plug in a microphone and try again")
    if wanted is None:
        return next((device for device in inputs if device.default), inputs[0])
    if isinstance(wanted, int) or wanted.strip().isdecimal():
        return _by_number(inputs, int(wanted))
    return _by_name(inputs, wanted)


def find_again(device: InputDevice, backend: Backend | None = None) -> InputDevice | None:
    """Find the same device in a new list; its number, and ALSA's card number in its name, may have changed."""
    same = [other for other in list_inputs(backend) if bare_name(other.name) == bare_name(device.name)]
    same.sort(key=lambda other: (other.host_api != device.host_api, other.name != device.name))
    return same[0] if same else None


def inputs_as_json(backend: Backend | None = None) -> str:
    """Return the result of `list_inputs` as JSON, for `list_inputs_afresh` in another process.

    Raises:
        DeviceError: PortAudio is missing or fails.
    """
    return json.dumps([asdict(device) for device in list_inputs(backend)])


def list_inputs_afresh() -> list[InputDevice]:
    """List the present sound inputs without touching the PortAudio of this process, whose streams go on.

    Another process lists them, which takes about a second. An input that is in use may be missing. The numbers are not
    valid in this process.

    Raises:
        DeviceError: the other process does not answer, or found none.
    """
    program = [] if getattr(sys, "frozen", False) else ["-m", "livefollow.cli.main"]
    try:
        listed = subprocess.run(
            [sys.executable, *program, "--list-devices", "--json"],
            capture_output=True,
            timeout=LIST_TIMEOUT_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return [InputDevice(**device) for device in json.loads(listed.stdout)]
    except (OSError, ValueError, TypeError, subprocess.SubprocessError) as error:
        raise DeviceError("the sound inputs cannot be listed: {reason}", reason=error) from error


def describe_inputs(backend: Backend | None = None) -> str:
    """Return a table of the sound inputs, one per line, the default marked with a star.

    Raises:
        DeviceError: PortAudio is missing or fails.
    """
    inputs = list_inputs(backend)
    if not inputs:
        return "There is no sound input. Plug in a microphone, check that the system sees it, and try again."
    name_width = max(len(device.name) for device in inputs)
    api_width = max(len(device.host_api) for device in inputs)
    lines = [
        f"{'*' if device.default else ' '} {device.number:>3}  {device.name:<{name_width}}  "
        f"{device.host_api:<{api_width}}  {device.channels:>3} channel{' ' if device.channels == 1 else 's'}  "
        f"{device.rate:>6} Hz"
        for device in inputs
    ]
    lines += _behind_the_server(inputs)
    if any(device.default for device in inputs):
        lines.append("* is the default; choose another with --device NUMBER or a part of its name.")
    else:
        lines.append("Choose one with --device NUMBER or a part of its name.")
    return "\n".join(lines)


def _behind_the_server(inputs: list[InputDevice]) -> list[str]:
    """Return lines about the microphones behind the inputs of a sound server; empty if it does not tell."""
    served = [device.name for device in inputs if device.name in SERVED]
    behind = microphones() if served else {}
    if not behind:
        return []
    microphone = [f"{'*' if default else ' '}      {name}" for name, default in behind.items()]
    return [f"{', '.join(served)}: the microphone that the system's sound settings choose, of", *microphone]


def refresh(backend: Backend | None = None) -> None:
    """Have PortAudio look for devices again. Close the stream before: it is unusable afterwards.

    Raises:
        DeviceError: an output is open, or PortAudio does not start again.
    """
    sd = backend or portaudio()
    with portaudio_lock:
        if _open_outputs:
            raise DeviceError("no sound input can be looked for while a recording is played; wait for its end")
        with contextlib.suppress(sd.PortAudioError):  # an earlier refresh may have failed half way
            sd._terminate()
        try:
            sd._initialize()
        except sd.PortAudioError as error:
            raise DeviceError("PortAudio does not start again: {reason}", reason=error) from error


@contextlib.contextmanager
def output_is_open() -> Iterator[None]:
    """Forbid `refresh` meanwhile: it would crash a thread that writes to an output."""
    token = object()
    with portaudio_lock:
        _open_outputs.add(token)
    try:
        yield
    finally:
        with portaudio_lock:
            _open_outputs.remove(token)


def _default_number(sd: Backend) -> int:
    """Return the number of the default input, -1 if there is none."""
    return int(sd.default.device[0]) if sd.default.device[0] is not None else -1


def _by_number(inputs: list[InputDevice], number: int) -> InputDevice:
    for device in inputs:
        if device.number == number:
            return device
    raise DeviceError("there is no sound input number {number}, only {names}", number=number, names=_all(inputs))


def _by_name(inputs: list[InputDevice], part: str) -> InputDevice:
    key = part.strip().lower()
    found = [device for device in inputs if device.name.lower() == key]
    found = found or [device for device in inputs if bare_name(device.name).lower() == key]
    found = found or [device for device in inputs if key in f"{device.name}, {device.host_api}".lower()]
    if not key or not found:
        raise DeviceError("no sound input is named like {name}, only {names}", name=repr(part), names=_all(inputs))
    if len({device.name for device in found}) == 1:
        # One device seen through several host APIs (Windows): take the API of the default, else PortAudio's first.
        preferred = next((device.host_api for device in inputs if device.default), found[0].host_api)
        return next((device for device in found if device.host_api == preferred), found[0])
    raise DeviceError(
        "several sound inputs are named like {name}: {names}. Give more of the name, or the number.",
        name=repr(part),
        names=_all(found),
    )


def _all(inputs: list[InputDevice]) -> str:
    return "; ".join(map(str, inputs))


def bare_name(name: str) -> str:
    """Return the name without ALSA's card and device numbers, which change when a device is plugged in again."""
    return re.sub(r"\s*\((hw|plughw):[^)]*\)$", "", name)
