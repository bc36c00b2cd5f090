"""The bar says what matters most, and forgets nothing that still holds."""

from pytestqt.qtbot import QtBot

from livefollow.viewer.bar import Bar, Matter


def test_of_what_lasts_the_most_important_is_seen(qtbot: QtBot) -> None:
    bar = Bar()
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
    bar = Bar()
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
