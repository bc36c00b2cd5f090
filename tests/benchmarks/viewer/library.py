"""How long a library takes to open.

    python -m tests.benchmarks.viewer.library [--scores 2000]

Generated scores in a folder are found, and all get a cover as the app makes it. Then the start
of the window, the opening of the library until it is painted, a search by a letter, and a scroll are timed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QEvent, QSize
from PyQt6.QtWidgets import QApplication

from livefollow.score.cover import CoverReader, Glance
from livefollow.viewer.library.catalogue import Catalogue
from livefollow.viewer.library.keeper import FILE
from livefollow.viewer.library.scanning import find_scores
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.window import MainWindow
from tests.blank_scores import write_many

WINDOW = QSize(1366, 768)


def timed(name: str, do: Callable[[], object]) -> None:
    """Print how long something takes."""
    start = time.perf_counter()
    do()
    print(f"{name:32s} {1000 * (time.perf_counter() - start):7.0f} ms")


def fill(folder: Path, count: int, library: Path) -> None:
    """Find the scores, and give each a cover."""
    write_many(folder, count)
    with Catalogue(library) as catalogue:
        catalogue.watch(folder)
        timed("folder searched", lambda: catalogue.take(find_scores(folder), [folder]))
        reader = CoverReader()
        seen = reader.look(next(find_scores(folder)).path)
        reader.stop()
        for k in range(count):
            path = catalogue.unseen()
            assert path
            catalogue.see(path, Glance(f"{k:064x}", "", "", 1, seen.cover))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=int, default=2000)
    args = parser.parse_args()
    application = QApplication.instance() or QApplication(["library"])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        fill(home / "scores", args.scores, home / "livefollow" / FILE)
        preferences = open_preferences(home)
        windows: list[MainWindow] = []

        def start() -> None:
            windows.append(MainWindow(preferences))
            windows[0].resize(WINDOW)
            windows[0].show()
            application.processEvents()

        timed("window", start)
        (window,) = windows
        page = window.library_page

        def show() -> None:
            page.enter()
            page.grab()

        timed(f"library of {args.scores} scores, painted", show)
        assert page.covers.entry_model.rowCount() == args.scores

        def search() -> None:
            page.search.setText("s")
            page.grab()

        def scroll() -> None:
            page.covers.scrollToBottom()
            page.grab()

        timed("a letter typed, painted", search)
        timed("to the end, painted", scroll)
        window.close()
        preferences.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    main()
