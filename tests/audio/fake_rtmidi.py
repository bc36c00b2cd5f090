"""A stand-in for the module rtmidi: devices are plugged in, pressed and pulled out by the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


class FakeRtmidi:
    """As much of the module as is used."""

    API_UNIX_JACK = 3

    def __init__(self, *ports: str) -> None:
        self.ports = list(ports)
        self.busy: set[str] = set()  # opened by another program
        self.opened: dict[str, MidiIn] = {}

    def get_compiled_api(self) -> list[int]:
        return [self.API_UNIX_JACK, 2]

    def MidiIn(self, api: int, name: str) -> MidiIn:  # noqa: N802  # rtmidi's name
        assert api != self.API_UNIX_JACK
        assert name
        return MidiIn(self)

    def send(self, port: str, *message: int) -> None:
        """Have a device send a message."""
        hear = self.opened[port].hear
        assert hear
        hear((message, 0.0), None)


class MidiIn:
    def __init__(self, module: FakeRtmidi) -> None:
        self._module, self._port = module, ""
        self.hear: Callable[[tuple[Sequence[int], float], Any], object] | None = None

    def get_ports(self) -> list[str]:
        return list(self._module.ports)

    def set_callback(self, hear: Callable[[tuple[Sequence[int], float], Any], object]) -> None:
        self.hear = hear

    def open_port(self, number: int, _name: str) -> None:
        port = self._module.ports[number]
        if port in self._module.busy:
            raise OSError("busy")
        self._port = port
        self._module.opened[port] = self

    def cancel_callback(self) -> None:
        self.hear = None

    def close_port(self) -> None:
        self._module.opened.pop(self._port, None)

    def delete(self) -> None:
        self.close_port()
