"""The page in the dialog, and the boxes on it."""

import pytest
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from livefollow.viewer.systems_editor.canvas import SystemsCanvas

PAGE_PT = (600.0, 800.0)


def page_with_a_line(y: int) -> QImage:
    """A pixel a point, white, with one black row."""
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(600):
        for row in (y, y + 1, y + 2, y + 3):
            image.setPixelColor(x, row, QColor("black"))
    return image


@pytest.mark.parametrize(("width", "height"), [(360, 900), (460, 700), (720, 700), (1000, 400)])
def test_boxes_lie_where_the_picture_is(qtbot: QtBot, width: int, height: int) -> None:
    scroll = QScrollArea()
    canvas = SystemsCanvas()
    scroll.setWidget(canvas)
    scroll.setWidgetResizable(True)
    qtbot.addWidget(scroll)
    scroll.resize(width, height)
    scroll.show()
    qtbot.waitExposed(scroll)
    canvas.show_page(PAGE_PT, page_with_a_line(600))
    qtbot.wait(50)
    line = canvas.box_on_screen((0.0, 600.0, 600.0, 604.0)).center().toPoint()
    assert canvas.rect().contains(line)  # all of the page can be scrolled to
    assert canvas.grab().toImage().pixelColor(line).lightness() < 128
