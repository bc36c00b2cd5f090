"""MIDI devices come and go, and each press is one."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from livefollow.audio import midi
from livefollow.audio.midi import MidiKind, MidiParser, MidiPress, MidiWatch, device_name
from livefollow.errors import DeviceError
from tests.audio.fake_rtmidi import FakeRtmidi

PIANO, PEDAL = "FP-30:FP-30 MIDI 1 24:0", "FS-1 3"


def until(reached: Callable[[], bool]) -> None:
    """Wait for another thread."""
    end = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.005)


class Heard(SimpleNamespace):
    presses: list[MidiPress]
    devices: list[list[str]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """What a watch over two devices tells."""
    monkeypatch.setattr(midi, "LOOK_S", 0.01)
    heard = Heard(presses=[], devices=[], module=FakeRtmidi("Midi Through:Midi Through Port-0 14:0", PIANO))
    heard.watch = MidiWatch(heard.presses.append, heard.devices.append, heard.module)
    until(lambda: bool(heard.devices))
    yield heard
    heard.watch.stop()
    assert not heard.module.opened


def test_a_slow_pedal_is_pressed_once() -> None:
    parser = MidiParser("pedal")
    values = [0, 20, 60, 70, 75, 90, 70, 60, 80, 127, 50, 57, 0]
    edges = [(press.value, press.down) for value in values if (press := parser.feed([0xB0, 67, value]))]
    assert edges == [(75, True), (50, False)]


@pytest.mark.parametrize(
    ("messages", "edges"),
    [
        ([[0x90, 36, 80], [0x90, 36, 0]], [(MidiKind.NOTE, 36, 1, True), (MidiKind.NOTE, 36, 1, False)]),
        ([[0x91, 36, 80], [0x81, 36, 64]], [(MidiKind.NOTE, 36, 2, True), (MidiKind.NOTE, 36, 2, False)]),
        ([[0xC3, 5], [0xC3, 5]], [(MidiKind.PROGRAM, 5, 4, True)] * 2),
        ([[0xB0, 0, 127], [0xB0, 123, 127], [0xE0, 0, 64], [0xF8], [0xD0, 100], [], [0xB0, 67]], []),
    ],
    ids=["note", "note off", "program", "not pressed by anybody"],
)
def test_messages(messages: list[list[int]], edges: list[tuple[MidiKind, int, int, bool]]) -> None:
    parser = MidiParser("pedal")
    presses = [press for message in messages if (press := parser.feed(message))]
    assert [(p.kind, p.number, p.channel, p.down) for p in presses] == edges


@pytest.mark.parametrize(
    ("port", "name"),
    [(PIANO, "FP-30 MIDI 1"), ("FP-30:FP-30 MIDI 1 28:0", "FP-30 MIDI 1"), (PEDAL, "FS-1"), ("7", "7")],
)
def test_a_device_has_the_same_name_in_another_socket(port: str, name: str) -> None:
    assert device_name(port) == name


def test_what_is_pressed_is_told_with_its_device(heard: Heard) -> None:
    assert heard.devices == [["FP-30 MIDI 1"]]
    heard.module.send(PIANO, 0xB0, 67, 127)
    assert [press.control for press in heard.presses] == ["midi:FP-30 MIDI 1:controller 67"]


def test_a_device_that_comes_later_is_heard_and_one_that_goes_is_told(heard: Heard) -> None:
    heard.module.busy = {PEDAL}
    heard.module.ports.append(PEDAL)
    time.sleep(0.05)
    assert heard.devices == [["FP-30 MIDI 1"]]
    heard.module.busy = set()
    until(lambda: len(heard.devices) == 2)
    heard.module.send(PEDAL, 0xC0, 1)
    assert heard.presses[-1].device == "FS-1"
    heard.module.ports.remove(PIANO)
    until(lambda: len(heard.devices) == 3)
    assert heard.devices[-1] == ["FS-1"]
    assert list(heard.module.opened) == [PEDAL]


def test_after_the_end_nothing_is_told(heard: Heard) -> None:
    device = heard.module.opened[PIANO]
    hear = device.hear
    heard.watch.stop()
    hear(((0xB0, 67, 127), 0.0), None)
    assert heard.presses == []
    assert "midi" not in {thread.name for thread in threading.enumerate()}


def test_without_the_library_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    with pytest.raises(DeviceError, match="pip install python-rtmidi"):
        MidiWatch(print, print)


def test_a_system_without_midi_is_a_sentence() -> None:
    class Silent(FakeRtmidi):
        def MidiIn(self, *_: object, **__: object) -> None:  # noqa: N802
            raise OSError("no sequencer")

    with pytest.raises(DeviceError, match="no MIDI: no sequencer"):
        MidiWatch(print, print, Silent())
