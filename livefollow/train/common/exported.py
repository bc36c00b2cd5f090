"""Read an exported network as a checkpoint, to continue its training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from livefollow.train.common.checkpoint import TrainingError


def read_exported(path: Path) -> dict[str, Any]:
    """Read the weights of an exported file and how long they were trained, in the form of `load_checkpoint`.

    Raises:
        TrainingError: it is no such file.
    """
    try:
        model = onnx.load(path)
    except Exception as error:  # protobuf has exceptions of its own
        raise TrainingError(f"{path} is no ONNX file: {error}") from error
    told = json.loads({p.key: p.value for p in model.metadata_props}.get("training", "{}"))
    return {
        "network": {
            i.name.removeprefix("network."): torch.from_numpy(numpy_helper.to_array(i).astype(np.float32))
            for i in model.graph.initializer
        },
        "runs": int(told.get("runs", told.get("legs", 0))),  # "legs" in files of version 0.1
        "steps": int(told.get("steps", 0)),
        "minutes": float(told.get("minutes", 0.0)),
    }
