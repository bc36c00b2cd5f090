"""`livefollow export`: write a trained network as an ONNX file that describes itself, and enter it in the manifest."""

from __future__ import annotations

import argparse

from livefollow.errors import LivefollowError
from livefollow.train.arguments import PAPER_RUNS
from livefollow.train.common.checkpoint import CHECKPOINT, load_checkpoint, state_folder
from livefollow.train.common.figures import figures_of
from livefollow.train.export import paper, policy
from livefollow.train.export.networks import KINDS, LOCALIZER, export
from livefollow.train.export.onnx_files import register


def run(args: argparse.Namespace) -> int:
    """Export the newest checkpoint of a kind, with the figures of its last evaluation; of policies the best one.

    Raises:
        LivefollowError: there is no checkpoint, or ONNX does not do what torch does.
    """
    if args.kind in PAPER_RUNS:
        return paper.run(args)
    if args.kind == "policy":
        return policy.run(args)
    folder = state_folder(args.state, args.kind)
    if not (folder / CHECKPOINT).is_file():
        raise LivefollowError(f"{folder} has no checkpoint: run livefollow train {args.kind}")
    state = load_checkpoint(folder / CHECKPOINT)
    network = KINDS[args.kind]()
    network.load_state_dict(state["network"])
    last = figures_of(folder)[-1]
    scores = {name: value for name, value in last.items() if "/" in name}
    training = {"runs": state["runs"], "steps": state["steps"], "minutes": round(state["minutes"], 1)}
    path = args.models / f"{args.kind}.onnx"
    difference = export(args.kind, network, path, training, scores)
    register(args.models, args.kind, args.kind, path, LOCALIZER)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, differs from torch by {difference:.1e}")
    return 0
