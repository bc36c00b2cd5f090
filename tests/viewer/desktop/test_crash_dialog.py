"""Whatever raises, wherever: the window stays, and there is one dialog."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QObject, QThread, QTimer
from PyQt6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from livefollow.errors import DeviceError
from livefollow.viewer.desktop.crash_dialog import CrashHandler


@pytest.fixture
def crash_handler(qtbot: QtBot, tmp_path: Path) -> Iterator[CrashHandler]:
    crash_handler = CrashHandler(tmp_path / "livefollow.log")
    with crash_handler.caught():
        yield crash_handler
    for box in boxes():
        box.close()


def boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def fail() -> None:
    raise ZeroDivisionError("a bug")


def test_a_slot_that_raises_is_said_once(
    qtbot: QtBot, crash_handler: CrashHandler, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(fail)
    button.click()
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    (box,) = boxes()
    assert "play on" in box.text()
    assert str(tmp_path / "livefollow.log") in box.informativeText()
    assert not box.isModal()
    for _ in range(3):
        button.click()
    assert len(boxes()) == 1
    box.close()
    qtbot.waitUntil(lambda: not boxes())
    button.click()
    QApplication.processEvents()
    assert boxes() == []
    assert caplog.text.count("ZeroDivisionError: a bug") == 5


def test_an_error_with_a_sentence_says_it(qtbot: QtBot, crash_handler: CrashHandler) -> None:
    def no_device() -> None:
        raise DeviceError("There is no such device; plug it in.")

    QTimer.singleShot(0, no_device)
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    assert boxes()[0].text() == "There is no such device; plug it in."


class Failing(QThread):
    def run(self) -> None:
        fail()


def test_threads_are_caught_too(qtbot: QtBot, crash_handler: CrashHandler, caplog: pytest.LogCaptureFixture) -> None:
    thread = threading.Thread(target=fail, name="listens")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    assert "Unexpected in listens" in caplog.text
    qt = Failing()
    qt.start()
    assert qt.wait(5000)
    assert caplog.text.count("ZeroDivisionError: a bug") == 2


def test_hooks_are_given_back(qtbot: QtBot) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with CrashHandler(None).caught():
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert isinstance(CrashHandler(None), QObject)
