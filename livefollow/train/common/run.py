"""`Run`: one training run of any network, with its folder, device, clock, checkpoint, figures, TensorBoard and curves.

    run = Run("reader", settings)          # reads the checkpoint it goes on from
    run.begin(network)                     # its weights, and the clock starts
    run.optimizer = torch.optim.Adam(...)
    run.learn(loss, parts); run.advance(1)
    run.evaluate(lambda: {"f1": ...})
    print(run.finish())

`supervised.SupervisedTraining` and `rl.run.PolicyTraining` are built on it. A run continues from its checkpoint,
wherever it was stopped; on another machine it continues from the exported network (`--init`).
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from livefollow.progress import ProgressBar
from livefollow.storage import whole_file
from livefollow.train.common.checkpoint import CHECKPOINT, TrainingError, load_checkpoint, set_weights, state_folder
from livefollow.train.common.figures import FIGURES, write_curves
from livefollow.train.common.settings import RunSettings

SAVE_S = 300.0  # between checkpoints, if there is no evaluation before
SMOOTHING = 0.99  # of what is shown, per step of learning
DECIMALS = 7  # of recorded figures
M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4  # of glibc's malloc.h
SEED_STRIDE = 1_000_003  # between the seeds of two steps at which a run may go on

Settings = TypeVar("Settings", bound=RunSettings)


class Run(Generic[Settings]):
    """One run of one network's training.

    Attributes:
        settings: of the run.
        device: where it learns.
        folder: of checkpoint, figures and curves.
        rank: of this process; 0 where it is the only one. That one alone evaluates and writes.
        world: processes that learn together.
        rng: of this process; other numbers each time the run goes on.
        resumed: what the checkpoint holds that it goes on from; empty for a new one.
        steps: so far, before this process included.
        network: on the device, after `begin`.
        optimizer: of it; to be set before `learn`.
    """

    network: nn.Module
    optimizer: torch.optim.Optimizer

    def __init__(self, name: str, settings: Settings) -> None:
        """Read the checkpoint, where there is one, and seed the random generators.

        Args:
            name: names the folder of the run.
            settings: of the run.

        Raises:
            TrainingError: no such device, or what it should go on from is no checkpoint.
        """
        self.settings = settings
        self.rank, self.world = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
        self.device = training_device(settings.device)
        if self.device.type == "cpu":
            torch.set_num_threads(settings.threads)
            keep_memory()
        else:
            torch.set_float32_matmul_precision("high")
        self.folder = state_folder(settings.state, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / CHECKPOINT
        self._source = path if path.is_file() else settings.init
        self.resumed = {} if self._source is None else self._read(self._source, own=self._source == path)
        self.steps = self._steps_before = int(self.resumed.get("steps", 0))
        self._runs_before, self._minutes_before = self.resumed.get("runs", 0), self.resumed.get("minutes", 0.0)
        self.rng = np.random.default_rng([settings.seed, self.steps, self.rank])
        self._seed()
        self._means: dict[str, Tensor | float] = {}
        self._loss = torch.zeros((), device=self.device)  # sum since the last `advance`
        self._more: Callable[[], dict[str, Any]] = dict
        self._paused_s = self._saved_s = 0.0
        self._board: Any = None
        self._bar: ProgressBar | None = None

    def begin(self, network: nn.Module, until: int = 0, more: Callable[[], dict[str, Any]] = dict) -> None:
        """Load the weights into the network and start the clock.

        Args:
            network: with fresh weights, which those of the checkpoint replace.
            until: steps at which the run is over; 0 where only minutes count.
            more: further entries of a checkpoint.

        Raises:
            TrainingError: the checkpoint is of another network.
        """
        self.network, self._until, self._more = network.to(self.device), until, more
        if self._source is not None:
            set_weights(self.network, self.resumed["network"], self._source)
            self.say(f"Going on from {self._source}: {self.steps} steps, {self._minutes_before:.0f} minutes")
        self._seed()
        if self.rank == 0:
            self._board = _open_board(self.folder, self.steps)
            total, unit = (until, "step") if until else (self.settings.minutes, "min")
            self._bar = ProgressBar(total=total, unit=unit, initial=self.steps if until else 0, desc=self.folder.name)
        self._began = time.monotonic()

    @property
    def elapsed_s(self) -> float:
        """Seconds of training since `begin`; evaluations do not count."""
        return time.monotonic() - self._began - self._paused_s

    @property
    def minutes(self) -> float:
        """Minutes of training so far, before this process included."""
        return float(self._minutes_before) + self.elapsed_s / 60

    @property
    def number(self) -> int:
        """The number of runs of this name in which anything was learned, including this one."""
        return int(self._runs_before) + (self.steps > self._steps_before)

    def forward(self, network: Callable[..., Any], *inputs: Tensor) -> Any:
        """Compute a network's outputs, with bfloat16 inside where the machine is faster with it."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=has_bfloat16(self.device)):
            return network(*inputs)

    def learn(self, loss: Tensor, parts: dict[str, Tensor]) -> None:
        """Take a gradient step. Nothing here waits for the device; `advance` checks that the loss is a number.

        Args:
            loss: to be minimised.
            parts: values to be shown.
        """
        self._loss = self._loss + loss.detach()
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.gradient_norm)
        self.optimizer.step()
        self.show({name: part.detach() for name, part in parts.items()})

    def show(self, parts: dict[str, Tensor | float]) -> None:
        """Mix values into the running means that are shown and recorded."""
        for name, value in parts.items():
            self._means[name] = SMOOTHING * self._means.get(name, value) + (1 - SMOOTHING) * value

    def advance(self, steps: int) -> None:
        """Count steps, and write a checkpoint every SAVE_S.

        Raises:
            TrainingError: a loss since the last call was not a number.
        """
        loss = float(self._loss)
        if not math.isfinite(loss):
            raise TrainingError(f"the loss is {loss} after {self.steps} steps: begin again with a lower --lr")
        self._loss = torch.zeros((), device=self.device)
        self.steps += steps
        if self._bar is not None:
            self._bar.update(steps if self._until else self.elapsed_s / 60 - self._bar.n)
            if not self._bar.disable:
                self._bar.set_postfix({k: f"{float(v):.3f}" for k, v in self._means.items()}, refresh=False)
        if self.elapsed_s - self._saved_s > SAVE_S:
            self.save()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Context that does not count as training time: evaluation mode, no gradients."""
        began, learning = time.monotonic(), self.network.training
        self.network.eval()
        try:
            with torch.no_grad():
                yield
        finally:
            self.network.train(learning)
            self._paused_s += time.monotonic() - began

    def evaluate(self, evaluate: Callable[[], dict[str, float]]) -> dict[str, float]:
        """Evaluate in a pause and record the figures; returns what `record` does. First process only."""
        with self.pause():
            return self.record(evaluate())

    def record(self, figures: dict[str, float]) -> dict[str, float]:
        """Record the figures of an evaluation, with the means shown since the last one.

        Returns:
            The row: AXES, learning rate, means and figures.
        """
        rate = self.optimizer.param_groups[0]["lr"]
        row = {"run": self.number, "step": self.steps, "minutes": self.minutes, "rate": rate} | self._means | figures
        row = {name: round(float(value), DECIMALS) for name, value in row.items()}
        with (self.folder / FIGURES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        if self._board is not None:
            for name, value in row.items():
                self._board.add_scalar(name, value, self.steps)
        told = "  ".join(f"{name} {row[name]:.3f}" for name in (*self._means, *figures))
        self.say(f"step {self.steps}  {self.minutes:.0f} min  {told}")
        return row

    def save(self) -> Path:
        """Write the checkpoint, whole or not at all."""
        self._saved_s = self.elapsed_s
        path = self.folder / CHECKPOINT
        if self.rank == 0:
            state = {
                "network": self.network.state_dict(),
                "runs": self.number,
                "steps": self.steps,
                "minutes": self.minutes,
                "settings": {k: str(v) for k, v in asdict(self.settings).items()},
            }
            with whole_file(path) as partial:
                torch.save(state | self._more(), partial)
        return path

    def finish(self) -> str:
        """Write the last checkpoint and the curves; returns a sentence that says where they are."""
        if self._bar is not None:
            self._bar.close()
        return f"{self.steps} steps; {self.save()}; curves in {write_curves(self.folder)}"

    def say(self, text: str) -> None:
        """Print a line above the bar; of several processes, only the first does."""
        if self.rank == 0:
            with ProgressBar.external_write_mode():
                print(text, flush=True)

    def _seed(self) -> None:
        """Seed torch, by the steps too, so that a continued run does not draw the same numbers again."""
        torch.manual_seed(self.settings.seed + SEED_STRIDE * self.steps + self.rank)

    def _read(self, source: Path, *, own: bool) -> dict[str, Any]:
        if source.suffix == ".onnx":
            from livefollow.train.common.exported import read_exported  # noqa: PLC0415  # onnx only where it is needed

            return read_exported(source)
        state = load_checkpoint(source, self.device)
        if own:
            return state
        weights = state.get("best_network", state["network"])
        return {"network": weights} | {name: state[name] for name in ("runs", "steps", "minutes")}


def keep_memory() -> None:
    """Let glibc keep the memory of tensors that are gone, for those of the next step; elsewhere do nothing.

    Else every large tensor is fetched from the system, page by page, and given back: a fifth of the time of a step of
    MSMD's network.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(M_MMAP_MAX, 0)
        mallopt(M_TRIM_THRESHOLD, 2**31 - 1)


def training_device(wanted: str) -> torch.device:
    """Find the device for `auto`, `cpu` or `cuda`.

    Raises:
        TrainingError: there is no CUDA device.
    """
    if wanted == "cuda" and not torch.cuda.is_available():
        raise TrainingError("There is no CUDA device here: leave --device out, or say --device cpu.")
    if wanted == "cpu" or not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))


def has_bfloat16(device: torch.device) -> bool:
    """Whether a device supports bfloat16 in hardware."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    return bool(torch.cpu._is_avx512_bf16_supported())


def _open_board(folder: Path, step: int) -> Any:
    """Open a TensorBoard writer that continues at a step; None where TensorBoard is not installed."""
    try:
        from torch.utils.tensorboard import SummaryWriter  # noqa: PLC0415
    except ImportError:
        print("No TensorBoard here: figures are written to figures.jsonl only.", file=sys.stderr)
        return None
    return SummaryWriter(str(folder / "tensorboard"), purge_step=step)
