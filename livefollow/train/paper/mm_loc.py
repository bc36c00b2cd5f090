"""MM-Loc, the paper's supervised baseline (section 4.2): in which part of a window of the sheet is what is heard?

Dorfer, Arzt, Widmer, "Towards score following in sheet music images", ISMIR 2016. The window is cut into buckets, and a
network says in which of them the player is at the end of CONTEXT frames; between two buckets the target is shared. It
learns on windows that are off by any part of their width. To follow, the window is put about the place of the frame
before, from the first onset on. Here it has the convolutions of the paper's agent (Tables 1 and 2) for either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import Tensor, nn

from livefollow.constants import FPS, N_BINS
from livefollow.follow.paper.state import NOTTINGHAM, TASKS, PaperTask, padded_sheet, window_left
from livefollow.train.arguments import MmLocSettings
from livefollow.train.common.checkpoint import load_checkpoint, set_weights
from livefollow.train.common.run import Run
from livefollow.train.common.supervised import SupervisedTraining
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import PaperPiece, pieces_of
from livefollow.train.paper.following import Way
from livefollow.train.paper.network import (
    MSMD_AUDIO,
    MSMD_SHEET,
    NOTTINGHAM_AUDIO,
    NOTTINGHAM_SHEET,
    convolutions,
    dense,
    linear,
)
from livefollow.train.paper.train import figures_of
from livefollow.train.paper.vector_environment import CPU

CONTEXT = 4 * FPS  # frames that are heard: four seconds, as in the paper on Nottingham
BUCKETS = {"nottingham": 30, "msmd": 64}  # of a window, by name of the task: 5 and 8 cursor px each
REACH = 0.45  # of the window's width, by which it is off in training
JOINED = 256  # units of the layer that joins sound and sheet


class MmLocNetwork(nn.Module):
    """Frames (n, 1, 78, CONTEXT) and window (n, 1, height, width) → logits of the buckets (n, BUCKETS)."""

    def __init__(self, task: PaperTask) -> None:
        """Draw fresh weights.

        Args:
            task: Nottingham or MSMD.
        """
        super().__init__()
        small = task == NOTTINGHAM
        self.audio = convolutions(NOTTINGHAM_AUDIO if small else MSMD_AUDIO, 1)
        self.sheet = convolutions(NOTTINGHAM_SHEET if small else MSMD_SHEET, 1)
        heard = self.audio(torch.zeros(1, 1, N_BINS, CONTEXT)).shape[1]
        seen = self.sheet(torch.zeros(1, 1, task.height, task.width)).shape[1]
        self.join = nn.Sequential(dense(heard + seen, JOINED), dense(JOINED, JOINED))
        self.buckets = linear(JOINED, BUCKETS[task.name], 1.0)

    def forward(self, frames: Tensor, sheet: Tensor) -> Tensor:
        """Compute the logits of the buckets, from left to right."""
        heard = self.audio(frames.contiguous(memory_format=torch.channels_last))
        seen = self.sheet(sheet.contiguous(memory_format=torch.channels_last))
        logits: Tensor = self.buckets(self.join(torch.cat([heard, seen], 1)))
        return logits


class MmLocWindows:
    """Cuts what the network hears and sees out of pieces."""

    def __init__(self, pieces: Sequence[PaperPiece], task: PaperTask) -> None:
        """Pad frames and sheets, so that every window lies in them."""
        self.pieces, self._task = pieces, task
        silence = np.zeros((CONTEXT, N_BINS), np.float16)
        self._frames = [np.concatenate([silence, piece.frames]) for piece in pieces]
        self._sheets = [padded_sheet(task, piece.sheet) for piece in pieces]
        self._across = task.width * task.px
        self._weights = np.array([piece.last - piece.first for piece in pieces], np.float64)
        self._weights /= self._weights.sum()

    def cut(
        self, which: npt.NDArray[np.int64], frame: npt.NDArray[np.int64], x: npt.NDArray[np.float64]
    ) -> tuple[Tensor, Tensor, npt.NDArray[np.int64]]:
        """Cut windows about cursors.

        Args:
            which: (n,) numbers of pieces.
            frame: (n,) the newest that is heard.
            x: (n,) cursor px.

        Returns:
            The network's inputs, and the left end of each window, (n,) cursor px.
        """
        left = window_left(self._task, x, np.array([self.pieces[p].sheet.shape[1] for p in which]))
        heard = np.stack([self._frames[p][t + 1 : t + 1 + CONTEXT] for p, t in zip(which, frame, strict=True)])
        starts = left + self._across
        step = self._task.px
        seen = np.stack([self._sheets[p][:, a : a + self._across : step] for p, a in zip(which, starts, strict=True)])
        frames = torch.from_numpy(heard.astype(np.float32).swapaxes(1, 2)[:, None].copy())
        return frames, torch.from_numpy(seen[:, None].astype(np.float32) / 255), left

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Draw windows that are off by any part of REACH, and the share (count, BUCKETS) of each bucket."""
        which = rng.choice(len(self.pieces), count, p=self._weights)
        pieces = [self.pieces[p] for p in which]
        frame = np.array([rng.integers(piece.first, piece.last + 1) for piece in pieces])
        true_x = np.array([piece.true_x[t] for piece, t in zip(pieces, frame, strict=True)])
        frames, seen, left = self.cut(which, frame, true_x + rng.uniform(-REACH, REACH, count) * self._across)
        return frames, seen, bucket_shares((true_x - left) / self._across, BUCKETS[self._task.name])


