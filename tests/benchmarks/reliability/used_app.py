"""The app as its command starts it, offscreen, on a recording at its own speed, while something goes wrong around it.

`python -m tests.benchmarks.reliability.used_app SECONDS SCORE SOUND [--record]` says `follows` with the first position,
and after so many seconds closes the window and prints what it saw as JSON. `UsedApp` is the other end.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

END_S = 90.0  # that it may take to start and to end
HOMES = ("CONFIG", "DATA", "STATE", "CACHE")
FOLLOWS = "follows"


class Errors(logging.Handler):
    """Counts what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record."""
        self.lines.append(record.getMessage())


def use(seconds: float, score: Path, sound: Path, *, record: bool) -> dict[str, Any]:
    """Run the app and look on.

    Args:
        seconds: from the first position on.
        score, sound: to follow.
        record: whether to record a take meanwhile.
    """
    from PyQt6.QtCore import QTimer

    from livefollow.audio.file import FileSource
    from livefollow.cli import main as cli
    from livefollow.follow.position import Position
    from livefollow.viewer import window as window_module
    from livefollow.viewer.session.session import Session
    from livefollow.viewer.sound import sound_menu as sound_module
    from livefollow.viewer.widgets.messages import Messages

    said: list[str] = []
    seen: dict[str, Any] = {"positions": 0, "longest gap, s": 0.0, "most at once": 0}
    errors = Errors()
    logging.getLogger().addHandler(errors)

    class SilentFile(FileSource):
        def __init__(self, path: Path) -> None:
            super().__init__(path, realtime=True)

    class Used(window_module.MainWindow):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self._at = 0.0
            self.open_score.session_made.connect(self._watch)

        def _watch(self, session: Session) -> None:
            session.moved.connect(self._move)

        def _move(self, positions: list[Position]) -> None:
            now = time.monotonic()
            if not self._at:
                print(FOLLOWS, flush=True)
                QTimer.singleShot(round(1000 * seconds), self.close)
                if record:
                    self.menus.actions["record"].setChecked(True)
            else:
                seen["longest gap, s"] = max(seen["longest gap, s"], now - self._at)
                seen["most at once"] = max(seen["most at once"], len(positions))
            self._at = now
            seen["positions"] += len(positions)
            seen["end, s"] = positions[-1].time_s

    def heard(before: Any) -> Any:
        def tell(self: Messages, *words: Any) -> None:
            said.append(str(words[-1]))
            before(self, *words)

        return tell

    patches = [patch.object(Messages, name, heard(getattr(Messages, name))) for name in ("answer", "tell", "insist")]
    for each in (*patches, patch.object(sound_module, "PlayedFile", SilentFile)):
        each.start()
    with patch.object(window_module, "MainWindow", Used):
        code = cli.main(["--score", str(score), "--audio", str(sound)])
    return seen | {"code": code, "said": [s for s in dict.fromkeys(said) if s], "errors": errors.lines}


class UsedApp:
    """That app in a process of its own.

    Attributes:
        process: the process.
        said: what it said in the end.
    """

    def __init__(self, home: Path, seconds: float, score: Path, sound: Path, *, record: bool = False) -> None:
        """Start it, and wait until it follows.

        Args:
            home: folder for all that it keeps.
            seconds: that it follows.
            score, sound: to follow.
            record: whether it records a take.
        """
        env = os.environ | {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in HOMES}
        env |= {"QT_QPA_PLATFORM": "offscreen", "XDG_MUSIC_DIR": str(home / "music"), "HOME": str(home)}
        command = [sys.executable, "-m", "tests.benchmarks.reliability.used_app", str(seconds), str(score), str(sound)]
        self._seconds = seconds
        self.process = subprocess.Popen(
            [*command, *(["--record"] if record else [])],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self._first = self.process.stdout.readline().strip()

    def end(self) -> dict[str, Any]:
        """Wait for its end; what it saw, or why it saw nothing."""
        try:
            out, err = self.process.communicate(timeout=self._seconds + END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return {"failed": "it hangs"}
        lines = [line for line in (self._first, *out.splitlines()) if line.startswith("{")]
        if self.process.returncode or not lines:
            return {"failed": f"exit code {self.process.returncode}: {err.strip()[-300:]}"}
        seen: dict[str, Any] = json.loads(lines[-1])
        return seen


if __name__ == "__main__":
    print(json.dumps(use(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), record="--record" in sys.argv[4:])))
