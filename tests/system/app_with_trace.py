"""The app as its command starts it, which also writes down what it shows and ends when its score has been heard.

python -m tests.system.app_with_trace SECONDS TRACE.csv [arguments of livefollow]

A row per position that reaches the window: the wall clock, then the columns of a track. Says `listening` on standard
output as soon as there is sound, and `lost N` at the end: how often the machine was too busy to take it.
"""

from __future__ import annotations

import csv
import sys
import time
from dataclasses import astuple, fields
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QCloseEvent

from livefollow.audio.source import SourceState, SourceStatus
from livefollow.cli import main as cli
from livefollow.follow.position import Position
from livefollow.viewer import window
from livefollow.viewer.session.session import Session


class TracedWindow(window.MainWindow):
    """Writes down what it is told."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self._listens = False
        self._lost = 0
        self._trace = Path(sys.argv[2]).open("w", newline="")  # noqa: SIM115  # until the process ends
        self._rows = csv.writer(self._trace)
        self._rows.writerow(["wall_s", *(field.name for field in fields(Position))])
        self.open_score.session_made.connect(self._follow)

    def _follow(self, session: Session) -> None:
        session.moved.connect(self._write)
        session.sounded.connect(self._hear)

    def _hear(self, status: SourceStatus) -> None:
        if not self._listens and status.state is SourceState.RUNNING:
            self._listens = True
            print("listening", status.name, flush=True)
            QTimer.singleShot(round(1000 * float(sys.argv[1])), self.close)
        self._lost = status.xruns + status.overruns

    def closeEvent(self, a0: QCloseEvent | None) -> None:  # noqa: N802  # Qt's name
        print("lost", self._lost, flush=True)
        super().closeEvent(a0)

    def _write(self, positions: list[Position]) -> None:
        now = time.time()
        self._rows.writerows([now, *astuple(position)] for position in positions)
        self._trace.flush()


if __name__ == "__main__":
    window.MainWindow = TracedWindow  # type: ignore[misc]
    sys.exit(cli.main(sys.argv[3:]))
