"""Export reader and listener as ONNX, and compare them with torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from torch import Tensor, nn

from livefollow.networks.listener import LISTENER
from livefollow.networks.reader import READER
from livefollow.train.export.onnx_files import record, rounded, write
from livefollow.train.export.parity import check_parity
from livefollow.train.listener.network import ListenerNetwork
from livefollow.train.reader.network import ReaderNetwork

LOCALIZER = {"localizer": {"kind": "localizer", "reader": "reader", "listener": "listener"}}
KINDS: dict[str, type[nn.Module]] = {"reader": ReaderNetwork, "listener": ListenerNetwork}


class _ReaderProbabilities(nn.Module):
    """The reader with probabilities in place of logits, as the app runs it."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        onset, pitches, beats, marks, *_ = self.network(*inputs)
        return onset.sigmoid(), pitches.sigmoid(), beats.softmax(-1), marks.sigmoid()


class _ListenerProbabilities(nn.Module):
    """The listener with probabilities in place of logits, as the app runs it."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs_and_states: Tensor) -> tuple[Tensor, ...]:
        onsets, sounding, *after = self.network(*inputs_and_states)
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
        TrainingError: they differ by more than `parity.TOLERANCE`.
    """
    network = rounded(network)
    if isinstance(network, ListenerNetwork):
        spec, wrapped = LISTENER, _ListenerProbabilities(network)
        states = dict(zip(ListenerNetwork.STATES, network.initial(), strict=True))
    else:
        spec, wrapped, states = READER, _ReaderProbabilities(network), {}
    write(path, spec, wrapped, record(kind, spec, str(training.get("runs", 0)), training, scores), states)
    return check_parity(path, spec, wrapped, states)
