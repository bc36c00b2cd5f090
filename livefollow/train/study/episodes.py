"""What an agent of the paper sees, thinks and does in one episode: what the pictures are drawn of."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import TASKS, PaperTask
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece, looks_of, piece_of
from livefollow.train.paper.following import Way
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.paper.vector_environment import ScoreFollowingVector

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Episode:
    """k states of one piece, from its first onset until it ends or the cursor is lost.

    Attributes:
        way: of the cursor; one place more than states where the piece's end was reached.
        spectrograms: (k, 2, 78, 40).
        sheets: (k, 2, height, width).
        actions: (k,) index into ACTIONS.
        values: (k,) as the network has them.
        embeddings: (k, d) of the layer that joins sound and sheet.
    """

    way: Way
    spectrograms: Tensor
    sheets: Tensor
    actions: npt.NDArray[np.int64]
    values: FloatArray
    embeddings: FloatArray

    @property
    def rewards(self) -> npt.NDArray[np.float64]:
        """(k,) 1 − |dx| / b in each state."""
        return np.asarray(1 - np.abs(self.way.dx[: len(self.values)]) / self.way.task.lost)


@torch.no_grad()
def play_episode(network: PaperNetwork, piece: PaperPiece, task: PaperTask) -> Episode:
    """Follow a piece with the likeliest actions, and keep everything."""
    environment = ScoreFollowingVector([piece], task, 1, 0)
    observation = environment.reset(np.zeros(1, np.int64))
    kept: list[tuple[Tensor, ...]] = []
    joined: list[Tensor] = []
    hook = network.join.register_forward_hook(lambda _module, _inputs, out: joined.append(out))
    places, ended = [float(piece.onset_x[0])], False
    try:
        while not ended:
            logits, value = network(*observation)
            action = logits.argmax(-1)
            kept.append((observation[0][0], observation[1][0], action[0], value[0]))
            observation, _, over, info = environment.step(action)
            places.append(float(info["x"][0]))
            ended = bool(over[0])
    finally:
        hook.remove()
    spectrograms, sheets, actions, values = (torch.stack(part) for part in zip(*kept, strict=True))
    way = Way(piece, task, np.array(places))
    return Episode(way, spectrograms, sheets, actions.numpy(), values.numpy(), torch.cat(joined).numpy())


def add_piece_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name pieces, and where pictures go."""
    parser.add_argument("--task", choices=list(TASKS), default="nottingham", help="which of the paper's (nottingham)")
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"the dataset (default {default_data()})")
    parser.add_argument("--split", default="test", choices=["train", "valid", "test"], help="whose pieces (test)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for PNG, SVG")
    parser.add_argument("--models", type=Path, metavar="DIR", help="another folder of networks")


def named_piece(args: argparse.Namespace, task: PaperTask) -> tuple[PaperPiece, Path]:
    """The piece of `--piece`, or the first of the split, and its look.

    Raises:
        LivefollowError: there is no such piece.
    """
    data = args.data or default_data()
    looks = looks_of(data, task, args.split)
    names = [path.parent.name for path in looks]
    if args.piece and args.piece not in names:
        raise LivefollowError(f"There is no piece {args.piece} among {args.split}: there are {_some(names)}")
    number = names.index(args.piece) if args.piece else 0
    return piece_of(data, task, args.split, looks[number]), looks[number]


def _some(names: Sequence[str], most: int = 5) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
