"""Export the paper's agents as ONNX: the best network of a run, as `livefollow.follow.paper.agent` runs it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import PAPER, TASKS, PaperTask
from livefollow.train.arguments import PAPER_RUNS
from livefollow.train.common.checkpoint import CHECKPOINT, state_folder
from livefollow.train.export.onnx_files import recipe, record, register, rounded, write
from livefollow.train.export.parity import check_parity
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.rl.run import best_of


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
    register(args.models, name, PAPER[task.name].kind, path, {args.kind: agent_parts(name)})
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, differs from torch by {difference:.1e}")
    return 0


def agent_parts(network: str) -> dict[str, str]:
    """The manifest's entry of the agent that runs a network."""
    return {"kind": "paper", "policy": network, "reader": "reader"}


def export(
    name: str, task: PaperTask, network: PaperNetwork, path: Path, training: dict[str, Any], scores: dict[str, float]
) -> float:
    """Write a policy; its own weights are rounded to what the file holds.

    Returns:
        Largest difference between ONNX Runtime's and torch's outputs on noise.

    Raises:
        TrainingError: they differ by more than `parity.TOLERANCE`.
    """
    network, spec = rounded(network), PAPER[task.name]
    write(path, spec, network, record(name, spec, str(training.get("steps", 0)), training, scores))
    return check_parity(path, spec, network)
