"""Runs that learn from labels: counted, drawn from their seed and their steps, warmed up and annealed."""

from __future__ import annotations

import json
import math
from pathlib import Path

import onnx
import pytest
import torch

from livefollow.train.common.checkpoint import TrainingError, load_checkpoint
from livefollow.train.common.figures import figures_of
from livefollow.train.common.run import Run
from livefollow.train.common.settings import SupervisedSettings
from livefollow.train.common.supervised import SupervisedTraining
from livefollow.train.export.networks import export
from livefollow.train.reader.network import ReaderNetwork


class StoppedError(Exception):
    """In the middle of a run."""


def short(state: Path, steps: int, **more: object) -> SupervisedSettings:
    return SupervisedSettings(minutes=0.0, steps=steps, state=state, device="cpu", **more)


def trained(settings: SupervisedSettings, stop: int | None = None) -> tuple[Run, list[float]]:
    """A run, and the learning rate of each of its steps."""
    run = Run("line", settings)
    training = SupervisedTraining(run, torch.nn.Linear(1, 1))
    rates = []

    def loss(step: int):
        if step == stop:
            run.save()
            raise StoppedError
        rates.append(run.optimizer.param_groups[0]["lr"])
        loss = training.forward(torch.ones(4, 1)).square().mean()
        return loss, {"loss": loss}

    training.fit(loss, dict)
    return run, rates


def test_an_interrupted_run_does_not_draw_again_what_it_drew(tmp_path: Path) -> None:
    settings = short(tmp_path, 3)
    first = Run("line", settings)
    for _ in range(2):
        with pytest.raises(StoppedError):
            trained(settings, stop=2)
    again, other = Run("line", settings), Run("line", settings)
    assert again.steps == 4
    drawn = [run.rng.integers(2**31) for run in (first, again, other)]
    assert drawn[0] != drawn[1] == drawn[2]


def test_a_run_that_only_evaluates_is_not_counted(tmp_path: Path) -> None:
    for steps in (3, 0, 3):
        run, _ = trained(short(tmp_path, steps))
    assert run.number == 2
    assert [row["run"] for row in figures_of(tmp_path / "line")] == [1, 1, 2]
    assert [row["step"] for row in figures_of(tmp_path / "line")] == [3, 3, 6]


def test_the_rate_is_warmed_up_and_annealed_to_a_hundredth(tmp_path: Path) -> None:
    _, rates = trained(short(tmp_path, 40, lr=1e-2, warmup=4))
    assert rates[:4] == pytest.approx([2.5e-3, 5e-3, 7.5e-3, 1e-2])
    cosine = [1e-2 * (0.01 + 0.99 * (1 + math.cos(math.pi * step / 40)) / 2) for step in range(4, 40)]
    assert rates[4:] == pytest.approx(cosine)


def test_weight_decay_follows_the_rate_of_both_groups(tmp_path: Path) -> None:
    run, _ = trained(short(tmp_path, 40, warmup=4))
    assert len({group["lr"] for group in run.optimizer.param_groups}) == 1
    assert [group["weight_decay"] for group in run.optimizer.param_groups] == [1e-2, 0.0]


def test_a_run_ends_between_where_it_began_and_where_it_went(tmp_path: Path) -> None:
    weights = {}
    for keep in (0.0, 0.25, 1.0):
        state = tmp_path / str(keep)
        run, _ = trained(short(state, 1))
        begun = run.network.weight.item()
        run, _ = trained(short(state, 20, lr=0.1, keep=keep))
        weights[keep] = run.network.weight.item()
        assert load_checkpoint(state / "line" / "checkpoint.pt")["network"]["weight"].item() == weights[keep]
    assert weights[1.0] == begun
    assert abs(weights[0.0] - begun) > 0.1
    assert weights[0.25] == pytest.approx(0.75 * weights[0.0] + 0.25 * begun)


class Grown(torch.nn.Linear):
    ADDED = ("bias",)


def test_what_a_network_did_not_have_when_a_run_began_is_kept_as_learned(tmp_path: Path) -> None:
    before = tmp_path / "before.pt"
    torch.save({"network": {"weight": torch.tensor([[2.0]])}, "runs": 1, "steps": 1, "minutes": 0.0}, before)
    run = Run("line", short(tmp_path, 20, lr=0.1, keep=1.0, init=before))
    network = Grown(1, 1)
    drawn = network.bias.item()
    training = SupervisedTraining(run, network)
    training.fit(lambda step: (training.forward(torch.ones(4, 1)).square().mean(), {}), dict)
    assert network.weight.item() == 2.0
    assert abs(network.bias.item() - drawn) > 0.1


def test_runs_go_on_from_an_exported_network(tmp_path: Path) -> None:
    exported = tmp_path / "reader.onnx"
    export("reader", ReaderNetwork(), exported, {"runs": 3, "steps": 70, "minutes": 1.5}, {})
    run = Run("reader", short(tmp_path, 1, init=exported))
    run.begin(ReaderNetwork())
    assert (run.number, run.steps) == (3, 70)
    assert run.minutes == pytest.approx(1.5, abs=0.1)


def test_networks_of_version_0_1_say_how_often_they_were_trained(tmp_path: Path) -> None:
    exported = tmp_path / "reader.onnx"
    export("reader", ReaderNetwork(), exported, {}, {})
    model = onnx.load(exported)
    told = next(p for p in model.metadata_props if p.key == "training")
    told.value = json.dumps({"legs": 4, "steps": 16240, "minutes": 239.0})
    onnx.save(model, exported)
    run = Run("reader", short(tmp_path, 1, init=exported))
    run.begin(ReaderNetwork())
    assert (run.number, run.steps) == (4, 16240)


def test_a_checkpoint_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "line").mkdir()
    path = tmp_path / "line" / "checkpoint.pt"
    torch.save({"network": torch.nn.Linear(1, 1).state_dict(), "legs": 1, "steps": 1, "minutes": 0.1}, path)
    with pytest.raises(TrainingError, match=r"runs missing\): move it away"):
        Run("line", short(tmp_path, 1))


def test_a_run_begins_with_the_weights_of_another(tmp_path: Path) -> None:
    trained(short(tmp_path, 3))
    path = tmp_path / "line" / "checkpoint.pt"
    other = Run("other", short(tmp_path, 3, init=path))
    other.begin(torch.nn.Linear(1, 1))
    assert torch.equal(other.network.weight, load_checkpoint(path)["network"]["weight"])
    with pytest.raises(TrainingError, match="another network"):
        Run("other", short(tmp_path, 3, init=path)).begin(torch.nn.Linear(2, 1))
