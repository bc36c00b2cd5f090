"""Repeats that the player marks are remembered and turned to in time."""

from tests.viewer.player import Player


def test_the_players_own_repeat_is_kept_and_turned_back_in_time(player: Player) -> None:
    window = player.window
    window.menus.actions["layout.single"].trigger()
    start, end = player.system(1, 3) + 100, player.system(2, 2) + 100
    for x, mark in ((start, window.own_repeats.mark_start), (end, window.own_repeats.mark_end)):
        p = player.strip.to_page(x)
        window.turner.point(p.page, p.x, p.y)
        mark()
    memory = window.open_score.memory
    assert memory
    assert len(memory.values.repeats) == 1
    window.open_score.stage.go_to(2)
    player.play(end - 700, end - 20, 15)
    assert player.pages == (1, 0)
    window.own_repeats.forget()
    assert memory.values.repeats == ()


def test_marking_the_wrong_way_round_is_a_sentence(player: Player) -> None:
    turner, repeats = player.window.turner, player.window.own_repeats
    repeats.mark_end()
    assert "start first" in player.window.bar.sentence.text()
    turner.point(2, 300, 400)
    repeats.mark_start()
    turner.point(1, 300, 400)
    repeats.mark_end()
    assert "after it has begun" in player.window.bar.sentence.text()
