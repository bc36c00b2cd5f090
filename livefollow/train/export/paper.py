"""The paper's agents as ONNX: the best network of a run, as `livefollow.follow.paper.agent` runs it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livefollow.constants import N_BINS
from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import FRAMES, TASKS, Task
from livefollow.networks.manifest import NetworkFile
from livefollow.networks.runtime import load_network
from livefollow.train.arguments import PAPER_RUNS
from livefollow.train.common.checkpoint import CHECKPOINT, TrainingError, state_folder
from livefollow.train.export.onnx_files import TOLERANCE, recipe, record, register, rounded, write
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.rl.run import best_of

# Runs that become agents of the same name.
NAMES = ["spectrogram", "sheet"], ["logits", "value"]


def run(args: argparse.Namespace) -> int:
    """Export the best network of a run, with its figures on the validation pieces.

    Raises:
        LivefollowError: there is no checkpoint, or ONNX does not do what torch does.
    """
    folder = state_folder(args.state, args.kind)
    if not (folder / CHECKPOINT).is_file():
        raise LivefollowError(f"{folder} has no checkpoint: run livefollow train {args.kind.split('-')[1]}")
    weights, best, settings = best_of(folder / CHECKPOINT)
    task = TASKS[PAPER_RUNS[args.kind]]
    network = PaperNetwork(task)
    network.load_state_dict(weights)
    training = {"steps": int(best["step"]), "minutes": round(best["minutes"], 1), "settings": recipe(settings)}
    scores = {f"valid/{name}": best[name] for name in ("r_on", "r_on_mean", "r_tue", "dx")}
    name = args.kind.replace("-", "_")
    path = args.models / f"{name}.onnx"
    difference = export(name, task, network, path, training, scores)
    register(args.models, name, f"paper-{task.name}", path, {args.kind: agent_parts(name)})
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, differs from torch by {difference:.1e}")
    return 0


def agent_parts(network: str) -> dict[str, str]:
    """The manifest's entry of the agent that runs a network."""
    return {"kind": "paper", "policy": network, "reader": "reader"}


def export(
    name: str, task: Task, network: PaperNetwork, path: Path, training: dict[str, Any], scores: dict[str, float]
) -> float:
    """Write a policy; its own weights are rounded to what the file holds.

    Returns:
        Largest difference between ONNX Runtime's and torch's outputs on noise.

    Raises:
        TrainingError: they differ by more than TOLERANCE.
    """
    network = rounded(network)
    kind = f"paper-{task.name}"
    told = record(name, kind, str(training.get("steps", 0)), training, scores)
    write(path, network, _noise(task, 0), NAMES, {}, told)
    onnx_network, worst = load_network(NetworkFile(path, kind), "cpu"), 0.0
    for seed in range(1, 4):
        states = _noise(task, seed)
        given = onnx_network.run(dict(zip(NAMES[0], (s.numpy() for s in states), strict=True)))
        with torch.no_grad():
            for output, expected in zip(NAMES[1], network(*states), strict=True):
                worst = max(worst, float(np.abs(given[output] - expected.numpy()).max()))
    if worst > TOLERANCE:
        raise TrainingError(f"{path} differs from the network by {worst:.1e}")
    return worst


def _noise(task: Task, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    rng = torch.Generator().manual_seed(seed)
    shapes = (1, 2, N_BINS, FRAMES), (1, 2, task.height, task.width)
    spectrogram, sheet = (torch.rand(shape, generator=rng) for shape in shapes)
    return spectrogram, sheet
