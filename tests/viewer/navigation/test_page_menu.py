"""A right click on the score offers what can be said of the place."""

import pytest
from PyQt6.QtWidgets import QInputDialog

from livefollow.viewer.settings.score_memory import Place
from tests.viewer.player import Player


def test_this_is_bar_is_about_the_place_of_the_click(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    window = player.window
    window.bar_numbers.go_to(7)
    place = Place(*player.put[-1])
    window.bar_numbers.go_to(1)
    menu = window.page_menu.menu_at(place)
    assert menu.actions()[0].text() == "Bar 7"
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (8, True))
    menu.actions()[1].trigger()
    assert window.page_menu.menu_at(place).actions()[0].text() == "Bar 8"
    again = window.page_menu.menu_at(place)
    next(action for action in again.actions() if "Printed" in action.text()).trigger()
    assert window.page_menu.menu_at(place).actions()[0].text() == "Bar 7"
    assert window.open_score.memory.values.bars == ()


def test_a_loop_is_set_at_the_place_of_the_click_and_the_player_stays_where_they_are(player: Player) -> None:
    window = player.window
    practice = window.add_practice()
    window.bar_numbers.go_to(1)
    here = window.turner.places.here()
    put = len(player.put)

    def choose(x: float, name: str) -> None:
        at = player.strip.to_page(x)
        menu = window.page_menu.menu_at(Place(at.page, at.x, at.y))
        next(action for action in menu.actions() if action.objectName() == name).trigger()

    start, end = player.system(1, 2) + 200, player.system(1, 3) + 300
    choose(start, "loop_start")
    assert window.turner.places.here() == here
    assert len(player.put) == put
    choose(end, "loop_end")
    loop = practice.looping.loop
    assert (loop.start_x, loop.end_x) == (pytest.approx(start), pytest.approx(end))
    assert player.strip.from_page(*player.put[-1]) == pytest.approx(start)
    choose(end, "start_here")
    assert window.open_score.memory.values.start.page == 1


def test_the_menu_of_a_place_has_what_is_wanted_anywhere(player: Player) -> None:
    window = player.window
    at = player.strip.to_page(player.system(1, 2) + 100)
    menu = window.page_menu.menu_at(Place(at.page, at.x, at.y))
    names = [action.objectName() for action in menu.actions()]
    assert {"start_here", "bookmark", "write", "page", "larger", "smaller", "fit", "full_screen"} <= set(names)
    next(action for action in menu.actions() if action.objectName() == "write").trigger()
    assert window.annotating.on
