"""Reports of problems: a text that the player can read and send by hand. Nothing is sent by the program.

A report is also written when something goes wrong that should not, and when Python itself crashed (then at the next
start); the player is told at the next start. Window thread only, but for `keep`.
"""

from __future__ import annotations

import contextlib
import logging
import platform
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path, PureWindowsPath

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from livefollow import __version__
from livefollow.storage import write_whole
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.support import state
from livefollow.viewer.support.private_log import PrivateLog
from livefollow.viewer.support.report_dialog import ReportDialog
from livefollow.viewer.widgets.menus import Menus

REPORT, TOLD = "problem.txt", "problem-told.txt"  # in the folder of the log: of the last run, and of one before
CRASH, CRASH_BEFORE = "crash.log", "crash-before.log"
CRASH_TAIL = 8000  # characters of it that a report has
FILE = re.compile(r'File "([^"]*)"')

logger = logging.getLogger(__name__)


class Reports(QObject):
    """Makes reports, and adds the entry to the Help menu.

    Attributes:
        said: a sentence for the player.
    """

    said = pyqtSignal(str)

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        log: Path | None,
        recent: PrivateLog,
    ) -> None:
        """Add the action.

        Args:
            window: parent of the dialog.
            menus: of the window.
            preferences: the settings.
            open_score: of the window.
            log: the log file, in whose folder reports are kept; None where nothing can be written.
            recent: what was logged.
        """
        super().__init__(window)
        self._window, self._preferences, self._open = window, preferences, open_score
        self._folder = log.parent if log else None
        self._recent = recent
        menus.add("help", "report", self.tr("Report a &Problem …"), self.show)

    def show(self) -> ReportDialog:
        """Show a report of this moment, and the one of the last run that went wrong."""
        dialog = ReportDialog("\n\n".join([self.text(), *self._before()]), self._window)
        dialog.open()
        return dialog

    def text(self) -> str:
        """A report of this moment."""
        parts = {
            "Versions": state.versions,
            "Screen": state.screens,
            "Settings": lambda: state.settings(self._preferences.values),
            "Score": lambda: state.score(self._open),
            "Following": lambda: state.following(self._open.session),
            "Sound": state.inputs,
        }
        head = (
            f"livefollow {__version__}, report of a problem, {datetime.now():%Y-%m-%d %H:%M}\n"
            f"Python {platform.python_version()}, {platform.platform()}\n"
            "There is no music in this text, no sound,\nand no name of a score, a device, a folder or a person."
        )
        return "\n\n".join([head, *(_part(name, say) for name, say in parts.items()), _log(self._recent.lines)])

    def keep(self) -> None:
        """Write a report, because something went wrong; on any thread."""
        if self._folder:
            with contextlib.suppress(OSError):  # a full disk: there is the log, at best
                write_whole(self._folder / REPORT, self.text())

    def tell(self) -> None:
        """Tell the player if something went wrong in the last run."""
        if self._folder and (self._take_crash(self._folder) | self._take_report(self._folder)):
            self.said.emit(self.tr("Something went wrong when livefollow was used last: see Help, Report a Problem."))

    def _take_report(self, folder: Path) -> bool:
        try:
            (folder / REPORT).replace(folder / TOLD)
        except OSError:  # there is none
            return False
        return True

    def _take_crash(self, folder: Path) -> bool:
        """Make a report of what Python wrote when it crashed, and start that file anew."""
        try:
            crash = (folder / CRASH).read_text(encoding="utf-8", errors="replace")
            if not crash.strip():
                return False
            (folder / CRASH_BEFORE).write_text(crash, encoding="utf-8")
            with (folder / CRASH).open("r+") as file:
                file.truncate(0)
            head = f"livefollow {__version__} had ended by itself when it was started on {datetime.now():%Y-%m-%d}"
            write_whole(folder / REPORT, f"{head}\n\n{private_crash(crash)[-CRASH_TAIL:]}")
        except OSError as error:
            logger.info("a crash is not reported: %s", error)
            return False
        return True

    def _before(self) -> list[str]:
        try:
            return (
                ["=== The last time that something went wrong ===", (self._folder / TOLD).read_text("utf-8")]
                if (self._folder)
                else []
            )
        except (OSError, ValueError):
            return []


def private_crash(text: str) -> str:
    """Python's account of a crash, with the names of files for their paths."""
    return FILE.sub(lambda found: f'File "{PureWindowsPath(found[1]).name}"', text)


def _part(name: str, say: Callable[[], Mapping[str, str]]) -> str:
    """A part of a report; of one that cannot be told, why: a report is wanted most when something is wrong."""
    try:
        said = say()
    except Exception as error:  # whatever it is
        said = {"not known": type(error).__name__}
    return "\n".join([f"{name}:", *(f"  {key}: {value}" for key, value in said.items())])


def _log(lines: list[str]) -> str:
    return "\n".join(["Log, without values:", *lines])
