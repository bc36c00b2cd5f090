"""Supervised training: a run warms its learning rate up, anneals it to 1 %, and leaves a network to be used.

The next run continues with that network. What a short run on new material would have it forget, it keeps when its
weights are averaged with those from before (`keep`; Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
On CUDA where available, on several GPUs or processes with `torchrun`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim.lr_scheduler import CosineAnnealingWarmRestarts, LinearLR

from livefollow.train.common.run import Run
from livefollow.train.common.settings import SupervisedSettings

LAST_RATE = 0.01  # of the peak, at the end of a run

# A step's number → the loss that is to fall, and losses to be shown.
Losses = Callable[[int], tuple[Tensor, dict[str, Tensor]]]


class SupervisedTraining:
    """One supervised run of a network."""

    def __init__(self, run: Run[Any], network: nn.Module) -> None:
        """Load the network's weights, and set up optimizer and learning rate.

        Args:
            run: of SupervisedSettings.
            network: with fresh weights.

        Raises:
            TrainingError: the checkpoint is of another network.
        """
        self._run = run
        settings: SupervisedSettings = run.settings
        self._settings, self._first = settings, run.steps
        run.begin(network, run.steps + settings.steps if settings.steps else 0)
        known = run.resumed.get("network", {})  # what is there for the first time is as it was drawn
        self._before = {name: w.detach().clone() for name, w in run.network.state_dict().items() if name in known}
        self._together: nn.Module = run.network
        if run.world > 1:
            if not torch.distributed.is_initialized():
                torch.distributed.init_process_group("nccl" if run.device.type == "cuda" else "gloo")
            self._together = DistributedDataParallel(run.network)
        decayed = [p for p in network.parameters() if p.ndim > 1]
        others = [p for p in network.parameters() if p.ndim <= 1]
        groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]
        run.optimizer = torch.optim.AdamW(groups, settings.lr, weight_decay=settings.weight_decay)
        # One cosine, along the share of the run that is over: this scheduler is the one that takes fractions.
        self._anneal = CosineAnnealingWarmRestarts(run.optimizer, 1, eta_min=settings.lr * LAST_RATE)
        warmup = max(1, settings.warmup)
        self._warm_up = LinearLR(run.optimizer, 1 / warmup, total_iters=warmup - 1)
        self._evaluated_s = 0.0

    def forward(self, *inputs: Tensor) -> Any:
        """Compute the network's outputs, with gradients shared between processes."""
        return self._run.forward(self._together, *inputs)

    @property
    def progress(self) -> float:
        """The share of the run that is over, 0 to 1."""
        if self._settings.steps:
            return min(1.0, (self._run.steps - self._first) / self._settings.steps)
        length_s = 60 * self._settings.minutes  # 0: a run that only evaluates
        return min(1.0, self._run.elapsed_s / length_s) if length_s > 0 else 1.0

    def fit(
        self, losses: Losses, evaluate: Callable[[], dict[str, float]], at_end: Callable[[], None] = lambda: None
    ) -> None:
        """Train until the run is over; evaluate every `evaluate_min` minutes and at the end.

        Args:
            losses: of a step; to be computed with `forward`.
            evaluate: figures of the network; called in the first of several processes only.
            at_end: changes the weights once they have been learned, before the last evaluation.

        Raises:
            TrainingError: the loss is not a number.
        """
        run = self._run
        run.network.train()
        while (progress := self._agreed(self.progress)) < 1.0:
            step = run.steps - self._first
            if step >= max(1, self._settings.warmup):
                self._anneal.step(progress)
            elif step:
                self._warm_up.step()
            run.learn(*losses(step))
            run.advance(1)
            if run.rank == 0 and run.elapsed_s - self._evaluated_s > 60 * self._settings.evaluate_min:
                self._evaluate(evaluate)
        self._average()
        with torch.no_grad():
            at_end()
        if run.rank == 0:
            self._evaluate(evaluate)
            run.say(run.finish())
        if run.world > 1:
            # Who leaves while others go on may be aborted by its own connections to them.
            torch.distributed.barrier()
            torch.distributed.destroy_process_group()

    def _average(self) -> None:
        """Move the weights back by `keep` of the way."""
        if keep := self._settings.keep:
            with torch.no_grad():
                weights = self._run.network.state_dict()
                for name, before in self._before.items():
                    if before.is_floating_point():
                        weights[name].lerp_(before, keep)

    def _evaluate(self, evaluate: Callable[[], dict[str, float]]) -> None:
        self._evaluated_s = self._run.elapsed_s
        self._run.evaluate(evaluate)
        self._run.save()

    def _agreed(self, progress: float) -> float:
        """The first process's progress, because all must stop at the same step."""
        if self._run.world == 1:
            return progress
        shared = torch.tensor([progress], device=self._run.device)
        torch.distributed.broadcast(shared, 0)
        return float(shared)
