"""The score on the stand comes with what is remembered of it, and goes with everything."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from livefollow.errors import ScoreError
from livefollow.score.links.ways import Link
from livefollow.score.reading import MARK, Reading
from livefollow.score.score import Score
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.preferences import open_preferences


@pytest.fixture
def open_score(tmp_path: Path) -> Iterator[OpenScore]:
    preferences = open_preferences(tmp_path)
    open_score = OpenScore(preferences)
    yield open_score
    open_score.close()
    preferences.close()


def score_of(data: Path, folder: Path) -> Score:
    return Score(data / "small.pdf", data=folder)


def reading_of(presence: list[float]) -> Reading:
    x = 100.0 * np.arange(1, len(presence) + 1)
    n = len(x)
    sure = np.array(presence, np.float32)
    return Reading(x, np.zeros((n, 88), np.float32), sure, sure, np.zeros(n, np.int32), np.zeros(0, MARK))


def test_what_is_known_is_there_when_it_is_told(open_score: OpenScore, data: Path, tmp_path: Path) -> None:
    seen: list[tuple[object, ...]] = []
    open_score.opened.connect(lambda score: seen.append(("opened", score, open_score.memory, open_score.stage)))
    open_score.closing.connect(lambda score: seen.append(("closing", score, open_score.memory, open_score.stage)))
    open_score.closed.connect(lambda: seen.append(("closed", open_score.score, open_score.memory, open_score.stage)))
    score = score_of(data, tmp_path)
    open_score.open(score)
    known = score, open_score.memory, open_score.stage
    assert None not in known
    open_score.close()
    open_score.close()
    assert seen == [("opened", *known), ("closing", *known), ("closed", None, None, None)]
    assert (open_score.page, open_score.visible, open_score.strip, list(open_score.links)) == (
        1,
        frozenset(),
        None,
        [],
    )


def test_one_score_takes_the_place_of_another(open_score: OpenScore, data: Path, tmp_path: Path) -> None:
    first, second = score_of(data, tmp_path), score_of(data, tmp_path)
    open_score.open(first)
    assert open_score.memory
    open_score.memory.change(page=2)
    open_score.open(second)
    assert open_score.score is second
    assert open_score.memory.values.page == 2, "is on the disk when the score is opened again"
    with pytest.raises(ScoreError):
        first.document.page(1)


def test_what_is_read_and_repeated_comes_to_the_stage(
    qtbot: QtBot, open_score: OpenScore, data: Path, tmp_path: Path
) -> None:
    reading = reading_of([0.9, 0.1, 0.9])
    open_score.read(reading)  # of a score that is closed by now
    assert open_score.reading is None
    open_score.open(score_of(data, tmp_path))
    assert open_score.stage
    with qtbot.waitSignal(open_score.more_read) as told:
        open_score.read(reading)
    assert told.args == [reading]
    assert open_score.stage._events.tolist() == [100.0, 300.0]
    with qtbot.waitSignal(open_score.links_changed):
        open_score.set_links([Link(300.0, 100.0)])
    assert open_score.links == open_score.stage.links == [Link(300.0, 100.0)]
