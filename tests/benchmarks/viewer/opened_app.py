"""The app as its command starts it, offscreen, for benchmarks: on a recording that nobody hears, at its own speed.

`python -m tests.benchmarks.viewer.opened_app SCORE SOUND SECONDS` follows for so long (0: until all pages are read),
watched, and prints what it saw as JSON. Settings and data are in a folder of their own.
"""

from __future__ import annotations

import compileall
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import livefollow
from tests.benchmarks.score.opening import peak_mib

STARTED = "LIVEFOLLOW_BENCHMARK_STARTED"  # seconds since the epoch when this process was asked for
SAMPLE_S = 30.0  # between two looks at the memory


def resident_mib() -> float:
    """Resident memory of this process now, MiB."""
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def watch(score: Path, sound: Path, seconds: float) -> dict[str, Any]:
    """Run the app and look on.

    Args:
        score: to follow in.
        sound: at least as long as `seconds`.
        seconds: of sound; 0 for as long as the score is read.
    """
    from PyQt6.QtCore import QTimer
    from PyQt6.QtWidgets import QApplication

    from livefollow.audio.file import FileSource
    from livefollow.cli import main as cli
    from livefollow.score.score import Score
    from livefollow.viewer import window as window_module
    from livefollow.viewer.session.session import Session
    from livefollow.viewer.sound import sound_menu as sound_module

    started = float(os.environ.get(STARTED, time.time()))
    seen: dict[str, Any] = {"lags": [], "memory": []}
    frames = [0, 0.0]  # positions, time of the newest

    class SilentFile(FileSource):
        def __init__(self, path: Path) -> None:
            super().__init__(path, realtime=True)

        @property
        def began(self) -> float:
            return self._started

    class Watched(window_module.MainWindow):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.open_score.opened.connect(self._opened)
            self.open_score.session_made.connect(self._made)
            self.pages.painted.connect(self._painted)

        def _opened(self, score: Score) -> None:
            QTimer.singleShot(0, self._wait_for_page)

        def _wait_for_page(self) -> None:
            assert self.pages._store
            self.pages._store.ready.connect(self._page)

        def _page(self) -> None:
            if "first page, s" not in seen:
                self.pages.repaint()
                seen["first page, s"] = time.time() - started

        def _made(self, session: Session) -> None:
            session.moved.connect(self._moved)
            if not seconds:
                session.score_read.connect(self._end)
            self._cpu = time.process_time()

        def _moved(self, positions: list[Any]) -> None:
            if "listening, s" not in seen:
                seen["listening, s"] = time.time() - started
                self._cpu, self._listened = time.process_time(), time.monotonic()
                if seconds:
                    QTimer.singleShot(round(1000 * seconds), self._end)
                self._memory = QTimer(self)
                self._memory.timeout.connect(lambda: seen["memory"].append(resident_mib()))
                self._memory.start(round(1000 * SAMPLE_S))
            expected = frames[1] + 0.05 * len(positions) if frames[0] else positions[-1].time_s
            seen["dropped"] = seen.get("dropped", 0) + round(20 * (positions[-1].time_s - expected))
            frames[:] = frames[0] + len(positions), positions[-1].time_s

        def _painted(self, time_s: float) -> None:
            assert self.open_score.session
            assert self.open_score.session._capture
            source = self.open_score.session._capture.source
            assert isinstance(source, SilentFile)
            seen["lags"].append(time.monotonic() - source.began - time_s)

        def _end(self) -> None:
            seen["frames"] = frames[0]
            if frames[0]:
                seen["CPU share"] = (time.process_time() - self._cpu) / (time.monotonic() - self._listened)
            assert self.open_score.session
            assert self.open_score.score
            seen["figures"] = asdict(self.open_score.session.statistics.figures())
            seen["peak, MiB"] = peak_mib("self")
            seen["child peak, MiB"] = peak_mib(self.open_score.score.document._child._children[0].pid)
            self.close()
            QApplication.quit()

    with patch.object(sound_module, "PlayedFile", SilentFile), patch.object(window_module, "MainWindow", Watched):
        assert cli.main(["--score", str(score), "--audio", str(sound)]) == 0
    return seen


def run(score: Path, sound: Path, seconds: float, prepare: Callable[[Path], None] | None = None) -> dict[str, Any]:
    """The same in a fresh process.

    Args:
        score, sound, seconds: as for `watch`.
        prepare: called with the folder of all apps' data, before the app starts.
    """
    import subprocess

    with tempfile.TemporaryDirectory() as folder:
        homes = {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        if prepare:
            prepare(Path(homes["XDG_DATA_HOME"]))
        compileall.compile_dir(Path(livefollow.__file__).parent, quiet=1)  # as installers do
        env = os.environ | homes | {"QT_QPA_PLATFORM": "offscreen", STARTED: str(time.time())}
        command = [sys.executable, "-m", "tests.benchmarks.viewer.opened_app", str(score), str(sound), str(seconds)]
        said = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout
    return json.loads(said.decode().splitlines()[-1])


if __name__ == "__main__":
    print(json.dumps(watch(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))))
