"""Two fingers on the pages of the window: the zoom is remembered, and nothing is written by the first of them."""

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from livefollow.turning.view import Spot
from livefollow.viewer.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def test_a_pinch_zooms_and_writes_nothing_and_half_a_page_is_half_of_what_is_seen(
    qtbot: QtBot, demo_window: MainWindow
) -> None:
    window = demo_window
    memory, annotations, stage = window.open_score.memory, window.open_score.annotations, window.open_score.stage
    assert memory
    assert annotations
    assert stage
    window.menus.actions["layout.two"].trigger()
    assert stage.view.spot is Spot.BESIDE
    window.menus.actions["write"].trigger()
    at = QPointF(300, 400)
    qtbot.mousePress(window.pages, LEFT, pos=at.toPoint())
    window.gestures.pinch_began.emit()
    for _ in range(10):
        window.gestures.pinched.emit(1.1, at, QPointF())
    window.gestures.pinch_ended.emit()
    qtbot.mouseMove(window.pages, QPoint(320, 420))
    qtbot.mouseRelease(window.pages, LEFT, pos=QPoint(320, 420))
    assert annotations.state.pages == {}
    assert memory.values.zoom == pytest.approx(1.1**10)
    assert stage.view.spot is Spot.NOWHERE, "a page larger than the screen is shown alone"
    window.gestures.pinched.emit(1.02 / 1.1**10, at, QPointF())
    window.gestures.pinch_ended.emit()
    assert memory.values.zoom == 1.0, "nearly as it fits is as it fits"
    assert stage.view.spot is Spot.BESIDE
    for _ in range(40):
        window.gestures.pinched.emit(1.2, at, QPointF())
    assert window.pages.zoom == 4.0
    above = window.pages.panes()[0].y
    window.menus.actions["half_forward"].trigger()
    assert above - window.pages.panes()[0].y == pytest.approx(window.pages.height() / 2, abs=2), "half a screen"
    window.gestures.pinched.emit(1 / 4, at, QPointF())
    window.gestures.pinch_ended.emit()
    window.menus.actions["layout.single"].trigger()
    window.menus.actions["half_forward"].trigger()
    assert (stage.view.page, stage.view.other, stage.view.spot) == (1, 2, Spot.UPPER)
