"""What is painted is where it should be, crisp, and never waited for."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PyQt6 import sip
from pytestqt.qtbot import QtBot

from livefollow.score.document import Document
from livefollow.turning.view import Highlight, View
from livefollow.viewer.pages.page_store import PageStore, PictureKey, ink_box, on_paper
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.pages.painting import Marker
from tests.viewer.painted import pixels

DEMO = Path(__file__).parents[3] / "assets" / "demo" / "score.pdf"
SYSTEM = Highlight(1, 300.0, 150.0, 210.0, 60.0, 540.0)


@pytest.fixture
def document() -> Iterator[Document]:
    with Document(DEMO) as document:
        yield document


@pytest.fixture
def pages(qtbot: QtBot, document: Document) -> Iterator[PageView]:
    """A view of the demo, its first page made."""
    pages = PageView()
    qtbot.addWidget(pages)
    pages.resize(500, 700)
    pages.show()
    pages.open(document)
    qtbot.waitUntil(lambda: made(pages), timeout=60_000)
    yield pages
    pages.close_document()


def made(pages: PageView) -> bool:
    pages.grab()
    store = pages.store
    return store is not None and store.bytes_kept > 0 and not store.busy


@pytest.mark.parametrize("factor", ["1", "2"])
def test_the_highlight_is_within_two_pixels_of_the_position(factor: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.viewer.painted", str(tmp_path)]
    environment = os.environ | {"QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=300)
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == 6
    assert found[-1]["ratio"] == float(factor)
    for one in found:
        assert abs(one["painted"] - one["given"]) <= 2


def test_a_page_is_drawn_pixel_by_pixel(pages: PageView, document: Document) -> None:
    (pane,) = pages.panes()
    raster = document.render(1, round(pane.scale, 4)).astype(int)
    seen = pixels(pages)
    x, y = int(pane.x), int(pane.y)
    top, left = max(0, y), max(0, x)
    part = seen[top : min(700, y + raster.shape[0]), left : min(500, x + raster.shape[1])]
    own = raster[top - y : top - y + part.shape[0], left - x : left - x + part.shape[1]]
    assert np.array_equal(part, own)


def test_ink_stays_black_and_paper_takes_the_colour(pages: PageView) -> None:
    clean = pixels(pages)
    pages.set_marker(Marker("system", "#82b9ff", 1.0))
    pages.show_highlight(SYSTEM)
    marked = pixels(pages)
    assert (marked <= clean).all()
    assert (marked[(clean == 0).all(axis=2)] == 0).all()
    assert ((clean == 255).all(axis=2) & (marked[:, :, 0] < 200)).any()


def test_a_highlight_that_goes_leaves_nothing_behind(pages: PageView) -> None:
    clean = pixels(pages)
    for style in ("line", "box", "system"):
        pages.set_marker(Marker(style))
        pages.show_highlight(SYSTEM)
        assert (pixels(pages) != clean).any()
        pages.show_highlight(None)
        assert np.array_equal(pixels(pages), clean)
    pages.set_marker(Marker("none"))
    pages.show_highlight(SYSTEM)
    assert np.array_equal(pixels(pages), clean)


def test_at_night_the_paper_is_dark_and_the_ink_light(qtbot: QtBot, pages: PageView) -> None:
    pages.set_paper("night")
    qtbot.waitUntil(lambda: made(pages) and np.median(pixels(pages)) < 60, timeout=60_000)
    dark = pixels(pages)
    pages.show_highlight(SYSTEM)
    assert (pixels(pages) >= dark).all()


def test_painting_does_not_wait_for_a_page(qtbot: QtBot, pages: PageView, monkeypatch: pytest.MonkeyPatch) -> None:
    render = Document.render

    def slow(self: Document, number: int, scale: float) -> np.ndarray:
        time.sleep(0.5)
        return render(self, number, scale)

    monkeypatch.setattr(Document, "render", slow)
    pages.show_view(View(3))
    picture = pixels(pages)
    assert (picture[350, 100:400] == 255).all()  # blank paper meanwhile
    qtbot.waitUntil(lambda: made(pages) and (pixels(pages)[:, 250] < 100).any(), timeout=60_000)


def test_positions_are_stamped_when_they_are_painted(qtbot: QtBot, pages: PageView) -> None:
    with qtbot.waitSignal(pages.painted, timeout=5000) as painted:
        pages.show_highlight(SYSTEM, 12.5)
    assert painted.args == [12.5]


def test_a_place_on_the_screen_is_a_place_on_the_page(pages: PageView) -> None:
    (pane,) = pages.panes()
    from PyQt6.QtCore import QPointF

    found = pages.to_page(QPointF(*pane.to_screen(200, 300)))
    assert found == (1, pytest.approx(200, abs=0.01), pytest.approx(300, abs=0.01))


def test_where_a_page_is_larger_than_the_screen_what_is_played_is_seen(pages: PageView) -> None:
    pages.set_zoom(3)
    for top in (60.0, 400.0, 700.0):
        pages.show_highlight(Highlight(1, 300.0, top, top + 60, 60.0, 540.0))
        (pane,) = pages.panes()
        assert 0 <= pane.to_screen(0, top)[1] < pane.to_screen(0, top + 60)[1] <= 700


def test_the_store_keeps_within_its_budget(qtbot: QtBot, document: Document) -> None:
    store = PageStore(document, budget=3_000_000)
    for page in (1, 2, 3, 1):
        key = PictureKey(page, 1.0, "white")
        store.picture(key)
        qtbot.waitUntil(lambda key=key: store.picture(key)[1], timeout=60_000)
        assert store.bytes_kept <= 2 * 3_000_000
    store.picture(PictureKey(2, 1.5, "white"))
    store.close()


class SlowDocument:
    """One page that is not made before `go` is set."""

    page_count = 1

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()

    def turned(self, page: int) -> int:
        return 0

    def page_size(self, page: int) -> tuple[float, float]:
        return 100.0, 100.0

    def render(self, page: int, scale: float) -> np.ndarray:
        self.asked.set()
        self.go.wait(60)
        return np.zeros((100, 100, 3), np.uint8)


@pytest.mark.usefixtures("qapp")
def test_a_closed_store_may_go_while_a_page_is_measured() -> None:
    document, before = SlowDocument(), set(threading.enumerate())
    store = PageStore(document)  # type: ignore[arg-type]
    (thread,) = set(threading.enumerate()) - before
    document.asked.wait(60)
    store.close()
    sip.delete(store)
    document.go.set()
    thread.join(60)  # an error there fails the test


def test_the_next_page_is_made_before_it_is_wanted(qtbot: QtBot, pages: PageView) -> None:
    (pane,) = pages.panes()
    key = PictureKey(2, round(pane.scale, 4), "white")
    assert pages.store
    store = pages.store
    qtbot.waitUntil(lambda: made(pages) and store.picture(key, wanted=False)[1], timeout=60_000)


def test_another_size_stands_in_until_the_right_one_is_made(qtbot: QtBot, document: Document) -> None:
    store = PageStore(document)
    qtbot.waitUntil(lambda: store.picture(PictureKey(1, 1.0, "white"))[1], timeout=60_000)
    image, exact = store.picture(PictureKey(1, 2.0, "white"), wanted=False)
    assert image is not None
    assert not exact
    assert not store.busy
    store.close()


def test_papers() -> None:
    raster = np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)
    white, sepia, night = (on_paper(raster, paper)[0, :, :3].astype(int) for paper in ("white", "sepia", "night"))
    assert white.tolist() == [[0, 0, 0], [255, 255, 255]]
    assert sepia[1, 0] < sepia[1, 2]  # blue below red
    assert night[0].sum() > 500 > night[1].sum()


def test_ink_has_a_box() -> None:
    raster = np.full((50, 40, 3), 255, np.uint8)
    assert ink_box(raster) is None
    raster[10:20, 5:30] = 0
    assert ink_box(raster) == (5, 10, 30, 20)
