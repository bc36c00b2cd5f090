"""The bar says what matters most, and forgets nothing that still holds."""

from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.widgets.status_bar import DISPENSABLE, NEEDED, Matter, StatusBar


def test_of_what_lasts_the_most_important_is_seen(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.insist(Matter.READING, "Read 1 of 3 pages")
    bar.insist(Matter.SOUND, "no microphone")
    bar.insist(Matter.READING, "Read 2 of 3 pages")
    assert bar.sentence.text() == "no microphone"
    bar.insist(Matter.FAILURE, "something went wrong")
    assert bar.sentence.text() == "something went wrong"
    bar.insist(Matter.FAILURE, "")
    bar.say("in passing")
    assert bar.sentence.text() == "in passing"
    bar.say("")
    assert bar.sentence.text() == "no microphone"
    bar.insist(Matter.SOUND, "")
    assert bar.sentence.text() == "Read 2 of 3 pages"
    bar.forget()
    assert bar.sentence.text() == ""


def test_a_sentence_that_is_too_long_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(500, 30)
    bar.show()
    bar.say("short")
    assert bar.sentence.shown() == "short"
    long = "The microphone has said nothing for some seconds: is it plugged in, and is it the one that the menu names?"
    bar.say(long)
    assert bar.sentence.shown().endswith("…")
    assert long.startswith(bar.sentence.shown()[:-1])
    assert bar.sentence.text() == bar.sentence.toolTip() == long
    bar.resize(2000, 30)
    assert bar.sentence.shown() == long


def test_a_narrow_bar_leaves_out_what_matters_least(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    readout, clock, hidden = QLabel("12 ms (p99 30) · 10 % CPU"), QLabel("Recording 0:12"), QLabel("not now")
    bar.add_widget(readout, DISPENSABLE)
    bar.add_widget(clock, NEEDED)
    bar.add_widget(hidden, NEEDED)
    hidden.hide()
    bar.show_state(Shown.EXPECTING, "Waiting for you at bar 128")
    bar.show_place("Bar 128 · Page 12 + 13 of 20")
    bar.show()

    def seen(width: int) -> list[bool]:
        bar.resize(width, 30)
        return [w.isVisible() for w in (clock, bar.place, readout, hidden)]

    assert seen(1000) == [True, True, True, False]
    assert seen(620) == [True, True, False, False]
    assert seen(380) == [True, False, False, False]
    assert bar.width() == 380  # it asks for no more room
    assert seen(1000) == [True, True, True, False]
    hidden.show()
    assert hidden.isVisible()
    assert bar.words.accessibleDescription() == bar.words.text()


def test_a_sentence_has_the_room_of_what_matters_less(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_state(Shown.FOLLOWING, "Following", 95)
    bar.resize(520, 30)
    bar.show()
    assert bar.confidence.isVisible()
    bar.say("The film is ready, and lies beside its recording.")
    assert not bar.confidence.isVisible()
    assert bar.sentence.fits
    bar.say("")
    assert bar.confidence.isVisible()
    bar.show_state(Shown.FINISHED, "Finished")
    assert not bar.confidence.isVisible()  # there is none
