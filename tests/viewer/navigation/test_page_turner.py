"""Pages turn on the follower's word and on the player's, which counts more."""

from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from livefollow.follow.position import State
from livefollow.turning.view import Layout, Spot
from livefollow.viewer.window import MainWindow
from tests.viewer.player import DEMO, Agent, Player, reading_of

PREFACE = Path(__file__).parents[2] / "data" / "preface.pdf"


@pytest.fixture
def reopened(qtbot: QtBot, player: Player) -> Player:
    """On the demo, left on its third page and opened anew."""
    window = player.window
    window.menus.actions["layout.single"].trigger()
    window.turner.turn(1)
    window.turner.turn(1)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    assert window.open_score.score
    list(window.open_score.score.read())
    return Player(window)


def test_in_portrait_the_upper_half_shows_the_next_page(player: Player) -> None:
    player.play(0, player.system(1, 5), 40)
    view = player.window.pages.view
    assert view
    assert (view.page, view.other, view.spot) == (1, 2, Spot.UPPER)
    player.play(player.system(1, 5), player.system(2, 2), 30)
    assert player.pages == (2, 0)
    assert "2" in player.window.bar.place.text()


def test_on_a_wide_screen_two_pages_are_seen(qtbot: QtBot, player: Player) -> None:
    player.window.resize(1400, 800)
    qtbot.waitUntil(lambda: player.pages == (1, 2))
    assert player.window.open_score.stage
    assert player.window.open_score.stage.layout is Layout.TWO


def test_single_pages_are_turned_in_time(player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    end = player.system(2, 1)
    player.play(end - 800, end - 30, 20)
    assert player.pages == (2, 0)


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space])
def test_a_pedal_turns(player: Player, key: Qt.Key) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.key(key)
    assert player.pages == (2, 0)


