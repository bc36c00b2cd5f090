"""Links are drawn by two clicks, kept with the score, undone, and turned for in time."""

import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from livefollow.score.links.ways import END, EVERY_PASS, LAST_PASS
from livefollow.viewer.settings.score_memory import OwnRepeat, Place
from tests.viewer.player import Player


def click(player: Player, x: float) -> None:
    """Click on a place of the strip; its page must be seen."""
    place = player.strip.to_page(x)
    pages = player.window.pages
    pane = next(pane for pane in pages.panes() if pane.page == place.page)
    at = QPointF(*pane.to_screen(place.x, (place.top + place.bottom) / 2)) / pages.devicePixelRatioF()
    QTest.mouseClick(pages, Qt.MouseButton.LeftButton, pos=at.toPoint())


def draw(player: Player, leave: float, enter: float) -> None:
    """Draw a link with two clicks, turning by hand to the pages between them."""
    window = player.window
    window.menus.actions["draw_links"].setChecked(True)
    for x in (leave, enter):
        window.turner.to_page(player.strip.to_page(x).page)
        click(player, x)
    window.menus.actions["stop_links"].trigger()


@pytest.fixture
def single(player: Player) -> Player:
    player.window.menus.actions["layout.single"].trigger()
    return player


def bar_line(x: float) -> float:
    """The demo's reading has a bar line every 250 px (`tests.viewer.player`)."""
    return 250 * (x // 250)


def test_two_clicks_make_a_link_between_bars_for_which_the_page_is_turned_in_time(single: Player) -> None:
    window = single.window
    leave, enter = (bar_line(x) + 125 for x in (single.system(2, 2) + 400, single.system(1, 3) + 400))
    draw(single, leave, enter)
    (shown,) = window.links.shown
    assert shown.link.leave == pytest.approx(bar_line(leave) + 250, abs=2)
    assert shown.link.enter == pytest.approx(bar_line(enter), abs=2)
    assert window.open_score.links == (shown.link,)
    assert window.turner.linking is None
    assert len(window.link_tags.tags()) == 1  # of its ends, the one on the page that is seen
    # The page is turned for it in time, and once.
    window.turner.to_page(2)
    single.play(shown.link.leave - 700, shown.link.leave - 20, 15)
    assert single.pages == (1, 0)
    single.play(shown.link.enter, single.system(2, 1), 30)
    single.play(single.system(2, 1), shown.link.leave + 300, 30)
    assert single.pages == (2, 0)
    window.links.as_printed()
    assert window.links.shown == []
    # Verses and a coda: back twice from page 2 to page 1; the third time from page 1 to page 3.
    draw(single, single.system(2, 4) + 400, single.system(1, 2) + 400)
    draw(single, single.system(1, 3) + 400, single.system(3, 1) + 400)
    back, coda = sorted((shown.link for shown in window.links.shown), key=lambda link: link.enter)
    assert (back.passes, coda.passes) == (1, LAST_PASS)
    window.links.set_passes(next(s for s in window.links.shown if s.link == back), 2)
    back = next(link for link in window.open_score.links if link.back)
    window.turner.to_page(1)
    for _ in range(2):
        single.play(back.enter, single.system(2, 1), 20)
        assert single.pages[0] == 2
        single.play(single.system(2, 1), back.leave - 20, 20)
        assert single.pages[0] == 1
    single.play(back.enter, coda.leave - 20, 20)
    assert single.pages[0] == 3


def test_it_is_taken_as_often_as_said_undone_removed_and_kept(single: Player) -> None:
    window, memory = single.window, single.window.open_score.memory
    assert memory
    draw(single, single.system(1, 2) + 400, single.system(1, 1) + 400)
    draw(single, single.system(1, 1) + 700, single.system(1, 3) + 100)
    (first, second) = memory.values.links
    # A tag offers how often.
    texts = {tag.text for tag in window.link_tags.tags()}
    assert any("the last time" in text for text in texts)
    for shown in list(window.links.shown):
        menu = window.link_tags.menu_of(shown)
        (chosen,) = [action for action in menu.actions() if action.isChecked()]
        assert chosen.text() == ("Once" if shown.link.back else "The last time")
        other = next(a for a in menu.actions() if a.isCheckable() and a is not chosen)
        other.trigger()
    assert {shown.link.passes for shown in window.links.shown} == {2, EVERY_PASS}
    for _ in range(2):
        window.menus.actions["undo_links"].trigger()
    assert memory.values.links == (first, second)
    window.menus.actions["undo_links"].trigger()
    assert memory.values.links == (first,)
    window.links.remove(window.links.shown[0])
    assert memory.values.links == ()
    assert window.link_tags.tags() == []
    window.menus.actions["undo_links"].trigger()
    assert memory.values.links == (first,)
    assert second != first
    # By keys, where the player is.
    window.links.as_printed()
    for x, key in (
        (single.system(1, 2) + 400, Qt.Key.Key_BracketRight),
        (single.system(1, 1) + 400, Qt.Key.Key_BracketLeft),
    ):
        place = single.strip.to_page(x)
        window.turner.point(place.page, place.x, place.y)
        single.key(key)
    assert [shown.link.back for shown in window.links.shown] == [True]
    single.key(Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert [shown.link.enter == END for shown in window.links.shown] == [False, True]
    single.key(Qt.Key.Key_J)
    assert not window.link_menu.bar.isHidden()
    single.key(Qt.Key.Key_Escape)
    assert window.link_menu.bar.isHidden()
    # What older versions kept as repeats are links.
    window.links.as_printed()
    start, end = (Place(p.page, p.x, p.y) for p in map(single.strip.to_page, (300.0, 900.0)))
    memory.change(repeats=(OwnRepeat(start, end),))
    window.links._take_over()
    assert memory.values.repeats == ()
    assert [(own.leave, own.enter, own.passes) for own in memory.values.links] == [(end, start, 1)]


def test_it_stays_where_it_is_when_systems_are_corrected(qtbot: QtBot, single: Player) -> None:
    window = single.window
    draw(single, single.system(2, 4) + 400, single.system(1, 3) + 400)
    (before,) = window.links.shown
    score = window.open_score.score
    score.corrections.remove(1, score.systems[1], 0)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.library.read_anew()
    list(window.open_score.score.read())
    after = Player(window)
    (shown,) = window.links.shown
    assert shown.own == before.own
    assert shown.link.leave < before.link.leave  # a system less before it
    for x, place in ((shown.link.leave, before.own.leave), (shown.link.enter, before.own.enter)):
        there = after.strip.to_page(x)
        assert (there.page, there.x) == (place.page, pytest.approx(place.x_pt, abs=1))
        assert abs(there.y - place.y_pt) < 5
