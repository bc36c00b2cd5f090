"""`livefollow paper import`: a network of the paper's release becomes one of ours.

The release (CPJKU/score_following_game) keeps its networks as PyTorch state dicts, `best_model.pt`. Their layers have
the shapes of ours, in the same order; only their names differ. They are read as tensors only: nothing in the file is
run.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from livefollow.follow.paper.state import MSMD, PAPER, TASKS, PaperTask
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.export.onnx_files import register
from livefollow.train.export.paper import agent_parts, export
from livefollow.train.paper.network import PaperNetwork

# Layers of the release, in the order of ours; convolutions are numbered from 1.
CONVOLUTIONS = {"audio": "spec_conv", "sheet": "sheet_conv"}
DENSE = {"audio": "spec_fc", "sheet": "sheet_fc", "join": "concat_fc"}  # the first two in MSMD's network only
HEADS = {"policy": ("policy_fc", "policy_out"), "value": ("critic_fc", "critic_out")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    parser.add_argument("file", type=Path, help="best_model.pt of the release")
    parser.add_argument("--task", choices=list(TASKS), required=True, help="which of the paper's")
    parser.add_argument("--name", required=True, help="of the agent, such as released-ppo-msmd")
    parser.add_argument("--models", type=Path, required=True, metavar="DIR", help="folder with manifest.json")


def run(args: argparse.Namespace) -> int:
    """Convert, export and verify a network, and enter it in the manifest.

    Raises:
        LivefollowError: it is no such file, or of another task, or ONNX does not do what torch does.
    """
    task = TASKS[args.task]
    network = PaperNetwork(task)
    network.load_state_dict(renamed(read_released(args.file), network, task, args.file))
    name = args.name.replace("-", "_")
    path = args.models / f"{name}.onnx"
    difference = export(name, task, network, path, {"settings": {"origin": "the paper's release"}}, {})
    register(args.models, name, PAPER[task.name].kind, path, {args.name: agent_parts(name)})
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, differs from torch by {difference:.1e}")
    return 0


def read_released(path: Path) -> dict[str, Tensor]:
    """Read a state dict; nothing but tensors is unpickled.

    Raises:
        TrainingError: it is no such file, or is not there.
    """
    try:
        state: Any = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise TrainingError(f"{path} is not there") from error
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise TrainingError(f"{path} is no state dict of PyTorch ({type(error).__name__})") from error
    if not isinstance(state, Mapping) or not all(isinstance(value, Tensor) for value in state.values()):
        raise TrainingError(f"{path} is no state dict: it holds other things than tensors")
    return {str(name).removeprefix("module."): value for name, value in state.items()}


def renamed(state: Mapping[str, Tensor], network: PaperNetwork, task: PaperTask, source: Path) -> dict[str, Tensor]:
    """Give the weights of a released network the names that they have in ours.

    Raises:
        TrainingError: a layer is missing, left over, or of another shape.
    """
    layers = _names(network, task)
    out, left = {}, set(state)
    for ours, theirs in layers.items():
        for part in ("weight", "bias"):
            wanted = network.state_dict()[f"{ours}.{part}"]
            given = state.get(f"{theirs}.{part}")
            if given is None or given.shape != wanted.shape:
                shape = "missing" if given is None else tuple(given.shape)
                raise TrainingError(
                    f"{source} is no network of the task {task.name}: "
                    f"{theirs}.{part} is {shape}, not {tuple(wanted.shape)}"
                )
            out[f"{ours}.{part}"] = given.float()
            left.discard(f"{theirs}.{part}")
    if left:
        raise TrainingError(f"{source} has layers that the paper's network has not: {', '.join(sorted(left))}")
    return out


def _names(network: PaperNetwork, task: PaperTask) -> dict[str, str]:
    """The release's name of each layer of ours."""
    kinds = (torch.nn.Conv2d, torch.nn.Linear)
    own = [name for name, module in network.named_modules() if isinstance(module, kinds)]
    theirs: list[str] = []
    for branch, prefix in CONVOLUTIONS.items():
        count = sum(isinstance(module, torch.nn.Conv2d) for module in getattr(network, branch).modules())
        theirs += [f"{prefix}{k + 1}" for k in range(count)]
        theirs += [DENSE[branch]] if task == MSMD else []
    theirs += [DENSE["join"], *HEADS["policy"], *HEADS["value"]]
    return dict(zip(own, theirs, strict=True))