def test_pedals_go_back_and_turns_are_undone(player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.key(Qt.Key.Key_PageDown)
    player.key(Qt.Key.Key_PageDown)
    player.key(Qt.Key.Key_PageUp)
    assert player.pages == (2, 0)
    player.key(Qt.Key.Key_Backspace)
    assert player.pages == (3, 0)


def test_a_pedal_that_is_held_down_turns_once(player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.key(Qt.Key.Key_PageDown)
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "", autorep=True, count=1
    )
    for _ in range(5):
        QApplication.sendEvent(player.window, held)
    assert player.pages == (2, 0)
    keys = {"forward", "back", "undo_turn"}
    assert not any(player.window.menus.actions[name].autoRepeat() for name in keys)


def test_after_the_hand_the_follower_goes_on_from_what_is_seen(player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.play(100, 300, 5)
    player.window.turner.turn(1)
    assert [place[0] for place in player.put] == [2]
    player.play(300, 320, 1)  # the follower has not gone there yet
    assert player.pages == (2, 0)


def test_who_turns_early_at_the_end_of_a_page_plays_on(player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.play(player.system(1, 6), player.system(1, 6) + 100, 4)
    player.window.turner.turn(1)
    assert player.put == []
    assert player.pages == (2, 0)


def test_a_click_is_where_the_player_goes_on(qtbot: QtBot, player: Player) -> None:
    (pane,) = player.window.pages.panes()
    at = pane.to_screen(300, 400)
    qtbot.mouseClick(player.window.pages, Qt.MouseButton.LeftButton, pos=QPoint(round(at[0]), round(at[1])))
    page, x, y = player.put[0]
    assert (page, x, y) == (1, pytest.approx(300, abs=1.5), pytest.approx(400, abs=1.5))
    assert player.window.pages.highlight_x == pytest.approx(300, abs=8)
    player.play(0, 1, 1, State.WAITING)  # the highlight stays where they pointed until they play
    assert player.window.pages.highlight_x == pytest.approx(300, abs=8)


def test_a_click_on_what_is_not_read_is_a_sentence(player: Player) -> None:
    player.window.turner.follow(Agent(reading_of(100)), lambda page, x, y: False)
    player.window.turner.point(1, 300, 400)
    assert "not been read" in player.window.bar.sentence.text()


def test_home_is_the_first_note(player: Player) -> None:
    player.play(player.system(3, 1), player.system(3, 2), 20)
    player.key(Qt.Key.Key_Home)
    assert player.put[-1][0] == 1
    assert player.pages[0] == 1


def test_turning_by_itself_can_be_switched_off(player: Player) -> None:
    player.window.menus.actions["layout.single"].trigger()
    player.window.menus.actions["turn_by_itself"].setChecked(False)
    player.play(player.system(1, 6), player.system(2, 2), 30)
    assert player.pages == (1, 0)
    assert player.window.following.position


def test_a_score_opens_where_the_follower_waits_and_offers_the_page_on_which_it_was_left(
    qtbot: QtBot, reopened: Player
) -> None:
    player, chip = reopened, reopened.window.turner.chip
    assert player.pages == (1, 0)
    assert chip.isVisible()
    assert chip.text() == "&Continue on page 3"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert player.pages == (3, 0)
    assert not chip.isVisible()
    assert player.put[-1] == (3, pytest.approx(player.first_note(3)), pytest.approx(player.put[-1][2]))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_offer_is_taken_with_the_keyboard(qtbot: QtBot, reopened: Player, key: Qt.Key) -> None:
    chip = reopened.window.turner.chip
    assert chip.focusPolicy() & Qt.FocusPolicy.TabFocus
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, key)
    assert reopened.pages == (3, 0)
    assert not chip.hasFocus()


def test_the_offer_is_gone_once_one_plays_and_stays_while_one_only_looks(reopened: Player) -> None:
    chip, memory = reopened.window.turner.chip, reopened.window.open_score.memory
    assert memory
    reopened.play(80, 80, 5, State.WAITING)
    reopened.window.turner.turn(1)
    assert chip.isVisible()
    assert memory.values.page == 3
    reopened.play(reopened.system(2, 1), reopened.system(2, 2), 5)
    assert not chip.isVisible()
    reopened.window.turner.turn(-1)
    assert memory.values.page == 1


def test_a_page_taken_before_it_is_read_has_the_follower_as_soon_as_it_is(qtbot: QtBot, player: Player) -> None:
    window, turner = player.window, player.window.turner
    window.menus.actions["layout.single"].trigger()
    turner.turn(1)
    turner.turn(1)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    put: list[int] = []

    def place(page: int, x: float, y: float) -> bool:
        put.append(page)
        return True

    turner.follow(Agent(reading_of(100)), place)
    turner.chip.click()
    assert window.open_score.score
    for page in window.open_score.score.read():
        turner.read()
        assert put == ([3] if page.number == 3 else [])
    assert window.open_score.stage
    assert window.open_score.stage.page == 3


def test_the_follower_is_told_what_is_seen(player: Player) -> None:
    seen: list[list[tuple[float, float]]] = []

    class Looking(Agent):
        def show_spans(self, spans: list[tuple[float, float]]) -> None:
            seen.append(spans)

    player.window.menus.actions["layout.single"].trigger()
    player.window.turner.follow(Looking(reading_of(player.strip.width)), lambda page, x, y: True)
    assert (seen[-1][0][0], seen[-1][-1][1]) == (0, player.system(2, 1))
    player.key(Qt.Key.Key_PageDown)
    assert (seen[-1][0][0], seen[-1][-1][1]) == (player.system(2, 1), player.system(3, 1))


def test_zoomed_in_a_pedal_moves_by_a_screenful_and_turns_at_the_end(player: Player) -> None:
    window, page = player.window, player.window.pages
    for _ in range(4):
        window.view_menu.zoom(1)
    seen: list[tuple[int, float, float]] = []
    for _ in range(20):
        (pane,) = page.panes()
        seen.append((pane.page, pane.to_page(0, 0)[1], pane.to_page(0, pane.height)[1]))
        if pane.page == 3:
            break
        player.key(Qt.Key.Key_PageDown)
    assert seen[-1][0] == 3
    for place in player.strip.placements:
        s = place.system
        if s.page < 3:
            assert any(n == s.page and top <= s.top and s.bottom <= bottom for n, top, bottom in seen), place
    player.key(Qt.Key.Key_PageUp)
    (pane,) = page.panes()
    last = max(p.system.bottom for p in player.strip.placements if p.system.page == 2)
    assert (pane.page, pane.to_page(0, pane.height)[1] > last) == (2, True)


def test_zoomed_in_what_the_hand_has_moved_to_stays_until_the_next_system(player: Player) -> None:
    for _ in range(4):
        player.window.view_menu.zoom(1)
    player.play(player.system(1, 1) + 80, player.system(1, 1) + 200, 3)
    player.key(Qt.Key.Key_PageDown)
    (moved,) = player.window.pages.panes()
    player.play(player.system(1, 1) + 200, player.system(1, 1) + 300, 3)
    assert player.window.pages.panes() == (moved,)
    player.play(player.system(1, 2) + 80, player.system(1, 2) + 100, 1)
    (pane,) = player.window.pages.panes()
    system = next(p.system for p in player.strip.placements if p.number == 2)
    assert pane.to_page(0, 0)[1] <= system.top


def test_covers_and_prefaces_are_turned_over(qtbot: QtBot, demo_window: MainWindow) -> None:
    window = demo_window
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(PREFACE)
    window.menus.actions["layout.single"].trigger()
    assert window.open_score.score
    pages = [page.number for page in window.open_score.score.read() if window.open_score.score.systems[page.number]]
    window.turner.read()
    assert window.pages.view
    assert window.pages.view.page == pages[0] > 1


def test_fit_width_goes_on_by_system_and_moves_nothing_that_is_played(player: Player) -> None:
    window = player.window
    window.resize(1200, 700)
    window.menus.actions["layout.width"].trigger()
    assert window.pages.by_system
    heights: dict[int, float] = {}
    placements = list(player.strip.placements)
    for index, place in enumerate(placements):
        for x in range(place.x0 + 5, place.x1 - 5, 40):
            player.play(x, x + 40, 0.4)
            panes = window.pages.panes()
            middle = (place.system.top + place.system.bottom) / 2
            shown = [p for p in panes if p.page == place.system.page and p.holds(p.left, p.to_screen(0, middle)[1])]
            assert len(shown) == 1
            y = shown[0].to_screen(0, middle)[1]
            assert heights.setdefault(index, y) == y
        if index + 1 < len(placements):
            after = placements[index + 1].system
            assert any(p.page == after.page and p.holds(p.left, p.to_screen(0, after.top)[1]) for p in panes)
    window.menus.actions["layout.single"].trigger()
    assert len(window.pages.panes()) == 1
    assert window.pages.panes()[0].page == placements[-1].system.page
    # By hand it is turned system by system.
    window.menus.actions["layout.width"].trigger()
    window.turner.to_page(1)
    window.pages.show_system(0)
    first = list(window.pages.rolling.places)
    window.menus.actions["forward"].trigger()
    assert window.pages.rolling.places[0] == first[-1]
    window.menus.actions["back"].trigger()
    assert window.pages.rolling.places == first
    window.turner.to_page(2)
    assert window.pages.panes()[0].page == 2
    pane = window.pages.panes()[0]
    place = next(p for p in player.strip.placements if p.system.page == 2)
    at = window.pages.to_page(QPointF(*pane.to_screen(300, place.system.top)) / window.pages.devicePixelRatioF())
    assert at == pytest.approx((2, 300, place.system.top), abs=1)
