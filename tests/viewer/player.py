"""Plays on the demo in a window, without sound."""

from pathlib import Path

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest

from livefollow.follow.position import Estimate, State, on_strip
from livefollow.score.reading import BAR_LINE, MARK, Reading
from livefollow.viewer.widgets.held_keys import HeldKeys
from livefollow.viewer.window import MainWindow

DEMO = Path(__file__).parents[2] / "assets" / "demo" / "score.pdf"
FPS = 20


class Player:
    """Plays in the window, and notes where the follower is put."""

    def __init__(self, window: MainWindow) -> None:
        assert window.open_score.score
        self.window, self.strip = window, window.open_score.score.strip
        self.put: list[tuple[int, float, float]] = []
        self._frame = 0
        agent = Agent(reading_of(self.strip.width))
        window.turner.follow(agent, self._put)
        window.open_score.read(agent.reading)
        window.turner.read()

    def _put(self, page: int, x: float, y: float) -> bool:
        self.put.append((page, x, y))
        return True

    def play(self, start: float, end: float, seconds: float, state: State = State.FOLLOWING) -> None:
        n = round(seconds * FPS)
        positions = []
        for k in range(n):
            x = start + (end - start) * k / n
            positions.append(on_strip(self.strip.at(x), Estimate(x, 1.0, 0.95, state), self._frame / FPS))
            self._frame += 1
        self.window.following.show(positions)

    def system(self, page: int, number: int) -> float:
        return float(next(p.x0 for p in self.strip.placements if (p.system.page, p.number) == (page, number)))

    def first_note(self, page: int) -> float:
        """Points from the page's left edge."""
        x = reading_of(self.strip.width).x
        return self.strip.to_page(float(x[np.searchsorted(x, self.system(page, 1))])).x

    @property
    def pages(self) -> tuple[int, int]:
        view = self.window.pages.view
        assert view
        return view.page, view.other

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press the key as a keyboard does, so that shortcuts see it, a while after the press before."""
        (held,) = self.window.findChildren(HeldKeys)
        held.forget()
        QTest.keyClick(self.window, key, modifier)


class Agent:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading


def reading_of(width: int) -> Reading:
    """A bar line every 250 strip px, a note every 50."""
    x = np.arange(80.0, width, 50)
    n = len(x)
    lines = [(at, BAR_LINE, 1.0) for at in np.arange(250.0, width, 250)]
    ones = np.ones(n, np.float32)
    return Reading(x, np.zeros((n, 88), np.float32), ones, ones, np.zeros(n, np.int32), np.array(lines, MARK))
