"""What the bar calls the follower's states: a pause is no trouble, and says where the program waits."""

import pytest
from pytestqt.qtbot import QtBot

from livefollow.follow.position import State
from livefollow.viewer.following import LONG_HOLD_S
from livefollow.viewer.widgets.lamp import Shown
from tests.viewer.player import Player

BAR_8 = 8 * 250 - 200.0  # strip px, with the bar lines of `reading_of`


def said(player: Player) -> tuple[str, Shown]:
    return player.window.bar.words.text(), player.window.bar.lamp.state


def test_a_long_pause_waits_at_a_bar_however_long(player: Player) -> None:
    player.play(BAR_8 - 100, BAR_8, 1.0)
    player.play(BAR_8, BAR_8, LONG_HOLD_S - 0.1, State.HOLDING)
    assert said(player) == ("Holding", Shown.HOLDING)
    bar = player.window.bar_numbers.here()
    assert bar
    for seconds in (0.2, 30.0, 600.0):
        player.play(BAR_8, BAR_8, seconds, State.HOLDING)
        assert said(player) == (f"Waiting for you at bar {bar}", Shown.EXPECTING)
    assert player.window.bar.confidence.accessibleDescription() == ""
    player.play(BAR_8, BAR_8 + 5, 0.2)
    assert said(player) == ("Following", Shown.FOLLOWING)
    player.play(BAR_8, BAR_8, 0.5, State.HOLDING)  # counted anew
    assert said(player) == ("Holding", Shown.HOLDING)


def test_where_no_bars_are_known_it_is_the_page(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player.window.bar_numbers, "here", lambda: None)
    x = player.system(2, 1)
    player.play(x, x, LONG_HOLD_S + 1, State.HOLDING)
    assert said(player)[0] == "Waiting for you on page 2"


def test_what_does_not_fit_is_lost_and_the_end_is_finished(player: Player) -> None:
    player.play(BAR_8, BAR_8, 5.0, State.LOST)
    assert said(player) == ("Lost – listening", Shown.LOST)
    end = player.strip.width - 10.0
    player.play(end, end, 60.0, State.FINISHED)
    assert said(player) == ("Finished", Shown.FINISHED)


def test_without_a_score_its_actions_are_disabled(qtbot: QtBot, player: Player) -> None:
    window = player.window
    names = ("forward", "bar", "close_score", "larger", "fit", "link_from")
    assert all(window.menus.actions[name].isEnabled() for name in names)
    window.close_score()
    assert not any(window.menus.actions[name].isEnabled() for name in names)
    assert window.menus.actions["full_screen"].isEnabled()
