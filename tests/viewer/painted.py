"""`python -m tests.viewer.painted FOLDER`: where highlights are painted, beside where they should be, as JSON.

A process of its own, because Qt takes the pixel ratio from QT_SCALE_FACTOR when it starts.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.score import Score
from livefollow.turning.stage import Stage
from livefollow.turning.view import Layout
from livefollow.viewer.pages.page_store import PictureKey
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.pages.painting import Marker

DEMO = Path(__file__).parents[2] / "assets" / "demo" / "score.pdf"


def pixels(pages: PageView) -> np.ndarray:
    """(h, w, 3) int of what is on the screen."""
    image = pages.grab().toImage().convertToFormat(pages.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint8)
    return (
        rows.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
        .reshape(image.height(), image.width(), 3)
        .astype(int)
    )


def wait_for_pictures(pages: PageView) -> None:
    """Until every page that is seen has been made as it is to be seen, and nothing more is to be measured."""
    start, still = time.monotonic(), 0
    while still < 5 and time.monotonic() - start < 120:
        before = pages.panes()
        pages.grab()
        QTest.qWait(100)
        keys = [PictureKey(pane.page, round(pane.scale, 4), pages.paper) for pane in pages.panes()]
        exact = pages.store is not None and all(pages.store.picture(key)[1] for key in keys) and not pages.store.busy
        still = still + 1 if exact and pages.panes() == before else 0


def main(folder: Path) -> None:
    application = QApplication(["painted"])
    out = []
    with Score(DEMO, data=folder) as score:
        pages_read = list(score.read())
        for layout, width, height in ((Layout.SINGLE, 700, 900), (Layout.TWO, 1300, 800)):
            pages = PageView()
            pages.resize(width, height)
            pages.show()
            pages.open(score.document)
            stage = Stage(score.strip, 1, len(pages_read), layout)
            pages.show_view(stage.view)
            pages.set_marker(Marker("line", "#82b9ff", 1.0))
            wait_for_pictures(pages)
            clean = pixels(pages)
            for place in score.strip.placements[1:6:2]:
                x = place.x0 + 0.37 * place.width
                p = score.strip.to_page(x)
                here = on_strip(place, Estimate(x, 1.0, 1.0, State.FOLLOWING), 0.0)
                pages.show_highlight(stage.highlight(here))
                changed = (pixels(pages) != clean).any(axis=2)
                pane = next(pane for pane in pages.panes() if pane.page == p.page)
                columns = np.flatnonzero(changed[round(pane.to_screen(p.x, (p.top + p.bottom) / 2)[1])])
                out.append({"painted": float(columns.mean()) + 0.5, "given": pane.to_screen(p.x, 0)[0]})
                pages.show_highlight(None)
            out[-1]["ratio"] = pages.devicePixelRatioF()
            pages.close_document()
            pages.close()
    application.processEvents()
    print(json.dumps(out))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
