"""Checks that there is a display for a window; without one Qt would abort the process.

The check comes before the QApplication: it connects to the display server and loads Qt's plugin for it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import socket
import sys
from pathlib import Path

from PyQt6.QtCore import QLibraryInfo

from livefollow.errors import LivefollowError

# Debian packages of the system libraries that Qt's window needs.
PACKAGES = (
    "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 "
    "libxcb-shape0"
)
SERVERS = ("xcb", "wayland")  # Qt platforms that need a display server
ELSEWHERE = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")  # change where Qt finds plugins; not checked then
ANSWER_S = 5.0  # for a display server to answer


class DisplayError(LivefollowError):
    """There is no display, or no window can be shown on it."""


def check_display() -> None:
    """Check that a QApplication can start.

    Raises:
        DisplayError: it cannot.
    """
    if sys.platform in ("win32", "darwin"):
        return
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked:
        platforms = [name.partition(":")[0] for name in asked.split(";")]
    else:
        set_by = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
        platforms = [name for name, variable in set_by.items() if os.environ.get(variable)]
    troubles = []
    for platform in platforms:
        trouble = _trouble_with(platform)
        if not trouble:
            return
        troubles.append(trouble)
    if not troubles:
        troubles = ["neither DISPLAY nor WAYLAND_DISPLAY is set"]
    raise DisplayError(
        f"there is no display to show the window on: {'; '.join(troubles)}. Start livefollow in a desktop session, or "
        "follow a recording without a window: livefollow track"
    )


def missing_library(error: Exception) -> DisplayError:
    """Return the error for a missing system library that Qt needs, from the loader's error."""
    return DisplayError(
        f"Qt, which shows the window, misses a library of the system ({error}); on Debian or Ubuntu: sudo apt install "
        f"{PACKAGES}"
    )


def _trouble_with(platform: str) -> str:
    """Return why a Qt platform cannot start, empty if it can.

    Raises:
        DisplayError: there is a display, but a library is missing.
    """
    trouble = {"xcb": _x11_trouble, "wayland": _wayland_trouble}.get(platform, str)()
    if trouble or any(os.environ.get(name) for name in ELSEWHERE):
        return trouble
    plugins = list(_plugins().glob(f"libq{platform.partition('-')[0]}*.so"))
    if not plugins:
        return f"Qt has no platform {platform}, which QT_QPA_PLATFORM names"
    if platform in SERVERS:
        try:
            ctypes.CDLL(str(plugins[0]))
        except OSError as error:
            raise missing_library(error) from error
    return ""


def _plugins() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


def _x11_trouble() -> str:
    """Connect with libxcb, as Qt does; return what failed."""
    name = os.environ.get("DISPLAY", "")
    try:
        xcb = ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1")
    except OSError as error:
        raise missing_library(error) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the X display {name or 'of no name'} cannot be reached" if failed else ""


def _wayland_trouble() -> str:
    """Connect to the compositor's socket; return what failed."""
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)
    with socket.socket(socket.AF_UNIX) as call:
        call.settimeout(ANSWER_S)
        try:
            call.connect(str(path))
        except OSError:
            return f"the Wayland display {name} cannot be reached"
    return ""
