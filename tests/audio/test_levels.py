"""Every input says how loud it is; one that cannot be opened says that."""

import io
import json
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

from livefollow.audio.levels import InputLevel, LevelWatch, tell_levels
from livefollow.errors import DeviceError
from tests.audio.fake_portaudio import FakePortAudio, device

LATE_S = 60.0
PYTHON = sys.executable


def told(out: io.StringIO) -> list[list[InputLevel]]:
    return [[InputLevel(**said) for said in json.loads(line)] for line in out.getvalue().splitlines()]


def test_all_inputs_tell_their_peak_since_the_last_time() -> None:
    sd = FakePortAudio([device("USB mic", channels=2), device("Built-in")], default=1)
    out = io.StringIO()

    def play() -> bool:
        lines = len(out.getvalue().splitlines())
        if lines == 1:
            for loudness in (0.25, -0.5):
                sd.streams[0].settings["callback"](np.full((10, 2), loudness, np.float32), 10, None, None)
            sd.streams[1].settings["callback"](np.full((10, 1), np.nan, np.float32), 10, None, None)
        return lines == 3

    tell_levels(out, play, sd)
    first, second, third = told(out)
    assert [(level.name, level.default) for level in first] == [("USB mic", False), ("Built-in", True)]
    assert [level.peak for level in second] == [0.5, 0.0]
    assert [level.peak for level in third] == [0.0, 0.0]


def test_one_that_is_in_use_is_in_the_list() -> None:
    sd = FakePortAudio([device("USB mic")])
    sd.in_use = True
    out = io.StringIO()
    tell_levels(out, lambda: True, sd)
    assert told(out) == [[InputLevel("USB mic", True, None)]]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What stands in for livefollow's own program."""
    path = tmp_path / "program"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(path))
    return path


def write(program: Path, code: str) -> None:
    program.write_text(f"#!{PYTHON}\n{textwrap.dedent(code)}")
    program.chmod(0o755)


def test_another_process_is_asked_until_it_is_stopped(program: Path) -> None:
    write(
        program,
        """
        import json, sys, time
        assert sys.argv[1:] == ["--list-devices", "--levels"]
        for peak in (0.0, 0.5):
            print(json.dumps([{"name": "mic", "default": True, "peak": peak}]), flush=True)
        sys.stdin.read()
        """,
    )
    heard: list[list[InputLevel]] = []
    enough, failed = threading.Event(), threading.Event()

    def take(levels: list[InputLevel]) -> None:
        heard.append(levels)
        if len(heard) == 2:
            enough.set()

    watch = LevelWatch(take, lambda error: failed.set())
    assert enough.wait(LATE_S)
    watch.stop()
    watch._thread.join(LATE_S)
    assert not watch._thread.is_alive()
    assert [level.peak for (level,) in heard] == [0.0, 0.5]
    assert not failed.is_set()


@pytest.mark.parametrize("code", ["", "print('nonsense')", "print('[{\"name\": 1}]')", None])
def test_a_process_that_does_not_tell_is_an_error(program: Path, code: str | None) -> None:
    if code is not None:
        write(program, code)
    errors: list[DeviceError] = []
    failed = threading.Event()

    def fail(error: DeviceError) -> None:
        errors.append(error)
        failed.set()

    LevelWatch(lambda levels: None, fail)
    assert failed.wait(LATE_S)
    assert "cannot be listed" in errors[0].message
