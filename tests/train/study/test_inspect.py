"""Looks inside the paper's agents, on pieces made of dots."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.cli.main import main
from livefollow.follow.paper.state import MSMD, NOTTINGHAM
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.study import inspect_tsne
from livefollow.train.study.episodes import play_episode
from livefollow.train.study.followers import open_network
from livefollow.train.study.inspect_gradients import integrated_gradients
from livefollow.train.study.inspect_tsne import far_apart
from tests.optional import needs_modules
from tests.paper_pieces import dotted_piece, write_dataset


@pytest.fixture(scope="module")
def checkpoint(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    state = tmp_path_factory.mktemp("state")
    run = ["--task", "nottingham", "--data", str(data), "--state", str(state), "--device", "cpu"]
    assert main(["train", "ppo", *run, "--steps", "120", "--evaluate-every", "60"]) == 0
    return state / "paper-ppo-nottingham" / "checkpoint.pt"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
@pytest.mark.parametrize("action", range(3))
def test_attributions_sum_up_to_what_the_state_makes_of_the_action(task, action: int) -> None:
    torch.manual_seed(action)
    network = PaperNetwork(task).eval()
    with torch.no_grad():  # of a policy that has decided: fresh ones are indifferent
        network.policy[-1].weight *= 300
    episode = play_episode(network, dotted_piece(0, task), task)
    spectrogram, sheet, missing = integrated_gradients(network, episode.spectrograms[-1], episode.sheets[-1], action)
    assert (spectrogram.shape, sheet.shape) == ((2, 78, 40), (2, task.height, task.width))
    assert missing < 0.02
    assert spectrogram.abs().sum() > 0
    assert sheet[0].abs().sum() > 0
    assert not spectrogram[episode.spectrograms[-1] == 0].any()


def test_attributions_of_an_agent_that_is_shipped_sum_up() -> None:
    network, piece = open_network("paper-ppo-nottingham", NOTTINGHAM), dotted_piece(3)
    episode = play_episode(network, piece, NOTTINGHAM)
    for k in (3, len(episode.values) - 1):
        state = (episode.spectrograms[k], episode.sheets[k])
        *_, missing = integrated_gradients(network, *state, int(episode.actions[k]))
        assert missing < 0.02


def test_an_episode_keeps_what_was_seen_and_thought() -> None:
    torch.manual_seed(0)
    network, piece = PaperNetwork(NOTTINGHAM).eval(), dotted_piece(0)
    episode = play_episode(network, piece, NOTTINGHAM)
    n = len(episode.values)
    assert len(episode.way.x) == n + 1
    assert episode.embeddings.shape == (n, 256)
    assert episode.rewards[0] == pytest.approx(1 - abs(piece.onset_x[0] - piece.true_x[piece.first]) / 50)
    with torch.no_grad():
        logits, values = network(episode.spectrograms, episode.sheets)
    assert values.numpy() == pytest.approx(episode.values, abs=1e-4)
    assert np.array_equal(logits.argmax(-1).numpy(), episode.actions)


@pytest.mark.parametrize("what", ["optimal", "state", "values", "gradients"])
def test_pictures_are_written(data: Path, checkpoint: Path, tmp_path: Path, what: str) -> None:
    more = [] if what == "optimal" else ["--agent", str(checkpoint)]
    for out in ("one", "two"):
        command = ["inspect", what, "--data", str(data), "--piece", "dots-1", "--out", str(tmp_path / out), *more]
        assert main(command) == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == [f"{what}_dots-1.png", f"{what}_dots-1.svg"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_is_not_there_is_named(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["inspect", "optimal", "--data", str(data), "--out", str(tmp_path)]
    assert main([*command, "--piece", "fugue"]) != 0
    assert "There is no piece fugue among test: there are dots-0, dots-1" in capsys.readouterr().err


def test_a_map_of_states_needs_an_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(inspect_tsne.importlib.util, "find_spec", lambda _: None)
    assert main(["inspect", "tsne", "--out", str(tmp_path)]) != 0
    assert "livefollow[inspect]" in capsys.readouterr().err


@needs_modules("openTSNE")
def test_a_map_of_states(data: Path, checkpoint: Path, tmp_path: Path) -> None:
    command = ["inspect", "tsne", "--data", str(data), "--agent", str(checkpoint), "--out", str(tmp_path)]
    assert main(command) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tsne.png", "tsne.svg"]


def test_thumbnails_are_far_apart() -> None:
    places = np.concatenate([np.random.default_rng(0).normal(size=(200, 2)), [[50, 0], [0, -50]]])
    assert {200, 201} <= set(far_apart(places, 3))
