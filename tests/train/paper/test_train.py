"""The paper's agents learn, go on learning, and are exported: the real commands, for a few steps on dots."""

from __future__ import annotations

import json
import typing
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from livefollow.cli.main import main
from livefollow.follow.agent import open_agent
from livefollow.follow.paper.agent import PaperAgent
from livefollow.follow.paper.state import ACTIONS, MSMD, NOTTINGHAM, TASKS
from livefollow.train.arguments import PaperSettings
from livefollow.train.common.run import Run
from livefollow.train.paper.data import load_piece, looks_of, pieces_of
from livefollow.train.paper.network import PARAMETERS, PaperNetwork
from livefollow.train.paper.train import follow_all
from livefollow.train.rl.a2c import A2C
from livefollow.train.rl.ppo import PPO
from livefollow.train.rl.run import PolicyTraining
from tests import tiny_networks
from tests.paper_pieces import write_dataset


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)
def test_networks_are_those_of_the_tables(task) -> None:
    network = PaperNetwork(task).eval()
    assert sum(p.numel() for p in network.parameters()) == PARAMETERS[task]
    logits, values = network(torch.rand(3, 2, 78, 40), torch.rand(3, 2, task.height, task.width))
    assert logits.shape == (3, len(ACTIONS))
    assert values.shape == (3,)
    assert logits.softmax(-1).detach().numpy() == pytest.approx(np.full((3, 3), 1 / 3), abs=0.1)


@pytest.mark.parametrize(
    ("algorithm", "task"),
    [
        *(("ppo", "nottingham"), ("a2c", "nottingham"), ("reinforce", "nottingham")),
        *(("ppo", "msmd"), ("imitation", "nottingham")),
    ],
)
def test_a_run_goes_on_where_it_stopped(
    data: Path, tmp_path: Path, algorithm: str, task: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["--task", task, "--data", str(data), "--state", str(tmp_path), "--device", "cpu", "--evaluate-every", "60"]
    assert main(["train", algorithm, *run, "--steps", "120"]) == 0
    folder = tmp_path / f"paper-{algorithm}-{task}"
    rows = [json.loads(line) for line in (folder / "figures.jsonl").read_text().splitlines()]
    assert 0 <= rows[-1]["r_on"] <= 1
    assert {"r_tue", "dx", "reward", "policy", "value", "entropy"} <= rows[-1].keys()
    assert (folder / "curves.png").is_file()
    capsys.readouterr()
    assert main(["train", algorithm, *run, "--steps", "240"]) == 0
    assert f"Going on from {folder / 'checkpoint.pt'}: {int(rows[-1]['step'])} steps" in capsys.readouterr().out
    later = [json.loads(line) for line in (folder / "figures.jsonl").read_text().splitlines()]
    assert later[-1]["step"] >= 240
    assert main(["train", algorithm, *run, "--test"]) == 0
    assert "r_on" in capsys.readouterr().out


def test_nothing_to_test(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "ppo", "--data", str(data), "--state", str(tmp_path), "--test"]) != 0
    assert "no checkpoint" in capsys.readouterr().err


