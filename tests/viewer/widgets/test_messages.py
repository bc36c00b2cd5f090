"""What is said is read whole, before something else is said, and covers no music that is played."""

from collections.abc import Callable

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from livefollow.viewer.widgets import messages
from livefollow.viewer.widgets.messages import MOST_NEWS, Matter, Messages
from tests.viewer.player import Player

LONG = (
    "Held notes seem to be swallowed: switch off the noise suppression in the system's sound settings, or choose "
    "another input in the menu Sound; the microphone of a laptop may do."
)


@pytest.fixture
def said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Messages:
    """Messages that pass when the test says so."""
    return Messages()


def test_news_are_said_one_after_the_other(said: Messages) -> None:
    for sentence in ("Page 2 cannot be read.", "The film is ready.", "Page 2 cannot be read."):
        said.tell(sentence)
    assert said.text == "Page 2 cannot be read."
    said._timer.timeout.emit()
    assert said.text == "The film is ready."
    said._timer.timeout.emit()
    assert said.text == ""
    for i in range(MOST_NEWS + 3):
        said.tell(f"news {i}")
    assert len(said._news) == MOST_NEWS


def test_an_answer_comes_at_once_and_news_come_back_after_it(said: Messages) -> None:
    said.tell("Page 2 cannot be read.")
    said.answer("The last turn was taken back.")
    said.answer("There is no turn to take back.")
    assert said.text == "There is no turn to take back."
    said._timer.timeout.emit()
    assert said.text == "Page 2 cannot be read."


def test_who_reads_long_sentences_has_time(said: Messages) -> None:
    said.answer("Yes.")
    short = said._timer.interval()
    said.answer(LONG)
    assert said._timer.interval() == messages.MS_PER_LETTER * len(LONG) > short == messages.LEAST_MS


def test_what_lasts_is_urgent_once(said: Messages) -> None:
    said.insist(Matter.READING, "Read 1 of 3 pages")
    assert not said.urgent
    said.insist(Matter.SOUND, LONG)
    assert said.urgent
    said.answer("Yes.")
    said._timer.timeout.emit()
    assert (said.text, said.urgent) == (LONG, True)  # it was not read yet
    said._timer.timeout.emit()
    assert (said.text, said.urgent) == (LONG, False)
    said.answer("Yes.")
    said._timer.timeout.emit()
    assert not said.urgent
    said.remind()
    assert said.urgent
    said.insist(Matter.SOUND, "")
    said.insist(Matter.SOUND, LONG)  # again
    assert said.urgent


def over_page(player: Player) -> bool:
    return player.window.stand.notice.isVisible()


@pytest.mark.parametrize("say", ["say", "tell", "insist"])
def test_in_a_narrow_window_the_whole_sentence_lies_over_the_page(player: Player, say: str) -> None:
    window = player.window
    window.resize(480, 640)
    panes = window.pages.panes()
    notice, pages = window.stand.notice, window.pages.geometry()
    speak: Callable[[str], None] = (
        (lambda sentence: window.bar.insist(Matter.SOUND, sentence)) if say == "insist" else getattr(window.bar, say)
    )
    window.bar.say("Yes.")
    assert not over_page(player)
    window.bar.say("")
    speak(LONG)
    assert over_page(player)
    assert notice.text() == LONG
    inside = notice.contentsRect().width() - 2 * notice.margin()
    needed = QFontMetrics(notice.font()).boundingRect(0, 0, inside, 1 << 14, int(Qt.TextFlag.TextWordWrap), LONG)
    assert notice.contentsRect().height() - 2 * notice.margin() >= needed.height()
    assert pages.contains(notice.geometry())
    assert window.pages.geometry() == pages  # nothing moves
    assert window.pages.panes() == panes
    assert window.bar.sentence.shown() == ""  # not there as well
    window.resize(1900, 640)
    assert not over_page(player)
    assert window.bar.sentence.shown() == window.bar.sentence.accessibleDescription() == LONG


def test_it_lies_where_the_player_is_not(player: Player) -> None:
    window, notice = player.window, player.window.stand.notice
    window.menus.actions["layout.single"].trigger()
    for system, at_top in ((1, False), (6, True)):
        x = player.system(1, system)
        player.play(x, x + 10, 1.0)
        window.bar.say(LONG)
        assert (notice.geometry().center().y() < window.pages.height() / 2) is at_top
        window.bar.say("")
        assert not over_page(player)


def test_a_click_takes_it_away_and_turns_nothing(qtbot: QtBot, player: Player) -> None:
    window = player.window
    window.resize(480, 640)
    window.bar.insist(Matter.SOUND, LONG)
    before = player.pages, len(player.put)
    qtbot.mouseClick(window.stand.notice, Qt.MouseButton.LeftButton)
    assert not over_page(player)
    assert (player.pages, len(player.put)) == before
    assert window.bar.sentence.text() == LONG
    qtbot.mouseClick(window.bar.sentence, Qt.MouseButton.LeftButton)
    assert over_page(player)


def test_in_full_screen_messages_are_read_without_the_bar(qtbot: QtBot, player: Player) -> None:
    window = player.window
    window.menus.actions["full_screen"].trigger()
    window.full_screen._hide()
    window.bar.tell("The film is ready.")
    assert over_page(player)
    window.full_screen.wake()
    assert not over_page(player)  # the bar has it
    window.menus.actions["leave_full_screen"].trigger()
