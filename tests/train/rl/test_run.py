"""A run that goes on: nothing is drawn twice, and going on often does not use up its patience."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.cli.training import main
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.paper import train as paper_runs
from livefollow.train.policy import train as train_policy
from livefollow.train.rl.ppo import PPO
from livefollow.train.rl.run import PolicyTraining, best_of
from tests.paper_pieces import dotted_piece


@pytest.fixture
def settings(tmp_path: Path) -> PPO:
    return PPO(steps=10_000, evaluate_every=100, patience=2, state=tmp_path, device="cpu")


class Pair(torch.nn.Module):
    """Logits and value of a number: its multiples."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = torch.nn.Parameter(torch.ones(1))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.factor * x, self.factor * x


def opened(settings: PPO) -> tuple[Run, PolicyTraining]:
    run = Run("run", settings)
    return run, PolicyTraining(run, Pair(), "right")


def made(run: Run, training: PolicyTraining, steps: int) -> None:
    """Learn a little, and count steps."""
    training.learn(run.network.factor.square().sum(), {})
    training.count(steps, [])


def evaluated(training: PolicyTraining, **figures: float) -> None:
    training.evaluate(lambda _: figures)


def rate_of(run: Run) -> float:
    return float(run.optimizer.param_groups[0]["lr"])


def test_closing_evaluations_do_not_count_against_patience(settings: PPO) -> None:
    run, training = opened(settings)
    evaluated(training, right=0.5)
    for _ in range(6):  # goes on six times, 20 steps each
        run, training = opened(settings)
        made(run, training, 20)
        evaluated(training, right=0.4)
    assert run.steps == 120
    assert rate_of(run) == settings.lr  # one was due, at 100 steps
    made(run, training, 80)
    evaluated(training, right=0.4)
    assert rate_of(run) == pytest.approx(settings.lr * settings.refine)
    assert rate_of(opened(settings)[0]) == pytest.approx(settings.lr * settings.refine)


def test_a_few_steps_may_find_the_best_network(settings: PPO) -> None:
    run, training = opened(settings)
    made(run, training, 20)
    evaluated(training, right=0.5)
    assert opened(settings)[1].best == 0.5


@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")
def test_a_compiled_network_learns_the_same(settings: PPO, tmp_path: Path) -> None:
    observation = (torch.linspace(-1, 1, 12).reshape(4, 3),)
    learned = []
    for compiled in (False, True):
        run = Run("run", replace(settings, compiled=compiled, state=tmp_path / str(compiled)))
        training = PolicyTraining(run, Pair(), "right")
        for _ in range(3):
            logits, values = training.forward(observation)
            training.learn(logits.square().mean() + values.mean(), {})
        learned.append(run.network.factor.item())
    assert learned[0] != 1
    assert learned[1] == pytest.approx(learned[0])


def test_without_a_compiler_it_says_so(settings: PPO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXX", "no-such-compiler")
    with pytest.raises(TrainingError, match="install g"):
        opened(replace(settings, compiled=True))


def test_the_best_networks_figures_are_its_own(settings: PPO) -> None:
    run, training = opened(settings)
    evaluated(training, right=0.9)  # by a run that was given up
    (run.folder / "checkpoint.pt").unlink()
    for right, dx in ((0.5, 3.0), (0.4, 4.0)):
        run, training = opened(settings)
        made(run, training, 20)
        evaluated(training, right=right, dx=dx)
    _, best, told = best_of(run.folder / "checkpoint.pt")
    assert (best["step"], best["right"], best["dx"]) == (20, 0.5, 3.0)
    assert told["patience"] == "2"


def test_what_was_not_evaluated_is_not_exported(settings: PPO) -> None:
    run, training = opened(settings)
    made(run, training, 20)
    with pytest.raises(TrainingError, match="evaluated"):
        best_of(run.save())


def test_the_mean_of_the_weights_is_judged_and_kept(settings: PPO) -> None:
    def judged(training: PolicyTraining) -> float:
        return float(training.policy((torch.ones(1),))[0][0])

    averaged = replace(settings, average=0.9, lr=0.1)
    run, training = opened(averaged)
    mean = 1.0
    for _ in range(5):
        training.learn(run.network.factor.square().sum(), {})
        mean = 0.9 * mean + 0.1 * run.network.factor.item()
    assert judged(training) == pytest.approx(mean, abs=0.01)
    assert run.network.factor.item() < mean - 0.1
    training.count(100, [])
    evaluated(training, right=0.5)
    again, resumed = opened(averaged)
    assert judged(resumed) == pytest.approx(mean, abs=0.01)
    assert again.network.factor.item() == run.network.factor.item()
    resumed.take_best()
    assert again.network.factor.item() == pytest.approx(mean, abs=0.01)


class StoppedError(Exception):
    """Instead of training."""


def test_a_run_that_goes_on_plays_other_pieces(settings: PPO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [dotted_piece(seed) for seed in range(30)]
    monkeypatch.setattr(paper_runs, "pieces_of", lambda *_, **__: pieces)
    drawn = []

    def train(run, environments, network, evaluate, figure):
        environments.reset()
        drawn.append(environments.playing.tolist())
        run.begin(network)
        run.optimizer = torch.optim.Adam(network.parameters())
        run.advance(120)
        run.save()
        raise StoppedError

    monkeypatch.setattr(paper_runs, "train", train)
    for _ in range(2):
        with pytest.raises(StoppedError):
            main(["train", "ppo", "--data", str(tmp_path), "--state", str(tmp_path), "--device", "cpu"])
    assert drawn[0] != drawn[1]


def test_our_policy_goes_on_with_other_cursors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = []

    class Trajectories:
        begins = truth = np.zeros(1)

    def environment(trajectories, n, seed, **_):
        seeds.append(seed)
        raise StoppedError

    monkeypatch.setattr(train_policy, "load_trajectories", lambda _: (Trajectories, Trajectories))
    monkeypatch.setattr(train_policy, "PolicyEnvironment", environment)
    command = ["train", "policy", "--state", str(tmp_path), "--device", "cpu"]
    with pytest.raises(StoppedError):
        main(command)
    run = Run("policy", train_policy.PolicySettings(state=tmp_path, device="cpu"))
    run.begin(torch.nn.Linear(2, 1))
    run.advance(120)
    run.save()
    with pytest.raises(StoppedError):
        main(command)
    assert seeds[0] != seeds[1]


def test_a_loss_that_is_no_number_ends_the_run(settings: PPO) -> None:
    run, training = opened(settings)
    made(run, training, 10)
    training.learn(run.network.factor.sum() * float("nan"), {})
    with pytest.raises(TrainingError, match="lower --lr"):
        training.count(10, [])


def test_the_rate_falls_to_the_last_step(settings: PPO) -> None:
    falling = replace(settings, lr=1e-2, last_lr=1e-4)
    run, training = opened(falling)
    rates = []
    for _ in range(4):
        made(run, training, 2_500)
        rates.append(rate_of(run))
    assert rates == pytest.approx([1e-2 * 10**-0.5, 1e-3, 1e-3 * 10**-0.5, 1e-4])
    run.save()
    assert rate_of(opened(falling)[0]) == pytest.approx(1e-4)
