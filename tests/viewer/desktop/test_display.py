"""Without a display there is a sentence, where Qt would end the process on the spot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import QLibraryInfo

from livefollow.viewer.desktop import display
from livefollow.viewer.desktop.display import DisplayError, check_display

linux = pytest.mark.skipif(sys.platform != "linux", reason="X11 and Wayland")
pytestmark = linux
OURS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": ":987"}, "the X display :987 cannot be reached"),
        ({"WAYLAND_DISPLAY": "wayland-987"}, "the Wayland display wayland-987 cannot be reached"),
        ({"DISPLAY": ":987", "WAYLAND_DISPLAY": "wayland-987"}, "wayland-987 cannot be reached; the X display :987"),
        ({"QT_QPA_PLATFORM": "xcb"}, "the X display of no name cannot be reached"),
        ({"QT_QPA_PLATFORM": "wayland"}, "the Wayland display wayland-0 cannot be reached"),
        ({"QT_QPA_PLATFORM": "theremin"}, "Qt has no platform theremin"),
    ],
)
def test_the_app_says_that_there_is_no_display(environment: dict[str, str], said: str, tmp_path: Path) -> None:
    others = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [sys.executable, "-m", "livefollow.cli.main"],
        env=others | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("livefollow: there is no display to show the window on: ")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600", "xcb;offscreen"])
def test_a_platform_without_a_screen_is_none_to_ask_for(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    check_display()


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    shutil.copy(plugins / "libqxcb.so", tmp_path)  # away from the libraries beside it
    monkeypatch.setattr(display, "_plugins", lambda: tmp_path)
    monkeypatch.setattr(display, "_x11_trouble", str)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(DisplayError, match=r"misses a library of the system \(lib.*libxcb-cursor0"):
        check_display()
