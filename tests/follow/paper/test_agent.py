"""The paper's agents at run time: the same states and the same motion as in the game that they learned."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from livefollow.errors import ScoreError
from livefollow.follow.agent import open_agent
from livefollow.follow.paper.agent import PaperAgent
from livefollow.follow.paper.state import NOTTINGHAM, TASKS, sheet_of
from livefollow.follow.position import State
from livefollow.networks.manifest import load_manifest
from livefollow.networks.reader import READER
from livefollow.networks.runtime import load_network
from livefollow.score.score import Score
from tests.optional import needs_modules
from tests.paper_pieces import dotted_piece

SCORE = Path(__file__).parents[2] / "data" / "melody.pdf"


class Decided:
    """A policy whose decisions are made beforehand; keeps what it was shown."""

    kind = "paper-nottingham"

    def __init__(self, actions) -> None:
        self.actions, self.seen = list(actions), []

    def run(self, inputs):
        self.seen.append(inputs)
        logits = np.eye(3, dtype=np.float32)[self.actions[len(self.seen) - 1]]
        return {"logits": logits[None], "value": np.array([8.0], np.float32)}


@pytest.fixture
def reader(models: Path):
    return load_network(load_manifest(models).network("reader"), READER, "cpu")


def opened(policy, reader) -> tuple[PaperAgent, Score]:
    agent, score = PaperAgent(policy, reader), Score(SCORE)
    assert list(agent.read(score)) == [1]
    return agent, score


def sound(k: int) -> np.ndarray:
    return np.full((k, 78), 0.5, np.float32)


def test_waits_for_sound_then_moves_as_decided(reader) -> None:
    agent, score = opened(Decided([2, 2, 1, 0, 1]), reader)
    silent = agent.step(np.zeros((3, 78), np.float32))
    assert [e.state for e in silent] == [State.WAITING] * 3
    estimates = agent.step(sound(5))
    px = [(e.x - silent[0].x) * NOTTINGHAM.strip_px for e in estimates]
    assert px == pytest.approx([0, 1, 3, 5, 6])  # speeds 0, 1, 2, 2, 1
    assert [e.speed * NOTTINGHAM.strip_px for e in estimates] == pytest.approx([0, 1, 2, 2, 1])
    assert all(e.state == State.FOLLOWING for e in estimates)
    assert estimates[0].confidence == pytest.approx(0.8)
    score.close()


def test_frames_all_at_once_or_one_by_one(reader) -> None:
    rng = np.random.default_rng(0)
    frames, actions = rng.random((40, 78), np.float32), rng.integers(0, 3, 40)
    whole, _ = opened(Decided(actions), reader)
    parts, _ = opened(Decided(actions), reader)
    assert whole.step(frames) == [e for frame in frames for e in parts.step(frame[None])]


def test_the_players_hand_wins(reader) -> None:
    agent, score = opened(Decided([2] * 20), reader)
    agent.step(sound(6))
    agent.place(500.0)
    assert agent.step(sound(1))[0].x == pytest.approx(500)
    assert agent.step(sound(1))[0].x == pytest.approx(500 + 1 / NOTTINGHAM.strip_px)
    score.close()


def test_never_leaves_the_score(reader) -> None:
    agent, score = opened(Decided([0] * 60), reader)
    estimates = agent.step(sound(60))
    assert min(e.x for e in estimates) == 0
    assert estimates[-1].state == State.LOST
    agent, score = opened(Decided([2] * 200), reader)
    estimates = agent.step(sound(200))
    assert estimates[-1].state == State.FINISHED
    assert max(e.x for e in estimates) <= score.strip.width + 2


def test_nothing_to_follow(reader, tmp_path: Path) -> None:
    import pymupdf

    with pymupdf.open() as document:
        document.new_page()
        document.save(tmp_path / "blank.pdf")
    with Score(tmp_path / "blank.pdf") as score, pytest.raises(ScoreError, match="nowhere to begin"):
        list(PaperAgent(Decided([]), reader).read(score))


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)
def test_sheets_are_ink_at_the_tasks_height(reader, task) -> None:
    _, score = opened(Decided([]), reader)
    sheet = sheet_of(task, score.strip)
    assert sheet.shape == (task.height, round(score.strip.width * task.strip_px))
    assert np.median(sheet) == 0  # paper
    assert sheet.max() > 200


@needs_modules("gymnasium", "torch")
def test_sees_what_it_saw_in_the_game(reader) -> None:
    from livefollow.train.paper import environment

    piece = dotted_piece(3)
    actions = [2, 2, 2, 1, 0, 1, 2, 1, 1, 0]
    game = environment.ScoreFollowing([piece], NOTTINGHAM)
    states = [game.reset()[0]]
    states += [game.step(np.int64(a))[0] for a in actions]
    policy = Decided([*actions, 1])
    agent = PaperAgent(policy, reader)
    strip = SimpleNamespace(padded=np.pad(piece.sheet, ((0, 0), (150, 150))), width=piece.sheet.shape[1])
    agent._read.append(SimpleNamespace(**vars(strip), first=piece.onset_x[0]))
    agent.step(piece.frames[: piece.first + len(states)].astype(np.float32))
    assert len(policy.seen) == len(states)
    for seen, (spectrogram, sheet) in zip(policy.seen, states, strict=True):
        assert np.array_equal(seen["spectrogram"][0], spectrogram)
        assert np.array_equal(seen["sheet"][0], sheet)


@pytest.mark.parametrize("name", [n for n, parts in load_manifest().agents.items() if parts["kind"] == "paper"])
def test_those_that_are_shipped_play_their_game(name: str) -> None:
    agent = open_agent(name, None, "cpu")
    with Score(SCORE) as score:
        assert list(agent.read(score)) == [1]
        start = agent.step(np.zeros((1, 78), np.float32))[0].x
        estimates = agent.step(sound(40))
        assert all(0 <= e.x <= score.strip.width for e in estimates)
        assert len({e.x for e in estimates}) > 1
        assert max(abs(e.x - start) for e in estimates) < 40 * 40
