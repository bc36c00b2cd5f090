"""`livefollow export`: a trained network as one ONNX file that says what it is, and its place in the manifest.

The file keeps every weight under its name in the network, in half precision, so that training can go on from it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from livefollow.constants import BAND_HEIGHT, COLUMN, N_BINS
from livefollow.errors import LivefollowError
from livefollow.follow.manifest import NetworkFile
from livefollow.follow.networks import constants_of, load_network
from livefollow.train.dataset import whole_file
from livefollow.train.legs import TrainingError, figures_of, state_folder
from livefollow.train.networks import Listener, Reader

OPSET = 17
TOLERANCE = 1e-4  # between ONNX Runtime and torch, in probabilities
LICENCE = "AGPL-3.0-or-later"
HALF_FROM = 256  # weights from which a tensor is stored in half precision
KINDS: dict[str, type[nn.Module]] = {"reader": Reader, "listener": Listener}


class _ReaderProbabilities(nn.Module):
    """The reader as it is run: probabilities."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, bands: Tensor) -> tuple[Tensor, ...]:
        onset, pitches, beats, marks = self.network(bands)
        return onset.sigmoid(), pitches.sigmoid(), beats.softmax(-1), marks.sigmoid()


class _ListenerProbabilities(nn.Module):
    """The listener as it is run: probabilities, and states by name."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, frames: Tensor, *states: Tensor) -> tuple[Tensor, ...]:
        onsets, sounding, *after = self.network(frames, *states)
        return onsets.sigmoid(), sounding.sigmoid(), *after


def export(kind: str, network: nn.Module, path: Path, training: dict[str, Any], scores: dict[str, float]) -> float:
    """Write a network; its own weights are rounded to what the file holds.

    Args:
        kind: `reader` or `listener`.
        network: trained.
        path: of the file.
        training, scores: for the record, into the file.

    Returns:
        Largest difference between ONNX Runtime's and torch's probabilities on noise.

    Raises:
        TrainingError: they differ by more than TOLERANCE.
    """
    network = network.cpu().eval()
    with torch.no_grad():
        for weight in network.state_dict().values():
            if weight.is_floating_point() and weight.numel() >= HALF_FROM:
                weight.copy_(weight.half().float())
    inputs, wrapped, names, dynamic = _signature(kind, network)
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "raw.onnx"
        with warnings.catch_warnings():
            # The exporter that replaces this one unrolls recurrent layers to a fixed length.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                wrapped,
                inputs,
                str(raw),
                input_names=names[0],
                output_names=names[1],
                dynamic_axes=dynamic,
                opset_version=OPSET,
                dynamo=False,
                do_constant_folding=False,
                training=torch.onnx.TrainingMode.PRESERVE,
            )
        model = onnx.load(raw)
    _store_half(model)
    record = {
        "name": kind,
        "kind": kind,
        "version": str(training.get("legs", 0)),
        "constants": json.dumps(constants_of(kind)),
        "training": json.dumps(training),
        "scores": json.dumps(scores),
        "licence": LICENCE,
    }
    helper.set_model_props(model, record)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as partial:
        onnx.save(model, partial)
    difference = _difference(kind, wrapped, path)
    if difference > TOLERANCE:
        raise TrainingError(f"{path} differs from the network by {difference:.1e}")
    return difference


def load_weights(path: Path, network: nn.Module) -> tuple[float, int]:
    """Set a network's weights to those of an exported file.

    Returns:
        Minutes and steps of training that are in it.

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
    return float(training.get("minutes", 0.0)), int(training.get("steps", 0))


