"""What annotations cost while the player plays: painting, latency, dropped frames, without and with them, in one run.

    python -m tests.benchmarks.viewer.annotated [--minutes 1] [--runs 3] [--painting-only]

*Painting* is the CPU time of one repaint of the real page view, offscreen, on the demo: while a highlight moves over a
system, and of whole pages, as when one is turned. *The app* is `tests.benchmarks.viewer.latency`'s, with and without in
turn. The annotated score has STROKES pencil strokes, MARKED highlighted stretches, FINGERS fingerings and STAMPS stamps
on each page: more than a pianist writes.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QApplication

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.annotations.file import Annotations
from livefollow.score.annotations.kinds import Annotation, Ink, Stamp, StampKind, Text
from livefollow.score.document import Document
from livefollow.viewer.annotations.strokes import simplified
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.window import MainWindow
from tests.benchmarks.viewer.latency import DEMO, long_sound
from tests.benchmarks.viewer.opened_app import run

STROKES, MARKED, FINGERS, STAMPS = 60, 10, 120, 12
PAGE_PT = (560.0, 800.0)  # about; within the demo's
MOVES = 300  # repaints of a moving highlight
TURNS = 20
PAUSE_S = 0.001
SPREAD = (50, 95, 99, 100)


def busy_page(seed: int) -> tuple[Annotation, ...]:
    """Return what is written on one page."""
    chance = random.Random(seed)

    def spot() -> tuple[float, float]:
        return chance.uniform(40, PAGE_PT[0]), chance.uniform(40, PAGE_PT[1])

    out: list[Annotation] = []
    for _ in range(MARKED):
        x, y = spot()
        out.append(Ink(((x, y, 10.0), (x + 90, y + 2, 10.0)), "#ffe14d", highlighter=True))
    for _ in range(STROKES):  # loops, as around a difficult place
        (x, y), wide, high = spot(), chance.uniform(8, 40), chance.uniform(6, 20)
        turns = [k / 40 * 2 * math.pi for k in range(41)]
        loop = [(x + wide * math.cos(a), y + high * math.sin(a), 1 + 0.5 * math.sin(3 * a)) for a in turns]
        out.append(Ink(tuple(simplified(loop)), "#c8281e"))
    for _ in range(FINGERS):
        x, y = spot()
        out.append(Text(x, y, chance.choice("12345"), 12.0, 6.7, "#0062a8"))
    for _ in range(STAMPS):
        x, y = spot()
        out.append(Stamp(chance.choice(list(StampKind)), x, y, 15.0, "#00795a"))
    return tuple(out)


def write(data: Path) -> None:
    """Write on every page of the demo, in an app's data folder."""
    with Document(DEMO / "score.pdf") as document:
        written = Annotations(document.content_hash, data / "livefollow" / "scores")
        written.change({page: busy_page(page) for page in range(1, document.page_count + 1)})
        written.close()


def let_qt_work(seconds: float) -> None:
    """Let events be handled for so long."""
    end = time.monotonic() + seconds
    QApplication.processEvents()
    while time.monotonic() < end:
        time.sleep(PAUSE_S)
        QApplication.processEvents()


def row(name: str, values: list[float]) -> str:
    """A row of a table, ms."""
    return f"| {name} | {' | '.join(f'{1e3 * value:.2f}' for value in np.percentile(values, SPREAD))} |"


def painting(folder: Path) -> dict[str, list[float]]:
    """Return seconds of CPU for each repaint, by what was repainted."""
    preferences = open_preferences(folder)
    window = MainWindow(preferences)
    window.resize(860, 1100)
    window.show()
    window.openings.open(DEMO / "score.pdf")
    while window.open_score.score is None:
        let_qt_work(0.02)
    score = window.open_score.score
    for _ in score.read():
        let_qt_work(0.001)
    store = window.pages.store
    assert store
    let_qt_work(0.5)
    while store.busy:
        let_qt_work(0.05)
    taken: dict[str, list[float]] = {"moving": [], "page": []}
    paint = type(window.pages).paintEvent
    kind = ["page"]

    def timed(event: QPaintEvent | None) -> None:
        start = time.thread_time()
        paint(window.pages, event)
        taken[kind[0]].append(time.thread_time() - start)

    window.pages.paintEvent = timed  # type: ignore[method-assign, assignment]
    place = score.strip.placements[2]
    for style in ("highlight.box", "highlight.system"):
        window.menus.actions[style].trigger()
        let_qt_work(0.05)
        kind[0] = "moving"
        for k in range(MOVES):
            x = place.x0 + place.width * (0.1 + 0.8 * k / MOVES)
            here = on_strip(place, Estimate(x, 3.0, 1.0, State.FOLLOWING), k / 20)
            window.pages.show_highlight(window.open_score.stage.highlight(here) if window.open_score.stage else None)
            let_qt_work(0.002)
        kind[0] = "page"
    for _ in range(TURNS):
        window.pages.refresh()
        let_qt_work(0.005)
    window.close()
    preferences.close()
    return taken


def compare_painting() -> None:
    """Print what repaints cost."""
    application = QApplication.instance() or QApplication(["annotated"])
    print("| CPU of a repaint, ms | p50 | p95 | p99 | max |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        for written in (False, True, False, True):
            folder = Path(tempfile.mkdtemp(dir=name))
            for kind in ("CONFIG", "DATA", "STATE"):
                os.environ[f"XDG_{kind}_HOME"] = str(folder)
            if written:
                write(folder)
            taken = painting(folder)
            for what in ("moving", "page"):
                print(row(f"{what}, {'with annotations' if written else 'without'}", taken[what]), flush=True)
    application.processEvents()


def compare_app(runs: int, minutes: float) -> None:
    """Print latency and dropped frames of the whole app."""
    print("\n| | p50, ms | p95 | p99 | max | frames | dropped | late |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        sound = long_sound(Path(name) / "sound.wav", 60 * minutes + 30)
        for _ in range(runs):
            for written in (False, True):
                seen = run(DEMO / "score.pdf", sound, 60 * minutes, write if written else None)
                paint = seen["figures"]["paint"]
                spread = " | ".join(f"{paint[key]:.1f}" for key in ("p50", "p95", "p99", "most"))
                counts = f"{seen['frames']} | {seen['dropped']} | {seen['figures']['late']}"
                print(f"| {'with annotations' if written else 'without'} | {spread} | {counts} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--painting-only", action="store_true")
    args = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f}")
    compare_painting()
    if not args.painting_only:
        compare_app(args.runs, args.minutes)
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
