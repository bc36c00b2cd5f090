"""Loops of the player's own lie over the score, wherever it is seen, and go with a click."""

import numpy as np
import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtTest import QTest

from livefollow.viewer.pages.painting import Marker
from livefollow.viewer.pages.score_marks import LOOP
from livefollow.viewer.practice.practice_menu import Practice
from livefollow.viewer.settings.score_memory import Place
from livefollow.viewer.window import MainWindow
from tests.viewer.painted import pixels, wait_for_pictures
from tests.viewer.player import Player


def click(window: MainWindow, at: QPointF) -> None:
    QTest.mouseClick(window.pages, Qt.MouseButton.LeftButton, pos=(at / window.pages.devicePixelRatioF()).toPoint())


def point(player: Player, x: float) -> Place:
    at = player.strip.to_page(x)
    player.window.turner.point(at.page, at.x, at.y)
    return Place(at.page, at.x, at.y)


@pytest.fixture
def practice(player: Player) -> Practice:
    return player.window.add_practice()


def loop(player: Player, start: float, end: float) -> None:
    for x, action in ((start, "loop_start"), (end, "loop_end")):
        point(player, x)
        player.window.menus.actions[action].trigger()


@pytest.mark.parametrize("paper", ["white", "sepia", "night"])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_brackets_and_label_are_seen_on_every_paper(
    player: Player, practice: Practice, paper: str, zoom: float
) -> None:
    window = player.window
    start, end = player.system(1, 2) + 200, player.system(1, 3) + 300
    window.menus.actions["layout.single"].trigger()
    window.pages.set_paper(paper)
    window.pages.set_zoom(zoom)
    window.pages.set_marker(window.pages.marker.__class__("none"))
    loop(player, start, end)
    wait_for_pictures(window.pages)
    shown = pixels(window.pages)
    ((box, mark),) = window.score_marks.labels()
    assert "bars" in mark.label
    assert "1st time" in mark.label
    colour = LOOP.at_night if paper == "night" else LOOP.ink
    wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    place = player.strip.to_page(start)
    pane = window.pages.panes()[0]
    x, y = (round(v) for v in pane.to_screen(place.x, (place.top + place.bottom) / 2))
    if not (0 <= y < shown.shape[0] and 0 <= x < shown.shape[1]):
        x, y = round(box.left()) + 1, round(box.top()) + 1
    near = shown[y, max(0, x - 3) : x + 4]
    assert (np.abs(near - wanted).max(axis=1) < 12).any()
    window.menus.actions["unloop"].trigger()
    assert window.score_marks.labels() == []
    assert (pixels(window.pages)[y, max(0, x - 3) : x + 4] != near).any()


def test_the_highlight_at_the_start_leaves_the_label_readable(player: Player, practice: Practice) -> None:
    window = player.window
    window.menus.actions["layout.single"].trigger()
    window.pages.set_marker(Marker("line", "#ff0000", 1.0))
    loop(player, player.system(1, 2) + 200, player.system(1, 3) + 300)
    player.play(player.system(1, 2) + 199, player.system(1, 2) + 200, 1.0)
    wait_for_pictures(window.pages)
    ((box, _),) = window.score_marks.labels()
    shown = pixels(window.pages)
    red = (shown[:, :, 0] > 120) & (shown[:, :, 1:] < 60).all(axis=2)
    assert red.any()
    assert not red[round(box.top()) : round(box.bottom()), round(box.left()) : round(box.right())].any()


def test_a_click_on_the_label_ends_the_loop_and_is_no_click_on_the_score(player: Player, practice: Practice) -> None:
    window = player.window
    window.menus.actions["layout.single"].trigger()
    loop(player, player.system(1, 2) + 200, player.system(1, 3) + 300)
    put = len(player.put)
    ((box, _),) = window.score_marks.labels()
    click(window, box.center())
    assert practice.looping.loop is None
    assert len(player.put) == put
    assert not window.menus.actions["unloop"].isEnabled()
    click(window, box.center())
    assert len(player.put) == put + 1


def test_the_label_counts_how_often_it_is_played(player: Player, practice: Practice) -> None:
    start, end = player.system(1, 2) + 200, player.system(1, 3) + 300
    loop(player, start, end)
    labels = []
    for _ in range(3):
        for x in np.arange(start, end + 20, 20):
            player.play(x, x + 20, 0.1)
        labels.append(player.window.score_marks.marks[0].label)
    assert [label.rsplit(", ", 1)[1] for label in labels] == ["2nd time", "3rd time", "4th time"]


@pytest.mark.parametrize(("layout", "page"), [("single", 2), ("half", 2), ("two", 2)])
def test_the_drawing_follows_the_pages(player: Player, practice: Practice, layout: str, page: int) -> None:
    window = player.window
    loop(player, player.system(1, 2) + 200, player.system(2, 2) + 300)
    window.menus.actions[f"layout.{layout}"].trigger()
    window.open_score.stage.go_to(1)
    window.turner._show()
    assert window.score_marks.labels()
    window.open_score.stage.go_to(page)
    window.turner._show()
    pane = next(pane for pane in window.pages.panes() if pane.page == page)
    inside = [box for box, _ in window.score_marks.labels() if pane.holds(box.center().x(), box.center().y())]
    assert len(inside) == 1  # the part on the second page is named, too
    window.open_score.stage.go_to(3)
    window.turner._show()
    pages = {pane.page for pane in window.pages.panes()}
    assert bool(window.score_marks.labels()) == bool(pages & {1, 2})


def test_another_score_has_none_of_them(player: Player, practice: Practice) -> None:
    loop(player, player.system(1, 2) + 200, player.system(1, 3) + 300)
    player.window.close_score()
    assert player.window.score_marks.marks == []
