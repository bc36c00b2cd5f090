"""Hundreds of `ScoreFollowing-v0` in one process, with the same transitions, stepped by a few tensor operations.

All pieces' frames lie one after the other, as do their sheets, each column by column: a window is a run of memory.
Everything lies on the training device, and no step waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from livefollow.follow.paper.state import ACTIONS, FRAMES, PaperTask, padded_frames, padded_sheet
from livefollow.train.paper.data import PaperPiece
from livefollow.train.rl.rollout import Observation

CPU = torch.device("cpu")
AHEAD = 5  # frames that the teacher looks ahead


class ScoreFollowingVector:
    """n environments (`rollout.Environments`). One that ends starts again with another drawn piece.

    Attributes:
        n: how many.
        playing: (n,) number of the piece that each plays.
    """

    def __init__(
        self,
        pieces: Sequence[PaperPiece],
        task: PaperTask,
        n: int,
        seed: int | Sequence[int],
        device: torch.device = CPU,
    ) -> None:
        """Put the pieces on the device.

        Args:
            pieces: to draw from.
            task: Nottingham or MSMD.
            n: environments.
            seed: of what is drawn.
            device: where to play.
        """
        self.n, self._task, self._pieces, self._device = n, task, pieces, device
        self._random = torch.Generator(device)
        self._random.manual_seed(int(np.random.SeedSequence(seed).generate_state(1)[0]))
        frames = [padded_frames(p.frames) for p in pieces]
        sheets = [padded_sheet(task, p.sheet).T for p in pieces]
        across = task.width * task.px
        self._frame_0 = self._taken(np.cumsum([0, *map(len, frames)]))
        self._sheet_0 = self._taken(np.cumsum([0, *map(len, sheets)]) + across)
        self._true_0 = self._taken(np.cumsum([0, *(len(p.true_x) for p in pieces)]))
        self._frames = self._taken(np.concatenate(frames)).unfold(0, FRAMES + 1, 1)  # (·, 78, 41)
        self._sheets = self._taken(np.concatenate(sheets)).unfold(0, across, 1)[..., :: task.px]  # (·, height, width)
        self._true_x = self._taken(np.concatenate([p.true_x for p in pieces]))
        self._first = self._taken(np.array([p.first for p in pieces]))
        self._last = self._taken(np.array([p.last for p in pieces]))
        self._width = self._taken(np.array([p.sheet.shape[1] for p in pieces]))
        self._x_0 = self._taken(np.array([p.onset_x[0] for p in pieces]))
        self._changes = self._taken(np.array(ACTIONS) * task.speed_step)
        self.playing, self._t = (torch.zeros(n, dtype=torch.int64, device=device) for _ in range(2))
        self._x, self._v = (torch.zeros(n, dtype=torch.float64, device=device) for _ in range(2))

    def reset(self, pieces: npt.ArrayLike | None = None) -> Observation:
        """Begin n episodes, of drawn or given pieces.

        Args:
            pieces: (n,) number of the piece of each; drawn by default.
        """
        self._begin(torch.ones(self.n, dtype=torch.bool, device=self._device), pieces)
        now = self._windows()
        return self._observation(now, now)

    def advice(self) -> Tensor:
        """Actions (n,) of a cursor that knows the way: towards the speed that would bring it to the player in AHEAD."""
        first = self._true_0[self.playing]
        then = torch.minimum(self._t + AHEAD, self._last[self.playing])
        speed = (self._true_x[first + then] - self._x) / (then - self._t).clamp(min=1)
        step = self._task.speed_step
        return ((speed / step).round() - self._v / step).long().clamp(-1, 1) + 1

    def step(self, actions: Tensor) -> tuple[Observation, Tensor, Tensor, dict[str, Any]]:
        """Change the speeds, move, and hear the next frame; see `rollout.Environments`.

        Returns:
            The observation, rewards, which ended, and of the step itself (before any new episode began): `piece`,
            `frame`, `x` and `dx`, each (n,), and `lost`, which of those that ended did not reach their piece's end.
        """
        before = self._windows()
        self._v = self._v + self._changes[actions]
        self._x = self._x + self._v
        self._t = self._t + 1
        dx = self._x - self._true_x[self._true_0[self.playing] + self._t]
        lost = dx.abs() > self._task.lost
        rewards = torch.where(lost, 0.0, 1 - dx.abs() / self._task.lost).float()
        ended = lost | (self._t >= self._last[self.playing])
        info = {"piece": self.playing, "frame": self._t, "x": self._x, "dx": dx, "lost": lost}
        self._begin(ended)
        now = self._windows()
        return self._observation(now, torch.where(ended[:, None, None], now, before)), rewards, ended, info

    def _taken(self, array: npt.NDArray[Any]) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(self._device)

    def _begin(self, which: Tensor, pieces: npt.ArrayLike | None = None) -> None:
        """Begin episodes of those of `which`; drawing for all of them does without asking the device how many."""
        if pieces is None:
            drawn = torch.randint(len(self._pieces), (self.n,), generator=self._random, device=self._device)
        else:
            drawn = self._taken(np.asarray(pieces, np.int64))
        self.playing = torch.where(which, drawn, self.playing)
        self._t = torch.where(which, self._first[drawn], self._t)
        self._v = torch.where(which, 0, self._v)
        self._x = torch.where(which, self._x_0[drawn], self._x)

    def _windows(self) -> Tensor:
        """The same as `window_left` of the paper's state, for tensors."""
        across = self._task.width * self._task.px
        left = torch.minimum((self._x.floor().long() - across // 2).clamp(min=-across), self._width[self.playing])
        return self._sheets[self._sheet_0[self.playing] + left]

    def _observation(self, now: Tensor, before: Tensor) -> Observation:
        """The same as `spectrogram_state` and `sheet_state` of the paper's state, for tensors."""
        heard = self._frames[self._frame_0[self.playing] + self._t].float()
        seen = now * (1 / 255)
        risen = (heard[:, :, 1:] - heard[:, :, :-1]) * self._task.difference
        return (
            torch.stack([heard[:, :, 1:], risen], 1),
            torch.stack([seen, seen + before * (-1 / 255)], 1),
        )
