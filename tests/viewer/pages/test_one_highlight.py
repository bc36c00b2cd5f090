"""There is one highlight on the screen and never a second one, wherever the player is and after the end."""

from itertools import pairwise

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest

from livefollow.follow.position import State
from livefollow.viewer.pages.painting import Marker
from livefollow.viewer.window import MainWindow
from tests.viewer.painted import wait_for_pictures
from tests.viewer.player import Player

GLIDE_MS = 500  # after which a highlight has arrived, however far it had to go
APART_PX = 9  # red that is nearer belongs to one highlight: ink parts it


def highlights(window: MainWindow) -> int:
    """How many highlights are seen on the screen itself, where what was not painted over stays."""
    screen = window.screen()
    assert screen
    image = screen.grabWindow(window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits
    rows = np.frombuffer(bits.asarray(image.sizeInBytes()), np.uint8).reshape(image.height(), image.bytesPerLine())
    red, green, blue = np.moveaxis(rows[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(int), 2, 0)
    lit = ((red > 200) & (green < 60) & (blue < 60)).astype(np.uint8)
    return int(cv2.connectedComponents(cv2.dilate(lit, np.ones((APART_PX, APART_PX), np.uint8)))[0]) - 1


@pytest.mark.parametrize(
    ("layout", "size", "steps"),
    [("single", (700, 900), 0), ("half", (700, 900), 0), ("two", (1200, 800), 0), ("single", (700, 900), 4)],
    ids=["single", "half", "two", "zoomed"],
)
def test_one_is_seen_from_the_first_notes_to_the_end(
    player: Player, layout: str, size: tuple[int, int], steps: int
) -> None:
    window = player.window
    window.resize(*size)
    window.menus.actions[f"layout.{layout}"].trigger()
    for _ in range(steps):
        window.view_menu.zoom(1)
    window.pages.set_marker(Marker("line", "#ff0000", 1.0))
    wait_for_pictures(window.pages)
    seen = []
    at = [80.0, *(p.x0 + 0.6 * p.width for p in player.strip.placements), player.strip.width - 40.0]
    for start, end in pairwise(at):
        player.play(start, end, 3.0)
        QTest.qWait(GLIDE_MS if len(seen) % 4 == 0 else 30)
        seen.append(highlights(window))
    player.play(at[-1], at[-1], 2.0, State.HOLDING)
    player.play(at[-1], at[-1], 2.0, State.FINISHED)
    QTest.qWait(GLIDE_MS)
    assert highlights(window) == 1
    assert max(seen) == 1
    assert seen.count(1) > len(seen) / 2
    player.key(Qt.Key.Key_Home)  # and begins anew
    QTest.qWait(GLIDE_MS)
    assert highlights(window) == 1
