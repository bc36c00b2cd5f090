"""Mouse, wheel and fingers mean what the player means by them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PyQt6.QtWidgets import QApplication, QGestureEvent, QPinchGesture
from pytestqt.qtbot import QtBot

from livefollow.score.document import Document
from livefollow.viewer.pages.gestures import BACK, FORWARD, WHEEL_REST_S, Gestures
from livefollow.viewer.pages.page_view import PageView

DEMO = Path(__file__).parents[3] / "assets" / "demo" / "score.pdf"
LEFT = Qt.MouseButton.LeftButton


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pages(qtbot: QtBot) -> Iterator[PageView]:
    with Document(DEMO) as document:
        pages = PageView()
        qtbot.addWidget(pages)
        pages.resize(1000, 700)
        pages.show()
        pages.open(document)
        yield pages
        pages.close_document()


@pytest.fixture
def seen(pages: PageView, clock: Clock) -> list[object]:
    """What was understood, in order."""
    out: list[object] = []
    gestures = Gestures(pages, clock)
    gestures.turned.connect(out.append)
    gestures.pointed.connect(lambda *place: out.append(tuple(round(v) for v in place)))
    gestures.zoomed.connect(lambda way: out.append(("zoom", way)))
    gestures.pinch_began.connect(lambda: out.append("two fingers"))
    gestures.pinched.connect(lambda factor, at, way: out.append((factor, at, way)))
    gestures.pinch_ended.connect(lambda: out.append("off"))
    return out


def roll(pages: PageView, dy: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    at = QPointF(500, 350)
    event = QWheelEvent(at, at, QPoint(), QPoint(0, dy), none, modifiers, phase, False)
    QApplication.sendEvent(pages, event)


def test_a_click_on_the_score_is_a_place(qtbot: QtBot, pages: PageView, seen: list[object]) -> None:
    (pane,) = pages.panes()
    qtbot.mouseClick(pages, LEFT, pos=QPoint(*(round(v) for v in pane.to_screen(200, 300))))
    page, x, y = seen[0]
    assert (page, x, y) == (1, pytest.approx(200, abs=2), pytest.approx(300, abs=2))


def test_a_click_beside_the_page_turns(qtbot: QtBot, pages: PageView, seen: list[object]) -> None:
    qtbot.mouseClick(pages, LEFT, pos=QPoint(20, 300))
    qtbot.mouseClick(pages, LEFT, pos=QPoint(980, 300))
    assert seen == [BACK, FORWARD]


def test_a_swipe_turns_and_points_nowhere(qtbot: QtBot, pages: PageView, seen: list[object], clock: Clock) -> None:
    for start, end in ((600, 450), (450, 600)):
        qtbot.mousePress(pages, LEFT, pos=QPoint(start, 300))
        clock.now += 0.2
        qtbot.mouseRelease(pages, LEFT, pos=QPoint(end, 310))
    assert seen == [FORWARD, BACK]


def test_a_slow_or_slanting_move_means_nothing(qtbot: QtBot, pages: PageView, seen: list[object], clock: Clock) -> None:
    qtbot.mousePress(pages, LEFT, pos=QPoint(600, 300))
    clock.now += 2
    qtbot.mouseRelease(pages, LEFT, pos=QPoint(450, 300))
    qtbot.mousePress(pages, LEFT, pos=QPoint(600, 300))
    qtbot.mouseRelease(pages, LEFT, pos=QPoint(520, 400))
    assert seen == []


def test_a_notch_of_the_wheel_is_one_turn(pages: PageView, seen: list[object], clock: Clock) -> None:
    roll(pages, -120)
    roll(pages, -120)  # the same movement
    assert seen == [FORWARD]
    clock.now += WHEEL_REST_S + 0.01
    roll(pages, 120)
    assert seen == [FORWARD, BACK]


def test_a_touchpad_turns_after_as_much_as_a_notch(pages: PageView, seen: list[object]) -> None:
    for _ in range(7):
        roll(pages, -15)
    assert seen == []
    roll(pages, -15)
    assert seen == [FORWARD]


def test_with_ctrl_the_wheel_zooms(pages: PageView, seen: list[object]) -> None:
    roll(pages, 120, Qt.KeyboardModifier.ControlModifier)
    assert seen == [("zoom", FORWARD)]


def test_on_a_large_page_the_wheel_scrolls_first(pages: PageView, seen: list[object], clock: Clock) -> None:
    pages.set_zoom(2)
    roll(pages, -120)
    assert seen == []
    for _ in range(40):
        clock.now += 1
        roll(pages, -120)
    assert FORWARD in seen


class Fingers(QPinchGesture):
    """Two fingers, as Qt recognises them; its state is set by Qt alone."""

    now = Qt.GestureState.GestureStarted

    def state(self) -> Qt.GestureState:
        return self.now


def test_two_fingers_zoom_and_move_and_the_first_of_them_is_no_tap(
    qtbot: QtBot, pages: PageView, seen: list[object]
) -> None:
    fingers = Fingers()
    centre = QPointF(pages.mapToGlobal(QPoint(400, 300)))
    qtbot.mousePress(pages, LEFT, pos=QPoint(380, 300))
    for state, factor, moved in (
        (Qt.GestureState.GestureStarted, 1.0, 0),
        (Qt.GestureState.GestureUpdated, 1.5, 10),
        (Qt.GestureState.GestureFinished, 1.0, 10),
    ):
        fingers.now = state
        fingers.setLastCenterPoint(fingers.centerPoint())
        fingers.setCenterPoint(centre + QPointF(moved, 0))
        fingers.setScaleFactor(factor)
        QApplication.sendEvent(pages, QGestureEvent([fingers]))
    qtbot.mouseRelease(pages, LEFT, pos=QPoint(380, 300))
    at = QPointF(400, 300)
    ten = QPointF(10, 0)
    assert seen == ["two fingers", (1.0, at, QPointF()), (1.5, at + ten, ten), (1.0, at + ten, QPointF()), "off"]


def test_a_touchpad_pinches(pages: PageView, seen: list[object]) -> None:
    kind, at = Qt.NativeGestureType, QPointF(300, 200)
    device = QPointingDevice.primaryPointingDevice()
    for gesture, value in ((kind.BeginNativeGesture, 0.0), (kind.ZoomNativeGesture, 0.1), (kind.EndNativeGesture, 0.0)):
        QApplication.sendEvent(pages, QNativeGestureEvent(gesture, device, 2, at, at, at, value, QPointF()))
    assert seen == [(1.1, at, QPointF()), "off"]


def test_momentum_of_a_touchpad_turns_nothing(pages: PageView, seen: list[object]) -> None:
    at, none = QPointF(500, 350), Qt.MouseButton.NoButton
    momentum = Qt.ScrollPhase.ScrollMomentum
    for _ in range(20):
        event = QWheelEvent(
            at, at, QPoint(0, -40), QPoint(0, -40), none, Qt.KeyboardModifier.NoModifier, momentum, False
        )
        QApplication.sendEvent(pages, event)
    assert seen == []


def test_what_is_between_the_fingers_stays_there(pages: PageView) -> None:
    at = QPointF(450, 400)
    before = pages.to_page(at)
    pages.zoom_at(4.0, at, QPointF())
    after = pages.to_page(at)
    assert before
    assert after
    assert after[1:] == pytest.approx(before[1:], abs=2)
    pages.zoom_at(4.0, at + QPointF(30, -40), QPointF(30, -40))
    moved = pages.to_page(at + QPointF(30, -40))
    assert moved
    assert moved[1:] == pytest.approx(before[1:], abs=3)
