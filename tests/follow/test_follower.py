"""Frames become positions, also while the score is still read, and also late."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from livefollow.audio.file import FileSource
from livefollow.audio.ring import Ring
from livefollow.constants import BAND_HEIGHT, FRAME_WIDTH
from livefollow.errors import ModelError, ScoreError
from livefollow.features.capture import Capture
from livefollow.features.frames import frame_time_s, frames_of
from livefollow.follow.agent import open_agent
from livefollow.follow.follower import Follower
from livefollow.follow.position import Estimate, State
from livefollow.score.score import Score
from livefollow.score.strip import Cut, Strip
from tests.broken import make_pdf

SOUND = Path(__file__).parents[2] / "assets" / "demo" / "performance.ogg"
WAITS_S = 15  # of sound: more than a ring of 10 s holds


@pytest.fixture(scope="module")
def frames() -> np.ndarray:
    """The first seconds of the demo."""
    with FileSource(SOUND) as source:
        parts = [part for part, _ in zip(frames_of(source), range(100), strict=False)]
    return np.concatenate(parts)


@pytest.fixture
def score(data: Path, tmp_path: Path) -> Iterator[Score]:
    """Two pages, opened and not read."""
    with Score(data / "piano.pdf", data=tmp_path) as score:
        yield score


class Recorder:
    """An agent that says how much it has heard."""

    networks = ()

    def __init__(self) -> None:
        self.heard: list[int] = []

    def read(self, score: Score) -> Iterator[int]:
        return iter(())

    def step(self, frames: np.ndarray) -> list[Estimate]:
        self.heard.append(len(frames))
        return [Estimate(10.0 + i, 1.0, 0.5, State.FOLLOWING) for i in range(len(frames))]

    def place(self, x: float) -> None:
        self.heard.append(-round(x))

    def forget(self) -> None:
        self.heard.append(0)


def test_a_position_for_every_frame_whatever_waits_together(
    models: Path, score: Score, frames: np.ndarray, tmp_path: Path
) -> None:
    agent = open_agent(None, models, "cpu")
    list(agent.read(score))
    follower = Follower(agent, score.strip)
    single = [follower.push(frames[i : i + 1], i)[0] for i in range(len(frames))]
    with Score(score.document.path, data=tmp_path) as again:
        other = open_agent("tiny", models, "cpu")
        list(other.read(again))
        together = Follower(other, again.strip).push(frames, 0)
    assert [p.time_s for p in single] == [frame_time_s(i) for i in range(len(frames))]
    for a, b in zip(single, together, strict=True):
        assert (a.page, a.system, a.state) == (b.page, b.system, b.state)
        assert (a.x_pt, a.confidence) == pytest.approx((b.x_pt, b.confidence), abs=1e-2)
        assert a.placement is score.strip.at(a.strip_x)
        assert b.found_on(score.strip).placement is a.placement
        assert isinstance(a.state, State)
        assert a.strip_x == pytest.approx(score.strip.from_page(a.page, a.x_pt, (a.top_pt + a.bottom_pt) / 2), abs=1e-6)


def test_following_starts_with_the_first_page_and_the_strip_grows(
    models: Path, score: Score, frames: np.ndarray
) -> None:
    agent = open_agent(None, models, "cpu")
    follower = Follower(agent, score.strip)
    assert follower.push(frames[:1], 0) == []
    number = 1
    for page in agent.read(score):
        position = follower.push(frames[number : number + 1], number)[0]
        assert position.page == 1
        number += 1
        last = score.systems[page][-1]
        follower.place(page, last.right - 10, last.top)
        placed = follower.push(frames[number : number + 1], number)[0]
        assert (placed.page, placed.system) == (page, len(score.systems[page]))
        first = score.systems[1][0]
        follower.place(1, first.left, first.top)
        number += 1
    with pytest.raises(LookupError, match="page 99"):
        follower.place(99, 0, 0)


def test_a_score_without_music_and_one_without_notes(
    models: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(make_pdf(content=b" "))
    with Score(path, data=tmp_path) as score, pytest.raises(ScoreError, match="shows no staff systems"):
        list(open_agent(None, models, "cpu").read(score))
    monkeypatch.setattr(Cut, "bands", np.full((2, BAND_HEIGHT, 400), 255, np.uint8))
    with Score(data / "piano.pdf", data=tmp_path) as score, pytest.raises(ScoreError, match="No note could be read"):
        list(open_agent(None, models, "cpu").read(score))


def test_what_waits_is_followed_together_until_the_recording_is_over(score: Score, tmp_path: Path) -> None:
    list(score.read())
    agent = Recorder()
    sound, rate = soundfile.read(SOUND, frames=WAITS_S * 44100)
    soundfile.write(tmp_path / "sound.wav", sound, rate)
    with Capture(FileSource(tmp_path / "sound.wav"), ring_s=10) as capture:
        batches = list(Follower(agent, score.strip).follow(capture))
    numbers = [p.time_s for batch in batches for p in batch]
    assert numbers == [frame_time_s(i) for i in range(capture.status.frames)]
    assert sum(agent.heard) == capture.status.frames


def test_lost_frames_are_forgotten_and_time_goes_on(score: Score) -> None:
    list(score.read())
    agent = Recorder()
    ring = Ring(20, FRAME_WIDTH)
    capture = SimpleNamespace(frames=ring, finished=False)
    following = Follower(agent, score.strip).follow(capture)
    ring.write(np.zeros((5, FRAME_WIDTH), np.float32))
    assert next(following)[-1].time_s == frame_time_s(4)
    ring.write(np.zeros((30, FRAME_WIDTH), np.float32))
    assert [round(p.time_s * 20) for p in next(following)] == list(range(16, 36))
    assert agent.heard == [5, 0, 20]
    capture.finished = True
    assert list(following) == []


class Gliding(Recorder):
    """An agent whose cursor is beside where it hears the player."""

    def step(self, frames: np.ndarray) -> list[Estimate]:
        return [Estimate(12.0, 3.0, 0.5, State.FOLLOWING, heard=40.0) for _ in frames]


def test_where_the_cursor_is_and_where_the_player_was_heard(score: Score) -> None:
    list(score.read())
    (position,) = Follower(Gliding(), score.strip).push(np.zeros((1, FRAME_WIDTH), np.float32), 7)
    assert (position.strip_x, position.heard and position.heard.strip_x) == (12.0, 40.0)
    assert position.heard
    assert position.heard.time_s == position.time_s
    assert position.heard.x_pt > position.x_pt


def test_nothing_can_be_placed_on_an_empty_strip() -> None:
    with pytest.raises(LookupError):
        Follower(Recorder(), Strip()).place(1, 0, 0)


def test_agents_that_the_manifest_gets_wrong(models: Path, tmp_path: Path) -> None:
    text = (models / "manifest.json").read_text()
    for wrong, says in (('"kind": "localizer"', "of the kind 'oracle'"), ('"listener": "listener"', "its 'listener'")):
        right = '"kind": "oracle"' if "kind" in wrong else '"other": "listener"'
        (tmp_path / "manifest.json").write_text(text.replace(wrong, right))
        for name in ("reader.onnx", "listener.onnx"):
            (tmp_path / name).write_bytes((models / name).read_bytes())
        with pytest.raises(ModelError, match=says):
            open_agent(None, tmp_path, "cpu")
