"""Sessions made up for the tests of the report: who plays which bars, how fast, and where they stop."""

import numpy as np

from livefollow.follow.position import State
from livefollow.practice.bar_map import BarMap, map_bars
from livefollow.practice.passes import Frames
from livefollow.score.bars import Bars
from livefollow.score.reading import BAR_LINE, MARK, Reading

FPS = 20
BAR_PX, NOTE_PX, FIRST_PX = 200.0, 50.0, 100.0  # four quarters a bar
BEATS = 4
PACE_PX = 100.0  # strip px a second at 120 quarter notes a minute


def reading(bars: int = 24) -> Reading:
    """Bars of four quarter notes, a bar line a little before each."""
    x = FIRST_PX + NOTE_PX * np.arange(bars * BEATS)
    n = len(x)
    ones = np.ones(n, np.float32)
    lines = [(FIRST_PX - 20 + BAR_PX * k, BAR_LINE, 1.0) for k in range(1, bars + 1)]
    return Reading(x, np.zeros((n, 88), np.float32), ones, ones, np.zeros(n, np.int32), np.array(lines, MARK))


def bar_map(bars: int = 24, returns: tuple[tuple[float, float], ...] = ()) -> BarMap:
    """The bars of the reading, in one system."""
    read = reading(bars)
    made = map_bars(read, Bars(read), [(0.0, FIRST_PX + BAR_PX * bars)], returns)
    assert made
    return made


def at(bar: float) -> float:
    """Strip px of a bar, from 1; 2.5 is the middle of bar 2."""
    return FIRST_PX + BAR_PX * (bar - 1)


class Pianist:
    """Plays, and the follower follows without a mistake unless it is told to make one."""

    def __init__(self) -> None:
        self._x: list[float] = []
        self._state: list[State] = []
        self._confidence: list[float] = []

    def play(self, first: float, last: float, bpm: float = 120.0, confidence: float = 0.95) -> "Pianist":
        """Play from a bar to the beginning of another."""
        frames = round((last - first) * BEATS * 60 / bpm * FPS)
        share = np.arange(frames + 1) / frames
        return self._add(at(first) + (at(last) - at(first)) * share, State.FOLLOWING, confidence)

    def wait(self, seconds: float, state: State = State.HOLDING, confidence: float = 0.6) -> "Pianist":
        """Stay where they are."""
        return self._add(np.full(round(seconds * FPS), self._x[-1]), state, confidence)

    def stop(self, seconds: float) -> "Pianist":
        """Stop; the follower goes on for a second before it knows."""
        self._add(self._x[-1] + PACE_PX * (np.arange(FPS) + 1) / FPS, State.FOLLOWING, 0.95)
        return self.wait(seconds - 1)

    def go_back(self, first: float, last: float) -> "Pianist":
        """Play from an earlier bar; the follower goes on for half a second, and is there half a second later."""
        late = FPS // 2
        self._add(self._x[-1] + PACE_PX * (np.arange(late) + 1) / FPS, State.FOLLOWING, 0.9)
        return self.play(first + PACE_PX * late / FPS / BAR_PX, last)

    def lose(self, bar: float, seconds: float, confidence: float = 0.9) -> "Pianist":
        """The follower is elsewhere for a moment."""
        return self._add(np.full(round(seconds * FPS), at(bar)), State.FOLLOWING, confidence)

    def frames(self) -> Frames:
        """What the follower said."""
        n = len(self._x)
        states = np.array([str(state) for state in self._state], np.str_)
        return Frames((np.arange(n) + 1) / FPS, np.array(self._x), np.array(self._confidence), states)

    def _add(self, x: np.ndarray, state: State, confidence: float) -> "Pianist":
        self._x += x.tolist()
        self._state += [state] * len(x)
        self._confidence += [confidence] * len(x)
        return self
