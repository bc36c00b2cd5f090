"""The algorithms on a game that takes seconds: name the number that is shown."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.rl.imitation import Imitation
from livefollow.train.rl.ppo import PPO
from livefollow.train.rl.registry import ALGORITHMS, name_of
from livefollow.train.rl.regression import Regression
from livefollow.train.rl.reinforce import Reinforce
from livefollow.train.rl.rollout import Collector, Rollout
from livefollow.train.rl.run import train


class Naming:
    """Shows one of three numbers; an episode is four of them."""

    n = 8

    def __init__(self) -> None:
        self._rng = np.random.default_rng(0)
        self._turn = 0

    def reset(self):
        self._shown = self._rng.integers(0, 3, self.n)
        return (torch.eye(3)[self._shown], torch.zeros((self.n, 1), dtype=torch.uint8))

    def advice(self):
        return torch.from_numpy(self._shown)

    def step(self, actions):
        rewards = (actions == torch.from_numpy(self._shown)).float()
        self._turn += 1
        return self.reset(), rewards, torch.full((self.n,), self._turn % 4 == 0), {}


class Namer(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.policy, self.value = torch.nn.Linear(3, 3), torch.nn.Linear(3, 1)

    def forward(self, shown, nothing):
        assert nothing.dtype == torch.uint8
        return self.policy(shown), self.value(shown)[:, 0]


def evaluate(policy):
    logits, _ = policy((torch.eye(3), torch.zeros((3, 1), dtype=torch.uint8)))
    return {"right": float((logits.argmax(-1) == torch.arange(3)).float().mean())}


@pytest.fixture
def settings(tmp_path: Path) -> PPO:
    return PPO(steps=12_000, lr=1e-2, entropy=0.01, evaluate_every=2_400, state=tmp_path, device="cpu")


def test_learns_and_goes_on(settings: PPO, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run("naming", settings)
    assert train(run, Naming(), Namer(), evaluate, "right").best == 1.0
    assert run.steps == 12_000
    rows = [json.loads(line) for line in (settings.state / "naming" / "figures.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [2_400, 4_800, 7_200, 9_600, 12_000]
    assert rows[-1]["episode"] == 4
    capsys.readouterr()
    again = Run("naming", replace(settings, steps=14_400))
    train(again, Naming(), Namer(), evaluate, "right")
    assert again.steps == 14_400
    assert again.number == 2
    assert "Going on from" in capsys.readouterr().out


def test_who_imitates_learns_from_the_teacher(tmp_path: Path) -> None:
    run = Run("pupil", Imitation(steps=4_000, lr=1e-2, gamma=0.0, evaluate_every=4_000, state=tmp_path, device="cpu"))

    class Unrewarded(Naming):
        def step(self, actions):
            observation, rewards, ended, info = super().step(actions)
            return observation, rewards * 0, ended, info

    assert train(run, Unrewarded(), Namer(), evaluate, "right").best == 1.0


def test_regression_shows_how_much_of_the_spread_it_predicts(tmp_path: Path) -> None:
    def spread(lr: float, name: str) -> float:
        settings = Regression(steps=8_000, lr=lr, gamma=0.0, evaluate_every=8_000, state=tmp_path, device="cpu")
        train(Run(name, settings), Naming(), Namer(), evaluate, "right")
        return json.loads((tmp_path / name / "figures.jsonl").read_text().splitlines()[-1])["spread"]

    assert spread(1e-9, "constant") < 0.1  # nothing learned: nearly the same for whatever is shown
    assert 0.3 < spread(1e-1, "learned") < 1.2  # the mean since the beginning


def test_who_is_led_does_as_the_teacher_says() -> None:
    network = Namer()

    def wrong(observation):
        _, values = network(*observation)
        return observation[0].roll(1, -1) * 100, values

    with torch.no_grad():
        rollout = Collector(Naming(), torch.device("cpu")).collect(wrong, 10, guided=0.5)
    agreed = (rollout.actions == rollout.advised).float().mean(0)
    assert agreed.tolist() == [1.0] * 4 + [0.0] * 4


def test_without_a_teacher_nobody_imitates() -> None:
    class NoTeacher:
        n, reset, step = Naming.n, Naming.reset, Naming.step

        def __init__(self) -> None:
            Naming.__init__(self)

    with pytest.raises(TypeError, match="no teacher"), torch.no_grad():
        Collector(NoTeacher(), torch.device("cpu")).collect(lambda o: Namer()(*o), 1, guided=0.0)


def test_patience_refines_the_rate_and_ends_the_run(settings: PPO) -> None:
    hurried = replace(settings, steps=100_000, evaluate_every=120, patience=2)
    run = Run("hurried", hurried)
    train(run, Naming(), Namer(), lambda _: {"right": 0.5}, "right")
    assert run.steps == 7 * 120  # the first is better than none; then three times two that are not
    rows = [json.loads(line) for line in (run.folder / "figures.jsonl").read_text().splitlines()]
    assert [round(row["rate"], 5) for row in rows] == [0.01] * 3 + [0.001] * 2 + [0.0001] * 2


def test_a_checkpoint_of_another_network_is_refused(settings: PPO) -> None:
    train(Run("naming", replace(settings, steps=120)), Naming(), Namer(), evaluate, "right")

    class Other(Namer):
        def __init__(self) -> None:
            super().__init__()
            self.policy = torch.nn.Linear(3, 4)

    with pytest.raises(TrainingError, match="another network"):
        train(Run("naming", settings), Naming(), Other(), evaluate, "right")
    (settings.state / "naming" / "checkpoint.pt").write_bytes(b"no checkpoint")
    with pytest.raises(TrainingError, match="no checkpoint"):
        Run("naming", settings)


def test_advantages_stop_at_the_end_of_an_episode() -> None:
    rewards, values = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[0.5], [0.25], [0.125], [4.0]])
    ended = torch.tensor([[0.0], [1.0], [0.0]])
    rollout = Rollout((), torch.zeros(3, 1), torch.zeros(3, 1), values, rewards, ended, torch.zeros(3, 1))
    last = 3 + 0.9 * 4 - 0.125
    second = 2 - 0.25
    first = 1 + 0.9 * 0.25 - 0.5 + 0.9 * 0.95 * second
    assert rollout.advantages(0.9, 0.95)[:, 0].tolist() == pytest.approx([first, second, last])


def test_an_episode_that_was_cut_is_worth_what_would_have_come() -> None:
    rewards, values = torch.tensor([[1.0], [2.0]]), torch.tensor([[0.5], [0.25], [4.0]])
    ended, cut = torch.tensor([[0.0], [1.0]]), torch.tensor([[0.0], [3.0]])
    rollout = Rollout((), torch.zeros(2, 1), torch.zeros(2, 1), values, rewards, ended, cut)
    last = 2 + 0.9 * 3 - 0.25
    first = 1 + 0.9 * 0.25 - 0.5 + 0.9 * 0.95 * last
    assert rollout.advantages(0.9, 0.95)[:, 0].tolist() == pytest.approx([first, last])


class Cut(Naming):
    """Its episodes are cut, all at once, and were worth what their last observation is."""

    def step(self, actions):
        observation, rewards, ended, info = super().step(actions)
        which = torch.nonzero(ended)[:, 0]
        return observation, rewards, ended, info | {"truncated": (which, (torch.full((len(which), 3), 7.0),))}


def test_what_is_observed_last_of_an_episode_that_is_cut_is_valued() -> None:
    def policy(observation):
        return torch.zeros(len(observation[0]), 3), observation[0].sum(-1)

    rollout = Collector(Cut(), torch.device("cpu")).collect(policy, 5)
    assert torch.equal(rollout.cut, 21 * rollout.ended)
    assert rollout.ended.any()


def test_rollouts_go_on_where_the_last_one_stopped() -> None:
    collector = Collector(Naming(), torch.device("cpu"))
    network = Namer()

    def policy(observation):
        with torch.no_grad():
            return network(*observation)

    first, second = collector.collect(policy, 5), collector.collect(policy, 5)
    assert first.observations[0].shape == (5, 8, 3)
    assert torch.equal(first.values[-1], second.values[0])
    assert first.ended[:, 0].tolist() == [0, 0, 0, 1, 0]
    seen = sum(len(actions) for _, actions, _ in first.batches(16))
    assert seen == first.steps == 40


class Forgetful(Namer):
    """Half of what it sees is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = torch.nn.Dropout(0.5)
        self.modes: list[bool] = []

    def forward(self, shown, nothing):
        self.modes.append(self.training)
        return super().forward(self.dropout(shown), nothing)


