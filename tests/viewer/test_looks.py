"""Menus, full screen, lamps and overview."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.links.ways import Link
from livefollow.score.score import Score
from livefollow.viewer.pages.overview import small_picture
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.lamp import COLOURS, Lamp, Shown, outline
from livefollow.viewer.window import MainWindow
from tests.viewer.painted import pixels

DEMO = Path(__file__).parents[2] / "assets" / "demo" / "score.pdf"


def trigger(window: MainWindow, name: str) -> None:
    window.menus.actions[name].trigger()


def test_choices_count_at_once_and_are_kept(window: MainWindow, preferences: RecordFile[Preferences]) -> None:
    trigger(window, "paper.night")
    trigger(window, "highlight.line")
    assert (window.pages.paper, window.pages.marker.style) == ("night", "line")
    assert (preferences.values.paper, preferences.values.highlight) == ("night", "line")
    trigger(window, "next_paper")
    assert window.pages.paper == "white"
    trigger(window, "trim")
    assert not preferences.values.trim


def test_zoom_by_steps(qtbot: QtBot, window: MainWindow) -> None:
    trigger(window, "larger")  # there is nothing yet
    assert window.pages.zoom == 1
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    trigger(window, "larger")
    assert window.pages.zoom > 1
    trigger(window, "fit")
    assert window.pages.zoom == 1
    for _ in range(30):
        trigger(window, "smaller")
    assert window.pages.zoom == 0.5


def test_night_darkens_everything(qtbot: QtBot, window: MainWindow) -> None:
    def lightness() -> list[int]:
        widgets = (window, window.library.setlist, window.menus.menus["file"], window.menuBar())
        return [widget.palette().window().color().lightness() for widget in widgets if widget]

    window.library.setlist.add([DEMO])
    before = lightness()
    assert min(before) > 128
    trigger(window, "paper.night")
    qtbot.waitUntil(lambda: max(lightness()) < 60)
    (pieces,) = window.library.setlist.findChildren(QListWidget)
    piece = pieces.item(0)
    assert piece
    assert piece.foreground().color().lightness() > 200
    text = window.menus.menus["file"].palette()
    assert text.windowText().color().lightness() > 200
    trigger(window, "paper.white")
    qtbot.waitUntil(lambda: lightness() == before)


def test_sliders_count_at_once(window: MainWindow, preferences: RecordFile[Preferences]) -> None:
    trigger(window, "settings")
    dialog = window.view_menu._dialog
    assert dialog
    dialog.look_ahead.setValue(25)
    dialog.opacity.setValue(40)
    dialog.colour.setCurrentIndex(dialog.colour.findData("#ffb84d"))
    dialog.colour.activated.emit(dialog.colour.currentIndex())
    values = preferences.values
    assert (values.look_ahead_s, values.highlight_opacity, values.highlight_colour) == (2.5, 0.4, "#ffb84d")
    assert (window.pages.marker.opacity, window.pages.marker.colour) == (0.4, "#ffb84d")
    dialog.close()


def test_in_full_screen_the_controls_hide_and_come_back(qtbot: QtBot, window: MainWindow) -> None:
    before = window.pages.height()
    trigger(window, "full_screen")
    qtbot.waitUntil(window.isFullScreen)
    full = window.full_screen
    assert not full.controls_hidden
    size = window.pages.size()
    full._timer.timeout.emit()
    assert full.controls_hidden
    assert window.pages.size() == size  # nothing on the page moves
    assert window.pages.height() == window.stand.height()
    window.stand.show_state(Shown.LOST)
    assert window.stand.lamp.isVisible()
    window.stand.show_state(Shown.FOLLOWING)
    assert not window.stand.lamp.isVisible()
    qtbot.mouseMove(window.pages, QPoint(50, 50))
    window.gestures.moved.emit()
    assert not full.controls_hidden
    trigger(window, "leave_full_screen")
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.pages.height() != window.stand.height() or before == 0
    assert not window.bar.isHidden()


def test_a_maximised_window_is_maximised_again_after_full_screen(window: MainWindow) -> None:
    window.showMaximized()
    for expected in (True, False):
        trigger(window, "full_screen")
        assert (window.isFullScreen(), window.isMaximized()) == (expected, True)


def test_in_full_screen_menus_are_in_the_bar(window: MainWindow) -> None:
    assert window.bar.menus.isHidden()
    trigger(window, "full_screen")
    assert not window.bar.menus.isHidden()
    menu = window.bar.menus.menu()
    assert menu
    assert len(menu.actions()) == len(window.menus.menus)


def test_no_two_states_look_alike(qtbot: QtBot) -> None:
    looks = {
        (COLOURS[state], repr([outline(state).elementAt(i).x for i in range(outline(state).elementCount())]))
        for state in Shown
    }
    assert len(looks) == len(Shown)
    lamp = Lamp()
    qtbot.addWidget(lamp)
    for state in Shown:
        lamp.show_state(state)
        assert lamp.state is state
        lamp.grab()


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Score]:
    with Score(DEMO, data=tmp_path_factory.mktemp("data")) as score:
        list(score.read())
        yield score


def test_the_overview_shows_piece_cursor_and_trail(qtbot: QtBot, demo_window: MainWindow) -> None:
    window, overview = demo_window, demo_window.overview
    strip = window.open_score.strip
    assert strip
    window.menus.actions["overview"].setChecked(True)
    assert 0 < len(overview._pictures) < len(strip.placements)  # the window is not kept waiting for all of them
    qtbot.waitUntil(lambda: len(overview._pictures) == len(strip.placements))
    window.open_score.set_links((Link(4000.0, 0),))
    overview.grow()
    qtbot.waitUntil(lambda: overview.width() == window.width())
    empty = np.array(pixels(overview))
    assert len(np.unique(empty)) > 10
    middle = strip.width / 2
    overview.move_to(on_strip(strip.at(middle), Estimate(middle, 1.0, 0.9, State.FOLLOWING), 0.0))
    changed = np.flatnonzero((pixels(overview) != empty).any(axis=(0, 2)))
    assert abs(changed.mean() - overview.width() / 2) < 4
    with qtbot.waitSignal(overview.pointed) as pointed:
        qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(overview.width() // 4, 10))
    assert pointed.args[0] == pytest.approx(strip.width / 4, rel=0.01)
    window.close_score()
    overview.grab()


def test_a_small_picture_shows_the_ink(score: Score) -> None:
    picture = small_picture(score.strip.bands_of(0))
    assert picture.pixelColor(picture.width() // 2, picture.height() // 4).lightness() < 250
