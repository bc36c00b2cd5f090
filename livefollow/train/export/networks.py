"""Reader and listener as ONNX, checked against torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from livefollow.constants import BAND_HEIGHT, COLUMN, N_BINS
from livefollow.networks.manifest import NetworkFile
from livefollow.networks.runtime import load_network
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.export.onnx_files import TOLERANCE, record, rounded, write
from livefollow.train.listener.network import Listener
from livefollow.train.reader.network import Reader

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
    write(path, wrapped, inputs, names, dynamic, record(kind, kind, str(training.get("runs", 0)), training, scores))
    difference = _difference(kind, wrapped, path)
    if difference > TOLERANCE:
        raise TrainingError(f"{path} differs from the network by {difference:.1e}")
    return difference


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
