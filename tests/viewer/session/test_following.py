"""From samples to positions with the networks that come along: begun anywhere, stopped, gone back, skipped."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from livefollow.audio.file import FileSource
from livefollow.follow.agent import Agent, open_agent
from livefollow.follow.position import Position, State
from livefollow.score.score import Score
from livefollow.viewer.session.session import Session

DEMO = Path(__file__).parents[3] / "assets" / "demo"
SILENCE_S = 6.0
# Seconds of the demo's recording as they are heard, a silence before each: begun on page 2, gone back, skipped.
PARTS = ((80.0, 100.0), (30.0, 50.0), (150.0, 165.0))
LENGTH_S = sum(b - a + SILENCE_S for a, b in PARTS) + SILENCE_S


class Prepared:
    """An agent that has read the score before the sound begins, so that the same is heard with it every time."""

    def __init__(self, agent: Agent, score: Score) -> None:
        self._agent = agent
        list(agent.read(score))

    def read(self, score: Score) -> Iterator[int]:
        yield score.document.page_count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._agent, name)


@pytest.fixture
def performance(tmp_path: Path) -> Path:
    sound, rate = soundfile.read(DEMO / "performance.ogg", always_2d=True)
    hiss = np.random.default_rng(0).normal(0, 1e-4, (round(SILENCE_S * rate), sound.shape[1]))
    parts = [part for a, b in PARTS for part in (hiss, sound[round(a * rate) : round(b * rate)])]
    soundfile.write(tmp_path / "performance.wav", np.concatenate([*parts, hiss]), rate)
    return tmp_path / "performance.wav"


def place_at(second: float) -> tuple[int, float]:
    """Page and x where the player is at a second of the demo's recording, on the way from one onset to the next."""
    with (DEMO / "truth.csv").open() as file:
        rows = list(csv.DictReader(file))
    last = max(i for i, row in enumerate(rows) if float(row["onset_s"]) <= second)
    there, then = rows[last], rows[min(last + 1, len(rows) - 1)]
    if then["system"] != there["system"]:
        then = there
    x = np.interp(second, *([float(row[name]) for row in (there, then)] for name in ("onset_s", "x_pt")))
    return int(there["page"]), float(x)


def test_the_player_is_found_and_held_and_found_again(qtbot: QtBot, performance: Path, tmp_path: Path) -> None:
    said: list[Position] = []
    with Score(DEMO / "score.pdf", data=tmp_path) as score:
        session = Session(Prepared(open_agent(None, None, "cpu"), score), score, FileSource(performance))
        session.moved.connect(said.extend)
        with qtbot.waitSignal(session.sound_ended, timeout=120_000):
            session.start()
        qtbot.waitUntil(lambda: said[-1].time_s > LENGTH_S - 0.2)
        session.stop()
    by_time = {round(position.time_s, 2): position for position in said}
    assert by_time[SILENCE_S - 0.5].state == State.WAITING
    begins = 0.0
    for first, last in PARTS:
        begins += SILENCE_S
        ends = begins + last - first
        for before_end in (3.0, 1.0):
            found = by_time[round(ends - before_end, 2)]
            page, x_pt = place_at(last - before_end)
            assert (found.page, found.state) == (page, State.FOLLOWING)
            assert abs(found.x_pt - x_pt) < 40
        held = by_time[round(ends + SILENCE_S - 1, 2)]
        assert (held.page, held.state) == (place_at(last)[0], State.HOLDING)
        assert abs(held.x_pt - place_at(last)[1]) < 40
        begins = ends
