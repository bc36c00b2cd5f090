"""What cannot be opened is tried again, or the one before comes back; the newest wish counts."""

import logging
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from livefollow.audio.intake import MeterReading
from livefollow.audio.source import Block, Source, SourceState, SourceStatus
from livefollow.errors import DeviceError
from livefollow.viewer.session import inputs as module
from livefollow.viewer.session.inputs import Inputs


class Socket(Source):
    """An input that opens once something is plugged in."""

    live = True

    def __init__(self, name: str, plugged: bool = True) -> None:
        self.name, self.plugged = name, plugged
        self.tried = threading.Semaphore(0)

    def open(self) -> None:
        self.tried.release()
        if not self.plugged:
            raise DeviceError(f"{self.name} is not there")

    def read(self) -> Block:
        return Block(np.empty(0, np.float32), 0)

    def close(self) -> None:
        pass

    @property
    def status(self) -> SourceStatus:
        return SourceStatus(SourceState.RUNNING, self.name, 22_050, 1, MeterReading(), 0)


class Taker:
    """Takes the inputs on a thread of its own, as a session does: each until another is asked for."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.names: list[str] = []
        self._took = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while capture := self.inputs.take():
            self.names.append(capture.source.status.name)
            self._took.release()
            while not self.inputs.waiting:
                capture._stop.wait(0.002)
            capture.stop()

    def wait(self) -> list[str]:
        """Until another one is heard."""
        assert self._took.acquire(timeout=20)
        return self.names

    def end(self) -> None:
        self.inputs.end()
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def taker() -> Iterator[Taker]:
    taker = Taker(Inputs())
    yield taker
    taker.end()


def tried(socket: Socket, times: int) -> None:
    for _ in range(times):
        assert socket.tried.acquire(timeout=20)


def test_what_is_plugged_in_later_is_heard(
    taker: Taker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "RETRY_S", 0.005)
    microphone = Socket("mic", plugged=False)
    taker.inputs.ask(microphone)
    tried(microphone, 5)
    assert taker.inputs.trouble == "mic is not there"
    assert [record.levelno for record in caplog.records] == [logging.WARNING]  # said once
    microphone.plugged = True
    assert taker.wait() == ["mic"]
    assert taker.inputs.trouble == ""


def test_the_one_before_comes_back_and_why_is_said(taker: Taker) -> None:
    taker.inputs.ask(Socket("mic"))
    taker.wait()
    taker.inputs.ask(Socket("theremin", plugged=False))
    assert taker.wait() == ["mic", "mic"]
    assert taker.inputs.trouble == "theremin is not there"


def test_another_wish_ends_the_waiting_and_so_does_the_end(taker: Taker) -> None:
    theremin = Socket("theremin", plugged=False)
    taker.inputs.ask(theremin)
    tried(theremin, 1)
    taker.inputs.ask(Socket("mic"))
    assert taker.wait() == ["mic"]
    taker.inputs.ask(Socket("organ"))
    taker.inputs.ask(Socket("harp"))
    assert taker.wait()[-1] in ("organ", "harp")
