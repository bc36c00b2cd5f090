"""A score is shown cleaned up, or as it is; clicks, highlight and what is written agree with what is seen."""

import pytest
from PyQt6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from livefollow.score.clean_view import Tilt
from livefollow.viewer.pages.page_store import PictureKey
from tests.viewer.player import Player

SLOPE = 0.03


@pytest.fixture
def askew(player: Player) -> Player:
    """On the demo, whose first page is said to lie askew, cleaned up."""
    window = player.window
    window.menus.actions["layout.single"].trigger()
    store = window.pages.store
    width, height = store.size(1)
    here = tuple(p.system for p in player.strip.placements if p.system.page == 1)
    store.lies[1] = here, Tilt(SLOPE, width / 2, height / 2)
    window.menus.actions["clean"].setChecked(True)
    return player


def test_clicks_writing_and_highlight_are_where_they_are_seen_and_it_is_remembered(askew: Player, qtbot: QtBot) -> None:
    pages = askew.window.pages
    layer = askew.window.annotating._layer
    (pane,) = pages.panes()
    assert pane.tilt.slope == SLOPE
    for spot in ((100.0, 100.0), (500.0, 120.0), (300.0, 700.0)):
        seen = layer.transform(pane).map(QPointF(*spot))
        assert pane.to_page(seen.x(), seen.y()) == pytest.approx(spot, abs=0.7)
        at = QPointF(seen.x(), seen.y()) / pages.devicePixelRatioF()
        assert layer.on_page(1, at) == pytest.approx(spot, abs=0.7)
    level = (
        layer.transform(pane).map(QPointF(100.0, 400.0)),
        layer.transform(pane).map(QPointF(500.0, 400.0 + 400 * SLOPE)),
    )
    assert level[0].y() == pytest.approx(level[1].y(), abs=0.5)
    # A system is known by the mean height of its lines: there it lies once the page is level.
    width, height = pages.store.size(1)
    assert pane.to_screen(width / 2, height / 2) == (pane.x + width / 2 * pane.scale, pane.y + height / 2 * pane.scale)
    assert pane.to_screen(0, 100)[1] == pane.to_screen(width, 100)[1]
    store, key = pages.store, PictureKey(1, 1.0, "white", clean=True)
    store.picture(key)
    qtbot.waitUntil(lambda: store.picture(key)[1], timeout=30_000)
    image = store.picture(key)[0]
    assert (image.width(), image.height()) == pytest.approx((width, height), abs=2)
    # It is remembered with the score.
    window = askew.window
    assert window.open_score.memory.values.clean
    assert window.pages.clean
    window.menus.actions["clean"].setChecked(False)
    assert not window.open_score.memory.values.clean
    assert window.pages.panes()[0].tilt.slope == 0
