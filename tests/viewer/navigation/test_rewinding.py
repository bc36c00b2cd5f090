"""After the end of a piece the first page comes back, unless somebody still looks at the last one."""

import pytest
from pytestqt.qtbot import QtBot

from livefollow.follow.position import State
from livefollow.viewer.navigation import rewinding
from tests.viewer.player import Player


@pytest.fixture
def player(player: Player, monkeypatch: pytest.MonkeyPatch) -> Player:
    """A player whose score is read whole, and who rests for a moment only."""
    player.window.rewinding._know_end()
    player.window.rewinding._rest.setInterval(50)
    return player


def finish(player: Player, start: float) -> None:
    end = player.strip.width - 10.0
    player.play(start, start + 200, 3)
    player.play(start + 200, end, 60)
    player.play(end, end, 3, State.FINISHED)


def test_who_has_played_the_whole_piece_sees_its_beginning_again(qtbot: QtBot, player: Player) -> None:
    finish(player, 0)
    assert player.pages[0] != 1
    qtbot.waitUntil(lambda: 1 in player.window.open_score.visible)
    assert player.strip.from_page(*player.put[-1]) < 400  # and is expected there


@pytest.mark.parametrize("reason", ["practised the end", "not wanted", "plays on", "writes"])
def test_else_the_last_page_stays(qtbot: QtBot, player: Player, reason: str) -> None:
    window = player.window
    if reason == "not wanted":
        window.menus.actions["back_at_end"].setChecked(False)
    finish(player, player.system(3, 1) if reason == "practised the end" else 0)
    if reason == "plays on":
        player.play(player.system(3, 1), player.system(3, 2), 5)
    if reason == "writes":
        window.menus.actions["write"].trigger()
    before = player.pages
    qtbot.wait(250)
    assert player.pages == before
    assert rewinding.REST_MS >= 5000
