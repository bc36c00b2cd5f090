"""`livefollow export`: a trained network as one ONNX file that says what it is, and its place in the manifest."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from livefollow.constants import BAND_HEIGHT, COLUMN, N_BINS
from livefollow.errors import LivefollowError
from livefollow.follow.manifest import NetworkFile
from livefollow.follow.networks import load_network
from livefollow.train import export_paper, export_policy
from livefollow.train.arguments import PAPER_RUNS
from livefollow.train.legs import TrainingError, figures_of, state_folder
from livefollow.train.networks import Listener, Reader
from livefollow.train.onnx_files import TOLERANCE, record, register, rounded, write

LOCALIZER = {"localizer": {"kind": "localizer", "reader": "reader", "listener": "listener"}}
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
    network = rounded(network)
    inputs, wrapped, names, dynamic = _signature(kind, network)
    write(path, wrapped, inputs, names, dynamic, record(kind, kind, str(training.get("legs", 0)), training, scores))
    difference = _difference(kind, wrapped, path)
    if difference > TOLERANCE:
        raise TrainingError(f"{path} differs from the network by {difference:.1e}")
    return difference


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


def run(args: argparse.Namespace) -> int:
    """Export the newest checkpoint of a kind, with the figures of its last evaluation; of policies the best one.

    Raises:
        LivefollowError: there is no checkpoint, or ONNX does not do what torch does.
    """
    if args.kind in PAPER_RUNS:
        return export_paper.run(args)
    if args.kind == "policy":
        return export_policy.run(args)
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
    register(args.models, args.kind, args.kind, path, LOCALIZER)
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
