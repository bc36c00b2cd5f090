"""Pages are rotated, shared, and doubted in the window; what is chosen is kept with the score."""

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from livefollow.turning.view import Layout
from livefollow.viewer.window import MainWindow
from tests.benchmarks.score.troubled.document import KINDS
from tests.document_damage import Sheet, sheets, turned, write_pdf

SHEET = sheets("musescore")[0]


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    window.resize(800, 700)
    return window


def read(window: MainWindow) -> None:
    """Read all pages as a session does, which there is none of without networks."""
    assert window.open_score.score
    for page in window.open_score.score.read():
        window._read(page.number)
    window.doubts.read()


def open_score(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(path)
    read(window)


def score_of(window: MainWindow) -> Score:
    assert window.open_score.score
    return window.open_score.score


def choose(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """An entry of a menu after which the score is read anew."""
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.menus.actions[action].trigger()
    read(window)


def shape(window: MainWindow) -> tuple[float, float]:
    assert window.pages.store
    return window.pages.store.size(1)


def test_a_page_turned_after_it_was_shown_is_shown_turned(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = write_pdf([turned(SHEET, 1)], tmp_path / "a.pdf")
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(path)
    store = window.pages.store
    assert store
    qtbot.waitUntil(lambda: not store.busy and store.bytes_kept > 0 and shape(window)[0] > shape(window)[1])
    read(window)
    qtbot.waitUntil(lambda: shape(window)[0] < shape(window)[1], timeout=10_000)
    (pane,) = window.pages.panes()
    # It is drawn anew only once the page has been painted in its new shape.
    qtbot.waitUntil(lambda: store.picture(window.pages._key(1, pane))[1], timeout=10_000)
    image, _ = store.picture(window.pages._key(1, pane))
    assert image is not None
    assert image.width() < image.height()


def test_rotate_page_is_kept_with_the_score(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = write_pdf([SHEET, SHEET], tmp_path / "a.pdf")
    assert not window.menus.actions["rotate_right"].isEnabled()
    open_score(qtbot, window, path)
    choose(qtbot, window, "rotate_right")
    assert window.open_score.score
    assert [window.open_score.score.document.turned(page) for page in (1, 2)] == [1, 0]
    qtbot.waitUntil(lambda: shape(window)[0] > shape(window)[1])
    choose(qtbot, window, "rotate_left")
    choose(qtbot, window, "rotate_all_half")
    assert [window.open_score.score.document.turned(page) for page in (1, 2)] == [2, 2]
    window.close_score()
    open_score(qtbot, window, path)
    assert [window.open_score.score.document.turned(page) for page in (1, 2)] == [2, 2]


def test_corrections_are_turned_along_with_their_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    open_score(qtbot, window, write_pdf([SHEET, SHEET], tmp_path / "a.pdf"))
    score = window.open_score.score
    assert score
    before = score.systems[1][:2]
    score.corrections.put(1, before)
    width, height = shape(window)
    choose(qtbot, window, "rotate_half")
    over = score_of(window).systems[1]
    assert [(s.left, s.top) for s in over] == [
        (pytest.approx(width - s.right), pytest.approx(height - s.bottom)) for s in reversed(before)
    ]
    choose(qtbot, window, "rotate_right")  # a quarter: staves on end are none
    assert score_of(window).corrections.pages == []
    choose(qtbot, window, "rotate_right")
    again = score_of(window).systems[1]
    assert score_of(window).corrections.pages == [1]
    boxes = [[s.left, s.top, s.right, s.bottom] for s in again]
    np.testing.assert_allclose(boxes, [[s.left, s.top, s.right, s.bottom] for s in before], atol=0.01)


def test_a_page_that_looks_misread_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is seen, with a button that opens the editor there; once put away it says so no more."""
    half = np.full_like(SHEET.picture, 255)
    path = write_pdf(
        [SHEET, Sheet(SHEET.picture, SHEET.systems, SHEET.starts), Sheet(half, (), ())], tmp_path / "a.pdf"
    )
    open_score(qtbot, window, path)
    assert window.notice.isHidden()
    assert window.open_score.score
    window.open_score.score.corrections.turn({2: 1})
    window.library.read_anew()
    qtbot.waitSignal(window.open_score.opened, timeout=60_000).wait()
    read(window)
    assert window.notice.isHidden()
    window.turner.turn(1)
    qtbot.waitUntil(window.notice.isVisible)
    assert "Page 2 looks misread (no staff systems were found)" in window.notice.sentence.text()
    window.notice.buttons[0].click()
    editor = window.library._editor
    assert editor
    assert editor.page == 2
    editor.reject()
    window.notice._away.click()
    assert window.notice.isHidden()
    window.close_score()
    open_score(qtbot, window, path)
    window.turner.turn(1)
    assert window.notice.isHidden()


def test_four_hands_are_asked_for_and_turned_over(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    made = KINDS["four hands, left"](sheets("musescore"), tmp_path, 0)
    open_score(qtbot, window, made.path)
    qtbot.waitUntil(window.notice.isVisible)
    assert "Two pianists" in window.notice.sentence.text()
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.notice.buttons[0].click()
    read(window)
    assert window.open_score.score
    assert window.open_score.score.corrections.part is DuetPart.LEFT
    assert window.menus.actions["part.left"].isChecked()
    assert window.notice.isHidden()
    stage = window.open_score.stage
    assert stage
    for layout in (Layout.SINGLE, Layout.HALF):
        stage.set_layout(layout)
        stage.go_to(1)
        for _ in range(4):
            window.turner.turn(1)
        assert stage.visible == {3}, layout
        window.turner.turn(-1)
        window.turner.turn(-1)
        assert 1 in stage.visible
        assert not stage.visible & {2, 4}
    choose(qtbot, window, "part.all")
    assert window.notice.isVisible()
    window.notice._away.click()
    assert window.notice.isHidden()
    QApplication.processEvents()
