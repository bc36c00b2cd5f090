"""A stand-in for the sounddevice module: devices that come and go, streams that are fed by hand."""

import threading
from types import SimpleNamespace
from typing import Any

import numpy as np


class PortAudioError(Exception):
    def __str__(self) -> str:
        return f"{self.args[0]} [PaErrorCode {self.args[1]}]" if len(self.args) > 1 else super().__str__()


def device(name: str, channels: int = 1, rate: float = 44100.0, hostapi: int = 0) -> dict[str, Any]:
    return {"name": name, "hostapi": hostapi, "max_input_channels": channels, "default_samplerate": rate}


class FakeStream:
    def __init__(self, owner: "FakePortAudio", **settings: Any) -> None:
        self.owner = owner
        self.settings = settings
        self.open = True
        self.started = False

    def start(self) -> None:
        self.started = True

    def abort(self) -> None:
        self.started = False

    def close(self) -> None:
        if self.owner.hang:
            self.owner.hang.wait()
        self.open = False


class FakeOutput(FakeStream):
    """Waits for `go_on` with every block."""

    latency = 0.1

    def __init__(self, owner: "FakePortAudio", **settings: Any) -> None:
        super().__init__(owner, **settings)
        self.writing, self.go_on = threading.Event(), threading.Event()

    def write(self, rows: np.ndarray) -> None:
        self.writing.set()
        self.go_on.wait()

    def __enter__(self) -> "FakeOutput":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class FakePortAudio:
    """Like PortAudio, it sees new devices only after it was terminated and initialised again."""

    PortAudioError = PortAudioError

    def __init__(self, devices: list[dict[str, Any]], default: int = 0) -> None:
        self.plugged = devices
        self._seen = list(devices)
        self.default = SimpleNamespace(device=[default, -1])
        self.streams: list[FakeStream] = []
        self.outputs: list[FakeOutput] = []
        self.fewest_channels, self.most_channels = 1, 99
        self.rates: tuple[int, ...] | None = None  # that open, Hz; all by default
        self.in_use = False
        self.asked = 0  # times a stream was
        self.initialised = 1
        self.hang: Any = None  # an Event: closing a stream waits for it

    def query_devices(self) -> list[dict[str, Any]]:
        return self._seen

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": "ALSA"}, {"name": "JACK"}]

    def InputStream(self, **settings: Any) -> FakeStream:  # noqa: N802
        self.asked += 1
        if self.in_use:
            raise PortAudioError("Device unavailable", -9985)
        if not self.fewest_channels <= settings["channels"] <= self.most_channels:
            raise PortAudioError("Invalid number of channels", -9998)
        if self.rates and settings["samplerate"] not in self.rates:
            raise PortAudioError("Invalid sample rate", -9997)
        stream = FakeStream(self, **settings)
        self.streams.append(stream)
        return stream

    def OutputStream(self, rate: float, **settings: Any) -> FakeOutput:  # noqa: N802
        self.outputs.append(FakeOutput(self, **settings))
        return self.outputs[-1]

    def _terminate(self) -> None:
        if not self.initialised:
            raise PortAudioError("not initialised")
        if any(stream.open for stream in (*self.streams, *self.outputs)):
            raise AssertionError("terminated under an open stream")
        self.initialised -= 1

    def _initialize(self) -> None:
        self.initialised += 1
        self._seen = list(self.plugged)

    def feed(self, rows: np.ndarray, status: bool = False) -> None:
        """Call back on the newest stream, as PortAudio does."""
        stream = self.streams[-1]
        assert stream.started
        stream.settings["callback"](rows, len(rows), None, status)


class FakeClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
