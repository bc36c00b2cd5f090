import builtins
import sys
from types import SimpleNamespace

import pytest

from livefollow.audio import devices
from livefollow.audio.devices import (
    describe_inputs,
    find_again,
    find_input,
    inputs_as_json,
    list_inputs,
    list_inputs_afresh,
    portaudio,
    refresh,
)
from livefollow.errors import DeviceError
from tests.audio.fake_portaudio import FakePortAudio, device


@pytest.fixture
def backend():
    return FakePortAudio(
        [
            device("HDA Intel PCH: ALC (hw:0,0)", 2, 48000.0),
            device("HDMI out", 0),
            device("Scarlett 2i2 USB: Audio (hw:1,0)", 2),
            device("Webcam USB", 1, 16000.0),
            device("system", 4, 48000.0, hostapi=1),
        ],
        default=2,
    )


@pytest.mark.parametrize("wanted", [3, "3", " 3 ", "webcam", "WEBCAM usb", "Webcam USB"])
def test_found_by_number_or_part_of_the_name(backend, wanted):
    assert find_input(wanted, backend).number == 3


def test_found_by_host_api(backend):
    assert find_input("jack", backend).number == 4


def test_nothing_wanted_is_the_default_or_else_the_first(backend):
    assert find_input(None, backend).number == 2
    backend.default.device[0] = -1
    assert find_input(None, backend).number == 0


def test_an_ambiguous_part_lists_the_candidates(backend):
    with pytest.raises(DeviceError, match=r"Scarlett.*Webcam") as caught:
        find_input("usb", backend)
    assert "HDA" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_whole_name_goes_before_a_part_of_one():
    backend = FakePortAudio([device("USB mic 2"), device("USB mic")])
    assert find_input("usb mic", backend).number == 1


def test_a_bare_name_goes_before_the_beginning_of_another():
    backend = FakePortAudio([device("Scarlett: USB Audio #1 (hw:1,1)"), device("Scarlett: USB Audio (hw:1,0)")])
    assert find_input("Scarlett: USB Audio", backend).number == 1
    with pytest.raises(DeviceError, match="several"):
        find_input("Scarlett", backend)


def test_one_device_behind_two_host_apis_is_taken_from_the_defaults():
    backend = FakePortAudio([device("Mic"), device("Line", hostapi=1), device("Mic", hostapi=1)], default=1)
    assert find_input("mic", backend).number == 2


@pytest.mark.parametrize("wanted", ["theremin", 1, 17, "17", "", "  "])
def test_of_unknown_inputs_those_that_there_are_are_said(backend, wanted):
    with pytest.raises(DeviceError, match=r"only 0: HDA Intel PCH: ALC \(hw:0,0\) \(ALSA\); 2: "):
        find_input(wanted, backend)


def test_the_list_marks_the_default_and_leaves_out_outputs(backend):
    text = describe_inputs(backend)
    assert "HDMI" not in text
    assert [line for line in text.splitlines() if line.startswith("* ")] == [
        "*   2  Scarlett 2i2 USB: Audio (hw:1,0)  ALSA    2 channels   44100 Hz",
        "* is the default; choose another with --device NUMBER or a part of its name.",
    ]


def test_no_input_is_said_with_advice():
    backend = FakePortAudio([device("HDMI out", 0)])
    assert describe_inputs(backend).startswith("There is no sound input.")
    with pytest.raises(DeviceError, match="there is no sound input"):
        find_input(None, backend)


def test_new_devices_show_after_a_refresh_even_when_portaudio_was_down(backend):
    backend.plugged = [device("new one")]
    assert len(list_inputs(backend)) == 4
    refresh(backend)
    assert [found.name for found in list_inputs(backend)] == ["new one"]
    backend.initialised = 0
    refresh(backend)
    assert backend.initialised == 1


def test_a_device_is_found_again_under_another_number_and_card(backend):
    scarlett = find_input("scarlett", backend)
    backend.plugged = [device("Other"), device("Scarlett 2i2 USB: Audio (hw:3,0)", 2)]
    refresh(backend)
    again = find_again(scarlett, backend)
    assert again
    assert again.number == 1
    backend.plugged = [device("Other")]
    refresh(backend)
    assert find_again(scarlett, backend) is None


def test_a_missing_portaudio_names_the_package(monkeypatch):
    real_import = builtins.__import__

    def without_library(name, *args, **kwargs):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real_import(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_library)
    with pytest.raises(DeviceError, match="apt install libportaudio2"):
        portaudio()


def test_another_process_lists_what_it_sees(backend, monkeypatch):
    listed = SimpleNamespace(stdout=inputs_as_json(backend).encode())
    monkeypatch.setattr(devices.subprocess, "run", lambda *_, **__: listed)
    assert list_inputs_afresh() == list_inputs(backend)
    listed.stdout = b"ALSA lib says no"
    with pytest.raises(DeviceError, match="cannot be listed"):
        list_inputs_afresh()


def test_the_other_process_is_asked_in_earnest():
    assert isinstance(list_inputs_afresh(), list)


PACTL = """#!/bin/sh
case "$*" in
info) echo "Server Name: PulseAudio (on PipeWire 1.2)"; echo "Default Source: alsa_input.usb" ;;
"list sources") cat <<END
Source #1
	State: IDLE
	Name: alsa_output.pci.monitor
	Description: Monitor of Built-in Audio
	Monitor of Sink: alsa_output.pci
Source #2
	Name: alsa_input.pci
	Description: Built-in Audio Analog Stereo
	Monitor of Sink: n/a
	Properties:
		device.description = "Built-in Audio"
Source #3
	Name: alsa_input.usb
	Description: Mikrofon für Flügel
	Monitor of Sink: n/a
END
;;
esac
"""


@pytest.fixture
def served():
    return FakePortAudio([device("USB", 1), device("pulse", 32), device("default", 32)], default=2)


@pytest.mark.skipif(sys.platform == "win32", reason="no pactl")
def test_the_microphones_behind_a_sound_server_are_named(served, tmp_path, monkeypatch):
    (tmp_path / "pactl").write_text(PACTL, encoding="utf-8")
    (tmp_path / "pactl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    lines = describe_inputs(served).splitlines()
    assert lines[3] == "pulse, default: the microphone that the system's sound settings choose, of"
    assert lines[4:6] == ["       Built-in Audio Analog Stereo", "*      Mikrofon für Flügel"]
    assert len(lines) == 7


@pytest.mark.parametrize("pactl", [None, "#!/bin/sh\nexit 1\n", "#!/bin/sh\necho nothing\n", "no program"])
def test_a_sound_server_that_does_not_tell_is_passed_over(pactl, served, tmp_path, monkeypatch):
    if pactl:
        (tmp_path / "pactl").write_text(pactl)
        (tmp_path / "pactl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert len(describe_inputs(served).splitlines()) == 4


def test_nobody_is_asked_where_no_server_stands_behind(backend, monkeypatch):
    monkeypatch.setattr(devices, "microphones", lambda: pytest.fail("asked"))
    assert describe_inputs(backend)
