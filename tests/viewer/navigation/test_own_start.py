"""A player who always begins in the middle of a score finds it opened there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.reading import Reading, concatenate
from livefollow.score.score import Score
from livefollow.viewer.links.score_links import ScoreLinks
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.go_menu import GoMenu
from livefollow.viewer.navigation.own_start import OwnStart
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.settings.score_memory import Place
from livefollow.viewer.widgets.menus import Menus

DEMO = Path(__file__).parents[3] / "assets" / "demo" / "score.pdf"


class ReadingAgent:
    """Has read what there is."""

    reading: Reading = concatenate([])


class Player:
    """A page turner on the demo, and where it placed the follower."""

    def __init__(self, qtbot: QtBot, score: Score, folder: Path) -> None:
        self.window = QMainWindow()
        self.menus = Menus(self.window)
        qtbot.addWidget(self.window)
        self.preferences = open_preferences(folder)
        self.open_score = OpenScore(self.preferences, self.window)
        self.placed: list[Place] = []
        self.pages = PageView(self.window)
        known = self.preferences, self.open_score
        self.turner = PageTurner(self.window, self.pages, *known)
        self.start = OwnStart(self.turner, self.open_score)
        links, bars = ScoreLinks(self.turner, *known), BarNumbers(self.window, self.turner, self.open_score)
        GoMenu(self.menus, self.preferences, self.turner, links.play_printed, bars, self.start)
        self.open_score.opened.connect(lambda: self.menus.enable(True))
        self.open_score.open(score)
        self.turner.follow(ReadingAgent(), self._put)  # type: ignore[arg-type]

    def _put(self, page: int, x: float, y: float) -> bool:
        self.placed.append(Place(page, x, y))
        return True

    def read(self) -> None:
        """Give the window what has been read, as it gets it for each page."""
        self.open_score.read(ReadingAgent.reading)
        self.turner.read()

    def close(self) -> None:
        self.open_score.close()
        self.preferences.close()


@pytest.fixture
def score(tmp_path: Path) -> Iterator[Score]:
    with Score(DEMO, data=tmp_path) as score:
        yield score


def middle_of(score: Score, page: int) -> Place:
    system = next(p.system for p in score.strip.placements if p.system.page == page)
    return Place(page, (system.left + system.right) / 2, (system.top + system.bottom) / 2)


def test_the_score_opens_where_the_player_starts(qtbot: QtBot, score: Score, tmp_path: Path) -> None:
    list(score.read())
    first = Player(qtbot, score, tmp_path)
    start = middle_of(score, 2)
    first.turner.point(*start)
    first.menus.actions["start_here"].trigger()
    first.turner.turn(1)
    first.close()

    score.strip.placements, later = [p for p in score.strip.placements if p.system.page == 1], score.strip.placements
    again = Player(qtbot, score, tmp_path)
    assert again.open_score.stage
    assert again.open_score.stage.page == 2
    again.read()  # its page has not been read yet
    assert again.placed == []
    score.strip.placements = later
    again.read()
    again.read()
    assert [place.page for place in again.placed] == [2]
    assert again.placed[0].x_pt == pytest.approx(start.x_pt, abs=1)
    again.menus.actions["first_note"].trigger()
    assert again.placed[-1].page == 1
    again.menus.actions["start"].trigger()
    assert again.placed[-1] == again.placed[0]
    again.close()


def test_who_plays_already_is_left_where_they_are(qtbot: QtBot, score: Score, tmp_path: Path) -> None:
    list(score.read())
    player = Player(qtbot, score, tmp_path)
    player.open_score.memory.change(start=middle_of(score, 2))
    player.open_score.open(score)
    player.turner.follow(ReadingAgent(), player._put)  # type: ignore[arg-type]
    position = on_strip(score.strip.at(100.0), Estimate(100.0, 1.0, 1.0, State.FOLLOWING), 1.0)
    player.turner.move([position, replace(position, time_s=1.05)])
    player.read()
    assert player.placed == []
    player.close()


def test_without_a_place_there_is_no_start(qtbot: QtBot, score: Score, tmp_path: Path) -> None:
    player = Player(qtbot, score, tmp_path)
    with qtbot.waitSignal(player.start.said) as said:
        player.menus.actions["start_here"].trigger()
    assert "Point at a place" in said.args[0]
    assert player.open_score.memory.values.start is None
    player.close()