class Single(Naming):
    n = 1


@pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=ALGORITHMS)
def test_dropout_is_on_while_collecting_and_off_in_evaluations(tmp_path: Path, algorithm) -> None:
    network = Forgetful()
    evaluated = []

    def evaluation(policy):
        collected_and_learned = network.modes.copy()
        figures = evaluate(policy)
        evaluated.append((collected_and_learned, network.modes[len(collected_and_learned) :]))
        return figures

    run = Run("forgetful", algorithm(steps=1, state=tmp_path, device="cpu"))
    train(run, Single(), network, evaluation, "right")
    ((before, during),) = evaluated
    assert all(before)
    assert during == [False]


def one_step(reward: float, steps: int = 1) -> Rollout:
    """Of one environment, nothing known before."""
    shown = torch.eye(3)[:1].expand(steps, 1, 3)
    ended, rewards = torch.ones(steps, 1), torch.full((steps, 1), reward)
    chances = torch.full((steps, 1), -math.log(3))
    observations = (shown, torch.zeros(steps, 1, 1, dtype=torch.uint8))
    return Rollout(
        observations,
        torch.zeros(steps, 1).long(),
        chances,
        torch.zeros(steps + 1, 1),
        rewards,
        ended,
        torch.zeros(steps, 1),
    )


