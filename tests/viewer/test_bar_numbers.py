"""Bars are counted, shown, and found again."""

import pytest

from tests.viewer.player import Player


def test_bars_are_found(player: Player) -> None:
    bars = player.window.bar_numbers
    bars.go_to(20)
    x = 19 * 250 + 30
    p = player.strip.to_page(x)
    assert player.put[-1][:2] == (p.page, pytest.approx(p.x))
    bars.go_to(4000)
    assert "no bar 4000" in player.window.bar.sentence.text()
    player.play(260, 300, 2)
    assert "Bar 2" in player.window.bar.place.text()
