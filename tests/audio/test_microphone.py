import threading
import tracemalloc

import numpy as np
import pytest

from livefollow.audio import microphone
from livefollow.audio.microphone import PATIENT, Inlet, Microphone
from livefollow.audio.ring import Ring
from livefollow.audio.source import SourceState
from livefollow.errors import DeviceError
from tests.audio.fake_portaudio import FakeClock, FakePortAudio, PortAudioError, device

RATE = 44100


def tone(n: int, channels: int = 1) -> np.ndarray:
    return np.full((n, channels), 0.25, np.float32)


@pytest.fixture
def backend():
    return FakePortAudio([device("Built-in", 2), device("USB mic (hw:1,0)", 1)])


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def mic(backend, clock):
    with Microphone("usb", clock=clock, backend=backend) as mic:
        yield mic


def play(mic: Microphone, backend: FakePortAudio, clock: FakeClock, seconds: float, value: float = 0.25) -> int:
    """Feed 50 callbacks a second and read as the capture thread does; the samples that came out."""
    heard = 0
    for _ in range(round(seconds * 50)):
        clock.now += 0.02
        backend.feed(np.full((RATE // 50, backend.streams[-1].settings["channels"]), value, np.float32))
        heard += len(mic.read().samples)
    return heard


def wait(mic: Microphone, clock: FakeClock, seconds: float) -> int:
    """Let time pass without a callback, reading as the capture thread does; the samples that came out."""
    heard = 0
    for _ in range(round(seconds * 100)):
        clock.now += 0.01
        heard += len(mic.read().samples)
    return heard


def test_native_rate_in_and_samples_at_22050_out(mic, backend, clock):
    assert mic.status.state is SourceState.STARTING
    assert backend.streams[-1].settings["samplerate"] == RATE
    heard = play(mic, backend, clock, 2.0)
    assert 0 <= 2 * 22050 - heard < 0.1 * 22050
    assert mic.status.state is SourceState.RUNNING
    assert mic.status.name == "USB mic (hw:1,0)"


def test_blocks_carry_on_where_the_last_one_ended(mic, backend, clock):
    end = 0
    for _ in range(100):
        play(mic, backend, clock, 0.02)
        block = mic.read()
        end = max(end, block.start)
        assert block.start == end
        assert not block.after_gap
        end += len(block.samples)


def test_the_callback_allocates_no_array():
    inlet = Inlet(Ring(RATE, 2))
    block = tone(8192, 2)
    inlet(block, len(block), None, None)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        for _ in range(500):
            inlet(block, len(block), None, None)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1024
    assert peak - before < 4096


def test_the_worker_does_not_grow(mic, backend, clock):
    play(mic, backend, clock, 5.0)
    tracemalloc.start()
    try:
        play(mic, backend, clock, 1.0)
        before = tracemalloc.get_traced_memory()[0]
        play(mic, backend, clock, 20.0)
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 4096


def test_one_that_comes_back_while_it_is_tried_does_not_open_in_an_odd_format(mic, backend, clock):
    """Its usual formats fail, and another one would do a moment later: it is tried again instead."""
    play(mic, backend, clock, 1.0)
    usual = mic.status.rate
    backend.rates = (96_000,)
    wait(mic, clock, 5.0)
    assert mic.status.state is SourceState.LOST
    assert len(backend.streams) == 1
    backend.rates = None
    wait(mic, clock, 1.5)
    assert len(backend.streams) == 2
    assert backend.streams[-1].settings["samplerate"] == usual


def test_one_that_has_come_back_with_an_odd_format_only_is_opened_in_the_end(mic, backend, clock):
    play(mic, backend, clock, 1.0)
    backend.rates = (96_000,)
    wait(mic, clock, 1.5 * PATIENT)
    assert backend.streams[-1].settings["samplerate"] == 96_000


def test_no_callback_for_half_a_second_is_lost_and_it_comes_back_by_name(mic, backend, clock):
    heard = play(mic, backend, clock, 1.0)
    wait(mic, clock, 0.48)
    assert mic.status.state is SourceState.RUNNING
    backend.plugged = [device("Built-in", 2)]
    wait(mic, clock, 0.03)
    assert mic.status.state is SourceState.LOST
    assert "waiting for USB mic" in mic.status.note
    assert mic.status.level.peak == 0
    assert wait(mic, clock, 3.0) == 0
    assert mic.status.state is SourceState.LOST
    assert len(backend.streams) == 1
    # Back, with another number, card and rate.
    backend.plugged = [device("New"), device("Built-in", 2), device("USB mic (hw:2,0)", 2, 48000.0)]
    wait(mic, clock, 1.0)
    assert len(backend.streams) == 2
    assert backend.streams[-1].settings["device"] == 2
    assert mic.status.state is SourceState.LOST  # until it sends something
    blocks = []
    for _ in range(20):
        clock.now += 0.02
        backend.feed(tone(960, 2))
        blocks.append(mic.read())
    assert mic.status.state is SourceState.RUNNING
    assert mic.status.note == ""
    assert mic.status.gaps == 1
    assert mic.status.gap_s == pytest.approx(4.53)
    assert mic.status.rate == 48000
    full = [block for block in blocks if len(block.samples)]
    assert [block.after_gap for block in full] == [True] + [False] * (len(full) - 1)
    assert full[0].start == heard


def test_a_program_that_was_held_up_does_not_think_the_device_lost(mic, backend, clock):
    play(mic, backend, clock, 0.5)
    clock.now += 3.0
    mic.read()
    assert mic.status.state is SourceState.RUNNING
    play(mic, backend, clock, 0.5)
    assert mic.status.state is SourceState.RUNNING
    assert mic.status.gaps == 0


def test_a_device_that_opens_but_never_sends_is_lost_and_tried_again(mic, backend, clock):
    wait(mic, clock, 2.9)
    assert mic.status.state is SourceState.STARTING
    wait(mic, clock, 0.2)
    assert mic.status.state is SourceState.LOST
    wait(mic, clock, 0.1)
    assert len(backend.streams) == 2


def test_digital_silence_is_said_after_two_seconds_and_ends_with_sound(mic, backend, clock):
    play(mic, backend, clock, 1.98, 0.0)
    assert mic.status.state is SourceState.RUNNING
    play(mic, backend, clock, 0.04, 0.0)
    assert mic.status.state is SourceState.SILENT
    assert "muted" in mic.status.note
    play(mic, backend, clock, 0.02, 1e-6)
    assert mic.status.state is SourceState.RUNNING
    assert mic.status.note == ""


def test_lost_input_flags_and_overruns_are_counted(mic, backend, clock):
    backend.feed(tone(100), status=True)
    backend.feed(tone(100), status=True)
    assert mic.status.xruns == 2
    backend.feed(tone(5 * RATE))
    clock.now += 0.1
    assert mic.read().after_gap
    assert mic.status.overruns == 1
    assert mic.status.lost_samples == RATE + 200


def test_nan_from_the_driver_becomes_zero_and_counts_survive_a_reopening(mic, backend, clock):
    backend.feed(np.full((2000, 1), np.nan, np.float32), status=True)
    clock.now += 0.1
    assert (mic.read().samples == 0).all()
    wait(mic, clock, 0.6)
    assert len(backend.streams) == 2
    assert mic.status.nonfinite == 2000
    assert mic.status.xruns == 1


def test_channels_that_do_not_open_are_tried_with_fewer(backend, clock):
    backend.most_channels = 1
    with Microphone(0, clock=clock, backend=backend) as mic:
        assert mic.status.channels == 1


def test_virtual_inputs_with_dozens_of_channels_are_opened_as_stereo(clock):
    backend = FakePortAudio([device("default", 32)])
    with Microphone(clock=clock, backend=backend) as mic:
        assert mic.status.channels == 2


def test_a_device_that_does_not_open_is_an_error(backend, clock):
    backend.most_channels = 0
    with pytest.raises(DeviceError, match="does not open: Invalid number of channels"):
        Microphone("usb", clock=clock, backend=backend).open()
    with pytest.raises(DeviceError, match=r"like 'theremin', only 0: Built-in \(ALSA\); 1: USB mic"):
        Microphone("theremin", clock=clock, backend=backend).open()
    slow = FakePortAudio([device("slow", 1, 100.0)])
    slow.rates = (100,)
    with pytest.raises(DeviceError, match="sample rate of 100 Hz"):
        Microphone(clock=clock, backend=slow).open()


@pytest.mark.parametrize(
    ("named", "rates", "taken"),
    [
        (44100, (48000,), 48000),
        (48000, (44100, 16000), 44100),
        (44100, (32000, 16000), 32000),
        (48000, (16000,), 16000),
        (44100, (8000,), 8000),
        (0, (44100, 96000), 44100),
    ],
)
def test_a_device_that_refuses_the_rate_it_names_is_opened_at_another(clock, named, rates, taken):
    backend = FakePortAudio([device("USB mic", 2, named)])
    backend.rates, backend.most_channels = rates, 1
    with Microphone(clock=clock, backend=backend) as mic:
        settings = backend.streams[-1].settings
        assert (settings["samplerate"], settings["channels"]) == (taken, 1)
        backend.feed(tone(taken))
        heard = sum(len(mic.read().samples) for _ in range(12))
        assert abs(heard - 22050) < 0.1 * 22050
        assert (mic.status.rate, mic.status.channels) == (taken, 1)


def test_a_device_that_another_program_has_is_tried_once(backend, clock):
    backend.in_use = True
    with pytest.raises(DeviceError, match="Device unavailable"):
        Microphone("usb", clock=clock, backend=backend).open()
    assert backend.asked == 1


def test_all_channels_are_taken_where_fewer_do_not_open(clock):
    backend = FakePortAudio([device("interface", 18)])
    backend.fewest_channels = 18
    with Microphone(clock=clock, backend=backend) as mic:
        assert mic.status.channels == 18


def test_a_balanced_microphone_in_a_stereo_input_is_heard_and_said(clock):
    backend = FakePortAudio([device("Built-in", 2)])
    with Microphone(clock=clock, backend=backend) as mic:
        for _ in range(50):
            clock.now += 0.02
            rows = np.random.default_rng(1).normal(0, 0.1, (RATE // 50, 1)) * [1.0, -1.0]
            backend.feed(rows.astype(np.float32))
            block = mic.read()
        assert block.samples.std() > 0.05
        assert "cancel each other out" in mic.status.note


def test_a_driver_that_hangs_on_closing_is_left_alone(mic, backend, clock, monkeypatch):
    monkeypatch.setattr(microphone, "CLOSE_TIMEOUT_S", 0.02)
    play(mic, backend, clock, 0.5)
    backend.hang = threading.Event()
    wait(mic, clock, 2.0)
    assert mic.status.state is SourceState.LOST
    assert len(backend.streams) == 1  # PortAudio was not terminated under it
    hang, backend.hang = backend.hang, None
    hang.set()
    mic._closing.join()
    wait(mic, clock, 1.1)
    assert len(backend.streams) == 2


def test_errors_of_the_list_while_lost_are_waited_out(mic, backend, clock, monkeypatch):
    play(mic, backend, clock, 0.5)

    def broken():
        raise PortAudioError("no")

    with monkeypatch.context() as patch:
        patch.setattr(backend, "query_devices", broken)
        wait(mic, clock, 1.0)
        assert mic.status.state is SourceState.LOST
    wait(mic, clock, 1.1)
    play(mic, backend, clock, 0.1)
    assert mic.status.state is SourceState.RUNNING


def test_closed_it_gives_nothing(backend, clock):
    mic = Microphone(clock=clock, backend=backend)
    assert len(mic.read().samples) == 0
    assert mic.status.state is SourceState.CLOSED
    mic.close()


def test_a_device_plugged_in_after_the_list_was_made_is_found(backend, clock):
    backend.plugged = [*backend.plugged, device("Theremin")]
    with Microphone("theremin", clock=clock, backend=backend) as mic:
        assert mic.status.name == "Theremin"


def test_the_default_in_the_place_of_one_that_is_not_there(backend, clock):
    with Microphone("theremin", otherwise_default=True, clock=clock, backend=backend) as mic:
        assert mic.status.name == "Built-in"
        play(mic, backend, clock, 0.1)
        assert "theremin is not there: listening to Built-in" in mic.status.note
    with Microphone("usb", otherwise_default=True, clock=clock, backend=backend) as mic:
        play(mic, backend, clock, 0.1)
        assert (mic.status.name, mic.status.note) == ("USB mic (hw:1,0)", "")
