"""Follow pieces in the paper's game, and measure the way of a cursor through a piece (paper, section 4.1).

The way of a cursor is an array of its places, cursor px, from the frame that first hears the first onset on. The truth
lies on the onset only where the frame ends with it; so errors at an onset are taken at the first frame that hears it,
against the truth between onsets at that frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import torch

from livefollow.follow.paper.state import FRAMES, PaperTask
from livefollow.train.paper.data import PaperPiece
from livefollow.train.paper.vector_environment import CPU, ScoreFollowingVector
from livefollow.train.rl.rollout import Policy

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

TOGETHER = 64  # pieces that are followed at once


@dataclass(frozen=True, eq=False)
class Way:
    """The way of a cursor through a piece.

    Attributes:
        piece: the piece.
        task: whose b counts.
        x: (k,) cursor px at the frames `piece.first`, `piece.first` + 1, ...; it may go on where the cursor is lost.
    """

    piece: PaperPiece
    task: PaperTask
    x: FloatArray

    @cached_property
    def dx(self) -> FloatArray:
        """(k,) cursor px ahead of the player, of the frames up to the piece's last."""
        x = self.x[: self.piece.last + 1 - self.piece.first]
        return np.asarray(x - self.piece.true_x[self.piece.first :][: len(x)])

    @cached_property
    def stop(self) -> int:
        """The frame with which the episode ends: the first lost one, or the last of all."""
        lost = np.flatnonzero(np.abs(self.dx) > self.task.lost)
        return self.piece.first + (int(lost[0]) if len(lost) else len(self.dx) - 1)

    @property
    def is_lost(self) -> bool:
        """Whether the cursor is lost before the piece ends."""
        return abs(float(self.dx[self.stop - self.piece.first])) > self.task.lost

    @cached_property
    def onsets(self) -> IntArray:
        """(m,) the first frame that hears each onset."""
        heard = np.floor(self.piece.onset_frame).astype(np.int64) + 1
        return np.clip(heard, self.piece.first, self.piece.last)

    @property
    def tracked(self) -> FloatArray:
        """|dx| of the frames before the cursor is lost, cursor px."""
        end = self.stop - self.piece.first + (not self.is_lost)
        return np.abs(self.dx[:end])

    @property
    def at_onsets(self) -> FloatArray:
        """|dx| at the onsets reached before the cursor is lost, cursor px; as many as were reached."""
        reached = self.onsets[(self.onsets < self.stop) | (not self.is_lost)]
        return np.abs(self.dx[reached - self.piece.first])

    @property
    def at_onsets_only(self) -> FloatArray:
        """The same where a cursor is lost only if it is so at an onset: fairer to those who leap from note to note."""
        errors = np.abs(self.dx[np.minimum(self.onsets - self.piece.first, len(self.dx) - 1)])
        lost = np.flatnonzero((errors > self.task.lost) | (self.onsets - self.piece.first >= len(self.dx)))
        return errors[: lost[0]] if len(lost) else errors

    @property
    def as_released(self) -> tuple[int, FloatArray]:
        """Onsets reached, and |dx| "at onsets", as the paper's release counts them.

        There the frame's number has the window's 40 frames of padding in it, and the onsets' have not: an onset counts
        as reached up to two seconds after the cursor was lost, and errors are taken two seconds before the onsets.
        """
        reached = int(np.count_nonzero(self.onsets <= self.stop + FRAMES))
        frames = self.onsets - FRAMES
        taken = frames[(frames > self.piece.first) & (frames <= self.stop)]
        return reached, np.abs(self.dx[taken - self.piece.first])


def play(
    policy: Policy,
    pieces: Sequence[PaperPiece],
    task: PaperTask,
    device: torch.device = CPU,
    draws: torch.Generator | None = None,
) -> list[Way]:
    """Follow each piece once from its first onset, until it ends or the cursor is lost.

    Args:
        policy: observation → logits, values.
        pieces: to be followed, TOGETHER at a time.
        task: Nottingham or MSMD.
        device: where to play.
        draws: draws the actions, on the CPU; by default the likeliest is taken.
    """
    ways = []
    for first in range(0, len(pieces), TOGETHER):
        own = pieces[first : first + TOGETHER]
        environments = ScoreFollowingVector(own, task, len(own), 0, device)
        observation = environments.reset(np.arange(len(own)))
        going = torch.ones(len(own), dtype=torch.bool, device=device)
        places = [[float(piece.onset_x[0])] for piece in own]
        while going.any():
            logits, _ = policy(tuple(o[going] for o in observation))
            # Drawn for all, whoever still plays: what one draws does not depend on when others end.
            noise = torch.zeros(len(own), logits.shape[1])
            if draws is not None:
                noise = -torch.empty_like(noise).exponential_(generator=draws).log()
            actions = torch.zeros(len(own), dtype=torch.int64, device=device)
            actions[going] = (logits.to(device) + noise.to(device)[going]).argmax(-1)
            observation, _, ended, info = environments.step(actions)
            x = info["x"].tolist()
            for i in going.nonzero()[:, 0].tolist():
                places[i].append(x[i])
            going &= ~ended
        ways += [Way(piece, task, np.array(x)) for piece, x in zip(own, places, strict=True)]
    return ways
