"""The loop of reinforcement learning for all algorithms: the best network is kept, the learning rate refined.

    environments: n of them stepping together, `rollout.Environments`: `reset() -> observation`,
        `step(actions (n,)) -> (observation, rewards (n,), ended (n,), info)`; a new episode follows each.
    observation: a tuple of tensors (n, ...), of any dtype.
    network: called with those, one argument each → (logits (n, actions), values (n,)).
    evaluate: called with a policy (observation → logits, values) now and then → figures, one of which is `figure`.

    run = Run("name", PPO())
    training = train(run, environments, network, evaluate, "tracked")

trains until patience is exhausted, the steps are made, or the minutes are over; called again, it continues. After
`patience` evaluations without a better figure, training goes back to the best network so far with a tenth of the
learning rate, `refinements` times; then the run is over (paper, section 4.1). The checkpoint has the best network under
`best_network`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from livefollow.train.common.checkpoint import TrainingError, load_checkpoint
from livefollow.train.common.run import Run
from livefollow.train.rl.algorithm import Algorithm
from livefollow.train.rl.rollout import Collector, Environments, Observation, Policy


def train(
    run: Run[Any],
    environments: Environments,
    network: nn.Module,
    evaluate: Callable[[Policy], dict[str, float]],
    figure: str,
) -> PolicyTraining:
    """Train a network, or continue an interrupted run.

    Args:
        run: of the algorithm's settings.
        environments: to act in; `settings.actors` is the caller's to follow.
        network: with fresh weights.
        evaluate: see above.
        figure: of `evaluate` that decides which network is best; more is better.

    Raises:
        TrainingError: it cannot begin, or the loss is not a number.
    """
    algorithm: Algorithm = run.settings
    training = PolicyTraining(run, network, figure)
    collector = Collector(environments, run.device)
    while training.goes_on:
        rollout = algorithm.collect(collector, training.exploring)
        run.network.train()
        algorithm.update(training, rollout)
        run.network.eval()
        training.count(rollout.steps, collector.lengths)
        if training.evaluation_due():
            training.evaluate(evaluate)
    return training


class PolicyTraining:
    """One reinforcement learning run of a network.

    Attributes:
        best: the best figure so far; −∞ before the first evaluation.
        best_network: its weights.
    """

    def __init__(self, run: Run[Any], network: nn.Module, figure: str) -> None:
        """Load the network's weights, optimizer and best network.

        Args:
            run: of an Algorithm's settings.
            network: with fresh weights.
            figure: of an evaluation that decides which network is best; more is better.

        Raises:
            TrainingError: the checkpoint is of another network, or there is no compiler for it.
        """
        settings: Algorithm = run.settings
        self._run, self._settings, self._figure = run, settings, figure
        run.begin(network.eval(), settings.steps, self._state)
        # The judged network stays as it is: an evaluation has other numbers of states each time.
        self._learner = compiled(run.network) if settings.compiled else run.network
        run.optimizer = torch.optim.Adam(network.parameters(), settings.lr)
        held = run.resumed
        if "optimizer" in held:
            run.optimizer.load_state_dict(held["optimizer"])
        self.best, self._best_row = float(held.get("best", -np.inf)), held.get("best_row", {})
        self.best_network = held.get("best_network") or _copied(network)
        self._waited, self._refined = int(held.get("waited", 0)), int(held.get("refined", 0))
        self._over = bool(held.get("over", False))
        self._judged: nn.Module = run.network
        self._average(held.get("average"))
        self._schedule()
        self._evaluated_at = run.steps // settings.evaluate_every

    def forward(self, observations: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
        """Compute logits and values, with gradients."""
        return self._outputs(self._learner, observations)

    def learn(self, loss: Tensor, parts: dict[str, Tensor]) -> None:
        """Take a gradient step; see `Run.learn`."""
        self._run.learn(loss, parts)
        if isinstance(self._judged, AveragedModel):
            self._judged.update_parameters(self._run.network)

    @torch.no_grad()
    def policy(self, observation: Observation) -> tuple[Tensor, Tensor]:
        """Logits and values for evaluation: no gradient, no dropout; with the mean of the weights, if there is one."""
        return self._outputs(self._judged, observation)

    @torch.no_grad()
    def exploring(self, observation: Observation) -> tuple[Tensor, Tensor]:
        """Logits and values for collecting experience: no gradient, but dropout, as in the paper's release.

        Each pass drops other units, so PPO's ratio of new to old probability varies about 1 before any learning.
        """
        self._run.network.train()
        try:
            return self.forward(observation)
        finally:
            self._run.network.eval()

    @property
    def goes_on(self) -> bool:
        """Whether the run is not over yet."""
        s, run = self._settings, self._run
        return not self._over and run.steps < s.steps and not 0 < s.minutes * 60 <= run.elapsed_s

    def count(self, steps: int, lengths: list[int]) -> None:
        """Count environment steps, and take the lengths of the episodes that ended in them from a list.

        Raises:
            TrainingError: a loss since the last call was not a number.
        """
        while lengths:
            self._run.show({"episode": float(lengths.pop())})
        self._run.advance(steps)
        self._scheduler.step()

    def evaluation_due(self) -> bool:
        """Whether to evaluate now: `evaluate_every` steps have passed, or the run is over."""
        return self._run.steps // self._settings.evaluate_every > self._evaluated_at or not self.goes_on

    def evaluate(self, evaluate: Callable[[Policy], dict[str, float]]) -> None:
        """Evaluate, refine the rate where patience is exhausted, and write a checkpoint.

        An evaluation that comes only because the minutes are over is not counted against patience: little was learned
        since the last.
        """
        row = self._run.evaluate(lambda: evaluate(self.policy))
        before, self._evaluated_at = self._evaluated_at, self._run.steps // self._settings.evaluate_every
        self._waited += self._evaluated_at > before
        if row[self._figure] > self.best:
            self.best, self._best_row, self._waited = row[self._figure], row, 0
            self.best_network = _copied(self._judged_network)
        elif self._waited >= self._settings.patience:
            self._refine()
        self._run.save()

    def take_best(self) -> None:
        """Go back to the best network so far."""
        self._run.network.load_state_dict(self.best_network)
        self._average()

    def _refine(self) -> None:
        self._waited = 0
        if self._refined == self._settings.refinements:
            self._over = True
            self._run.say(f"No better figure than {self.best:.3f} any more: over after {self._run.steps} steps")
            return
        self._refined += 1
        self.take_best()
        self._run.optimizer = torch.optim.Adam(self._run.network.parameters())
        self._schedule()
        rate = self._run.optimizer.param_groups[0]["lr"]
        self._run.say(f"Back to the network of {self.best:.3f}, rate {rate:.1e}")

    def _schedule(self) -> None:
        """Schedule the rate: it falls from its refined value by the same factor with each step."""
        s, run = self._settings, self._run
        for group in run.optimizer.param_groups:
            group["lr"] = group["initial_lr"] = s.lr * s.refine**self._refined
        fall = s.last_lr / s.lr if s.last_lr else 1.0
        self._scheduler = LambdaLR(run.optimizer, lambda _: fall ** min(1.0, run.steps / s.steps))

    def _outputs(self, network: Callable[..., Any], observation: Observation) -> tuple[Tensor, Tensor]:
        logits, values = self._run.forward(network, *(o.to(self._run.device) for o in observation))
        return logits.float(), values.float()

    @property
    def _judged_network(self) -> nn.Module:
        return self._judged.module if isinstance(self._judged, AveragedModel) else self._judged

    def _average(self, known: dict[str, Tensor] | None = None) -> None:
        """Begin the mean of the weights, or continue a known one."""
        decay, network = self._settings.average, self._run.network
        if decay > 0:
            self._judged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(decay)).eval()
            self._judged.n_averaged += 1  # the weights as they are count
            self._judged.module.load_state_dict(known or network.state_dict())

    def _state(self) -> dict[str, Any]:
        """Further entries of a checkpoint."""
        averaged = {"average": self._judged_network.state_dict()} if self._settings.average > 0 else {}
        return averaged | {
            "best_network": self.best_network,
            "optimizer": self._run.optimizer.state_dict(),
            "best": self.best,
            "best_row": self._best_row,
            "waited": self._waited,
            "refined": self._refined,
            "over": self._over,
        }


def compiled(network: nn.Module) -> Callable[..., Any]:
    """Compile a network; that happens when it is first called.

    Raises:
        TrainingError: there is no C++ compiler.
    """
    if not shutil.which(os.environ.get("CXX", "g++")):
        raise TrainingError("--compiled needs a C++ compiler: install g++, or leave the flag out")
    return torch.compile(network)


def best_of(path: Path) -> tuple[dict[str, Tensor], dict[str, float], dict[str, str]]:
    """Read the best network of a checkpoint: its weights, its recorded figures, and the run's settings.

    Raises:
        TrainingError: it is no checkpoint of such a run, or nothing has been evaluated yet.
    """
    state = load_checkpoint(path)
    if not state.get("best_row"):
        raise TrainingError(f"{path} has no network that was evaluated: go on training")
    return state["best_network"], state["best_row"], state["settings"]


def _copied(network: nn.Module) -> dict[str, Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}