def bucket_shares(place: npt.NDArray[np.float64], buckets: int) -> Tensor:
    """Share places between the two buckets whose middles are nearest.

    Args:
        place: (n,) from 0, a window's left end, to 1.
        buckets: of a window.

    Returns:
        (n, buckets), sums of 1.
    """
    at = np.clip(place * buckets - 0.5, 0, buckets - 1)
    lower = np.minimum(at.astype(np.int64), buckets - 2)
    rows = np.arange(len(at))
    shares = np.zeros((len(at), buckets), np.float32)
    shares[rows, lower], shares[rows, lower + 1] = 1 - (at - lower), at - lower
    return torch.from_numpy(shares)


def places_in(logits: Tensor) -> npt.NDArray[np.float64]:
    """The place of each window (n,), 0 … 1, that the likeliest bucket and its neighbours stand for."""
    shares = logits.softmax(-1)
    best = shares.argmax(-1, keepdim=True)
    near = best + torch.arange(-1, 2)
    weights = F.pad(shares, (1, 1)).gather(1, near + 1)
    middle = ((near + 0.5) * weights).sum(-1) / weights.sum(-1)
    return np.asarray(middle.double().numpy() / logits.shape[1])


@torch.no_grad()
def follow_by_windows(
    network: nn.Module, pieces: Sequence[PaperPiece], task: PaperTask, device: torch.device = CPU
) -> list[Way]:
    """Follow each piece from its first onset to its end, whether or not the cursor is lost on the way."""
    windows, across = MmLocWindows(pieces, task), task.width * task.px
    places = [[float(piece.onset_x[0])] for piece in pieces]
    for step in range(1, 1 + max(piece.last - piece.first for piece in pieces)):
        which = np.array([k for k, piece in enumerate(pieces) if piece.first + step <= piece.last])
        frame = np.array([pieces[k].first + step for k in which])
        frames, seen, left = windows.cut(which, frame, np.array([places[k][-1] for k in which]))
        logits = network(frames.to(device), seen.to(device)).cpu()
        for k, x in zip(which, left + places_in(logits) * across, strict=True):
            places[k].append(float(x))
    return [Way(piece, task, np.array(x)) for piece, x in zip(pieces, places, strict=True)]


def open_mm_loc(path: Path, task: PaperTask) -> MmLocNetwork:
    """Open the network of a run's checkpoint, for evaluation.

    Raises:
        TrainingError: it is no checkpoint, or of another network.
    """
    network = MmLocNetwork(task).eval()
    with torch.no_grad():
        set_weights(network, load_checkpoint(path)["network"], path)
    return network


def run(settings: MmLocSettings) -> int:
    """Train MM-Loc, or continue an interrupted run.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    task, data = TASKS[settings.task], settings.data or default_data()
    learned_from = pieces_of(data, task, "train", settings.limit)
    if settings.transposed and task == NOTTINGHAM:
        learned_from += pieces_of(data, task, "transposed", settings.limit)
    valid = pieces_of(data, task, "valid", settings.limit)
    own = Run(f"mm-loc-{task.name}", settings)
    training = SupervisedTraining(own, MmLocNetwork(task))
    windows = MmLocWindows(learned_from, task)
    own.say(f"{len(learned_from)} pieces, {sum(p.numel() for p in own.network.parameters())} weights")

    def loss(_step: int) -> tuple[Tensor, dict[str, Tensor]]:
        frames, seen, shares = (part.to(own.device) for part in windows.draw(settings.batch, own.rng))
        value = F.cross_entropy(training.forward(frames, seen).float(), shares)
        return value, {"cross_entropy": value}

    training.fit(loss, lambda: figures_of(follow_by_windows(own.network, valid, task, own.device)))
    return 0
