"""Checkpoints of training runs: where they lie, and how they are read."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import platformdirs
import torch
from torch import Tensor, nn

from livefollow.errors import LivefollowError

CHECKPOINT = "checkpoint.pt"
KEYS = {"network", "runs", "steps", "minutes"}  # of every checkpoint; a kind of training may add others


class TrainingError(LivefollowError):
    """Training cannot begin, or has gone wrong."""


def state_folder(state: Path | None, name: str) -> Path:
    """The folder of a run's checkpoint and figures: in `state`, or in the platform's folder for an app's state."""
    return (state or platformdirs.user_state_path("livefollow") / "training") / name


def load_checkpoint(path: Path, device: torch.device | str = "cpu") -> dict[str, Any]:
    """Read a checkpoint that `Run.save` wrote.

    Raises:
        TrainingError: it is no such file, or was written by a version that kept other things.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
        missing = KEYS - state.keys()
    except (OSError, RuntimeError, AttributeError, EOFError, pickle.UnpicklingError) as error:
        raise TrainingError(f"{path} is no checkpoint ({type(error).__name__}): move it away") from error
    if missing:
        message = f"{path} is no checkpoint of this version ({', '.join(sorted(missing))} missing): move it away, "
        raise TrainingError(message + "and begin with the exported network by --init")
    return state


def set_weights(network: nn.Module, weights: Mapping[str, Tensor], source: Path) -> None:
    """Set a network's weights; buffers may be missing, and unknown names are ignored.

    So may be each part that the network's kind did not have at first (its `ADDED`), which then stays as it was drawn.

    Raises:
        TrainingError: they are another network's.
    """
    added: Collection[str] = getattr(network, "ADDED", ())
    known = {name.split(".")[0] for name in weights}
    for name, value in network.state_dict().items():
        if (part := name.split(".")[0]) in added and part not in known:
            continue
        given = weights.get(name)
        if given is not None and given.shape == value.shape:
            value.copy_(given)
        elif given is not None or value.is_floating_point():
            shape = "missing" if given is None else tuple(given.shape)
            raise TrainingError(f"{source} is of another network ({name} is {shape}): move it away")
