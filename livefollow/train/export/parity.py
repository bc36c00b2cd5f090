"""Compare an exported network with the trained one on the same inputs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from livefollow.networks.manifest import NetworkFile
from livefollow.networks.runtime import load_network
from livefollow.networks.specs import NEXT, NetworkSpec
from livefollow.train.common.checkpoint import TrainingError

TOLERANCE = 1e-4  # between ONNX Runtime and torch
RUNS = 4  # one after the other, of the sizes that the spec names
SEED = 3  # of the noise


def check_parity(
    path: Path, spec: NetworkSpec, wrapped: nn.Module, states: Mapping[str, Tensor] | None = None
) -> float:
    """Compare a file with its network on noise, in runs that continue each other's states.

    Args:
        path: of the file.
        spec: of its kind.
        wrapped: the network as it was exported.
        states: before the first run, by name, in the order in which the network takes them.

    Returns:
        Largest difference of any output.

    Raises:
        TrainingError: they differ by more than TOLERANCE.
    """
    exported = load_network(NetworkFile(path, spec.kind), spec, "cpu")
    rng, worst = np.random.default_rng(SEED), 0.0
    after = dict(states or {})
    fed = {name: state.numpy() for name, state in after.items()}
    names = [*spec.outputs, *(f"{state}{NEXT}" for state in after)]
    for turn in range(RUNS):
        noise = spec.example(turn, rng)
        given = exported.run(noise | fed)
        with torch.no_grad():
            out = wrapped(*(torch.from_numpy(value) for value in noise.values()), *after.values())
        expected = dict(zip(names, out, strict=True))
        worst = max([worst, *(float(np.abs(given[name] - value.numpy()).max()) for name, value in expected.items())])
        after = {state: expected[f"{state}{NEXT}"] for state in after}
        fed = {state: given[f"{state}{NEXT}"] for state in fed}
    if worst > TOLERANCE:
        raise TrainingError(f"{path} differs from the network by {worst:.1e}")
    return worst
