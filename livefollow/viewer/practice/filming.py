"""Makes films of recordings with `livefollow render` in another process, so that following is not delayed."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from PyQt6.QtCore import QObject, QProcess, pyqtSignal

from livefollow.turning.view_style import DEFAULT_STYLE, ViewStyle

STOP_MS = 3000


class Filming(QObject):
    """Makes one film at a time.

    Attributes:
        said: a sentence: begun, or why not.
        progressed: percent done; -1 when no film is being made any more.
        made: Path of the finished film.
    """

    said = pyqtSignal(str)
    progressed = pyqtSignal(int)
    made = pyqtSignal(Path)

    def __init__(self, parent: QObject | None = None) -> None:
        """Prepare without making a film."""
        super().__init__(parent)
        self._process: QProcess | None = None
        self._out = Path()

    @property
    def busy(self) -> bool:
        """Whether a film is being made."""
        return self._process is not None

    def make(
        self, score: Path, sound: Path, out: Path, password: str | None = None, view_style: ViewStyle = DEFAULT_STYLE
    ) -> None:
        """Start making a film.

        Args:
            score: that was played.
            sound: a recording with its CSV of positions beside it.
            out: the film.
            password: of an encrypted score; not visible in the list of processes.
            view_style: layout, highlight and paper.
        """
        if self._process:
            self.said.emit(self.tr("Another film is still being made."))
            return
        program = [] if getattr(sys, "frozen", False) else ["-m", "livefollow.cli.main"]
        files = {"--score": score, "--audio": sound, "--csv": sound.with_suffix(".csv"), "--out": out}
        self._out = out
        self._process = QProcess(self)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail_to_start)
        self._process.readyReadStandardOutput.connect(self._hear)
        chosen = {
            "--layout": view_style.layout.value,
            "--highlight": view_style.style,
            "--colour": view_style.colour,
            "--opacity": view_style.opacity,
            "--paper": view_style.paper,
        }
        words = ["--percent", *(str(part) for pair in (*files.items(), *chosen.items()) for part in pair)]
        self._process.start(sys.executable, [*program, "render", *words, *(["--password-stdin"] if password else [])])
        self._process.write((password or "").encode())
        self._process.closeWriteChannel()
        self.said.emit(self.tr("The film is being made; you can play on."))
        self.progressed.emit(0)

    def stop(self) -> None:
        """Cancel the film that is being made, if there is one."""
        process = self._process
        if process is None:
            return
        process.finished.disconnect(self._end)
        process.kill()
        process.waitForFinished(STOP_MS)
        self._process = None
        with contextlib.suppress(OSError):
            self._out.with_name(f".{self._out.stem}.part{self._out.suffix}").unlink(missing_ok=True)
        self.progressed.emit(-1)

    def cancel(self) -> None:
        """Cancel the film on the player's request, and say so."""
        if self._process:
            self.stop()
            self.said.emit(self.tr("The film was given up."))

    def _hear(self) -> None:
        """Read the progress that the process prints."""
        if self._process:
            lines = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").split("\n")
            percents = [line.removesuffix(" %") for line in lines if line.endswith(" %")]
            if percents and percents[-1].isdigit():
                self.progressed.emit(int(percents[-1]))

    def _end(self, code: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self.progressed.emit(-1)
        if code == 0:
            self.said.emit(self.tr("The film is ready: {}").format(self._out))
            self.made.emit(self._out)
        else:
            reason = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
            last = reason.splitlines()[-1] if reason else ""
            self.said.emit(self.tr("The film could not be made. {}").format(last.removeprefix("livefollow: ")))
        process.deleteLater()

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process:
            self._end(-1)
