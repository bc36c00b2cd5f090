"""The course of a reinforcement learning run: steps counted, figures written, the best network kept, the rate refined.

Whatever the algorithm: it calls `learn` with a loss, `count` with the steps it made, and `record` with an evaluation
when one is due. After `patience` evaluations without a better figure the best network so far is taken up again with a
tenth of the learning rate, `refinements` times; then the run is over (paper, section 3.3). A run goes on from its
checkpoint, wherever it was stopped.
"""

from __future__ import annotations

import json
import math
import pickle
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from livefollow.storage import whole_file
from livefollow.train.common.runs import (
    TrainingError,
    figures_of,
    has_bfloat16,
    open_board,
    state_folder,
    training_device,
)
from livefollow.train.rl.rollout import Observation
from livefollow.train.rl.settings import CourseSettings

LOG_S = 20.0  # between lines
SAVE_S = 300.0  # between checkpoints, if there is no evaluation before
SMOOTHING = 0.99  # of what is shown


class Course:
    """One run of one network's training.

    Attributes:
        network: on the device.
        device: where it is.
        folder: of checkpoint, figures and curves.
        steps: environment steps so far.
        best: the best figure so far; −∞ before the first evaluation.
    """

    def __init__(self, name: str, network: nn.Module, settings: CourseSettings, figure: str) -> None:
        """Set up; goes on from a checkpoint where there is one.

        Args:
            name: names the folder of the run.
            network: with fresh weights.
            settings: of the run.
            figure: what `record` is to look at; more is better.

        Raises:
            TrainingError: no such device, or the checkpoint is of another network.
        """
        self.settings, self._figure = settings, figure
        self.device = training_device(settings.device)
        if self.device.type == "cpu":
            torch.set_num_threads(settings.threads)
        self.folder = state_folder(settings.state, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = network.to(self.device).eval()
        self.optimizer = torch.optim.Adam(network.parameters(), settings.lr)
        self.steps, self.best = 0, -np.inf
        self._refined, self._waited, self._seconds = 0, 0, 0.0
        self._best_network = {k: v.clone() for k, v in network.state_dict().items()}
        self._best_row: dict[str, float] = {}
        self._over = False
        self._judged: nn.Module = self.network
        self._restore()
        self._evaluated_at = self.steps // settings.evaluate_every
        torch.manual_seed(settings.seed + 1_000_003 * self.steps)
        self._began, self._paused_s, self._shown_s, self._saved_s = time.monotonic(), 0.0, 0.0, 0.0
        self._first_step = self.steps
        self._means: dict[str, Tensor | float] = {}
        self._loss = torch.zeros((), device=self.device)  # sum since the last count
        self._board = open_board(self.folder, self.steps)

    def forward(self, observations: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
        """Logits and values, in bfloat16 inside where the machine is faster in it."""
        return self._outputs(self.network, observations)

    @torch.no_grad()
    def policy(self, observation: Observation) -> tuple[Tensor, Tensor]:
        """Logits and values for evaluating: no gradient, no dropout; of the mean of the weights, if there is one."""
        return self._outputs(self._judged, tuple(o.to(self.device) for o in observation))

    @torch.no_grad()
    def exploring(self, observation: Observation) -> tuple[Tensor, Tensor]:
        """Logits and values for collecting what is learned from: no gradient, but dropout, as in the paper's release.

        Each pass drops anew, so PPO's ratio of new to old probability scatters about 1 before anything is learned.
        """
        self.network.train()
        try:
            return self.forward(tuple(o.to(self.device) for o in observation))
        finally:
            self.network.eval()

    @property
    def elapsed_s(self) -> float:
        """Seconds of training since this process began; evaluations do not count."""
        return time.monotonic() - self._began - self._paused_s

    @property
    def goes_on(self) -> bool:
        """Whether there is more to do."""
        minutes = self.settings.minutes
        return not self._over and self.steps < self.settings.steps and not 0 < minutes * 60 <= self.elapsed_s

    def learn(self, loss: Tensor, parts: dict[str, Tensor]) -> None:
        """Take a step down the gradient.

        Args:
            loss: what is to fall.
            parts: what is to be shown.

        Nothing here waits for the device: that the loss is a number is seen to by `count`.
        """
        self._loss = self._loss + loss.detach()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.gradient_norm)
        self.optimizer.step()
        if isinstance(self._judged, AveragedModel):
            self._judged.update_parameters(self.network)
        self.show({name: part.detach() for name, part in parts.items()})

    def show(self, parts: dict[str, Tensor | float]) -> None:
        """Mix values into the running means that are printed and recorded."""
        for name, value in parts.items():
            self._means[name] = SMOOTHING * self._means.get(name, value) + (1 - SMOOTHING) * value

    def count(self, steps: int, lengths: list[int]) -> None:
        """Environment steps were made; episodes of these lengths ended in them, and are taken from the list.

        Raises:
            TrainingError: a loss since the last call was not a number.
        """
        loss = float(self._loss)
        if not math.isfinite(loss):
            raise TrainingError(f"the loss is {loss} after {self.steps} steps: begin anew with a lower --lr")
        self._loss = torch.zeros((), device=self.device)
        self.steps += steps
        self._set_rate()
        while lengths:
            self.show({"episode": float(lengths.pop())})
        if self.elapsed_s - self._shown_s > LOG_S:
            self._shown_s = self.elapsed_s
            self._print()
        if self.elapsed_s - self._saved_s > SAVE_S:
            self.save()

    def evaluation_due(self) -> bool:
        """Whether it is time to evaluate: `evaluate_every` steps have passed, or the run is over."""
        return self.steps // self.settings.evaluate_every > self._evaluated_at or not self.goes_on

    def pause(self) -> ClockPause:
        """A stretch of time that does not count as training."""
        return ClockPause(self)

    def record(self, figures: dict[str, float]) -> None:
        """Write down an evaluation, refine the rate where patience is at its end, and keep a checkpoint.

        One that comes only because the minutes are over is not counted against patience: little was learned since the
        last.
        """
        before, self._evaluated_at = self._evaluated_at, self.steps // self.settings.evaluate_every
        row = {"step": self.steps, "minutes": self._minutes(), "rate": self._rate()} | self._means | figures
        row = {k: round(float(v), 7) for k, v in row.items()}
        with (self.folder / "figures.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        if self._board is not None:
            for name, value in row.items():
                self._board.add_scalar(name, value, self.steps)
        print("  " + "  ".join(f"{name} {value:.3f}" for name, value in figures.items()), flush=True)
        self._waited += self._evaluated_at > before
        if figures[self._figure] > self.best:
            self.best, self._waited = figures[self._figure], 0
            self._best_network = {k: v.clone() for k, v in self._judged_network.state_dict().items()}
            self._best_row = row
        elif self._waited >= self.settings.patience:
            self._refine()
        self.save()

    def save(self) -> Path:
        """Write the checkpoint; it appears only when it is complete."""
        self._saved_s = self.elapsed_s
        path = self.folder / "checkpoint.pt"
        state = {
            "network": self.network.state_dict(),
            "best_network": self._best_network,
            "optimizer": self.optimizer.state_dict(),
            "steps": self.steps,
            "seconds": self._seconds + self.elapsed_s,
            "best": float(self.best),
            "best_row": self._best_row,
            "waited": self._waited,
            "refined": self._refined,
            "over": self._over,
            "settings": {k: str(v) for k, v in asdict(self.settings).items()},
        }
        if self._judged_network is not self.network:
            state["average"] = self._judged_network.state_dict()
        with whole_file(path) as partial:
            torch.save(state, partial)
        return path

    def take_best(self) -> None:
        """Go back to the best network so far."""
        self.network.load_state_dict(self._best_network)
        self._average()

    def _refine(self) -> None:
        self._waited = 0
        if self._refined == self.settings.refinements:
            self._over = True
            print(f"No better figure than {self.best:.3f} any more: over after {self.steps} steps", flush=True)
            return
        self._refined += 1
        self.take_best()
        self.optimizer = torch.optim.Adam(self.network.parameters(), self._rate())
        print(f"Back to the network of {self.best:.3f}, rate {self._rate():.1e}", flush=True)

    def _outputs(self, network: nn.Module, observations: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
        with torch.autocast(self.device.type, torch.bfloat16, enabled=has_bfloat16(self.device)):
            logits, values = network(*observations)
        return logits.float(), values.float()

    @property
    def _judged_network(self) -> nn.Module:
        return self._judged.module if isinstance(self._judged, AveragedModel) else self._judged

    def _average(self, known: dict[str, Tensor] | None = None) -> None:
        """Begin the mean of the weights, or go on with the one that is known."""
        if self.settings.average > 0:
            self._judged = AveragedModel(self.network, multi_avg_fn=get_ema_multi_avg_fn(self.settings.average)).eval()
            self._judged.n_averaged += 1  # the weights as they are count
            self._judged.module.load_state_dict(known or self.network.state_dict())

    def _rate(self) -> float:
        s = self.settings
        fallen = (s.last_lr / s.lr) ** min(1.0, self.steps / s.steps) if s.last_lr else 1.0
        return s.lr * fallen * s.refine**self._refined

    def _set_rate(self) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = self._rate()

    def _minutes(self) -> float:
        return (self._seconds + self.elapsed_s) / 60

    def _restore(self) -> None:
        path = self.folder / "checkpoint.pt"
        source = path if path.is_file() else self.settings.init
        if source is None:
            self._average()
            return
        if source.suffix == ".onnx":
            from livefollow.train.common.weights import load_weights  # noqa: PLC0415  # onnx only where it is needed

            _, self.steps, minutes = load_weights(source, self.network)
            self._seconds = 60 * minutes
            self._best_network = {k: v.clone() for k, v in self.network.state_dict().items()}  # until one is better
            self._average()
            print(f"Going on from {source}: {self.steps} steps", flush=True)
            return
        state = load_checkpoint(source, self.device)
        try:
            self.network.load_state_dict(state["network" if source == path else "best_network"])
        except RuntimeError as error:
            raise TrainingError(f"{source} is of another network: move it away") from error
        if source == path:
            self._best_network, self._best_row = state["best_network"], state.get("best_row", {})
            self.steps, self._seconds, self.best = int(state["steps"]), float(state["seconds"]), float(state["best"])
            self._waited, self._refined, self._over = int(state["waited"]), int(state["refined"]), bool(state["over"])
            self.optimizer.load_state_dict(state["optimizer"])
            self._set_rate()
        self._average(state.get("average") if source == path else None)
        print(f"Going on from {source}: {self.steps} steps, best {float(state['best']):.3f}", flush=True)

    def _print(self) -> None:
        rate = (self.steps - self._first_step) / max(self.elapsed_s, 1e-9)
        left = (self.settings.steps - self.steps) / max(rate, 1e-9)
        if self.settings.minutes:
            left = min(left, 60 * self.settings.minutes - self.elapsed_s)
        means = "  ".join(f"{name} {float(value):.3f}" for name, value in self._means.items())
        print(f"step {self.steps}  {means}  {rate:.0f} steps/s  {left / 60:.0f} min left", flush=True)


class ClockPause:
    """Context: a clock that stands still."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def __enter__(self) -> None:
        """Stop the clock."""
        self._began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        """Go on."""
        self._course._paused_s += time.monotonic() - self._began


def steps_before(name: str, settings: CourseSettings) -> int:
    """Environment steps that are in a run's checkpoint; 0 where there is none.

    Environments are seeded with them too: a run that goes on does not see the same episodes again.

    Raises:
        TrainingError: the checkpoint is none.
    """
    path = state_folder(settings.state, name) / "checkpoint.pt"
    return int(load_checkpoint(path, torch.device("cpu"))["steps"]) if path.is_file() else 0


def load_checkpoint(path: Path, device: torch.device) -> dict[str, Any]:
    """What `Course.save` wrote.

    Raises:
        TrainingError: it is no such file.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
        missing = {"network", "best_network", "steps", "best"} - state.keys()
    except (OSError, RuntimeError, AttributeError, pickle.UnpicklingError) as error:
        raise TrainingError(f"{path} is no checkpoint ({type(error).__name__}): move it away") from error
    if missing:
        raise TrainingError(f"{path} is no checkpoint of such a run: move it away")
    return state


def best_row(state: dict[str, Any], folder: Path, figure: str) -> dict[str, float]:
    """What was recorded of the best network: its step, minutes and figures.

    Args:
        state: a checkpoint.
        folder: of the run. Older checkpoints do not hold the row; theirs is the best of figures.jsonl, which may be of
            an earlier run of the same name.
        figure: by which the best network was chosen.

    Raises:
        TrainingError: nothing has been recorded.
    """
    row: dict[str, float] = state.get("best_row", {})
    return row or max(figures_of(folder), key=lambda recorded: recorded.get(figure, -np.inf))