class Learner:
    """What an update learns with; nothing is learned."""

    def __init__(self) -> None:
        self.network = Namer()
        for weight in self.network.parameters():
            torch.nn.init.zeros_(weight)
        self.losses, self.parts = [], []

    def forward(self, observations):
        return self.network(*observations)

    def learn(self, loss, parts):
        self.losses.append(float(loss.detach()))
        self.parts.append({name: float(part.detach()) for name, part in parts.items()})


def test_the_value_loss_is_half_the_squared_error(settings: PPO) -> None:
    learner = Learner()
    replace(settings, entropy=0.0).update(learner, one_step(3.0, steps=8))
    assert learner.parts[0]["value"] == pytest.approx(0.5 * 3**2)
    assert learner.losses[0] == pytest.approx(settings.value * 0.5 * 3**2, abs=1e-5)


def test_a_batch_of_one_step_is_learned_from(settings: PPO) -> None:
    learner = Learner()
    settings.update(learner, one_step(3.0))
    assert np.isfinite(learner.losses).all()


class Uneven(Naming):
    """Episodes of one, two and three steps."""

    n = 3

    def step(self, actions):
        observation, rewards, _, told = super().step(actions)
        return observation, rewards, torch.tensor([(self._turn % length) == 0 for length in (1, 2, 3)]), told


def test_each_environment_plays_one_episode_to_its_end() -> None:
    collector = Collector(Uneven(), torch.device("cpu"))

    asked = []

    def policy(observation):
        asked.append(len(observation[0]))
        return torch.zeros(asked[-1], 3), torch.ones(asked[-1])

    rollout = collector.collect(policy, 100, episodes=True)
    assert asked == [3, 2, 1, 3]  # nothing is decided where the episode is over
    assert rollout.values.tolist() == [[1, 1, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1]]
    assert rollout.ended.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert collector.lengths == [1, 2, 3]
    assert rollout.steps == 6
    assert rollout.counted.tolist() == [[True] * 3, [False, True, True], [False, False, True]]
    numbers = torch.arange(9).reshape(3, 3)
    batches = list(rollout.batches(4, numbers))
    assert [len(actions) for _, actions, _ in batches] == [4, 2]
    assert sorted(n for *_, (chosen,) in batches for n in chosen.tolist()) == [0, 1, 2, 4, 5, 8]
    assert collector.collect(policy, 2, episodes=True).actions.shape == (2, 3)  # no longer than it may


def test_reinforce_learns_from_several_episodes_at_once(settings: PPO) -> None:
    wanted = Reinforce(steps=12_000, lr=1e-2, entropy=0.01, evaluate_every=2_400, state=settings.state, device="cpu")
    assert train(Run("naming", wanted), Naming(), Namer(), evaluate, "right").best == 1.0


def test_each_algorithm_has_its_name() -> None:
    assert [name_of(algorithm()) for algorithm in ALGORITHMS.values()] == list(ALGORITHMS)
