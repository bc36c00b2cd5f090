"""The window and its dialogs fit the screens that players have."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QMargins, QPoint, QRect, QSize

from livefollow.viewer.widgets.screen_fit import fitted, moved_inside

ROOT = Path(__file__).parents[3]
FRAME = QMargins(2, 30, 2, 4)


def open_on(folder: Path, width: int, height: int, dpr: float = 1.0, leave: str = "") -> dict[str, Any]:
    """Open the program in a process of its own, with a screen of so many px; what is seen of it."""
    screen = {"name": "panel", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": dpr}
    (folder / "screen.json").write_text(json.dumps({"screens": [screen]}))
    own = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screen.json'}"}
    command = [sys.executable, "-m", "tests.viewer.on_screen", str(folder), *([leave] if leave else [])]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | own | platform, capture_output=True, text=True, check=True, timeout=60
    )
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (800, 1200), (1280, 720)])  # the last is 1920 x 1080 at 1.5
def test_the_first_window_and_the_dialogs_fit(tmp_path: Path, width: int, height: int) -> None:
    seen = open_on(tmp_path, width, height)
    assert seen["bar"]
    for name in ("window", "keys", "settings"):
        assert seen[name]["inside"], (name, seen[name])
    assert seen["window"]["size"][1] > 0.8 * height  # and yet as much of it as can be


def test_a_window_left_on_a_large_screen_fits_a_small_one(tmp_path: Path) -> None:
    large = open_on(tmp_path, 3840, 2160, leave="3000x1900")
    assert large["window"]["inside"]
    again = open_on(tmp_path, 3840, 2160)
    assert again["window"]["size"] == [3000, 1900]
    small = open_on(tmp_path, 1366, 768)
    assert small["window"]["inside"], small
    assert small["bar"]


def test_a_window_is_no_larger_than_the_room_within_its_frame() -> None:
    assert fitted(QSize(860, 1100), QSize(1366, 768), FRAME) == QSize(860, 734)
    assert fitted(QSize(860, 600), QSize(1366, 768), FRAME) == QSize(860, 600)


@pytest.mark.parametrize(
    ("frame", "corner"),
    [
        (QRect(10, 10, 100, 100), QPoint(10, 10)),
        (QRect(1000, 700, 500, 300), QPoint(866, 468)),
        (QRect(-50, -50, 100, 100), QPoint(0, 0)),
        (QRect(4000, 20, 100, 100), QPoint(1266, 20)),
        (QRect(0, 0, 2000, 900), QPoint(0, 0)),
    ],
)
def test_a_window_is_moved_until_it_is_seen_its_title_first(frame: QRect, corner: QPoint) -> None:
    assert moved_inside(frame, QRect(0, 0, 1366, 768)) == corner
