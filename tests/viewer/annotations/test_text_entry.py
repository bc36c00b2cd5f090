"""The line in which a text is typed."""

from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from livefollow.viewer.annotations.text_entry import MOST_LETTERS, TextEntry


def test_a_letter_that_no_longer_fits_is_left_out_whole(qtbot: QtBot) -> None:
    pages = QWidget()
    qtbot.addWidget(pages)
    pages.show()
    entry = TextEntry(pages)
    entry.ask(QPointF(5, 5), 12, "", "#000000")
    given: list[str] = []
    entry.given.connect(given.append)
    entry.insert("a" * (MOST_LETTERS - 1) + "😀")
    entry.finish(keep=True)
    assert given == ["a" * (MOST_LETTERS - 1)]
