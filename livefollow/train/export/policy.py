"""Export our policy as ONNX: the best network of a run, as `livefollow.follow.policy.cursor` runs it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from livefollow.errors import LivefollowError
from livefollow.follow.policy.observation import POLICY
from livefollow.train.common.checkpoint import CHECKPOINT, state_folder
from livefollow.train.export.onnx_files import recipe, record, register, rounded, write
from livefollow.train.export.parity import check_parity
from livefollow.train.policy.network import PolicyNetwork
from livefollow.train.rl.run import best_of

_PARTS = {"reader": "reader", "listener": "listener", "policy": "policy"}
AGENTS = {"policy": {"kind": "policy"} | _PARTS, "livefollow": {"kind": "livefollow"} | _PARTS}


def run(args: argparse.Namespace) -> int:
    """Export the best network of a run, with its figures on the trajectories that were kept back.

    Raises:
        LivefollowError: there is no checkpoint, or ONNX does not do what torch does.
    """
    folder = state_folder(args.state, "policy")
    if not (folder / CHECKPOINT).is_file():
        raise LivefollowError(f"{folder} has no checkpoint: run livefollow train policy")
    weights, best, settings = best_of(folder / CHECKPOINT)
    network = PolicyNetwork()
    network.load_state_dict(weights)
    training = {"steps": int(best["step"]), "minutes": round(best["minutes"], 1), "settings": recipe(settings)}
    scores = {
        f"kept_back/{name}": best[name]
        for name in ("dx", "dx_median", "near", "lost", "stands", "jerks", "corrections")
    }
    path = args.models / "policy.onnx"
    difference = export(network, path, training, scores)
    register(args.models, "policy", "policy", path, AGENTS)
    print(f"{path}: {path.stat().st_size / 1e3:.0f} kB, differs from torch by {difference:.1e}")
    return 0


def export(network: PolicyNetwork, path: Path, training: dict[str, Any], scores: dict[str, float]) -> float:
    """Write a policy; its own weights are rounded to what the file holds.

    Returns:
        Largest difference between ONNX Runtime's and torch's outputs on noise.

    Raises:
        TrainingError: they differ by more than `parity.TOLERANCE`.
    """
    network = rounded(network)
    write(path, POLICY, network, record("policy", POLICY, str(training.get("steps", 0)), training, scores))
    return check_parity(path, POLICY, network)