def test_an_ablation_is_measured_but_never_taken_for_the_papers_agent(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["train", "ppo", "--data", str(data), "--state", str(tmp_path), "--steps", "120", "--no-difference"]
    assert main(run) != 0
    assert "--name" in capsys.readouterr().err
    assert main([*run, "--speed-step", "0.5", "--name", "finer"]) == 0
    assert main([*run, "--speed-step", "0.5", "--name", "finer", "--test"]) == 0
    assert "r_on" in capsys.readouterr().out
    assert main([*run, "--speed-step", "0", "--name", "finer"]) != 0
    assert "more than 0" in capsys.readouterr().err


def test_whoever_knows_the_way_tracks_everything(data: Path) -> None:
    pieces = [load_piece(path) for path in sorted((data / "paper" / "nottingham" / "test").glob("*.npz"))]
    assert len(pieces) == 2

    def lost(observation):
        n = len(observation[0])
        return torch.tensor([[1.0, 0.0, 0.0]] * n), torch.zeros(n)

    figures = follow_all(lost, pieces, NOTTINGHAM)
    assert figures["r_tue"] == 0
    assert 0 < figures["r_on"] < 0.5

    # A constant speed near the mean keeps up with these pieces: 14 px in 5 frames.
    turn = iter(range(10_000))

    def steady(observation):
        n = len(observation[0])
        return torch.eye(3)[[2 if next(turn) < 2 else 1] * n], torch.zeros(n)

    assert follow_all(steady, pieces, NOTTINGHAM)["r_on"] > figures["r_on"]


def test_every_task_can_be_asked_for() -> None:
    assert typing.get_args(typing.get_type_hints(PaperSettings)["task"]) == tuple(TASKS)


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
def test_a_run_becomes_an_agent(data: Path, tmp_path: Path, task) -> None:
    run = ["--task", task.name, "--data", str(data), "--state", str(tmp_path), "--device", "cpu"]
    assert main(["train", "ppo", *run, "--steps", "120"]) == 0
    models = tiny_networks.write_models(tmp_path)
    name = f"paper-ppo-{task.name}"
    with (tmp_path / name / "figures.jsonl").open("a") as figures:  # of another run of that name
        figures.write(json.dumps({"step": 5, "minutes": 1, "r_on": 2, "r_on_mean": 2, "r_tue": 2, "dx": 0}) + "\n")
    assert main(["export", name, "--state", str(tmp_path), "--models", str(models)]) == 0
    agent = open_agent(name, models, "cpu")
    assert isinstance(agent, PaperAgent)
    assert [network.kind for network in agent.networks] == [f"paper-{task.name}", "reader"]
    told = {p.key: p.value for p in onnx.load(models / f"paper_ppo_{task.name}.onnx").metadata_props}
    assert json.loads(told["scores"])["valid/r_on"] <= 1
    assert json.loads(told["training"])["steps"] == 120


def test_a_run_begins_with_an_exported_network(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--data", str(data), "--device", "cpu", "--evaluate-every", "1000"]
    first, second = tmp_path / "first", tmp_path / "second"
    assert main(["train", "ppo", *run, "--state", str(first), "--steps", "120"]) == 0
    models = tiny_networks.write_models(tmp_path)
    assert main(["export", "paper-ppo-nottingham", "--state", str(first), "--models", str(models)]) == 0
    exported = models / "paper_ppo_nottingham.onnx"
    capsys.readouterr()
    begun = Run("begun", PPO(state=second, init=exported, device="cpu"))
    training = PolicyTraining(begun, PaperNetwork(NOTTINGHAM), "r_on")
    weights = {name: weight.clone() for name, weight in begun.network.state_dict().items()}
    training.take_best()  # what it begins with, until one is better
    assert all(torch.equal(weights[name], weight) for name, weight in begun.network.state_dict().items())
    begin = ["--state", str(second), "--init", str(exported), "--steps", "240"]
    assert main(["train", "ppo", *run, *begin]) == 0
    assert f"Going on from {exported}: 120 steps" in capsys.readouterr().out
    rows = [json.loads(line) for line in (second / "paper-ppo-nottingham" / "figures.jsonl").read_text().splitlines()]
    assert rows[-1]["step"] == 240


def test_tunes_in_other_keys(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--data", str(data), "--state", str(tmp_path), "--device", "cpu", "--steps", "120"]
    assert main(["train", "ppo", *run, "--transposed"]) == 0
    assert "4 pieces" in capsys.readouterr().out
    assert main(["train", "ppo", *run, "--task", "msmd", "--transposed"]) != 0
    assert "leave --transposed out" in capsys.readouterr().err


def test_pieces_added_since_are_learned_from_only_where_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_dataset(tmp_path / "data")
    more = data / "scores" / "train" / "dots-1" / "music.json"
    more.write_text(more.read_text().replace("mutopia/", "mutopia_more/"))
    run = ["train", "ppo", "--task", "msmd", "--data", str(data), "--state", str(tmp_path), "--device", "cpu"]
    assert main([*run, "--steps", "120"]) == 0
    assert "1 pieces" in capsys.readouterr().out
    assert main([*run, "--steps", "240", "--split-of", "everything"]) == 0
    assert "2 pieces" in capsys.readouterr().out
    assert [path.parent.name for path in looks_of(data, MSMD, "train")] == ["dots-0"]
    assert len(pieces_of(data, MSMD, "test")) == 2


def test_generalised_advantages_are_ppos() -> None:
    assert A2C().gae_lambda == 1
    assert PPO().gae_lambda == 0.95
