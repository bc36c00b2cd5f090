"""The player writes on the pages in the real window: strokes stay, pages keep still, nobody else is disturbed."""

import math
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from livefollow.follow.position import State
from livefollow.score.annotations.kinds import Annotation, Ink, Stamp, StampKind, Text
from livefollow.viewer.annotations.annotating import HOLD_S
from livefollow.viewer.annotations.hand import PALM_S
from livefollow.viewer.window import MainWindow
from tests.viewer.painted import pixels, wait_for_pictures
from tests.viewer.player import DEMO, Player

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
FIRST, LAST = QPoint(200, 300), QPoint(420, 330)


@pytest.fixture
def pen(qapp: QApplication) -> "Pen":
    return Pen(QPointingDevice.PointerType.Pen)


class Pen:
    """A tablet's pen, or its other end."""

    def __init__(self, end: QPointingDevice.PointerType) -> None:
        ability = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        self._device = QPointingDevice("pen", 7, QInputDevice.DeviceType.Stylus, end, ability, 1, 3)

    def draw(self, window: MainWindow, places: list[tuple[int, int]], pressures: list[float]) -> None:
        kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(places) - 2), QEvent.Type.TabletRelease]
        for kind, place, pressure in zip(kinds, places, pressures, strict=True):
            at = QPointF(*place)
            event = QTabletEvent(kind, self._device, at, at, pressure, 0, 0, 0, 0, 0, NONE, LEFT, LEFT)
            QApplication.sendEvent(window.pages, event)
            assert event.isAccepted()


def written(window: MainWindow, page: int = 1) -> tuple[Annotation, ...]:
    assert window.open_score.annotations
    return window.open_score.annotations.on(page)


def use(window: MainWindow, *actions: str) -> None:
    for action in actions:
        window.menus.actions[action].trigger()


