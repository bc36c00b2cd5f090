"""Weights of an exported network, to go on training from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from livefollow.train.common.runs import TrainingError


def load_weights(path: Path, network: nn.Module) -> tuple[int, int, float]:
    """Set a network's weights to those of an exported file.

    Returns:
        Legs, steps and minutes of training that are in it.

    Raises:
        TrainingError: it is no such file, or of another network.
    """
    try:
        model = onnx.load(path)
    except Exception as error:  # protobuf has exceptions of its own
        raise TrainingError(f"{path} is no ONNX file: {error}") from error
    held = {i.name.removeprefix("network."): i for i in model.graph.initializer}
    state = network.state_dict()
    wanted = {name for name, value in state.items() if value.is_floating_point()}
    if not wanted <= held.keys():
        raise TrainingError(f"{path} is of another network: it lacks {sorted(wanted - held.keys())[:3]}")
    for name in wanted:
        value = torch.from_numpy(numpy_helper.to_array(held[name]).astype(np.float32))
        if value.shape != state[name].shape:
            raise TrainingError(f"{path} is of another network: {name} is {tuple(value.shape)}")
        state[name].copy_(value)
    training = json.loads({p.key: p.value for p in model.metadata_props}.get("training", "{}"))
    return int(training.get("legs", 0)), int(training.get("steps", 0)), float(training.get("minutes", 0.0))
