"""A run that goes on: nothing is drawn twice, and short legs do not use up its patience."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.cli.training import main
from livefollow.train.common.runs import TrainingError
from livefollow.train.paper import train as paper_runs
from livefollow.train.policy import train as train_policy
from livefollow.train.rl import ppo
from livefollow.train.rl.run import Course, best_row, load_checkpoint, steps_before
from livefollow.train.rl.settings import CourseSettings
from tests.paper_pieces import dotted_piece


@pytest.fixture
def settings(tmp_path: Path) -> CourseSettings:
    return CourseSettings(steps=10_000, evaluate_every=100, patience=2, state=tmp_path, device="cpu")


def open_course(settings: CourseSettings) -> Course:
    return Course("run", torch.nn.Linear(2, 1), settings, "right")


def rate_after(course: Course) -> float:
    return float(course.optimizer.param_groups[0]["lr"])


def test_closing_evaluations_of_short_legs_do_not_count_against_patience(settings: CourseSettings) -> None:
    open_course(settings).record({"right": 0.5})
    for _ in range(6):  # legs of 20 steps
        course = open_course(settings)
        course.count(20, [])
        course.record({"right": 0.4})
    assert course.steps == 120
    assert rate_after(course) == settings.lr  # one was due, at 100 steps
    course.count(80, [])
    course.record({"right": 0.4})
    assert rate_after(course) == pytest.approx(settings.lr * settings.refine)


def test_a_short_leg_may_find_the_best_network(settings: CourseSettings) -> None:
    course = open_course(settings)
    course.count(20, [])
    course.record({"right": 0.5})
    assert open_course(settings).best == 0.5


def test_steps_before(settings: CourseSettings) -> None:
    assert steps_before("run", settings) == 0
    course = open_course(settings)
    course.count(20, [])
    course.save()
    assert steps_before("run", settings) == 20


def test_the_best_networks_figures_are_its_own(settings: CourseSettings) -> None:
    course = open_course(settings)
    course.record({"right": 0.9})  # by a run that was given up
    (course.folder / "checkpoint.pt").unlink()
    course = open_course(settings)
    course.count(20, [])
    course.record({"right": 0.5, "dx": 3.0})
    course = open_course(settings)
    course.count(20, [])
    course.record({"right": 0.4, "dx": 4.0})
    state = load_checkpoint(course.folder / "checkpoint.pt", course.device)
    best = best_row(state, course.folder, "right")
    assert (best["step"], best["right"], best["dx"]) == (20, 0.5, 3.0)
    del state["best_row"]  # as older checkpoints are
    assert best_row(state, course.folder, "right")["right"] == 0.9


class Pair(torch.nn.Module):
    """Logits and value of a number: its multiples."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = torch.nn.Parameter(torch.ones(1))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.factor * x, self.factor * x


def test_the_mean_of_the_weights_is_judged_and_kept(settings: CourseSettings) -> None:
    def judged(course: Course) -> float:
        return float(course.policy((torch.ones(1),))[0][0])

    averaged = replace(settings, average=0.9, lr=0.1)
    course = Course("run", Pair(), averaged, "right")
    mean = 1.0
    for _ in range(5):
        course.learn(course.network.factor.square().sum(), {})
        mean = 0.9 * mean + 0.1 * course.network.factor.item()
    assert judged(course) == pytest.approx(mean, abs=0.01)
    assert course.network.factor.item() < mean - 0.1
    course.count(100, [])
    course.record({"right": 0.5})
    again = Course("run", Pair(), averaged, "right")
    assert judged(again) == pytest.approx(mean, abs=0.01)
    assert again.network.factor.item() == course.network.factor.item()
    again.take_best()
    assert again.network.factor.item() == pytest.approx(mean, abs=0.01)


class StoppedError(Exception):
    """Instead of training."""


def test_a_run_that_goes_on_plays_other_pieces(
    settings: CourseSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [dotted_piece(seed) for seed in range(30)]
    monkeypatch.setattr(paper_runs, "pieces_of", lambda *_: pieces)
    drawn = []

    def train(name, environments, network, evaluate, wanted, figure):
        environments.reset()
        drawn.append(environments.playing.tolist())
        course = Course(name, network, wanted, figure)
        course.count(120, [])
        course.save()
        raise StoppedError

    monkeypatch.setattr(ppo, "train", train)
    for _ in range(2):
        with pytest.raises(StoppedError):
            main(["train", "ppo", "--data", str(tmp_path), "--state", str(tmp_path), "--device", "cpu"])
    assert drawn[0] != drawn[1]


def test_our_policy_goes_on_with_other_cursors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = []

    class Lessons:
        begins = truth = np.zeros(1)

    def environment(lessons, n, seed, **_):
        seeds.append(seed)
        raise StoppedError

    monkeypatch.setattr(train_policy, "load_lessons", lambda _: (Lessons, Lessons))
    monkeypatch.setattr(train_policy, "PolicyEnvironment", environment)
    command = ["train", "policy", "--state", str(tmp_path), "--device", "cpu"]
    with pytest.raises(StoppedError):
        main(command)
    wanted = train_policy.PolicySettings(state=tmp_path, device="cpu")
    course = Course("policy", torch.nn.Linear(2, 1), replace(wanted), "right")
    course.count(120, [])
    course.save()
    with pytest.raises(StoppedError):
        main(command)
    assert seeds[0] != seeds[1]


def test_a_loss_that_is_no_number_ends_the_run(settings: CourseSettings) -> None:
    course = Course("run", Pair(), settings, "right")
    course.learn(course.network.factor.square().sum(), {})
    course.count(10, [])
    course.learn(course.network.factor.sum() * float("nan"), {})
    with pytest.raises(TrainingError, match="lower --lr"):
        course.count(10, [])


def test_the_rate_falls_to_the_last_step(settings: CourseSettings) -> None:
    falling = replace(settings, lr=1e-2, last_lr=1e-4)
    course = open_course(falling)
    rates = []
    for _ in range(4):
        course.count(2_500, [])
        rates.append(rate_after(course))
    assert rates == pytest.approx([1e-2 * 10**-0.5, 1e-3, 1e-3 * 10**-0.5, 1e-4])
    course.save()
    assert rate_after(open_course(falling)) == pytest.approx(1e-4)