def drag(window: MainWindow, *places: QPoint) -> None:
    QTest.mousePress(window.pages, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(window.pages, place)
    QTest.mouseRelease(window.pages, LEFT, pos=places[-1])


def point_of(window: MainWindow, at: QPoint) -> tuple[float, float]:
    found = window.pages.to_page(QPointF(at))
    assert found
    return found[1:]


def test_drawn_closed_opened_exported_and_read_back(qtbot: QtBot, demo_window: MainWindow, tmp_path: Path) -> None:
    window = demo_window
    use(window, "write", "ink.1")
    drag(window, FIRST, QPoint(300, 310), LAST)
    use(window, "tool.highlighter")
    drag(window, QPoint(200, 400), QPoint(350, 400))
    QTest.keyClick(window, Qt.Key.Key_3)
    QTest.mouseClick(window.pages, LEFT, pos=QPoint(250, 500))
    use(window, "stamp.glasses")
    QTest.mouseClick(window.pages, LEFT, pos=QPoint(350, 500))
    use(window, "tool.text")
    QTest.mouseClick(window.pages, LEFT, pos=QPoint(200, 550))
    QTest.keyClicks(window.annotating.entry, "sehr ruhig 8")
    QTest.keyClick(window.annotating.entry, Qt.Key.Key_Return)
    ink, marked, finger, glasses, words = before = written(window)
    assert isinstance(ink, Ink)
    assert ink.points[0][:2] == pytest.approx(point_of(window, FIRST), abs=0.1)
    assert ink.points[-1][:2] == pytest.approx(point_of(window, LAST), abs=1)
    assert isinstance(marked, Ink)
    assert (ink.highlighter, marked.highlighter) == (False, True)
    assert isinstance(finger, Text)
    assert finger.text == "3"
    assert isinstance(glasses, Stamp)
    assert glasses.kind is StampKind.GLASSES
    assert isinstance(words, Text)
    assert words.text == "sehr ruhig 8"
    original = DEMO.read_bytes()

    window.close_score()
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    assert [type(each) for each in written(window)] == [type(each) for each in before]
    again = written(window)[0]
    assert isinstance(again, Ink)
    assert np.allclose(again.points, ink.points, atol=0.006)

    out = tmp_path / "copy.pdf"
    window.annotating.copy(out)
    qtbot.waitUntil(lambda: out.exists() and not window.annotating._threads, timeout=60_000)
    assert DEMO.read_bytes() == original
    with pymupdf.open(out) as document:
        page = document[0]  # kept: annotations do not outlive their page
        found = list(page.annots())
        assert [each.type[1] for each in found] == ["Ink", "Ink", "FreeText", "Stamp", "FreeText"]
        assert [found[i].info["content"] for i in (2, 4)] == ["3", "sehr ruhig 8"]
        assert found[0].colors["stroke"] == pytest.approx(
            [int("c8", 16) / 255, int("28", 16) / 255, int("1e", 16) / 255]
        )
        assert found[0].vertices[0][0] == pytest.approx(ink.points[0][:2], abs=0.1)


def test_annotations_are_seen_on_every_paper(demo_window: MainWindow) -> None:
    window = demo_window
    wait_for_pictures(window.pages)
    for paper in ("white", "sepia", "night"):
        use(window, f"paper.{paper}")
        wait_for_pictures(window.pages)
        clean = pixels(window.pages)
        assert window.open_score.annotations
        ink = Ink(((50, 60, 3), (500, 60, 3)), "#1a1a1a")
        marked = Ink(((50, 100, 10), (500, 100, 10)), "#ffe14d", highlighter=True)
        window.open_score.annotations.change({1: (ink, marked)})
        wait_for_pictures(window.pages)
        pane = window.pages.panes()[0]
        now = pixels(window.pages)
        for y, least in ((60, 120), (100, 40)):
            row, column = round(pane.to_screen(0, y)[1]), round(pane.to_screen(60, 0)[0])
            assert np.abs(now[row, column] - clean[row, column]).max() > least
        window.open_score.annotations.undo()


def test_they_stay_in_place_at_any_size_and_on_a_turned_page(demo_window: MainWindow) -> None:
    window = demo_window
    use(window, "write")
    drag(window, FIRST, LAST)
    (ink,) = written(window)
    assert isinstance(ink, Ink)
    layer = window.annotating._layer
    for zoom in (1.0, 2.0, 0.5):
        window.pages.set_zoom(zoom)
        at = layer.on_screen(1, *ink.points[0][:2])
        assert at
        assert layer.on_page(1, at) == pytest.approx(ink.points[0][:2], abs=0.01) or zoom > 1  # may be scrolled away
    assert window.open_score.score
    window.pages.set_zoom(1.0)
    width, height = window.open_score.score.document.page_size(1)
    window.open_score.score.document.turn(1, 1)
    window.pages.renew(1)
    assert window.pages.store
    store = window.pages.store
    for _ in range(200):
        QTest.qWait(20)
        if store.size(1) == pytest.approx((height, width)):
            break
    at = layer.on_screen(1, *ink.points[0][:2])
    assert at
    found = window.pages.to_page(at)
    assert found
    assert found[1:] == pytest.approx((height - ink.points[0][1], ink.points[0][0]), abs=0.5)


def test_undo_redo_and_their_keys(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    use(window, "write")
    drag(window, FIRST, LAST)
    drag(window, QPoint(200, 500), QPoint(400, 500))
    player.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(written(window)) == 1
    player.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(written(window)) == 2
    player.key(Qt.Key.Key_Escape)
    assert not window.annotating.on
    player.key(Qt.Key.Key_PageDown)
    turned = player.pages
    player.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # means a turn again
    assert player.pages != turned
    assert len(written(window)) == 2


def test_the_eraser_takes_whole_strokes_in_one_step(demo_window: MainWindow) -> None:
    window = demo_window
    use(window, "write")
    for y in (300, 320, 500):
        drag(window, QPoint(200, y), QPoint(400, y))
    use(window, "tool.eraser")
    drag(window, QPoint(300, 280), QPoint(300, 400))  # in one leap, over two strokes
    (left,) = written(window)
    assert isinstance(left, Ink)
    assert left.points[0][1] == pytest.approx(point_of(window, QPoint(200, 500))[1], abs=0.5)
    use(window, "undo_writing")
    assert len(written(window)) == 3


def test_a_pen_draws_with_its_pressure_and_erases_with_its_other_end(demo_window: MainWindow, pen: Pen) -> None:
    window = demo_window
    use(window, "write")
    places = [(200 + 10 * k, 300) for k in range(20)]
    pen.draw(window, places, [k / 20 for k in range(20)])
    (ink,) = written(window)
    assert isinstance(ink, Ink)
    widths = [width for _, _, width in ink.points]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]
    Pen(QPointingDevice.PointerType.Eraser).draw(window, [(300, 280), (300, 300), (300, 320)], [0.5] * 3)
    assert written(window) == ()


def finger(window: MainWindow, kind: QEvent.Type, place: QPoint) -> None:
    ability = QInputDevice.Capability.Position
    device = QPointingDevice(
        "screen", 9, QInputDevice.DeviceType.TouchScreen, QPointingDevice.PointerType.Finger, ability, 10, 0
    )
    at = QPointF(place)
    held = LEFT if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    QApplication.sendEvent(window.pages, QMouseEvent(kind, at, at, at, button, held, NONE, device))


def test_the_hand_that_holds_the_pen_draws_nothing(demo_window: MainWindow, pen: Pen) -> None:
    window = demo_window
    now = [100.0]
    window.annotating.hand._clock = lambda: now[0]
    use(window, "write")
    press = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)

    def touch() -> None:
        for kind, place in zip(press, (FIRST, LAST, LAST), strict=True):
            finger(window, kind, place)

    touch()
    assert len(written(window)) == 1  # a finger draws while there is no pen
    pen.draw(window, [(200, 500), (300, 500), (320, 500)], [0.5] * 3)
    touch()
    assert len(written(window)) == 2
    now[0] += PALM_S + 0.1
    touch()
    assert len(written(window)) == 3


