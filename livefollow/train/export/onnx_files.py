"""Write ONNX files that describe themselves, and their entries in a manifest.

A file keeps every weight under its name in the network, in half precision, so that training can go on from it.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from livefollow.networks.manifest import MANIFEST, models_folder
from livefollow.networks.specs import NEXT, NetworkSpec
from livefollow.storage import whole_file

OPSET = 17
LICENCE = "AGPL-3.0-or-later"
TRACED = 1  # turn of the spec's example that the exporter sees: of more than one frame
HALF_FROM = 256  # weights from which a tensor is stored in half precision
PLACES = {"init", "state", "data", "corpus", "trajectories", "lessons"}  # folders and files of one machine


def rounded(network: nn.Module) -> nn.Module:
    """Round a network's weights to what a file holds; also moves it to the CPU and to evaluation mode."""
    network = network.cpu().eval()
    with torch.no_grad():
        for weight in network.state_dict().values():
            if weight.is_floating_point() and weight.numel() >= HALF_FROM:
                weight.copy_(weight.half().float())
    return network


def recipe(settings: dict[str, str]) -> dict[str, str]:
    """Drop the folders of the machine it ran on from a run's settings."""
    return {name: value for name, value in settings.items() if name not in PLACES}


def record(
    name: str, spec: NetworkSpec, version: str, training: dict[str, Any], scores: dict[str, float]
) -> dict[str, str]:
    """Build the metadata of a file."""
    return {
        "name": name,
        "kind": spec.kind,
        "version": version,
        "constants": json.dumps(spec.constants_of(spec.all_inputs)),
        "training": json.dumps(training),
        "scores": json.dumps(scores),
        "licence": LICENCE,
    }


def write(
    path: Path, spec: NetworkSpec, wrapped: nn.Module, told: dict[str, str], states: Mapping[str, Tensor] | None = None
) -> None:
    """Write a network as ONNX, large weights in half precision.

    Args:
        path: of the file.
        spec: of its kind.
        wrapped: the network as it is run, its weights `rounded`.
        told: from `record`.
        states: before the first run, by name, in the order in which the network takes them.
    """
    states = states or {}
    example = spec.example(TRACED, np.random.default_rng(0))
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "raw.onnx"
        with warnings.catch_warnings():
            # The exporter that replaces this one unrolls recurrent layers to a fixed length.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                wrapped,
                (*(torch.from_numpy(value) for value in example.values()), *states.values()),
                str(raw),
                input_names=[*spec.all_inputs, *states],
                output_names=[*spec.outputs, *(f"{state}{NEXT}" for state in states)],
                dynamic_axes=spec.varying(),
                opset_version=OPSET,
                dynamo=False,
                do_constant_folding=False,
                training=torch.onnx.TrainingMode.PRESERVE,
            )
        model = onnx.load(raw)
    _store_half(model)
    helper.set_model_props(model, told)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as partial:
        onnx.save(model, partial)


def register(models: Path, name: str, kind: str, path: Path, agents: dict[str, dict[str, str]]) -> None:
    """Enter an exported file in `models/manifest.json`, with the agents that use it, unless they are there already.

    Only livefollow's own folder names a default agent, which holds for other folders, too.
    """
    manifest_path = models / MANIFEST
    manifest = json.loads(manifest_path.read_text(encoding="utf-8")) if manifest_path.is_file() else {}
    networks = manifest.setdefault("networks", {})
    networks[name] = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "kind": kind}
    for agent, parts in agents.items():
        manifest.setdefault("agents", {}).setdefault(agent, parts)
    if models.resolve() == models_folder().resolve():
        manifest.setdefault("default", "localizer")
    with whole_file(manifest_path) as partial:
        partial.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _store_half(model: onnx.ModelProto) -> None:
    """Keep large weights in half precision; a cast gives them back when the file is loaded."""
    casts = []
    for weight in model.graph.initializer:
        value = numpy_helper.to_array(weight)
        if value.dtype != np.float32 or value.size < HALF_FROM:
            continue
        full = f"{weight.name}.full"
        for node in model.graph.node:
            for k, name in enumerate(node.input):
                if name == weight.name:
                    node.input[k] = full
        casts.append(helper.make_node("Cast", [weight.name], [full], to=TensorProto.FLOAT))
        weight.CopyFrom(numpy_helper.from_array(value.astype(np.float16), weight.name))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
