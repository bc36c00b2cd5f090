"""Pages are hidden, moved, turned and cropped in the dialog; everything else stays right after it."""

import numpy as np
import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from livefollow.score.annotations.kinds import Ink
from livefollow.score.document import Document
from livefollow.viewer.arranging.arranger import PageArranger
from livefollow.viewer.arranging.crop_dialog import CropCanvas, CropDialog
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Player


def dialog_of(window: MainWindow) -> PageArranger:
    window.menus.actions["arrange"].trigger()
    assert window.arranging.dialog
    return window.arranging.dialog


def choose(dialog: PageArranger, *pages: int) -> None:
    dialog.list.clearSelection()
    for page in pages:
        dialog.list.item(dialog.now.pages.index(page)).setSelected(True)


def press(dialog: PageArranger, text: str) -> None:
    next(action for action in dialog.actions() if text in action.text().replace("&", "")).trigger()


def accept(qtbot: QtBot, window: MainWindow, dialog: PageArranger) -> Player:
    """Accept, and play on the score as it is read anew."""
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        dialog.accept()
    assert window.open_score.score
    list(window.open_score.score.read())
    return Player(window)


def test_everything_is_right_after_pages_were_hidden_and_moved(qtbot: QtBot, demo_window: MainWindow) -> None:
    window = demo_window
    window.menus.actions["layout.single"].trigger()
    stroke = Ink(((100.0, 100.0, 1.0), (120.0, 110.0, 1.0)), "#000000", highlighter=False)
    window.open_score.annotations.change({2: (stroke,)})
    count = window.open_score.score.document.page_count
    dialog = dialog_of(window)
    choose(dialog, 1)
    press(dialog, "Hide")
    choose(dialog, 3)
    press(dialog, "Earlier")
    order = dialog.now.shown
    assert order == (3, 2, *range(4, count + 1))
    player = accept(qtbot, window, dialog)
    assert window.open_score.score.pages == order
    assert player.strip.placements[0].system.page == 3
    assert player.pages == (3, 0)  # the first that is shown
    player.play(player.system(3, 1), player.system(2, 1) - 20, 60)
    assert player.pages == (2, 0)  # turned to what comes next, whatever its number
    assert "Page 2 of" in window.bar.place.text()
    assert window.open_score.annotations.on(2) == (stroke,)
    window.menus.actions["back"].trigger()
    assert player.pages == (3, 0)
    window.menus.actions["last_page"].trigger()
    assert player.pages[0] == order[-1]
    again = dialog_of(window)
    press(again, "As in the File")
    player = accept(qtbot, window, again)
    assert window.open_score.score.pages == tuple(range(1, count + 1))
    # Changes are undone, and nothing is kept without OK.
    dialog = dialog_of(window)
    before = dialog.now
    choose(dialog, 2)
    for change in ("Hide", "Rotate", "Later"):
        press(dialog, change)
    assert dialog.now != before
    for _ in range(3):
        press(dialog, "Undo")
    assert dialog.now == before
    press(dialog, "Rotate")
    dialog.reject()
    assert window.open_score.score.corrections.order is None
    assert window.open_score.score.corrections.turns == {}


def test_a_cropped_page_is_shown_so_and_clicks_agree(qtbot: QtBot, demo_window: MainWindow) -> None:
    window = demo_window
    window.menus.actions["layout.single"].trigger()
    dialog = dialog_of(window)
    dialog.crop({1}, (50.0, 100.0, 500.0, 400.0))
    accept(qtbot, window, dialog)
    (pane,) = window.pages.panes()
    ratio = window.pages.devicePixelRatioF()
    centre = QPointF(*pane.to_screen(275.0, 250.0)) / ratio
    assert abs(centre.x() - window.pages.width() / 2) < 3
    assert window.pages.to_page(centre) == pytest.approx((1, 275.0, 250.0), abs=1)
    picture = window.pages.grab().toImage()
    outside = QPointF(*pane.to_screen(275.0, 60.0)) / ratio
    around = picture.pixelColor(1, 1)
    assert outside.y() < 0 or picture.pixelColor(outside.toPoint()) == around
    window.sheets.rotate(2)
    qtbot.waitUntil(lambda: bool(window.open_score.score), timeout=60_000)
    left, top, right, bottom = window.open_score.score.corrections.crops[1]
    assert (right - left, bottom - top) == pytest.approx((450.0, 300.0))
    assert left != 50.0


def test_edges_are_dragged_and_moved_by_keys(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with Document(DEMO) as document:
        dialog = CropDialog(parent, document, 1, 0, document.page_size(1), None, "white")
        size = document.page_size(1)
    dialog.open()
    said: list[object] = []
    dialog.cropped.connect(lambda crop, everywhere: said.append((crop, everywhere)))
    canvas: CropCanvas = dialog.canvas
    start, frame = canvas.box(), canvas.frame()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPointF(start.left(), start.center().y()).toPoint())
    QTest.mouseMove(canvas, QPointF(frame.left() + frame.width() / 4, start.center().y()).toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    assert canvas.crop[0] == pytest.approx(size[0] / 4, rel=0.05)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.crop[1] > 0
    dialog.everywhere.setChecked(True)
    crop = canvas.crop
    dialog.accept()
    assert said == [(crop, True)]
    assert np.isfinite(crop).all()