def test_clicks_mean_places_again_once_the_player_has_stopped_writing(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    use(window, "write")
    QTest.mouseClick(window.pages, LEFT, pos=FIRST)
    assert player.put == []
    assert len(written(window)) == 1
    use(window, "stop_writing")
    QTest.mouseClick(window.pages, LEFT, pos=FIRST)
    assert len(player.put) == 1
    assert len(written(window)) == 1


def test_no_page_turns_while_the_player_writes(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    now = [100.0]
    window.annotating.hand._clock = lambda: now[0]
    use(window, "layout.single", "write")
    drag(window, FIRST, LAST)
    before = player.pages
    end = player.system(2, 1)
    player.play(end - 300, end + 300, 8)
    assert player.pages == before
    assert window.following.position
    assert window.following.position.page == 2  # following has gone on
    now[0] += HOLD_S + 1  # the pencil was forgotten, and the player plays on
    player.play(end + 300, end + 500, 3)
    assert player.pages[0] == 2


def test_a_pedal_turns_when_the_pen_is_lifted_and_not_below_it(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    use(window, "layout.single", "write")
    QTest.mousePress(window.pages, LEFT, pos=FIRST)
    QTest.mouseMove(window.pages, QPoint(300, 320))
    before = window.pages.view
    player.key(Qt.Key.Key_PageDown)
    assert window.pages.view == before
    QTest.mouseMove(window.pages, LAST)
    QTest.mouseRelease(window.pages, LEFT, pos=LAST)
    assert len(written(window, 1)) == 1
    assert written(window, 2) == ()
    assert player.pages[0] == 2


def test_a_loop_does_not_go_back_under_the_pen(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    practice = window.add_practice()
    start, end = player.system(1, 2), player.system(1, 3)
    window.turner.to_x(start)
    practice.looping.loop_from_here()
    window.turner.to_x(end)
    practice.looping.loop_to_here()
    player.put.clear()
    use(window, "write")
    player.play(start + 100, end + 100, 5)
    assert player.put == []


def test_digits_and_stamps_are_placed_by_a_click(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    for digit in (Qt.Key.Key_1, Qt.Key.Key_5):
        player.key(digit)  # begins to write, too
        QTest.mouseClick(window.pages, LEFT, pos=FIRST)
    texts = [each.text for each in written(window) if isinstance(each, Text)]
    assert texts == ["1", "5"]
    one = written(window)[0]
    assert isinstance(one, Text)
    x, y = point_of(window, FIRST)
    assert (one.x + one.width / 2, one.y) == pytest.approx((x, y), abs=0.5)
    use(window, "stamp.bracket")
    drag(window, QPoint(300, 400), QPoint(302, 450), QPoint(302, 600))
    bracket = written(window)[-1]
    assert isinstance(bracket, Stamp)
    top, bottom = point_of(window, QPoint(300, 400))[1], point_of(window, QPoint(300, 600))[1]
    assert bracket.height == pytest.approx(bottom - top, abs=0.5)
    assert bracket.y == pytest.approx((top + bottom) / 2, abs=0.5)


def test_a_text_can_be_changed_cancelled_and_removed(demo_window: MainWindow) -> None:
    window, entry = demo_window, demo_window.annotating.entry
    use(window, "tool.text")
    QTest.mouseClick(window.pages, LEFT, pos=FIRST)
    QTest.keyClicks(entry, "dolce")
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    assert written(window) == ()
    QTest.mouseClick(window.pages, LEFT, pos=FIRST)
    before = window.pages.view
    QTest.keyClicks(entry, "dolce e")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert window.pages.view == before  # space and Return have not turned the page
    QTest.mouseClick(window.pages, LEFT, pos=FIRST + QPoint(10, 0))
    assert entry.text() == "dolce e"
    entry.setText("dolce")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    (text,) = written(window)
    assert isinstance(text, Text)
    assert text.text == "dolce"
    QTest.mouseClick(window.pages, LEFT, pos=FIRST + QPoint(10, 0))
    entry.setText("")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert written(window) == ()


def test_a_score_closed_in_the_middle_of_a_stroke_keeps_it(qtbot: QtBot, demo_window: MainWindow) -> None:
    window = demo_window
    use(window, "write")
    QTest.mousePress(window.pages, LEFT, pos=FIRST)
    QTest.mouseMove(window.pages, LAST)
    window.close_score()
    assert not window.annotating.on
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(DEMO)
    assert len(written(window)) == 1


def test_annotations_of_the_pdf_are_taken_over_and_can_be_erased(
    qtbot: QtBot, demo_window: MainWindow, tmp_path: Path
) -> None:
    window = demo_window
    use(window, "write")
    drag(window, FIRST, LAST)
    use(window, "stop_writing")
    copy = tmp_path / "copy.pdf"
    window.annotating.copy(copy)
    qtbot.waitUntil(lambda: copy.exists() and not window.annotating._threads, timeout=60_000)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(copy)
    wait_for_pictures(window.pages)
    inked = pixels(window.pages)
    assert written(window) == ()
    use(window, "take_over")
    qtbot.waitUntil(lambda: len(written(window)) == 1, timeout=60_000)
    (ink,) = written(window)
    assert isinstance(ink, Ink)
    place = window.annotating._layer.on_screen(1, *ink.points[-1][:2])
    assert place
    assert not window.menus.actions["take_over"].isEnabled()
    wait_for_pictures(window.pages)
    assert np.abs(pixels(window.pages) - inked).mean() < 1  # as it was, and not twice
    use(window, "clear_page")
    wait_for_pictures(window.pages)
    empty = pixels(window.pages)
    x, y = round(place.x()), round(place.y())
    around = np.s_[y - 12 : y + 12, x - 3 : x + 3]
    assert np.abs(empty[around] - inked[around]).max() > 100
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(copy)
    assert window.open_score.score
    assert not window.open_score.score.document.own_annotations_shown
    use(window, "undo_writing")
    assert written(window) == ()


def test_undo_of_taking_over_shows_the_pdf_as_it_was(qtbot: QtBot, demo_window: MainWindow, tmp_path: Path) -> None:
    window = demo_window
    use(window, "write")
    drag(window, FIRST, LAST)
    copy = tmp_path / "copy.pdf"
    window.annotating.copy(copy)
    qtbot.waitUntil(lambda: copy.exists() and not window.annotating._threads, timeout=60_000)
    with qtbot.waitSignal(window.open_score.opened, timeout=60_000):
        window.openings.open(copy)
    use(window, "take_over")
    qtbot.waitUntil(lambda: len(written(window)) == 1, timeout=60_000)
    assert window.open_score.score
    document = window.open_score.score.document
    assert not document.own_annotations_shown
    use(window, "undo_writing")
    assert document.own_annotations_shown
    use(window, "redo_writing")
    assert not document.own_annotations_shown


def test_without_any_to_take_over_it_is_said(qtbot: QtBot, demo_window: MainWindow) -> None:
    use(demo_window, "take_over")
    qtbot.waitUntil(lambda: "no annotations" in demo_window.bar.messages.text, timeout=30_000)
    assert demo_window.menus.actions["take_over"].isEnabled()


def test_only_what_a_stroke_touches_is_repainted(demo_window: MainWindow) -> None:
    window = demo_window
    use(window, "write")
    wait_for_pictures(window.pages)
    painted: list[float] = []
    window.pages.overlays.append(lambda painter, _: painted.append(painter.clipBoundingRect().width()))
    QTest.mousePress(window.pages, LEFT, pos=FIRST)
    for k in range(1, 40):
        QTest.mouseMove(window.pages, FIRST + QPoint(4 * k, round(10 * math.sin(k))))
        QTest.qWait(1)
    QTest.mouseRelease(window.pages, LEFT, pos=LAST)
    assert painted
    assert max(painted[:-1]) < window.pages.width() / 3


def test_the_player_follows_while_a_stroke_is_drawn(demo_window: MainWindow, player: Player) -> None:
    window = demo_window
    use(window, "write")
    QTest.mousePress(window.pages, LEFT, pos=FIRST)
    start = player.system(1, 1)
    player.play(start + 50, start + 200, 2, State.FOLLOWING)
    assert window.following.position
    assert window.following.position.strip_x == pytest.approx(start + 200, abs=5)
    QTest.mouseRelease(window.pages, LEFT, pos=FIRST)


def test_what_is_written_costs_nothing_while_the_player_plays(demo_window: MainWindow) -> None:
    window = demo_window
    use(window, "write")
    drag(window, FIRST, LAST)
    wait_for_pictures(window.pages)
    assert 1 not in window.pages.written_in  # drawn stroke by stroke
    while_writing = pixels(window.pages)
    use(window, "stop_writing", "write")
    wait_for_pictures(window.pages)
    assert np.array_equal(pixels(window.pages), while_writing)
    use(window, "stop_writing")
    wait_for_pictures(window.pages)
    assert 1 in window.pages.written_in  # part of the picture


def test_a_picture_with_annotations_looks_like_one_on_which_they_are_drawn(demo_window: MainWindow) -> None:
    window = demo_window
    assert window.open_score.annotations
    ink = Ink(((80, 60, 3), (500, 90, 1)), "#0062a8")
    marked = Ink(((80, 200, 10), (500, 210, 10)), "#ffe14d", highlighter=True)
    window.open_score.annotations.change({1: (ink, marked, Text(100, 300, "dolce", 14, 40, "#c8281e"))})
    window.annotating._layer.writing = True
    window.pages.update()
    wait_for_pictures(window.pages)
    drawn = pixels(window.pages)
    assert 1 not in window.pages.written_in
    window.annotating._layer.writing = False
    window.pages.update()
    wait_for_pictures(window.pages)
    made = pixels(window.pages)
    assert 1 in window.pages.written_in
    assert np.abs(drawn - made).mean() < 0.05


def test_the_next_piece_of_a_setlist_waits_for_the_pen(
    qtbot: QtBot, demo_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, opened = demo_window, list[int]()
    monkeypatch.setattr(window.library.setlist, "step", opened.append)
    window.library._next.setInterval(30)
    use(window, "write")
    window.library._next.start()
    qtbot.wait(150)
    assert opened == []
    use(window, "stop_writing")
    qtbot.waitUntil(lambda: opened == [1])


def test_the_cross_stays_while_the_mouse_moves_over_the_page(demo_window: MainWindow) -> None:
    window = demo_window
    use(window, "write")
    for k in range(5):
        QTest.mouseMove(window.pages, QPoint(200 + 10 * k, 300))
    assert window.pages.cursor().shape() == Qt.CursorShape.CrossCursor
    use(window, "stop_writing")
    assert window.pages.cursor().shape() == Qt.CursorShape.ArrowCursor
