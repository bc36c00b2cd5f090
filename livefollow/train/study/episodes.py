"""What an agent of the paper sees, thinks and does in one episode: what the pictures are drawn of."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from matplotlib.axes import Axes
from torch import Tensor

from livefollow.constants import FPS
from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import TASKS, PaperTask
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece, looks_of, piece_of
from livefollow.train.paper.following import Way
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.paper.vector_environment import ScoreFollowingVector
from livefollow.train.study.followers import open_network

FloatArray = npt.NDArray[np.float32]

NAMES = ("spectrogram", "Δ spectrogram", "sheet", "Δ sheet")  # the state's inputs


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


def add_agent_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name an agent and one piece, and where the picture goes."""
    add_piece_arguments(parser)
    parser.add_argument("--piece", metavar="NAME", help="of the split (the first)")
    parser.add_argument(
        "--agent", default="paper-ppo-nottingham", metavar="NAME", help="of the manifest, .onnx or checkpoint.pt"
    )


def add_moment_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name one state of one agent's episode, and where the picture goes."""
    add_agent_arguments(parser)
    parser.add_argument("--at", type=float, metavar="S", help="seconds into the recording (a third of the episode)")


def named_moment(args: argparse.Namespace) -> tuple[PaperNetwork, Episode, int, float]:
    """Play the named agent's episode: its network, the episode, the number of the state at `--at`, and when that is, s.

    Raises:
        LivefollowError: there is no such piece or agent, or the episode is not on at that time.
    """
    task = TASKS[args.task]
    piece, _ = named_piece(args, task)
    network = open_network(args.agent, task, args.models)
    episode = play_episode(network, piece, task)
    n = len(episode.values)
    k = n // 3 if args.at is None else round(args.at * FPS) - 1 - piece.first
    if not 0 <= k < n:
        first_s, last_s = (piece.first + 1) / FPS, (piece.first + n) / FPS
        raise LivefollowError(f"The episode is on from {first_s:.2f} s to {last_s:.2f} s: choose --at there")
    return network, episode, k, (piece.first + 1 + k) / FPS


def show_input(axes: Axes, name: str, picture: Tensor) -> Literal["lower", "upper"]:
    """Draw one input of a state, by its name; returns where its first row is."""
    largest = max(1e-6, float(picture.abs().max()))
    first_row: Literal["lower", "upper"] = "lower" if "spectrogram" in name else "upper"
    axes.imshow(
        picture.numpy(), cmap="gray_r", vmin=-largest * ("Δ" in name), vmax=largest, aspect="auto", origin=first_row
    )
    axes.set_xticks([picture.shape[1] / 2] if "sheet" in name else [], ["cursor"] if "sheet" in name else [])
    axes.set_yticks([])
    return first_row


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
