"""Training in legs: a leg lasts some minutes, anneals its learning rate to nothing, and leaves a network to be used.

A leg goes on from the checkpoint of the one before, wherever it ended; on another machine from the exported network's
weights (`--init`). Device-agnostic: CUDA where there is one, several GPUs or processes through `torchrun`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import pickle
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from livefollow.storage import whole_file
from livefollow.train.arguments import LegSettings
from livefollow.train.common.runs import TrainingError, has_bfloat16, open_board, state_folder, training_device

LOG_S = 20.0  # between lines
SCALARS = 0.98  # smoothing of the losses that are shown


def leg_settings(args: argparse.Namespace) -> LegSettings:
    """What the arguments say."""
    return LegSettings(
        **{name: value for name, value in vars(args).items() if name in LegSettings.__dataclass_fields__}
    )


class Leg:
    """One leg of one network's training.

    Attributes:
        network: on the device, to be trained; call it through `forward`, so that several processes work together.
        device: where it is.
        rng: of this leg and process.
    """

    def __init__(self, name: str, network: nn.Module, settings: LegSettings) -> None:
        """Set up; goes on from a checkpoint where there is one.

        Args:
            name: of the network: names the folder of its state.
            network: with fresh weights.
            settings: of the leg.

        Raises:
            TrainingError: no such device, or the checkpoint is of another network.
        """
        self.settings = settings
        self.rank, self.world = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
        self.device = training_device(settings.device)
        if self.device.type == "cpu":
            torch.set_num_threads(settings.threads)
        else:
            torch.set_float32_matmul_precision("high")
        self.folder = state_folder(settings.state, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.network = network.to(self.device)
        self.legs, self.steps_before, self.minutes_before = 0, 0, 0.0
        self._restore()
        # The steps too: a leg that was interrupted does not count, but what it drew is not drawn again.
        torch.manual_seed(settings.seed + 1000 * self.legs + self.rank + 1_000_003 * self.steps_before)
        self.rng = np.random.default_rng([settings.seed, self.legs, self.rank, self.steps_before])
        self._together: nn.Module = self.network
        if self.world > 1:
            if not torch.distributed.is_initialized():
                torch.distributed.init_process_group("nccl" if self.device.type == "cuda" else "gloo")
            self._together = DistributedDataParallel(self.network)
        decayed = [p for p in network.parameters() if p.ndim > 1]
        others = [p for p in network.parameters() if p.ndim <= 1]
        groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, settings.lr, weight_decay=settings.weight_decay)
        self._began = time.monotonic()
        self.step, self._shown_s, self._evaluated_s, self._paused_s = 0, 0.0, 0.0, 0.0
        self._means: dict[str, float] = {}
        self._board = None if self.rank else open_board(self.folder, self.steps_before)

    def forward(self, *inputs: Tensor) -> Any:
        """The network's outputs, in bfloat16 where the machine is faster in it."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=has_bfloat16(self.device)):
            return self._together(*inputs)

    @property
    def elapsed_s(self) -> float:
        """Seconds of training so far; evaluations do not count."""
        return time.monotonic() - self._began - self._paused_s

    @property
    def progress(self) -> float:
        """Share of the leg that is over."""
        if self.settings.steps:
            return min(1.0, self.step / self.settings.steps)
        length_s = 60 * self.settings.minutes  # 0: a leg that only evaluates
        return min(1.0, self.elapsed_s / length_s) if length_s > 0 else 1.0

    def running(self) -> Iterator[int]:
        """The steps of the leg; the learning rate is set for each."""
        self.network.train()
        while True:
            progress = self._agreed(self.progress)
            if progress >= 1.0:
                return
            rate = 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress))
            rate *= min(1.0, (self.step + 1) / self.settings.warmup)
            for group in self.optimizer.param_groups:
                group["lr"] = self.settings.lr * rate
            yield self.step
            self.step += 1

    def learn(self, loss: Tensor, parts: dict[str, Tensor]) -> None:
        """Take a step down the gradient.

        Args:
            loss: what is to fall.
            parts: losses to be shown.

        Raises:
            TrainingError: the loss is not a number.
        """
        if not torch.isfinite(loss):
            raise TrainingError(f"the loss is {float(loss)} at step {self.step}: begin anew with a lower --lr")
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip)
        self.optimizer.step()
        for name, part in parts.items():
            value = float(part.detach())
            self._means[name] = SCALARS * self._means.get(name, value) + (1 - SCALARS) * value
        if self.rank == 0 and self.elapsed_s - self._shown_s > LOG_S:
            self._shown_s = self.elapsed_s
            self._show()

    def evaluation_due(self) -> bool:
        """Whether it is time to evaluate. Only the first of several processes ever does."""
        return self.rank == 0 and self.elapsed_s - self._evaluated_s > 60 * self.settings.evaluate_min

    def record(self, figures: dict[str, float]) -> None:
        """Write down figures of an evaluation, and keep a checkpoint."""
        self._evaluated_s = self.elapsed_s
        if self.rank:
            return
        row = {"leg": self.legs + (self.step > 0), "step": self.steps_before + self.step, "minutes": self._minutes()}
        row |= self._means | figures
        path = self.folder / "figures.jsonl"
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({k: round(float(v), 5) for k, v in row.items()}) + "\n")
        if self._board is not None:
            for name, value in (self._means | figures).items():
                self._board.add_scalar(name, value, self.steps_before + self.step)
        print("  " + "  ".join(f"{name} {value:.3f}" for name, value in figures.items()), flush=True)
        self.save(whole=False)

    def pause(self) -> Pause:
        """A stretch of time that does not count as training, with the network in evaluation mode."""
        return Pause(self)

    def save(self, *, whole: bool) -> Path:
        """Write the checkpoint; it appears only when it is complete.

        Args:
            whole: the leg is over; it counts if anything was learned in it.
        """
        path = self.folder / "checkpoint.pt"
        if self.rank == 0:
            state = {
                "network": self.network.state_dict(),
                "legs": self.legs + (whole and self.step > 0),
                "steps": self.steps_before + self.step,
                "minutes": self._minutes(),
                "settings": {k: str(v) for k, v in asdict(self.settings).items()},
            }
            with whole_file(path) as partial:
                torch.save(state, partial)
        return path

    def _minutes(self) -> float:
        return self.minutes_before + self.elapsed_s / 60

    def _restore(self) -> None:
        path = self.folder / "checkpoint.pt"
        source = path if path.is_file() else self.settings.init
        if source is None:
            return
        if source.suffix == ".onnx":
            from livefollow.train.common.weights import load_weights  # noqa: PLC0415  # onnx only where it is needed

            self.legs, self.steps_before, self.minutes_before = load_weights(source, self.network)
        else:
            try:
                state = torch.load(source, map_location=self.device, weights_only=True)
                self.network.load_state_dict(state["network"])
            except (OSError, KeyError, RuntimeError, pickle.UnpicklingError) as error:
                message = f"{source} is no checkpoint of this network: move it away ({type(error).__name__})"
                raise TrainingError(message) from error
            self.legs, self.steps_before = int(state["legs"]), int(state["steps"])
            self.minutes_before = float(state["minutes"])
        if self.rank == 0:
            print(f"Going on from {source}: {self.minutes_before:.0f} minutes, {self.steps_before} steps", flush=True)

    def _agreed(self, progress: float) -> float:
        """The first process' progress: all must stop at the same step."""
        if self.world == 1:
            return progress
        shared = torch.tensor([progress], device=self.device)
        torch.distributed.broadcast(shared, 0)
        return float(shared)

    def _show(self) -> None:
        left = self.elapsed_s * (1 / max(self.progress, 1e-9) - 1)
        losses = "  ".join(f"{name} {value:.4f}" for name, value in self._means.items())
        rate = self.step / max(self.elapsed_s, 1e-9)
        print(
            f"step {self.steps_before + self.step}  {losses}  {rate:.2f} steps/s  {left / 60:.1f} min left", flush=True
        )


class Pause:
    """Context: evaluation mode, no gradients, and a clock that stands still."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self._no_grad = torch.no_grad()

    def __enter__(self) -> None:
        """Stop the clock."""
        self._began = time.monotonic()
        self._leg.network.eval()
        self._no_grad.__enter__()

    def __exit__(self, *_: object) -> None:
        """Go on."""
        self._no_grad.__exit__(None, None, None)
        self._leg.network.train()
        self._leg._paused_s += time.monotonic() - self._began
