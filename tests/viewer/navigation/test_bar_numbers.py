"""Bars are numbered as they are printed, shown, found again, and put right by the player."""

import json

import pytest
from PyQt6.QtWidgets import QInputDialog

from livefollow.viewer.settings.score_memory import Place, open_memory
from tests.viewer.player import Player


def test_bars_are_found_by_the_numbers_that_the_score_prints(player: Player) -> None:
    bars, strip = player.window.bar_numbers, player.strip
    assert [n.number for n in player.window.open_score.score.numbers if n.system < 6] == [846, 4, 7, 10, 13, 16]
    for system, number in ((1, 4), (2, 7), (5, 16)):
        bars.go_to(number)
        x = strip.from_page(*player.put[-1])
        assert strip.placements.index(strip.at(x)) == system
        assert f"Bar {number} " in player.window.bar.place.text()
    bars.go_to(4000)
    assert "no bar 4000" in player.window.bar.sentence.text()


def test_the_player_says_which_bar_it_is(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    window = player.window
    window.bar_numbers.go_to(7)
    page, x, y = player.put[-1]
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (57, True))
    window.menus.actions["this_is_bar"].trigger()
    assert "Bar 57 " in window.bar.place.text()
    assert window.bar_numbers.at(player.system(1, 2) + 250) == 4  # what stands before is not touched
    memory = window.open_score.memory
    memory.close()
    assert json.loads(memory.path.read_text())["bars"] == [[[page, pytest.approx(x), pytest.approx(y)], 57]]
    assert open_memory(window.open_score.score.document, memory.path.parent).values.bars[0].number == 57
    window.open_score.memory = None
    window.bar_numbers._count()
    assert "Bar 7 " in window.bar.place.text()


def test_it_asks_for_a_place_before_the_player_is_anywhere(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    window = player.window
    monkeypatch.setattr(window.turner.places, "here", lambda: None)
    put = list(player.put)
    window.menus.actions["this_is_bar"].trigger()
    assert window.bar.sentence.text() == "Point at a place in the score first."
    assert player.put == put  # a score may have a bar 0


def test_a_memory_of_an_older_version_is_read_and_kept(player: Player, tmp_path) -> None:
    document = player.window.open_score.score.document
    path = tmp_path / "old" / f"{document.content_hash}.memory.json"
    path.parent.mkdir()
    old = {"path": "/x.pdf", "page": 2, "zoom": 1.5, "start": [1, 2.0, 3.0], "repeats": [[[1, 1, 1], [2, 2, 2]]]}
    path.write_text(json.dumps(old | {"layout": "two"}))
    memory = open_memory(document, path.parent)
    assert memory.values.page == 2
    assert memory.values.start == Place(1, 2, 3)
    assert len(memory.values.repeats) == 1
    assert memory.values.bars == ()
    memory.change(bars=[[[1, 1.0, 2.0], 0]])
    memory.close()
    assert json.loads(path.read_text())["layout"] == "two"
