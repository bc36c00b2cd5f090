"""A report of a problem: what is in it, what is not, and that the player is told of the last one."""

import getpass
import logging
import socket
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from livefollow import __version__
from livefollow.audio.devices import portaudio_lock
from livefollow.viewer.desktop.crash_dialog import CrashHandler
from livefollow.viewer.support import state
from livefollow.viewer.support.private_log import PrivateLog
from livefollow.viewer.support.reports import CRASH, REPORT, Reports
from livefollow.viewer.window import MainWindow

SECRET = "Mondschein"


@pytest.fixture
def reports(window: MainWindow, tmp_path: Path) -> Reports:
    with PrivateLog().listening() as recent:
        logging.getLogger("livefollow").warning("a line of the log")
    return window.add_reports(tmp_path / "log" / "livefollow.log", recent)


def test_a_report_has_versions_settings_score_and_log(demo_window: MainWindow, reports: Reports) -> None:
    demo_window.preferences.change(device=f"{SECRET}'s microphone", recording_folder=f"/home/{SECRET}")
    text = reports.text()
    for words in (__version__, "Qt: 6", "pages: 3", "systems: 1", "look_ahead_s: 1.5", "a line of the log", "an input"):
        assert words in text
    assert "not known" not in text
    private = (SECRET, str(Path.home()), str(demo_window.open_score.score.document.path.parent), socket.gethostname())
    assert not [word for word in private if word in text]
    assert f"/{getpass.getuser()}/" not in text


@pytest.mark.parametrize(("name", "kind"), [(f"op. 27 {SECRET}", "file"), ("Score.PDF", ".pdf")])
def test_of_a_name_only_a_suffix_that_is_known_is_told(name: str, kind: str) -> None:
    document = SimpleNamespace(path=Path(name), page_count=1, warnings=[])
    shown = SimpleNamespace(
        document=document,
        systems=[],
        strip=SimpleNamespace(placements=[]),
        doubts=[],
        corrections=SimpleNamespace(pages={}, turns={}),
    )
    told = state.score(SimpleNamespace(score=shown, reading=None, page=1))
    assert told["score"] == kind


def test_it_can_be_read_copied_and_saved(qtbot: QtBot, reports: Reports, tmp_path: Path) -> None:
    dialog = reports.show()
    qtbot.addWidget(dialog)
    assert "report of a problem" in dialog.text
    dialog.copy()
    clipboard = QGuiApplication.clipboard()
    assert clipboard
    assert clipboard.text() == dialog.text
    dialog.save(tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text() == dialog.text
    dialog.save(tmp_path / "mine.txt" / "nowhere.txt")
    assert "cannot be saved" in dialog._said.text()


def test_after_an_unexpected_error_the_player_is_told_at_the_next_start(
    qtbot: QtBot, window: MainWindow, reports: Reports, tmp_path: Path
) -> None:
    said: list[str] = []
    reports.said.connect(said.append)
    reports.tell()
    assert said == []
    handler = CrashHandler(None)
    handler.keep = reports.keep
    with handler.caught():
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
    assert (tmp_path / "log" / REPORT).read_text().startswith(f"livefollow {__version__}")
    again = window.add_reports(tmp_path / "log" / "livefollow.log", PrivateLog())
    again.said.connect(said.append)
    again.tell()
    assert len(said) == 1
    dialog = again.show()
    qtbot.addWidget(dialog)
    assert "The last time" in dialog.text
    again.tell()
    assert len(said) == 1
    if handler._box:
        handler._box.close()


def test_a_crash_of_python_is_told_too(reports: Reports, tmp_path: Path) -> None:
    said: list[str] = []
    reports.said.connect(said.append)
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / CRASH).write_text(f'Fatal Python error\n  File "/home/{SECRET}/x.py", line 3 in f\n')
    reports.tell()
    assert len(said) == 1
    text = reports.show().text
    assert "Fatal Python error" in text
    assert SECRET not in text
    assert (tmp_path / "log" / CRASH).read_text() == ""
    reports.tell()
    assert len(said) == 1


def test_where_nothing_can_be_written_there_is_still_a_report(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    nowhere = window.add_reports(tmp_path / "file" / "livefollow.log", PrivateLog())
    nowhere.keep()
    nowhere.tell()
    assert "report of a problem" in nowhere.text()
    none = window.add_reports(None, PrivateLog())
    none.keep()
    none.tell()


def test_an_error_with_every_paint_is_written_once(qtbot: QtBot) -> None:
    handler, kept = CrashHandler(None), []
    handler.keep = lambda: kept.append(1)

    def fail() -> None:
        raise ZeroDivisionError

    for _ in range(3):
        try:
            fail()
        except ZeroDivisionError as error:
            handler.report(ZeroDivisionError, error, error.__traceback__)
    assert kept == [1]
    qtbot.waitUntil(lambda: handler._box is not None)
    assert handler._box
    handler._box.close()


def test_a_driver_that_hangs_does_not_keep_a_report_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace())
    held, over = threading.Event(), threading.Event()

    def hang() -> None:
        with portaudio_lock:
            held.set()
            over.wait(60)

    thread = threading.Thread(target=hang)
    thread.start()
    assert held.wait(60)
    assert state.inputs() == {"inputs": "PortAudio is busy"}
    over.set()
    thread.join()