def register(models: Path, kind: str, path: Path) -> None:
    """Enter an exported file in `models/manifest.json` under its kind's name."""
    manifest_path = models / "manifest.json"
    manifest = json.loads(manifest_path.read_text(encoding="utf-8")) if manifest_path.is_file() else {}
    networks = manifest.setdefault("networks", {})
    networks[kind] = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "kind": kind}
    agents = manifest.setdefault("agents", {})
    agents.setdefault("localizer", {"kind": "localizer", "reader": "reader", "listener": "listener"})
    manifest.setdefault("default", "localizer")
    with whole_file(manifest_path) as partial:
        partial.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow export`."""
    parser.add_argument("kind", choices=sorted(KINDS), help="which network")
    parser.add_argument("--state", type=Path, metavar="DIR", help="folder of the checkpoints")
    parser.add_argument("--models", type=Path, required=True, metavar="DIR", help="folder with manifest.json")


def run(args: argparse.Namespace) -> int:
    """Export the newest checkpoint of a kind, with the figures of its last evaluation.

    Raises:
        LivefollowError: there is no checkpoint, or ONNX does not do what torch does.
    """
    folder = state_folder(args.state, args.kind)
    try:
        state = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    except OSError as error:
        raise LivefollowError(f"{folder} has no checkpoint: run livefollow train {args.kind}") from error
    network = KINDS[args.kind]()
    network.load_state_dict(state["network"])
    last = figures_of(folder)[-1]
    scores = {name: value for name, value in last.items() if "/" in name}
    training = {"legs": state["legs"], "steps": state["steps"], "minutes": round(state["minutes"], 1)}
    path = args.models / f"{args.kind}.onnx"
    difference = export(args.kind, network, path, training, scores)
    register(args.models, args.kind, path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, differs from torch by {difference:.1e}")
    return 0


def _signature(
    kind: str, network: nn.Module
) -> tuple[tuple[Tensor, ...], nn.Module, tuple[list[str], list[str]], dict[str, dict[int, str]]]:
    """Example inputs, the network as it is run, names of inputs and outputs, and which sides vary."""
    if kind == "reader":
        outputs = ["onset", "pitches", "beats", "marks"]
        dynamic = {"bands": {3: "width"}, **{name: {1: "columns"} for name in outputs}}
        example = torch.rand(1, 2, BAND_HEIGHT, 100 * COLUMN)
        return (example,), _ReaderProbabilities(network), (["bands"], outputs), dynamic
    states = list(Listener.STATES)
    outputs = ["onsets", "sounding", *(f"{s}_next" for s in states)]
    dynamic = {name: {1: "frames"} for name in ("frames", "onsets", "sounding")}
    assert isinstance(network, Listener)
    example = torch.rand(1, 5, N_BINS)
    return (example, *network.initial()), _ListenerProbabilities(network), (["frames", *states], outputs), dynamic


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


def _difference(kind: str, wrapped: nn.Module, path: Path) -> float:
    """Largest difference of any output on noise, of other sizes than the example's and in pieces where it streams."""
    network = load_network(NetworkFile(path, kind), "cpu")
    rng = torch.Generator().manual_seed(3)
    worst = 0.0
    with torch.no_grad():
        if kind == "reader":
            batches: list[tuple[Tensor, ...]] = [(torch.rand(1, 2, BAND_HEIGHT, 173 * COLUMN, generator=rng),)]
        else:
            batches = [(torch.rand(1, k, N_BINS, generator=rng),) for k in (1, 7, 60, 1)]
        states: tuple[Tensor, ...] = wrapped.network.initial() if kind == "listener" else ()
        fed = dict(zip(Listener.STATES, (s.numpy() for s in states), strict=False))
        names = _signature(kind, wrapped.network)[2][1]
        for batch in batches:
            expected = wrapped(*batch, *states)
            given = network.run({("bands" if kind == "reader" else "frames"): batch[0].numpy(), **fed})
            for name, value in zip(names, expected, strict=True):
                worst = max(worst, float(np.abs(given[name] - value.numpy()).max()))
            states = tuple(expected[2:]) if kind == "listener" else ()
            fed = {name: given[f"{name}_next"] for name in fed}
    return worst
